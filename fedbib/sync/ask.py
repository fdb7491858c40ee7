"""Whom to ask about what, and how one answer leads to the next question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from fedbib.ids.same import anthology
from fedbib.match.candidates import leads
from fedbib.match.linking import linked_ids
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.record import Record
from fedbib.net.messages import Failure
from fedbib.sources import SOURCES
from fedbib.sources.asking import Reply
from fedbib.sources.base import Elsewhere, NotFound, Role, Unreadable
from fedbib.sync.events import Offline, Silent

Replies = Mapping[tuple[str, Identifier], Reply]
Questions = Mapping[str, Sequence[Identifier]]


def asked(record: Record) -> frozenset[Identifier]:
    """The identifiers sources are asked about for a record: its own and what they are short for, those that were
    linked to it, and the Anthology's that their DOIs hold.
    """
    ids = (*record.ids, *record.longer, *linked_ids(record))
    return frozenset((*ids, *filter(None, map(anthology, ids))))


def led(record: Record) -> frozenset[Identifier]:
    """The identifiers that a record's claims name and that are not known to be its paper's."""
    return frozenset(id for id, _ in leads(record)) - asked(record)


def questions(ids: Iterable[Identifier], off: Iterable[str] = ()) -> dict[str, list[Identifier]]:
    """Per source, which identifiers to ask it for in the first round, each once, in order: registries about what they
    keep, indexes about everything.
    """
    off = frozenset(off)
    jobs: dict[str, dict[Identifier, None]] = {
        name: {} for name, source in SOURCES.items() if source.first and name not in off
    }
    for id in ids:
        for known in () if id.is_short else (id, anthology(id)):
            for name, wanted in jobs.items():
                source = SOURCES[name]
                if known and known.scheme in source.schemes and (source.owns(known) or source.role is Role.INDEX):
                    wanted[known] = None
    return {name: list(wanted) for name, wanted in jobs.items() if wanted}


def indexed(ids: Iterable[Identifier], indexes: Iterable[str]) -> frozenset[tuple[str, Identifier]]:
    """Which index to ask by which of a paper's identifiers: once, by the first of its schemes that the paper has."""
    ordered = sorted((id for id in ids if not id.is_short), key=str)
    best = {
        name: next((id for scheme in SOURCES[name].schemes for id in ordered if id.scheme is scheme), None)
        for name in indexes
    }
    return frozenset((name, id) for name, id in best.items() if id)


def pointing(ids: Iterable[Identifier], indexes: Iterable[str]) -> frozenset[tuple[str, Identifier]]:
    """Whom to ask which other identifiers a paper has: the indexes, and registries about ids that others keep."""
    ids = frozenset(id for id in ids if not id.is_short)
    others = {
        (name, id)
        for name, source in SOURCES.items()
        if source.first and source.role is Role.REGISTRY
        for id in ids
        if id.scheme in source.schemes and not source.owns(id)
    }
    return indexed(ids, indexes) | others


def bare(replies: Replies) -> Replies:
    """The replies without abstracts, for a collection that shows none."""
    return {slot: _bare(reply) if isinstance(reply, Claim) else reply for slot, reply in replies.items()}


def _bare(claim: Claim) -> Claim:
    return replace(claim, hints=replace(claim.hints, abstract="")) if claim.hints.abstract else claim


def homeless(replies: Replies) -> list[Identifier]:
    """What the agency that is asked first does not have: who keeps it is to be looked up."""
    asked = {name for name, source in SOURCES.items() if source.first and source.agency}
    return [id for (source, id), reply in replies.items() if source in asked and isinstance(reply, NotFound)]


def lengthened(ids: Iterable[Identifier], ask: Callable[[Questions], Replies], off: Iterable[str] = ()) -> Replies:
    """What a resolver says of the short DOIs among the identifiers: a claim with the DOI each stands for, or why none.

    No registry knows short ones.
    """
    jobs = shortened(ids, off)
    return ask(jobs) if jobs else {}


def shortened(ids: Iterable[Identifier], off: Iterable[str] = ()) -> dict[str, list[Identifier]]:
    """Per resolver the short DOIs among the identifiers."""
    off, short = frozenset(off), [id for id in dict.fromkeys(ids) if id.is_short]
    names = [name for name, source in SOURCES.items() if source.role is Role.RESOLVER and name not in off]
    return dict.fromkeys(names, short) if short else {}


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


def denied(replies: Replies, off: Iterable[str] = ()) -> list[tuple[str, Identifier]]:
    """What a list of answers lacked and doi.org says is kept there: to be asked about by itself."""
    off, homes = frozenset(off), agencies()
    kept = [
        (homes[reply.agency], id)
        for (_, id), reply in replies.items()
        if isinstance(reply, Elsewhere) and reply.agency in homes
    ]
    return [
        slot
        for slot in kept
        if SOURCES[slot[0]].first and isinstance(replies.get(slot), NotFound) and slot[0] not in off
    ]


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
            for home, id in denied(replies, off):
                replies |= ask({home: [id]})
    return replies


def owing(replies: Replies, id: Identifier) -> str:
    """The source that keeps an identifier according to a resolver and has not told of it, or ""."""
    said = resolved(replies, id)
    home = agencies().get(said.agency, "") if isinstance(said, Elsewhere) else ""
    return "" if isinstance(replies.get((home, id)), Claim) else home


def silence(
    replies: Mapping[tuple[str, Identifier], object], searched: Iterable[tuple[str, object]] = ()
) -> tuple[Silent | Offline, ...]:
    """Per source and reason what kept it from answering or from answering in full, or that there is no network.

    `searched` has what each source said to each search.
    """
    said = [*((source, reply) for (source, _), reply in replies.items()), *searched]
    failed = [(source, reply) for source, reply in said if isinstance(reply, Failure)]
    if failed and len(failed) == len(said) and all(reply.offline for _, reply in failed):
        return (Offline(len({id for _, id in replies})),)
    counts = Counter((source, reply.reason, False) for source, reply in failed)
    counts += Counter((source, reply.reason, True) for source, reply in said if isinstance(reply, Unreadable))
    return tuple(Silent(source, reason, count, partly) for (source, reason, partly), count in counts.items())
