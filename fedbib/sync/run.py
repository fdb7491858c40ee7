"""One run over a collection: what to ask, what was heard, what became of it. Network, state and clock are handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from fedbib.match.joining import Offered, by_title, joined
from fedbib.match.linking import dated
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.problem import Severity
from fedbib.model.record import Record
from fedbib.net.messages import Failure
from fedbib.records.folder import Entries, Loaded
from fedbib.settings import Settings
from fedbib.settle import settle
from fedbib.sources import SOURCES
from fedbib.sources.asking import Reply
from fedbib.sources.base import Elsewhere, NotFound
from fedbib.sync.ask import Replies, asked, questions, resolve, resolved, silence
from fedbib.sync.changes import Change, changes
from fedbib.sync.due import Due, Load, asking, load
from fedbib.sync.events import Answered, Linked, Offline, Proposed, Silent
from fedbib.sync.memory import State
from fedbib.sync.network import Network, addresses, paces
from fedbib.sync.publications import Hits, gather, publish
from fedbib.sync.refresh import refresh
from fedbib.words.rules import Rules


@dataclass(frozen=True, slots=True)
class Done:
    """What a run came to."""

    records: int
    """How many were looked at."""
    changes: tuple[Change, ...] = ()
    linked: tuple[Linked, ...] = ()
    events: tuple[Answered | Proposed, ...] = ()
    """What needs a person, and what a source took back."""
    silent: tuple[Silent | Offline, ...] = ()
    """Sources that did not answer."""

    @property
    def needs_a_person(self) -> bool:
        return any(event.severity is Severity.ERROR for event in self.events)

    @property
    def failed(self) -> bool:
        """Whether a source was silent that a run cannot do without."""
        optional = {name for name, source in SOURCES.items() if source.optional}
        return any(isinstance(event, Offline) or event.source not in optional for event in self.silent)


class Run:
    """The records of some keys, or all of them, and the sources' answers about them."""

    def __init__(
        self,
        entries: Entries,
        loaded: Loaded,
        keys: Sequence[str],
        settings: Settings,
        rules: Rules,
        state: State,
        clock: Callable[[], float],
        *,
        everything: bool = False,
    ) -> None:
        """`loaded` is what `entries` holds now; `clock` tells seconds since 1970.

        With `everything`, what was answered a short time ago is asked again. Raises BadFile for a key that no record
        has.
        """
        self._entries, self._keys, self._settings, self._rules = entries, keys, settings, rules
        self._records = _named(loaded, keys)
        self.ids = tuple(dict.fromkeys(id for record in self._records for id in asked(record)))
        self._state, self._clock = state, clock
        self._heard = state.heard()
        now = clock()
        year = datetime.fromtimestamp(now, UTC).year
        self._due = Due(self._records, self._heard, settings.ages, now, year, everything=everything)

    def plan(self) -> tuple[Load, ...]:
        """The first round of requests by source and host."""
        jobs: dict[str, list[Identifier]] = {}
        for name, ids in questions(self.ids, self._settings.off).items():
            if due := [id for id in ids if self._due(name, id) and not self._due.waiting(name, id)]:
                jobs[name] = due
        bases = addresses(self._settings)
        return load(jobs, SOURCES, bases, paces(bases))

    def note(self, source: str, answers: Mapping[Identifier, Reply]) -> None:
        """Keep an answer at once, so that an interrupted run need not ask again; called from any thread."""
        self._state.note(source, answers, self._clock())

    def offline(self) -> Replies:
        """What an interrupted run has heard."""
        return resolve(self.ids, asking(lambda _: {}, self._due, self._heard), self._settings.off)

    def ask(self, net: Network) -> tuple[Replies, Hits]:
        """What the sources say of the records, and of publications that preprints may have."""
        ask = asking(net.ask, self._due, self._heard)
        replies = resolve(self.ids, ask, self._settings.off)
        return gather(self._records, replies, ask, net.search, self._may_search, self._rules, self._settings.off)

    def _may_search(self, record: Record) -> bool:
        slot = self._titles(record)
        return slot is not None and self._due(*slot)

    def _titles(self, record: Record) -> tuple[str, Identifier] | None:
        """Under what it is noted when the title of a preprint was searched for."""
        arxiv = settle(record, self._rules).arxiv
        return ("titles", Identifier(Scheme.ARXIV, arxiv)) if arxiv else None

    def apply(self, replies: Replies, hits: Hits, today: date, *, keep: bool = True, joining: bool = False) -> Done:
        """Bring the answers to the records as they are now: a person may have saved one since.

        Without `keep`, nothing is written or remembered. With `joining`, a registry's claim about an identifier that
        nobody asked about joins the record that cites its publication.
        """
        known = frozenset(self.ids)
        claims = (reply for (_, id), reply in replies.items() if isinstance(reply, Claim) and id not in known)
        offered = by_title(claims if joining else ())
        loaded = _named(self._entries.load(), self._keys)
        done = [self._applied(record, offered, replies, hits, today) for record in loaded]
        records = [each.after for each in done]
        if keep:
            for each in done:
                if each.after != each.before:
                    self._entries.write_claims(each.after.key, each.after.claims, each.after.proposals)
            self._remember(replies, hits, records)
        return Done(
            len(records),
            tuple(
                change for each in done for change in changes(each.before.key, each.before.claims, each.after.claims)
            ),
            tuple(event for each in done for event in each.linked),
            tuple(event for each in done for event in each.events),
            silence({**replies, **self._unfound(hits, records)}),
        )

    def _applied(self, record: Record, offered: Offered, replies: Replies, hits: Hits, today: date) -> _Applied:
        fresh = refresh(joined(record, offered, self._rules), replies, self._rules)
        outcome = publish(fresh.record, replies, hits, self._rules)
        if outcome.linked:
            fresh = refresh(outcome.record, replies, self._rules)
        else:
            fresh = replace(fresh, record=outcome.record)
        return _Applied(
            record,
            dated(record, fresh.record, today),
            tuple(Linked(record.key, judged) for judged in outcome.linked),
            (*fresh.events, *(Proposed(record.key, judged) for judged in outcome.proposed)),
        )

    def _unfound(self, hits: Hits, records: Sequence[Record]) -> dict[tuple[str, Identifier], Failure]:
        """The searches by title that failed, by source and preprint."""
        return {
            (name, slot[1]): said
            for record in records
            for name, said in hits.get(record.key, {}).items()
            if isinstance(said, Failure) and (slot := self._titles(record))
        }

    def _remember(self, replies: Replies, hits: Hits, records: Sequence[Record]) -> None:
        """Note what needs no asking for a while: answers that became claims, DOIs kept elsewhere, titles searched.

        What is said of papers that only may be a record's stays as it is, for the next run to judge again.
        """
        own = {id for record in records for id in asked(record)}
        claimed = {(claim.source, claim.id) for record in records for claim in record.claims}
        done = {
            (source, id)
            for (source, id), reply in replies.items()
            if isinstance(reply, Elsewhere)
            or (isinstance(reply, Claim) and (source, id) in claimed)
            or (isinstance(reply, NotFound) and isinstance(resolved(replies, id), Elsewhere))
        }
        for record in records:
            found = hits.get(record.key)
            if not found or any(isinstance(said, Failure) for said in found.values()):
                continue
            if slot := self._titles(record):
                self._state.note(slot[0], {slot[1]: NotFound(slot[1])}, self._clock())
                done.add(slot)
        self._state.used(slot for slot in done if slot[1] in own)
        self._state.forget(slot for slot in replies if slot not in done and slot[1] in own)


@dataclass(frozen=True, slots=True)
class _Applied:
    """A record before and after, and what happened on the way."""

    before: Record
    after: Record
    linked: tuple[Linked, ...]
    events: tuple[Answered | Proposed, ...]


def _named(loaded: Loaded, keys: Sequence[str]) -> Sequence[Record]:
    return loaded.named(keys) if keys else loaded.records
