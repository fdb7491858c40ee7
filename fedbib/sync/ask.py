"""Whom to ask about what, and how one answer leads to the next question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from fedbib.ids.same import anthology
from fedbib.match.linking import linked_ids
from fedbib.model.identifier import Identifier
from fedbib.model.record import Record
from fedbib.net.messages import Failure
from fedbib.sources import SOURCES
from fedbib.sources.asking import Reply
from fedbib.sources.base import Elsewhere, NotFound, Role
from fedbib.sync.events import Offline, Silent

Replies = Mapping[tuple[str, Identifier], Reply]
Questions = Mapping[str, Sequence[Identifier]]


def asked(record: Record) -> frozenset[Identifier]:
    """The identifiers sources are asked about for a record: its own, those that were linked to it, and the
    Anthology's that their DOIs hold.
    """
    ids = (*record.ids, *linked_ids(record))
    return frozenset((*ids, *filter(None, map(anthology, ids))))


def questions(ids: Iterable[Identifier], off: Iterable[str] = ()) -> dict[str, list[Identifier]]:
    """Per source, which identifiers to ask it for in the first round, each once, in order."""
    off = frozenset(off)
    jobs: dict[str, dict[Identifier, None]] = {
        name: {} for name, source in SOURCES.items() if source.first and name not in off
    }
    for id in ids:
        for known in (id, anthology(id)):
            for name, wanted in jobs.items():
                if known and known.scheme in SOURCES[name].schemes:
                    wanted[known] = None
    return {name: list(wanted) for name, wanted in jobs.items() if wanted}


def homeless(replies: Replies) -> list[Identifier]:
    """What the agency that is asked first does not have: who keeps it is to be looked up."""
    asked = {name for name, source in SOURCES.items() if source.first and source.agency}
    return [id for (source, id), reply in replies.items() if source in asked and isinstance(reply, NotFound)]


def agencies() -> Mapping[str, str]:
    """The source that keeps the identifiers of an agency, by the name that a resolver gives it."""
    return {source.agency: name for name, source in SOURCES.items() if source.agency}


def moved(replies: Replies, off: Iterable[str] = ()) -> dict[str, list[Identifier]]:
    """Per source, the identifiers that a resolver says it keeps and that it was not asked about."""
    off, homes = frozenset(off), agencies()
    jobs: dict[str, list[Identifier]] = {}
    for (_, id), reply in replies.items():
        if isinstance(reply, Elsewhere):
            home = homes.get(reply.agency)
            if home and not SOURCES[home].first and home not in off:
                jobs.setdefault(home, []).append(id)
    return jobs


def resolved(replies: Replies, id: Identifier) -> Elsewhere | NotFound | None:
    """What a resolver says of an identifier that no agency was found to have."""
    said = (replies.get((name, id)) for name, source in SOURCES.items() if source.role is Role.RESOLVER)
    return next((reply for reply in said if isinstance(reply, Elsewhere | NotFound)), None)


def resolve(ids: Sequence[Identifier], ask: Callable[[Questions], Replies], off: Iterable[str] = ()) -> Replies:
    """What the sources say of the identifiers; a DOI that Crossref does not have is asked where doi.org says it is."""
    off = frozenset(off)
    replies = dict(ask(questions(ids, off)))
    lost = homeless(replies)
    for name, source in SOURCES.items():
        known = [id for id in lost if id.scheme in source.schemes]
        if known and source.role is Role.RESOLVER and name not in off:
            replies |= ask({name: known})
            replies |= ask(moved(replies, off))
    return replies


def silence(replies: Replies) -> tuple[Silent | Offline, ...]:
    """Per source and reason what kept it from answering, or that there is no network."""
    failed = [(source, reply) for (source, _), reply in replies.items() if isinstance(reply, Failure)]
    if failed and len(failed) == len(replies) and all(reply.offline for _, reply in failed):
        return (Offline(len({id for _, id in replies})),)
    counts = Counter((source, reply.reason) for source, reply in failed)
    return tuple(Silent(source, reason, count) for (source, reason), count in counts.items())
