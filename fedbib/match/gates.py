"""The gates a candidate goes through, none of which makes up for another. Each says what it found."""

from __future__ import annotations

import re

from fedbib.ids.same import same
from fedbib.match import authors, titles
from fedbib.match.candidates import Candidate, arxiv, named
from fedbib.model.claim import IMPORT, Claim, State, Version
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.record import Record
from fedbib.model.venue import Venue
from fedbib.model.work import ItemType, Status, Work
from fedbib.words.publication import is_corr, is_pending, is_posted, is_server, version_of
from fedbib.words.rules import Rules
from fedbib.words.venues import Register

_BEFORE, _AFTER, _NEARLY = 1, 4, 2
"""Years a publication may be before and after its preprint, and how much beyond that is a person's to judge."""

_WORKSHOP = re.compile(r"workshop|wksp|\w@\w|@ ?[A-Z]|\btiny papers\b|student abstract", re.IGNORECASE)
_NO_PAPERS = frozenset(
    {ItemType.THESIS, ItemType.DATASET, ItemType.SOFTWARE, ItemType.BOOK, ItemType.WEBPAGE, ItemType.REPORT}
    | {ItemType.PATENT}
)
_LIKE_ENOUGH = frozenset({Code.TITLE_BUT_NUMBER, Code.TITLE_BUT_NAME, Code.TITLE_SAME_NAME})
"""What a person is to judge of the title even when only a search by it led here."""
_LONGEST = 80
"""Characters of a venue or a text that a finding keeps."""


def through(record: Record, candidate: Candidate, rules: Rules) -> tuple[Finding, ...]:
    """What each gate says of a candidate: title, authors, year, acceptance, venue, registry."""
    return (
        title(record, candidate, rules),
        people(record, candidate, rules),
        year(record, candidate),
        acceptance(candidate),
        venue(candidate, rules.register),
        registry(record, candidate, rules),
        *hearsay(record, candidate, rules.register),
    )


def title(record: Record, candidate: Candidate, rules: Rules) -> Finding:
    """Against every title the paper is known by. One that only an imported file gives counts for less, and an index's,
    which may have taken two papers for one, only where there is no other.
    """
    if not candidate.says.title:
        return Finding.of(Code.TITLE_UNKNOWN, Grade.UNSURE)
    theirs = titles.Title.of(candidate.says.title)
    own = [claim for claim in record.claims if claim.source not in rules.indexes]
    said = [record.pin.title, *(claim.says.title for claim in own if claim.source != IMPORT)]
    sure = [one for one in dict.fromkeys(said) if one]
    listed = [claim.says.title for claim in own if claim.source == IMPORT]
    if not sure and not any(listed):
        listed = [claim.says.title for claim in record.claims]
    found = [titles.grade(titles.Title.of(one), theirs) for one in sure]
    for one in dict.fromkeys(listed):
        if one and one not in sure:
            how = titles.grade(titles.Title.of(one), theirs)
            found.append(Finding.of(Code.TITLE_EQUAL_LISTED, Grade.WEAK) if how.grade is Grade.PASS else how)
    best = _best(found or [Finding.of(Code.TITLE_UNKNOWN, Grade.UNSURE)])
    if best.grade is Grade.UNSURE and not candidate.by_id and best.code not in _LIKE_ENOUGH:
        return Finding(best.code, Grade.FAIL, best.facts)
    return best


def _best(findings: list[Finding]) -> Finding:
    return min(findings, key=lambda finding: finding.grade.rank)


def people(record: Record, candidate: Candidate, rules: Rules) -> Finding:
    """Against every author list of a source, or a person's; those of imported files and indexes only where there is no
    other.
    """
    less = {IMPORT, *rules.indexes}
    said = [claim.says.author for claim in record.claims if claim.source not in less and claim.says.author]
    said = [record.pin.author] if record.pin.author else said
    said = said or [claim.says.author for claim in record.claims if claim.says.author]
    return _best([authors.grade(names, candidate.says.author) for names in dict.fromkeys(said or [()])])


def year(record: Record, candidate: Candidate) -> Finding:
    before, after = _preprinted(record), candidate.says.year
    listed = {claim.says.year for claim in _listed(record)} - {None}
    if not after or not (before or listed):
        return Finding.of(Code.YEAR_UNKNOWN, Grade.UNSURE)
    if not before:
        nearest = min((given for given in listed if given), key=lambda given: (abs(given - after), given))
        apart = abs(nearest - after)
        grade = Grade.FAIL if apart > 1 else Grade.UNSURE if apart else Grade.PASS
        return Finding.of(Code.YEAR_LISTED, grade, year=after, listed=nearest)
    if before - _BEFORE <= after <= before + _AFTER:
        grade = Grade.PASS
    else:
        near = before - _BEFORE - _NEARLY <= after <= before + _AFTER + _NEARLY
        grade = Grade.UNSURE if near else Grade.FAIL
    return Finding.of(Code.YEAR, grade, year=after, preprint=before)


def _preprinted(record: Record) -> int | None:
    """The year of the first version: an arXiv id tells it, whatever a source says."""
    if match := re.match(r"(?:.*/)?(\d\d)(?:0[1-9]|1[0-2])", arxiv(record)):
        short = int(match[1])
        return 1900 + short if short > 90 else 2000 + short
    years = [
        claim.says.year for claim in record.claims if version_of(claim) is not Version.PUBLISHED and claim.says.year
    ]
    return min(years, default=None)


def _listed(record: Record) -> list[Claim]:
    """What imported files say of a publication."""
    claims = (claim for claim in record.claims if claim.source == IMPORT and not claim.is_doubted)
    return [claim for claim in claims if version_of(claim) is Version.PUBLISHED]


def hearsay(record: Record, candidate: Candidate, register: Register) -> tuple[Finding, ...]:
    """What speaks against it where imported files tell of a publication: all of them name another place or year."""
    listed = _listed(record)
    if not listed or any(_is_there(claim.says, candidate, register) for claim in listed):
        return ()
    return (Finding.of(Code.OTHER_VENUE, Grade.UNSURE, venue=_dated(listed[0].says)),)


def _is_there(says: Work, candidate: Candidate, register: Register) -> bool:
    ours, theirs = register.find(says.container_title, says.acl), venue_of(candidate, register)
    ours = ours or register.find(says.container_title_short)
    if ours and theirs and ours is not theirs:
        return False
    return not says.year or not candidate.says.year or abs(says.year - candidate.says.year) <= 1


def _dated(says: Work) -> str:
    return f"{(place(says) or says.type.value)[:_LONGEST]} {says.year or ''}".rstrip()


def acceptance(candidate: Candidate) -> Finding:
    says, hints = candidate.says, candidate.hints
    if says.status is Status.WITHDRAWN:
        return Finding.of(Code.WITHDRAWN, Grade.FAIL)
    if hints.submission and hints.submission.state is not State.ACCEPTED:
        at = hints.submission.at[:_LONGEST]
        return Finding.of(Code.NOT_DECIDED, Grade.FAIL, state=hints.submission.state.value, at=at)
    texts = (says.container_title, says.container_title_short, says.event_title, says.genre)
    if against := next((text for text in (*texts, hints.venue, hints.journal_ref) if is_pending(text)), ""):
        return Finding.of(Code.NOT_ACCEPTED, Grade.FAIL, text=against[:_LONGEST])
    if says.status is Status.RETRACTED:
        return Finding.of(Code.RETRACTED, Grade.UNSURE)
    return Finding.of(Code.ACCEPTED)


def venue(candidate: Candidate, register: Register) -> Finding:
    says, where, known = candidate.says, place(candidate.says), venue_of(candidate, register)
    if says.type in _NO_PAPERS:
        return Finding.of(Code.NO_PAPER, Grade.FAIL, type=says.type.value)
    if is_corr(candidate.id):
        return Finding.of(Code.PREPRINT, Grade.FAIL, venue="CoRR")
    if _is_preprint(candidate, known):
        return Finding.of(Code.PREPRINT, Grade.FAIL, venue=where[:_LONGEST] or str(candidate.id))
    if not where and not known:
        return Finding.of(Code.VENUE_UNKNOWN, Grade.FAIL)
    shown = known.short if known else where[:_LONGEST]
    texts = (says.container_title, says.container_title_short, says.event_title)
    if (known and known.kind == "workshop") or any(_is_workshop(text, register) for text in texts):
        return Finding.of(Code.WORKSHOP, Grade.UNSURE, venue=shown)
    return Finding.of(Code.VENUE, venue=shown)


def _is_preprint(candidate: Candidate, known: Venue | None) -> bool:
    """Whether type, venue or identifiers are those of a preprint."""
    says = candidate.says
    return (
        says.type is ItemType.ARTICLE
        or bool(known and known.kind == "preprint")
        or any(is_server(id) for id in (candidate.id, *says.ids))
        or any(map(is_posted, (says.container_title, says.container_title_short)))
    )


def _is_workshop(text: str, register: Register) -> bool:
    label = re.sub(r"\W*(?:19|20)?\d\d$", "", text)
    return bool(_WORKSHOP.search(text)) or (label.endswith("W") and register.find(label[:-1]) is not None)


def place(says: Work) -> str:
    """Where a work appeared, as it says itself."""
    return says.container_title or says.container_title_short or says.event_title


def venue_of(candidate: Candidate, register: Register) -> Venue | None:
    """The venue of the register that a candidate names."""
    says = candidate.says
    acl = says.acl or (candidate.id.value if candidate.id.scheme is Scheme.ACL else "")
    return register.find(says.container_title, acl) or register.find(says.container_title_short)


def registry(record: Record, candidate: Candidate, rules: Rules) -> Finding:
    """The id was read at the registry that keeps it, and the answer is about it and about no other preprint."""
    alike = [id for id in candidate.says.ids if id.scheme is candidate.id.scheme]
    if alike and candidate.id not in same(alike):
        return Finding.of(Code.OTHER_ID, Grade.FAIL, id=str(alike[0]))
    ids = (*candidate.says.ids, *named(candidate.says, candidate.hints))
    preprints = {id.value for id in ids if id.scheme is Scheme.ARXIV}
    own = arxiv(record)
    if preprints and own and own not in preprints:
        return Finding.of(Code.OTHER_PREPRINT, Grade.FAIL, id=str(Identifier(Scheme.ARXIV, min(preprints))))
    if candidate.source not in rules.owning(candidate.id):
        return Finding.of(Code.NOT_AT_REGISTRY, Grade.UNSURE, scheme=str(candidate.id.scheme))
    return Finding.of(Code.AT_REGISTRY, source=candidate.source)
