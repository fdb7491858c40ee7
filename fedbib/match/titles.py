"""Do two titles name one paper? Numbers and short names before a colon count for more than other words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from fedbib.match.works import title_words
from fedbib.model.finding import Code, Finding, Grade
from fedbib.text.ascii import folded
from fedbib.text.markup import plain
from fedbib.text.regex import regex
from fedbib.text.tables import read_table

_LONGEST = 1000
"""Characters that are compared; no real title is longer."""

_NEAR, _NEAR_NAMED, _LIKE = 0.85, 0.8, 0.6
"""From which likeness of the words on a title is nearly the same, also beside the same short name, and from which it
is not yet another one."""

_NICK = regex(r"\s*(?P<nick>[^\s:]\S*(?: \S+){0,2}?)(?:\s*+:\s|:(?=[A-Z])|\s++[-\u2013\u2014]\s++)(?=.*\w)")
_GREEK = (*range(0x391, 0x3A2), *range(0x3A3, 0x3AA), *range(0x3B1, 0x3CA))
_LETTERS: Mapping[int, str] = {
    # Unicode says LAMDA.
    **{code: unicodedata.name(chr(code)).split()[-1].lower().replace("lamda", "lambda") for code in _GREEK},
    ord("+"): " plus ",  # FedX+ is not FedX
    ord("&"): " and ",
}
_PART = regex(r"\b(?:part|volume|vol|phase|chapter|episode|stage|version)\s+(?:i|v|x|a|b|c|one|two|three|four)\b")
_TEX = regex(r"\\(?:mbox|math[a-z]+|text[a-z]*|rm|bf|it|cal|tilde|hat|bar)(?![a-z])|\\(?:var)?(?=[a-z])")
"""Commands that dress letters, and what stands before the name of one."""
_BRITISH = (
    (regex(r"(?<=[a-z]{3})([iy])s(?=(?:ations?|e[drs]?|ers|ing|able)\b)"), r"\1z"),
    (regex(r"(?<=[a-z]{3})our(?=s?\b|al\b|ally\b|ed\b|ing\b|ful\b|able\b)"), "or"),
    (regex(r"(?<=[a-z]{3}l)l(?=(?:ed|ing|ers?)\b)"), ""),
    (regex(r"(?<=[a-z]{2}[bt])re\b"), "er"),
    (regex(r"(?<=[a-z]{3})ogue(?=s?\b)"), "og"),
)
_NUMBER = regex(r"\d+|\b(?:ii|iii|iv|vi|vii|viii|ix)\b")


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart for comparison."""

    text: str
    """Without blanks, punctuation and case, and with American spelling."""
    nick: str
    """The short name before the colon, folded; "" without one."""
    rest: tuple[str, ...]
    """The words that say something, without the short name."""
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    notice: bool
    """Whether it is that of an erratum, a supplement, a comment, ..."""
    kind: str
    """"poster", "extended abstract", ... when it begins with such a word."""

    @classmethod
    @lru_cache(maxsize=1 << 14)
    def of(cls, title: str) -> Title:
        shown = unicodedata.normalize("NFKC", _bare(plain(title)[:_LONGEST])).translate(_LETTERS)
        text = _american(title_words(shown))
        match = _NICK.match(shown)
        nick = folded(match["nick"]) if match else ""
        words, data = _counting(text), _data()
        before = title_words(shown.partition(":")[0])
        return cls(
            text.replace(" ", ""),
            nick,
            _counting(_american(title_words(shown[match.end() :]))) if match and nick else words,
            words,
            tuple(sorted([*_NUMBER.findall(text), *_PART.findall(text)])),
            f"{text} ".startswith(data.notices) or f" {text}".endswith(data.endings),
            before if before in data.kinds else "",
        )


def grade(ours: Title, theirs: Title) -> Finding:
    """How well two titles agree.

    PASS when equal but for case, blanks and punctuation; WEAK when nearly (retitled); UNSURE when alike, but for a
    number or short name, or with the short name alone in common; else FAIL.
    """
    if ours.notice != theirs.notice:
        return Finding.of(Code.TITLE_NOTICE, Grade.FAIL)
    if ours.text and ours.text == theirs.text:
        return Finding.of(Code.TITLE_EQUAL)
    numbers, others = set(ours.numbers), set(theirs.numbers)
    if not numbers <= others and not others <= numbers:
        return Finding.of(Code.TITLE_OTHER_NUMBER, Grade.FAIL)
    scores = [_likeness(ours.words, theirs.words)]
    if ours.nick or theirs.nick:
        scores.append(_likeness(ours.rest, theirs.rest))
    likeness, score = max(scores), round(max(scores), 2)
    named_alike = len(ours.nick) > 3 and ours.nick == theirs.nick
    if likeness >= (_NEAR_NAMED if named_alike else _NEAR):
        return _near(ours, theirs, score)
    if ours.numbers != theirs.numbers or (ours.nick and theirs.nick and not named_alike):
        return Finding.of(Code.TITLE_OTHER, Grade.FAIL, score=score)
    if named_alike:
        return Finding.of(Code.TITLE_SAME_NAME, Grade.UNSURE, score=score)
    if likeness >= _LIKE:
        return Finding.of(Code.TITLE_ALIKE, Grade.UNSURE, score=score)
    return Finding.of(Code.TITLE_OTHER, Grade.FAIL, score=score)


def _near(ours: Title, theirs: Title, score: float) -> Finding:
    """How far two titles agree that share nearly all words."""
    if ours.numbers != theirs.numbers:
        return Finding.of(Code.TITLE_BUT_NUMBER, Grade.UNSURE, score=score)
    if ours.nick and theirs.nick and ours.nick != theirs.nick:
        return Finding.of(Code.TITLE_BUT_NAME, Grade.UNSURE, score=score)
    if ours.kind != theirs.kind:
        return Finding.of(Code.TITLE_BUT_KIND, Grade.UNSURE, score=score, kind=ours.kind or theirs.kind)
    return Finding.of(Code.TITLE_ALIKE, Grade.WEAK, score=score)


def spelt_alike(one: str, other: str) -> bool:
    """Whether two titles say the same but for small words, plurals, blanks, and letters too many or turned round.

    A letter in another's place may make another word ("micro", "macro"), and so may one at the start ("atypical");
    another number is never a slip.
    """
    return _digits(one) == _digits(other) and any(
        _are_slips(read(one), read(other)) for read in (_spelt, lambda title: Title.of(title).words)
    )


@lru_cache(maxsize=1 << 13)
def _digits(title: str) -> str:
    return "".join(filter(str.isdigit, title))


def _spelt(title: str) -> tuple[str, ...]:
    """The words that say something, as they are written."""
    return tuple(word for word in map(_singular, title_words(title).split()) if word not in _data().small)


def _are_slips(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the words in which two titles differ are the same words, written in two ways."""
    first, second = _apart(first, second)
    if not first or not second:
        return not first and not second
    parts = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    pairs = ((first[a:b], second[c:d]) for tag, a, b, c, d in parts if tag != "equal")
    return all(
        _is_slip("".join(ours), "".join(theirs)) or (len(ours) == len(theirs) and all(map(_is_slip, ours, theirs)))
        for ours, theirs in pairs
    )


def _apart(first: Sequence[str], second: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Two rows of words without those with which both begin and both end: mostly little is left to compare."""
    most = min(len(first), len(second))
    start = next((at for at in range(most) if first[at] != second[at]), most)
    end = next((at for at in range(most - start) if first[-1 - at] != second[-1 - at]), most - start)
    return first[start : len(first) - end], second[start : len(second) - end]


def _is_slip(one: str, other: str) -> bool:
    """Whether two words, without the blanks in them, are one that is written in two ways."""
    one, other = one.replace("z", "s"), other.replace("z", "s")
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one[0] != other[0]:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    longer, shorter = sorted((one[same:], other[same:]), key=len, reverse=True)
    turned = len(longer) == len(shorter) and longer[:2] == shorter[1::-1] and longer[2:] == shorter[2:]
    return turned or longer[1:] == shorter


def _counting(text: str) -> tuple[str, ...]:
    """The words that say something, one by one, without a plural's s."""
    data = _data()
    found = " ".join(_singular(word) for word in text.split())
    for phrase, short in data.short.items():
        found = found.replace(phrase, short)
    return tuple(word for word in found.split() if word not in data.small)


def _bare(title: str) -> str:
    """A title with the names of its mathematical letters, where an index left TeX as it was: "$\\varepsilon$"."""
    return _TEX.sub("", title.replace("\\ell", "l")) if "\\" in title else title


def _american(text: str) -> str:
    """A title's words without what only British and American spelling make differ; also other words, on both sides."""
    for pattern, other in _BRITISH:
        text = pattern.sub(other, text)
    return text


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Share of words in common, each as often as it stands (Dice)."""
    if not one or not other:
        return 0.0
    return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))


@dataclass(frozen=True, slots=True)
class _Data:
    small: frozenset[str]
    notices: tuple[str, ...]
    endings: tuple[str, ...]
    kinds: frozenset[str]
    short: Mapping[str, str]


@cache
def _data() -> _Data:
    data = read_table("title-words")
    return _Data(
        frozenset(data["small"]),
        tuple(f"{words} " for words in data["notices"]),
        tuple(f" {words}" for words in data["endings"]),
        frozenset(data["kinds"]),
        data["short"],
    )
