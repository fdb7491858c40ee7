"""BibTeX that every style and importer reads alike; and reading of anybody's .bib.

Field choices follow trials with BibTeX's standard styles, biblatex with biber's data-model check, and Zotero's import.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from fedbib.errors import BadValue
from fedbib.formats.base import About, Reading
from fedbib.landing import landing, normalised, safe, url_fields
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Problem, Severity
from fedbib.model.work import ItemType, Link, Work
from fedbib.text.latex import decode, encode
from fedbib.text.markup import join, segments
from fedbib.text.names import from_bibtex, split, to_bibtex
from fedbib.text.plain import clean

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

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
        "event_title",
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

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# The .bib field for each field of a work, per entry type, beside those that all types have.
_COMMON = {"title": "title", "arxiv": "eprint", "arxiv_class": "eprintclass", "DOI": "doi"}
_FIELDS: dict[str, dict[str, str]] = {
    "inproceedings": {
        "container_title": "booktitle", "collection_title": "series", "volume": "volume", "issue": "number",
        "page": "pages",
        "publisher": "publisher", "publisher_place": "address", "event_title": "eventtitle", "ISBN": "isbn",
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
    "eventtitle",
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


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry with its values as text: what the TeX of the fields says."""

    key: str
    type: str
    author: tuple[Name, ...]
    editor: tuple[Name, ...]
    fields: Mapping[str, str]


# --- from works


def arrange(works: Sequence[Work], about: About) -> Sequence[Work]:  # noqa: ARG001 - the protocol's
    """The works as they come."""
    return works


def carry(work: Work) -> Work:
    """What a .bib keeps: per entry type the fields that every style and biber take; facets but for topics are left out.

    Names are split; a date keeps year and month; of the identifiers beside DOI and arXiv the one stays
    whose page is the `url`.
    """
    return _work(_item(work))


def render(works: Sequence[Work], about: About) -> str:
    """A .bib, in ASCII but for letters that plain LaTeX has no macro for."""
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field, ImplicitComment
    from bibtexparser.writer import BibtexFormat, write

    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent = "  "
    layout.block_separator = "\n"
    layout.trailing_comma = True
    blocks: list[Block] = [ImplicitComment(_header(about))]
    for work in works:
        item = _item(work)
        values = {name: _tex(name, text) for name, text in item.fields.items()}
        for name, people in (("author", item.author), ("editor", item.editor)):
            if people:
                values[name] = "{" + to_bibtex(people) + "}"
        fields = [Field(name, values[name]) for name in _ORDER if name in values]
        blocks.append(Entry(item.type, item.key, fields))
    library = Library()
    # `Library.add` refuses a second entry of one key; that is for the checks to say, not for a writer.
    library.blocks.extend(blocks)
    return write(library, layout)


def _header(about: About) -> str:
    return "% " + re.sub(r"[@{}\"=]", "", clean(about.title or about.name))


def _tex(name: str, text: str) -> str:
    if name == "month":
        return text
    if name in ("url", "doi", "eprint", "eprintclass", "eprinttype", "ids", "year"):
        return "{" + text + "}"
    return "{" + encode(text, rich=name == "title") + "}"


def _item(work: Work) -> _Item:
    work = normalised(work)
    entry_type = _entry_type(work)
    names = _COMMON | _FIELDS[entry_type]
    values = {bib: str(value) for field, bib in names.items() if (value := getattr(work, field)) and field != "page"}
    if "title" in values and "<" in values["title"]:
        values["title"] = clean(join(segments(values["title"])))
    if work.page and "pages" in names.values():
        values["pages"] = f"{work.page.first}–{work.page.last}" if work.page.last else work.page.first
    if work.issued:
        values["year"] = str(work.issued.year)
        if work.issued.month:
            values["month"] = _MONTHS[work.issued.month - 1]
    if "address" in names.values() and not work.publisher_place and entry_type == "inproceedings" and work.event_place:
        values["address"] = work.event_place
    if "number" in values and entry_type == "inproceedings" and ("volume" in values or "series" not in values):
        del values["number"]  # BibTeX warns
    if values.get("type") == _GENRES.get(entry_type, ""):
        values.pop("type", None)
    if not _is_isbn(values.get("isbn", "")):
        values.pop("isbn", None)
    if not _is_issn(values.get("issn", "")):
        values.pop("issn", None)
    _identify(work, entry_type, values)
    topics = [topic for topic in work.topics if topic and not re.search(r"[,;]", topic)]
    if topics:
        values["keywords"] = ", ".join(topics)
    aliases = [alias for alias in work.aliases if alias and not _KEY_LEFT_OUT.search(alias)]
    if aliases:
        values["ids"] = ",".join(aliases)
    author = _split(work.author)
    editor = _split(work.editor) if entry_type in _EDITED and not (entry_type == "book" and author) else ()
    return _Item(_KEY_LEFT_OUT.sub("", work.key) or "work", entry_type, author, editor, values)


def _entry_type(work: Work) -> str:
    if work.type is ItemType.THESIS:
        return "mastersthesis" if work.genre.lower().startswith("master") else "phdthesis"
    return _ENTRY_TYPES.get(work.type, "misc")


def _split(names: Sequence[Name]) -> tuple[Name, ...]:
    return tuple(split(name.unsplit) if name.unsplit else name for name in names)


def _identify(work: Work, entry_type: str, values: dict[str, str]) -> None:
    """The fields that say where to find it."""
    values.pop("eprintclass", None)
    if not _ARXIV_ID.fullmatch(values.pop("eprint", "")):
        arxiv = ""
    else:
        arxiv = work.arxiv
        values["eprint"] = arxiv
        values["eprinttype"] = "arXiv"
        if _ARXIV_CLASS.fullmatch(work.arxiv_class):
            values["eprintclass"] = work.arxiv_class
    if entry_type == "misc":
        preprint = arxiv and work.type in (ItemType.ARTICLE, ItemType.DOCUMENT)
        if preprint:
            subject = f" [{values['eprintclass']}]" if "eprintclass" in values else ""
            values["howpublished"] = f"arXiv:{arxiv}{subject}"
            if values.get("organization", "").lower() == "arxiv":
                del values["organization"]
        elif work.type in _KINDS:
            values["howpublished"] = _KINDS[work.type]
    doi = values.pop("doi", "")
    if doi:
        values["doi"] = _UNSAFE_IN_DOI.sub(lambda match: quote(match.group(), safe=""), doi)
    elif arxiv and entry_type == "misc":
        values["doi"] = f"10.48550/arXiv.{arxiv}"
    if url := landing(work):
        values["url"] = _UNSAFE_IN_URL.sub(lambda match: quote(match.group(), safe=""), url)


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


def _work(item: _Item) -> Work:
    fields = item.fields
    values: dict[str, Any] = {}
    known = _FIELDS.get(item.type)
    for field, bib in (known or _READ_FIELDS).items():
        if fields.get(bib):
            values[field] = fields[bib]
    page = Pages.parse(values.pop("page", ""))
    if not values.get("genre") and item.type in _GENRES:
        values["genre"] = _GENRES[item.type]
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
    if item_type is ItemType.DOCUMENT and ids["arxiv"]:
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
            for label, url in {_LINKS[name]: fields[name] for name in _LINKS if name in fields}.items()
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
_SAME = {
    "journaltitle": "journal", "location": "address", "archiveprefix": "eprinttype", "primaryclass": "eprintclass",
    "issue": "number",
    "journal-title": "journal", "key-words": "keywords", "keyword": "keywords", "book-title": "booktitle",
    "tags": "keywords",
}  # fmt: skip
# What people add to an entry for themselves.
_LINKS = {
    "github": "code", "code": "code", "slides": "slides", "video": "video", "poster": "poster",
    "project": "page", "website": "page",
}  # fmt: skip
_KEPT = (
    {bib for names in (_COMMON, _READ_FIELDS, *_FIELDS.values()) for bib in names.values()}
    | {"author", "editor", "year", "month", "date", "url", "howpublished", "note", "keywords", "ids"}
    | {"crossref", "xdata", "eprinttype", *_LINKS}
)  # fmt: skip
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
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else month
    return PartialDate.from_parts([fields.get("year", "").strip(), number])


_SILENT = logging.NullHandler()
_VERBATIM = frozenset(
    {"url", "doi", "eprint", "eprintclass", "eprinttype", "ids", "file", "crossref", "xdata", *_LINKS}
)


def parse(text: str) -> Reading:
    """Read a .bib, ours or anybody's: the entries, and what was skipped (B01) or read in part (B02)."""
    from bibtexparser.splitter import Splitter

    # It would print what is reported here as problems.
    logging.getLogger("bibtexparser").addHandler(_SILENT)
    problems: list[Problem] = []
    entries: list[tuple[Entry, dict[str, str]]] = []
    macros: dict[str, str] = {month: month for month in _MONTHS}
    lines_of: dict[str, int] = {}
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for block in Splitter(_NO_KEY.sub(r"\1,", text)).split().blocks:
        entry = _entry(block, macros, problems)
        if entry is not None:
            line = (entry.start_line or 0) + 1
            first = lines_of.setdefault(entry.key.lower(), line)
            if entry.key and first != line:
                message = f"the key {entry.key} was used before, at line {first}"
                hint = "give one of them another key"
                problems.append(Problem("B02", Severity.WARNING, message, line=line, key=entry.key, hint=hint))
            entries.append((entry, _values(entry, macros, problems)))
    _left_out(entries, problems)
    by_key = {entry.key.lower(): values for entry, values in reversed(entries)}
    works: list[Work] = []
    lines: list[int] = []
    for entry, values in entries:
        parent = by_key.get(values.get("crossref", "").lower()) if "crossref" in values else None
        if parent is not None and parent is not values:
            values = _inherited(values, parent)
        for name in values.get("xdata", "").split(",") if "xdata" in values else ():
            shared = by_key.get(name.strip().lower(), {})
            values = {field: value for field, value in shared.items() if field != "ids"} | values
        if entry.entry_type.lower() == "xdata":
            continue
        works.append(_work(_read_item(entry, values)))
        lines.append((entry.start_line or 0) + 1)
    return Reading(tuple(works), tuple(lines), tuple(sorted(problems, key=lambda problem: problem.line or 0)))


def _left_out(entries: Sequence[tuple[Entry, dict[str, str]]], problems: list[Problem]) -> None:
    """Name what no field here holds, once per name, so that nothing goes missing unseen."""
    fields: dict[str, list[int]] = {}
    for entry, values in entries:
        line = (entry.start_line or 0) + 1
        if entry.entry_type.lower() not in _TYPES:
            message = f"the type @{entry.entry_type} is not known and read as @misc"
            problems.append(Problem("B02", Severity.NOTE, message, line=line, key=entry.key))
        if "author" in values and _OTHERS.search(values["author"]):
            message = 'the authors end in "and others", so they were left out'
            problems.append(Problem("B02", Severity.NOTE, message, line=line, key=entry.key, field="author"))
            del values["author"]
        for name in values.keys() - _KEPT:
            fields.setdefault(name, []).append(line)
    for name in sorted(fields):
        lines = fields[name]
        message = (
            f"the field {name} is not kept ({len(lines)} {'entry' if len(lines) == 1 else 'entries'}, the first here)"
        )
        problems.append(Problem("B02", Severity.NOTE, message, line=lines[0], field=name))


_OTHERS = re.compile(r"\band\s+others\s*$|\bet\s+al\.?\s*$", re.IGNORECASE)


def _inherited(values: dict[str, str], parent: dict[str, str]) -> dict[str, str]:
    given = {
        name: value
        for name, value in parent.items()
        if name not in ("title", "author", "crossref", "doi", "url", "ids", "pages")
    }
    if "title" in parent:
        given.setdefault("booktitle", parent["title"])
    return given | values


def _entry(block: Block, macros: dict[str, str], problems: list[Problem]) -> Entry | None:
    """The entry in a block; what is no entry is learnt, passed over or reported."""
    from bibtexparser import model

    line = (block.start_line or 0) + 1
    if isinstance(block, model.String):
        macros[block.key.lower()] = _value(block.value, macros, lambda _: None)
        return None
    if isinstance(block, model.DuplicateFieldKeyBlock):
        again = ", ".join(sorted(block.duplicate_keys))
        inner = block.ignore_error_block
        key = inner.key if isinstance(inner, model.Entry) else ""
        problems.append(
            Problem("B02", Severity.WARNING, f"has {again} more than once; the first counts", line=line, key=key)
        )
        return inner if isinstance(inner, model.Entry) else None
    if isinstance(block, model.DuplicateBlockKeyBlock):
        # Each entry is read; `parse` reports the key.
        return block.ignore_error_block if isinstance(block.ignore_error_block, model.Entry) else None
    if isinstance(block, model.ParsingFailedBlock):
        if repaired := _repaired(block, problems):
            return repaired
        reason = (
            str(block.error).strip().splitlines()[0] if str(block.error).strip() else "a brace or quote is not closed"
        )
        problems.append(Problem("B01", Severity.ERROR, f"entry skipped: {reason}", line=line))
        return None
    if isinstance(block, model.ImplicitComment) and (match := re.search(r"^\s*@\s*(\w+)", block.comment, re.MULTILINE)):
        at = line + block.comment.count("\n", 0, match.start(1))
        problems.append(Problem("B01", Severity.ERROR, f"entry skipped: no braces after @{match.group(1)}", line=at))
        return None
    return block if isinstance(block, model.Entry) else None


_NO_KEY = re.compile(r"^([ \t]*@(?!(?i:string)\b)\w+[ \t]*[{(])(?=\s*[A-Za-z][\w-]*\s*=)", re.MULTILINE)
_TOO_MUCH = re.compile(r"[,\n]\s*[A-Za-z]+\s*=\s*[{\"]")


def _repaired(block: Block, problems: list[Problem]) -> Entry | None:
    """An entry of which only the last brace is missing."""
    from bibtexparser.model import Entry
    from bibtexparser.splitter import Splitter

    raw = (block.raw or "").rstrip()
    if len(raw) > 100_000 or raw.count("{") - raw.count("}") != 1 or raw[-1:] not in ("}", '"', ",", *"0123456789"):
        return None
    blocks = Splitter(f"{raw}\n}}").split().blocks
    if len(blocks) != 1 or not isinstance(blocks[0], Entry) or not blocks[0].fields:
        return None
    if any(_TOO_MUCH.search(field.value) for field in blocks[0].fields):
        return None  # a brace in the middle is missing, and where cannot be told
    entry = Entry(blocks[0].entry_type, blocks[0].key, blocks[0].fields, start_line=block.start_line)
    line = (block.start_line or 0) + 1
    problems.append(Problem("B02", Severity.WARNING, "the closing brace is missing", line=line, key=entry.key))
    return entry


def _values(entry: Entry, macros: Mapping[str, str], problems: list[Problem]) -> dict[str, str]:
    """The TeX of each field, names in lower case, macros put in, biblatex's names as BibTeX's."""
    line = (entry.start_line or 0) + 1

    def undefined(name: str) -> None:
        problems.append(
            Problem(
                "B02",
                Severity.WARNING,
                f"the string {name!r} is not defined",
                line=line,
                key=entry.key,
                field=field.key,
            )
        )

    values: dict[str, str] = {}
    for field in entry.fields:
        name, raw = field.key.lower(), field.value
        while found := _run_on(raw):
            message = f"a comma is missing before {found.group(1)}"
            problems.append(Problem("B02", Severity.WARNING, message, line=line, key=entry.key, field=name))
            name = _SAME.get(name, name)
            values.setdefault(name, _value(raw[: found.start()].rstrip(), macros, undefined))
            name, raw = found.group(1).lower(), raw[found.end() :].strip()
        name = _SAME.get(name, name) if entry.entry_type.lower() != "article" or name != "issue" else "number"
        values.setdefault(name, _value(raw, macros, undefined))
    return values


_NEXT_FIELD = re.compile(r"\s+([A-Za-z][\w-]*)\s*=\s*(?=[{\"\w])")


def _run_on(raw: str) -> re.Match[str] | None:
    """Where the next field begins in a value that ends without a comma."""
    if "=" not in raw or not raw.startswith(("{", '"')):
        return None
    depth = 0
    for match in re.finditer(r'\\.|[{}"]', raw, re.DOTALL):
        sign = match.group()
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if (depth == 0 and sign == "}" and raw[0] == "{") or (
            depth == 0 and sign == '"' and match.start() and raw[0] == '"'
        ):
            return _NEXT_FIELD.match(raw, match.end())
    return None


_PIECES = re.compile(r'\s*(?:\{(?P<braced>.*)\}|"(?P<quoted>.*)"|(?P<bare>[^\s#{}"]+))\s*', re.DOTALL)


def _value(raw: str, macros: Mapping[str, str], undefined: Callable[[str], None]) -> str:
    """What a field's right side says: groups, quotes, numbers and macros joined by #."""
    if raw.startswith("{") and raw.endswith("}") and "#" not in raw:
        return raw[1:-1]
    out = []
    for piece in _concatenated(raw):
        match = _PIECES.fullmatch(piece)
        if not match:
            out.append(piece.strip())
            continue
        bare = match.group("bare")
        if bare is None:
            out.append(match.group("braced") if match.group("braced") is not None else match.group("quoted"))
        elif bare.isdigit():
            out.append(bare)
        elif bare.lower() in macros:
            out.append(macros[bare.lower()])
        else:
            undefined(bare)
            out.append(bare)
    return "".join(out)


def _concatenated(raw: str) -> Iterator[str]:
    """The pieces between the # that stand outside of braces and quotes."""
    depth = start = 0
    quoted = False
    for match in re.finditer(r'\\.|[{}"#]', raw, re.DOTALL):
        sign = match.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "#" and depth == 0 and not quoted:
            yield raw[start : match.start()]
            start = match.end()
    yield raw[start:]


def _read_item(entry: Entry, values: Mapping[str, str]) -> _Item:
    fields: dict[str, str] = {}
    for name, tex in values.items():
        if name in ("author", "editor") or not tex:
            continue
        if name in _VERBATIM:
            fields[name] = clean(_bare(tex))
        elif name == "title":
            fields[name] = _title(tex)
        else:
            fields[name] = decode(tex, rich=False)
    author = from_bibtex(values.get("author", ""))
    editor = from_bibtex(values.get("editor", ""))
    return _Item(clean(entry.key), entry.entry_type.lower(), author, editor, fields)


def _bare(tex: str) -> str:
    """A verbatim value as people write it: without `\\url{}` and backslashes before signs."""
    if "\\" in tex:
        tex = re.sub(r"\\([&%#_$~{}])", r"\1", re.sub(r"\\url\{(.*)\}", r"\1", tex))
    return tex.strip("{} ") if tex.startswith("{") else tex


def _title(tex: str) -> str:
    """The title; braces around all of it guard it as a whole and say nothing of a word."""
    title = decode(tex, braces=True)
    if (
        title.startswith('<span class="nocase">')
        and title.endswith("</span>")
        and title.count("<span") == 1
        and " " in title[21:]
    ):
        return title[21:-7]
    return title
