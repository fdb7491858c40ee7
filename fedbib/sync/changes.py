"""What differs between two states of a record's claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.work import Work
from fedbib.records import fields


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one claim that is no longer what it was."""

    key: str
    source: str
    field: str
    old: str
    new: str


_LISTED = (
    *("status", "type", "title", "author", "issued", "container_title_short", "container_title", "event_place"),
    *("publisher", "volume", "issue", "page", "DOI", "acl", "openreview", "pmlr", "dblp", "arxiv", "editor"),
)


@dataclass(frozen=True, slots=True)
class Settled:
    """A paper whose entry in the list is another now."""

    key: str
    work: Work
    """As it is now."""
    changes: tuple[Change, ...]
    """Field by field, of no source: what is settled."""

    @property
    def id(self) -> Identifier | None:
        """Where the paper is to be read."""
        return next(iter(self.work.ids), None)


def settled(key: str, old: Work, new: Work) -> Settled | None:
    """What differs between two states of an entry, or None."""
    was, now = (fields.dump(work.only(_LISTED)) for work in (old, new))
    found = tuple(
        Change(key, "", field, fields.shown(was.get(field, "")), fields.shown(now.get(field, "")))
        for field in dict.fromkeys([*was, *now])
        if was.get(field) != now.get(field)
    )
    return Settled(key, new, found) if found else None


def changes(key: str, old: Sequence[Claim], new: Sequence[Claim]) -> Iterable[Change]:
    """What differs between two states of a record's claims, field by field."""
    before, after = ({claim.slot: fields.dump(claim.says) for claim in claims} for claims in (old, new))
    for slot in dict.fromkeys([*before, *after]):
        was, now = before.get(slot, {}), after.get(slot, {})
        for field in dict.fromkeys([*was, *now]):
            if was.get(field) != now.get(field):
                yield Change(key, slot[0], field, fields.shown(was.get(field, "")), fields.shown(now.get(field, "")))
