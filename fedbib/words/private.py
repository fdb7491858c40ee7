"""What people and reference managers keep in a bibliography for themselves: it stands in no record and no output."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from fedbib.text.tables import read_table

_PUBLIC = frozenset({"author", "editor", "title"})
"""Fields that hold no address."""


def is_private(name: str, text: str) -> bool:
    """Whether a field, or an address in one, is nobody else's business; `name` in lower case."""
    if _is_own(name):
        return True
    if name in _PUBLIC or not ("/" in text or "\\" in text):
        return False
    return _private().addresses.match(text.strip()) is not None


@lru_cache(maxsize=1024)
def _is_own(name: str) -> bool:
    private = _private()
    return name in private.names or private.patterns.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class _Private:
    names: frozenset[str]
    patterns: re.Pattern[str]
    addresses: re.Pattern[str]


@cache
def _private() -> _Private:
    data = read_table("private-fields")
    whole, start = ("|".join(f"(?:{one})" for one in data[name]) for name in ("patterns", "addresses"))
    return _Private(frozenset(data["names"]), re.compile(whole), re.compile(start, re.IGNORECASE))
