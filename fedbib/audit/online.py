"""What registries say of entries: whom to ask about what is not settled by what is held, and what the answers mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fedbib.audit.entries import Entry
from fedbib.audit.held import Held
from fedbib.audit.series import Series
from fedbib.audit.verdict import Audited, Verdict
from fedbib.ids.same import same
from fedbib.match.works import Verdict as Likeness
from fedbib.match.works import compare
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from fedbib.net.messages import Failure
from fedbib.sources import SOURCES
from fedbib.sources.base import NotFound, Role, Unreadable
from fedbib.sync.ask import Questions, Replies, resolve, resolved
from fedbib.sync.publications import Hits


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back."""

    held: Mapping[int, Sequence[Held]] = field(default_factory=dict)
    """What is known now for the entry of each place."""
    unknown: Mapping[int, Sequence[Identifier]] = field(default_factory=dict)
    """Its identifiers that the resolver of their kind does not know."""
    asked: tuple[str, ...] = ()
    out: tuple[str, ...] = ()
    """Sources that did not answer, each with its reason."""


def ask(
    entries: Sequence[Entry],
    audited: Sequence[Audited],
    resolving: Callable[[Questions], Replies],
    search: Callable[[Mapping[str, Work]], Hits],
    names: Series,
    off: Iterable[str] = (),
) -> Answers:
    """Ask about the identifiers that nothing held has, and about the titles of what is not determined.

    `names` tells series of venues. One question per identifier, in batches; one per title and source.
    """
    wanted = {place: _open_ids(each) for place, each in enumerate(audited)}
    ids = list(dict.fromkeys(id for found in wanted.values() for id in found))
    replies = _settled(ids, resolving, off) if ids else {}
    open_ = {
        str(place): entries[place].work
        for place, each in enumerate(audited)
        if each.verdict is Verdict.UNDETERMINED and each.work.title and each.work.author
    }
    hits = search(open_) if open_ else {}
    held: dict[int, list[Held]] = {}
    unknown: dict[int, list[Identifier]] = {}
    for place, those in wanted.items():
        for id in those:
            claims = [reply for (_, asked), reply in replies.items() if asked == id and isinstance(reply, Claim)]
            held.setdefault(place, []).extend(_held(claim.says, claim.source, names) for claim in claims)
            if not claims and _is_unknown(replies, id):
                unknown.setdefault(place, []).append(id)
    for key, by_source in hits.items():
        for source, works in by_source.items():
            if not isinstance(works, Failure):
                # What a search found may confirm; reviews and comments have the title of another's work.
                alike = [work for work in works if compare(open_[key], work).verdict is Likeness.SAME]
                held.setdefault(int(key), []).extend(_held(work, source, names) for work in alike)
    asked = {source for source, _ in replies} | {source for by_source in hits.values() for source in by_source}
    return Answers(held, unknown, tuple(sorted(asked)), _out(replies, hits))


def _settled(ids: Sequence[Identifier], resolving: Callable[[Questions], Replies], off: Iterable[str]) -> Replies:
    """The replies, those of resolvers to every identifier: asked of several of one prefix they speak of one."""
    replies = dict(resolve(ids, resolving, off))
    left = _unsaid(replies)
    while left:
        replies |= resolve(left, resolving, off)
        before, left = left, _unsaid(replies)
        if len(left) >= len(before):
            break
    return replies


def _unsaid(replies: Replies) -> list[Identifier]:
    """The identifiers of which a resolver could not say whether they exist."""
    resolvers = {name for name, source in SOURCES.items() if source.role is Role.RESOLVER}
    return [id for (name, id), reply in replies.items() if name in resolvers and isinstance(reply, Unreadable)]


def _is_unknown(replies: Replies, id: Identifier) -> bool:
    """Whether who keeps the identifiers of its kind answered and does not know it."""
    if id.scheme is Scheme.DOI:
        return isinstance(resolved(replies, id), NotFound)
    registries = {
        name for name, source in SOURCES.items() if source.role is Role.REGISTRY and id.scheme in source.schemes
    }
    return any(isinstance(replies.get((name, id)), NotFound) for name in registries)


def _open_ids(each: Audited) -> list[Identifier]:
    """The identifiers of an entry that what is held does not have."""
    known = same(each.held.work.ids) if each.held else frozenset()
    return [id for id in each.work.ids if not same([id]) & known]


def _held(work: Work, source: str, names: Series) -> Held:
    where = work.container_title or work.container_title_short
    return Held(work, "" if work.is_preprint or not where else names.of_volume(where), source)


def _out(replies: Replies, hits: Hits) -> tuple[str, ...]:
    """Per source and reason one line."""
    failed = [(source, reply) for (source, _), reply in replies.items() if isinstance(reply, Failure)]
    failed += [(name, works) for found in hits.values() for name, works in found.items() if isinstance(works, Failure)]
    return tuple(sorted({f"{source} ({reply.reason})" for source, reply in failed}))
