"""DBLP: computer science venues and pages, from the `.bib` of a record or a search (https://dblp.org/faq/)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work, id_fields
from fedbib.net.messages import Body, Request
from fedbib.sources import answers, bibtex
from fedbib.sources.answers import first, items, table, tables, text
from fedbib.sources.base import Answer, Role, Search, Source
from fedbib.text.markup import from_html

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_LABEL = re.compile(r"(?P<label>[^\s:]\S*(?: \S+){0,3}?) (?:(?:19|20)\d\d|'\d\d)")
_DAY = r"\d{1,2}(?:\s*[-/\u2013]\s*\d{1,2})?"
_DAYS = re.compile(rf"(?:{_DAY} )?(?:{_MONTHS})\b.*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TAIL = re.compile(r"(?:Proceedings|Companion|Workshop|Part|Volume|Vol\.|Revised|Selected|Track)\b.*")
_CAPITAL_A = re.compile(r'(?<=: )<span class="nocase">A</span>(?= )')
"""DBLP protects the article after a colon, as any capital there."""
_NUMBER = re.compile(r" \d{4}$")
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
    """The `.bib` of each record: there is no batch."""
    return [
        Request(f"{bases['rec']}/{quote(id.value, safe='/')}.bib", (id,), accept="application/x-bibtex")
        for id in dict.fromkeys(ids)
    ]


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    return answers.read(SOURCE.name, body, request, _found)


def _found(content: bytes) -> Iterator[answers.Found]:
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
        raise answers.Wrong("holds no hits of DBLP")
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
    links = [answers.any_identifier(link) for link in (info.get("doi"), *items(info.get("ee")))]
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


SOURCE = Source(
    name="dblp",
    title="DBLP",
    role=Role.REGISTRY,
    schemes=(Scheme.DBLP,),
    keeps={Scheme.DBLP: ""},
    rank=40,
    ranks={"container_title": 79, "publisher": 79},  # it names events, in words of its own
    first=True,
    optional=True,
    saved=True,
    bases={"rec": "https://dblp.org/rec", "search": "https://dblp.org/search/publ/api"},
    pace=1.5,  # https://dblp.org/faq: one or two seconds
    search=Search("search", "?q={}&format=json&h=10&c=0", hits),
    requests=requests,
    parse=parse,
)
