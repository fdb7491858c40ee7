"""Which questions a sync has to ask: what is new, what was answered long ago, and what an interrupted run left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from fedbib.model.claim import Version
from fedbib.model.identifier import Identifier
from fedbib.model.record import Record
from fedbib.net.messages import Request
from fedbib.settings import Ages
from fedbib.settle import version
from fedbib.sources.asking import Reply
from fedbib.sources.base import Source
from fedbib.sync.ask import Questions, Replies, asked, led
from fedbib.sync.memory import Heard
from fedbib.words.publication import version_of

DAY = 86_400.0
FRESH = 1.0
"""Days for which an answer that was not yet used stands in for asking again."""


def age(record: Record, ages: Ages, year: int) -> int:
    """The days for a record, in a given year."""
    cited = version(record)
    told = [claim.says.year for claim in record.claims if version_of(claim) is cited and claim.says.year]
    young = not told or max(told) >= year - 1
    if cited is Version.PUBLISHED:
        return ages.young if young else ages.published
    return ages.young_preprint if young else ages.preprint


class Due:
    """Says of a question whether it has to be asked; made once for a run."""

    def __init__(
        self,
        records: Iterable[Record],
        heard: Mapping[tuple[str, Identifier], Heard],
        ages: Ages,
        now: float,
        year: int,
        *,
        everything: bool = False,
    ) -> None:
        self._heard, self._ages, self._now, self._everything = heard, ages, now, everything
        self._days: dict[Identifier, int] = {}
        self._claimed: set[tuple[str, Identifier]] = set()
        self._told: dict[Identifier, list[frozenset[str]]] = {}
        """Who has told something of each record with an identifier."""
        self._led: dict[Identifier, int] = {}
        for record in records:
            days = age(record, ages, year)
            told = frozenset(claim.source for claim in record.claims if claim.id)
            for id in asked(record):
                self._days[id] = min(days, self._days.get(id, days))
                self._told.setdefault(id, []).append(told)
            for id in led(record):
                self._led[id] = min(days, self._led.get(id, days))
            self._claimed |= {(claim.source, claim.id) for claim in record.claims if claim.id}

    def __call__(self, source: str, id: Identifier) -> bool:
        last = self._heard.get((source, id))
        if self._everything or last is None:
            return True
        if last.kind == "claim" and id in self._days and self._is_lost(source, id):
            return True
        passed = self._now - last.at
        return not 0 <= passed < self._days.get(id, self._led.get(id, self._ages.young_preprint)) * DAY

    def _is_lost(self, source: str, id: Identifier) -> bool:
        """Whether a record lacks what was answered: it was made anew, or since then, or its claims were deleted."""
        return (source, id) not in self._claimed or any(source not in told for told in self._told[id])

    def waiting(self, source: str, id: Identifier) -> bool:
        """Whether an answer is at hand that an interrupted run did not get to use."""
        last = self._heard.get((source, id))
        if last is None or last.reply is None:
            return False
        # What is said of a paper that only may be a record's is in no claim, so it is remembered here; and who keeps
        # an identifier, until that one has answered.
        own = FRESH if last.kind == "claim" or self._everything else self._days.get(id, FRESH)
        days = self._led.get(id, own if id in self._days else self._ages.young_preprint)
        return 0 <= self._now - last.at < days * DAY


def asking(
    ask: Callable[[Questions], Replies], due: Due, heard: Mapping[tuple[str, Identifier], Heard]
) -> Callable[[Questions], Replies]:
    """`ask`, for what is due only; what an interrupted run heard is answered from memory, the rest not at all."""

    def only_due(jobs: Questions) -> Replies:
        remembered: dict[tuple[str, Identifier], Reply] = {}
        open_: dict[str, list[Identifier]] = {}
        for source, ids in jobs.items():
            for id in ids:
                if due.waiting(source, id) and (reply := heard[source, id].reply):
                    remembered[source, id] = reply
                elif due(source, id):
                    open_.setdefault(source, []).append(id)
        return {**remembered, **ask(open_)}

    return only_due


@dataclass(frozen=True, slots=True)
class Load:
    """What a run asks of one host."""

    source: str
    host: str
    ids: int
    requests: int
    seconds: float
    """Least time at the host's pace."""


def load(
    jobs: Mapping[str, Sequence[Identifier]],
    sources: Mapping[str, Source],
    bases: Mapping[str, Mapping[str, str]],
    paces: Mapping[str, float],
) -> tuple[Load, ...]:
    """The requests for these identifiers, by source and host; `paces` has each base URL's (`sync.network.paces`)."""
    made = ((name, ids, sources[name].requests(ids, bases[name])) for name, ids in jobs.items())
    return tuple(load for name, ids, requests in made for load in loads(name, len(ids), requests, bases[name], paces))


def loads(
    name: str, ids: int, requests: Iterable[Request], bases: Mapping[str, str], paces: Mapping[str, float]
) -> list[Load]:
    """The requests to a source about so many ids or titles, by host."""
    by_host = Counter(urlsplit(request.url).netloc for request in requests)
    least = {urlsplit(url).netloc: paces[url] for url in bases.values()}
    return [Load(name, host, ids, count, (count - 1) * least[host]) for host, count in by_host.items()]
