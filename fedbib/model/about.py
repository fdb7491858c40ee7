"""The description of a collection in its outputs, from its settings."""

from __future__ import annotations

from dataclasses import dataclass

from fedbib.model.name import Name


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the README list."""

    title: str
    kind: str
    """`published` or `preprints`: by year; `topic`: the works with `topic`, which are then in no other section."""
    topic: str = ""
    text: str = ""
    """A sentence under the heading."""


@dataclass(frozen=True, slots=True)
class Published:
    """How a collection is published; a value that is not in the settings is empty."""

    address: str = ""
    """The address of the page's folder, ending in "/"."""
    authors: tuple[Name, ...] = ()
    """The authors to cite for the collection."""
    licence: str = ""
    """An SPDX identifier (https://spdx.org/licenses/)."""
    doi: str = ""
    repository: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """The description of a collection in its outputs, from its settings."""

    name: str = "bibliography"
    """Base name of the output files."""
    title: str = "Bibliography"
    description: str = ""
    sections: tuple[Section, ...] = ()
    """For the README list."""
    published: Published = Published()
    abstracts: bool = False
    """Whether free abstracts are kept and shown."""
