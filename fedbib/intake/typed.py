"""Papers named by identifiers become records: which are here already, which are new, what stands against the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fedbib.intake.known import Known
from fedbib.intake.pasted import Wanted, candidates, wanted
from fedbib.match.vetoes import Veto
from fedbib.match.works import Verdict
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.net.messages import Failure
from fedbib.records import citekeys
from fedbib.settle import settle
from fedbib.sources import SOURCES
from fedbib.sources.base import Elsewhere, NotFound, Unreadable
from fedbib.sync.ask import Questions, Replies, bare, lengthened, resolve, resolved
from fedbib.sync.publications import Hits
from fedbib.sync.refresh import refresh
from fedbib.words.rules import Rules


class Fate(StrEnum):
    ADDED = "added"
    HERE = "here already"
    REFUSED = "refused"
    OPEN = "open"
    """Works were found by its title; a person must say which is meant."""
    UNREACHED = "unreached"
    """There was no network to ask on."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of one text that a person gave."""

    text: str
    fate: Fate
    record: Record | None = None
    """The new record, or the one that is here already."""
    reason: str = ""
    hint: str = ""
    candidates: tuple[Work, ...] = ()
    """Where it is open, each with an identifier, the likest first."""


Search = Callable[[Mapping[str, Work]], Hits]
"""Searches titles, for works by a name of their own."""


def add(
    texts: Sequence[str],
    known: Known,
    rules: Rules,
    ask: Callable[[Questions], Replies],
    search: Search | None = None,
    *,
    off: Iterable[str] = (),
    anyway: bool = False,
    abstracts: bool = False,
) -> list[Addition]:
    """What becomes of each paper that the texts name, in order; `known` learns the new records on the way.

    A paper is added only when a source answered about it. With `anyway`, one that looks like a paper that is here is
    added too. What is named by its title alone is looked for with `search`, and never added by itself.
    """
    things = list(wanted(texts))
    off = (*off, *rules.indexes)
    unknown = [id for thing in things for id in thing.ids if not known.by_id([id])]
    longer = lengthened(unknown, ask, off)
    things = [replace(thing, ids=tuple(_long(id, longer) for id in thing.ids)) for thing in things]
    asked = dict.fromkeys(id for thing in things for id in thing.ids)
    new = [id for id in asked if not known.by_id([id])]
    replies = dict(longer) | dict(resolve(new, ask, off) if new else {})
    found = {id: _ids(id, replies) for id in new}
    further = [id for others in found.values() for id in others if id not in new and not known.by_id([id])]
    if further:
        replies |= resolve(list(dict.fromkeys(further)), ask, off)
    if not abstracts:
        replies = dict(bare(replies))
    titles = {str(place): thing.work for place, thing in enumerate(things) if not thing.ids and not thing.fault}
    hits = search(titles) if search and titles else {}
    additions = []
    for place, thing in enumerate(things):
        if thing.fault:
            addition = Addition(thing.text, Fate.REFUSED, reason=thing.fault.message, hint=thing.fault.hint)
        elif thing.ids:
            addition = _by_ids(thing, replies, known, rules, anyway=anyway)
        else:
            addition = _by_title(thing, hits.get(str(place), {}), known)
        additions.append(addition)
        if addition.fate is Fate.ADDED and addition.record:
            known.add(addition.record)
    return additions


def _long(id: Identifier, replies: Replies) -> Identifier:
    """The DOI that a short one stands for, where a resolver says so; any other as it is."""
    said = (reply.says.ids for (_, asked), reply in replies.items() if asked == id and isinstance(reply, Claim))
    return next((ids[0] for ids in said if ids), id)


def _by_ids(thing: Wanted, replies: Replies, known: Known, rules: Rules, *, anyway: bool) -> Addition:
    """What becomes of a paper by the first of its identifiers that leads anywhere."""
    here = known.by_id(thing.ids)
    if here:
        return Addition(thing.text, Fate.HERE, here[0])
    found = [_addition(thing.text, id, replies, known, rules, anyway=anyway) for id in thing.ids]
    return next((addition for addition in found if addition.fate is not Fate.REFUSED), found[0])


def _by_title(thing: Wanted, found: Mapping[str, Sequence[Work] | Failure], known: Known) -> Addition:
    """What becomes of a paper of which only the title is known."""
    twin = known.by_title(thing.work)
    if twin and twin.verdict is Verdict.SAME and not twin.veto:
        return Addition(thing.text, Fate.HERE, twin.record, "same title")
    failed = [reply for reply in found.values() if isinstance(reply, Failure)]
    if failed and len(failed) == len(found) and all(reply.offline for reply in failed):
        return Addition(thing.text, Fate.UNREACHED)
    works = candidates(thing.work, (work for said in found.values() if not isinstance(said, Failure) for work in said))
    if works:
        return Addition(thing.text, Fate.OPEN, candidates=works)
    silent = [SOURCES[name].title for name, reply in found.items() if isinstance(reply, Failure)]
    reason = (
        "none of the sources asked has a paper with this title" if found else "no source can be asked about a title"
    )
    reason += f" ({', '.join(silent)} did not answer)" if silent else ""
    return Addition(thing.text, Fate.REFUSED, reason=reason, hint="give its DOI, arXiv id or another identifier")


def _ids(id: Identifier, replies: Replies) -> tuple[Identifier, ...]:
    """The identifier and those that sources say are the same paper's, by `Scheme.place`."""
    claims = (reply for (_, asked), reply in replies.items() if asked == id and isinstance(reply, Claim))
    said = {known for claim in claims for known in claim.says.ids}
    return tuple(sorted({id, *said}, key=lambda known: known.scheme.place))


def _addition(text: str, id: Identifier, replies: Replies, known: Known, rules: Rules, *, anyway: bool) -> Addition:
    here = known.by_id([id])
    if here:
        return Addition(text, Fate.HERE, here[0])
    ids = _one_per_scheme(_ids(id, replies), id)
    refreshed = refresh(Record("new", ids=ids), replies, rules)
    record = refreshed.record
    if not any(claim.id == id for claim in record.claims):
        said = [reply for (_, asked), reply in replies.items() if asked == id]
        if said and all(isinstance(reply, Failure) and reply.offline for reply in said):
            return Addition(text, Fate.UNREACHED)
        return Addition(text, Fate.REFUSED, reason=_silence(id, replies), hint="nothing was added; try again later")
    here = known.by_id(ids)
    if here:
        hint = f'to record this one too, add `{id.scheme} = "{id.value}"` to the ids of {here[0].key}'
        return Addition(text, Fate.HERE, here[0], "under another of its identifiers", hint)
    work = settle(record, rules)
    twin = known.by_title(work)
    if twin and not anyway and twin.veto in (None, Veto.IDS, Veto.PLACE):
        other = twin.record
        adding = f'add `{id.scheme} = "{id.value}"` to the ids of {other.key}'
        if twin.verdict is Verdict.SAME and not twin.veto:
            return Addition(
                text, Fate.HERE, other, "same title and authors", f"to record this identifier too, {adding}"
            )
        return Addition(
            text,
            Fate.REFUSED,
            reason=f"may be {other.key}, which has (nearly) the same title",
            hint=f"if it is, {adding}; otherwise use --anyway",
        )
    return Addition(text, Fate.ADDED, replace(record, key=citekeys.make(work, known.keys)))


def _one_per_scheme(ids: Iterable[Identifier], asked: Identifier) -> tuple[Identifier, ...]:
    """At most one identifier of each scheme, as a record can hold; of two that sources name, none."""
    by_scheme: dict[Scheme, list[Identifier]] = {}
    for id in ids:
        by_scheme.setdefault(id.scheme, []).append(id)
    kept = (asked if asked in same else same[0] if len(same) == 1 else None for same in by_scheme.values())
    return tuple(id for id in kept if id)


def _silence(id: Identifier, replies: Replies) -> str:
    """Why no source said anything of an identifier."""
    reasons = []
    for (source, asked), reply in replies.items():
        if asked != id:
            continue
        title = SOURCES[source].title
        match reply:
            case NotFound() if SOURCES[source].agency and isinstance(resolved(replies, id), NotFound):
                continue
            case NotFound():
                reasons.append(f"{title} does not know {id}")
            case Unreadable():
                reasons.append(f"the answer of {title} cannot be read: {reply.reason}")
            case Elsewhere():
                reasons.append(f"according to {title}, it is registered at {reply.agency}")
            case Claim():
                continue
            case _:
                reasons.append(f"{title} did not answer: {reply.reason}")
    return "; ".join(reasons) or f"no source can be asked about {id}"
