"""What became of the papers of a collection between two states of it. Pure; `fedbib.changes.states` reads states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fedbib.model.work import Status, Work
from fedbib.records import fields


@dataclass(frozen=True, slots=True)
class Change:
    """A paper that both states have, and that is not the same in them."""

    before: Work
    now: Work

    @property
    def fields(self) -> tuple[str, ...]:
        """What differs, by its name in data: "container-title"; "key" of a paper that was renamed."""
        one, other = fields.everything(self.before), fields.everything(self.now)
        return tuple(name for name in (one | other) if one.get(name) != other.get(name))

    @property
    def is_published(self) -> bool:
        """Whether it was published between the two."""
        return self.now.status is Status.PUBLISHED is not self.before.status


@dataclass(frozen=True, slots=True)
class Changes:
    before: int
    """How many papers the first state has."""
    now: int
    added: tuple[Work, ...]
    published: tuple[Change, ...]
    changed: tuple[Change, ...]
    """Without those that were published."""
    removed: tuple[Work, ...]


def compare(before: Iterable[Work], now: Iterable[Work]) -> Changes:
    """The changes from one state to another, each by key. A paper with a new key is the one that its aliases name."""
    old = {work.key: work for work in before}
    new = {work.key: work for work in now}
    pairs = {key: key if key in old else _earlier(work, old, new) for key, work in new.items()}
    known = [Change(old[was], new[key]) for key, was in sorted(pairs.items()) if was]
    kept = {was for was in pairs.values() if was}
    differing = [change for change in known if change.before != change.now]
    return Changes(
        len(old),
        len(new),
        tuple(new[key] for key, was in sorted(pairs.items()) if not was),
        tuple(change for change in differing if change.is_published),
        tuple(change for change in differing if not change.is_published),
        tuple(old[key] for key in sorted(old.keys() - kept)),
    )


def _earlier(work: Work, old: dict[str, Work], new: dict[str, Work]) -> str:
    """The key that a work had before, or ""."""
    return next((alias for alias in work.aliases if alias in old and alias not in new), "")
