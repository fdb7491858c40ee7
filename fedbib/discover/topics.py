"""Which topics a new paper is likely to get: those that papers of the collection with its words have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from fedbib.match.works import title_words

_FEWEST, _SHARE = 3, 0.6
"""In so many titles a word has to stand, and of so many of them the topic has to be."""


class Topics:
    """Learnt from the titles and topics of a collection."""

    def __init__(self, papers: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self._seen: Counter[str] = Counter()
        self._with: dict[str, Counter[str]] = {}
        for title, topics in papers:
            for word in _words(title):
                self._seen[word] += 1
                self._with.setdefault(word, Counter()).update(topics)

    def of(self, title: str) -> tuple[str, ...]:
        """The topics that a paper with a title is likely to get, the most likely first."""
        best: dict[str, float] = {}
        for word in _words(title):
            if self._seen[word] >= _FEWEST:
                for topic, count in self._with[word].items():
                    if count >= _SHARE * self._seen[word]:
                        best[topic] = max(best.get(topic, 0.0), count / self._seen[word])
        return tuple(sorted(best, key=lambda topic: (-best[topic], topic)))


def _words(title: str) -> frozenset[str]:
    """The words of a title and their pairs."""
    words = title_words(title).split()
    return frozenset([*words, *(" ".join(pair) for pair in pairwise(words))])
