"""The second story: ask the sources again, and keep of the answers what is new without losing what was there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fedbib.ids.identify import acl_from_doi
from fedbib.match.publication import carried, linked_ids
from fedbib.match.works import Verdict, compare
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import FIELDS, Work
from fedbib.net.messages import Failure
from fedbib.records import fields
from fedbib.report import counted
from fedbib.settle import settle
from fedbib.sources import SOURCES
from fedbib.sources.asking import Reply
from fedbib.sources.base import Elsewhere, NotFound, Unreadable
from fedbib.words.rules import Rules

FIRST_ASKED = ("acl", "arxiv", "crossref", "dblp", "openreview", "semantic_scholar", "openalex")
"""Whom to ask before anything is known; DOIs that Crossref does not have are looked up at doi.org and asked there."""

INDEXES = frozenset({"semantic_scholar", "openalex"})
"""Sources that point to registries and are none; what they say of a paper proves nothing."""

OPTIONAL = INDEXES | {"dblp", "openreview"}
"""Sources whose failing is told but does not make a run fail: they often ask for a key or for patience."""

AGENCIES = {"Crossref": "crossref", "DataCite": "datacite"}
"""The source that keeps the DOIs of an agency, as doi.org names it."""

Replies = Mapping[tuple[str, Identifier], Reply]
Questions = Mapping[str, Sequence[Identifier]]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one claim that is no longer what it was."""

    key: str
    source: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A record after the answers: its claims, what changed and what needs a look."""

    record: Record
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


def questions(ids: Iterable[Identifier], off: Iterable[str] = ()) -> dict[str, list[Identifier]]:
    """Per source, which identifiers to ask it for in the first round, each once, in order."""
    jobs: dict[str, dict[Identifier, None]] = {name: {} for name in FIRST_ASKED if name not in frozenset(off)}
    for id in ids:
        for known in (id, acl_from_doi(id.value) if id.scheme is Scheme.DOI else None):
            for name, wanted in jobs.items():
                if known and known.scheme in SOURCES[name].SCHEMES:
                    wanted[known] = None
    return {name: list(wanted) for name, wanted in jobs.items() if wanted}


def homeless(replies: Replies) -> list[Identifier]:
    """The DOIs that Crossref does not have: their agency is to be looked up."""
    return [id for (source, id), reply in replies.items() if source == "crossref" and isinstance(reply, NotFound)]


def moved(replies: Replies, off: Iterable[str] = ()) -> dict[str, list[Identifier]]:
    """Per source, the DOIs that doi.org says it keeps."""
    jobs: dict[str, list[Identifier]] = {}
    for (source, id), reply in replies.items():
        if source == "doi_org" and isinstance(reply, Elsewhere):
            home = AGENCIES.get(reply.agency)
            if home and home != "crossref" and home not in frozenset(off):
                jobs.setdefault(home, []).append(id)
    return jobs


def resolve(ids: Sequence[Identifier], ask: Callable[[Questions], Replies], off: Iterable[str] = ()) -> Replies:
    """What the sources say of the identifiers; a DOI that Crossref does not have is asked where doi.org says it is."""
    off = frozenset(off)
    replies = dict(ask(questions(ids, off)))
    lost = [] if "doi_org" in off else homeless(replies)
    if lost:
        replies |= ask({"doi_org": lost})
        replies |= ask(moved(replies, off))
    return replies


def refresh(record: Record, replies: Replies, rules: Rules, path: str) -> Refreshed:
    """The record with what the sources said.

    An answer replaces the claim of the same source and identifier, field by field: a field or an author that the new
    answer lacks is kept and reported, and an answer about another paper is refused. A source that failed changes
    nothing. Claims about an identifier that people took out of the record go.
    """
    problems: list[Problem] = []
    ids = asked(record)
    claims = [claim for claim in record.claims if claim.id is None or claim.id in ids]
    for (source, id), reply in _own(record, replies):
        old = next((claim for claim in claims if claim.source == source and claim.id == id), None)
        match reply:
            case Claim():
                other = _stranger(replace(record, claims=tuple(claims)), reply, rules)
                if other:
                    problems.append(_strange(record, reply, other, path))
                    continue
                kept, lost = _kept(old.says, reply.says) if old else (reply.says, ())
                problems += [_lost(record, source, field, path) for field in lost]
                new = carried(old, replace(reply, says=kept))
                claims = [new if claim is old else claim for claim in claims] if old else [*claims, new]
            case _:
                problems += _unanswered(record, source, id, reply, replies, path)
    ordered = tuple(sorted(claims, key=lambda claim: claim.slot))
    return Refreshed(
        replace(record, claims=ordered), tuple(changes(record.key, record.claims, ordered)), tuple(problems)
    )


def failures(replies: Replies) -> Iterable[Problem]:
    """One problem per source and reason that kept it from answering, or one in all when there is no network."""
    failed = [(source, reply) for (source, _), reply in replies.items() if isinstance(reply, Failure)]
    left = "not refreshed, and nothing was taken away"
    if failed and len(failed) == len(replies) and all(reply.offline for _, reply in failed):
        hint = "`build`, `check` and `list` need no network"
        message = f"no source can be reached; {counted(len({id for _, id in replies}), 'identifier')} {left}"
        yield Problem("S03", Severity.WARNING, message, "network", hint=hint)
        return
    for (source, reason), count in Counter((source, reply.reason) for source, reply in failed).items():
        message = f"{_title(source)} did not answer: {reason}; {counted(count, 'identifier')} {left}"
        yield Problem("S03", Severity.WARNING, message, source)


def changes(key: str, old: Sequence[Claim], new: Sequence[Claim]) -> Iterable[Change]:
    """What differs between two states of a record's claims, field by field."""
    before, after = ({claim.slot: fields.dump(claim.says) for claim in claims} for claims in (old, new))
    for slot in dict.fromkeys([*before, *after]):
        was, now = before.get(slot, {}), after.get(slot, {})
        for field in dict.fromkeys([*was, *now]):
            if was.get(field) != now.get(field):
                yield Change(key, slot[0], field, fields.shown(was.get(field, "")), fields.shown(now.get(field, "")))


def _own(record: Record, replies: Replies) -> list[tuple[tuple[str, Identifier], Reply]]:
    """The replies about a record's identifiers, in a fixed order, the most trusted source first."""
    wanted = asked(record)
    order = {name: number for number, name in enumerate(SOURCES)}
    found = [(asked, reply) for asked, reply in replies.items() if asked[1] in wanted]
    return sorted(found, key=lambda item: (order[item[0][0]], str(item[0][1])))


def asked(record: Record) -> frozenset[Identifier]:
    """The identifiers sources are asked about for a record: its own, those that were linked to it, and the
    Anthology's that their DOIs hold.
    """
    ids = (*record.ids, *linked_ids(record))
    held = (acl_from_doi(id.value) for id in ids if id.scheme is Scheme.DOI)
    return frozenset((*ids, *filter(None, held)))


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
    return replace(new, **{field: getattr(old, field) for field in lost}), tuple(lost)


def _lost(record: Record, source: str, field: str, path: str) -> Problem:
    message = f"{_title(source)} no longer says {field.replace('_', '-')}; what it said before is kept"
    return Problem("S02", Severity.NOTE, message, path, key=record.key, field=field)


def _strange(record: Record, claim: Claim, known: Work, path: str) -> Problem:
    said = f"{claim.id} is a different paper at {_title(claim.source)}: {_cited(claim.says)}"
    message = f"{said}, but the record is about {_cited(known)}"
    return Problem(
        "I03",
        Severity.ERROR,
        message,
        path,
        key=record.key,
        field="ids",
        hint="nothing was overwritten; check the id in the record",
    )


def _cited(work: Work) -> str:
    people = work.author[0].display + (" et al." if len(work.author) > 1 else "") if work.author else "nobody named"
    return f'"{work.title}" ({people})'


def _title(source: str) -> str:
    return SOURCES[source].TITLE if source in SOURCES else source


def _unanswered(
    record: Record, source: str, id: Identifier, reply: Reply, replies: Replies, path: str
) -> Iterable[Problem]:
    match reply:
        case NotFound() if source in INDEXES:
            return
        case NotFound() if isinstance(replies.get(("doi_org", id)), Elsewhere | NotFound) and source != "doi_org":
            return  # what doi.org says of it says more
        case NotFound():
            message = f"{id} is not known at {_title(source)}"
            yield Problem(
                "S01", Severity.ERROR, message, path, key=record.key, field="ids", hint="check the id in the record"
            )
        case Unreadable():
            message = f"{id} not refreshed: the answer of {_title(source)} cannot be read: {reply.reason}"
            yield Problem("S03", Severity.WARNING, message, path, key=record.key)
        case Elsewhere() if isinstance(replies.get((AGENCIES.get(reply.agency, ""), id)), NotFound):
            message = f"{id} is not known at {reply.agency}, where doi.org says it is kept"
            yield Problem(
                "S01", Severity.ERROR, message, path, key=record.key, field="ids", hint="check the id in the record"
            )
        case Elsewhere() if reply.agency not in AGENCIES:
            message = f"{id} is kept by {reply.agency}, which fedbib does not ask"
            yield Problem("S01", Severity.NOTE, message, path, key=record.key, hint="write what you know under [pin]")
