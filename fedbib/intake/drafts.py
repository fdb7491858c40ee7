"""What other people wrote becomes records: which drafts are new, which are here already, and under which key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from fedbib.ids.identify import acl_from_doi
from fedbib.match.works import Likeness, Verdict, compare, surname, title_words
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import named
from fedbib.model.reading import Doubt
from fedbib.model.record import Record
from fedbib.model.work import FACETS, FIELDS, Work
from fedbib.records import citekeys
from fedbib.records.recordfile import is_key
from fedbib.report.findings import sentence
from fedbib.settle import settle
from fedbib.text.ascii import folded
from fedbib.text.markup import plain
from fedbib.words.rules import Rules

_SAID = tuple(field for field in FIELDS if field not in FACETS and field != "key")
_Mark = TypeVar("_Mark")
_MOST = 12
"""So many works that look alike are compared with one; more share a phrase and nothing else."""


class Outcome(StrEnum):
    NEW = "new"
    KNOWN = "known"
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


class Known:
    """The works a collection has, found by identifier or by title."""

    def __init__(self, records: Iterable[Record], rules: Rules) -> None:
        self.rules = rules
        self.records: dict[str, Record] = {}
        self.keys: set[str] = set()
        self._settled: dict[str, Work] = {}
        self._by_id: dict[Identifier, str] = {}
        self._by_title: dict[tuple[str, str], list[str]] = {}
        self._by_phrase: dict[str, list[str]] = {}
        for record in records:
            self.add(record)

    def add(self, record: Record) -> None:
        """Learn a record, or what is new about one."""
        self.records[record.key] = record
        self._settled.pop(record.key, None)
        self.keys |= {record.key.casefold(), *(alias.casefold() for alias in record.aliases)}
        own = {id.scheme: id for id in record.ids}
        said = (id for claim in record.claims if not claim.is_doubted for id in claim.says.ids)
        # An identifier that contradicts the record's own may well be another paper's.
        for id in (*record.ids, *(id for id in said if own.get(id.scheme, id) == id)):
            for same in _spellings(id):
                self._by_id.setdefault(same, record.key)
        works = (record.pin, *(claim.says for claim in record.claims if not claim.is_doubted))
        people = {surname(name) for work in works for name in named(work.author)}
        for title in {title_words(work.title) for work in works} - {""}:
            for person in ("", *people) if people else ("", "?"):
                _learn(self._by_title, (title.replace(" ", ""), person), record.key)
            for phrase in _phrases(title):
                _learn(self._by_phrase, phrase, record.key)

    def settled(self, key: str) -> Work:
        """The work of a record."""
        if key not in self._settled:
            self._settled[key] = settle(self.records[key], self.rules)
        return self._settled[key]

    def by_id(self, ids: Iterable[Identifier]) -> list[Record]:
        """The records that have one of the identifiers, each once."""
        keys = [self._by_id[same] for id in ids for same in _spellings(id) if same in self._by_id]
        return [self.records[key] for key in dict.fromkeys(keys)]

    def by_title(self, work: Work) -> tuple[Verdict, Record] | None:
        """A record with the very same title that may be the work, with how sure that is."""
        title = title_words(work.title).replace(" ", "")
        people = {surname(name) for name in named(work.author)} | {"?"} if work.author else {""}
        keys = dict.fromkeys(key for person in sorted(people) for key in self._by_title.get((title, person), ()))
        judged = [(compare(self.settled(key), work).verdict, self.records[key]) for key in (keys if title else ())]
        order = (Verdict.SAME, Verdict.UNSURE)
        return min((pair for pair in judged if pair[0] in order), key=lambda pair: order.index(pair[0]), default=None)

    def by_likeness(self, work: Work) -> tuple[Verdict, Record] | None:
        """A record whose title is nearly the same, with how sure it is that it is the work."""
        found: dict[str, None] = {}
        for phrase in _phrases(title_words(work.title)):
            found.update(dict.fromkeys(self._by_phrase.get(phrase, ())))
        best: tuple[Verdict, Record] | None = None
        for key in found:
            record = self.records[key]
            known, other_ids = self.settled(key), bool(_other_ids(record, work))
            if other_ids and _nickname(known.title) != _nickname(work.title):
                continue
            verdict = _alike(compare(known, work), other_ids)
            if verdict is Verdict.SAME:
                return verdict, record
            if verdict is Verdict.UNSURE and best is None:
                best = verdict, record
        return best


def _learn(index: dict[_Mark, list[str]], mark: _Mark, key: str) -> None:
    known = index.setdefault(mark, [])
    if key not in known and len(known) < _MOST:
        known.append(key)


def _spellings(id: Identifier) -> Iterable[Identifier]:
    yield id
    if id.scheme is Scheme.DOI and (acl := acl_from_doi(id.value)):
        yield acl


def _phrases(title: str) -> set[str]:
    """What two spellings of a title are likely to share: how it begins, how it ends, and its middle."""
    words = title.split()
    if len(words) < 4:
        return set()
    ends = {"^" + "".join(words[:4]), "$" + "".join(words[-4:]), "^" + "".join(words[1:5])}
    return ends | {"~" + "".join(words[2:6])} if len(words) > 6 else ends


def _nickname(title: str) -> str:
    """What stands before the colon: SplitLoRA and HSplitLoRA have titles that differ in nothing else."""
    name, colon, _ = plain(title).partition(":")
    return folded(name) if colon else ""


def _alike(likeness: Likeness, other_ids: bool) -> Verdict:
    """Whether two works with nearly the same title are the same; wrong merges are worse than missed ones."""
    title, authors = likeness.title or 0.0, likeness.authors
    if title < 0.6 or authors == 0.0:
        return Verdict.DIFFERENT
    if other_ids:
        return Verdict.UNSURE if title >= 0.8 and (authors or 0.0) >= 0.5 else Verdict.DIFFERENT
    if authors is None:
        return Verdict.UNSURE if title >= 0.85 else Verdict.DIFFERENT
    if authors < 0.5:
        return Verdict.DIFFERENT
    return Verdict.SAME if title >= 0.8 else Verdict.UNSURE


def _ids(record: Record) -> Iterable[Identifier]:
    yield from record.ids
    for claim in record.claims:
        yield from claim.says.ids


def _other_ids(record: Record, work: Work) -> list[tuple[Identifier, Identifier]]:
    """The identifiers that a draft says, each with the one of its scheme that the record has instead."""
    known: dict[Scheme, list[Identifier]] = {}
    for id in _ids(record):
        known.setdefault(id.scheme, []).append(id)
    return [(id, known[id.scheme][0]) for id in work.ids if id.scheme in known and id not in known[id.scheme]]


def decide(works: Sequence[Work], known: Known, origin: str) -> list[Decision]:
    """A decision for each draft, in order; `known` learns the new ones on the way. Linear in the number of drafts.

    The draft's statement is kept as a claim of the import that names `origin`. A record that is here already gets
    that claim and is otherwise left as people wrote it.
    """
    decisions = []
    for work in works:
        decision = _decide(work, known, origin)
        decisions.append(decision)
        if decision.outcome is not Outcome.UNSURE or decision.record.key in known.records:
            known.add(decision.record)
    return decisions


def doubted(doubt: Doubt, known: Known) -> Decision:
    """What can be said of a doubt: that its paper is here already, or that a person must look."""
    same = known.by_id(doubt.work.ids)
    if len(same) == 1:
        return Decision(Outcome.KNOWN, same[0], doubt.work, doubt.reason)
    if not same and (found := known.by_title(doubt.work)) and found[0] is Verdict.SAME:
        return Decision(Outcome.KNOWN, found[1], doubt.work, doubt.reason)
    return Decision(Outcome.UNSURE, Record(""), doubt.work, doubt.reason)


def _decide(work: Work, known: Known, origin: str) -> Decision:
    claim = Claim(IMPORT, work.only(_SAID), origin=origin)
    same = known.by_id(work.ids)
    if len(same) > 1:
        keys = " and ".join(record.key for record in same)
        conflict = Conflict("I03", f'the identifiers of "{work.title}" belong to {keys}')
        return Decision(Outcome.UNSURE, same[0], work, f"its identifiers belong to {keys}", (conflict,))
    if same and (twin := known.by_title(work)) and twin[0] is Verdict.SAME and twin[1].key != same[0].key:
        conflict = Conflict(
            "I03", f'"{work.title}" has the identifiers of {same[0].key} and the title of {twin[1].key}'
        )
        return Decision(Outcome.UNSURE, same[0], work, conflict.message, (conflict,))
    if same and (other := _another_title(same[0], work, known)):
        doubted = with_claim(same[0], replace(claim, doubt=other))
        conflict = Conflict("I03", sentence(other))
        return Decision(Outcome.UNSURE, doubted, work, conflict.message, (conflict,))
    if not same and (found := known.by_title(work) or known.by_likeness(work)):
        verdict, record = found
        if verdict is Verdict.UNSURE:
            return Decision(Outcome.UNSURE, record, work, f"has the title of {record.key}, or nearly")
        same = [record]
    if same:
        return Decision(Outcome.KNOWN, with_claim(same[0], claim), work, conflicts=_conflicts(same[0], claim, known))
    key = citekeys.make(work, known.keys)
    record = Record(
        key=key,
        ids=work.ids,
        topics=work.topics,
        datasets=work.datasets,
        models=work.models,
        links=work.links,
        aliases=tuple(alias for alias in work.aliases if _is_free(alias, key, known)),
        claims=(claim,),
    )
    return Decision(Outcome.NEW, record, work)


def _is_free(alias: str, key: str, known: Known) -> bool:
    return is_key(alias) and alias.casefold() not in known.keys and alias.casefold() != key


def _another_title(record: Record, work: Work, known: Known) -> Finding | None:
    """The identifier is one paper's and the title another's: one of the two is wrong, and nobody can tell which."""
    if not title_words(work.title):
        return None
    said = (claim.says for claim in record.claims if not claim.is_doubted)
    titles = [one.title for one in (record.pin, *said) if title_words(one.title)]
    likeness = compare(known.settled(record.key), work)
    best = max((compare(Work(title=title), work).title or 0.0 for title in titles), default=1.0)
    if min(len(title_words(title).split()) for title in (*titles, work.title)) < 4:
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


def _conflicts(record: Record, claim: Claim, known: Known) -> tuple[Conflict, ...]:
    """Where a claim about a known paper contradicts what is known; it is kept all the same."""
    work = claim.says
    found = [
        Conflict("I03", f'"{work.title}" has {mine} here, and {theirs} in {record.key}')
        for mine, theirs in _other_ids(record, work)
    ]
    settled = known.settled(record.key)
    one, other = work.container_title_short, settled.container_title_short
    if one and other and "arXiv" not in (one, other):
        venue, venue_known = known.rules.register.find(one), known.rules.register.find(other)
        if (venue.id if venue else one.casefold()) != (venue_known.id if venue_known else other.casefold()):
            message = f'"{work.title}" appeared in {one} {work.year or ""}'.rstrip()
            found.append(
                Conflict("N02", f"{message}, and in {other} {settled.year or ''}".rstrip() + f" in {record.key}")
            )
        elif work.year and settled.year and work.year != settled.year:
            found.append(Conflict("N02", f'"{work.title}" is of {work.year}, and of {settled.year} in {record.key}'))
    return tuple(found)


def with_claim(record: Record, claim: Claim) -> Record:
    """The record with a claim in place of the one it replaces; the same record when it says nothing new."""
    if claim in record.claims:
        return record
    others = [old for old in record.claims if old.slot != claim.slot]
    return replace(record, claims=tuple(sorted([*others, claim], key=lambda claim: claim.slot)))
