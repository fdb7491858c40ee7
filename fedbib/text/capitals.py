"""Capitals that must survive when a bibliography style writes a title in lower case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from fedbib.text.markup import NOCASE, Segment, join, segments, tidied
from fedbib.text.regex import regex
from fedbib.text.tables import read_text

# Words between blanks, and the parts that hyphens, dashes, slashes, brackets and East Asian letters make of them.
_WORD = regex(r"\S+")
_PART = regex(r"[^\s\-\u2010-\u2015/:;,()\[\]@\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]+")
_MATH = regex(r"\$(?=[^\s$])[^$]*(?<=\S)\$(?!\d)")
_CORE = regex(r"[^\W_](?:.*[^\W_])?[\u0300-\u036f]*", re.DOTALL)
_LETTERS = regex(r"[^\W\d_]+")
_POSSESSIVE = regex(r"['\u2019]s?$")
_JOINED = regex(r"[_-]")
# The first letter or digit of a title and of a subtitle.
_FIRST = regex(r"(?:^|[:?!\u2014]\s)[^\w\s]*\w")
# "N-gram", "K-means": a variable, not a name.
_VARIABLE = regex(r"-[^\W\d_]")
# "Falcon-7B": what comes before the size of a model is its name.
_SIZE = regex(r"-\d+(?:[.x]\d+)*[BM]\b")
# After these an "A" is the article that begins a subtitle.
_BEGINS = regex(r"(?:^|[:?!.\u2013\u2014;-]\s)[^\w\s]*$")


@dataclass(frozen=True, eq=False)
class Capitals:
    """The words and names whose capitals a collection keeps: those of `data/capitals.txt`, and its own."""

    words: frozenset[str]
    names: Mapping[str, Sequence[_Name]]
    """Of several words, by their first word."""

    @classmethod
    def of(cls, own: Sequence[str], ordinary: Sequence[str] = ()) -> Capitals:
        """With words or names (words between blanks or hyphens) beside the known ones, and without `ordinary` words."""
        if not own and not ordinary:
            return _built_in()
        left_out = frozenset(ordinary)
        entries = [entry for entry in _entries() if _entry_name(entry).text not in left_out]
        return _capitals([*entries, *(entry.replace(" ", "_") for entry in own)])


def protect(title: str, known: Capitals | None = None) -> str:
    """The rich text of a title with `nocase` over each whole word whose capitals carry meaning.

    These are capitals inside a word (LoRA, BERT), beside digits (GPT-4), single letters but for the article, and the
    words of `data/capitals.txt`, or those of `known`. Spans that are there are evidence: they stay and grow to whole
    words. Of a word with a hyphen only the part is taken when another part has an ordinary capital ("Bayesian-Based").
    Mathematics is left alone; in a title all in capitals only the spans count. Idempotent.
    """
    return _protected(title, known or _built_in(), only_spans=False)


def pinned(title: str, known: Capitals | None = None) -> str:
    """The same for a title that a person wrote: its spans are all there are, if it has one, be it an empty one."""
    return _protected(title, known or _built_in(), only_spans=NOCASE in title)


def sentence(title: str) -> str:
    """The rich text of a title in sentence case, as APA and most journals ask for it.

    Only what has `nocase` keeps its capitals, so this is for titles that `protect` or `pinned` made. The first letter
    of the title and of a subtitle (after ":", "?", "!" or a long dash) becomes a capital, every other one small.
    Mathematics is left alone. Idempotent.
    """
    runs = segments(title)
    text = "".join(run.text for run in runs)
    math = {place for match in _MATH.finditer(text) for place in range(*match.span())}
    first = {match.end() - 1 for match in _FIRST.finditer(text)}
    out, start = [], 0
    for run in runs:
        if "nocase" not in run.styles:
            cased = (
                char if place in math else _cased(char, upper=place in first)
                for place, char in enumerate(run.text, start=start)
            )
            out.append(Segment("".join(cased), run.styles))
        else:
            out.append(run)
        start += len(run.text)
    return join(out)


def _cased(char: str, *, upper: bool) -> str:
    """The capital or small letter, where there is just one that goes back ("ß" and "ı" stay)."""
    changed = char.upper() if upper else char.lower()
    return changed if len(changed) == 1 and changed.casefold() == char.casefold() else char


# A record's claims name its title again and again.
@lru_cache(maxsize=64)
def _protected(title: str, known: Capitals, *, only_spans: bool) -> str:
    runs = segments(title)
    text = "".join(run.text for run in runs)
    if text == text.lower():
        return tidied(title)
    nocase = bytearray(len(text))
    start = 0
    for run in runs:
        if "nocase" in run.styles:
            nocase[start : start + len(run.text)] = b"\x01" * len(run.text)
        start += len(run.text)
    only_spans = only_spans or (" " in text and not any(char.islower() for char in text))
    left_alone = [match.span() for match in _MATH.finditer(text)] if "$" in text else []
    for match in _WORD.finditer(text):
        word, (begin, end) = match[0], match.span()
        if word == word.lower() and nocase.find(1, begin, end) < 0:
            continue
        if left_alone and any(first < end and begin < last for first, last in left_alone):
            continue
        if not only_spans:
            _find_names(text, begin, end, nocase, known)
            if _is_ordinary(word, known.words) and nocase.find(1, begin, end) < 0:
                continue
        _mark(text, begin, end, nocase, None if only_spans else known)
    return join(_spans(runs, nocase)) if "<" in title or "\u0338" in title else _spanned(title, nocase)


def _is_ordinary(word: str, words: frozenset[str]) -> bool:
    """Whether a word is surely one that only begins with a capital, as most words of titles are. Quick."""
    is_plain = word.isascii() and word.isalpha() and word[1:].islower()
    return is_plain and word not in words and not (word.endswith("s") and word[:-1] in words)


def _find_names(text: str, start: int, end: int, nocase: bytearray, known: Capitals) -> None:
    """Mark the capitals of a name of several words that begins with the word from `start` to `end`."""
    begin, word = start, text[start:end]
    if not word.isalpha():
        first = _LETTERS.search(text, start, end)
        if not first:
            return
        begin, word = first.start(), first[0]
    for name in known.names.get(word, ()):
        stop = begin + len(name.text)
        if not text.startswith(name.text, begin) or (name.follows and not (start > 1 and nocase[start - 2])):
            continue
        if text[stop : stop + 1].isupper() if name.text.endswith(" ") else not text[stop : stop + 1].isalpha():
            for place, char in enumerate(name.text, start=begin):
                if char.isupper():
                    nocase[place] = 1


def _mark(text: str, start: int, end: int, nocase: bytearray, known: Capitals | None) -> None:
    """Decide on one word, from `start` to `end`; with nothing known by its spans alone."""
    ordinary = False
    cores: list[tuple[int, int]] = []
    for part in _PART.finditer(text, start, end):
        core = _CORE.search(part.group())
        if not core:
            continue
        begin, stop = part.start() + core.start(), part.start() + core.end()
        if nocase.find(1, begin, stop) >= 0 or (known and _keeps(text, begin, stop, known.words)):
            cores.append((begin, stop))
        elif core.group() != core.group().lower():
            ordinary = True
    if not cores:
        return
    if not ordinary or (start == 0 and text[end - 1] == ":"):  # a name before a colon is kept whole: "PrE-Text:"
        core = _CORE.search(text, start, end)
        cores = [core.span()] if core else cores
    for begin, stop in cores:
        nocase[begin:stop] = b"\x01" * (stop - begin)


def _keeps(text: str, begin: int, stop: int, words: frozenset[str]) -> bool:
    """Whether the capitals of a part of a word carry meaning."""
    part = text[begin:stop]
    bare = _POSSESSIVE.sub("", part)
    if len(bare) == 1:
        if bare in "NK" and _VARIABLE.match(text, stop):
            return False
        if bare != "A":
            return bare.isupper()
        return (
            stop < len(text) and not _BEGINS.search(text[max(begin - 6, 0) : begin]) and not text.startswith(" ", stop)
        )
    if bare[1:] != bare[1:].lower():
        return True
    if not bare.isalpha() and any(char.isdigit() for char in bare):
        return bare != bare.lower()
    return bare in words or (bare.endswith("s") and bare[:-1] in words) or bool(_SIZE.match(text, stop))


class _Name(NamedTuple):
    """A name of several words."""

    text: str
    """Ends in a blank when a word with a capital must come next ("University of ")."""
    follows: bool
    """Whether a word that keeps its capitals must stand before it ("Kyoto University")."""


@cache
def _built_in() -> Capitals:
    return _capitals(_entries())


def _capitals(entries: Sequence[str]) -> Capitals:
    names: dict[str, list[_Name]] = {}
    for entry in entries:
        if _JOINED.search(entry):
            names.setdefault(_LETTERS.findall(entry)[0], []).append(_entry_name(entry))
    return Capitals(frozenset(entry for entry in entries if not _JOINED.search(entry)), names)


def _entry_name(entry: str) -> _Name:
    return _Name(entry.removeprefix("*_").removesuffix("*").replace("_", " "), entry.startswith("*"))


def _entries() -> list[str]:
    lines = read_text("capitals.txt").splitlines()
    return [entry for line in lines if not line.startswith("#") for entry in line.split()]


_RUN = regex(rb"\x00+|\x01+")


def _spanned(text: str, nocase: bytearray) -> str:
    """As `_spans`, joined, of a text without markup."""
    runs = (match.span() for match in _RUN.finditer(nocase))
    return "".join([f"{NOCASE}{text[start:end]}</span>" if nocase[start] else text[start:end] for start, end in runs])


def _spans(runs: tuple[Segment, ...], nocase: bytearray) -> list[Segment]:
    out: list[Segment] = []
    start = 0
    for run in runs:
        styles = tuple(style for style in run.styles if style != "nocase")
        for match in _RUN.finditer(nocase, start, start + len(run.text)):
            text = run.text[match.start() - start : match.end() - start]
            out.append(Segment(text, ("nocase", *styles) if nocase[match.start()] else styles))
        start += len(run.text)
    return out
