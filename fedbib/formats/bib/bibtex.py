"""BibTeX that every style and importer reads alike; and reading of anybody's .bib.

Field choices follow trials with BibTeX's standard styles, biblatex with biber's data-model check, and Zotero's import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

from fedbib.errors import BadValue
from fedbib.formats.bib.entries import LINKS, MONTHS, BibEntry, read, write
from fedbib.ids.landing import landing, normalised, safe, url_fields
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.reading import Reading
from fedbib.model.work import ItemType, Link, Work
from fedbib.text.capitals import protect
from fedbib.text.latex import encode, printable
from fedbib.text.markup import NOCASE, join, segments
from fedbib.text.names import split, to_bibtex
from fedbib.text.plain import clean

CARRIES = frozenset(
    [
        "key",
        "type",
        "title",
        "author",
        "editor",
        "issued",
        "container_title",
        "collection_title",
        "publisher",
        "publisher_place",
        "volume",
        "issue",
        "page",
        "number",
        "genre",
        "ISBN",
        "ISSN",
        "DOI",
        "URL",
        "arxiv",
        "arxiv_class",
        "acl",
        "openreview",
        "pmlr",
        "dblp",
        "topics",
        "aliases",
    ]
)

# The .bib field for each field of a work, per entry type, beside those that all types have.
_FIELDS: dict[str, dict[str, str]] = {
    "inproceedings": {
        "container_title": "booktitle", "collection_title": "series", "volume": "volume", "issue": "number",
        "page": "pages",
        "publisher": "publisher", "publisher_place": "address", "ISBN": "isbn",
    },
    "article": {"container_title": "journal", "volume": "volume", "issue": "number", "page": "pages", "ISSN": "issn"},
    "incollection": {
        "container_title": "booktitle", "collection_title": "series", "volume": "volume", "page": "pages",
        "publisher": "publisher", "publisher_place": "address", "ISBN": "isbn",
    },
    "book": {
        "collection_title": "series", "volume": "volume", "publisher": "publisher", "publisher_place": "address",
        "ISBN": "isbn",
    },
    "phdthesis": {"publisher": "school", "publisher_place": "address", "genre": "type"},
    "mastersthesis": {"publisher": "school", "publisher_place": "address", "genre": "type"},
    "techreport": {"publisher": "institution", "publisher_place": "address", "genre": "type", "number": "number"},
    "misc": {"publisher": "organization"},
}  # fmt: skip
_EDITED = frozenset({"inproceedings", "incollection", "book"})
_ORDER = [
    "author",
    "editor",
    "title",
    "booktitle",
    "journal",
    "series",
    "volume",
    "number",
    "pages",
    "year",
    "month",
    "publisher",
    "organization",
    "school",
    "institution",
    "address",
    "type",
    "howpublished",
    "isbn",
    "issn",
    "doi",
    "eprint",
    "eprinttype",
    "eprintclass",
    "url",
    "keywords",
    "ids",
]

_ENTRY_TYPES = {
    ItemType.PAPER_CONFERENCE: "inproceedings",
    ItemType.ARTICLE_JOURNAL: "article",
    ItemType.CHAPTER: "incollection",
    ItemType.BOOK: "book",
    ItemType.REPORT: "techreport",
}
_ITEM_TYPES = {entry: item for item, entry in _ENTRY_TYPES.items()} | {
    "phdthesis": ItemType.THESIS,
    "mastersthesis": ItemType.THESIS,
    "thesis": ItemType.THESIS,
    "conference": ItemType.PAPER_CONFERENCE,
    "inbook": ItemType.CHAPTER,
    "proceedings": ItemType.BOOK,
    "collection": ItemType.BOOK,
    "booklet": ItemType.BOOK,
    "manual": ItemType.BOOK,
    "report": ItemType.REPORT,
    "online": ItemType.WEBPAGE,
    "electronic": ItemType.WEBPAGE,
    "www": ItemType.WEBPAGE,
    "software": ItemType.SOFTWARE,
    "dataset": ItemType.DATASET,
    "preprint": ItemType.ARTICLE,
}
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
GENRES = {"phdthesis": "PhD thesis", "mathesis": "Master's thesis", "techreport": "Technical report"}
"""What biblatex's words for a `type` stand for."""
# What a @misc says of itself in `howpublished`, when it is no arXiv preprint.
_KINDS = {
    ItemType.ARTICLE: "Preprint",
    ItemType.WEBPAGE: "Website",
    ItemType.DATASET: "Dataset",
    ItemType.SOFTWARE: "Software",
}
_KIND_TYPES = {kind: item for item, kind in _KINDS.items()}

_ARXIV = re.compile(r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)
_ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}|[a-z][a-z-]+/\d{7}")
_ARXIV_CLASS = re.compile(r"[a-z][a-z-]*(?:\.[A-Za-z-]{2,})?")
_ARXIV_JOURNAL = re.compile(
    r"(?:arxiv(?: preprint| e-prints?)?|corr)\b[\s,:]*(?:abs/|arxiv:\s*)?([\w.\-/]*).*", re.IGNORECASE
)
_ARXIV_WITHIN = re.compile(r"(?:abs/|arxiv(?:[:\s/.–-]|preprint)*)(\d{4}\.\d{4,5})(?!\d)", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_UNSAFE_IN_URL = re.compile(r"[^!-~]|[{}\\\"<>^`|]")
_UNSAFE_IN_DOI = re.compile(r"[^!-~]|[{}\\%]")
_KEY_LEFT_OUT = re.compile(r"[^A-Za-z0-9_.:+/-]+")


# --- from works


def arrange(works: Sequence[Work], about: About) -> Sequence[Work]:  # noqa: ARG001 - the protocol's
    """The works as they come."""
    return works


def carry(work: Work) -> Work:
    """What a .bib keeps: per entry type the fields that every style and biber take; facets but for topics are left out.

    Names are split; a date keeps year and month; of the identifiers beside DOI and arXiv the one stays
    whose page is the `url`; letters that plain LaTeX has not are spelt in those it has.
    """
    return work_of(_item(work))


def render(works: Sequence[Work], about: About) -> str:  # noqa: ARG001 - the protocol's
    """A .bib in ASCII."""
    return write(_written(_item(work)) for work in works)


def written(item: BibEntry, raw: bool = False) -> dict[str, str]:
    """The TeX of each field that says something; with `raw` letters stay as they are."""
    values = {name: value for name, text in item.fields.items() if (value := tex(name, text, raw)) != "{}"}
    people = {"author": item.author, "editor": item.editor}
    return values | {name: f"{{{to_bibtex(names, raw)}}}" for name, names in people.items() if names}


def _written(item: BibEntry) -> tuple[str, str, dict[str, str]]:
    values = written(item)
    if item.type == "inproceedings":
        # biblatex-apa makes an @article, which has no publisher, of proceedings without an `editor`; one that is
        # there and empty is no editor to anybody, and keeps it what it is.
        values.setdefault("editor", "{}")
    return item.type, item.key, {name: values[name] for name in _ORDER if name in values}


_VERBATIM = frozenset({"url", "doi", "eprint", "eprintclass", "eprinttype", "ids", "year", "date", "pubstate"})


def tex(name: str, text: str, raw: bool = False) -> str:
    """The right side of a field."""
    if name == "month":
        return text
    if name in _VERBATIM:
        return f"{{{text}}}"
    return (
        f"{{{_guarded(text, raw) if name == 'booktitle' else encode(text, name == 'title', raw and name != 'pages')}}}"
    )


@lru_cache(maxsize=1000)
def _guarded(text: str, raw: bool) -> str:
    """TeX of a plain text with braces around the words that keep their capitals: biblatex-apa lowers a booktitle."""
    if "<" in text or "$" in text:
        return encode(text, rich=False, raw=raw)
    return encode(f"{NOCASE}{text}</span>" if text.isupper() else protect(text), raw=raw)


def _item(work: Work) -> BibEntry:
    work = normalised(work)
    entry_type = _entry_type(work)
    names = _FIELDS[entry_type]
    values = stated(work, names, preprint=entry_type == "misc")
    if work.issued:
        values["year"] = str(work.issued.year)
        if work.issued.month:
            values["month"] = MONTHS[work.issued.month - 1]
    if "address" in names.values() and not work.publisher_place and entry_type == "inproceedings" and work.event_place:
        values["address"] = work.event_place
    if "number" in values and entry_type == "inproceedings" and ("volume" in values or "series" not in values):
        del values["number"]  # BibTeX warns
    if values.get("type") == _GENRES.get(entry_type, ""):
        values.pop("type", None)
    if entry_type == "misc":
        if "eprint" in values and work.type in (ItemType.ARTICLE, ItemType.DOCUMENT):
            subject = f" [{values['eprintclass']}]" if "eprintclass" in values else ""
            values["howpublished"] = f"arXiv:{values['eprint']}{subject}"
            if values.get("organization", "").lower() == "arxiv":
                del values["organization"]
        elif work.type in _KINDS:
            values["howpublished"] = _KINDS[work.type]
    values = {name: printable(text, rich=name == "title") for name, text in values.items()}
    author = _printable(people(work.author))
    editor = _printable(people(work.editor)) if entry_type in _EDITED else ()
    return BibEntry(key_of(work), entry_type, author, () if entry_type == "book" and author else editor, values)


def _printable(names: Sequence[Name]) -> tuple[Name, ...]:
    """The names in letters that LaTeX has; one of which nothing is left is none."""
    return tuple(spelt for name in names if (spelt := _spelt(name)).display)


def _spelt(name: Name) -> Name:
    if name.display.isascii():
        return name
    family, given, suffix, literal = map(printable, (name.family, name.given, name.suffix, name.literal))
    return Name(family, given, suffix, literal) if family or literal else Name(given, suffix=suffix)


def stated(work: Work, names: dict[str, str], preprint: bool) -> dict[str, str]:
    """The values of a normalised work that BibTeX and biblatex write alike, by the name of the field.

    `names` gives the field for each field of `Work` that the entry type has; the others are those all types have.
    A `preprint` without a DOI has arXiv's.
    """
    names = {"title": "title"} | names
    values = {bib: str(value) for field, bib in names.items() if (value := getattr(work, field)) and field != "page"}
    if "title" in values and "<" in values["title"]:
        values["title"] = clean(join(segments(values["title"])))
    if work.page and "page" in names:
        values["pages"] = printable(f"{work.page.first}–{work.page.last}" if work.page.last else work.page.first)
    if not _is_isbn(values.get("isbn", "")):
        values.pop("isbn", None)
    if not _is_issn(values.get("issn", "")):
        values.pop("issn", None)
    if _ARXIV_ID.fullmatch(work.arxiv):
        values["eprint"] = work.arxiv
        values["eprinttype"] = "arXiv"
        if _ARXIV_CLASS.fullmatch(work.arxiv_class):
            values["eprintclass"] = work.arxiv_class
    if work.DOI:
        values["doi"] = _UNSAFE_IN_DOI.sub(lambda match: quote(match.group(), safe=""), work.DOI)
    elif "eprint" in values and preprint:
        values["doi"] = f"10.48550/arXiv.{work.arxiv}"
    if url := landing(work):
        values["url"] = _UNSAFE_IN_URL.sub(lambda match: quote(match.group(), safe=""), url)
    topics = [topic for topic in work.topics if topic and not re.search(r"[,;]", topic)]
    if topics:
        values["keywords"] = ", ".join(topics)
    aliases = [alias for alias in work.aliases if alias and not _KEY_LEFT_OUT.search(alias)]
    if aliases:
        values["ids"] = ",".join(aliases)
    return values


def key_of(work: Work) -> str:
    """The key without what a .bib cannot have in one."""
    return _KEY_LEFT_OUT.sub("", work.key) or "work"


def people(names: Sequence[Name]) -> tuple[Name, ...]:
    """The names, each in parts."""
    return tuple(split(name.unsplit) if name.unsplit else name for name in names)


def _entry_type(work: Work) -> str:
    if work.type is ItemType.THESIS:
        return "mastersthesis" if work.genre.lower().startswith("master") else "phdthesis"
    return _ENTRY_TYPES.get(work.type, "misc")


def _is_isbn(text: str) -> bool:
    """Whether biber takes it: ISBN-10 or ISBN-13 with a right check digit; its tables of 2022 do not know 979-8."""
    digits = re.sub(r"[- ]", "", text)
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return sum((10 - at) * (10 if char == "X" else int(char)) for at, char in enumerate(digits)) % 11 == 0
    if not re.fullmatch(r"97[89]\d{10}", digits) or digits.startswith("9798"):
        return False
    return sum(int(char) * (3 if at % 2 else 1) for at, char in enumerate(digits)) % 10 == 0


def _is_issn(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{3}[\dX]", text):
        return False
    digits = text.replace("-", "")
    return sum((8 - at) * (10 if char == "X" else int(char)) for at, char in enumerate(digits)) % 11 == 0


# --- to works


def work_of(item: BibEntry) -> Work:
    """What an entry of any dialect says, its fields under BibTeX's names."""
    fields = item.fields
    values: dict[str, Any] = {}
    for field, bib in _READ.get(item.type, _READ_FIELDS).items():
        if fields.get(bib):
            values[field] = fields[bib]
    page = Pages.parse(values.pop("page", ""))
    if not values.get("genre") and item.type in _GENRES:
        values["genre"] = _GENRES[item.type]
    if values.get("genre") in GENRES:
        values["genre"] = GENRES[values["genre"]]
    item_type = _ITEM_TYPES.get(item.type, ItemType.DOCUMENT)
    arxiv, arxiv_class = _arxiv(fields)
    how = fields.get("howpublished", "")
    if item_type is ItemType.DOCUMENT:
        item_type = _KIND_TYPES.get(how) or (ItemType.ARTICLE if arxiv else ItemType.DOCUMENT)
    journal = _ARXIV_JOURNAL.fullmatch(fields.get("journal", "")) if item_type is ItemType.ARTICLE_JOURNAL else None
    arxiv = arxiv or (_arxiv_elsewhere(fields) if journal or item_type is ItemType.DOCUMENT else "")
    if journal and (_ARXIV.fullmatch(journal.group(1)) or arxiv):
        arxiv = arxiv or _arxiv_id(journal.group(1))
        item_type = ItemType.ARTICLE
        for name in ("container_title", "volume", "issue"):
            values.pop(name, None)
        page = None
    doi = _doi(fields.get("doi", "") or _doi_in(fields.get("note", "")))
    if preprint := _ARXIV_DOI.fullmatch(doi):
        arxiv = arxiv or _arxiv_id(preprint.group(1))
        doi = ""
    ids: dict[str, Any] = {"DOI": doi, "arxiv": arxiv}
    url = fields.get("url", "") or (how if re.match(r"https?://\S+$", how) else "")
    ids |= url_fields(url, ids)
    prepublished = fields.get("pubstate") == "prepublished" and item_type is ItemType.WEBPAGE
    if prepublished or (item_type in (ItemType.DOCUMENT, ItemType.WEBPAGE) and ids["arxiv"]):
        item_type = ItemType.ARTICLE
    return Work(
        key=item.key,
        type=item_type,
        title=fields.get("title", ""),
        author=item.author,
        editor=item.editor,
        issued=_issued(fields),
        page=page,
        arxiv_class=arxiv_class if ids["arxiv"] else "",
        topics=tuple(
            dict.fromkeys(word for part in re.split("[,;]", fields.get("keywords", "")) if (word := part.strip()))
        ),
        aliases=tuple(word for part in fields.get("ids", "").split(",") if (word := part.strip())),
        links=tuple(
            Link(label, url)
            for label, url in {LINKS[name]: fields[name] for name in LINKS if name in fields}.items()
            if re.match(r"https?://", url) and safe(url)
        ),
        **values,
        **ids,
    )


# Where another entry type, or biblatex, puts the same.
_READ_FIELDS = {
    "container_title": "booktitle", "collection_title": "series", "volume": "volume", "issue": "number",
    "page": "pages",
    "publisher": "publisher", "publisher_place": "address", "event_title": "eventtitle", "ISBN": "isbn", "ISSN": "issn",
    "genre": "type",
}  # fmt: skip
_PLACED = {"publisher": "institution", "publisher_place": "address", "genre": "type"}
_READ = _FIELDS | {
    "inproceedings": _FIELDS["inproceedings"] | {"event_title": "eventtitle"},
    "thesis": _PLACED,
    "report": _PLACED | {"number": "number"},
    "online": {"publisher": "organization"},
    "software": {"publisher": "organization", "publisher_place": "address"},
}
_KEPT = frozenset(
    {bib for names in (*_READ.values(), _READ_FIELDS) for bib in names.values()}
    | {"title", "author", "editor", "year", "month", "date", "howpublished", "note", "keywords", "pubstate"}
    | {"doi", "eprint", "eprinttype", "eprintclass", "url", "ids", "crossref", "xdata", *LINKS}
)
_TYPES = frozenset({*_FIELDS, *_ITEM_TYPES, "misc", "unpublished", "xdata"})


def _arxiv_id(text: str) -> str:
    match = _ARXIV.fullmatch(text.strip())
    return re.sub(r"\.[A-Z]{2}(?=/)", "", match.group(1), flags=re.IGNORECASE).lower() if match else ""


def _arxiv(fields: Mapping[str, str]) -> tuple[str, str]:
    kind = fields.get("eprinttype", "").lower()
    eprint = fields.get("eprint", "")
    if kind not in ("", "arxiv") or not eprint:
        found = re.match(r"arXiv:(\S+)", fields.get("howpublished", ""), re.IGNORECASE)
        return (_arxiv_id(found.group(1)), "") if found else ("", "")
    classes = fields.get("eprintclass", "")
    return _arxiv_id(eprint), classes if _ARXIV_CLASS.fullmatch(classes) else ""


def _arxiv_elsewhere(fields: Mapping[str, str]) -> str:
    """The id where DBLP ("abs/2310.03123" as the volume) and others put it."""
    for name in ("volume", "number", "pages", "note"):
        if match := _ARXIV_WITHIN.search(fields.get(name, "")[:200]):
            return _arxiv_id(match.group(1))
    return ""


def _doi_in(note: str) -> str:
    match = re.search(r"\b10\.\d{4,9}/[^\s,;]+", note[:500])
    return match.group().rstrip(".)") if match else ""


def _doi(text: str) -> str:
    match = _DOI.fullmatch(text.strip())
    return unquote(match.group(1)).lower() if match else ""


def _issued(fields: Mapping[str, str]) -> PartialDate | None:
    if not fields.get("year") and fields.get("date"):
        try:
            return PartialDate.parse(fields["date"].strip())
        except BadValue:
            return PartialDate.from_parts([fields["date"][:4]])
    month = fields.get("month", "").strip().lower().rstrip(".")
    number = MONTHS.index(month[:3]) + 1 if month[:3] in MONTHS else month
    return PartialDate.from_parts([fields.get("year", "").strip(), number])


def parse(text: str) -> Reading:
    """Read a .bib, ours or anybody's: the entries, and what was skipped (B01) or read in part (B02)."""
    entries, lines, problems = read(text, _TYPES, _KEPT)
    return Reading(tuple(map(work_of, entries)), tuple(lines), tuple(problems))
