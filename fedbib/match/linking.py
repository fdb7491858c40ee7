"""Is this the publication of that preprint? What passes all gates is linked, what almost passes is for a person.

A wrong link is worse than a missed one. Nothing is asked here; what the sources said comes in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fedbib.ids.same import same, same_publication
from fedbib.match import gates
from fedbib.match.candidates import Candidate, search_candidates
from fedbib.model.claim import Claim, Version
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.proposal import Proposal
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work
from fedbib.settle import version
from fedbib.text.ascii import folded
from fedbib.words.publication import version_of
from fedbib.words.rules import Rules
from fedbib.words.venues import Register

_SHOWN = ("title", "author", "issued", "container_title", "container_title_short")


class Decision(StrEnum):
    LINK = "link"
    PROPOSE = "propose"
    REFUSE = "refuse"

    @property
    def rank(self) -> int:
        return list(Decision).index(self)


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate, how it fared at each gate and what is to become of it."""

    candidate: Candidate
    decision: Decision
    findings: tuple[Finding, ...]

    @property
    def id(self) -> Identifier:
        return self.candidate.id

    @property
    def why(self) -> tuple[Finding, ...]:
        """How it was found, then the findings: what a claim or a proposal keeps."""
        return (self.candidate.found, *self.findings)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A record after its candidates were judged."""

    record: Record
    linked: tuple[Judged, ...] = ()
    proposed: tuple[Judged, ...] = ()
    refused: tuple[Judged, ...] = ()


def judge(record: Record, candidate: Candidate, rules: Rules) -> Judged:
    """What is to become of a candidate, by itself."""
    findings = gates.through(record, candidate, rules)
    grades = [finding.grade for finding in findings]
    weak = grades.count(Grade.WEAK)
    # A workshop and what a list says are for a person, but make nothing else less sure; a retraction makes the link no
    # less sure, and must not stay unsaid.
    apart = (Code.WORKSHOP, Code.RETRACTED, Code.OTHER_VENUE)
    unsure = sum(each.grade is Grade.UNSURE and each.code not in apart for each in findings)
    if Grade.FAIL in grades or unsure > 1:
        decision = Decision.REFUSE
    elif not any(each.grade is Grade.UNSURE and each.code is not Code.RETRACTED for each in findings) and (
        weak == 0 or (weak == 1 and (candidate.by_id or _bears_out(findings)))
    ):
        decision = Decision.LINK
    else:
        decision = Decision.PROPOSE
    return Judged(candidate, decision, findings)


def _bears_out(findings: Sequence[Finding]) -> bool:
    """Whether a registry says what an imported file says: title, people and year, and no other place."""
    codes = {each.code for each in findings}
    return {Code.TITLE_EQUAL_LISTED, Code.YEAR_LISTED} <= codes and Code.OTHER_VENUE not in codes


def hit_leads(record: Record, hits: Mapping[str, Sequence[Work]], rules: Rules) -> tuple[Identifier, ...]:
    """The identifiers that searches by title found, by source, and that are worth asking their registries about."""
    judged = (judge(record, each, rules) for each in search_candidates(record, hits, {}, rules))
    return tuple(dict.fromkeys(each.id for each in judged if each.decision is not Decision.REFUSE))


def decided(record: Record, found: Sequence[Candidate], rules: Rules, beside: Sequence[Claim] = ()) -> Outcome:
    """The record with the candidates that pass linked and those that almost pass proposed.

    The witnesses of one publication are united before one is judged: where one of them passes, those that only almost
    pass are linked with it. Of candidates that pass but are different publications (a conference and a journal), those
    that an id led to win over those that a search found; else all of them are proposed. A paper in the proceedings of
    a workshop is linked when an id led to it and it is all there is: many go on to a conference. `beside` are claims
    that are judged by and do not become the record's: what its first version said.
    """
    judged = _judged(replace(record, claims=(*record.claims, *beside)), found, rules)
    publications = _preferred(_publications(_passed(judged), rules.register))
    links = publications[0] if len(publications) == 1 else []
    links = [*links, *_beside(links, judged, rules.register)]
    proposals = [each for each in judged if each.decision is Decision.PROPOSE and each not in links]
    if len(publications) > 1:
        proposals += _contested(publications)
    refused = [each for each in judged if each.decision is Decision.REFUSE]
    for each in links:
        record = linked(record, each)
    known = same(id for each in links for id in (each.id, *each.candidate.says.ids))
    proposals = [
        each
        for each in proposals
        if each.id not in known and not any(is_one(each.candidate, link.candidate, rules.register) for link in links)
    ]
    for each in proposals:
        record = proposed(record, each)
    over = known | {each.id for each in refused if _fails(each)}
    record = replace(record, proposals=tuple(item for item in record.proposals if item.id not in over))
    return Outcome(record, tuple(links), tuple(proposals), tuple(refused))


def _judged(record: Record, found: Sequence[Candidate], rules: Rules) -> list[Judged]:
    """Each id that people did not reject, judged by the way to it that is best."""
    rejected = same(record.rejected)
    best: dict[Identifier, Judged] = {}
    for candidate in found:
        if candidate.id not in rejected:
            each = judge(record, candidate, rules)
            if each.id not in best or each.decision.rank < best[each.id].decision.rank:
                best[each.id] = each
    return list(best.values())


def _passed(judged: Sequence[Judged]) -> list[Judged]:
    """What may be linked: what passes, or where nothing does, what is open but for being a workshop's."""
    if passed := [each for each in judged if each.decision is Decision.LINK]:
        return passed
    open_ = [each for each in judged if each.decision is Decision.PROPOSE]
    return open_ if all(map(_is_only_workshop, open_)) else []


def _beside(links: Sequence[Judged], judged: Sequence[Judged], register: Register) -> list[Judged]:
    """What is open by itself and is another registry's word on a publication that passes."""
    return [
        each
        for each in judged
        if each.decision is Decision.PROPOSE
        and each not in links
        and all(finding.code is not Code.NOT_AT_REGISTRY for finding in each.findings if finding.grade is Grade.UNSURE)
        and any(is_one(each.candidate, link.candidate, register) for link in links)
    ]


def _is_only_workshop(judged: Judged) -> bool:
    """Whether nothing speaks against a candidate but that it is in the proceedings of a workshop."""
    return (
        judged.candidate.by_id
        and judged.id.scheme in (Scheme.ACL, Scheme.DOI)
        and all(each.grade is Grade.PASS or each.code is Code.WORKSHOP for each in judged.findings)
    )


def _fails(judged: Judged) -> bool:
    return any(finding.grade is Grade.FAIL for finding in judged.findings)


def _publications(passed: Sequence[Judged], register: Register) -> list[list[Judged]]:
    """The candidates that pass, by the publication they are."""
    groups: list[list[Judged]] = []
    for item in passed:
        home = [group for group in groups if any(is_one(item.candidate, each.candidate, register) for each in group)]
        merged = [item for group in home for item in group]
        groups = [group for group in groups if group not in home] + [[*merged, item]]
    return groups


def is_one(one: Candidate, other: Candidate, register: Register) -> bool:
    """Whether two candidates for a paper are one publication: by an identifier they share, or by kind, year and place.

    What a database (DBLP, OpenReview) calls a place may be known to nobody; its record of the same kind and year is
    taken for a twin of what the publisher has.
    """
    ids, others = same([one.id, *one.says.ids]), same([other.id, *other.says.ids])
    if {id for id in ids if not id.is_preprint} & others:
        return True
    if {one.says.type, other.says.type} == {ItemType.PAPER_CONFERENCE, ItemType.ARTICLE_JOURNAL}:
        return False
    venue, another = gates.venue_of(one, register), gates.venue_of(other, register)
    places = [folded(gates.place(each.says)) for each in (one, other)]
    apart = abs((one.says.year or 0) - (other.says.year or 0))
    if venue and another:
        return venue is another and apart <= 1
    if places[0] == places[1]:
        return apart <= 1
    return not apart and one.id.scheme is not other.id.scheme and _is_database(one) is not _is_database(other)


def _is_database(candidate: Candidate) -> bool:
    return candidate.id.scheme in (Scheme.DBLP, Scheme.OPENREVIEW)


def _preferred(publications: list[list[Judged]]) -> list[list[Judged]]:
    """Those that an id led to, if there are such."""
    return [group for group in publications if any(each.candidate.by_id for each in group)] or publications


def _contested(publications: Sequence[Sequence[Judged]]) -> Iterable[Judged]:
    """Candidates that pass as others do, each a publication of its own."""
    firsts = (group[0].candidate for group in publications)
    venues = " and ".join(gates.place(first.says) or str(first.id) for first in firsts)
    also = Finding.of(Code.NOT_ALONE, Grade.UNSURE, venues=venues)
    for group in publications:
        for each in group:
            yield replace(each, decision=Decision.PROPOSE, findings=(*each.findings, also))


def linked(record: Record, judged: Judged) -> Record:
    """The record with the candidate as a claim that says why it was linked; a proposal of the same id goes."""
    candidate = judged.candidate
    claim = Claim(candidate.source, candidate.says, candidate.id, link=judged.why, hints=candidate.hints)
    others = [old for old in record.claims if old.slot != claim.slot]
    proposals = tuple(old for old in record.proposals if not same_publication(old.id, candidate.id))
    claims = tuple(sorted([*others, claim], key=lambda claim: claim.slot))
    return replace(record, claims=claims, proposals=proposals)


def proposed(record: Record, judged: Judged) -> Record:
    """The record with the candidate among its proposals; a rejected one is not proposed again."""
    if judged.id in same(record.rejected) | same(record.ids):
        return record
    proposal = Proposal(judged.id, judged.why, judged.candidate.says.only(_SHOWN))
    others = [old for old in record.proposals if old.id != judged.id]
    return replace(record, proposals=tuple(sorted([*others, proposal], key=lambda proposal: str(proposal.id))))


def linked_ids(record: Record) -> tuple[Identifier, ...]:
    """The identifiers that `sync` linked to a record and nobody rejected."""
    rejected = same(record.rejected)
    return tuple(claim.id for claim in record.claims if claim.id and claim.is_linked and claim.id not in rejected)


def carried(old: Claim | None, new: Claim) -> Claim:
    """The newer claim of a slot, with what the older one knows of how the record came to it."""
    if old is None:
        return new
    return replace(new, link=new.link or old.link, since=old.since or new.since)


def dated(before: Record, after: Record, today: date) -> Record:
    """A record after it was refreshed, with the day on which a known preprint became published: today where that is
    news. It stands on the first claim that tells of the publication, whichever told first.
    """
    known = [claim.since for claim in (*before.claims, *after.claims) if claim.since]
    is_news = version(before) is Version.PREPRINT and version(after) is Version.PUBLISHED
    if not known and not is_news:
        return after
    claims = [replace(claim, since=None) for claim in after.claims]
    told = (
        place for place, claim in enumerate(claims) if version_of(claim) is Version.PUBLISHED and not claim.is_doubted
    )
    if (first := next(told, None)) is not None:
        claims[first] = replace(claims[first], since=min(known, default=today))
    return replace(after, claims=tuple(claims))
