"""What `fedbib export` may be asked for by one word (`data/export.toml`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fedbib.text.tables import read_table


@dataclass(frozen=True, slots=True)
class Profile:
    """What the users of a publisher's template or of a program need."""

    format: str = "bibtex"
    venues: str = "full"
    titles: str = "as-published"
    macros: bool = False
    without: frozenset[str] = frozenset()
    """Names of `FIELDS`."""


@cache
def profiles() -> Mapping[str, Profile]:
    """The profiles by name."""
    return {
        name: Profile(**(table | {"without": frozenset(table.get("without", ()))}))
        for name, table in _table()["profiles"].items()
    }


@cache
def fields() -> Mapping[str, tuple[str, ...]]:
    """What may be left out, by BibTeX's names, and the fields of a work that it is; () for what only formats know."""
    return {name: tuple(of_work) for name, of_work in _table()["fields"].items()}


def others(named: Collection[str]) -> frozenset[str]:
    """The names of all fields that are not among those named, nor are the same of a work as one of them.

    So `journal` keeps a `booktitle`; and of addresses all stay where `url` does.
    """
    kept = {field for name in named if name in fields() for field in fields()[name]}
    gone = {name for name, of_work in fields().items() if name not in named and not (of_work and kept >= set(of_work))}
    return frozenset(gone - {"url-with-doi"})


@cache
def _table() -> Mapping[str, Any]:
    return read_table("export")
