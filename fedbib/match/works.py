"""Are these two the same work? Scores and a verdict; what to do about it is the caller's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from fedbib.model.name import Name, named
from fedbib.model.work import Work
from fedbib.text.ascii import folded
from fedbib.text.markup import plain
from fedbib.text.names import split

_PUNCTUATION = re.compile(r"[^\w\s]|_")


class Verdict(StrEnum):
    SAME = "same"
    UNSURE = "unsure"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two works are. Scores are 0 to 1; None where one side knows nothing."""

    title: float | None
    authors: float | None

    @property
    def verdict(self) -> Verdict:
        """`SAME` and `DIFFERENT` only when title and authors speak together.

        A retitled paper keeps its people, a namesake does not.
        """
        title, authors = self.title, self.authors
        if title is None and authors is None:
            return Verdict.UNSURE
        if title == 1.0 and (authors is None or authors >= 0.5):
            return Verdict.SAME
        if title is None or authors is None:
            score = title if authors is None else authors
            return Verdict.DIFFERENT if score is not None and score < 0.3 else Verdict.UNSURE
        if title >= 0.6 and authors >= 0.5:
            return Verdict.SAME
        if (title < 0.6 and authors < 0.5) or authors == 0.0:
            return Verdict.DIFFERENT
        return Verdict.UNSURE


@lru_cache(maxsize=1 << 15)
def title_words(title: str) -> str:
    """A title for comparison: no markup or punctuation, compatibility forms and case folded, single spaces."""
    text = unicodedata.normalize("NFKC", plain(title)).casefold()
    return " ".join(_PUNCTUATION.sub(" ", text).split())


def compare(one: Work, other: Work) -> Likeness:
    return Likeness(_titles(one.title, other.title), _people(one.author, other.author))


def _titles(one: str, other: str) -> float | None:
    (first, words), (second, others) = _taken(one), _taken(other)
    if not first or not second:
        return None
    if first == second:
        return 1.0
    return min(0.99, 2 * len(words & others) / (len(words) + len(others)))


@lru_cache(maxsize=1 << 15)
def _taken(title: str) -> tuple[str, frozenset[str]]:
    """A title without blanks, and its words."""
    words = title_words(title).split()
    return "".join(words), frozenset(words)


def _people(one: Sequence[Name], other: Sequence[Name]) -> float | None:
    first, second = _surnames(tuple(one)), _surnames(tuple(other))
    if not first or not second:
        return None
    if not first & second:
        # Some files turn family and given name round.
        first, second = (frozenset(map(_whole, named(names))) for names in (one, other))
    return len(first & second) / min(len(first), len(second))


@lru_cache(maxsize=1 << 15)
def _surnames(names: tuple[Name, ...]) -> frozenset[str]:
    return frozenset(map(surname, named(names)))


def _whole(name: Name) -> str:
    return " ".join(sorted(folded(word) or word.casefold() for word in name.display.split()))


def surname(name: Name) -> str:
    """The last word of a name in ASCII letters: sources disagree on everything before it."""
    if name.unsplit[:2].isupper():  # "ZHANG Wei"
        name = split(name.unsplit)
    words = (name.family or name.literal or name.unsplit).split()
    return folded(words[-1]) or words[-1].casefold() if words else ""
