"""Citation keys: made once, when a record is made; never derived again."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from importlib.resources import files as resources
from itertools import count

from fedbib.model.name import named
from fedbib.model.work import Work
from fedbib.records.recordfile import is_key
from fedbib.text.ascii import folded
from fedbib.text.markup import plain
from fedbib.text.names import split

_SMALL_WORDS = frozenset(resources("fedbib").joinpath("data/small-words.txt").read_text("utf-8").split())


def make(work: Work, taken: Container[str]) -> str:
    """A key for a new record: family name, year, first real title word, and a letter `b`, `c`, ... on a clash.

    "che2023federated". `taken` holds keys and aliases in lower case. What is unknown is left out; a work of which
    nothing can be written in ASCII is "anonymous". A key that the work has already and that is made so stays.
    """
    base = _base(work)
    if re.fullmatch(rf"{base}(?:[b-z]\d*)?", work.key) and work.key not in taken:
        return work.key
    for number in range(_FEW):
        key = base + _suffix(number)
        if key not in taken:
            return key
    # Thousands of papers can share a year and a first word: numbers are given out in order, so halving finds the next.
    low, high = _FEW - 1, 2 * _FEW
    while base + _suffix(high) in taken:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if base + _suffix(middle) in taken else (low, middle)
    return base + _suffix(high)


def _base(work: Work) -> str:
    base = f"{family(work)}{work.year or ''}{title_word(work)}" or "anonymous"
    return base if is_key(base) else f"key{base}"


def family(work: Work) -> str:
    """The family name of the first author, in small ASCII letters; "" where there is none."""
    first = next(iter(named(work.author)), None)
    if first and first.unsplit:
        first = split(first.unsplit)
    return folded(first.family or first.literal)[:40] if first else ""


def title_word(work: Work) -> str:
    """The first word of the title that says something, in small ASCII letters."""
    words = [folded(word) for word in re.split(r"[\s\u2010-\u2015/:]+", plain(work.title))]
    return next((word for word in words if word and word not in _SMALL_WORDS), next(filter(None, words), ""))[:40]


def suffixes() -> Iterator[str]:
    """What keys of one base end in, in order, without end: "", "b", "c", ..."""
    return map(_suffix, count())


_FEW = 100
_SUFFIXES: tuple[str, ...] = ("", *"bcdefghijklmnopqrstuvwxyz")


def _suffix(number: int) -> str:
    if number < len(_SUFFIXES):
        return _SUFFIXES[number]
    return "z" + str(number)
