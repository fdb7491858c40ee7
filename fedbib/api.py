"""The public functions of fedbib, for use from Python."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fedbib.collection import Collection
from fedbib.formats import FORMATS
from fedbib.model.about import About
from fedbib.model.problem import Problem
from fedbib.model.reading import Reading
from fedbib.model.work import Work


def works(folder: str | Path = ".") -> tuple[tuple[Work, ...], tuple[Problem, ...]]:
    """The settled works of the collection in or above `folder`, by key, and what is wrong with its records.

    Raises fedbib.errors.BadSettings when there is no collection.
    """
    return Collection.open(Path(folder)).works()


def render(format: str, works: Sequence[Work], about: About | None = None) -> str:
    """The works as text in a format: one of `fedbib.formats.FORMATS`."""
    return FORMATS[format].render(works, about or About())


def parse(format: str, text: str) -> Reading:
    """The works in a text of a format, the line of each, and what could not be read."""
    return FORMATS[format].parse(text)
