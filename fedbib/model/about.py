"""What an output says of the collection; from its settings."""

from __future__ import annotations

from dataclasses import dataclass


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
