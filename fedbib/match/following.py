"""Which further registries speak of the publication that a record cites: of every id that its claims name."""

from __future__ import annotations

from fedbib.match import gates
from fedbib.match.candidates import Answers, Candidate, candidates
from fedbib.match.linking import Decision, Judged, is_one, linked, linked_ids
from fedbib.model.claim import Claim, Version
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.record import Record
from fedbib.settle import version
from fedbib.words.publication import version_of
from fedbib.words.rules import Rules

_APART = (Code.YEAR, Code.YEAR_UNKNOWN, Code.YEAR_LISTED, Code.RETRACTED, Code.WORKSHOP, Code.OTHER_VENUE)
"""What is judged of a preprint's publication, and says nothing of whether two registries speak of one."""


def followed(record: Record, answers: Answers, rules: Rules) -> Record:
    """The record with what the registries of the identifiers say that its claims name, as long as they speak of the
    publication that it cites; what they name in turn is followed too.
    """
    if version(record) is not Version.PUBLISHED:
        return record
    for _ in range(len(rules.owners)):
        known = _publication(record, rules)
        taken = {*record.ids, *linked_ids(record)}
        new = (each for each in candidates(record, answers, rules) if each.id not in taken)
        new = (each for each in new if isinstance(answers.get((each.source, each.id)), Claim))
        found = [one for each in new if (one := _judged(record, each, known, rules))]
        if not found:
            return record
        for one in found:
            record = linked(record, one)
    return record


def _publication(record: Record, rules: Rules) -> list[Candidate]:
    """What the registries say of the publication that is known."""
    return [
        Candidate(claim.id, claim.says, claim.source, Finding.of(Code.NAMED, source=claim.source), claim.hints)
        for claim in record.claims
        if claim.id and claim.source in rules.owning(claim.id) and version_of(claim) is Version.PUBLISHED
    ]


def _judged(record: Record, candidate: Candidate, known: list[Candidate], rules: Rules) -> Judged | None:
    findings = gates.through(record, candidate, rules)
    speak = [finding for finding in findings if finding.code not in _APART]
    if any(finding.grade not in (Grade.PASS, Grade.WEAK) for finding in speak):
        return None
    if not any(is_one(candidate, each, rules.register) for each in known):
        return None
    return Judged(candidate, Decision.LINK, findings)
