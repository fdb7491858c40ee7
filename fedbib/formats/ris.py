"""RIS, read: as Zotero, EndNote, Mendeley and publishers' sites export it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fedbib.formats.base import Reading
from fedbib.landing import named, url_fields
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Problem, Severity
from fedbib.model.work import ItemType, Work
from fedbib.text.markup import from_html, tidied
from fedbib.text.names import parse as parse_name
from fedbib.text.plain import clean

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
        ItemType.ARTICLE: "PREP",
        ItemType.DOCUMENT: "UNPB UNPD GEN MANSCPT",
    }.items()
    for kind in kinds.split()
}
_CONTAINERS = {
    ItemType.PAPER_CONFERENCE: ("C3", "T2", "BT", "JO", "JF"),
    ItemType.ARTICLE_JOURNAL: ("T2", "JO", "JF", "JA", "J2", "J1"),
    ItemType.CHAPTER: ("T2", "BT"),
}
# What is read, and what no bibliography here keeps.
_READ = frozenset(
    (
        *("TY", "ER", "ID", "TI", "T1", "CT", "BT", "T2", "T3", "C3", "JO", "JF", "JA", "J1", "J2"),
        *("AU", "A1", "A2", "A3", "ED", "PY", "Y1", "DA", "SP", "EP", "VL", "IS", "SN", "PB", "CY", "C1"),
        *("DO", "UR", "L1", "L2", "LK", "KW", "AN", "M3", "N1", "N2", "AB", "LA", "DB", "DP", "ET", "Y2"),
        *("RN", "CN", "ST", "AD", "SV"),
    )
)
_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?)?)?")
_ARXIV = re.compile(r"arxiv[\s:.]*(?:preprint\s*)?(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.IGNORECASE)


def parse(text: str) -> Reading:
    """Every record; what is no record, or read in part, is named with its line (T01). Never raises."""
    works: list[Work] = []
    lines: list[int] = []
    problems: list[Problem] = []
    fields: dict[str, list[str]] = {}
    start, last = 0, ""

    def finish(reason: str = "") -> None:
        if not fields:
            return
        if reason:
            problems.append(Problem("T01", Severity.WARNING, reason, line=start))
        work = _work(fields, start, problems)
        if work.title or work.ids:
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
                fields[last][-1] += " " + content.strip()
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
        elif not fields:
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
    values: dict[str, Any] = {}
    ids = _ids(fields)
    title = first("TI", "T1", "CT") or (first("BT", "T2") if kind is ItemType.BOOK else "")
    container = first(*_CONTAINERS.get(kind, ()))
    if kind is ItemType.PAPER_CONFERENCE and first("C3") and first("T2"):
        values["event_title"] = first("T2")
    values["event_place" if kind is ItemType.PAPER_CONFERENCE else "publisher_place"] = (
        first("C1", "CY") if kind is ItemType.PAPER_CONFERENCE else first("CY")
    )
    if re.match(r"arxiv\b|corr\b", container, re.IGNORECASE) or (kind is ItemType.DOCUMENT and ids.get("arxiv")):
        kind, container = ItemType.ARTICLE, ""
    start, end = first("SP"), first("EP")
    page = Pages.parse(f"{start}-{end}" if start and end and "-" not in start else start or end)
    number = first("SN")
    values |= {
        "ISBN"
        if kind in (ItemType.BOOK, ItemType.CHAPTER, ItemType.PAPER_CONFERENCE)
        and not re.fullmatch(r"\d{4}-?\d{3}[\dXx]", number)
        else "ISSN": number
    }
    if notes:
        problems.append(Problem("T01", Severity.NOTE, "; ".join(notes), line=line, key=first("ID")))
    return Work(
        key=first("ID"),
        type=kind,
        title=tidied(clean(from_html(title))).removesuffix("."),
        author=_names([*fields.get("AU", ()), *fields.get("A1", ())]),
        editor=_names([*fields.get("ED", ()), *(fields.get("A2", ()) if kind is not ItemType.ARTICLE_JOURNAL else ())]),
        issued=_issued(fields),
        container_title=container,
        collection_title=first("T3"),
        publisher=first("PB"),
        volume=first("VL"),
        issue=first("IS"),
        page=page,
        topics=tuple(
            dict.fromkeys(word for value in fields.get("KW", ()) for part in value.split(";") if (word := clean(part)))
        ),
        **{name: value for name, value in values.items() if value},
        **ids,
    )


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
            for part in re.split(r"[\s;]+(?=https?:)", url.strip()):
                said_by_url = url_fields(part, found)
                if said_by_url.get("URL") and found.get("URL"):
                    continue
                found |= {name: value for name, value in said_by_url.items() if value}
    return found


def _names(values: Iterable[str]) -> tuple[Name, ...]:
    """RIS writes "Family, Given, Suffix"; EndNote marks an organisation with a comma at the end."""
    names = []
    for value in values:
        text = clean(value)
        parts = [part.strip() for part in text.split(",")]
        if text.endswith(",") and len(parts) == 2:
            names.append(Name(literal=parts[0]))
        elif len(parts) >= 3 and parts[2]:
            names.append(Name(family=parts[0], given=parts[1], suffix=", ".join(parts[2:])))
        elif text and text.casefold() not in ("others", "et al", "et al."):
            names.append(parse_name(text))
    return tuple(name for name in names if name.display)


def _issued(fields: Mapping[str, list[str]]) -> PartialDate | None:
    best: PartialDate | None = None
    for tag in ("DA", "PY", "Y1"):
        for value in fields.get(tag, ()):
            match = _DATE.match(value.strip())
            date = PartialDate.from_parts([part or 0 for part in match.groups()]) if match else None
            if date and (best is None or len(date.parts) > len(best.parts)):
                best = date
    return best
