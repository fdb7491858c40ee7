"""Whom to ask about what, and how one answer leads to the next question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from fedbib.ids.identify import acl_from_doi
from fedbib.match.linking import linked_ids
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.record import Record
from fedbib.net.messages import Failure
from fedbib.sources import SOURCES
from fedbib.sources.asking import Reply
from fedbib.sources.base import Elsewhere, NotFound
from fedbib.sync.events import Offline, Silent

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


def asked(record: Record) -> frozenset[Identifier]:
    """The identifiers sources are asked about for a record: its own, those that were linked to it, and the
    Anthology's that their DOIs hold.
    """
    ids = (*record.ids, *linked_ids(record))
    held = (acl_from_doi(id.value) for id in ids if id.scheme is Scheme.DOI)
    return frozenset((*ids, *filter(None, held)))


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


def silence(replies: Replies) -> tuple[Silent | Offline, ...]:
    """Per source and reason what kept it from answering, or that there is no network."""
    failed = [(source, reply) for (source, _), reply in replies.items() if isinstance(reply, Failure)]
    if failed and len(failed) == len(replies) and all(reply.offline for _, reply in failed):
        return (Offline(len({id for _, id in replies})),)
    counts = Counter((source, reply.reason) for source, reply in failed)
    return tuple(Silent(source, reason, count) for (source, reason), count in counts.items())
