"""Crossref: most publishers' DOIs, from its REST API (https://api.crossref.org)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from fedbib.ids.schemes.doi import prefix
from fedbib.model.claim import Effect, Hints, Notice
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Status, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import answers
from fedbib.sources.answers import first, items, table, tables, text
from fedbib.sources.base import Answer, Bulk, Role, Search, Source
from fedbib.text.markup import from_html, plain
from fedbib.text.regex import regex

_BATCH = 50
_JSON = "application/json"
_TYPES = {
    "proceedings-article": ItemType.PAPER_CONFERENCE,
    "journal-article": ItemType.ARTICLE_JOURNAL,
    "posted-content": ItemType.ARTICLE,
    "book-chapter": ItemType.CHAPTER,
    "book-section": ItemType.CHAPTER,
    "book-part": ItemType.CHAPTER,
    "reference-entry": ItemType.CHAPTER,
    "book": ItemType.BOOK,
    "monograph": ItemType.BOOK,
    "edited-book": ItemType.BOOK,
    "reference-book": ItemType.BOOK,
    "proceedings": ItemType.BOOK,
    "dissertation": ItemType.THESIS,
    "report": ItemType.REPORT,
    "dataset": ItemType.DATASET,
}
_WHOLE = frozenset({ItemType.BOOK, ItemType.THESIS, ItemType.REPORT})
_RETRACTIONS = frozenset({"retraction", "removal", "withdrawal"})
_CORRECTIONS = {
    "correction": Effect.CORRECTED,
    "corrigendum": Effect.CORRECTED,
    "erratum": Effect.CORRECTED,
    "addendum": Effect.ADDED_TO,
    "expression_of_concern": Effect.CONCERN,
    "expression of concern": Effect.CONCERN,
}
_RETRACTED_TITLE = regex(r"(?:RETRACTED|WITHDRAWN)(?: ARTICLE)?\s*:")
_ACRONYM_YEAR = regex(r"(?:(?<![\s\u2019'`-])[\s\u2019'`-]+)?(?:19|20)?\d\d$")
_SERIES = "Lecture Notes in "


def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """Up to 50 DOIs in a filter. One alone, and one with a comma, which a filter does not take, by itself."""
    single = [id for id in dict.fromkeys(ids) if "," in id.value]
    runs = answers.batches([id for id in ids if "," not in id.value], _BATCH)
    return [_request(run, bases["api"]) for run in (*runs, *((id,) for id in single))]


def _request(ids: tuple[Identifier, ...], api: str) -> Request:
    if len(ids) == 1:
        url = f"{api}/works/{quote(ids[0].value, safe='')}"
    else:
        # Without `select`: a member it does not take would fail the whole batch.
        url = f"{api}/works?filter={','.join('doi:' + quote(id.value, safe='') for id in ids)}&rows={len(ids)}"
    return Request(url, ids, accept=_JSON, expects=(_JSON,))


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    """What Crossref does not have may be another agency's, so a list that says it is empty is an answer."""
    return answers.read(SOURCE.name, body, request, found)


def found(content: bytes) -> Iterator[answers.Found]:
    """The works in an answer about one DOI, several or a search. Raises Wrong."""
    data = table(answers.json_value(content))
    message = table(data.get("message"))
    if not message or text(data.get("message-type")) not in ("work", "work-list"):
        raise answers.Wrong("contains no works of Crossref")
    listed = message.get("items") if "items" in message else [message]
    if not isinstance(listed, list):
        raise answers.Wrong("contains no list of works")
    for item in tables(listed):
        if id := answers.identifier(Scheme.DOI, item.get("DOI")):
            yield (id,), _work(item, id), _hints(item, id)
    answers.whole(message.get("total-results"), len(listed))


def _work(item: Mapping[str, object], id: Identifier) -> Work:
    type = _TYPES.get(text(item.get("type")), ItemType.DOCUMENT)
    title = from_html(_raw(item.get("title")))
    containers = [found for value in items(item.get("container-title")) if (found := _plain(value))]
    if len(containers) > 1 and containers[0].startswith(_SERIES) and not containers[1].startswith(_SERIES):
        containers.reverse()
    container = containers[0] if containers else ""
    is_part = type in (ItemType.CHAPTER, ItemType.PAPER_CONFERENCE)
    event = table(item.get("event"))
    event_title = _plain(event.get("name"))
    values: dict[str, Any] = {
        "type": type,
        "title": answers.undotted(answers.subtitled(title, from_html(_raw(item.get("subtitle"))))) if title else "",
        "author": _names(item.get("author")),
        "editor": _names(item.get("editor")),
        "issued": _issued(item, type, id),
        "container_title": "" if type in _WHOLE else container,
        "container_title_short": _short(item, event),
        "collection_title": container if type in _WHOLE else containers[1] if is_part and len(containers) > 1 else "",
        "event_title": "" if event_title == container else event_title,
        "event_place": _plain(event.get("location")),
        "publisher": _plain(item.get("publisher")),
        "publisher_place": _plain(item.get("publisher-location")),
        "volume": text(item.get("volume")),
        "issue": text(item.get("issue")),
        "page": Pages.parse(text(item.get("page")) or text(item.get("article-number"))),
        "ISBN": first(item.get("ISBN")).rpartition("/")[2],
        "ISSN": first(item.get("ISSN")),
        "DOI": id.value,
        "arxiv": _preprint(item),
        "status": _status(item, type, title),
    }
    return Work(**values)


def _of_bulk(item: Mapping[str, object]) -> Work | None:
    """The work of a line of the public data file (https://www.crossref.org/documentation/retrieve-metadata)."""
    id = answers.identifier(Scheme.DOI, item.get("DOI"))
    return replace(_work(item, id), key=f"doi:{id.value}") if id else None


def _raw(value: object) -> str:
    """The first text of an array that is not empty, with its blanks: a title's layout tells markup from words."""
    return next((str(item) for item in items(value) if text(item)), "")


def _plain(value: object) -> str:
    return text(plain(from_html(value)) if isinstance(value, str) else value)


def _names(value: object) -> tuple[Name, ...]:
    names = []
    for item in tables(value):
        family, given = _plain(item.get("family")), _plain(item.get("given"))
        if family or given:
            names.append(answers.person(family, given, _plain(item.get("suffix"))))
        elif name := _plain(item.get("name")):
            names.append(Name(literal=name))
    return tuple(name for name in names if name)


def _date(value: object) -> PartialDate | None:
    parts = items(table(value).get("date-parts"))
    return answers.known(PartialDate.from_parts(items(parts[0]))) if parts else None


def _issued(item: Mapping[str, object], type: ItemType, id: Identifier) -> PartialDate | None:
    order = (
        ("posted", "issued")
        if type is ItemType.ARTICLE
        else ("published-print", "issued", "published", "published-online")
    )
    found = next((date for name in order if (date := _date(item.get(name)))), None)
    if found and found.month is None and prefix(id.value) == "10.18653":
        # The ACL deposits the year alone; the month of its proceedings is the event's.
        start = _date(table(item.get("event")).get("start"))
        if start and start.year == found.year:
            return PartialDate(start.year, start.month)
    return found


def _short(item: Mapping[str, object], event: Mapping[str, object]) -> str:
    if acronym := _plain(event.get("acronym")):
        return _ACRONYM_YEAR.sub("", acronym).strip()
    short = next((found for value in items(item.get("short-container-title")) if (found := _plain(value))), "")
    return "" if short in (_plain(value) for value in items(item.get("container-title"))) else short


def _preprint(item: Mapping[str, object]) -> str:
    """The arXiv id that a relation names; most articles with a preprint there say nothing."""
    relation = table(item.get("relation"))
    for kind in ("has-preprint", "is-preprint-of"):
        for link in tables(relation.get(kind)):
            found = answers.any_identifier(link.get("id"))
            if found and found.scheme is Scheme.ARXIV:
                return found.value
    return ""


def _status(item: Mapping[str, object], type: ItemType, title: str) -> Status:
    """Retracted only by an update of that kind: corrections and new versions update a work as well.

    `update-to` stands on the notice and names the work it is about; one without a DOI of its own names itself.
    """
    own = text(item.get("DOI")).lower()
    updates = tables(item.get("updated-by"))
    updates += [update for update in tables(item.get("update-to")) if text(update.get("DOI")).lower() == own]
    kinds = {text(update.get("type")).lower() for update in updates}
    if kinds & _RETRACTIONS or _RETRACTED_TITLE.match(title):
        return Status.WITHDRAWN if type is ItemType.ARTICLE else Status.RETRACTED
    return Status.UNRESOLVED


def _hints(item: Mapping[str, object], id: Identifier) -> Hints:
    """Other DOIs that a relation says are the same paper's published form, and the notices about the work."""
    relation = table(item.get("relation"))
    linked = [answers.identifier(Scheme.DOI, link.get("id")) for link in tables(relation.get("is-preprint-of"))]
    notices = {
        Notice(effect, notice): None
        for update in tables(item.get("updated-by"))
        for effect in [_effect(text(update.get("type")).lower())]
        if effect and (notice := answers.identifier(Scheme.DOI, update.get("DOI"))) and notice != id
    }
    names = dict.fromkeys(other for other in linked if other and other != id)
    return Hints(names=tuple(names), notices=tuple(notices))


def _effect(kind: str) -> Effect | None:
    return Effect.RETRACTED if kind in _RETRACTIONS else _CORRECTIONS.get(kind)


SOURCE = Source(
    name="crossref",
    title="Crossref",
    role=Role.REGISTRY,
    schemes=(Scheme.DOI,),
    keeps={Scheme.DOI: "", Scheme.ACL: ""},  # the DOIs of the ACL hold the Anthology's ids
    rank=20,
    ranks={"title": 75, "container_title": 45, "publisher": 35},
    first=True,
    optional=False,
    saved=True,
    bases={"api": "https://api.crossref.org"},
    pace=0.2,  # 5 a second for everybody; its headers may ask for less
    agency="Crossref",
    bulk=Bulk(keys=frozenset({"DOI", "title", "member"}), work=_of_bulk),
    search=Search("api", "/works?query.bibliographic={}&rows=5", answers.works(found)),
    requests=requests,
    parse=parse,
)
