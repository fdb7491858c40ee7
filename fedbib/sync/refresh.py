"""The second story: keep of the sources' answers what is new without losing what was there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fedbib.match.linking import carried
from fedbib.match.works import Verdict, compare
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.record import Record
from fedbib.model.work import FIELDS, Work
from fedbib.settle import settle
from fedbib.sources import SOURCES
from fedbib.sources.asking import Reply
from fedbib.sources.base import Elsewhere, NotFound, Role
from fedbib.sync.ask import Replies, agencies, asked, resolved
from fedbib.sync.events import Answered, Foreign, Homeless, Lost, Missing, Stranger
from fedbib.words.rules import Rules


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A record after the answers, and what needs a look."""

    record: Record
    events: tuple[Answered, ...] = ()


def refresh(record: Record, replies: Replies, rules: Rules) -> Refreshed:
    """The record with what the sources said.

    An answer replaces the claim of the same source and identifier, field by field: a field or an author that the new
    answer lacks is kept and reported, and an answer about another paper is refused. A source that failed changes
    nothing. Claims about an identifier that people took out of the record go.
    """
    events: list[Answered] = []
    ids = asked(_lengthened(record, replies))
    claims = [claim for claim in record.claims if claim.id is None or claim.id in ids]
    for (source, id), reply in _own(replies, ids):
        if not isinstance(reply, Claim):
            if not (isinstance(reply, NotFound) and knew(record, source, id)):
                events += _unanswered(record.key, source, id, reply, replies)
            continue
        if known := _stranger(replace(record, claims=tuple(claims)), reply, rules):
            events.append(Stranger(record.key, reply, known))
            continue
        old = next((claim for claim in claims if claim.source == source and claim.id == id), None)
        kept, lost = _kept(old.says, reply.says) if old else (reply.says, ())
        events += [Lost(record.key, source, field) for field in lost]
        new = carried(old, replace(reply, says=kept))
        claims = [new if claim is old else claim for claim in claims] if old else [*claims, new]
    ordered = tuple(sorted(claims, key=lambda claim: claim.slot))
    return Refreshed(replace(record, claims=ordered), tuple(events))


def _lengthened(record: Record, replies: Replies) -> Record:
    """The record with what is said of its short DOIs: what they stand for is its own, too."""
    said = (replies.get((name, id)) for id in record.ids if id.is_short for name in SOURCES)
    claims = tuple(reply for reply in said if isinstance(reply, Claim))
    return replace(record, claims=(*record.claims, *claims)) if claims else record


def knew(record: Record, source: str, id: Identifier) -> bool:
    """Whether a source has told of an identifier before: that it does not know it now is no word about the paper."""
    return any(claim.source == source and claim.id == id for claim in record.claims)


def _own(replies: Replies, ids: frozenset[Identifier]) -> list[tuple[tuple[str, Identifier], Reply]]:
    """The replies about a record's identifiers, in a fixed order, the most trusted source first."""
    ordered = sorted(ids, key=str)
    slots = ((name, id) for name in SOURCES for id in ordered)
    return [(slot, replies[slot]) for slot in slots if slot in replies]


def _stranger(record: Record, claim: Claim, rules: Rules) -> Work | None:
    """The work a record is about, when the claim is about a different one."""
    known = settle(record, rules)
    return known if compare(known, claim.says).verdict is Verdict.DIFFERENT else None


def _kept(old: Work, new: Work) -> tuple[Work, tuple[str, ...]]:
    """The new answer with whatever it lacks kept from the old one, and the fields that it lacks."""
    lost = [field for field, unknown in FIELDS.items() if getattr(new, field) == unknown != getattr(old, field)]
    if new.is_preprint != old.is_preprint:
        return new, ()
    lost += [field for field in ("author", "editor") if 0 < len(getattr(new, field)) * 2 <= len(getattr(old, field))]
    if old.issued and new.issued and old.issued.month and new.issued == replace(old.issued, month=None, day=None):
        lost.append("issued")
    return replace(new, **{field: getattr(old, field) for field in lost}), tuple(lost)


def _unanswered(key: str, source: str, id: Identifier, reply: Reply, replies: Replies) -> Iterable[Answered]:
    match reply:
        case NotFound() if SOURCES[source].role is not Role.RESOLVER and not SOURCES[source].owns(id):
            return
        case NotFound() if SOURCES[source].role is not Role.RESOLVER and resolved(replies, id):
            return  # what doi.org says of it says more
        case NotFound():
            yield Missing(key, id, source, SOURCES[source].optional)
        case Elsewhere() if isinstance(replies.get((agencies().get(reply.agency, ""), id)), NotFound):
            yield Homeless(key, id, reply.agency)
        case Elsewhere() if reply.agency not in agencies():
            yield Foreign(key, id, reply.agency)
