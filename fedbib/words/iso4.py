"""Titles of journals and proceedings as ISO 4 abbreviates them, by the List of Title Word Abbreviations.

The rules are those of the ISSN Manual, section 7.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fedbib.text.ascii import folded
from fedbib.text.regex import regex
from fedbib.text.tables import read_text

_LEFT_OUT = frozenset((
    "a", "about", "after", "against", "amid", "among", "an", "and", "as", "at", "before", "between", "but", "by",
    "during", "for", "from", "if", "in", "into", "is", "its", "like", "near", "nor", "of", "off", "on", "onto", "or",
    "our", "over", "per", "so", "than", "that", "the", "their", "this", "through", "till", "to", "toward", "towards",
    "under", "until", "up", "upon", "versus", "via", "vs", "what", "when", "where", "which", "with", "within",
    "without", "&", "+",
))  # fmt: skip
"""Articles, prepositions and conjunctions (7.1.7)."""
_ARTICLES = frozenset({"a", "an", "the"})
_CORE = regex(r"\w(?:.*\w)?", re.DOTALL)
_LEAST_SAVED = 2
"""How many letters a word must lose to be abbreviated at all."""
_LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class _List:
    words: Mapping[str, str]
    stems: Mapping[str, str]


@cache
def _listed() -> _List:
    words: dict[str, str] = {}
    stems: dict[str, str] = {}
    for line in read_text("iso4.txt").splitlines():
        if not line.startswith("#"):
            word, _, short = line.partition("\t")
            (stems if word.endswith("-") else words)[word.removesuffix("-")] = short
    return _List(words, stems)


@cache
def abbreviated(title: str) -> str:
    """The abbreviated title: "Proc. 2023 Conf. Empir. Methods Nat. Lang. Process.".

    Plain text. A title of one word stays as it is, as do acronyms and numbers; commas and small words are left out.
    """
    words = title.split()
    if len(words) == 1:
        return title
    return " ".join(_pieces(words)).replace(".,", ".")


def _pieces(words: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST_PHRASE, len(words) - at), 1, -1):
            phrase = " ".join(words[at : at + size])
            if short := _listed().words.get(_key(phrase.rstrip(",")), ""):
                yield _capital(short, phrase)
                at += size
                break
        else:
            word = words[at]
            at += 1
            if word.lower() not in (_LEFT_OUT if at > 1 else _ARTICLES):
                yield "-".join(map(_word, word.rstrip(",").split("-")))


def _word(word: str) -> str:
    core = _CORE.search(word)
    if not core:
        return word
    text, before, after = core.group(), word[: core.start()], word[core.end() :]
    if sum(char.isupper() for char in text) > 1 or not text.isalpha():
        return word
    short = _short(_key(text))
    if not short or len(text) - len(short.rstrip(".")) < _LEAST_SAVED:
        return word
    # A full stop that ends the word is the abbreviation's own.
    return f"{before}{_capital(short, text)}{after.removeprefix('.')}"


def _short(word: str) -> str:
    """The abbreviation of a word in small letters without accents, or ""."""
    known = _listed()
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        if form in known.words:
            return known.words[form]
    return next((known.stems[word[:end]] for end in range(len(word), 1, -1) if word[:end] in known.stems), "")


def _key(text: str) -> str:
    return text.lower() if text.isascii() else " ".join(map(folded, text.split()))


def _capital(short: str, word: str) -> str:
    return short[:1].upper() + short[1:] if word[:1].isupper() else short
