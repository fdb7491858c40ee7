"""RIS: the file for EndNote and Mendeley; and reading of what they, Zotero and publishers' sites export.

What is special here:

* A conference paper is a CONF with its proceedings in C3. T2 is the name of the conference or, where that is not known,
  the proceedings once more: EndNote and Mendeley print T2.
* RIS has no preprint. UNPB is "unpublished" to EndNote, bibutils and citation-js; Zotero, which does not know it, takes
  it for the journal article that it makes of GEN and JOUR too, so every field arrives. T2 names the server.
* AN holds the arXiv id, of a published work too. Of the other identifiers only the one stays whose page is UR.
* A tag that the type has no field for becomes a note in Zotero, so each type has its own.
* There is no markup and no escape: a line is a tag and a text, and a text in normal form has no line ends. A comma
  parts a name, so it is left out within a part; a comma at the end marks an organisation, as EndNote wants it.
* Lines end in LF, as all readers take it, and nothing is wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from fedbib.ids.landing import landing, named, normalised, url_fields
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Scheme
from fedbib.model.name import OTHERS, Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Reading
from fedbib.model.work import ID_FIELDS, ItemType, Work
from fedbib.text.markup import from_html, plain, tidied
from fedbib.text.names import is_others, split
from fedbib.text.names import parse as parse_name
from fedbib.text.plain import clean

CARRIES = frozenset(
    {"key", "type", "title", "author", "editor", "issued", "container_title", "container_title_short"}
    | {"collection_title", "event_title", "event_place", "publisher", "publisher_place", "volume", "issue", "page"}
    | {"number", "genre", "ISBN", "ISSN", "DOI", "URL", "arxiv", "acl", "openreview", "pmlr", "dblp", "topics"}
)

# Writing --------------------------------------------------------------------------------------------------------------

_NAMES = {
    ItemType.PAPER_CONFERENCE: "CONF",
    ItemType.ARTICLE_JOURNAL: "JOUR",
    ItemType.ARTICLE: "UNPB",
    ItemType.CHAPTER: "CHAP",
    ItemType.BOOK: "BOOK",
    ItemType.THESIS: "THES",
    ItemType.REPORT: "RPRT",
    ItemType.WEBPAGE: "ELEC",
    ItemType.DATASET: "DATA",
    ItemType.SOFTWARE: "COMP",
    ItemType.DOCUMENT: "GEN",
}
# The field of a work behind each tag, per type, beside what all types have.
_FIELDS: dict[ItemType, dict[str, str]] = {
    ItemType.PAPER_CONFERENCE: {
        "T2": "event_title", "C3": "container_title", "T3": "collection_title", "C1": "event_place", "PB": "publisher",
        "VL": "volume", "IS": "issue", "SN": "ISBN",
    },
    ItemType.ARTICLE_JOURNAL: {
        "T2": "container_title", "J2": "container_title_short", "T3": "collection_title", "VL": "volume", "IS": "issue",
        "SN": "ISSN",
    },
    ItemType.ARTICLE: {"T2": "container_title"},
    ItemType.CHAPTER: {
        "T2": "container_title", "T3": "collection_title", "CY": "publisher_place", "PB": "publisher", "VL": "volume",
        "SN": "ISBN",
    },
    ItemType.BOOK: {
        "T2": "collection_title", "CY": "publisher_place", "PB": "publisher", "VL": "volume", "SN": "ISBN",
    },
    ItemType.THESIS: {"M3": "genre", "CY": "publisher_place", "PB": "publisher"},
    ItemType.REPORT: {
        "T2": "collection_title", "M3": "genre", "CY": "publisher_place", "PB": "publisher", "SN": "number",
    },
    ItemType.WEBPAGE: {"T2": "container_title"},
    ItemType.DATASET: {"PB": "publisher"},
    ItemType.SOFTWARE: {"PB": "publisher"},
    ItemType.DOCUMENT: {"T2": "container_title"},
}  # fmt: skip
_PAGED = frozenset({ItemType.PAPER_CONFERENCE, ItemType.ARTICLE_JOURNAL, ItemType.CHAPTER})
_EDITORS = {ItemType.PAPER_CONFERENCE: "A2", ItemType.CHAPTER: "A2", ItemType.BOOK: "A3"}
_ARXIV_SERVER = "arXiv"


def arrange(works: Sequence[Work], about: About) -> Sequence[Work]:  # noqa: ARG001 - the protocol's
    """The works as they come."""
    return works


def carry(work: Work) -> Work:
    """What RIS keeps of a work: per type the fields that readers have; of its facets the topics.

    Names are split, titles have no markup; where only one place is known, a conference's is where it took place.
    """
    return _work(_tags(work), 0, [])


def render(works: Sequence[Work], about: About) -> str:  # noqa: ARG001 - RIS has no place for it
    lines: list[str] = []
    for work in works:
        lines += [f"{tag}  - {value}" for tag, values in _tags(work).items() for value in values]
        lines += ["ER  - ", ""]
    return "\n".join(lines) + "\n"


def _tags(work: Work) -> dict[str, list[str]]:
    """The values of each tag, in the order in which they are written."""
    work = normalised(work)
    kind = ItemType.ARTICLE if work.type is ItemType.DOCUMENT and work.arxiv else work.type
    single: dict[str, str] = {tag: getattr(work, field) for tag, field in _FIELDS[kind].items()}
    if kind is ItemType.PAPER_CONFERENCE:
        single["T2"] = work.event_title or work.container_title
        single["C3"] = work.container_title or work.event_title
        single["C1"] = work.event_place or work.publisher_place
    elif kind is ItemType.ARTICLE_JOURNAL:
        single["T2"] = work.container_title or work.container_title_short
        single["J2"] = work.container_title_short if work.container_title_short != single["T2"] else ""
    elif kind is ItemType.ARTICLE:
        single["T2"] = work.container_title or work.publisher or (_ARXIV_SERVER if work.arxiv else "")
    if kind in (ItemType.PAPER_CONFERENCE, ItemType.CHAPTER, ItemType.BOOK) and _ISSN.fullmatch(work.ISBN):
        single["SN"] = ""
    if "10." in single.get("M3", ""):
        single["M3"] = ""  # old readers take that for a DOI
    if work.page and kind in _PAGED:
        single |= {"SP": work.page.first, "EP": work.page.last}
    doi = work.DOI or (f"10.48550/arXiv.{work.arxiv}" if work.arxiv and kind is ItemType.ARTICLE else "")
    tags: dict[str, list[str]] = {
        "TY": [_NAMES[kind]],
        "ID": [work.key],
        "AU": list(map(_person, work.author)),
        **({_EDITORS[kind]: list(map(_person, work.editor))} if kind in _EDITORS else {}),
        "TI": [_title_shown(work.title)],
        "PY": [str(work.issued.year) if work.issued else ""],
        "DA": [_date(work.issued) if work.issued else ""],
        **{tag: [value] for tag, value in single.items()},
        "DO": [doi],
        "AN": [f"{_ARXIV_SERVER}:{work.arxiv}" if work.arxiv else ""],
        "UR": [landing(work)],
        "KW": [topic for topic in work.topics if ";" not in topic],
    }
    return {tag: said for tag, values in tags.items() if (said := [value for value in values if value])}


def _date(date: PartialDate) -> str:
    """Year, month and day, each with its slash, also where one is not known: "2023/07//"."""
    parts = [f"{part:02d}" for part in date.parts]
    return "/".join([*parts, "", "", ""][:3]) + "/"


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
    text = plain(title)
    for _ in range(_ROUNDS):
        if (read := _title(text)) == plain(read):
            break
        text = plain(read)
    return text


_ROUNDS = 10

# Reading --------------------------------------------------------------------------------------------------------------

_LINE = re.compile(r"\s{0,3}([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*)|$)")
_TYPES = {
    kind: item
    for item, kinds in {
        ItemType.ARTICLE_JOURNAL: "JOUR JFULL EJOUR MGZN NEWS ABST INPR",
        ItemType.PAPER_CONFERENCE: "CONF CPAPER",
        ItemType.CHAPTER: "CHAP ECHAP",
        ItemType.BOOK: "BOOK EBOOK EDBOOK SER",
        ItemType.THESIS: "THES",
        ItemType.REPORT: "RPRT STAND GOVDOC",
        ItemType.WEBPAGE: "ELEC WEB BLOG ICOMM",
        ItemType.DATASET: "DATA AGGR DBASE",
        ItemType.SOFTWARE: "COMP",
        ItemType.ARTICLE: "PREP UNPB",
        ItemType.DOCUMENT: "UNPD GEN MANSCPT",
    }.items()
    for kind in kinds.split()
}
_CONTAINERS = {
    ItemType.PAPER_CONFERENCE: ("C3", "T2", "BT", "JO", "JF"),
    ItemType.ARTICLE_JOURNAL: ("T2", "JO", "JF", "JA", "J2", "J1"),
    ItemType.CHAPTER: ("T2", "BT"),
    ItemType.ARTICLE: ("T2",),
    ItemType.WEBPAGE: ("T2",),
    ItemType.DOCUMENT: ("T2",),
}
_ON_A_SERVER = frozenset(
    {"key", "type", "title", "author", "issued", "container_title", "topics", *ID_FIELDS.values(), "URL"}
)
# What is read, and what no bibliography here keeps.
_READ = frozenset(
    (
        *("TY", "ER", "ID", "TI", "T1", "CT", "BT", "T2", "T3", "C3", "JO", "JF", "JA", "J1", "J2"),
        *("AU", "A1", "A2", "A3", "ED", "PY", "Y1", "DA", "SP", "EP", "VL", "IS", "SN", "PB", "CY", "C1"),
        *("DO", "UR", "L1", "L2", "LK", "KW", "AN", "M3", "N1", "N2", "AB", "LA", "DB", "DP", "ET", "Y2"),
        *("RN", "CN", "ST", "AD", "SV"),
    )
)
_SERVER = re.compile(r"arxiv\b|corr\b", re.IGNORECASE)
# Publishers end a title like a sentence; what abbreviates a word stays.
_FULL_STOP = re.compile(r"(?<=[a-z]{3})\.$")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?)?)?")
_ARXIV = re.compile(r"arxiv[\s:.]*(?:preprint\s*)?(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]{2,20}/\d{7})", re.IGNORECASE)


def parse(text: str) -> Reading:
    """Every record; what is no record, or read in part, is named with its line (T01). Never raises."""
    works: list[Work] = []
    lines: list[int] = []
    problems: list[Problem] = []
    fields: dict[str, list[str]] = {}
    start, last = 0, ""
    continued: list[str] = []

    def close() -> None:
        if continued:
            fields[last][-1] = " ".join([fields[last][-1], *continued])
            continued.clear()

    def finish(reason: str = "") -> None:
        if not fields:
            return
        close()
        if reason:
            problems.append(Problem("T01", Severity.WARNING, reason, line=start))
        work = _work(fields, start, problems)
        if work.title or work.ids or work.key:
            works.append(work)
            lines.append(start)
        else:
            problems.append(
                Problem("T01", Severity.ERROR, "record skipped: it has no title and no identifier", line=start)
            )
        fields.clear()

    for number, content in enumerate(
        text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1
    ):
        match = _LINE.match(content)
        if not match:
            if content.strip() and fields and last:
                continued.append(content.strip())
            elif content.strip():
                problems.append(
                    Problem(
                        "T01", Severity.WARNING, f"a line outside of any record: {clean(content)[:60]}", line=number
                    )
                )
            continue
        tag, value = match.group(1), (match.group(2) or "").strip()
        if tag == "ER":
            finish()
            last = ""
            continue
        if tag == "TY":
            finish("the record does not end (ER is missing); it was read up to the next")
            start = number
        elif fields:
            close()
        else:
            problems.append(Problem("T01", Severity.WARNING, f"{tag} stands outside of any record", line=number))
            last = ""
            continue
        fields.setdefault(tag, []).append(value)
        last = tag
    finish("the record does not end (ER is missing); it was read to the end of the file")
    return Reading(tuple(works), tuple(lines), tuple(sorted(problems, key=lambda problem: problem.line or 0)))


def _work(fields: Mapping[str, list[str]], line: int, problems: list[Problem]) -> Work:
    def first(*tags: str) -> str:
        return next((text for tag in tags for value in fields.get(tag, ()) if (text := clean(value))), "")

    declared = first("TY").upper()
    kind = _TYPES.get(declared, ItemType.DOCUMENT)
    notes = [] if declared in _TYPES else [f"the type {declared[:20]!r} is read as document"]
    left = [tag for tag in fields if tag not in _READ]
    if left:
        notes.append("not read: " + ", ".join(left))
    ids = _ids(fields)
    title = first("TI", "T1", "CT") or (first("BT") if kind is ItemType.BOOK else "")
    container = first(*_CONTAINERS.get(kind, ()))
    values: dict[str, Any] = {"collection_title": first("T3"), "genre": first("M3")}
    place, number = first("CY"), first("SN")
    match kind:
        case ItemType.PAPER_CONFERENCE:
            event = first("T2") if first("C3") else ""
            values |= {"event_title": event if event != container else "", "event_place": first("C1") or place}
            values |= {"ISSN" if _ISSN.fullmatch(number) else "ISBN": number, "genre": ""}
        case ItemType.BOOK | ItemType.CHAPTER:
            series = first("T2") if kind is ItemType.BOOK else ""
            values |= {"publisher_place": place, "collection_title": series or first("T3"), "genre": ""}
            values |= {"ISSN" if _ISSN.fullmatch(number) else "ISBN": number}
        case ItemType.REPORT:
            values |= {"publisher_place": place, "collection_title": first("T2", "T3"), "number": number}
        case ItemType.THESIS:
            values |= {"publisher_place": place}
        case _:
            short = first("J2", "JA") if kind is ItemType.ARTICLE_JOURNAL else ""
            values |= {"publisher_place": place, "ISSN": number, "genre": ""}
            values |= {"container_title_short": short if short != container else ""}
    if "10." in values["genre"]:
        values["genre"] = ""
    start, end = first("SP"), first("EP")
    work = Work(
        key=first("ID"),
        type=kind,
        title=_title(title),
        author=_names([*fields.get("AU", ()), *fields.get("A1", ())]),
        editor=_names([*fields.get("ED", ()), *_editors(fields, kind)]),
        issued=_issued(fields),
        container_title=container,
        publisher=first("PB"),
        volume=first("VL"),
        issue=first("IS"),
        page=Pages.parse(f"{start}-{end}" if start and end and "-" not in start else start or end),
        topics=tuple(
            dict.fromkeys(word for value in fields.get("KW", ()) for part in value.split(";") if (word := clean(part)))
        ),
        **values,
        **ids,
    )
    on_arxiv = bool(_SERVER.match(container))
    if on_arxiv or kind is ItemType.ARTICLE or (kind is ItemType.DOCUMENT and work.arxiv):
        # Volume, pages or publisher of a preprint are the server's words for its id and itself.
        work = replace(work.only(_ON_A_SERVER), type=ItemType.ARTICLE)
        if on_arxiv:
            work = replace(work, container_title="")
    if not work.title and work.key:
        notes.append("no title")
    if notes:
        problems.append(Problem("T01", Severity.NOTE, "; ".join(notes), line=line, key=work.key))
    return work


def _title(text: str) -> str:
    return _FULL_STOP.sub("", tidied(clean(from_html(text))))


def _editors(fields: Mapping[str, list[str]], kind: ItemType) -> Sequence[str]:
    """A2 is the editor of what is in a volume; of a book it is the series' where A3 is the editor."""
    if kind is ItemType.BOOK and "A3" in fields:
        return fields["A3"]
    return fields.get("A2", ()) if kind is not ItemType.ARTICLE_JOURNAL else ()


def _ids(fields: Mapping[str, list[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for text in (*fields.get("DO", ()), *(value for value in fields.get("M3", ()) if "10." in value)):
        id = named(clean(text))
        if id and id.scheme in (Scheme.DOI, Scheme.ARXIV):
            found.setdefault("DOI" if id.scheme is Scheme.DOI else "arxiv", id.value)
    said = " ".join(value for tag in ("AN", "N1", "JO", "T2", "M1", "VL", "J2") for value in fields.get(tag, ())[:5])
    if (
        "arxiv" not in found
        and (match := _ARXIV.search(said[:5000]))
        and (id := named("https://arxiv.org/abs/" + match.group(1)))
    ):
        found["arxiv"] = id.value
    for tag in ("UR", "LK", "L2", "L1"):
        for url in fields.get(tag, ()):
            for part in re.split(r"(?<![\s;])[\s;]+(?=https?:)", url.strip()):
                said_by_url = url_fields(part, found)
                if said_by_url.get("URL") and found.get("URL"):
                    continue
                found |= {name: value for name, value in said_by_url.items() if value}
    return found


def _names(values: Iterable[str]) -> tuple[Name, ...]:
    return tuple(name for value in values if (name := _name(value)))


@lru_cache(maxsize=4096)
def _name(value: str) -> Name | None:
    """A name as RIS has it, "Family, Given, Suffix" or "Organisation,"; the same people stand in many records."""
    text = clean(value)
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


def _issued(fields: Mapping[str, list[str]]) -> PartialDate | None:
    best: PartialDate | None = None
    for tag in ("DA", "PY", "Y1"):
        for value in fields.get(tag, ()):
            match = _DATE.match(value.strip())
            date = PartialDate.from_parts([part or 0 for part in match.groups()]) if match else None
            if date and (best is None or len(date.parts) > len(best.parts)):
                best = date
    return best
