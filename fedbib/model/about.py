"""What an output says of the collection; from its settings."""

from __future__ import annotations

from dataclasses import dataclass

from fedbib.model.name import Name


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
class Published:
    """Where and how a collection is published, as far as its settings tell; each is empty where they do not."""

    address: str = ""
    """Of the page's folder, ending in "/"."""
    authors: tuple[Name, ...] = ()
    """Whom to cite for the collection."""
    licence: str = ""
    """An SPDX identifier (https://spdx.org/licenses/)."""
    doi: str = ""
    repository: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What an output says of the collection; from its settings."""

    name: str = "bibliography"
    """Base name of the output files."""
    title: str = "Bibliography"
    description: str = ""
    sections: tuple[Section, ...] = ()
    """For the README list."""
    published: Published = Published()
    abstracts: bool = False
    """Whether abstracts that may be passed on are kept and shown."""
