"""What differs between two states of a record's claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fedbib.model.claim import Claim
from fedbib.records import fields


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one claim that is no longer what it was."""

    key: str
    source: str
    field: str
    old: str
    new: str


def changes(key: str, old: Sequence[Claim], new: Sequence[Claim]) -> Iterable[Change]:
    """What differs between two states of a record's claims, field by field."""
    before, after = ({claim.slot: fields.dump(claim.says) for claim in claims} for claims in (old, new))
    for slot in dict.fromkeys([*before, *after]):
        was, now = before.get(slot, {}), after.get(slot, {})
        for field in dict.fromkeys([*was, *now]):
            if was.get(field) != now.get(field):
                yield Change(key, slot[0], field, fields.shown(was.get(field, "")), fields.shown(now.get(field, "")))
