"""The titles of one volume, by their words: what an entry may mean whose title is a little off.

Words that many works have lead nowhere in a whole index; within one volume they do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from fedbib.match.titles import Title

_LEAST = 0.5
"""Share of the words of two titles that are the same."""
_FOUND = 5
SHORT = 3
"""Words of titles in which one wrong letter leaves too few words that are the same."""
SLIP = 0.85
"""Share of the letters of two such titles that are the same."""


class Contents:
    """The works of a volume, each by its number and title."""

    def __init__(self, works: Iterable[tuple[int, str]]) -> None:
        self._by_word: dict[str, list[int]] = {}
        self._sizes: dict[int, int] = {}
        self._short: dict[str, int] = {}
        for number, title in works:
            found = Title.of(title)
            words = set(found.words)
            if len(words) <= SHORT:
                self._short.setdefault(found.text, number)
            self._sizes[number] = len(words)
            for word in words:
                self._by_word.setdefault(word, []).append(number)

    def like(self, title: Title) -> list[int]:
        """The numbers of the works that share most words with a title, the likest first."""
        words = set(title.words)
        shared = Counter(number for word in words for number in self._by_word.get(word, ()))
        scores = {number: 2 * many / (len(words) + self._sizes[number]) for number, many in shared.items()}
        best = sorted((-score, number) for number, score in scores.items() if score >= _LEAST)
        near = get_close_matches(title.text, self._short, _FOUND, SLIP) if len(words) <= SHORT else []
        return list(dict.fromkeys([*(number for _, number in best[:_FOUND]), *(self._short[text] for text in near)]))


def is_slip(one: Title, other: Title) -> bool:
    """Whether two short titles differ in a letter or two."""
    if max(len(one.words), len(other.words)) > SHORT or abs(len(one.text) - len(other.text)) > SHORT:
        return False
    return SequenceMatcher(None, one.text, other.text, autojunk=False).ratio() >= SLIP
