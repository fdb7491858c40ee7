"""One run over a collection: what to ask, what was heard, what became of it. Network, state and clock are handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from fedbib.match.candidates import Candidate, wanted
from fedbib.match.joining import Offered, by_title, joined
from fedbib.match.linking import Decision, Judged, dated, linked_ids
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.problem import Severity
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.net.messages import Failure
from fedbib.records.folder import Entries, Loaded
from fedbib.settings import Settings
from fedbib.settle import settle
from fedbib.sources import SOURCES
from fedbib.sources.asking import Reply
from fedbib.sources.base import Elsewhere, NotFound, Role, Unreadable
from fedbib.sync.ask import Replies, asked, bare, led, owing, pointing, questions, resolved, shortened, silence
from fedbib.sync.changes import Change, Settled, changes, settled
from fedbib.sync.due import DAY, Due, Load, age, asking, load
from fedbib.sync.events import Answered, Linked, Missing, Offline, Proposed, Silent
from fedbib.sync.memory import State
from fedbib.sync.network import Network, addresses, paces, search_load, searchers
from fedbib.sync.publications import FIRST_VERSION, Hits, gather, has_volumes, publish, question, unlinked
from fedbib.sync.refresh import refresh
from fedbib.words.rules import Rules

_STEPS = 4
"""How often what was linked may bring answers that were not heard yet; a chain of registries is shorter."""
_MANY = 3


@dataclass(frozen=True, slots=True)
class Done:
    """What a run came to."""

    records: int
    """How many were looked at."""
    changes: tuple[Change, ...] = ()
    settled: tuple[Settled, ...] = ()
    """The papers whose entries in the list are others now."""
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
        self._heard, self._searched = state.heard(), state.searched()
        self._everything = everything
        self._now = clock()
        self._year = datetime.fromtimestamp(self._now, UTC).year
        self._due = Due(self._records, self._heard, settings.ages, self._now, self._year, everything=everything)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles that the papers are known by, as rich text."""
        said = (claim.says.title for record in self._records for claim in record.claims)
        pinned = (record.pin.title for record in self._records)
        return tuple(dict.fromkeys(title for title in (*said, *pinned) if title))

    @property
    def named(self) -> tuple[Identifier, ...]:
        """The identifiers of the papers, and those that their claims name."""
        return tuple(dict.fromkeys((*self.ids, *sorted({id for one in self._records for id in led(one)}, key=str))))

    def plan(self) -> tuple[Load, ...]:
        """The requests that are certain, by source and host."""
        jobs: dict[str, list[Identifier]] = {}
        off, indexes = self._settings.off, self._rules.indexes
        asked_first = {**questions(self.ids, off | indexes), **shortened(self.ids, off)}
        slots = {slot for record in self._records for slot in pointing(asked(record), indexes) if slot[0] not in off}
        for name, id in sorted(slots, key=str):
            asked_first.setdefault(name, []).append(id)
        # What earlier answers named is asked about in the same run.
        for name, ids in questions(
            sorted({id for one in self._records for id in led(one)}, key=str), off | indexes
        ).items():
            asked_first[name] = [*dict.fromkeys([*asked_first.get(name, []), *ids])]
        for name, ids in asked_first.items():
            if due := [id for id in ids if self._due(name, id) and not self._due.waiting(name, id)]:
                jobs[name] = due
        bases = addresses(self._settings)
        return load(jobs, SOURCES, bases, paces(bases))

    @property
    def open(self) -> int:
        """Of how many papers no publication is known."""
        return sum(wanted(record) for record in self._records)

    @property
    def untitled(self) -> int:
        """Of how many papers without a known publication no title is known yet."""
        return sum(wanted(record) and not settle(record, self._rules).title for record in self._records)

    def plan_searches(self) -> tuple[Load, ...]:
        """The searches by title that there are when no id leads to a publication, by source and host."""
        works = {record.key: settle(record, self._rules) for record in self._records if wanted(unlinked(record))}
        open_ = {record.key for record in self._records if wanted(record)}
        bases = addresses(self._settings)
        days = {record.key: age(record, self._settings.ages, self._year) for record in self._records}
        found = []
        for name in searchers(bases, self._settings.off):
            asked_for = {
                key: work
                for key, work in works.items()
                if (key in open_ or has_volumes(name)) and not self._is_remembered(name, work, days[key])
            }
            found += search_load(name, asked_for, bases, paces(bases))
        return tuple(found)

    def note(self, source: str, answers: Mapping[Identifier, Reply]) -> None:
        """Keep an answer at once, so that an interrupted run need not ask again; called from any thread."""
        self._state.note(source, answers, self._clock())

    def offline(self) -> tuple[Replies, Hits]:
        """What earlier runs have heard."""
        return self.ask(Network(lambda _: {}, lambda *_: {}))

    def ask(self, net: Network) -> tuple[Replies, Hits]:
        """What the sources say of the records, and of publications that papers may have."""
        ask = asking(net.ask, self._due, self._heard)
        return gather(self._records, ask, self._searching(net), self._rules, self._settings.off)

    def _searching(self, net: Network) -> Callable[[Mapping[str, Work], Mapping[str, Work]], Hits]:
        """How titles are searched for: what was found a short time ago is not asked again, whoever else failed then."""
        days = {record.key: age(record, self._settings.ages, self._year) for record in self._records}

        def search(works: Mapping[str, Work], published: Mapping[str, Work]) -> Hits:
            hits: dict[str, dict[str, Sequence[Work] | Failure]] = {key: {} for key in works}
            open_: dict[str, dict[str, Work]] = {}
            for name in net.searchers or {name for name, _ in self._searched}:
                for key, work in ({**works, **published} if has_volumes(name) else works).items():
                    words = question(name, work)
                    if self._is_remembered(name, work, days[key]):
                        hits.setdefault(key, {})[name] = self._searched[name, words].works
                    elif words and name in net.searchers:
                        open_.setdefault(name, {})[key] = work
            found = net.search(open_, self._note_search({**works, **published})) if open_ else {}
            for key, said in found.items():
                hits.setdefault(key, {}).update(said)
            return hits

        return search

    def _is_remembered(self, name: str, work: Work, days: int) -> bool:
        """Whether a service was asked for a title less than so many days ago."""
        last = self._searched.get((name, question(name, work)))
        if last is None or name == FIRST_VERSION:
            return last is not None
        return not self._everything and 0 <= self._now - last.at < days * DAY

    def _note_search(self, works: Mapping[str, Work]) -> Callable[[str, Mapping[str, object]], None]:
        def note(name: str, found: Mapping[str, object]) -> None:
            for key, said in found.items():
                if isinstance(said, tuple):
                    self._state.note_search(name, question(name, works[key]), said, self._clock())

        return note

    def apply(self, replies: Replies, hits: Hits, today: date, *, keep: bool = True, joining: bool = False) -> Done:
        """Bring the answers to the records as they are now: a person may have saved one since.

        Without `keep`, nothing is written or remembered. With `joining`, a registry's claim about an identifier that
        nobody asked about joins the record that cites its publication.
        """
        if not self._settings.about.abstracts:
            replies = bare(replies)
        known = frozenset(self.ids)
        claims = (reply for (_, id), reply in replies.items() if isinstance(reply, Claim) and id not in known)
        offered = by_title(claims if joining else ())
        loaded = _named(self._entries.load(), self._keys)
        done = [self._applied(record, offered, replies, hits, today) for record in loaded]
        records = [each.after for each in done]
        unknown = _all_unknown((event for each in done for event in each.events), replies)
        if keep:
            for each in done:
                if each.after != each.before:
                    self._entries.write_claims(each.after.key, each.after.claims, each.after.proposals)
            self._remember(replies, records)
        return Done(
            len(records),
            tuple(
                change for each in done for change in changes(each.before.key, each.before.claims, each.after.claims)
            ),
            tuple(paper for each in done if each.after != each.before and (paper := self._settled(each))),
            tuple(event for each in done for event in each.linked),
            tuple(
                event
                for each in done
                for event in each.events
                if not (isinstance(event, Missing) and event.source in unknown)
            ),
            self._silence(replies, hits, [each.before for each in done], unknown),
        )

    def _applied(self, record: Record, offered: Offered, replies: Replies, hits: Hits, today: date) -> _Applied:
        after = joined(record, offered, self._rules)
        for _ in range(_STEPS):  # what is linked is heard too, and what that says may lead on
            before = after
            fresh = refresh(before, replies, self._rules)
            outcome = publish(fresh.record, replies, hits, self._rules)
            after = outcome.record
            if after == before:
                break
        return _Applied(
            record,
            dated(record, after, today),
            _found(record, after),
            (*fresh.events, *(Proposed(record.key, judged) for judged in outcome.proposed)),
        )

    def _settled(self, applied: _Applied) -> Settled | None:
        """How a paper's entry changes; of one that waits and stands in no output there is none."""
        before, after = applied.before, applied.after
        if after.is_waiting:
            return None
        old = Work() if before.is_waiting else settle(before, self._rules)
        return settled(after.key, old, settle(after, self._rules))

    def _silence(
        self, replies: Replies, hits: Hits, records: Sequence[Record], unknown: Mapping[str, int]
    ) -> tuple[Silent | Offline, ...]:
        """Who did not answer, or not in full: an id that was known is not gone because an answer lacks it."""
        searched = (said for found in hits.values() for said in found.items())
        gone = {
            (source, id): Unreadable(id, "papers that it had before are missing")
            for record in records
            for source, id in ((claim.source, claim.id) for claim in record.claims)
            if id and isinstance(replies.get((source, id)), NotFound)
        }
        none = (
            Silent(name, "it knows none of the identifiers asked for", count, True) for name, count in unknown.items()
        )
        return (*silence({**replies, **gone}, searched), *none)

    def _remember(self, replies: Replies, records: Sequence[Record]) -> None:
        """Note what needs no asking for a while: answers that became claims, DOIs kept elsewhere, what an index lacks.

        What is said of papers that only may be a record's stays as it is, for the next run to judge again, and so does
        who keeps an identifier, as long as that one has not told of it.
        """
        own = {id for record in records for id in asked(record)}
        claimed = {(claim.source, claim.id) for record in records for claim in record.claims}
        done = {
            (source, id)
            for (source, id), reply in replies.items()
            if isinstance(reply, Elsewhere)
            or (isinstance(reply, Claim) and (source, id) in claimed)
            or (isinstance(reply, NotFound) and isinstance(resolved(replies, id), Elsewhere))
            or (
                isinstance(reply, NotFound)
                and not SOURCES[source].owns(id)
                and SOURCES[source].role is not Role.RESOLVER
            )
        }
        open_ = {id for record in records for id in led(record)}
        owed = {slot: home for slot in replies if (home := owing(replies, slot[1])) and (home, slot[1]) not in claimed}
        ways = {slot for slot, home in owed.items() if slot[0] != home}
        done -= owed.keys()
        self._state.used(slot for slot in done if slot[1] in own - open_)
        self._state.forget(slot for slot in replies if slot not in done | ways and slot[1] in own)


@dataclass(frozen=True, slots=True)
class _Applied:
    """A record before and after, and what happened on the way."""

    before: Record
    after: Record
    linked: tuple[Linked, ...]
    events: tuple[Answered | Proposed, ...]


def _found(before: Record, after: Record) -> tuple[Linked, ...]:
    """The publication that was found for a paper, by each of its identifiers."""
    if linked_ids(before) or not wanted(before):
        return ()
    links = (claim for claim in after.claims if claim.id and claim.is_linked)
    return tuple(
        Linked(
            before.key, Judged(Candidate(id, claim.says, claim.source, claim.link[0]), Decision.LINK, claim.link[1:])
        )
        for claim in links
        if (id := claim.id)
    )


def _all_unknown(events: Iterable[Answered | Proposed], replies: Replies) -> Mapping[str, int]:
    """The sources that know none of several identifiers: it is they that are at fault, not all of the records."""
    answered = {source for (source, _), reply in replies.items() if not isinstance(reply, NotFound)}
    counts = Counter(event.source for event in events if isinstance(event, Missing) and event.source not in answered)
    return {source: count for source, count in counts.items() if count >= _MANY}


def _named(loaded: Loaded, keys: Sequence[str]) -> Sequence[Record]:
    return loaded.named(keys) if keys else loaded.records
