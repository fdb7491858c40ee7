"""What was read from a bibliography, list or document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, overload

from fedbib.model.problem import Problem
from fedbib.model.work import Work


class Value(NamedTuple):
    """One value of an entry, as its file has it, decoded; a file has a dozen of an entry."""

    name: str
    """Name of the field in the format, in lower case."""
    text: str


class Told(Sequence[tuple[Value, ...]]):
    """The values of entries, read when they are asked for: what is read back needs none."""

    def __init__(self, read: Callable[[Any], Iterable[Value]], entries: Sequence[Any]) -> None:
        self._read, self._entries = read, entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> tuple[Value, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> Told: ...
    def __getitem__(self, place: int | slice) -> tuple[Value, ...] | Told:
        if isinstance(place, slice):
            return Told(self._read, self._entries[place])
        return tuple(self._read(self._entries[place]))


@dataclass(frozen=True, slots=True)
class Doubt:
    """An entry that looks like a paper but is incomplete."""

    work: Work
    """The data it has; the title may be a nickname."""
    line: int
    reason: str
    """What is missing or contradictory: "has no identifier, venue or authors"."""
    is_another: bool = False
    """Whether its identifiers are another work's in the same text, so that they do not tell what it is."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A line, or the first of some, that is no paper."""

    line: int
    reason: str
    """What it is instead: "leads to another place of the list"."""
    text: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A reference that stands in a document as text."""

    work: Work
    """What was read of it."""
    text: str
    """All of it, as it stands there."""
    is_whole: bool
    """Whether every part of it was read; else what looks like a fault may be one of the reader."""
    page: int = 0
    """Where it begins, counted from 1; 0 in a document without pages."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a document refers to: by keys in bibliographies that it names, or in a list of its own."""

    bibliographies: tuple[str, ...] = ()
    """Names of files, as the document has them."""
    cited: tuple[str, ...] = ()
    """Keys, in order, each once."""
    references: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The content of a text: works in order, the 1-based line of each, and what was not read."""

    works: tuple[Work, ...]
    lines: tuple[int, ...]
    """As many as `works`."""
    problems: tuple[Problem, ...] = ()
    """Entries skipped or read in part, with line and reason; `path` is left empty."""
    doubts: tuple[Doubt, ...] = ()
    """Entries that may be papers, for a person to decide."""
    passed: tuple[Passed, ...] = ()
    """Lines without a paper: contents, tools, explanations."""
    values: Sequence[tuple[Value, ...]] = ()
    """The fields of each entry as written, as many as `works`; empty for a format without fields."""
    format: str = ""
    """Name of the format that it was read in."""
