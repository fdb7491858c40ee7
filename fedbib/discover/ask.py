"""Asking the sources what is new, page by page; each page is kept at once, so that a run goes on where one ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fedbib.discover.store import Store
from fedbib.model.identifier import Identifier
from fedbib.model.listed import Listed
from fedbib.net.messages import Body, Failure
from fedbib.sources import SOURCES, answers
from fedbib.sources.asking import Get, Progress
from fedbib.sources.base import News, Source, Wanted

FIRST = timedelta(days=14)
"""How far back is asked at first."""
_LONGEST = timedelta(days=92)
"""What is older is not asked for, after however long a pause."""
_MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """What a source told."""

    source: str
    requests: int
    new: int
    """Papers that nobody had told of."""
    failure: str = ""
    """Why it did not come to an end; what it told before is kept."""


def news(
    wanted: Wanted,
    bases: Mapping[str, Mapping[str, str]],
    off: Iterable[str],
    get: Get,
    store: Store,
    progress: Progress | None = None,
    since: date | None = None,
) -> tuple[Told, ...]:
    """Ask every source that can tell of new papers for what came since it was asked last, or since a day."""
    off = frozenset(off)
    able = [(source, source.news) for name, source in SOURCES.items() if source.news and name not in off]
    return tuple(_told(source, way, wanted, bases[source.name], get, store, progress, since) for source, way in able)


def _told(
    source: Source,
    way: News,
    wanted: Wanted,
    bases: Mapping[str, str],
    get: Get,
    store: Store,
    progress: Progress | None,
    since: date | None,
) -> Told:
    span = _Span.of({} if since else store.mark(source.name), way, wanted.until, since)
    asking = replace(wanted, since=span.since, until=span.until)
    place, new, asked = span.place, 0, 0
    while request := way.request(asking, bases, place):
        body = get(request)
        asked += 1
        try:
            page = way.page(_content(body), asking, place)
        except answers.Wrong as error:
            return Told(source.name, asked, new, str(error))
        told = store.keep(source.name, page.papers)
        new, place = new + told, page.next
        known = way.newest_first and not told and page.papers and all(span.covers(paper.day) for paper in page.papers)
        if not place or known or asked >= _MOST_PAGES:
            break
        store.set_mark(source.name, span.mark(place))
        if progress:
            progress(source.name, asked, asked + 1)
    store.set_mark(source.name, {"since": str(span.until)})
    if span.until < wanted.until:  # what a run that was interrupted had in hand; now what came since
        rest = _told(source, way, wanted, bases, get, store, progress, None)
        return Told(source.name, asked + rest.requests, new + rest.new, rest.failure)
    return Told(source.name, asked, new)


@dataclass(frozen=True, slots=True)
class _Span:
    """The days to ask for, and where in them to begin."""

    since: date
    until: date
    begun: date | None
    """Up to which day an earlier run asked; what comes late is asked for again."""
    place: str = ""

    @classmethod
    def of(cls, mark: Mapping[str, str], way: News, until: date, since: date | None) -> _Span:
        """What a source was not asked for yet; the rest of what an interrupted run had in hand, where there is some."""
        begun, end, place = _day(mark.get("since")), _day(mark.get("until")), mark.get("place", "")
        late = timedelta(way.late)
        start = since or (begun - late if begun else until - max(FIRST, late))
        if (first := _day(mark.get("from"))) and end and place and until - _LONGEST < end <= until:
            return cls(first, end, begun, place)
        return cls(max(start, until - _LONGEST), until, begun)

    def covers(self, day: date | None) -> bool:
        """Whether an earlier run asked for a day."""
        return bool(self.begun and day and day < self.begun)

    def mark(self, place: str) -> dict[str, str]:
        begun = {"since": str(self.begun)} if self.begun else {}
        return {**begun, "from": str(self.since), "until": str(self.until), "place": place}


def _content(body: Body | Failure) -> bytes:
    if isinstance(body, Failure):
        raise answers.Wrong(body.reason)
    if body.status in (404, 410):
        return b""  # it is not there, or not yet
    if body.status != 200:
        raise answers.Wrong(f"HTTP status {body.status}")
    return body.content


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def abstracts(
    ids: Sequence[Identifier], bases: Mapping[str, Mapping[str, str]], off: Iterable[str], get: Get, store: Store
) -> int:
    """Ask for what is not kept yet of the collection's own papers, so that it is learnt from; how many requests."""
    off, asked = frozenset(off), 0
    for name, source in SOURCES.items():
        reader = source.news.listed if source.news else None
        lacking = [id for id in ids if id.scheme in source.schemes and store.one(id) is None]
        if reader is None or name in off or not lacking:
            continue
        for request in source.requests(lacking, bases[name]):
            store.keep(name, _read(get(request), reader))
            asked += 1
    return asked


def _read(body: Body | Failure, reader: Callable[[bytes], Iterable[Listed]]) -> tuple[Listed, ...]:
    """The papers of an answer; none of one that is none: they are only learnt from."""
    if isinstance(body, Failure) or body.status != 200:
        return ()
    try:
        return tuple(reader(body.content))
    except answers.Wrong:
        return ()
