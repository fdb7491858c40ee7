"""The words of a format: what it calls the item types and the fields of a work (`data/formats.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fedbib.model.work import ItemType
from fedbib.text.tables import read_table


@dataclass(frozen=True, slots=True)
class Vocabulary:
    written: Mapping[ItemType, str]
    """The format's type for each item type."""
    fields: Mapping[str, Mapping[str, str]]
    """The field of `Work` behind each field that one of the format's types has, by that type, in order."""
    read: Mapping[str, ItemType]
    """The item type that each type of anybody's is read as."""
    said: Mapping[str, Mapping[str, tuple[str, ...]]]
    """The format's fields that may hold each field of `Work`, the first that says something counts; by type."""
    other: Mapping[str, tuple[str, ...]]
    """As in `said`, for the types that are not there."""


def vocabulary(name: str) -> Vocabulary:
    """The words of a format, or of `bib`, which is what both dialects of a .bib are read by."""
    table = _tables()[name]
    said = {
        kind: {field: tuple(names) for field, names in said.items()} for kind, said in table.get("said", {}).items()
    }
    everywhere, other = said.pop("all", {}), said.pop("other", {})
    return Vocabulary(
        written={ItemType(item): word for item, word in table.get("written", {}).items()},
        fields=table.get("fields", {}),
        read={word: ItemType(item) for item, words in table.get("read", {}).items() for word in words},
        said={kind: everywhere | names for kind, names in said.items()},
        other=everywhere | other,
    )


@cache
def _tables() -> Mapping[str, Any]:
    return read_table("formats")
