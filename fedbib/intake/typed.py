"""Papers named by identifiers become records: which are here already, which are new, what stands against the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fedbib.errors import BadIdentifier
from fedbib.ids.identify import identify
from fedbib.intake.known import Known
from fedbib.match.vetoes import Veto
from fedbib.match.works import Verdict
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.record import Record
from fedbib.records import citekeys
from fedbib.settle import settle
from fedbib.sources import SOURCES
from fedbib.sources.base import Elsewhere, NotFound, Unreadable
from fedbib.sync.ask import Questions, Replies, resolve, resolved
from fedbib.sync.refresh import refresh
from fedbib.words.rules import Rules


class Fate(StrEnum):
    ADDED = "added"
    HERE = "here already"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of one text that a person gave."""

    text: str
    fate: Fate
    record: Record | None = None
    """The new record, or the one that is here already."""
    reason: str = ""
    hint: str = ""


def add(
    texts: Sequence[str],
    known: Known,
    rules: Rules,
    ask: Callable[[Questions], Replies],
    *,
    off: Iterable[str] = (),
    anyway: bool = False,
) -> list[Addition]:
    """What becomes of each text, in order; `known` learns the new records on the way.

    A paper is added only when a source answered about it. With `anyway`, one that looks like a paper that is here is
    added too.
    """
    ids: dict[str, Identifier] = {}
    refused: dict[str, Addition] = {}
    for text in texts:
        try:
            ids[text] = identify(text)
        except BadIdentifier as error:
            refused[text] = Addition(text, Fate.REFUSED, reason=error.message, hint=error.hint)
    off = (*off, *rules.indexes)
    new = [id for id in dict.fromkeys(ids.values()) if not known.by_id([id])]
    replies = dict(resolve(new, ask, off)) if new else {}
    found = {id: _ids(id, replies) for id in new}
    further = [id for others in found.values() for id in others if id not in new and not known.by_id([id])]
    if further:
        replies |= resolve(list(dict.fromkeys(further)), ask, off)
    additions = []
    for text in texts:
        addition = refused.get(text) or _addition(text, ids[text], replies, known, rules, anyway=anyway)
        additions.append(addition)
        if addition.fate is Fate.ADDED and addition.record:
            known.add(addition.record)
    return additions


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
        return Addition(text, Fate.REFUSED, reason=_silence(id, replies), hint="nothing was added; try again later")
    here = known.by_id(ids)
    if here:
        hint = f'to join them, add `{id.scheme} = "{id.value}"` to the ids of {here[0].key}'
        return Addition(text, Fate.HERE, here[0], "another of its identifiers is", hint)
    work = settle(record, rules)
    twin = known.by_title(work)
    if twin and not anyway and twin.veto in (None, Veto.IDS, Veto.PLACE):
        other = twin.record
        hint = f'to join them, add `{id.scheme} = "{id.value}"` to the ids of {other.key}'
        if twin.verdict is Verdict.SAME and not twin.veto:
            return Addition(text, Fate.HERE, other, "same title and authors", hint)
        return Addition(
            text,
            Fate.REFUSED,
            reason=f"may be {other.key}, which has the same title, or nearly",
            hint=hint + "; else use --anyway",
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
                reasons.append(f"{title} says it is kept by {reply.agency}")
            case Claim():
                continue
            case _:
                reasons.append(f"{title} did not answer: {reply.reason}")
    return "; ".join(reasons) or f"no source can be asked about {id}"
