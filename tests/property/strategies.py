"""What the property tests are fed with: names, dates, works, and text that tries to break out."""

from __future__ import annotations

import json
from typing import Any

import hypothesis.strategies as st

from fedbib.formats.vocabulary import vocabulary
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Link, Status, Work
from fedbib.text.markup import join, segments
from fedbib.text.plain import clean
from tests.madeup.scheme import HAL

FRAGMENTS = (
    "<i>", "</i>", "<b>", "</b>", "<sub>", "</sub>", "<sup>", "</sup>", '<span class="nocase">', "</span>", "$",
    "\\", "{", "}", "\\'",
    "\\input{x}", "\\write18", "^^5c", "\\csname", "\\begin{x}", "$x^2$", "$\\alpha$", "$O(N)$", "$\\frac{1}{2}$",
    "$\\mathbb{R}^n$", "$\\mathds Z$", "$x \\lesssim y$", "$\\text{a}_\\leqslant$", "ℤ", "≲", "$\\mathfrak{g}$", "\\mathbb{",
    "α", "Γ", "é", "ế", "ı", "'",
    "''", "’", "“", "”", "-", "--", "–", "—", "?", "`", "``", "~", " ", "a", "B", "2", "x\u0302", "中", "и", "\u0301",
    "<", ">", ",", ";", " and ",
    "%", "&", "&amp;", "#", "_", "@article{", "@", "\"", "=", "\n", "TY  - ", "|", "[x](javascript:y)",
    "<!-- fedbib:end -->", "*", "**", "](", "[",
    "]", "<script>", "http://x.y", "LoRA", "null", "0", ".", ":", "\u200b", "\u202e", "🙂", "ﬁ", "//", "others",
    "Jr.", "...",
)  # fmt: skip

_soup = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4)), max_size=10).map("".join)


def hostile_text() -> st.SearchStrategy[str]:
    """Text as it may be read from anywhere, made of what the formats themselves are made of."""
    return _soup


def clean_text() -> st.SearchStrategy[str]:
    """Plain text in normal form."""
    return st.one_of(st.sampled_from(("", "A plain text", "Mobile AI & co.", "R&D: 100% #1")), _soup).map(clean)


def rich_text() -> st.SearchStrategy[str]:
    """Rich text in normal form, as titles hold it."""
    return _soup.map(_rich).filter(lambda text: _rich(text) == text)


def _rich(text: str) -> str:
    return clean(join(segments(clean(text))))


def names(unsplit: bool = True) -> st.SearchStrategy[Name]:
    """Names in each form; without unsplit ones on demand."""
    text = st.one_of(
        st.sampled_from(
            (
                "Müller",
                "van der Maaten",
                "Łukasz",
                "O’Donnell",
                "Erdős",
                "李",
                "de la Torre",
                "Zhang",
                "J. P.",
                "Nguyễn",
            )
        ),
        _soup,
    )
    some = text.map(clean).filter(bool)
    forms = [
        st.builds(Name, family=some, given=text.map(clean)),
        st.builds(Name, family=some, given=some, suffix=st.sampled_from(("Jr.", "III"))),
        st.builds(Name, literal=some),
    ]
    if unsplit:
        forms.append(st.builds(Name, unsplit=some))
    return st.one_of(forms)


def dates() -> st.SearchStrategy[PartialDate]:
    day = st.builds(PartialDate, st.integers(1000, 9999), st.integers(1, 12), st.integers(1, 28))
    month = st.builds(PartialDate, st.integers(1000, 9999), st.integers(1, 12))
    return st.one_of(st.builds(PartialDate, st.integers(1000, 9999)), month, day)


def pages() -> st.SearchStrategy[Pages]:
    known = st.sampled_from(("1-12", "7871-7888", "e123", "12345:1-12345:20", "1-3, 5-7", "A-1-A-8", "S12", "xii-xv"))
    return (
        st.one_of(known, _soup.map(clean))
        .map(Pages.parse)
        .filter(lambda page: page is not None and Pages.parse(page.text) == page)
        .map(lambda page: page or Pages("1"))
    )


_keys = st.from_regex(r"[a-z][a-z0-9]{2,12}", fullmatch=True)
_urls = st.sampled_from(
    (
        "", "", "https://example.org/paper.pdf", "https://aclanthology.org/2023.acl-demo.54/", "https://doi.org/10.1145/3637528.3671865",
        "https://proceedings.mlr.press/v235/qin24a.html", "https://openreview.net/forum?id=cit0hg4sEz", "https://arxiv.org/abs/2312.06353", "https://hal.science/hal-01234567",
        "https://example.org/a_b~c%20d?x=1&y=#frag", "http://example.org/(x)[y]", "https://example.org/{x}",
        "javascript:alert(1)",
    )
)  # fmt: skip
_dois = st.sampled_from(
    (
        "", "", "10.1145/3637528.3671865", "10.18653/v1/2023.acl-demo.54",
        "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
        "10.1000/a_b%c#d?e",
    )
)  # fmt: skip


def works() -> st.SearchStrategy[Work]:
    """One work of any type with any of its fields, texts hostile, identifiers well-formed or absent, a good key."""
    text = clean_text()
    labels = st.lists(text.filter(bool), max_size=3, unique=True).map(tuple)
    return st.builds(
        Work,
        key=_keys,
        type=st.sampled_from(ItemType),
        title=rich_text(),
        author=st.lists(names(), max_size=4).map(tuple),
        editor=st.lists(names(), max_size=2).map(tuple),
        translator=st.lists(names(), max_size=2).map(tuple),
        container_author=st.lists(names(), max_size=2).map(tuple),
        event_date=st.none() | dates(),
        language=st.sampled_from(("", "en", "German", "english and french")) | text,
        issued=st.none() | dates(),
        container_title=text,
        container_title_short=text,
        collection_title=text,
        event_title=text,
        event_place=text,
        publisher=text,
        publisher_place=text,
        volume=text,
        issue=text,
        page=st.none() | pages(),
        number=text,
        collection_number=text,
        number_of_volumes=st.sampled_from(("", "3")) | text,
        number_of_pages=st.sampled_from(("", "312", "xii, 312", "1-9")) | text,
        chapter_number=text,
        edition=text,
        version=text,
        medium=st.sampled_from(("", "Website", "Patent 7", "Dataset, Kaggle", "arXiv:2312.06353", "at https://x.org/y"))
        | text,
        archive=st.sampled_from(("", "PubMed", "JSTOR", "arXiv", "Cryptology ePrint Archive")) | text,
        archive_location=st.sampled_from(("", "12345678", "2022/674", "2312.06353")) | text,
        note=st.sampled_from(("", "Best paper", "doi: 10.1000/x_y", "arXiv: 2312.06353 [cs.LG]", "under review", "; x"))
        | text,
        genre=st.sampled_from(("", "PhD thesis", "Master's thesis", "Technical Report")) | text,
        ISBN=st.sampled_from(("", "978-1-4503-0000-1", "9781959429623", "979-8-89176-060-8", "0-306-40615-2")) | text,
        ISSN=st.sampled_from(("", "2049-3630", "1234-5678")) | text,
        DOI=_dois,
        URL=_urls,
        accessed=st.none() | dates(),
        arxiv=st.sampled_from(("", "", "2312.06353", "2209.01188", "math/9501234")),
        arxiv_class=st.sampled_from(("", "cs.LG", "stat.ML", "hep-th", "math.PR")),
        acl=st.sampled_from(("", "", "2023.acl-demo.54", "P18-1001")),
        openreview=st.sampled_from(("", "", "cit0hg4sEz")),
        pmlr=st.sampled_from(("", "", "v235/qin24a")),
        dblp=st.sampled_from(("", "", "conf/icml/QinCQDLD24")),
        other_ids=st.sampled_from(((), (), (), (Identifier(HAL, "hal-01234567"),))),
        status=st.sampled_from(Status),
        topics=labels,
        datasets=labels,
        models=labels,
        comment=text,
        tldr=text,
        links=st.lists(
            st.builds(
                Link,
                st.sampled_from(("code", "slides", "video", "page")),
                st.sampled_from(("https://github.com/a/b", "http://x.org/y")),
            ),
            max_size=2,
            unique=True,
        ).map(tuple),
        aliases=st.lists(_keys, max_size=2, unique=True).map(tuple),
    )


def collections() -> st.SearchStrategy[tuple[Work, ...]]:
    """A few works, each key once."""
    return st.lists(works(), max_size=4, unique_by=lambda work: work.key).map(tuple)


_said = st.one_of(
    st.sampled_from(
        (
            "2312.06353", "arXiv:2312.06353", "arXiv preprint arXiv:2312.06353", "arXiv:2312.06353 [cs.LG]", "arXiv", "CoRR",
            "abs/2310.03123", "10.48550/arXiv.2312.06353", "https://doi.org/10.48550/arXiv.2209.01188v2", "doi:10.1000/A_b",
            "10.1145/3637528.3671865", "https://arxiv.org/abs/2312.06353v3", "https://aclanthology.org/2023.acl-demo.54/",
            "http://x.org/y; https://arxiv.org/pdf/2312.06353", "javascript:alert(1)", "Nature", "PhD thesis", "mathesis",
            "Preprint", "Dataset", "Technical Report 10.1/x", "2023", "2023-07", "2023/07//", "July", "7", "1-12", "e123",
            "978-1-4503-0000-1", "2049-3630", "1234-5678", "cs.LG", "prepublished", "Müller, Jan", "Doe, J., Jr.",
            "submitted", "in press", "Under review at ICLR", "NeurIPS (to appear)", "PubMed", "Website", "Patent US7", "iv, 9",
            "Google Research,", "{Google Research}", "Doe and others", "et al.", "LoRA, federated;x", "<i>A</i> title.",
        )
    ),
    clean_text(),
)  # fmt: skip


RIS_TAGS = (
    "TI T1 CT BT T2 T3 C3 JO JF JA J1 J2 AU A1 A2 A3 ED PY Y1 DA SP EP VL IS SN PB CY C1 DO UR L1 KW AN M3 N1 M1 ID ZZ "
    "ET SV NV SE C7 DB A4 LA"
)
CSL_MEMBERS = (
    "id citation-key title container-title container-title-short collection-title event-title event-place publisher "
    "publisher-place volume issue number genre ISBN ISSN page issued DOI URL status note abstract "
    "edition version medium collection-number number-of-pages number-of-volumes chapter-number archive archive_location PMID "
    "translator container-author event-date language"
)
BIB_FIELDS = (
    "author editor title booktitle journal series volume number pages year month date publisher organization school "
    "institution address type howpublished isbn issn doi eprint eprinttype eprintclass url keywords ids pubstate "
    "eventtitle note crossref github abstract edition version chapter eid pagetotal volumes venue holder pmid subtitle"
)


def foreign(name: str) -> st.SearchStrategy[str]:
    """A file of other people's in a format: any type with any fields, each holding what may stand in any other."""
    words = vocabulary({"bibtex": "bib", "biblatex": "bib"}.get(name, name))
    types = st.sampled_from((*words.read, "nonsense"))
    match name:
        case "ris":
            line = st.builds("{}  - {}".format, st.sampled_from(RIS_TAGS.split()), _said)
            record = st.builds(lambda kind, lines: "\n".join([f"TY  - {kind}", *lines, "ER  - "]), types, _some(line))
            return _some(record).map("\n".join)
        case "csl-json":
            texts = st.dictionaries(st.sampled_from(CSL_MEMBERS.split()), _said, max_size=12)
            people = _some(st.builds(lambda family, given: {"family": family, "given": given}, _said, _said))
            item = st.builds(lambda kind, author, said: {"type": kind, "author": author, **said}, types, people, texts)
            return _some(item).map(json.dumps)
        case _:
            field = st.builds("  {} = {{{}}},".format, st.sampled_from(BIB_FIELDS.split()), _said)
            entry = st.builds(lambda kind, lines: "\n".join([f"@{kind}{{key,", *lines, "}"]), types, _some(field))
            return _some(entry).map("\n".join)


def _some(one: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(one, max_size=10)
