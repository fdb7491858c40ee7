"""Are these two the same work? Scores and a verdict; what to do about it is the caller's."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from fedbib.model.name import Name, named
from fedbib.model.work import Work
from fedbib.text.ascii import folded
from fedbib.text.markup import plain
from fedbib.text.names import split
from fedbib.text.regex import regex

_PUNCTUATION = regex(r"[^\w\s]|_")


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


@dataclass(frozen=True, slots=True)
class Face:
    """What of a work is compared, taken apart once."""

    title: str
    """Letters and digits, case folded."""
    words: frozenset[str]
    surnames: frozenset[str]
    author: tuple[Name, ...]

    @classmethod
    def of(cls, work: Work) -> Face:
        title, words = _taken(work.title)
        return cls(title, words, frozenset(map(surname, named(work.author))), work.author)

    def title_likeness(self, other: Face) -> float | None:
        """Share of the titles' words in common (Dice); 1 for the same letters alone, None where one is not known."""
        if not self.title or not other.title:
            return None
        if self.title == other.title:
            return 1.0
        return min(0.99, 2 * len(self.words & other.words) / (len(self.words) + len(other.words)))

    def author_likeness(self, other: Face) -> float | None:
        """Share of the shorter list that is in the other one; None where one is not known."""
        first, second = self.surnames, other.surnames
        if not first or not second:
            return None
        if first.isdisjoint(second):
            # Some files turn family and given name round.
            first, second = (_turned(face.author) for face in (self, other))
        return len(first & second) / min(len(first), len(second))

    def likeness(self, other: Face) -> Likeness:
        return Likeness(self.title_likeness(other), self.author_likeness(other))


def compare(one: Work, other: Work) -> Likeness:
    return Face.of(one).likeness(Face.of(other))


@lru_cache(maxsize=1 << 15)
def _taken(title: str) -> tuple[str, frozenset[str]]:
    """A title without blanks, and its words."""
    words = title_words(title).split()
    return "".join(words), frozenset(words)


@lru_cache(maxsize=1 << 13)
def _turned(author: tuple[Name, ...]) -> frozenset[str]:
    """The names of people, the words of each in an order that does not depend on which is the family name."""
    return frozenset(map(_whole, named(author)))


def _whole(name: Name) -> str:
    return " ".join(sorted(folded(word) or word.casefold() for word in name.display.split()))


_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@lru_cache(maxsize=1 << 14)
def surname(name: Name) -> str:
    """The last word of a name in ASCII letters: sources disagree on everything before it."""
    if name.unsplit[:2].isupper():  # "ZHANG Wei"
        name = split(name.unsplit)
    words = (name.family or name.literal or name.unsplit).split()
    if len(words) > 1 and folded(words[-1]) in _SUFFIXES:
        words.pop()
    return folded(words[-1]) or words[-1].casefold() if words else ""
