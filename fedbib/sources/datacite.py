"""DataCite: DOIs of repositories (Zenodo, Dagstuhl, ...), from its REST API (https://api.datacite.org)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import answers
from fedbib.sources.answers import table, tables, text
from fedbib.sources.base import Answer, Role, Source
from fedbib.text.markup import from_html, plain
from fedbib.text.regex import regex

_BATCH = 50
_JSON = "application/json"
_TYPES = {
    "preprint": ItemType.ARTICLE,
    "conferencepaper": ItemType.PAPER_CONFERENCE,
    "journalarticle": ItemType.ARTICLE_JOURNAL,
    "book": ItemType.BOOK,
    "conferenceproceeding": ItemType.BOOK,
    "bookchapter": ItemType.CHAPTER,
    "dissertation": ItemType.THESIS,
    "thesis": ItemType.THESIS,
    "report": ItemType.REPORT,
    "dataset": ItemType.DATASET,
    "software": ItemType.SOFTWARE,
}
_BIBTEX = {
    "inproceedings": ItemType.PAPER_CONFERENCE,
    "phdthesis": ItemType.THESIS,
    "mastersthesis": ItemType.THESIS,
    "inbook": ItemType.CHAPTER,
    "book": ItemType.BOOK,
}
_PARTS = frozenset({ItemType.PAPER_CONFERENCE, ItemType.ARTICLE_JOURNAL, ItemType.CHAPTER})
_PAGE = regex(r"[A-Za-z]{0,4}[-:.]?\d[\w:.-]*", re.ASCII)
_ROLE = regex(r"(?:(?<!\s)\s+)?\((?:eds?|hrsg)\.?\)\s*", re.IGNORECASE)
_GROUP = regex(r"\b(?:collaborations?|consortium)\b", re.IGNORECASE)


def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """Up to 50 DOIs at a time; one alone, and one with a comma, by itself."""
    single = [id for id in dict.fromkeys(ids) if "," in id.value]
    runs = answers.batches([id for id in ids if "," not in id.value], _BATCH)
    return [_request(run, bases["api"]) for run in (*runs, *((id,) for id in single))]


def _request(ids: tuple[Identifier, ...], api: str) -> Request:
    if len(ids) == 1:
        url = f"{api}/dois/{quote(ids[0].value, safe='')}"
    else:
        url = f"{api}/dois?ids={','.join(quote(id.value, safe='') for id in ids)}&page%5Bsize%5D={len(ids)}"
    return Request(url, ids, accept="application/vnd.api+json", expects=(_JSON, "application/vnd.api+json"))


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    return answers.read(SOURCE.name, body, request, _found)


def _found(content: bytes) -> Iterator[answers.Found]:
    data = table(answers.json_value(content))
    if "data" not in data:
        raise answers.Wrong("contains no data of DataCite")
    listed = tables(data["data"])
    for item in listed:
        attributes = table(item.get("attributes"))
        fields = answers.doi_fields(attributes.get("doi") or item.get("id"))
        if fields:
            work = _work(attributes, fields)
            yield (*work.ids, Identifier(Scheme.DOI, text(attributes.get("doi")).lower())), work
    answers.whole(table(data.get("meta")).get("total"), len(listed))


def _work(item: Mapping[str, object], ids: Mapping[str, str]) -> Work:
    type = _type(table(item.get("types")))
    container = table(item.get("container"))
    part = container if type in _PARTS else {}
    values: dict[str, Any] = {
        "type": type,
        "title": _title(item.get("titles")),
        "author": _names(tables(item.get("creators"))),
        "editor": _names(
            [who for who in tables(item.get("contributors")) if text(who.get("contributorType")) == "Editor"]
        ),
        "issued": _issued(item, type),
        "container_title": _plain(part.get("title")),
        "collection_title": _plain(container.get("title")) if type is ItemType.BOOK else "",
        "publisher": _publisher(item.get("publisher")),
        "volume": text(part.get("volume")),
        "issue": text(part.get("issue")),
        "page": _pages(part),
        "arxiv": _arxiv(item),
        **ids,
    }
    return Work(**values)


def _type(types: Mapping[str, object]) -> ItemType:
    general = text(types.get("resourceTypeGeneral")).lower()
    if general in _TYPES:
        return _TYPES[general]
    if general != "text":
        return ItemType.DOCUMENT
    special = text(types.get("resourceType")).replace(" ", "").lower()
    if special in _TYPES:
        return _TYPES[special]
    if text(types.get("citeproc")) == "article-journal":
        return ItemType.ARTICLE_JOURNAL
    return _BIBTEX.get(text(types.get("bibtex")), ItemType.DOCUMENT)


def _title(value: object) -> str:
    kinds: dict[str, str] = {}
    for item in tables(value):
        raw = item.get("title")
        if isinstance(raw, str) and text(raw):
            kinds.setdefault(text(item.get("titleType")), from_html(raw))
    return answers.undotted(answers.subtitled(kinds.get("", ""), kinds.get("Subtitle", "")))


def _plain(value: object) -> str:
    return text(plain(from_html(value)) if isinstance(value, str) else value)


def _names(people: Sequence[Mapping[str, object]]) -> tuple[Name, ...]:
    names = []
    for who in people:
        family, given = _plain(who.get("familyName")), _plain(who.get("givenName"))
        name = _ROLE.sub("", _plain(who.get("name")))
        if text(who.get("nameType")) == "Organizational" or (not family and _GROUP.search(name)):
            names.append(Name(literal=name) if name else None)
        elif family:
            names.append(answers.person(_ROLE.sub("", family), _ROLE.sub("", given)))
        elif "," in name:
            family, _, given = name.partition(",")
            names.append(answers.person(family, given))
        else:
            names.append(Name(unsplit=name) if name else None)
    return tuple(name for name in names if name)


def _issued(item: Mapping[str, object], type: ItemType) -> PartialDate | None:
    """When it was issued; of a preprint, when its first version was submitted."""
    dates: dict[str, PartialDate] = {}
    for entry in tables(item.get("dates")):
        if found := answers.date(entry.get("date")):
            kind = text(entry.get("dateType"))
            dates[kind] = min(found, dates.get(kind, found), key=lambda date: date.parts)
    order = ("Submitted", "Issued") if type is ItemType.ARTICLE else ("Issued",)
    found = next((dates[kind] for kind in order if kind in dates), None)
    return found or answers.date(item.get("publicationYear"))


def _publisher(value: object) -> str:
    return _plain(value.get("name") if isinstance(value, dict) else value)


def _pages(container: Mapping[str, object]) -> Pages | None:
    """The pages; other things that are filed as such ("Korea") are none."""
    first, last = text(container.get("firstPage")), text(container.get("lastPage"))
    if not _PAGE.fullmatch(first):
        return None
    return Pages.parse(f"{first}-{last}" if last else first)


def _arxiv(item: Mapping[str, object]) -> str:
    for other in tables(item.get("alternateIdentifiers")) + tables(item.get("identifiers")):
        if text(other.get("alternateIdentifierType") or other.get("identifierType")).lower() == "arxiv":
            found = answers.identifier(Scheme.ARXIV, other.get("alternateIdentifier") or other.get("identifier"))
            if found:
                return found.value
    return ""


SOURCE = Source(
    name="datacite",
    title="DataCite",
    role=Role.REGISTRY,
    schemes=(Scheme.DOI,),
    keeps={Scheme.DOI: ""},
    rank=60,
    ranks={"title": 76},
    first=False,
    optional=False,
    saved=True,
    bases={"api": "https://api.datacite.org"},
    pace=0.6,  # 500 in five minutes
    agency="DataCite",
    requests=requests,
    parse=parse,
)
