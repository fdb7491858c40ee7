"""Is a registry's paper the publication that a record cites, under an identifier that the record does not name yet?

Where a preprint's publication is wanted, `fedbib.match.linking` judges instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fedbib.ids.same import same
from fedbib.match import gates
from fedbib.match.candidates import Candidate
from fedbib.match.linking import Decision, Judged, linked
from fedbib.match.works import title_words
from fedbib.model.claim import Claim, Version
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.settle import settle, version
from fedbib.text.ascii import folded
from fedbib.words.rules import Rules

Offered = Mapping[str, tuple[Claim, ...]]
"""Claims by the words of their titles, without blanks."""


def by_title(claims: Iterable[Claim]) -> Offered:
    """The claims as `joined` looks them up."""
    found: dict[str, tuple[Claim, ...]] = {}
    for claim in claims:
        words = _words(claim.says.title)
        found[words] = (*found.get(words, ()), claim)
    return found


def joined(record: Record, offered: Offered, rules: Rules) -> Record:
    """The record with the claims that are about the publication it cites: title, year and venue are the same, the
    authors pass their gate, and the claim is the registry's of its identifier.
    """
    if version(record) is not Version.PUBLISHED:
        return record
    titles = {_words(claim.says.title) for claim in record.claims if not claim.is_doubted}
    for claim in (claim for words in sorted(titles - {""}) for claim in offered.get(words, ())):
        if why := _why(record, claim, rules):
            record = linked(record, why)
    return record


def _words(title: str) -> str:
    return title_words(title).replace(" ", "")


def _why(record: Record, claim: Claim, rules: Rules) -> Judged | None:
    if claim.id is None or claim.id in record.rejected or claim.source not in rules.owning(claim.id):
        return None
    found = Finding.of(Code.SEARCHED, source=claim.source)
    candidate = Candidate(claim.id, claim.says, claim.source, found, claim.hints)
    findings = gates.through(record, candidate, rules)
    passed = {finding.code: finding.grade for finding in findings}
    if Grade.FAIL in passed.values() or passed.get(Code.AUTHORS) is not Grade.PASS:
        return None
    work = settle(record, rules)
    if work.year != claim.says.year or not _in_one_place(work, candidate, rules):
        return None
    return Judged(candidate, Decision.LINK, findings)


def _in_one_place(work: Work, candidate: Candidate, rules: Rules) -> bool:
    if {id for id in same(work.ids) if not id.is_preprint} & same(candidate.says.ids):
        return True
    known = rules.register.find(work.container_title, work.acl) or rules.register.find(work.container_title_short)
    other = gates.venue_of(candidate, rules.register)
    if known or other:
        return known is other
    return folded(gates.place(work)) == folded(gates.place(candidate.says))
