"""Is this the publication of that preprint? The gates a candidate goes through, none of which makes up for another.

A wrong link is worse than a missed one: what only almost passes is for a person. Nothing is asked here; what the
sources said comes in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from fedbib.ids.evidence import hinted
from fedbib.ids.same import anthology, same, same_publication
from fedbib.match import authors, titles
from fedbib.model.claim import IMPORT, LINKED, Claim, Version
from fedbib.model.grade import Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.proposal import Proposal
from fedbib.model.record import Record
from fedbib.model.venue import Venue
from fedbib.model.work import ItemType, Status, Work
from fedbib.settle import version
from fedbib.text.ascii import folded
from fedbib.words.rules import Rules
from fedbib.words.venues import Register

BY_TITLE = "title at "
"""How the rule of a candidate begins that a search by title found: no id speaks for it."""

IN_A_LIST = "id in "
"""How the rule of a candidate begins whose id only an imported file gives: such ids are often wrong."""

_ANTHOLOGY = "Anthology id in DOI"
_CORR = "journals/corr/"

_BEFORE, _AFTER, _NEARLY = 1, 4, 2
"""Years a publication may be before and after its preprint, and how much beyond that is a person's to judge."""


class Decision(StrEnum):
    LINK = "link"
    PROPOSE = "propose"
    REFUSE = "refuse"

    @property
    def rank(self) -> int:
        return list(Decision).index(self)


@dataclass(frozen=True, slots=True)
class Gate:
    name: str
    grade: Grade
    why: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible publication of a record's paper."""

    id: Identifier
    says: Work
    """What the source says of it."""
    source: str
    """Name of the source whose words `says` are."""
    rule: str
    """How it was found: "DOI the authors gave arXiv", "title at DBLP", ..."""
    notes: str = ""
    """The evidence of the source's claim."""

    @property
    def by_id(self) -> bool:
        """Whether an id that the authors, a registry or an index gave led here, not a search or a list."""
        return not self.rule.startswith((BY_TITLE, IN_A_LIST))


@dataclass(frozen=True, slots=True)
class Judgement:
    decision: Decision
    evidence: str
    """Rule, gates and source on one line, without "; "."""
    gates: tuple[Gate, ...]

    @property
    def reason(self) -> str:
        """What speaks against a link."""
        return ", ".join(gate.why for gate in self.gates if gate.grade is not Grade.PASS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A record after its candidates were judged."""

    record: Record
    linked: tuple[tuple[Candidate, Judgement], ...] = ()
    proposed: tuple[tuple[Candidate, Judgement], ...] = ()
    refused: tuple[tuple[Candidate, Judgement], ...] = ()


# Which records, which candidates --------------------------------------------------------------------------------------


def wanted(record: Record) -> bool:
    """Whether a publication is to be looked for: the paper is known as a preprint only."""
    if record.pin.type is not ItemType.DOCUMENT:  # a person says which version is meant
        return False
    known = version(record)
    if known is Version.PUBLISHED or (known is Version.UNKNOWN and not _arxiv(record)):
        return False
    preprints = {claim.id for claim in record.claims if claim.version is Version.PREPRINT}
    return not any(_may_be_published(id) and id not in preprints for id in record.ids)


def _may_be_published(id: Identifier) -> bool:
    """Whether the id is a publication's by its form; a forum of OpenReview may be a submission only."""
    if id.scheme is Scheme.DOI:
        return not id.value.startswith(_servers()[1])
    return id.scheme in (Scheme.ACL, Scheme.PMLR) or (id.scheme is Scheme.DBLP and not id.value.startswith(_CORR))


def leads(record: Record, rules: Rules) -> tuple[tuple[Identifier, str], ...]:
    """The identifiers of possible publications that the record's claims name, each with the rule that found it.

    They are to be asked about at their registries. What people took up or rejected is left out. The rules that count
    for more come first.
    """
    found: dict[Identifier, str] = {}
    known = same(record.ids) | same(record.rejected)
    for claim in sorted(record.claims, key=lambda claim: claim.source == IMPORT):
        rule = rules.leads.get(claim.source, f"{IN_A_LIST}{claim.origin}" if claim.source == IMPORT else claim.source)
        named = [*claim.says.ids, *hinted(claim)]
        held = [(acl, _ANTHOLOGY if claim.source != IMPORT else rule) for id in named if (acl := anthology(id))]
        for id, how in (*((id, rule) for id in named), *held):
            if id not in known and not id.is_preprint and not (id.scheme is Scheme.DBLP and id.value.startswith(_CORR)):
                found.setdefault(id, how)
    return tuple(found.items())


def candidates(record: Record, replies: Mapping[tuple[str, Identifier], object], rules: Rules) -> tuple[Candidate, ...]:
    """The record's leads with what their registries say of them, or who named them where those said nothing.

    `replies` is what sources answered, by source and identifier; anything but claims is passed over.
    """
    found = []
    for id, rule in leads(record, rules):
        if claim := _read(id, replies, rules):
            found.append(Candidate(id, claim.says, claim.source, rule, claim.evidence))
        elif namer := _namer(record, id):
            found.append(Candidate(id, namer.says, namer.source, rule, namer.evidence))
    return tuple(found)


def hit_leads(record: Record, hits: Mapping[str, Sequence[Work]], rules: Rules) -> tuple[Identifier, ...]:
    """The identifiers that searches by title found, by source, and that are worth asking their registries about."""
    found: dict[Identifier, None] = {}
    for each in search_candidates(record, hits, {}, rules):
        if judge(record, replace(each, notes=""), rules).decision is not Decision.REFUSE:
            found[each.id] = None
    return tuple(found)


def search_candidates(
    record: Record,
    hits: Mapping[str, Sequence[Work]],
    replies: Mapping[tuple[str, Identifier], object],
    rules: Rules,
) -> tuple[Candidate, ...]:
    """What searches by title found, by source, with what the registries of the ids say where `replies` has it."""
    found: dict[Identifier, Candidate] = {}
    known = same(record.ids) | same(record.rejected)
    for source, works in hits.items():
        for work in works:
            ids = [id for id in work.ids if id not in known and not id.is_preprint]
            for id in (*ids, *(acl for id in ids if (acl := anthology(id)))):
                rule = BY_TITLE + source
                claim = _read(id, replies, rules)
                each = Candidate(id, work, source, rule)
                found.setdefault(
                    id, replace(each, says=claim.says, source=claim.source, notes=claim.evidence) if claim else each
                )
    return tuple(found.values())


def _read(id: Identifier, replies: Mapping[tuple[str, Identifier], object], rules: Rules) -> Claim | None:
    """What the registry of an id says of it."""
    said = (replies.get((name, id)) for name in sorted(rules.owning(id)))
    return next((claim for claim in said if isinstance(claim, Claim)), None)


def _namer(record: Record, id: Identifier) -> Claim | None:
    """The claim that names the id as its own, when it speaks of a publication."""
    named = (claim for claim in record.claims if id in claim.says.ids and claim.version is not Version.PREPRINT)
    return next(named, None)


# Judging --------------------------------------------------------------------------------------------------------------


def judge(record: Record, candidate: Candidate, rules: Rules) -> Judgement:
    """What is to become of a candidate, with the grade at each gate."""
    gates = (
        _title_gate(record, candidate, rules),
        _authors_gate(record, candidate),
        _year_gate(record, candidate),
        _accepted_gate(candidate),
        _venue_gate(candidate, rules.register),
        _registry_gate(record, candidate, rules),
    )
    grades = [gate.grade for gate in gates]
    weak = grades.count(Grade.WEAK)
    open_gates = sum(gate.grade is Grade.UNSURE and gate.name not in ("accepted", "venue") for gate in gates)
    if Grade.FAIL in grades or open_gates > 1:
        decision = Decision.REFUSE
    elif Grade.UNSURE not in grades and (weak == 0 or (weak == 1 and candidate.by_id)):
        decision = Decision.LINK
    else:
        decision = Decision.PROPOSE
    evidence = ", ".join([f"by {candidate.rule}", *(gate.why for gate in gates)]).replace(";", ",")
    return Judgement(decision, evidence, gates)


def decided(record: Record, found: Sequence[Candidate], rules: Rules) -> Outcome:
    """The record with the candidates that pass linked and those that almost pass proposed.

    Of candidates that pass but are different publications (a conference and a journal), those that an id led to win
    over those that a search found; else all of them are proposed. A paper in the proceedings of a workshop is linked
    when an id led to it and it is all there is: many go on to a conference.
    """
    rejected = same(record.rejected)
    best: dict[Identifier, _Judged] = {}
    for each in found:
        how = judge(record, each, rules)
        if each.id not in rejected and (each.id not in best or how.decision.rank < best[each.id][1].decision.rank):
            best[each.id] = each, how
    judged = list(best.values())
    passed = [(each, how) for each, how in judged if how.decision is Decision.LINK]
    if not passed:
        passed = [(each, how) for each, how in judged if _is_only_workshop(each, how)]
        if len(passed) < sum(how.decision is Decision.PROPOSE for _, how in judged):
            passed = []
    groups = _publications(passed, rules.register)
    if len(groups) > 1 and any(each.by_id for each, _ in passed):
        groups = [group for group in groups if any(each.by_id for each, _ in group)]
    links = groups[0] if len(groups) == 1 else []
    proposals = [(each, how) for each, how in judged if how.decision is Decision.PROPOSE and (each, how) not in links]
    if len(groups) > 1:
        said = " and ".join(_place(group[0][0].says) or str(group[0][0].id) for group in groups)
        also = Gate("one", Grade.UNSURE, f"passes as other publications do ({said})")
        proposals += [
            (each, replace(how, decision=Decision.PROPOSE, gates=(*how.gates, also)))
            for group in groups
            for each, how in group
        ]
    for each, how in links:
        record = linked(record, each, how)
    known = same(id for each, _ in links for id in (each.id, *each.says.ids))
    proposals = [(each, how) for each, how in proposals if each.id not in known]
    for each, how in proposals:
        record = proposed(record, each, how)
    refused = [(each, how) for each, how in judged if how.decision is Decision.REFUSE]
    over = known | {each.id for each, how in refused if any(gate.grade is Grade.FAIL for gate in how.gates)}
    record = replace(record, proposals=tuple(item for item in record.proposals if item.id not in over))
    return Outcome(record, tuple(links), tuple(proposals), tuple(refused))


_Judged = tuple[Candidate, Judgement]


def _is_only_workshop(candidate: Candidate, judgement: Judgement) -> bool:
    """Whether nothing speaks against a candidate but that it is in the proceedings of a workshop."""
    others = [gate.grade for gate in judgement.gates if gate.name != "venue"]
    return (
        judgement.decision is Decision.PROPOSE
        and candidate.by_id
        and candidate.id.scheme in (Scheme.ACL, Scheme.DOI)
        and all(grade is Grade.PASS for grade in others)
    )


def _publications(passed: Sequence[_Judged], register: Register) -> list[list[_Judged]]:
    """The candidates that pass, by the publication they are."""
    groups: list[list[_Judged]] = []
    for item in passed:
        home = [group for group in groups if any(_is_one(item[0], other, register) for other, _ in group)]
        merged = [item for group in home for item in group]
        groups = [group for group in groups if group not in home] + [[*merged, item]]
    return groups


def _is_one(one: Candidate, other: Candidate, register: Register) -> bool:
    ids, others = same([one.id, *one.says.ids]), same([other.id, *other.says.ids])
    if {id for id in ids if not id.is_preprint} & others:
        return True
    if {one.says.type, other.says.type} == {ItemType.PAPER_CONFERENCE, ItemType.ARTICLE_JOURNAL}:
        return False
    venue, another = _venue(one, register), _venue(other, register)
    same_place = venue is another if venue and another else folded(_place(one.says)) == folded(_place(other.says))
    return same_place and abs((one.says.year or 0) - (other.says.year or 0)) <= 1


def linked(record: Record, candidate: Candidate, judgement: Judgement) -> Record:
    """The record with the candidate as a claim that says why it was linked; a proposal of the same id goes."""
    note = LINKED + judgement.evidence
    claim = Claim(
        candidate.source,
        candidate.says,
        candidate.id,
        evidence=f"{note}; {candidate.notes}" if candidate.notes else note,
    )
    others = [old for old in record.claims if old.slot != claim.slot]
    proposals = tuple(old for old in record.proposals if not same_publication(old.id, candidate.id))
    claims = tuple(sorted([*others, claim], key=lambda claim: claim.slot))
    return replace(record, claims=claims, proposals=proposals)


def proposed(record: Record, candidate: Candidate, judgement: Judgement) -> Record:
    """The record with the candidate among its proposals; a rejected one is not proposed again."""
    if candidate.id in same(record.rejected) | same(record.ids):
        return record
    says = candidate.says.only(("title", "author", "issued", "container_title", "container_title_short"))
    proposal = Proposal(candidate.id, judgement.reason, judgement.evidence, says)
    others = [old for old in record.proposals if old.id != candidate.id]
    return replace(record, proposals=tuple(sorted([*others, proposal], key=lambda proposal: str(proposal.id))))


def linked_ids(record: Record) -> tuple[Identifier, ...]:
    """The identifiers that `sync` linked to a record and nobody rejected."""
    rejected = same(record.rejected)
    return tuple(claim.id for claim in record.claims if claim.id and claim.is_linked and claim.id not in rejected)


def carried(old: Claim | None, new: Claim) -> Claim:
    """The newer claim of a slot with the older one's note why it was linked."""
    if old and old.since:
        new = replace(new, since=old.since)
    if old is None or not old.is_linked or new.is_linked:
        return new
    note = old.evidence.partition("; ")[0]
    return replace(new, evidence=f"{note}; {new.evidence}" if new.evidence else note)


def dated(before: Record, after: Record, today: date) -> Record:
    """A record after it was refreshed, with today's date on the claim by which a known preprint became published."""
    if version(before) is not Version.PREPRINT or version(after) is not Version.PUBLISHED:
        return after
    claims = list(after.claims)
    for place, claim in enumerate(claims):
        if claim.version is Version.PUBLISHED and not claim.is_doubted:
            claims[place] = replace(claim, since=claim.since or today)
            break
    return replace(after, claims=tuple(claims))


# The gates ------------------------------------------------------------------------------------------------------------


def _title_gate(record: Record, candidate: Candidate, rules: Rules) -> Gate:
    """Against every title the paper is known by. One that only an imported file gives counts for less, and an index's,
    which may have taken two papers for one, only where there is no other.
    """
    theirs = titles.Title.of(candidate.says.title)
    own = [claim for claim in record.claims if claim.source not in rules.indexes]
    said = [record.pin.title, *(claim.says.title for claim in own if claim.source != IMPORT)]
    sure = [title for title in dict.fromkeys(said) if title]
    listed = [claim.says.title for claim in own if claim.source == IMPORT]
    if not sure and not any(listed):
        listed = [claim.says.title for claim in record.claims]
    best = Gate("title", Grade.UNSURE, "title not known")
    if not candidate.says.title:
        return best
    graded = [titles.grade(titles.Title.of(title), theirs) for title in sure]
    for title in dict.fromkeys(listed):
        if title and title not in sure:
            grade, why = titles.grade(titles.Title.of(title), theirs)
            graded.append((Grade.WEAK, "title equal to one on hearsay") if grade is Grade.PASS else (grade, why))
    if graded:
        best = Gate("title", *min(graded, key=lambda item: item[0].rank))
    if (
        best.grade is Grade.UNSURE
        and not candidate.by_id
        and "but for" not in best.why
        and "short name" not in best.why
    ):
        return replace(best, grade=Grade.FAIL)
    return best


def _authors_gate(record: Record, candidate: Candidate) -> Gate:
    """Against every author list of a source, or a person's; those of imported files only where there is no other."""
    said = [claim.says.author for claim in record.claims if claim.source != IMPORT and claim.says.author]
    said = [record.pin.author] if record.pin.author else said
    said = said or [claim.says.author for claim in record.claims if claim.says.author]
    graded = [authors.grade(names, candidate.says.author) for names in dict.fromkeys(said)] or [authors.grade((), ())]
    return Gate("authors", *min(graded, key=lambda item: item[0].rank))


_NOT_ACCEPTED = re.compile(
    r"\bsubmitted (?:to|for)\b|\bunder (?:double-blind )?review\b|\bin review\b|\breject|\bwithdr[ae]w"
    r"|\bblind submission\b|\bsubmission$|\bpending\b|^taken back at\b|^no decision\b",
    re.IGNORECASE,
)
_WORKSHOP = re.compile(r"workshop|wksp|\w@\w|@ ?[A-Z]|\btiny papers\b|student abstract", re.IGNORECASE)
_NO_PAPERS = frozenset(
    {ItemType.THESIS, ItemType.DATASET, ItemType.SOFTWARE, ItemType.BOOK, ItemType.WEBPAGE, ItemType.REPORT}
)


def _year_gate(record: Record, candidate: Candidate) -> Gate:
    before, after = _preprinted(record), candidate.says.year
    if not before or not after:
        return Gate("year", Grade.UNSURE, "year not known")
    said = f"{after} for a preprint of {before}"
    if before - _BEFORE <= after <= before + _AFTER:
        return Gate("year", Grade.PASS, said)
    near = before - _BEFORE - _NEARLY <= after <= before + _AFTER + _NEARLY
    return Gate("year", Grade.UNSURE if near else Grade.FAIL, said)


def _arxiv(record: Record) -> str:
    ids = (*record.ids, *(id for claim in record.claims for id in ((claim.id, *claim.says.ids))))
    return next((id.value for id in ids if id and id.scheme is Scheme.ARXIV), "")


def _preprinted(record: Record) -> int | None:
    """The year of the first version: an arXiv id tells it, whatever a source says."""
    if match := re.match(r"(?:.*/)?(\d\d)(?:0[1-9]|1[0-2])", _arxiv(record)):
        year = int(match[1])
        return 1900 + year if year > 90 else 2000 + year
    years = [claim.says.year for claim in record.claims if claim.version is not Version.PUBLISHED and claim.says.year]
    return min(years, default=None)


def _accepted_gate(candidate: Candidate) -> Gate:
    says = candidate.says
    texts = [
        says.container_title,
        says.container_title_short,
        says.event_title,
        says.genre,
        *candidate.notes.split("; "),
    ]
    if says.status is Status.WITHDRAWN:
        return Gate("accepted", Grade.FAIL, "withdrawn")
    if against := next((text for text in texts if _NOT_ACCEPTED.search(text)), ""):
        return Gate("accepted", Grade.FAIL, f"not accepted ({against[:80]})")
    if says.status is Status.RETRACTED:
        return Gate("accepted", Grade.UNSURE, "retracted")
    return Gate("accepted", Grade.PASS, "nothing against its acceptance")


def _venue_gate(candidate: Candidate, register: Register) -> Gate:
    says, place, venue = candidate.says, _place(candidate.says), _venue(candidate, register)
    names, prefixes = _servers()
    if (
        says.type is ItemType.ARTICLE
        or (venue and venue.kind == "preprint")
        or (says.DOI and says.DOI.startswith(prefixes))
    ):
        return Gate("venue", Grade.FAIL, f"a preprint ({place or candidate.id})")
    if says.type in _NO_PAPERS:
        return Gate("venue", Grade.FAIL, f"a {says.type}, not a paper")
    if candidate.id.scheme is Scheme.DBLP and candidate.id.value.startswith(_CORR):
        return Gate("venue", Grade.FAIL, "a preprint (CoRR)")
    if candidate.id.scheme is Scheme.DOI and candidate.id.value.startswith(prefixes):
        return Gate("venue", Grade.FAIL, f"a preprint ({candidate.id})")
    if not place and not venue:
        return Gate("venue", Grade.FAIL, "no venue")
    if any(_bare(text) in names for text in (says.container_title, says.container_title_short) if text):
        return Gate("venue", Grade.FAIL, f"a preprint ({place})")
    shown = venue.short if venue else place[:80]
    texts = (says.container_title, says.container_title_short, says.event_title)
    if (venue and venue.kind == "workshop") or any(_is_workshop(text, register) for text in texts):
        return Gate("venue", Grade.UNSURE, f"a workshop ({shown})")
    return Gate("venue", Grade.PASS, f"in {shown}")


def _is_workshop(text: str, register: Register) -> bool:
    label = re.sub(r"\W*(?:19|20)?\d\d$", "", text)
    return bool(_WORKSHOP.search(text)) or (label.endswith("W") and register.find(label[:-1]) is not None)


def _place(says: Work) -> str:
    return says.container_title or says.container_title_short or says.event_title


def _bare(text: str) -> str:
    """A venue's name without year, number and the words around it: "arXiv preprint arXiv:2310.15080"."""
    text = re.sub(r"arxiv:\s*\S+|\babs/\S+|\b(?:19|20)\d\d\b|\[[^\]]*\]|\([^)]*\)", " ", text.casefold())
    return " ".join(text.strip(" .,:;").split())


def _venue(candidate: Candidate, register: Register) -> Venue | None:
    says = candidate.says
    acl = says.acl or (candidate.id.value if candidate.id.scheme is Scheme.ACL else "")
    return register.find(says.container_title, acl) or register.find(says.container_title_short)


@cache
def _servers() -> tuple[frozenset[str], tuple[str, ...]]:
    """Names, and prefixes of DOIs, of servers of preprints."""
    data = tomllib.loads(files("fedbib").joinpath("data/preprint-servers.toml").read_text("utf-8"))
    return frozenset(data["names"]), tuple(data["prefixes"])


def _registry_gate(record: Record, candidate: Candidate, rules: Rules) -> Gate:
    """The id was read at the registry that keeps it, and the answer is about it and about no other preprint."""
    alike = [id for id in candidate.says.ids if id.scheme is candidate.id.scheme]
    if alike and candidate.id not in same(alike):
        return Gate("registry", Grade.FAIL, f"the answer is about {alike[0]}")
    claim = Claim(candidate.source, candidate.says, candidate.id, evidence=candidate.notes)
    hints = hinted(claim) if candidate.notes else ()
    named = {id.value for id in (*candidate.says.ids, *hints) if id.scheme is Scheme.ARXIV}
    own = _arxiv(record)
    if named and own and own not in named:
        return Gate("registry", Grade.FAIL, f"the publication of arxiv:{min(named)}")
    if candidate.source not in rules.owning(candidate.id):
        return Gate("registry", Grade.UNSURE, f"not read at the registry of {candidate.id.scheme}")
    return Gate("registry", Grade.PASS, f"read at {candidate.source}")
