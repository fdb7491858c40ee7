"""Which papers may be published without our knowing, and what may be their publications. Nothing is asked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fedbib.errors import BadIdentifier
from fedbib.ids.identify import identify
from fedbib.ids.same import anthology, same
from fedbib.model.claim import IMPORT, Claim, Hints, Version
from fedbib.model.finding import Code, Finding
from fedbib.model.identifier import Identifier, Names, Scheme
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work
from fedbib.words.publication import is_corr, is_server, version_of
from fedbib.words.rules import Rules

Answers = Mapping[tuple[str, Identifier], object]
"""What sources answered, by source and identifier; anything but claims is passed over."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible publication of a record's paper."""

    id: Identifier
    says: Work
    """What the source says of it."""
    source: str
    """Name of the source whose words `says` are."""
    found: Finding
    """How: NAMED, HELD, LISTED or SEARCHED."""
    hints: Hints = Hints()
    """What the source says beside."""

    @property
    def by_id(self) -> bool:
        """Whether an id that the authors, a registry or an index gave led here, not a search or a list."""
        return self.found.code in (Code.NAMED, Code.HELD)


def wanted(record: Record) -> bool:
    """Whether a publication is to be looked for: the paper is known as a preprint only, or published on hearsay."""
    if record.pin.type is not ItemType.DOCUMENT:  # a person says which version is meant
        return False
    claims = [claim for claim in record.claims if not claim.is_doubted]
    if any(version_of(claim) is Version.PUBLISHED and claim.source != IMPORT for claim in claims):
        return False
    if not arxiv(record) and not any(claim.says.title for claim in claims):
        return False
    preprints = {claim.id for claim in claims if version_of(claim) is Version.PREPRINT}
    return not any(_may_be_published(id) and id not in preprints for id in record.ids)


def _may_be_published(id: Identifier) -> bool:
    """Whether the id is a publication's by its form; a forum of OpenReview may be a submission only."""
    return id.scheme.names is Names.PUBLICATION and not is_server(id) and not is_corr(id)


def arxiv(record: Record) -> str:
    """The arXiv id that people or claims give a paper, or ""."""
    ids = (*record.ids, *(id for claim in record.claims for id in (claim.id, *claim.says.ids)))
    return next((id.value for id in ids if id and id.scheme is Scheme.ARXIV), "")


def named(says: Work, hints: Hints) -> tuple[Identifier, ...]:
    """The identifiers that hints name beside those of the work itself, each once."""
    found = [*hints.names, _inside(hints.journal_ref)]
    return tuple(id for id in dict.fromkeys(found) if id and id not in says.ids)


def _inside(text: str) -> Identifier | None:
    """The identifier that a journal reference holds, when it is exactly one."""
    if not text:
        return None
    try:
        return identify(text)
    except BadIdentifier:
        return None


def leads(record: Record) -> tuple[tuple[Identifier, Finding], ...]:
    """The identifiers of possible publications that the record's claims name, each with how it was found.

    They are to be asked about at their registries. What people took up or rejected is left out. What counts for more
    comes first.
    """
    found: dict[Identifier, Finding] = {}
    known = {*record.ids, *same(record.rejected)}
    for claim in sorted(record.claims, key=lambda claim: claim.source == IMPORT):
        for id, how in _leads(claim):
            if id not in known and not id.is_preprint and not is_corr(id):
                found.setdefault(id, how)
    return tuple(found.items())


def _leads(claim: Claim) -> Iterable[tuple[Identifier, Finding]]:
    if claim.source == IMPORT:
        how = held = Finding.of(Code.LISTED, origin=claim.origin)
    else:
        how, held = (Finding.of(code, source=claim.source) for code in (Code.NAMED, Code.HELD))
    ids = (*claim.says.ids, *named(claim.says, claim.hints))
    yield from ((id, how) for id in ids)
    yield from ((acl, held) for id in ids if (acl := anthology(id)))


def candidates(record: Record, answers: Answers, rules: Rules) -> tuple[Candidate, ...]:
    """The record's leads with what their registries say of them, or who named them where those said nothing."""
    found = []
    for id, how in leads(record):
        if claim := _read(id, answers, rules) or _namer(record, id):
            found.append(Candidate(id, claim.says, claim.source, how, claim.hints))
    return tuple(found)


def search_candidates(
    record: Record, hits: Mapping[str, Sequence[Work]], answers: Answers, rules: Rules
) -> tuple[Candidate, ...]:
    """What searches by title found, by source, with what the registries of the ids say where `answers` has it.

    Of two hits about one id the one that says more counts: some services send no authors.
    """
    found: dict[Identifier, Candidate] = {}
    known = same(record.ids) | same(record.rejected)
    for source, works in hits.items():
        how = Finding.of(Code.SEARCHED, source=source)
        for work in works:
            ids = [id for id in work.ids if id not in known and not id.is_preprint]
            for id in (*ids, *(acl for id in ids if (acl := anthology(id)))):
                said = _read(id, answers, rules) or Claim(source, work)
                one = Candidate(id, said.says, said.source, how, said.hints)
                if id not in found or _told(one) > _told(found[id]):
                    found[id] = one
    return tuple(found.values())


def _told(candidate: Candidate) -> tuple[bool, bool]:
    return bool(candidate.says.author), candidate.says.year is not None


def _read(id: Identifier, answers: Answers, rules: Rules) -> Claim | None:
    """What the registry of an id says of it."""
    said = (answers.get((name, id)) for name in sorted(rules.owning(id)))
    return next((claim for claim in said if isinstance(claim, Claim)), None)


def _namer(record: Record, id: Identifier) -> Claim | None:
    """The claim that names the id as its own, when it speaks of a publication."""
    claims = (claim for claim in record.claims if id in claim.says.ids and version_of(claim) is not Version.PREPRINT)
    return next(claims, None)
