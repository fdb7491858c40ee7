"""What other people wrote becomes records: which drafts are new, which are here already, and under which key.

The drafts of a file are looked at in an order of their own, the fullest first, so that the order of a file decides
nothing. What a draft says is kept as a claim of its own, so that none takes anything from another.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter

from fedbib.intake.known import Known, Twin
from fedbib.match.vetoes import Veto, is_generic, other_ids, places_differ
from fedbib.match.works import Verdict, compare, title_words
from fedbib.model.claim import IMPORT, Claim, Version
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Identifier
from fedbib.model.name import fullness
from fedbib.model.reading import Doubt
from fedbib.model.record import UNCONFIRMED, Record
from fedbib.model.work import FACETS, FIELDS, NAME_FIELDS, Work, told_of, with_ids
from fedbib.records import citekeys
from fedbib.records.filing import is_key
from fedbib.report.findings import sentence
from fedbib.settle import version
from fedbib.text.markup import plain
from fedbib.text.plain import clean
from fedbib.words.publication import version_of

SAID = tuple(field for field in FIELDS if field not in FACETS and field != "key")
"""What a claim holds of a work."""
_told = told_of(SAID)
said_of = attrgetter(*SAID)


class Outcome(StrEnum):
    NEW = "new"
    KNOWN = "known"
    MERGED = "merged"
    """Another entry of the same file made the record."""
    UNSURE = "unsure"
    """May be a paper that is here already, or no paper; a person must say."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where a draft says something else than what is known of its paper."""

    code: str
    """I03 (identifiers and titles) or N02 (venue and year)."""
    message: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one draft."""

    outcome: Outcome
    record: Record
    """As it should be afterwards; for `UNSURE` the record it looks like, with a doubted claim at most, or one
    without a key."""
    work: Work
    """The draft."""
    reason: str = ""
    conflicts: tuple[Conflict, ...] = ()


def _ids(record: Record) -> Iterable[Identifier]:
    yield from record.ids
    for claim in record.claims:
        yield from claim.says.ids


def decide(
    works: Sequence[Work], known: Known, origin: str, *, alone: bool = False, take: Container[int] = ()
) -> list[Decision]:
    """A decision for each draft, in their order; `known` learns the new ones on the way.

    The draft's statement is kept as a claim of the import that names `origin`, and the entry by its key. A record that
    is here already gets that claim and is otherwise left as people wrote it. With `alone` nobody vouches for the
    file: what no identifier and no other origin confirms waits. `take` has the places of drafts that a person says are
    new papers where they are unsure. Linear in the number of drafts.
    """
    run = _Run(known, origin, alone, frozenset(name.casefold() for work in works for name in _named(work)))
    decisions: dict[int, Decision] = {}
    for place in sorted(range(len(works)), key=lambda place: _order(works[place])):
        decisions[place] = decision = run.decided(works[place], is_new=place in take)
        if decision.outcome is not Outcome.UNSURE or decision.record.key in known.records:
            known.add(decision.record)
    return [_latest(decisions[place], known) for place in range(len(works))]


def _order(work: Work) -> tuple[object, ...]:
    """The fullest first, then by what they say: where each stands in its file does not count."""
    said = len(_told(work))
    page = work.page.text if work.page else ""
    where = (work.container_title, work.volume, page)
    return -len(work.ids), -said, title_words(work.title), work.year or 0, *where, work.key


def _latest(decision: Decision, known: Known) -> Decision:
    """A decision with its record as later drafts have left it."""
    record = known.records.get(decision.record.key)
    return decision if record is None or record is decision.record else replace(decision, record=record)


def doubted(doubt: Doubt, known: Known) -> Decision:
    """What can be said of a doubt: that its paper is here already, or that a person must look."""
    same = known.by_id(doubt.work.ids) if not doubt.is_another else ()
    if len(same) == 1:
        return Decision(Outcome.KNOWN, same[0], doubt.work, doubt.reason)
    twin = known.by_title(doubt.work) if not same else None
    if twin and twin.verdict is Verdict.SAME and not twin.veto:
        return Decision(Outcome.KNOWN, twin.record, doubt.work, doubt.reason)
    return Decision(Outcome.UNSURE, Record(""), doubt.work, doubt.reason)


class _Run:
    """The drafts of one file, one by one."""

    def __init__(self, known: Known, origin: str, alone: bool, cited: frozenset[str]) -> None:
        self.known, self._origin, self._alone = known, origin, alone
        self._keys = citekeys.Keys(known.keys, cited)
        """`cited` are the citation keys of all entries, in lower case: none is given to another entry's record."""
        self._before = frozenset(known.records)
        self._made: set[tuple[str, tuple[str, ...]]] = set()
        """Record and slot of each claim that an entry of this file has made."""

    def decided(self, work: Work, *, is_new: bool = False) -> Decision:
        decision = self._judged(work)
        return self._taken(work) if is_new and decision.outcome is Outcome.UNSURE else decision

    def _taken(self, work: Work) -> Decision:
        """A draft that a person says is a new paper: what is another record's stays with that."""
        decision = self._new(self._freed(work))
        return replace(decision, record=replace(decision.record, waiting=""), work=work)

    def _freed(self, work: Work) -> Work:
        """The work without the identifiers that a record has."""
        return with_ids(work, [id for id in work.ids if not self.known.by_id([id])])

    def _judged(self, work: Work) -> Decision:
        known = self.known
        same = known.by_id(work.ids)
        if len(same) > 1:
            keys = " and ".join(record.key for record in same)
            conflict = Conflict("I03", f'the identifiers of "{plain(work.title)}" belong to {keys}')
            return Decision(Outcome.UNSURE, same[0], work, f"its identifiers belong to {keys}", (conflict,))
        if not same and not title_words(work.title):
            home = known.by_entry(self._origin, clean(work.key)) or known.by_words(self._claim(work))
            if home:
                return self._home(home, work)
        twin = known.by_title(work)
        if same:
            return self._by_id(same[0], twin, work)
        if twin and not twin.veto and twin.verdict is Verdict.SAME:
            return self._home(twin.record, work)
        return self._unsure(twin, work) or self._new(work)

    def _by_id(self, record: Record, twin: Twin | None, work: Work) -> Decision:
        """A draft that has an identifier of a record: one of the two may be wrong."""
        home = self.known.by_entry(self._origin, clean(work.key))
        if home and home.key != record.key and compare(self.known.settled(home.key), work).verdict is Verdict.SAME:
            return self._home(home, self._freed(work))  # a person has said that it is another paper
        if twin and not twin.veto and twin.verdict is Verdict.SAME and twin.record.key != record.key:
            message = f'"{plain(work.title)}" has the identifiers of {record.key} and the title of {twin.record.key}'
            return Decision(Outcome.UNSURE, record, work, message, (Conflict("I03", message),))
        other = _another_title(record, work, self.known)
        if not other:
            return self._home(record, work)
        conflict = Conflict("I03", sentence(other))
        if not self._is_of_file(record):
            record = with_claim(record, replace(self._claim(work), doubt=other, alone=False))
        return Decision(Outcome.UNSURE, record, work, conflict.message, (conflict,))

    def _is_of_file(self, record: Record) -> bool:
        """Whether another entry of the file is about the record."""
        imports = (claim for claim in record.claims if claim.source == IMPORT and not claim.is_doubted)
        return any(claim.origin == self._origin for claim in imports)

    def _unsure(self, twin: Twin | None, work: Work) -> Decision | None:
        """What a person should compare: a record that is nearly the work, or would be but for one thing."""
        if twin and not twin.veto:
            return Decision(Outcome.UNSURE, twin.record, work, f"has (nearly) the title of {twin.record.key}")
        told = {Veto.IDS: "another identifier", Veto.PLACE: "another year and venue"}
        if is_generic(work.title):
            return None
        if twin and twin.record.key in self._before and twin.verdict is Verdict.SAME and twin.veto in told:
            reason = f"has the title of {twin.record.key}, but {told[twin.veto]}"
            return Decision(Outcome.UNSURE, twin.record, work, reason)
        namesake = self.known.namesake(work)
        if namesake and namesake.key in self._before and not other_ids(work.ids, _ids(namesake)):
            message = f'"{plain(work.title)}" is the title of {namesake.key}, but the authors are different'
            return Decision(Outcome.UNSURE, namesake, work, message, (Conflict("I03", message),))
        return None

    def _home(self, record: Record, work: Work) -> Decision:
        """A draft about a paper that is here."""
        claim = self._as_before(
            record, self._claim(work, _keys((record.key, *record.aliases), record.key, work, self.known))
        )
        while (record.key, claim.slot) in self._made:
            old = next(old for old in record.claims if old.slot == claim.slot)
            one, other = version_of(old), version_of(claim)
            if Version.UNKNOWN in (one, other) or one is other:
                keys = tuple(dict.fromkeys((*old.keys, *claim.keys)))
                claim = replace(old, says=_united(old.says, claim.says), keys=keys)
                break
            claim = replace(claim, place=f"{claim.place} 2".strip())  # versions of a paper are never mixed
        self._made.add((record.key, claim.slot))
        outcome = Outcome.KNOWN if record.key in self._before else Outcome.MERGED
        conflicts = _conflicts(record, work, self.known)
        return Decision(outcome, with_claim(record, claim), work, conflicts=conflicts)

    @staticmethod
    def _as_before(record: Record, claim: Claim) -> Claim:
        """The claim, vouched for where a person has vouched for its entry before."""
        old = next((old for old in record.claims if old.slot == claim.slot), claim)
        return replace(claim, alone=claim.alone and old.alone)

    def _new(self, work: Work) -> Decision:
        known = self.known
        names = _named(work)
        key = self._keys.make(work, frozenset(name.casefold() for name in names))
        own = [name for name in names if known.is_free(name, key) and is_key(name)]
        aliases = tuple(name for name in own if name.casefold() != key.casefold())
        claim = self._claim(work, _keys((key, *aliases), key, work, known))
        self._made.add((key, claim.slot))
        record = Record(
            key=key,
            ids=work.ids,
            topics=work.topics,
            datasets=work.datasets,
            models=work.models,
            comment=work.comment,
            tldr=work.tldr,
            links=work.links,
            aliases=aliases,
            waiting=UNCONFIRMED if self._alone and not work.ids else "",
            claims=(claim,),
        )
        return Decision(Outcome.NEW, record, work)

    def _claim(self, work: Work, keys: tuple[str, ...] = ()) -> Claim:
        place = clean(work.key)
        return Claim(IMPORT, work.only(SAID), origin=self._origin, place=place, keys=keys, alone=self._alone)


def _united(one: Work, other: Work) -> Work:
    """All that two entries say which are one claim; of two values for one field the first stays, if the other does not
    say the same more fully.
    """
    more = {field: getattr(other, field) for field in SAID if getattr(one, field) == FIELDS[field]}
    for field in NAME_FIELDS:
        if fullness(getattr(other, field)) > fullness(getattr(one, field)):
            more[field] = getattr(other, field)
    if one.issued and other.issued and one.issued.holds(other.issued):
        more["issued"] = other.issued
    return replace(one, **more)


def _named(work: Work) -> tuple[str, ...]:
    """The citation keys that an entry has, each once."""
    return tuple(dict.fromkeys(filter(None, map(clean, (work.key, *work.aliases)))))


def _keys(has: Iterable[str], key: str, work: Work, known: Known) -> tuple[str, ...]:
    """The keys of an entry by which a document may cite the record `key`, beside those that it `has` itself."""
    own = {name.casefold() for name in has}
    return tuple(name for name in _named(work) if name.casefold() not in own and known.is_free(name, key))


def _another_title(record: Record, work: Work, known: Known) -> Finding | None:
    """The identifier is one paper's and the title another's: one of the two is wrong, and nobody can tell which."""
    if not title_words(work.title):
        return None
    said = (claim.says for claim in record.claims if not claim.is_doubted)
    titles = [one.title for one in (record.pin, *said) if title_words(one.title)]
    likeness = compare(known.settled(record.key), work)
    best = max((compare(Work(title=title), work).title or 0.0 for title in titles), default=1.0)
    if min(len(title_words(title).split()) for title in (*titles, work.title)) < 4 and likeness.authors != 0.0:
        return None
    if best >= 0.4 or (likeness.authors or 0.0) >= 0.5 or _named_alike(titles, work.title):
        return None
    ids = ", ".join(str(id) for id in work.ids if id in set(_ids(record))) or ", ".join(map(str, work.ids))
    return Finding.of(
        Code.ANOTHER_PAPER, Grade.FAIL, id=ids, key=record.key, known=plain(titles[0]), title=plain(work.title)
    )


def _named_alike(titles: Iterable[str], title: str) -> bool:
    """Whether a title begins with the name of the method that another one begins with: "FedX: ..."."""
    name = title_words(title.partition(":")[0]) if ":" in title else title_words(title)
    return len(name.split()) <= 2 and any(
        title_words(other).split()[: len(name.split())] == name.split() for other in titles
    )


def _conflicts(record: Record, work: Work, known: Known) -> tuple[Conflict, ...]:
    """Where a draft about a known paper contradicts what is known; its claim is kept all the same."""
    settled = known.settled(record.key)
    found = [
        Conflict("I03", f'"{plain(work.title)}" has {mine} here, but {theirs} in {record.key}')
        for mine, theirs in other_ids(work.ids, _ids(record))
    ]
    one, other = _place(work), _place(settled)
    if work.is_preprint or settled.is_preprint or version(record) is not Version.PUBLISHED:
        return tuple(found)
    first, second = known.rules.register.find(one), known.rules.register.find(other)
    if first and second and first.id != second.id:
        here = f'"{plain(work.title)}" appeared in {one} {work.year or ""}'.rstrip() + " here"
        found.append(Conflict("N02", f"{here}, but in {other} {settled.year or ''}".rstrip() + f" in {record.key}"))
    elif one and other and not (first and second) and places_differ(one, other):
        found.append(Conflict("N02", f'"{plain(work.title)}" appeared in {one} here, but in {other} in {record.key}'))
    if work.year and settled.year and work.year != settled.year and not found:
        found.append(
            Conflict("N02", f'"{plain(work.title)}" is from {work.year} here, but from {settled.year} in {record.key}')
        )
    return tuple(found)


def _place(work: Work) -> str:
    return work.container_title_short or work.container_title


def with_claim(record: Record, claim: Claim) -> Record:
    """The record with a claim in place of the one it replaces; the same record when it says nothing new."""
    if claim in record.claims:
        return record
    others = [old for old in record.claims if old.slot != claim.slot]
    return replace(record, claims=tuple(sorted([*others, claim], key=lambda claim: claim.slot)))
