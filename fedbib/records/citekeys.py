"""Citation keys: made once, when a record is made; never derived again."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass
from itertools import count

from fedbib.model.name import named
from fedbib.model.work import Work
from fedbib.records.filing import is_key
from fedbib.text.ascii import folded
from fedbib.text.markup import plain
from fedbib.text.names import split
from fedbib.text.tables import read_text

_SMALL_WORDS = frozenset(read_text("small-words.txt").split())


def make(work: Work, taken: Container[str]) -> str:
    """A key for a new record: family name, year, first real title word, and a letter `b`, `c`, ... on a clash.

    "che2023federated". `taken` holds keys and aliases in lower case. What is unknown is left out; a work of which
    nothing can be written in ASCII is "anonymous". A key that the work has already and that is made so stays.
    """
    base = _base(work)
    return work.key if _is_made(work.key, base) and work.key not in taken else _free(base, taken)[0]


class Keys:
    """Keys for the records of one file: none that is in use, and none that another of its entries has."""

    def __init__(self, used: Container[str], cited: Container[str]) -> None:
        """`used` grows with the records; `cited` are the keys of all entries. Both in lower case."""
        self._used, self._cited = used, cited
        self._full: dict[str, int] = {}
        """Of how many suffixes it is known that no entry can have them with a base."""

    def make(self, work: Work, names: Collection[str]) -> str:
        """As `make`; `names` are the entry's own keys, in lower case."""
        base, taken = _base(work), _Taken(self._used, self._cited, names)
        if _is_made(work.key, base) and work.key not in taken:
            return work.key
        if any(name.startswith(base) for name in names):
            return _free(base, taken)[0]
        key, self._full[base] = _free(base, taken, self._full.get(base, 0))
        return key


@dataclass(frozen=True, slots=True)
class _Taken:
    """The keys that the record of an entry may not have."""

    used: Container[str]
    cited: Container[str]
    own: Container[str]

    def __contains__(self, key: object) -> bool:
        return key in self.used or (key in self.cited and key not in self.own)


def _is_made(key: str, base: str) -> bool:
    return key.startswith(base) and _CLASHED.fullmatch(key, len(base)) is not None


def _free(base: str, taken: Container[str], full: int = 0) -> tuple[str, int]:
    """The first key that is free, and how many suffixes are not; the first `full` are known to be not."""
    for number in range(full, _FEW):
        if base + _SUFFIXES[number] not in taken:
            return base + _SUFFIXES[number], number
    # Thousands of papers can share a year and a first word: numbers are given out in order, so halving finds the next.
    low, high = _FEW - 1, 2 * _FEW
    while base + _suffix(high) in taken:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if base + _suffix(middle) in taken else (low, middle)
    return base + _suffix(high), _FEW


def _base(work: Work) -> str:
    base = f"{family(work)}{work.year or ''}{title_word(work)}" or "anonymous"
    return base if is_key(base) else f"key{base}"


def family(work: Work) -> str:
    """The family name of the first author, else editor, in small ASCII letters; "" where there is none."""
    first = next(iter(named(work.author) or named(work.editor)), None)
    if first and first.unsplit:
        first = split(first.unsplit)
    return folded(first.family or first.literal)[:40] if first else ""


def title_word(work: Work) -> str:
    """The first word of the title that says something, in small ASCII letters."""
    first = ""
    for part in re.split(r"[\s\u2010-\u2015/:]+", _MACRO.sub("", plain(work.title))):
        word = folded(part)
        if word and word not in _SMALL_WORDS:
            return word[:40]
        first = first or word
    return first[:40]


_MACRO = re.compile(r"\\[A-Za-z]+")


def suffixes() -> Iterator[str]:
    """What keys of one base end in, in order, without end: "", "b", "c", ..."""
    return map(_suffix, count())


_CLASHED = re.compile(r"(?:[b-z]\d*)?")
_FEW = 100


def _suffix(number: int) -> str:
    return _SUFFIXES[number] if number < _FEW else f"z{number}"


_LETTERS = ("", *"bcdefghijklmnopqrstuvwxyz")
_SUFFIXES = (*_LETTERS, *(f"z{number}" for number in range(len(_LETTERS), _FEW)))
