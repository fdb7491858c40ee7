"""What people took and declined, as a linear model over words and pairs of words (scikit-learn)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p
from typing import TYPE_CHECKING, Any

from fedbib.discover.words import Words
from fedbib.errors import FedbibError, MissingExtra

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_WORD = r"(?u)\b\w\w+\b"
_MANY = 100
"""From so many examples on a word that only one of them has says nothing."""
_FOLDS = 5
_FEWEST = 5
"""So many papers must have been taken, and as many declined, with their abstracts, before a line is drawn."""
_MISSED = 0.05
"""The share of papers taken that the line may lose."""
_ROOM = 0.5
"""How far below that share the line lies: a new paper is less like the known ones than they are like each other."""
_WEIGHT = {"title": 0.5, "answer": 2.0, "background": 0.02}
"""What an example counts: a taken title alone, a paper that was answered, one that nobody has looked at."""
_SHARE = 0.5
"""What the title alone of a paper with an abstract counts beside it, so that titles are compared with titles."""
_CITING = 1.0
"""Least weight of (the logarithm of) the citations: of most examples they are not known."""
_TOLD = 3
"""Learnt words that are told of a paper."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is learnt from and judged."""

    title: str
    abstract: str = ""
    cites: int = 0
    """How many papers of the collection it cites, as far as that is known."""


class Learnt:
    """A model of what people take; made anew from all examples each time."""

    line: float | None = None
    """From which score on papers are shown; None until enough was answered."""

    def __init__(
        self, taken: Sequence[Text], declined: Sequence[Text], background: Sequence[Text], words: Words
    ) -> None:
        """`background` is what was listed and nobody looked at; most of it is off the subject.

        Raises MissingExtra without scikit-learn, FedbibError where there is nothing to learn from.
        """
        if not any(map(_speaks, taken)) or not any(map(_speaks, (*declined, *background))):
            raise FedbibError(
                "there is nothing to learn from: the collection has no papers, or there are none to compare them with"
            )
        self._words = words
        vectorizer = _sklearn("feature_extraction.text").TfidfVectorizer
        examples = _examples(taken, declined, background)
        rows = [text for text, _, _ in examples]
        rare = 2 if len(rows) >= _MANY else 1
        self._titles, self._texts = (
            vectorizer(sublinear_tf=True, min_df=rare, ngram_range=(1, 2), token_pattern=_WORD) for _ in range(2)
        )
        self._titles.fit([row.title for row in rows])
        self._texts.fit([f"{row.title} . {row.abstract}" for row in rows])
        matrix = self._matrix(rows)
        answers = [answer for _, answer, _ in examples]
        weights = [weight for _, _, weight in examples]
        self._model = _fitted(matrix, answers, weights)
        self._citing = max(_CITING, float(self._model.coef_[0][-1]))
        if min(sum(bool(text.abstract) for text in texts) for texts in (taken, declined)) >= _FEWEST:
            self.line = self._drawn(matrix, examples)

    def scores(self, texts: Sequence[Text]) -> list[float]:
        """How likely each is to be taken: the logarithm of the odds, higher is better."""
        if not texts:
            return []
        plain = [Text(text.title, text.abstract) for text in texts]
        found = self._model.decision_function(self._matrix(plain))
        return [float(score) + self._citing * log1p(text.cites) for score, text in zip(found, texts, strict=True)]

    def reasons(self, texts: Sequence[Text]) -> list[tuple[str, ...]]:
        """Of each the words that speak most for it, as learnt; at most three."""
        if not texts:
            return []
        weights = self._model.coef_[0]
        names = [*self._titles.get_feature_names_out(), *self._texts.get_feature_names_out()]
        matrix = self._matrix(texts)
        told = []
        for row in range(len(texts)):
            span = slice(matrix.indptr[row], matrix.indptr[row + 1])
            places = [place for place in matrix.indices[span] if place < len(names)]
            worth = {str(names[place]): float(weights[place]) for place in places if weights[place] > 0}
            told.append(_apart(sorted(worth, key=lambda name: (-worth[name], name))))
        return told

    def _matrix(self, texts: Sequence[Text]) -> csr_matrix:
        """A row per text: words of the title, words of all of it, the settings' words counted, citations."""
        from scipy import sparse

        counted = sparse.csr_matrix([self._counted(text) for text in texts])
        return sparse.hstack(
            [
                self._titles.transform([text.title for text in texts]),
                self._texts.transform([f"{text.title} . {text.abstract}" for text in texts]),
                counted,
            ],
            format="csr",
        )

    def _counted(self, text: Text) -> list[float]:
        whole = text.abstract or text.title
        words = self._words
        title = len(words.any.found(text.title))
        must = bool(words.must) and all(phrases.count(text.title) for phrases in words.must)
        return [
            min(title, 3) / 3,
            float(bool(title)),
            float(must),
            float(must and bool(title)),
            min(len(words.any.found(whole)), 6) / 6,
            min(words.any.count(whole), 8) / 8,
            min(sum(phrases.count(whole) for phrases in words.must), 6) / 6,
            log1p(text.cites),
        ]

    def _drawn(self, matrix: csr_matrix, examples: Sequence[tuple[Text, int, float]]) -> float:
        """The score above which nearly all papers taken would lie, had each been judged without having been seen."""
        answers = [answer for _, answer, _ in examples]
        weights = [weight for _, _, weight in examples]
        folds = _folds(examples)
        held: list[float] = []
        for fold in range(_FOLDS):
            kept = [place for place, (text, _, _) in enumerate(examples) if folds.get(text.title) != fold]
            model = _fitted(matrix[kept], [answers[place] for place in kept], [weights[place] for place in kept])
            left = [
                place
                for place, (text, answer, _) in enumerate(examples)
                if answer and text.abstract and folds.get(text.title) == fold
            ]
            if left:
                held += [float(score) for score in model.decision_function(matrix[left])]
        held.sort()
        return held[max(0, int(_MISSED * (len(held) + 1)) - 1)] - _ROOM


def _speaks(text: Text) -> bool:
    """Whether there is a word to learn from."""
    return re.search(_WORD, text.title) is not None


def _apart(names: Sequence[str]) -> tuple[str, ...]:
    """The first few that have no word in common."""
    told: list[str] = []
    for name in names:
        if len(name) > 2 and not any(set(name.split()) & set(other.split()) for other in told):
            told.append(name)
        if len(told) == _TOLD:
            break
    return tuple(told)


def _folds(examples: Sequence[tuple[Text, int, float]]) -> dict[str, int]:
    """By title which part of the answered papers each is of, in an order that says nothing."""
    found = {(text.abstract, text.title) for text, _, weight in examples if text.abstract and weight > 1}
    return {title: place % _FOLDS for place, (_, title) in enumerate(sorted(found))}


def _examples(
    taken: Sequence[Text], declined: Sequence[Text], background: Sequence[Text]
) -> list[tuple[Text, int, float]]:
    """Each text with its answer and what it counts; one with an abstract counts by its title alone, too."""
    found = []
    for texts, answer, known in ((taken, 1, "answer"), (declined, 0, "answer"), (background, 0, "background")):
        for text in texts:
            kind = "title" if answer and not text.abstract else known
            found.append((text, answer, _WEIGHT[kind]))
            if text.abstract:
                found.append((Text(text.title), answer, _WEIGHT[kind] * _SHARE))
    return found


def _fitted(matrix: csr_matrix, answers: Sequence[int], weights: Sequence[float]) -> Any:
    model = _sklearn("linear_model").LogisticRegression(C=3.0, solver="liblinear", max_iter=200)
    return model.fit(matrix, answers, sample_weight=weights)


def _sklearn(module: str) -> Any:
    """A module of scikit-learn, which comes with an extra."""
    from importlib import import_module

    try:
        return import_module(f"sklearn.{module}")
    except ModuleNotFoundError as error:
        message = "scikit-learn, which `discover` needs, is not installed"
        raise MissingExtra(message, extra="discover") from error
