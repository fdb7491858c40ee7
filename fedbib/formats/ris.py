"""RIS: the file for EndNote and Mendeley; and reading of what they, Zotero and publishers' sites export.

What is special here:

* A conference paper is a CONF with its proceedings in C3. T2 is the name of the conference or, where that is not known,
  the proceedings once more: EndNote and Mendeley print T2.
* RIS has no preprint. UNPB is "unpublished" to EndNote, bibutils and citation-js; Zotero, which does not know it, takes
  it for the journal article that it makes of GEN and JOUR too, so every field arrives. T2 names the server.
* AN holds the arXiv id of a preprint, or what another archive calls a work; the arXiv id of a published work is in CN,
  a call number, which no style prints. Of the other identifiers only the one stays whose page is UR.
* A tag that the type has no field for becomes a note in Zotero, so each type has its own.
* There is no markup and no escape: a line is a tag and a text, and a text in normal form has no line ends. A comma
  parts a name, so it is left out within a part; a comma at the end marks an organisation, as EndNote wants it.
* Lines end in LF, as all readers take it, and nothing is wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any

from fedbib.formats import eprint
from fedbib.formats.base import DOI, EPRINT, RECENT, URL, Shape
from fedbib.formats.vocabulary import vocabulary
from fedbib.ids import noted
from fedbib.ids.landing import fields_in, landing, named, normalised
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import OTHERS, Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Reading, Told, Value
from fedbib.model.work import ID_FIELDS, ItemType, Work
from fedbib.text import dates
from fedbib.text.markup import from_html, lettered, plain, tidied
from fedbib.text.names import initialled, is_others, several, split, unnumbered, without_others
from fedbib.text.names import parse as parse_name
from fedbib.text.plain import clean
from fedbib.text.regex import regex
from fedbib.words.publication import is_posted, place

CARRIES = frozenset(
    {"key", "type", "title", "author", "editor", "issued", "container_title", "container_title_short"}
    | {"collection_title", "event_title", "event_place", "publisher", "publisher_place", "volume", "issue", "page"}
    | {"number", "genre", "ISBN", "ISSN", "DOI", "URL", "arxiv", "acl", "openreview", "pmlr", "dblp", "other_ids"}
    | {"collection_number", "number_of_volumes", "number_of_pages", "chapter_number", "edition", "version", "medium"}
    | {"archive", "archive_location", "note", "accessed", "topics"}
    | {"translator", "language"}
)

# Writing --------------------------------------------------------------------------------------------------------------

_WORDS = vocabulary("ris")
_PAGED = frozenset({ItemType.PAPER_CONFERENCE, ItemType.ARTICLE_JOURNAL, ItemType.CHAPTER})
_BOOKS = frozenset({ItemType.PAPER_CONFERENCE, ItemType.CHAPTER, ItemType.BOOK})
_COUNTED = frozenset({ItemType.BOOK, ItemType.THESIS, ItemType.REPORT})
"""Types of which SP tells how many pages there are, and not which."""
_EDITORS = {ItemType.PAPER_CONFERENCE: "A2", ItemType.CHAPTER: "A2", ItemType.BOOK: "A3"}
_TRANSLATED = frozenset({ItemType.CHAPTER, ItemType.BOOK})
_EDITED = frozenset(_EDITORS) | {ItemType.ARTICLE_JOURNAL, ItemType.DATASET, ItemType.SOFTWARE, ItemType.DOCUMENT}


def arrange(works: Sequence[Work], about: About) -> Sequence[Work]:  # noqa: ARG001 - the protocol's
    """The works as they come."""
    return works


def carry(work: Work) -> Work:
    """What RIS keeps of a work: per type the fields that readers have; of its facets the topics.

    Names are split, titles have no markup; where only one place is known, a conference's is where it took place.
    """
    return _work_of(entry(work))[0]


Said = tuple[tuple[str, tuple[str, ...]], ...]
"""What a work is made of: tags with their values."""


def entry(work: Work) -> Said:
    return tuple(_tags(work).items())


def render(works: Sequence[Work], about: About) -> str:
    return shaped(works, about, Shape())


_CARRIERS = {URL: ("UR",), DOI: ("DO",), EPRINT: ("AN", "CN")}


def shaped(works: Sequence[Work], about: About, shape: Shape) -> str:  # noqa: ARG001 - RIS has no place for it
    lines: list[str] = []
    for work in works:
        tags = shape.kept(_tags(work), _CARRIERS)
        lines += [f"{tag}  - {value}" for tag, values in tags.items() for value in values]
        lines += ["ER  - ", ""]
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=RECENT)
def _tags(work: Work) -> Mapping[str, tuple[str, ...]]:
    """The values of each tag, in the order in which they are written."""
    work = normalised(work)
    kind = ItemType.ARTICLE if work.type is ItemType.DOCUMENT and work.arxiv else work.type
    archive, location = eprint.archived(work)
    posted = f"{eprint.SERVER}:{work.arxiv}" if work.arxiv else ""
    tags: dict[str, list[str]] = {
        "TY": [_WORDS.written[kind]],
        "ID": [work.key],
        "AU": list(map(_person, work.author)),
        **({_EDITORS.get(kind, "ED"): list(map(_person, work.editor))} if kind in _EDITED else {}),
        "A4": list(map(_person, work.translator)) if kind in _TRANSLATED else [],
        "TI": [_title_shown(work.title)],
        "PY": [str(work.issued.year) if work.issued else ""],
        "DA": [_date(work.issued) if work.issued else ""],
        **{tag: [value] for tag, value in _of_type(work, kind).items()},
        "DO": [eprint.doi(work, kind is ItemType.ARTICLE)],
        "AN": [(posted if kind is ItemType.ARTICLE else "") if posted else f"{archive}:{location}" if location else ""],
        "CN": [posted if kind is not ItemType.ARTICLE else ""],
        "UR": [landing(work)],
        "Y2": [_date(work.accessed) if work.URL and work.accessed else ""],
        "LA": [work.language],
        "N1": [noted.kept(work.note, work.DOI, work.arxiv)],
        "KW": [topic for topic in work.topics if ";" not in topic],
    }
    return {tag: said for tag, values in tags.items() if (said := tuple(filter(None, values)))}


def _of_type(work: Work, kind: ItemType) -> dict[str, str]:
    """The values of the tags that the type has beside those that all have."""
    values = {tag: getattr(work, field) for tag, field in _WORDS.fields[_WORDS.written[kind]].items()}
    values |= _containers(work, kind)
    if kind in _BOOKS and (not work.ISBN or _ISSN.fullmatch(work.ISBN)):
        values["SN"] = work.ISSN if not work.ISBN and _ISSN.fullmatch(work.ISSN) else ""
    if _like_a_doi(values.get("M3", "")):
        values["M3"] = ""
    if kind in _COUNTED and not _COUNT.fullmatch(work.number_of_pages):
        values["SP"] = ""
    if work.page and kind in _PAGED:
        values |= {"SP": work.page.first, "EP": work.page.last}
    return values


def _containers(work: Work, kind: ItemType) -> dict[str, str]:
    """What a work is in, where it is not in the one field of its tag alone."""
    match kind:
        case ItemType.PAPER_CONFERENCE:
            return {
                "T2": work.event_title or work.container_title,
                "C3": work.container_title or work.event_title,
                "C1": work.event_place or work.publisher_place,
            }
        case ItemType.ARTICLE_JOURNAL:
            full, short = work.container_title or work.container_title_short, work.container_title_short
            return {"T2": full, "J2": short if short != full else ""}
        case ItemType.ARTICLE:
            return {"T2": work.container_title or work.publisher or (eprint.SERVER if work.arxiv else "")}
        case _:
            return {}


def _like_a_doi(genre: str) -> bool:
    """Whether old readers would take the kind of work (M3) for a DOI, which was there once."""
    return "10." in genre


def _date(date: PartialDate) -> str:
    """Year, month and day, each with its slash, also where one is not known: "2023/07//"."""
    parts = [f"{part:02d}" for part in date.parts]
    return "/".join([*parts, "", "", ""][:3]) + "/"


@lru_cache(maxsize=4096)  # the same people are in many works
def _person(name: Name) -> str:
    if name.unsplit:
        name = split(name.unsplit)
    if name.is_others:
        return name.display
    literal, family, given, suffix = (
        clean(part.replace(",", " ")) for part in (name.literal, name.family, name.given, name.suffix)
    )
    if not literal and not family:
        family, given = given, ""
    if suffix and family:
        return f"{family}, {given}, {suffix}"
    if given and family:
        return f"{family}, {given}"
    if family and " " not in family:
        return family
    # Of several words nobody could tell which is the family name, but for a comma that says they belong together.
    return f"{literal or family}," if literal or family else ""


def _title_shown(title: str) -> str:
    """The title without markup, and without what a reader who knows HTML would make markup of."""
    text = plain(lettered(title))
    for _ in range(_ROUNDS):
        if (read := _title(text)) == plain(read):
            break
        text = plain(read)
    return text


_ROUNDS = 10

# Reading --------------------------------------------------------------------------------------------------------------

_LINE = regex(r"\s{0,3}([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*)|$)")
_ON_A_SERVER = frozenset(
    {"key", "type", "title", "author", "issued", "container_title", "topics", *ID_FIELDS.values(), "other_ids", "URL"}
    | {"archive", "archive_location", "note", "accessed", "language"}
)
# What is read, and what no bibliography here keeps.
_READ = frozenset(
    (
        *("TY", "ER", "ID", "TI", "T1", "CT", "BT", "T2", "T3", "C3", "JO", "JF", "JA", "JI", "JN", "J1", "J2", "J9"),
        *("AU", "A1", "A2", "A3", "ED", "PY", "Y1", "DA", "PD", "SP", "EP", "OP"),
        *("VL", "VO", "IS", "SN", "PB", "CY", "C1"),
        *("DO", "UR", "L1", "L2", "L3", "LK", "KW", "AN", "M3", "N1", "N2", "AB", "LA", "DB", "DP", "ET", "Y2"),
        *("RN", "CN", "ST", "AD", "SV", "NV", "SE", "C7", "M1", "A4"),
    )
)
# Publishers end a title like a sentence; what abbreviates a word stays.
_FULL_STOP = regex(r"(?<=[a-z]{3})(</\w+>)?\.$")
_TITLES = ("TI", "T1", "CT", "BT")
_ISSN = regex(r"\d{4}-?\d{3}[\dXx]")
_DATE = regex(r"(\d{4})(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?)?)?(?:/.*)?")
_COUNT = regex(r"[, +.]*+\w[\w, +.]*+")
_ARCHIVED = regex(r"([^\W\d_][^:]*):(\S.*)")
"""The archive and the name there, in one tag as the arXiv id is: "JSTOR:10.2307/123"."""
_ARXIV_TAGS = ("AN", "CN", "JO", "T2", "M1", "VL", "J2")
_ARXIV = regex(r"arxiv[\s:.]*(?:preprint\s*)?(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]{2,20}/\d{7})", re.IGNORECASE)


def parse(text: str) -> Reading:
    """Every record; what is no record, or read in part, is named with its line (T01). Never raises."""
    works: list[Work] = []
    lines: list[int] = []
    records: list[_Record] = []
    problems: list[Problem] = []
    for record in _records(text, problems):
        work = _work(record, problems)
        if work.title or work.ids or work.key:
            works.append(work)
            lines.append(record.line)
            records.append(record)
        else:
            message = "record skipped: it has no title and no identifier"
            problems.append(Problem("T01", Severity.ERROR, message, line=record.line))
    found = tuple(sorted(problems, key=lambda problem: problem.line or 0))
    return Reading(tuple(works), tuple(lines), found, values=Told(_said, records))


def entries(text: str) -> Sequence[Said]:
    return [record.said for record in _records(text, []) if record.first("ID")]


@dataclass(frozen=True, slots=True)
class _Record:
    """The values of each tag from TY to ER, in order, and the line of TY."""

    line: int
    values: Mapping[str, tuple[str, ...]]

    @property
    def said(self) -> Said:
        return tuple(self.values.items())

    def all(self, *tags: str) -> list[str]:
        """What the tags hold, in their order."""
        return [value for tag in tags for value in self.values.get(tag, ())]

    def first(self, *tags: str) -> str:
        """The first of it that says something."""
        return next((text for value in self.all(*tags) if (text := clean(value))), "")


def _said(record: _Record) -> Iterator[Value]:
    """All that a record holds but its type and its own key."""
    tags = (tag for tag in record.values if tag not in ("TY", "ID", "ER"))
    return (
        Value(tag.lower(), plain(_title(value)) if tag in _TITLES else clean(value))
        for tag in tags
        for value in record.values[tag]
    )


def _records(text: str, problems: list[Problem]) -> Iterator[_Record]:
    """The records; what stands in none, and an end that is missing, is named."""

    def wrong(message: str, line: int) -> None:
        problems.append(Problem("T01", Severity.WARNING, message, line=line))

    start = 0
    said: list[tuple[str, list[str]]] = []
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, content in enumerate(lines, start=1):
        tag, value = _tagged(content)
        if tag in ("TY", "ER"):
            if said:
                if tag == "TY":
                    wrong("the record does not end (ER is missing); it was read up to the next", start)
                yield _record(start, said)
            start, said = number, [(tag, [value])] if tag == "TY" else []
        elif tag and said:
            said.append((tag, [value]))
        elif value and said:
            said[-1][1].append(value)
        elif tag:
            wrong(f"{tag} is outside of any record", number)
        elif value:
            wrong(f"a line outside of any record: {clean(content)[:60]}", number)
    if said:
        wrong("the record does not end (ER is missing); it was read to the end of the file", start)
        yield _record(start, said)


def _tagged(line: str) -> tuple[str, str]:
    """The tag of a line, or "", and what it says."""
    if line[:2] in _READ and line[2:6] == "  - ":  # as nearly all are
        return line[:2], line[6:].strip()
    match = _LINE.match(line)
    return (match.group(1), (match.group(2) or "").strip()) if match else ("", line.strip())


def _record(line: int, said: Iterable[tuple[str, Sequence[str]]]) -> _Record:
    """A record of its tags, each with its lines."""
    values: dict[str, list[str]] = {}
    for tag, lines in said:
        values.setdefault(tag, []).append(" ".join(lines))
    return _Record(line, {tag: tuple(found) for tag, found in values.items()})


def _work(record: _Record, problems: list[Problem]) -> Work:
    work, notes = _work_of(record.said)
    if notes:
        problems.append(Problem("T01", Severity.NOTE, "; ".join(notes), line=record.line, key=work.key))
    return work


@lru_cache(maxsize=RECENT)
def _work_of(values: Said) -> tuple[Work, Sequence[str]]:
    """What the values of the tags say, and what is to be noted of them."""
    record = _Record(0, dict(values))
    notes: list[str] = []
    kind = _type(record, notes)
    if left := [tag for tag in record.values if tag not in _READ]:
        notes.append("not read: " + ", ".join(left))
    ids = _ids(record)
    work = Work(
        key=record.first("ID"),
        type=kind,
        title=_title(record.first("TI", "T1", "CT") or (record.first("BT") if kind is ItemType.BOOK else "")),
        author=_names(record.all("AU", "A1")),
        editor=_names([*record.all("ED"), *_editors(record, kind)]),
        translator=_names(record.all("A4")) if kind in _TRANSLATED else (),
        issued=_issued(record, "PY", "Y1", "DA", "PD"),
        accessed=_issued(record, "Y2") if ids.get("URL") else None,
        page=None if _is_count(record, kind) else _pages(record.first("SP"), record.first("EP", "OP")),
        topics=_topics(record.all("KW")),
        **_texts(record, kind, ids),
        **_archived(record, ids.get("arxiv", "")),
        **ids,
    )
    work = _as_preprint(work)
    if not work.title and work.key:
        notes.append("no title")
    return work, tuple(notes)


def _type(record: _Record, notes: list[str]) -> ItemType:
    declared = record.first("TY").upper()
    if declared not in _WORDS.read:
        notes.append(f"the type {declared[:20]!r} was read as document")
    return _WORDS.read.get(declared, ItemType.DOCUMENT)


def _texts(record: _Record, kind: ItemType, ids: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are plain texts, from where the type has them."""
    names = _WORDS.said.get(_WORDS.written[kind], _WORDS.other)
    values = {field: record.first(*tags) for field, tags in names.items()}
    container = values.get("container_title", "")
    if kind in _BOOKS and _ISSN.fullmatch(values["ISBN"]):
        values["ISSN"] = values.pop("ISBN")
    if kind is ItemType.PAPER_CONFERENCE and not record.first("C3"):
        del values["event_title"]  # T2 is the proceedings
    if kind is ItemType.PAPER_CONFERENCE and (city := record.first("CY")) != values["event_place"]:
        values["publisher_place"] = city  # C1 is where the event was
    for field in ("event_title", "container_title_short"):
        if values.get(field) == container:
            values[field] = ""
    for field in ("genre", "medium"):
        if _like_a_doi(values.get(field, "")):
            values[field] = ""
    if not _is_count(record, kind):
        values.pop("number_of_pages", None)
    values["note"] = _note(record, ids)
    return values


def _is_count(record: _Record, kind: ItemType) -> bool:
    """Whether SP is a number of pages."""
    return kind in _COUNTED and not record.first("EP") and bool(_COUNT.fullmatch(record.first("SP")))


def _archived(record: _Record, arxiv: str) -> dict[str, Any]:
    """The database, and the number of the record there."""
    archive, location = record.first("DB"), record.first("AN")
    if match := _ARCHIVED.fullmatch(location):
        archive, location = match.groups()
    known = archive and location and not arxiv and archive.casefold() != eprint.SERVER.casefold()
    return {"archive": archive, "archive_location": location} if known else {}


def _pages(start: str, end: str) -> Pages | None:
    return Pages.parse(f"{start}-{end}" if start and end and "-" not in start else start or end)


def _topics(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for value in values for part in value.split(";") if (word := clean(part))))


def _as_preprint(work: Work) -> Work:
    """A work on arXiv, or that is no more than posted: with nothing but what is its own.

    Volume, pages or publisher of a preprint are the server's words for its id and itself.
    """
    on_arxiv = work.arxiv and is_posted(work.container_title) and place(work.container_title).name == eprint.SERVER
    if not (on_arxiv or work.type is ItemType.ARTICLE or (work.type is ItemType.DOCUMENT and work.arxiv)):
        return work
    work = replace(work.only(_ON_A_SERVER), type=ItemType.ARTICLE)
    return replace(work, container_title="") if on_arxiv and work.arxiv else work


def _title(text: str) -> str:
    title = tidied(clean(from_html(text)))
    return _FULL_STOP.sub(r"\1", title) if title.endswith(".") else title


def _editors(record: _Record, kind: ItemType) -> list[str]:
    """A2 is the editor of what is in a volume; of a book it is the series' where A3 is the editor."""
    if kind is ItemType.BOOK and "A3" in record.values:
        return record.all("A3")
    return record.all("A2") if kind is not ItemType.ARTICLE_JOURNAL else []


def _ids(record: _Record) -> dict[str, Any]:
    """The identifiers and the address: of DOI and arXiv what its own tag says, then what is said elsewhere."""
    found: dict[str, Any] = {}
    for text in (*record.all("DO"), *filter(_like_a_doi, record.all("M3", "L3"))):
        found |= fields_in(clean(text), found) | {"URL": ""}
    if "DOI" not in found and (doi := next(filter(None, map(noted.doi, record.all("N1"))), "")):
        found |= fields_in(doi, found) | {"URL": ""}
    if "arxiv" not in found and (arxiv := _arxiv(record)):
        found["arxiv"] = arxiv
    for url in record.all("UR", "LK", "L2", "L1"):
        found |= fields_in(url, found)
    return found


def _note(record: _Record, ids: Mapping[str, Any]) -> str:
    """The notes without the identifiers that are the work's."""
    notes = map(clean, record.all("N1"))
    return "; ".join(filter(None, (noted.rest(note, ids.get("DOI", ""), ids.get("arxiv", "")) for note in notes)))


def _arxiv(record: _Record) -> str:
    """The arXiv id that stands where people put it."""
    said = " ".join(value for tag in _ARXIV_TAGS for value in record.all(tag)[:5])
    match = _ARXIV.search(said[:5000])
    id = named(f"https://arxiv.org/abs/{match.group(1)}") if match else None
    return id.value if id else next(filter(None, (noted.arxiv(note)[0] for note in record.all("N1"))), "")


def _names(values: Iterable[str]) -> tuple[Name, ...]:
    whole = [value for value in values if value.strip()]
    texts = [kept for kept, _ in map(without_others, whole) if kept]
    names = initialled(texts) or tuple(chain.from_iterable(map(_people, texts)))
    return (*names, OTHERS) if names and texts != whole and not names[-1].is_others else names


@lru_cache(maxsize=4096)
def _people(text: str) -> Sequence[Name]:
    """Whoever is named in one tag; the same people stand in many records."""
    if names := _listed(text):
        return names
    name = _name(text)
    return [name] if name else []


def _listed(text: str) -> list[Name]:
    """The names of a list in one tag; one of several words that have no parts is an organisation, as it is written."""
    names = several(clean(text))
    return [Name(literal=name.family) if " " in name.family and not name.given else name for name in names]


def _name(value: str) -> Name | None:
    """A name as RIS has it, "Family, Given, Suffix" or "Organisation,"."""
    text = unnumbered(clean(value))
    parts = [part.strip() for part in text.split(",")]
    if is_others(text):
        return OTHERS
    if len(parts) == 1 and " " not in text:
        name = Name(family=text)
    elif text.endswith(",") and len(parts) == 2:
        name = Name(literal=parts[0])
    elif parts[0] and (len(parts) > 2 or (len(parts) == 2 and text.startswith("{"))):
        name = Name(family=parts[0], given=parts[1], suffix=", ".join(filter(None, parts[2:])))
    else:
        name = parse_name(text)
    return name if name.display else None


def _issued(record: _Record, *tags: str) -> PartialDate | None:
    """The fullest of the dates that tags hold."""
    best: PartialDate | None = None
    for value in record.all(*tags):
        match = _DATE.fullmatch(value.strip())
        date = PartialDate.from_parts([part or 0 for part in match.groups()]) if match else dates.read(value).date
        if not date and best:  # "May 3" beside a year
            date = dates.read(f"{value} {best.year}").date
        if date and (best is None or len(date.parts) > len(best.parts)):
            best = date
    return best
