"""Are these two the same work? Scores and a verdict; what to do about it is the caller's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from fedbib.model.name import Name, named
from fedbib.model.work import Work
from fedbib.text.ascii import folded
from fedbib.text.markup import plain

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


def title_words(title: str) -> str:
    """A title for comparison: no markup or punctuation, compatibility forms and case folded, single spaces."""
    text = unicodedata.normalize("NFKC", plain(title)).casefold()
    return " ".join(_PUNCTUATION.sub(" ", text).split())


def compare(one: Work, other: Work) -> Likeness:
    return Likeness(_titles(one.title, other.title), _people(one.author, other.author))


def _titles(one: str, other: str) -> float | None:
    first, second = title_words(one), title_words(other)
    if not first or not second:
        return None
    if first.replace(" ", "") == second.replace(" ", ""):
        return 1.0
    words, others = set(first.split()), set(second.split())
    return min(0.99, 2 * len(words & others) / (len(words) + len(others)))


def _people(one: Sequence[Name], other: Sequence[Name]) -> float | None:
    one, other = named(one), named(other)
    first, second = {surname(name) for name in one}, {surname(name) for name in other}
    if not first or not second:
        return None
    if not first & second:
        # Some files turn family and given name round.
        first, second = {_whole(name) for name in one}, {_whole(name) for name in other}
    return len(first & second) / min(len(first), len(second))


def _whole(name: Name) -> str:
    return " ".join(sorted(folded(word) or word.casefold() for word in name.display.split()))


def surname(name: Name) -> str:
    """The last word of a name in ASCII letters: sources disagree on everything before it."""
    words = (name.family or name.literal or name.unsplit).split()
    return folded(words[-1]) or words[-1].casefold() if words else ""
