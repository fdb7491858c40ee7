"""DBLP: computer science venues and pages, and which of its records are about a paper (https://sparql.dblp.org).

Its pages stand behind a bot check; the SPARQL endpoint does not. Where the settings name a mirror of the pages (`rec`,
`search`), the `.bib` of a record and the search are asked there. The dump of everything is read by `sync --from`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from fedbib.model.claim import Claim, Hints
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Status, Work, id_fields
from fedbib.net.messages import Body, Request
from fedbib.sources import answers, bibtex, dblp_news, dump, sparql
from fedbib.sources.answers import first, items, table, tables, text
from fedbib.sources.base import Answer, Bulk, Dump, News, Role, Search, Source
from fedbib.text.markup import from_html, plain
from fedbib.text.regex import regex

_BATCH = 50
_MARK = b"<!DOCTYPE dblp"
_CORR = "journals/corr/"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_LABEL = regex(r"(?P<label>[^\s:]\S*(?: \S+){0,3}?) (?:(?:19|20)\d\d|'\d\d)")
_NUMBERED = regex(r"(?P<label>[A-Z]{2,}(?:[-/][A-Z]{2,})*)-\d\d")
"""A first part that is label and year in one: "AAAI-25"."""
_DAY = r"\d{1,2}(?:\s*[-/\u2013]\s*\d{1,2})?"
_DAYS = regex(rf"(?:{_DAY} )?(?:{_MONTHS})\b.*")
_YEAR = regex(r"(?:19|20)\d\d")
_TAIL = regex(r"(?:Proceedings|Companion|Workshop|Part|Volume|Vol\.|Revised|Selected|Track)\b.*")
_CAPITAL_A = regex(r'(?<=: )<span class="nocase">A</span>(?= )')
"""DBLP protects the article after a colon, as any capital there."""
_NUMBER = regex(r" \d{4}$")
_KINDS = {
    "Conference and Workshop Papers": ItemType.PAPER_CONFERENCE,
    "Journal Articles": ItemType.ARTICLE_JOURNAL,
    "Informal and Other Publications": ItemType.ARTICLE,
    "Informal Publications": ItemType.ARTICLE,
    "Parts in Books or Collections": ItemType.CHAPTER,
    "Books and Theses": ItemType.BOOK,
    "Editorship": ItemType.BOOK,
}
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}


def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """What DBLP has on records, and the records of DOIs and preprints, up to 50 at a time."""
    records = [id for id in dict.fromkeys(ids) if id.scheme is Scheme.DBLP]
    if _is_mirrored(bases, "rec"):  # a mirror has no pointers
        return [
            Request(f"{bases['rec']}/{quote(id.value, safe='/')}.bib", (id,), accept="application/x-bibtex")
            for id in records
        ]
    made = [
        sparql.request(bases["sparql"], sparql.records(id.value for id in run), run)
        for run in answers.batches(records, _BATCH)
    ]
    others = [id for id in ids if id.scheme is not Scheme.DBLP]
    return [
        *made,
        *(
            sparql.request(bases["sparql"], sparql.pointers(run), run)
            for run in answers.batches(others, _BATCH, longest=1_000_000)
        ),
    ]


def _is_mirrored(bases: Mapping[str, str], pages: str) -> bool:
    """Whether the settings name a mirror of some of DBLP's pages, and no other endpoint."""
    return bases["sparql"] == SOURCE.bases["sparql"] and bases[pages] != SOURCE.bases[pages]


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    return answers.read(SOURCE.name, body, request, _found)


def _found(content: bytes) -> Iterator[answers.Found]:
    if content.lstrip()[:1] != b"{":
        return _entries(content)
    rows = sparql.rows(content)
    return _pointers(rows) if any("asked" in row for row in rows) else _records(rows)


def _pointers(rows: Iterable[Mapping[str, str]]) -> Iterator[answers.Found]:
    """Which records there are of what was asked; of the paper itself nothing."""
    found: dict[Identifier, dict[Identifier, None]] = {}
    for asked, record in map(sparql.pointed, rows):
        if asked and record and not record.value.startswith(_CORR):
            found.setdefault(asked, {})[record] = None
    for asked, records in found.items():
        yield (asked,), Work(**id_fields([asked])), Hints(names=tuple(sorted(records, key=str)))


def _records(rows: Iterable[Mapping[str, str]]) -> Iterator[answers.Found]:
    by_key: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        by_key.setdefault(sparql.key(row.get("pub", "")), []).append(row)
    for key, same in by_key.items():
        if id := answers.identifier(Scheme.DBLP, key):
            yield (id,), _of_rows(same, id)


def _of_rows(rows: Sequence[Mapping[str, str]], id: Identifier) -> Work:
    """A record from its rows, which differ in the author."""

    def said(name: str) -> str:
        return next((row[name] for row in rows if row.get(name)), "")

    names = {int(row["place"]): row.get("name", "") for row in rows if re.fullmatch("[0-9]{1,5}", row.get("place", ""))}
    type = bibtex.TYPES.get(said("type").rpartition("#")[2].lower(), ItemType.DOCUMENT)
    year, month = said("year")[:4], said("month").strip("-")
    is_preprint = id.value.startswith(_CORR)
    place = Booktitle.parse(answers.undotted(from_html(said("book"))))
    venue = said("venue")
    links = [link for link in map(answers.addressed, (said("doi"), said("page"))) if link]
    values: dict[str, Any] = {
        "type": ItemType.ARTICLE if is_preprint else type,
        "title": _CAPITAL_A.sub("A", answers.undotted(from_html(said("title")))),
        "author": tuple(Name(unsplit=_NUMBER.sub("", name)) for _, name in sorted(names.items()) if name),
        "issued": answers.known(PartialDate.from_parts([year, *([month] if month else [])])) if year else None,
        **id_fields(link for link in links if link.scheme is not Scheme.DBLP and link.is_preprint == is_preprint),
        "dblp": id.value,
    }
    if is_preprint:
        return Work(**values)
    is_journal = type is ItemType.ARTICLE_JOURNAL
    return Work(
        **values,
        container_title=venue if is_journal else place.title,
        container_title_short="" if is_journal else place.label or re.sub(r" \(\d+\)$", "", venue),
        event_place=place.place,
        volume=said("volume"),
        issue=said("issue"),
        page=Pages.parse(said("pages")),
    )


def _titles(bases: Mapping[str, str], works: Sequence[Work]) -> Request | None:
    if _is_mirrored(bases, "search"):
        return None
    return sparql.request(bases["sparql"], sparql.titled(plain(work.title) for work in works))


def _hits(content: bytes) -> Iterator[Work]:
    """The works in an answer to a search by title, of the endpoint or of a mirror. Raises Wrong."""
    if b'"bindings"' not in content[:2000]:
        yield from hits(content)
        return
    try:
        rows = sparql.rows(content)
    except answers.Short as error:
        raise answers.Wrong(str(error)) from error
    yield from (said[1] for said in _records(rows))


def _entries(content: bytes) -> Iterator[answers.Found]:
    for entry in bibtex.entries(content):
        id = answers.any_identifier(entry.literal("biburl")) or answers.identifier(Scheme.DBLP, entry.key)
        if id and id.scheme is Scheme.DBLP:
            yield (id,), _work(entry, id)


def _work(entry: bibtex.Entry, id: Identifier) -> Work:
    type = bibtex.TYPES.get(entry.type, ItemType.DOCUMENT)
    preprint = entry.text("journal") == "CoRR"
    place = Booktitle.parse(entry.text("booktitle"))
    values: dict[str, Any] = {
        "type": ItemType.ARTICLE if preprint else type,
        "title": _CAPITAL_A.sub("A", answers.undotted(entry.title())),
        "author": entry.names("author", family_only=False),
        "editor": entry.names("editor", family_only=False),
        "issued": entry.issued,
        "genre": _GENRES.get(entry.type, ""),
        "collection_title": entry.text("series"),
        "publisher": entry.text("publisher") or entry.text("school") or entry.text("institution"),
        "page": entry.page,
        "ISBN": entry.text("isbn"),
        **_ids(entry),
        "dblp": id.value,
    }
    if preprint:
        return Work(**(values | _arxiv(entry)))
    venue = {
        "container_title": entry.text("journal") or place.title,
        "container_title_short": place.label,
        "event_place": place.place,
        "volume": entry.text("volume"),
        "number" if type is ItemType.REPORT else "issue": entry.text("number"),
    }
    return Work(**(values | venue))


def _ids(entry: bibtex.Entry) -> dict[str, Any]:
    """The publication's own identifiers in `doi` and `url`; arXiv's are left to CoRR records."""
    found = [answers.any_identifier(entry.literal(field)) for field in ("doi", "url")]
    return id_fields(id for id in found if id and id.scheme not in (Scheme.ARXIV, Scheme.DBLP))


def _arxiv(entry: bibtex.Entry) -> dict[str, str]:
    for written in (
        entry.literal("eprint"),
        entry.literal("volume").removeprefix("abs/"),
        entry.literal("url"),
        entry.literal("doi"),
    ):
        id = answers.any_identifier(written)
        if id and id.scheme is Scheme.ARXIV:
            return {"arxiv": id.value}
    return {}


def hits(content: bytes) -> Iterator[Work]:
    """The records in the answer to a search; those of CoRR are the preprints at arXiv. Raises Wrong."""
    found = table(table(answers.json_value(content)).get("result")).get("hits")
    if not isinstance(found, dict):
        raise answers.Wrong("contains no results of DBLP")
    for hit in tables(found.get("hit")):
        info = table(hit.get("info"))
        if id := answers.identifier(Scheme.DBLP, info.get("key")):
            yield _hit(info, id)


def _hit(info: Mapping[str, object], id: Identifier) -> Work:
    type = _KINDS.get(text(info.get("type")), ItemType.DOCUMENT)
    venue = first(info.get("venue"))
    people = (
        who.get("text") if isinstance(who, dict) else who for who in items(table(info.get("authors")).get("author"))
    )
    title = info.get("title")
    links = [answers.addressed(link) for link in (info.get("doi"), *items(info.get("ee")))]
    preprint = type is ItemType.ARTICLE
    values = id_fields(
        link for link in links if link and link.scheme is not Scheme.DBLP and (preprint or not link.is_preprint)
    )
    return Work(
        type=type,
        title=answers.undotted(from_html(title)) if isinstance(title, str) else "",
        author=tuple(Name(unsplit=_NUMBER.sub("", name)) for who in people if (name := text(who))),
        issued=answers.date(info.get("year")),
        container_title_short="" if venue == "CoRR" else venue,
        volume="" if preprint else text(info.get("volume")),
        issue="" if preprint else text(info.get("number")),
        page=Pages.parse(text(info.get("pages"))),
        **(values | {"dblp": id.value}),
    )


@dataclass(frozen=True, slots=True)
class Booktitle:
    """What DBLP writes as one text: "<proceedings>, KDD 2024, Barcelona, Spain, August 25-29, 2024"."""

    title: str
    label: str = ""
    """"KDD"."""
    place: str = ""

    @classmethod
    def parse(cls, text: str) -> Booktitle:
        """The parts, where label and date show where the title ends; else the text as the title."""
        parts = text.split(", ")
        days = next((place for place, part in enumerate(parts) if place and _DAYS.fullmatch(part)), len(parts))
        marks = [(place, match) for place in range(1, days) if (match := _LABEL.fullmatch(parts[place]))]
        if marks:
            end, match = marks[-1]
            label, title, rest = match["label"], ", ".join(parts[:end]), end + 1
        elif days < len(parts) and _YEAR.search(parts[0]):
            label, title, rest = "", parts[0], 1
        elif days < len(parts) and (match := _NUMBERED.fullmatch(parts[0])):
            label, title, rest = match["label"], ", ".join(parts[:days]), days
        else:
            return cls(text)
        where = parts[rest:days]
        if not where:
            after = parts[days + 1 :]
            where = after[1:] if after and _YEAR.fullmatch(after[0]) else after
        kept = []
        for part in where:
            if _TAIL.fullmatch(part):
                break
            kept.append(part)
        return cls(title, label, ", ".join(kept))


# The dump ------------------------------------------------------------------------------------------------------------


def read_dump(pieces: Iterable[bytes], ids: Sequence[Identifier], titles: Iterable[str]) -> Iterator[Claim]:
    """What the dump says of records, DOIs and preprints, and of papers with these titles: each record, and for DOIs and
    preprints the records of the same paper. Reads it once; holds the titles of the proceedings and what is kept.
    """
    asked = {_doi_of(id): id for id in ids if id.scheme in (Scheme.DOI, Scheme.ARXIV)}
    keys = frozenset(id.value for id in ids if id.scheme is Scheme.DBLP)
    wanted = dump.Wanted(keys, frozenset(asked), frozenset(map(dump.folded, titles)) - {""})
    books: dict[str, str] = {}
    found: list[tuple[dump.Record, list[tuple[str, str]]]] = []
    for record in dump.records(pieces):
        if record.tag == "proceedings":
            books[record.key] = next((text for tag, text in dump.members(record) if tag == "title"), "")
        elif wanted.has(record):
            found.append((record, dump.members(record)))
    for record, members in found:
        if id := answers.identifier(Scheme.DBLP, record.key):
            yield Claim(SOURCE.name, answers.unmarked(_of_rows(_rows(record, members, books), id)), id)
    for doi, id in asked.items():
        if names := _same_paper(doi, found):
            yield Claim(SOURCE.name, Work(**id_fields([id])), id, hints=Hints(names=names))


def _doi_of(id: Identifier) -> str:
    return id.value.lower() if id.scheme is Scheme.DOI else f"10.48550/arxiv.{id.value.lower()}"


def _same_paper(doi: str, found: Iterable[tuple[dump.Record, list[tuple[str, str]]]]) -> tuple[Identifier, ...]:
    """The records of a DOI; of a preprint's what its first author published under its title."""
    own = [(record, members) for record, members in found if doi in record.dois]
    marks = {(record.title, _first_author(members)) for record, members in own if record.key.startswith(_CORR)}
    named = [
        answers.identifier(Scheme.DBLP, record.key)
        for record, members in found
        if not record.key.startswith(_CORR) and (doi in record.dois or (record.title, _first_author(members)) in marks)
    ]
    return tuple(sorted({id for id in named if id}, key=str))


def _first_author(members: Iterable[tuple[str, str]]) -> str:
    return next((text for tag, text in members if tag == "author"), "")


def _rows(record: dump.Record, members: Sequence[tuple[str, str]], books: Mapping[str, str]) -> list[dict[str, str]]:
    """A record as the endpoint would give it."""
    said: dict[str, str] = {}
    for tag, value in members:
        said.setdefault(tag, value)
    links = [value for tag, value in members if tag == "ee"]
    month = _MONTHS.split("|").index(said["month"]) + 1 if said.get("month") in _MONTHS.split("|") else 0
    facts = {
        "type": f"#{record.tag}",
        "title": said.get("title", ""),
        "year": said.get("year", ""),
        "month": f"--{month:02}" if month else "",
        "venue": said.get("journal") or said.get("booktitle", ""),
        "volume": said.get("volume", ""),
        "issue": said.get("number", ""),
        "pages": said.get("pages", ""),
        "doi": next((link for link in links if "doi.org/" in link), ""),
        "page": next((link for link in links if "doi.org/" not in link), ""),
        "book": books.get(said.get("crossref", ""), ""),
    }
    people = [text for tag, text in members if tag == "author"] or [""]
    return [{**facts, "place": str(place), "name": name} for place, name in enumerate(people, start=1)]


def _of_dump(opened: Callable[[], Iterable[bytes]]) -> Iterator[Work]:
    """Every paper of the dump, and its volumes, which are named by those that stand in them: so it is read twice."""
    books = {
        record.key: next((text for tag, text in dump.members(record) if tag == "title"), "")
        for record in dump.records(opened())
        if record.tag == "proceedings"
    }
    for record in dump.records(opened()):
        if id := answers.identifier(Scheme.DBLP, record.key):
            members = dump.members(record)
            rows = _rows(record, members, books)
            work, said = _of_rows(rows, id), rows[0]
            where = from_html(said["book"]) or said["venue"]
            status = Status.WITHDRAWN if record.is_withdrawn else Status.UNRESOLVED
            values: dict[str, Any] = {"key": f"DBLP:{record.key}", "status": status}
            if not work.is_preprint and work.type is not ItemType.BOOK:
                values["container_title"] = answers.undotted(where)
            yield replace(work, **values)


SOURCE = Source(
    name="dblp",
    title="DBLP",
    role=Role.REGISTRY,
    schemes=(Scheme.DBLP, Scheme.DOI, Scheme.ARXIV),
    keeps={Scheme.DBLP: ""},
    rank=40,
    ranks={"container_title": 79, "publisher": 79},  # it names events, in words of its own
    first=True,
    optional=True,
    saved=True,
    bases={
        "sparql": "https://sparql.dblp.org",
        "rec": "https://dblp.org/rec",
        "search": "https://dblp.org/search/publ/api",
    },
    news=News(dblp_news.request, dblp_news.page, late=60),
    pace=1.5,  # https://dblp.org/faq: one or two seconds
    way="`fedbib sync --from dblp.xml.gz` reads DBLP's dump (https://dblp.org/xml) instead",
    dump=Dump(_MARK, read_dump),
    bulk=Bulk(_MARK, _of_dump),
    search=Search("search", "?q={}&format=json&h=10&c=0", _hits, most=_BATCH, batch=_titles),
    requests=requests,
    parse=parse,
)
