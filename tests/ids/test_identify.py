from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fedbib.errors import BadIdentifier
from fedbib.ids.identify import identify, normal
from fedbib.ids.landing import ids_in
from fedbib.ids.schemes.acl import from_doi
from fedbib.ids.schemes.doi import prefix
from fedbib.model.identifier import Identifier, Scheme
from tests.effort import LINEAR, growth

ONE_FORM = [
    (
        "arxiv:2310.15080",
        [
            "2310.15080",
            "2310.15080v3",
            " 2310.15080. ",
            "arXiv:2310.15080",
            "ARXIV: 2310.15080v2",
            "arXiv:2310.15080v2 [cs.LG] 23 Oct 2023",
            "arXiv preprint arXiv:2310.15080",
            "CoRR, abs/2310.15080",
            "2310.15080v1.pdf",
            "https://arxiv.org/abs/2310.15080",
            "http://arxiv.org/abs/2310.15080v1",
            "https://www.arxiv.org/pdf/2310.15080v1.pdf",
            "arxiv.org/pdf/2310.15080",
            "https://export.arxiv.org/abs/2310.15080",
            "https://browse.arxiv.org/html/2310.15080v2",
            "https://arxiv.org/html/2310.15080v3#S1",
            "https://arxiv.org/format/2310.15080",
            "https://arxiv.org/abs/2310.15080?context=cs.CL",
            "https://ar5iv.labs.arxiv.org/html/2310.15080",
            "https://ar5iv.org/abs/2310.15080",
            "https://www.alphaxiv.org/abs/2310.15080",
            "https://huggingface.co/papers/2310.15080",
            "10.48550/arXiv.2310.15080",
            "10.48550/ARXIV.2310.15080v2",
            "https://doi.org/10.48550/arXiv.2310.15080",
            "https://doi.org/10.48550%2FarXiv.2310.15080",
            "doi:10.48550/arXiv.2310.15080",
            "<https://arxiv.org/abs/2310.15080>",
            "[pdf](https://arxiv.org/pdf/2310.15080)",
            "(arXiv:2310.15080)",
            "see https://arxiv.org/abs/2310.15080, page 3",
            "\u200barXiv:2310.15080\u200b",
        ],
    ),
    ("arxiv:1412.6980", ["1412.6980", "https://arxiv.org/abs/1412.6980v9"]),
    (
        "arxiv:math/9501234",
        ["math/9501234", "math.CO/9501234v2", "arXiv:math.CO/9501234", "https://arxiv.org/abs/math.CO/9501234"],
    ),
    ("arxiv:hep-th/9711200", ["hep-th/9711200", "HEP-TH/9711200", "https://arxiv.org/pdf/hep-th/9711200v3.pdf"]),
    ("arxiv:cs/0701001", ["cs/0701001", "https://arxiv.org/abs/cs/0701001"]),
    (
        "acl:2023.acl-demo.54",
        [
            "2023.acl-demo.54",
            "2023.ACL-Demo.54",
            "acl:2023.acl-demo.54",
            "https://aclanthology.org/2023.acl-demo.54",
            "https://aclanthology.org/2023.acl-demo.54/",
            "https://aclanthology.org/2023.acl-demo.54.pdf",
            "https://aclanthology.org/2023.acl-demo.54v2.pdf",
            "https://www.aclanthology.org/2023.acl-demo.54.bib",
            "https://www.aclweb.org/anthology/2023.acl-demo.54/",
        ],
    ),
    (
        "acl:P18-1001",
        [
            "P18-1001",
            "p18-1001",
            "https://www.aclweb.org/anthology/P18-1001",
            "http://aclweb.org/anthology/P/P18/P18-1001.pdf",
            "https://www.aclweb.org/anthology-new/P/P18/P18-1001.bib",
            "https://aclanthology.info/papers/P18-1001/p18-1001",
            "https://aclanthology.coli.uni-saarland.de/papers/P18-1001/p18-1001",
            "https://aclanthology.org/P18-1001.xml",
        ],
    ),
    ("doi:10.1234/a/b.1", ["10.1234/a%2Fb.1", "https://doi.org/10.1234/a%2fb.1", "10.1234%2fa%2fb.1"]),
    ("acl:P18-1001", ["https://x.example/paper?id=ACL:P18-1001", "https://x.example/ACL:P18-1001"]),
    (
        "doi:10.1145/3637528.3671865",
        [
            "10.1145/3637528.3671865",
            "10.1145/3637528.3671865.",
            "doi:10.1145/3637528.3671865",
            "DOI 10.1145/3637528.3671865",
            "DOI: https://doi.org/10.1145/3637528.3671865",
            "https://doi.org/10.1145/3637528.3671865",
            "http://dx.doi.org/10.1145/3637528.3671865",
            "doi.org/10.1145/3637528.3671865/",
            "https://doi.org/10.1145%2F3637528.3671865",
            "10.1145%2F3637528.3671865",
            'text around "https://doi.org/10.1145/3637528.3671865',
            "(10.1145/3637528.3671865)",
            "https://dl.acm.org/doi/10.1145/3637528.3671865",
            "https://dl.acm.org/doi/abs/10.1145/3637528.3671865",
            "https://dl.acm.org/doi/pdf/10.1145/3637528.3671865",
            "https://dl.acm.org/doi/full/10.1145/3637528.3671865#sec-1",
            "https://dl.acm.org/doi/fullHtml/10.1145/3637528.3671865",
        ],
    ),
    ("doi:10.18653/v1/p18-1001", ["10.18653/v1/P18-1001", "https://doi.org/10.18653/V1/p18-1001"]),
    (
        "doi:10.1007/978-3-642-33191-6_49",
        [
            "https://link.springer.com/chapter/10.1007/978-3-642-33191-6_49",
            "https://link.springer.com/content/pdf/10.1007%2F978-3-642-33191-6_49.pdf",
            "https://link.springer.com/chapter/10.1007/978-3-642-33191-6_49?error=cookies_not_supported",
        ],
    ),
    (
        "doi:10.1111/j.1865-1682.2010.01171.x",
        ["https://onlinelibrary.wiley.com/doi/full/10.1111/j.1865-1682.2010.01171.x"],
    ),
    ("doi:10.3389/fgene.2017.00147", ["https://www.frontiersin.org/articles/10.3389/fgene.2017.00147/full"]),
    ("doi:10.1126/science.169.3946.635", ["https://www.science.org/doi/10.1126/science.169.3946.635"]),
    ("doi:10.1073/pnas.1205508109", ["https://www.pnas.org/doi/abs/10.1073/pnas.1205508109"]),
    ("doi:10.1101/2020.12.01.406702", ["https://www.biorxiv.org/content/10.1101/2020.12.01.406702v1.full.pdf"]),
    ("doi:10.1371/journal.pone.0033693", ["https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0033693"]),
    ("doi:10.1093/nar/gkab1", ["https://academic.oup.com/nar/article/doi/10.1093/nar/gkab1/6123456"]),
    (
        "openreview:cit0hg4sEz",
        [
            "https://openreview.net/forum?id=cit0hg4sEz",
            "https://openreview.net/pdf?id=cit0hg4sEz",
            "https://openreview.net/forum?id=cit0hg4sEz&noteId=aBcDeFgHiJ",
            "openreview:cit0hg4sEz",
        ],
    ),
    (
        "pmlr:v235/qin24a",
        [
            "https://proceedings.mlr.press/v235/qin24a.html",
            "http://proceedings.mlr.press/v235/qin24a/qin24a.pdf",
            "https://raw.githubusercontent.com/mlresearch/v235/main/assets/qin24a/qin24a.pdf",
            "http://www.jmlr.org/proceedings/papers/v235/qin24a.html",
            "v235/qin24a",
        ],
    ),
    (
        "dblp:conf/icml/QinCQDLD24",
        [
            "https://dblp.org/rec/conf/icml/QinCQDLD24.html?view=bibtex",
            "https://dblp.org/rec/conf/icml/QinCQDLD24.bib",
            "https://dblp.uni-trier.de/rec/bibtex/conf/icml/QinCQDLD24",
            "DBLP:conf/icml/QinCQDLD24",
        ],
    ),
]


@pytest.mark.parametrize(("text", "id"), [pytest.param(text, id, id=text) for id, texts in ONE_FORM for text in texts])
def test_spellings_have_one_normal_form(text: str, id: str) -> None:
    assert str(identify(text)) == id


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("+1 (555) 123-4567", "telephone", id="phone"),
        pytest.param("555-123-4567", "telephone", id="phone-plain"),
        pytest.param("0049 89 1234567", "telephone", id="phone-spaces"),
        pytest.param("2023-10-15", "date", id="date"),
        pytest.param("2023.10", "date", id="date-month"),
        pytest.param("15.10.2023", "date", id="date-german"),
        pytest.param("10/15/2023", "date", id="date-american"),
        pytest.param("20.1234/x", 'DOIs begin with "10."', id="handle"),
        pytest.param("1.2.3", "version", id="version"),
        pytest.param("v2.0", "version", id="version-v"),
        pytest.param("2313.12345", "no month 13", id="month13"),
        pytest.param("2300.12345", "no month 00", id="month0"),
        pytest.param("0808.05394", "5 digits", id="digits-early"),
        pytest.param("1501.0001", "4 digits", id="digits-late"),
        pytest.param("0703.1234", "0704", id="before-new-ids"),
        pytest.param("math/0704123", "March 2007", id="after-old-ids"),
        pytest.param("2310.00000", "begin with 1", id="number0"),
        pytest.param("10.5555/3692070.3693756", "ACM", id="acm"),
        pytest.param("https://dl.acm.org/doi/10.5555/3692070.3693756", "ACM", id="acm-link"),
        pytest.param("10.1145/", "not a DOI", id="doi-empty"),
        pytest.param("10.1145", "beginning of a DOI", id="doi-prefix"),
        pytest.param("10.48550/x", "arXiv's are", id="arxiv-doi"),
        pytest.param("978-3-642-33191-6", "ISBN", id="isbn"),
        pytest.param("https://ieeexplore.ieee.org/document/4408927", "contains no DOI", id="ieee"),
        pytest.param("https://arxiv.org/list/cs.LG/recent", "list of papers", id="arxiv-list"),
        pytest.param("https://aclanthology.org/volumes/2023.acl-demo/", "whole volume", id="acl-volume"),
        pytest.param("2023.acl-demo", "volume", id="acl-volume-id"),
        pytest.param("https://openreview.net/group?id=x", "no identifier", id="openreview-group"),
        pytest.param("https://openreview.net/references/pdf?id=cit0hg4sEz", "no identifier", id="openreview-revision"),
        pytest.param("https://www.jmlr.org/papers/v3/blei03a.html", "contains no DOI", id="jmlr-is-not-pmlr"),
        pytest.param("https://proceedings.mlr.press/v235/", "no identifier", id="pmlr-volume"),
        pytest.param("https://dblp.org/pid/65/9612.html", "no identifier", id="dblp-person"),
        pytest.param("https://arxiv.org@example.org/abs/2310.15080", "no DOI", id="user-in-link"),
        pytest.param("https://arxiv.org.example.org/abs/2310.15080", "no DOI", id="look-alike"),
        pytest.param("http://[::1", "well-formed", id="broken-link"),
        pytest.param("../../etc/passwd", "not an identifier", id="path"),
        pytest.param("-rf", "not an identifier", id="option"),
        pytest.param("cit0hg4sEz", "not an identifier", id="bare-word"),
        pytest.param("Petals: Collaborative Inference", "not an identifier", id="title"),
        pytest.param("", "empty", id="empty"),
        pytest.param(" \u200b ", "empty", id="invisible"),
        pytest.param("doi:", "not an identifier", id="doi-alone"),
        pytest.param("arXiv:abc", "not an arXiv id", id="arxiv-word"),
        pytest.param("acl:10.1145/1.2", "not an ACL", id="wrong-prefix"),
        pytest.param("https://arxiv.org/abs/2310.15080 https://arxiv.org/abs/2310.15081", "2 identifiers", id="two"),
        pytest.param("x" * 3000, "3000 characters", id="long"),
    ],
)
def test_junk_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(BadIdentifier) as caught:
        identify(text)
    assert reason in caught.value.message
    assert caught.value.hint or reason in ("not a DOI", "arXiv's are", "well-formed")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param(
            "10.1890/0012-9658(2006)87[2832:TIOPMA]2.0.CO;2",
            "10.1890/0012-9658(2006)87[2832:tiopma]2.0.co;2",
            id="sici",
        ),
        pytest.param(
            "https://doi.org/10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O",
            "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
            id="angles",
        ),
        pytest.param(
            "10.1109/TrustCom/BigDataSE.2018.00123", "10.1109/trustcom/bigdatase.2018.00123", id="conferences together"
        ),
        pytest.param("10.1000/a#b?c%d", "10.1000/a#b?c%d", id="plain"),
        pytest.param("https://doi.org/10.1000/a%23b%3Fc%25d", "10.1000/a#b?c%d", id="encoded"),
    ],
)
def test_odd_dois_are_plain_and_their_links_encoded(text: str, value: str) -> None:
    found = identify(text)
    assert found == Identifier(Scheme.DOI, value)
    assert identify(found.url) == found
    assert not set("<>[]#?;") & set(found.url.removeprefix("https://doi.org/"))


@pytest.mark.parametrize(
    ("scheme", "value", "normalised"),
    [
        (Scheme.ARXIV, "https://arxiv.org/abs/2310.15080v2", "2310.15080"),
        (Scheme.ARXIV, "10.48550/arXiv.2310.15080", "2310.15080"),
        (Scheme.DOI, "10.1145/3637528.3671865", "10.1145/3637528.3671865"),
        (Scheme.DOI, "https://doi.org/10.18653/V1/P18-1001", "10.18653/v1/p18-1001"),
        (Scheme.ACL, "p18-1001", "P18-1001"),
        (Scheme.OPENREVIEW, "cit0hg4sEz", "cit0hg4sEz"),
        (Scheme.OPENREVIEW, "https://openreview.net/forum?id=ryQu7f-RZ", "ryQu7f-RZ"),
        (Scheme.PMLR, "V235/Qin24a", "v235/qin24a"),
        (Scheme.DBLP, "conf/kdd/LingCYL024", "conf/kdd/LingCYL024"),
    ],
)
def test_normal_reads_spellings_of_its_scheme(scheme: Scheme, value: str, normalised: str) -> None:
    assert normal(scheme, value) == Identifier(scheme, normalised)


@pytest.mark.parametrize(
    ("scheme", "value", "hint"),
    [
        (Scheme.DOI, "2310.15080", 'arxiv = "2310.15080"'),
        (Scheme.DOI, "10.48550/arXiv.2310.15080", 'arxiv = "2310.15080"'),
        (Scheme.ARXIV, "10.1145/3637528.3671865", 'doi = "10.1145/3637528.3671865"'),
        (Scheme.ACL, "10.18653/v1/P18-1001", 'doi = "10.18653/v1/p18-1001"'),
        (Scheme.OPENREVIEW, "P18-1001", 'acl = "P18-1001"'),
        (Scheme.DBLP, "https://openreview.net/forum?id=cit0hg4sEz", 'openreview = "cit0hg4sEz"'),
    ],
)
def test_normal_says_where_a_value_of_another_scheme_belongs(scheme: Scheme, value: str, hint: str) -> None:
    with pytest.raises(BadIdentifier) as caught:
        normal(scheme, value)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("doi", "acl"),
    [
        ("10.18653/v1/2023.acl-demo.54", "2023.acl-demo.54"),
        ("10.18653/v1/p18-1001", "P18-1001"),
        ("10.3115/v1/W14-3354", "W14-3354"),
        ("10.3115/1073083.1073135", None),
        ("10.1162/coli_a_00001", None),
    ],
)
def test_dois_that_wrap_anthology_ids(doi: str, acl: str | None) -> None:
    found = from_doi(doi)
    assert (found and found.value) == acl
    assert prefix(doi) == doi.split("/")[0]


@example("HTTP10.1142/0)/0")
@example("HTTP10.1142/)/0")
@given(st.text(max_size=80) | st.from_regex(r"(https?://)?[a-z.]{3,12}/(abs|doi|10\.1145)/[ -~]{0,20}", fullmatch=True))
def test_whatever_is_read_has_a_normal_form_that_reads_back(text: str) -> None:
    try:
        found = identify(text)
    except BadIdentifier:
        return
    assert normal(found.scheme, found.value) == found
    assert identify(str(found)) == found


@pytest.mark.parametrize("piece", ["10.", "https://", "(", "arxiv:", "%2f", "a.", "[](", "doi:", "1/"])
def test_hostile_texts_are_identified_in_linear_time(piece: str) -> None:
    def read(length: int) -> None:
        with pytest.raises(BadIdentifier):
            identify((piece * length)[:length])

    assert growth(read, 240) < LINEAR


@pytest.mark.parametrize(
    "doi", ["10.1214/aos/1031689021", "10.1016/b0-08-044854-2/00984-6", "10.1371/annotation/3f5b2c1d-0a9e"]
)
def test_a_doi_with_more_slashes_stays_whole_and_loses_its_page(doi: str) -> None:
    assert [
        id.value for dress in (doi, f"https://doi.org/{doi}", f"{doi}.full", f"{doi}/pdf") for id in ids_in(dress)
    ] == [doi] * 4


def test_a_doi_made_of_an_items_code_keeps_its_slashes() -> None:
    sici = "10.1002/(sici)1097-0258(19980815/30)17:15<1661::aid>3.0.co;2-2"
    assert normal(Scheme.DOI, sici).value == sici
