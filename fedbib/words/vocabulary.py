"""The words a collection allows for a facet, and the other spellings of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from fedbib.model.work import Work
from fedbib.text.regex import regex

FACETS = ("topics", "datasets", "models")
"""The facets a collection can define the words of."""

_BETWEEN = regex(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms with their aliases. Case, blanks, `-` and `_` do not count: "GPT2" is found as "GPT-2" without an alias."""

    by_spelling: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, str] = field(default_factory=dict)
    """Of a term the one that it stands under: what has the one has the other."""

    @classmethod
    def of(cls, table: Mapping[str, Sequence[str]], above: Mapping[str, str] = MappingProxyType({})) -> Vocabulary:
        """The vocabulary of a table `term = [aliases]`, and what some terms stand under.

        A spelling that two terms claim is a ValueError, as is a term under none that is known or under itself.
        """
        found: dict[str, str] = {}
        for term, aliases in table.items():
            for spelling in (term, *aliases):
                if found.setdefault(_folded(spelling), term) != term:
                    raise ValueError(f"{spelling!r} is a spelling of {found[_folded(spelling)]!r} and of {term!r}")
        return cls(found, cls(found)._tree(above))

    def _tree(self, above: Mapping[str, str]) -> Mapping[str, str]:
        tree: dict[str, str] = {}
        for term, name in above.items():
            over = self.term(name)
            if over is None:
                raise ValueError(f"{term!r} is under {name!r}, which is not a term")
            tree[term] = over
        for term in tree:
            seen = {term}
            while (over := tree.get(term)) is not None:
                if over in seen:
                    raise ValueError(f"{over!r} is under itself")
                seen.add(over)
                term = over
        return tree

    def term(self, text: str) -> str | None:
        """The term that a text is a spelling of; None when it is not in the vocabulary."""
        return self.by_spelling.get(_folded(text))

    def named(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The texts by their terms and those above them, each once; what is not in the vocabulary stays as it is."""
        found: dict[str, None] = {}
        for text in texts:
            term: str | None = self.term(text) or text
            while term is not None:
                found[term] = None
                term = self.above.get(term)
        return tuple(found)


Vocabularies = Mapping[str, Vocabulary]
"""By facet; a facet that is missing takes any word."""


def named(work: Work, vocabularies: Vocabularies) -> Work:
    """The work with its facets in the words of the collection."""
    changed: dict[str, Any] = {facet: known.named(getattr(work, facet)) for facet, known in vocabularies.items()}
    return replace(work, **changed) if any(getattr(work, facet) != value for facet, value in changed.items()) else work


def _folded(text: str) -> str:
    return _BETWEEN.sub("", text.casefold()) or text
