"""What every format is: a pair of pure functions, and the law that holds between them.

parse(render(works, about)).works == tuple(carry(work) for work in arrange(works, about))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from fedbib.model.problem import Problem
from fedbib.model.work import Work


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the README list."""

    title: str
    kind: str
    """`published` or `preprints`: by year; `topic`: the works with `topic`, which then stand nowhere else."""
    topic: str = ""
    text: str = ""
    """A sentence under the heading."""


@dataclass(frozen=True, slots=True)
class About:
    """What an output says of the collection; from its settings."""

    name: str = "bibliography"
    """Base name of the output files."""
    title: str = "Bibliography"
    description: str = ""
    sections: tuple[Section, ...] = ()
    """For the README list."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What looks like a paper but does not say enough to be sure of."""

    work: Work
    """What it says; the title may be a nickname."""
    line: int
    reason: str
    """What is missing or contradicts: "is named without an id, a venue or authors"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: works in order, the 1-based line each starts at, and all that was not read."""

    works: tuple[Work, ...]
    lines: tuple[int, ...]
    """As many as `works`."""
    problems: tuple[Problem, ...] = ()
    """Entries skipped or read in part, with line and reason; `path` is left empty."""
    doubts: tuple[Doubt, ...] = ()
    """What may be a paper, for a person to decide."""
    left_out: int = 0
    """How many lines were passed over because they are no papers: contents, tools, explanations."""


class Format(Protocol):
    """A module of `fedbib.formats`."""

    @property
    def CARRIES(self) -> frozenset[str]:
        """The fields of `Work` the format can hold."""

    def render(self, works: Sequence[Work], about: About) -> str:
        """The text, ending in a newline; the same works give the same text. Opens nothing."""

    def parse(self, text: str) -> Reading:
        """Read this format, ours or anybody's; never raises for what a text holds."""

    def arrange(self, works: Sequence[Work], about: About) -> Sequence[Work]:
        """The works in the order in which the text shows them."""

    def carry(self, work: Work) -> Work:
        """What the format keeps of a work."""
