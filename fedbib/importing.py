"""What other people wrote becomes records: which drafts are new, which are here already, and under which key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fedbib import citekeys
from fedbib.identify import acl_from_doi
from fedbib.matching import Verdict, compare, title_words
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.record import Record
from fedbib.model.work import FACETS, FIELDS, Work
from fedbib.settle import settle
from fedbib.venues import Register

_SAID = tuple(field for field in FIELDS if field not in FACETS and field != "key")


class Outcome(StrEnum):
    NEW = "new"
    KNOWN = "known"
    UNSURE = "unsure"
    """May be a paper that is here already; a person must say."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one draft."""

    outcome: Outcome
    record: Record
    """As it should be afterwards; for `UNSURE` the record it looks like, unchanged."""
    work: Work
    """The draft."""
    reason: str = ""


class Known:
    """The works a collection has, found by identifier or by title."""

    def __init__(self, records: Iterable[Record], register: Register) -> None:
        self._register = register
        self.records: dict[str, Record] = {}
        self.keys: set[str] = set()
        self._by_id: dict[Identifier, str] = {}
        self._by_title: dict[str, list[str]] = {}
        for record in records:
            self.add(record)

    def add(self, record: Record) -> None:
        """Learn a record, or what is new about one."""
        self.records[record.key] = record
        self.keys |= {record.key.casefold(), *(alias.casefold() for alias in record.aliases)}
        for id in (*record.ids, *(id for claim in record.claims for id in claim.says.ids)):
            for same in _spellings(id):
                self._by_id.setdefault(same, record.key)
        for title in {title_words(work.title) for work in (record.pin, *(claim.says for claim in record.claims))}:
            keys = self._by_title.setdefault(title, [])
            if title and record.key not in keys:
                keys.append(record.key)

    def by_id(self, ids: Iterable[Identifier]) -> list[Record]:
        """The records that have one of the identifiers, each once."""
        keys = [self._by_id[same] for id in ids for same in _spellings(id) if same in self._by_id]
        return [self.records[key] for key in dict.fromkeys(keys)]

    def by_title(self, work: Work) -> tuple[Verdict, Record] | None:
        """A record with the very same title that may be the work, with how sure that is."""
        found = [self.records[key] for key in self._by_title.get(title_words(work.title), ())]
        judged = [(compare(settle(record, self._register), work).verdict, record) for record in found]
        order = (Verdict.SAME, Verdict.UNSURE)
        return min((pair for pair in judged if pair[0] in order), key=lambda pair: order.index(pair[0]), default=None)


def _spellings(id: Identifier) -> Iterable[Identifier]:
    yield id
    if id.scheme is Scheme.DOI and (acl := acl_from_doi(id.value)):
        yield acl


def decide(works: Sequence[Work], known: Known, origin: str) -> list[Decision]:
    """A decision for each draft, in order; `known` learns the new ones on the way.

    The draft's statement is kept as a claim of the import that names `origin`. A record that is here already gets
    that claim and is otherwise left as people wrote it.
    """
    decisions = []
    for work in works:
        decision = _decide(work, known, origin)
        decisions.append(decision)
        if decision.outcome is not Outcome.UNSURE:
            known.add(decision.record)
    return decisions


def _decide(work: Work, known: Known, origin: str) -> Decision:
    claim = Claim(IMPORT, work.only(_SAID), origin=origin)
    same = known.by_id(work.ids)
    if len(same) > 1:
        keys = " and ".join(record.key for record in same)
        return Decision(Outcome.UNSURE, same[0], work, f"its identifiers belong to {keys}")
    if not same and (found := known.by_title(work)):
        verdict, record = found
        if verdict is Verdict.UNSURE:
            return Decision(Outcome.UNSURE, record, work, f"has the title of {record.key}")
        same = [record]
    if same:
        return Decision(Outcome.KNOWN, with_claim(same[0], claim), work)
    record = Record(
        key=citekeys.make(work, known.keys),
        ids=work.ids,
        topics=work.topics,
        datasets=work.datasets,
        models=work.models,
        links=work.links,
        claims=(claim,),
    )
    return Decision(Outcome.NEW, record, work)


def with_claim(record: Record, claim: Claim) -> Record:
    """The record with a claim in place of the one it replaces; the same record when it says nothing new."""
    if claim in record.claims:
        return record
    others = [old for old in record.claims if old.slot != claim.slot]
    return replace(record, claims=tuple(sorted([*others, claim], key=lambda claim: claim.slot)))
