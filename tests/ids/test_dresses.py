"""Identifiers of every scheme in what people, publishers, archives, redirects and proxies put around them."""

from __future__ import annotations

import tomllib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from itertools import product
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fedbib.errors import BadIdentifier
from fedbib.ids.identify import identifiers, identify
from fedbib.ids.landing import fields_in, url_fields
from fedbib.ids.publishers import improbable, proper
from fedbib.ids.schemes import SCHEMES
from fedbib.ids.wrapped import direct, unwrapped
from fedbib.model.identifier import Identifier, Scheme

DATA = {
    name: tomllib.loads(files("fedbib").joinpath(f"data/{name}.toml").read_text())
    for name in ("wrappers", "publishers")
}

# Per scheme values in normal form, pages that show them, and words that lead to them.
VALUES: Mapping[Scheme, str] = {
    Scheme.ARXIV: r"(1[5-9]|2[0-5])(0[1-9]|1[0-2])\.[0-8][0-9]{3}[1-9]|(0[89]|1[0-4])(0[1-9]|1[0-2])\.[0-9]{3}[1-9]"
    r"|(math|hep-th|cs|cond-mat)/9[2-9](0[1-9]|1[0-2])00[1-9]",
    Scheme.ACL: r"20(19|2[0-5])\.(acl|emnlp|findings|lrec)-(long|1|demo|acl)\.[1-9][0-9]{0,2}|[PDNWQ][0-1][0-9]-[1-9][0-9]{3}",
    Scheme.OPENREVIEW: r"[A-Za-z][A-Za-z0-9_-]{7}[A-Za-z0-9]",
    Scheme.PMLR: r"v[1-9][0-9]{1,2}/[a-z]{2,8}(1[0-9]|2[0-5])[a-f]",
    Scheme.DBLP: r"(conf/(icml|nips|acl)|journals/(tmlr|jmlr))/[A-Z][a-z]{2,6}[A-Z]{0,4}[0-9]{2}",
}
PAGES: Mapping[Scheme, str] = {
    Scheme.ARXIV: """
        https://arxiv.org/abs/{} http://arxiv.org/abs/{}v3 https://www.arxiv.org/pdf/{} https://arxiv.org/pdf/{}v2.pdf
        https://export.arxiv.org/abs/{} https://arxiv.org/html/{}v1 https://arxiv.org/abs/arXiv:{} arxiv.org/abs/{}
        https://ar5iv.labs.arxiv.org/html/{} https://www.alphaxiv.org/abs/{}v2 https://alphaxiv.org/overview/{}
        https://huggingface.co/papers/{} https://hf.co/papers/{} https://www.semanticscholar.org/arxiv/{}
        https://api.semanticscholar.org/arXiv:{} https://api.semanticscholar.org/graph/v1/paper/ARXIV:{}
        https://scirate.com/arxiv/{} https://papers.cool/arxiv/{} https://www.catalyzex.com/paper/arxiv:{}
        https://ui.adsabs.harvard.edu/abs/arXiv:{} https://doi.org/10.48550/arXiv.{} https://dx.doi.org/10.48550/ARXIV.{}v4
        https://doi.org/arXiv:{}""",
    Scheme.ACL: """
        https://aclanthology.org/{} https://aclanthology.org/{}/ https://aclanthology.org/{}.pdf https://aclanthology.org/{}v2.pdf
        https://aclanthology.org/{}e1.pdf https://www.aclweb.org/anthology/{}.bib http://aclweb.org/anthology/{} aclanthology.org/{}
        https://aclanthology.org/attachments/{}.Software.zip https://preview.aclanthology.org/ingest/{}/
        https://api.semanticscholar.org/graph/v1/paper/ACL:{} http://www.lrec-conf.org/proceedings/lrec2020/pdf/ACL:{}""",
    Scheme.OPENREVIEW: """
        https://openreview.net/forum?id={} https://openreview.net/pdf?id={} https://openreview.net/attachment?id={}&name=pdf
        https://openreview.net/forum?id={}&noteId=aBcDeFgHiJ https://api2.openreview.net/notes?id={}
        https://api.openreview.net/notes?forum={}&limit=1""",
    Scheme.PMLR: """
        https://proceedings.mlr.press/{} https://proceedings.mlr.press/{}.html http://proceedings.mlr.press/{}/x.pdf
        http://jmlr.org/proceedings/papers/{}.html https://mlresearch.github.io/{}.html""",
    Scheme.DBLP: """
        https://dblp.org/rec/{} https://dblp.org/rec/{}.html?view=bibtex https://dblp.uni-trier.de/rec/bibtex/{}
        https://www.dblp.org/rec/bib/{} https://dblp.org/rec/{}.bib""",
}
WORDS: Mapping[Scheme, Sequence[str]] = {
    Scheme.ARXIV: [
        "{}", "{}v2", "arXiv:{}", "arXiv: {}v1", "ARXIV {}", "arXiv.{}", "arXiv.org:{}", "oai:arXiv.org:{}", "abs/{}", "CoRR abs/{}",
        "CoRR, abs/{}", "CoRR abs/{} (2023)", "CoRR, vol. abs/{}, 2023", "arXiv preprint arXiv:{}", "arXiv preprint arXiv:{}, 2023",
        "arXiv e-prints, arXiv:{}", "arXiv:{}v2 [cs.LG]", "arXiv:{}v2 [cs.LG] 23 Oct 2023", "arXiv ID: {}", "eprint: {}", "eprint = {{}}", "arXiv_{}", "arXiv%3A{}",
        "Preprint at https://arxiv.org/abs/{}", "10.48550/arXiv.{}", "doi:10.48550/arXiv.{}", "[{}] A title in brackets' company",
        "Jo Doe. A title. arXiv:{}.",
    ],
    Scheme.ACL: [
        "{}", "{}v2", "{}e1", "acl:{}", "ACL: {}", "Anthology ID: {}", "ACL Anthology {}", "ACL Anthology ID {}v3",
        "Jo Doe. A title. https://aclanthology.org/{}.",
    ],
    Scheme.OPENREVIEW: ["openreview:{}", "OpenReview: {}", "see https://openreview.net/forum?id={}, page 3"],
    Scheme.PMLR: ["{}", "pmlr:{}", "PMLR {}"],
    Scheme.DBLP: ["{}", "DBLP:{}", "dblp: {}"],
}  # fmt: skip

# Per publisher what its DOIs look like, and its pages of them.
DOIS: Mapping[str, tuple[str, str]] = {
    "ACM": (
        r"10\.1145/[1-9][0-9]{6}\.[1-9][0-9]{6}",
        """https://dl.acm.org/doi/{} https://dl.acm.org/doi/abs/{} https://dl.acm.org/doi/pdf/{}?download=true https://doi.acm.org/{}
        https://dl.acm.org/doi/{}/suppl_file/x.pdf https://dl.acm.org/doi/fullHtml/{}#sec-1 https://dl.acm.org/citation.cfm?doid={}""",
    ),
    "Springer": (
        r"10\.1007/(s[0-9]{5}-02[0-9]-[0-9]{5}-[0-9a-z]|978-3-031-[0-9]{5}-[0-9]_[1-9][0-9]?)",
        """https://link.springer.com/article/{} https://link.springer.com/article/{}/figures/2 https://link.springer.com/chapter/{}
        https://link.springer.com/article/{}/tables/1 https://link.springer.com/article/{}/fulltext.html
        https://link.springer.com/content/pdf/{}.pdf?pdf=button https://link.springer.com/article/{}/metrics#Sec3
        https://link.springer.com/epdf/{}?sharing_token=x https://doi.org/{}/figures/2""",
    ),
    "MIT Press": (
        r"10\.1162/(tacl|coli|neco)_a_00[0-9]{3}",
        """https://direct.mit.edu/tacl/article/doi/{}/124261/A-Title-of-Words https://direct.mit.edu/tacl/article/doi/{}/121541
        https://direct.mit.edu/tacl/article-abstract/doi/{}/1/A https://direct.mit.edu/tacl/article-pdf/doi/{}/2468100/x.pdf
        https://www.mitpressjournals.org/doi/pdfplus/{} https://doi.org/{}/124261""",
    ),
    "bioRxiv": (
        r"10\.(1101|64898)/202[0-5]\.(0[1-9]|1[0-2])\.[0-2][1-9]\.[0-9]{6}",
        """https://www.biorxiv.org/content/{} https://www.biorxiv.org/content/{}v2 https://www.biorxiv.org/content/{}v1.full
        https://www.biorxiv.org/content/{}v2.full.pdf+html https://www.medrxiv.org/content/{}v1.full-text
        https://www.biorxiv.org/content/{}v3.supplementary-material https://www.medrxiv.org/content/{}v2.article-metrics
        https://doi.org/{}v2""",
    ),
    "Oxford": (
        r"10\.1093/(bioinformatics|nar|jamia)/[a-z]{3,6}[0-9]{3}",
        """https://academic.oup.com/nar/article/doi/{}/7091234 https://academic.oup.com/nar/advance-article/doi/{}/7091234?login=true
        https://academic.oup.com/nar/article-pdf/doi/{}/49012345/x.pdf https://academic.oup.com/nar/article-lookup/doi/{}
        https://doi.org/{}/7091234""",
    ),
    "Wiley": (
        r"10\.1002/(widm|int|cpe)\.[1-9][0-9]{3}",
        """https://onlinelibrary.wiley.com/doi/{} https://onlinelibrary.wiley.com/doi/full/{} https://onlinelibrary.wiley.com/doi/{}/full
        https://onlinelibrary.wiley.com/doi/pdfdirect/{}?download=true https://onlinelibrary.wiley.com/doi/{}/abstract;jsessionid=AB.f01
        https://onlinelibrary.wiley.com/doi/{}/suppinfo https://wires.onlinelibrary.wiley.com/doi/epdf/{}""",
    ),
    "Frontiers": (
        r"10\.3389/f[a-z]{3,5}\.202[0-5]\.[1-9][0-9]{5}",
        """https://www.frontiersin.org/articles/{}/full https://www.frontiersin.org/articles/{}/full#B12
        https://www.frontiersin.org/journals/big-data/articles/{}/pdf https://www.frontiersin.org/articles/{}/xml/nlm
        https://www.frontiersin.org/article/{}/abstract https://www.frontiersin.org/articles/{}/epub""",
    ),
    "IOP": (
        r"10\.1088/1361-6[0-9]{3}/(ab[0-9a-f]{4}|[1-9][0-9]/[1-9]/[0-9]{3})",
        """https://iopscience.iop.org/article/{} https://iopscience.iop.org/article/{}/meta https://iopscience.iop.org/article/{}/pdf
        https://iopscience.iop.org/article/{}/ampdf""",
    ),
    "PLOS": (
        r"10\.1371/journal\.p(one|cbi)\.0[0-9]{6}",
        """https://journals.plos.org/plosone/article?id={} https://journals.plos.org/plosone/article/file?id={}&type=printable
        https://dx.plos.org/{}""",
    ),
    "Zenodo": (
        r"10\.5281/zenodo\.[1-9][0-9]{5,7}",
        "https://zenodo.org/doi/{} https://zenodo.org/badge/DOI/{}.svg https://zenodo.org/badge/latestdoi/{}",
    ),
    "anybody": (
        r"10\.[2-9]{4}/[a-z]{3}\.20[0-9]{2}\.[1-9]{3,5}",
        """https://doi.org/{} http://dx.doi.org/{} https://www.doi.org/{} doi.org/{} https://doi.org//{} https://doi.org/doi:{}
        https://{} http:/doi.org/{} https//doi.org/{} https://doi.org/https://doi.org/{} https://hdl.handle.net/{}
        https://sci-hub.se/{} https://api.crossref.org/works/{} https://oadoi.org/{} https://example.org/doi/{}/full
        https://example.org/article?doi={} https://api.openalex.org/works/doi:{} https://search.example.org/?q={}
        https://api.semanticscholar.org/graph/v1/paper/DOI:{}""",
    ),
}  # fmt: skip
DOI_WORDS = [
    "{}", "doi:{}", "DOI {}", "DOI: {}", "doi: https://doi.org/{}", "urn:doi:{}", "info:doi/{}", "info:doi:{}", "hdl:{}", "doi/{}", "{} [doi]",
    "DOI:{} (2024)", "Jo Doe. A title (2024). https://doi.org/{}.", "{}, {}", "{}; https://doi.org/{}", "\\doi{{}}",
]  # fmt: skip

# Around an address, whatever it leads to.
AROUND_URL: Sequence[Callable[[str], str]] = [
    str,
    lambda url: f"{url}%20",
    lambda url: f"https://web.archive.org/web/20231101000000/{url}",
    lambda url: f"https://web.archive.org/web/2023id_/{url}",
    lambda url: f"https://archive.ph/20230101/{url}",
    lambda url: f"https://www.google.com/url?q={quote(url, safe='')}&sa=D",
    lambda url: f"https://www.google.co.uk/url?sa=t&url={quote(url, safe='')}&usg=x",
    lambda url: f"https://scholar.google.com/scholar_url?url={quote(url, safe='')}&hl=en",
    lambda url: f"https://duckduckgo.com/l/?uddg={quote(url, safe='')}&rut=ab",
    lambda url: f"https://www.bing.com/ck/a?!&&p=1&u=a1{urlsafe_b64encode(url.encode()).decode().rstrip('=')}&ntb=1",
    lambda url: f"https://r.search.yahoo.com/_ylt=A/RO=10/RU={quote(url, safe='')}/RK=2/RS=x",
    lambda url: f"https://urldefense.com/v3/__{url}__;!!abc",
    lambda url: f"https://nam02.safelinks.protection.outlook.com/?url={quote(url, safe='')}&data=x",
    lambda url: f"https://ezproxy.example.edu/login?url={url}",
    lambda url: f"https://proxy.example.edu/login?qurl={quote(url, safe='')}",
    lambda url: f"https://r.jina.ai/{url}",
    lambda url: f"chrome-extension://efaidnbm/{url}",
    lambda url: f"view-source:{url}",
    lambda url: f"https://web.archive.org/web/2023/https://www.google.com/url?q={quote(url, safe='')}",
    lambda url: _with_host(url, lambda host: host.replace("-", "--").replace(".", "-") + ".proxy.lib.example.edu"),
    lambda url: _with_host(url, lambda host: f"{host}.ezproxy.example.ac.uk"),
    lambda url: _with_host(url, lambda host: f"0-{host}.library.example.edu"),
    lambda url: _with_host(url, lambda host: "0-" + host.replace("-", "--").replace(".", "-") + ".library.example.edu"),
    lambda url: _with_host(url, lambda host: host.replace("-", "--").replace(".", "-") + ".translate.goog"),
]  # fmt: skip
AROUND: Sequence[Callable[[str], str]] = [
    str,
    lambda text: f" {text}. ",
    lambda text: f"({text})",
    lambda text: f"<{text}>",
    lambda text: f"\u200b{text}\u200b",
    lambda text: f"{{{text}}}",
    lambda text: text.replace("_", "{\\_}"),
    lambda text: text.replace("_", "\\_"),
    lambda text: text.replace("&", "&amp;"),
]
AROUND_LINK: Sequence[Callable[[str], str]] = [
    *AROUND,
    lambda url: f"\\url{{{url}}}",
    lambda url: f"\\href{{{url}}}{{the paper}}",
    lambda url: f'<a href="{url}">paper</a>',
    lambda url: f"[pdf]({url})",
    lambda url: f"see {url} for more",
]


def _with_host(url: str, named: Callable[[str], str]) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=named(parts.netloc)).geturl()


def _is_whole(url: str) -> bool:
    """Whether it can be put into another: complete, with a host as servers have them."""
    return url.startswith(("https://", "http://")) and not urlsplit(url).netloc.startswith("10.")


def _page(pages: str, id: Identifier) -> st.SearchStrategy[str]:
    return st.sampled_from(pages.split()).map(lambda page: page.replace("{}", id.value))


@st.composite
def _dressed(draw: st.DrawFn) -> tuple[Identifier, str]:
    """An identifier, and a text that means it and nothing else."""
    scheme = draw(st.sampled_from([*VALUES, Scheme.DOI]))
    if scheme is Scheme.DOI:
        value, pages = draw(st.sampled_from([*DOIS.values()]))
        words: Sequence[str] = DOI_WORDS
    else:
        value, pages, words = VALUES[scheme], PAGES[scheme], WORDS[scheme]
    id = Identifier(scheme, draw(st.from_regex(value, fullmatch=True)))
    if draw(st.booleans()):
        return id, draw(st.sampled_from(AROUND))(draw(st.sampled_from(words)).replace("{}", id.value))
    url = draw(_page(pages, id))
    if _is_whole(url):
        url = draw(st.sampled_from(AROUND_URL))(url)
    return id, draw(st.sampled_from(AROUND_LINK))(url)


@settings(max_examples=400, deadline=None)
@given(_dressed())
def test_an_identifier_comes_back_from_every_dress(dressed: tuple[Identifier, str]) -> None:
    id, text = dressed
    assert identifiers(text) == (id,)


@pytest.mark.parametrize("scheme", [*VALUES, Scheme.DOI])
def test_every_page_and_every_word_leads_back(scheme: Scheme) -> None:
    cases = [(SCHEMES[scheme].example, WORDS.get(scheme, DOI_WORDS), PAGES.get(scheme, DOIS["ACM"][1]))]
    for value, words, pages in cases:
        for text in (*words, *pages.split()):
            assert identifiers(text.replace("{}", value)) == (Identifier(scheme, value),), text


@pytest.mark.parametrize("wrap", AROUND_URL, ids=lambda wrap: wrap("https://x.example/"))
def test_every_wrapper_comes_off(wrap: Callable[[str], str]) -> None:
    for id in (Identifier(name.scheme, name.example) for name in SCHEMES.values()):
        assert identify(wrap(id.url)) == id


def test_every_redirect_that_is_known_comes_off() -> None:
    inner = "https://example.org/a/b.pdf?x=1&y=2"
    hosts = [host.replace("*", "com") for host in DATA["wrappers"]["redirects"]]
    for host, name in product(hosts, DATA["wrappers"]["names"]):
        assert direct(f"https://{host}/x?a=b&{name}={quote(inner, safe='')}") == inner
    for page in DATA["wrappers"]["pages"]:
        assert direct(f"https://www.example.com/{page}?url={quote(inner, safe='')}") == inner
    for host in DATA["wrappers"]["archives"]:
        kept = f"https://{host}/2023/{inner}"
        assert (direct(kept), unwrapped(kept)) == (kept, inner)


OF_PAGES = [
    ("https://www.nature.com/articles/s41467-023-38569-4", "10.1038/s41467-023-38569-4"),
    ("https://www.nature.com/articles/s41467-023-38569-4.pdf", "10.1038/s41467-023-38569-4"),
    ("https://www.nature.com/articles/nature14539/figures/2", "10.1038/nature14539"),
    ("https://zenodo.org/records/10794563", "10.5281/zenodo.10794563"),
    ("https://zenodo.org/record/10794563/files/x.pdf?download=1", "10.5281/zenodo.10794563"),
    ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=4567890", "10.2139/ssrn.4567890"),
    ("https://ssrn.com/abstract=4567890", "10.2139/ssrn.4567890"),
    ("https://www.ijcai.org/proceedings/2023/0123.pdf", "10.24963/ijcai.2023/123"),
    ("https://dl.acm.org/citation.cfm?id=1&doid=3637528.3671865", "10.1145/3637528.3671865"),
    ("https://portal.acm.org/citation.cfm?doid=3637528.3671865", "10.1145/3637528.3671865"),
    ("https://peerj.com/articles/1234/", "10.7717/peerj.1234"),
    ("https://peerj.com/articles/cs-123.pdf", "10.7717/peerj-cs.123"),
    ("https://elifesciences.org/articles/12345", "10.7554/elife.12345"),
    ("https://www.researchsquare.com/article/rs-1234567/v1.pdf", "10.21203/rs.3.rs-1234567/v1"),
    ("https://www.preprints.org/manuscript/202301.0001/v1", "10.20944/preprints202301.0001.v1"),
    ("https://osf.io/preprints/psyarxiv/ab3de", "10.31234/osf.io/ab3de"),
    ("https://osf.io/preprints/socarxiv/ab3de_v1", "10.31235/osf.io/ab3de"),
    (
        "https://www.biorxiv.org/content/biorxiv/early/2024/04/02/2024.04.01.587366.full.pdf",
        "10.1101/2024.04.01.587366",
    ),
    (
        "https://www.medrxiv.org/content/medrxiv/early/2024/04/02/2024.04.01.24305366.full.pdf",
        "10.1101/2024.04.01.24305366",
    ),
]


@pytest.mark.parametrize(("url", "doi"), OF_PAGES)
def test_a_doi_follows_from_the_address_where_the_rule_is_fixed(url: str, doi: str) -> None:
    assert identify(url) == Identifier(Scheme.DOI, doi)
    assert proper(doi) == doi


def test_every_rule_of_a_publisher_is_tried() -> None:
    tried = [urlsplit(url).netloc for url, _ in OF_PAGES]
    assert {page["host"] for page in DATA["publishers"]["pages"]} == {
        page["host"] for page in DATA["publishers"]["pages"] if any(host.endswith(page["host"]) for host in tried)
    }


@pytest.mark.parametrize("text", ["10/dvzd5z", "doi:10/DVZD5Z", "https://doi.org/10/dvzd5z", "https://doi.org/dvzd5z"])
def test_a_short_doi_is_kept_as_such(text: str) -> None:
    assert identify(text) == Identifier(Scheme.DOI, "10/dvzd5z")
    assert identify("10/dvzd5z").url == "https://doi.org/10/dvzd5z"


@pytest.mark.parametrize(
    "text",
    [
        "10/2023", "10/15", "10/jan", "10/june", "2022/674", "https://doi.org/", "https://doi.org/the-identifier/resources", "https://doi.org/about",
        "https://scholar.google.com/scholar?q=federated", "https://api.semanticscholar.org/CorpusID:271843299",
        "https://www.semanticscholar.org/paper/Title-Doe/0123456789abcdef0123456789abcdef01234567",
        "https://paperswithcode.com/paper/federated-tuning", "https://huggingface.co/datasets/2310.15080",
        "https://github.com/doe/arxiv/2310.15080x", "https://github.com/mlresearch/v235", "https://openreview.net/profile?id=~Jo_Doe6",
        "https://twitter.com/share?url=https://example.org/x", "https://web.archive.org/web/2023/https://example.org/x.html",
        "https://www.nature.com/articles/", "https://zenodo.org/communities/x", "https://ieeexplore.ieee.org/document/9084352",
    ],
)  # fmt: skip
def test_what_only_resembles_an_identifier_is_none(text: str) -> None:
    with pytest.raises(BadIdentifier) as refused:
        identifiers(text)
    assert "telephone" not in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize("host", [*DATA["publishers"]["help"]])
def test_a_refusal_says_what_helps_there(host: str) -> None:
    with pytest.raises(BadIdentifier) as refused:
        identify(f"https://www.{host}/about/us")
    assert refused.value.hint == DATA["publishers"]["help"][host]


@pytest.mark.parametrize(
    ("doi", "tail"),
    [
        ("10.1162/tacl_a_00685/124261", "/124261"),
        ("10.9999/abc.1/full", "/full"),
        ("10.9999/abc.1.pdf", ".pdf"),
        ("10.9999/abc.1?download=true", "?download=true"),
        ("10.9999/abc/124261/a-title-of-words", "/124261/a-title-of-words"),
        ("10.9999/abc.1/10.1145/12345", "/10.1145/12345"),
        ("10.9999/abc.1%20", "%20"),
        ("10.1145/3637528.3671865", ""),
        ("10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o", ""),
        ("10.1093/nar/gkab1", ""),
        ("10.1109/trustcom/bigdatase.2018.00123", ""),
        ("10.1109/hpcc/smartcity/dss.2019.00260", ""),
        ("10.1109/hpcc/smartcity/dss.2019.00260/full", "/full"),
        ("10.1109/cvpr46437.2021.00469/pdf", "/pdf"),
        ("10.1111/j.1467-9868.2005.00503.x", ""),
        ("10.18653/v1/2023.acl-demo.54", ""),
        ("10.1088/1742-6596/1234/1/012345", ""),
        ("10.1214/aos/1031689021", ""),
        ("10.1016/b0-08-044854-2/00984-6", ""),
        ("10.1371/annotation/3f5b2c1d-0a9e", ""),
        ("10/dvzd5z", ""),
    ],
)
def test_an_improbable_tail_is_told(doi: str, tail: str) -> None:
    assert improbable(doi) == tail


def test_acms_numbers_alone_name_no_doi_as_it_lists_other_publishers_papers_too() -> None:
    for url in ("https://dl.acm.org/citation.cfm?id=2976248.2976368", "https://dl.acm.org/ft_gateway.cfm?id=2976248"):
        assert url_fields(url, {}) == {"URL": url}


def test_an_index_is_no_papers_own_address() -> None:
    for start in DATA["publishers"]["indexes"]["hosts"]:
        url = f"https://www.{start.replace('*', 'com')}/some-page"
        assert url_fields(url, {}) == {"URL": ""}, url
    assert url_fields("https://semanticscholar.example.org/paper/x", {})["URL"]


def test_a_redirect_gives_way_to_where_it_leads_and_an_archive_stays() -> None:
    assert url_fields("https://www.google.com/url?q=https://example.org/p.pdf", {}) == {
        "URL": "https://example.org/p.pdf"
    }
    kept = "https://web.archive.org/web/2020/https://example.org/p.pdf"
    assert url_fields(kept, {}) == {"URL": kept}
    assert url_fields("https://www.google.com/url?q=javascript:alert(1)", {})["URL"].startswith(
        "https://www.google.com/"
    )


def test_a_field_may_hold_several() -> None:
    said = fields_in("10.1145/3637528.3671865; https://arxiv.org/abs/2310.15080, https://example.org/x.pdf", {})
    assert said == {"URL": "https://example.org/x.pdf", "DOI": "10.1145/3637528.3671865", "arxiv": "2310.15080"}
    assert fields_in("https://example.org/a https://example.org/b", {})["URL"] == "https://example.org/a"
    assert fields_in("10.1145/1234567.1234567", {"DOI": "10.1145/3637528.3671865"})["DOI"] == "10.1145/3637528.3671865"


@pytest.mark.parametrize("id", ["10.48550/arXiv.0801.0001", "10.1000/abc"])
def test_an_address_in_a_mail_guard_is_read_among_other_words(id: str) -> None:
    guarded = f"https://urldefense.com/v3/__https://doi.org/{id}__;!!abc"
    assert identifiers(f"see {guarded} for more") == identifiers(guarded) == identifiers(id)
