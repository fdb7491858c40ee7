"""Which series of proceedings, or which journal, a name stands for, however people and indexes write it.

The register of venues knows some spellings; the titles of the volumes in an index teach others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from fedbib.match.works import title_words
from fedbib.model.work import Work
from fedbib.text.ascii import folded
from fedbib.text.markup import plain
from fedbib.text.tables import read_table
from fedbib.words.publication import is_posted
from fedbib.words.venues import Register

PARTIAL = re.compile(
    r"workshop|wksp|\bwks?\b|@|companion|findings|demo(?:nstration)?s?\b|tutorial|poster|doctoral|student"
    r"|abstracts?\b|industry|\btrack\b|adjunct|satellite|challenge|competition|supplement|special|shared task|datasets"
    r"|\b(?:spring|summer|fall|autumn|winter) (?:symposi|school)|symposium series|late[- ]breaking|blogpost|tiny paper",
    re.IGNORECASE,
)
"""What makes of proceedings others than the main ones of their series."""

_COUNT = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)?|(?:(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)(?:y|ieth)[- ]?)?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]+teenth|[a-z]+tieth)"
    r"|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth)\b"
)
_LABEL = re.compile(r"(?:^|[,(:] ?)([A-Za-z][A-Za-z&-]{1,14})(?:[ -]?(?:19|20)\d\d|[ -]?'\d\d|\))(?=[\s,:.)]|$)")
_ALONE = re.compile(r"[A-Za-z][A-Za-z&-]{1,14}")
_STREAM = re.compile(r"(?:DBLP:)?(?:conf|journals)/([a-z]+)/")
_NUMBER = re.compile(r"\s(?:\d+|[IVXL]+)$")
_TELLING = re.compile(r"conference|symposium|workshop|systems|research|vision|web")
_LETTERS = frozenset(map(chr, (*range(0x41, 0x400), *range(0x1D00, 0x2200), *range(0x1D400, 0x1D800))))
"""Those of titles in English: Latin and Greek ones, also of mathematics."""
_FOREIGN = 2
"""Other letters, or small words of other languages, from which on a title is in one."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|'\d\d\b")


@dataclass
class Series:
    """Names to series: an id of the register, else the folded label."""

    register: Register
    learnt: dict[str, str] = field(default_factory=dict)
    """The core of a name to the series that volumes of that name belong to; "" where it is several ones'."""

    def of(self, name: str) -> str:
        """The series that a venue's name stands for; "" for a preprint server, and for what names none that is known.

        A name that stands for less than the main proceedings ("NeurIPS Workshop on ...") is none.
        """
        if found := _found(name, self.register):
            return found
        return "" if PARTIAL.search(name) else self.learnt.get(core(name), "") or self.learnt.get(folded(name), "")

    def of_work(self, work: Work) -> str:
        """The series that an entry names; "" for none that is known."""
        names = (work.container_title, work.container_title_short, work.event_title, work.collection_title)
        return next((found for name in names if name and (found := self.of(name))), "")

    def knows(self, name: str) -> bool:
        """Whether it is the name of something: also of what many series appear in ("Lecture Notes in ...")."""
        return core(name) in self.learnt or folded(name) in self.learnt or self.register.find(name) is not None

    def kind(self, series: str) -> str:
        """conference, journal, ... as the register has it; "conference" for what only volumes taught."""
        known = next((venue.kind for venue in self.register.venues if venue.id == series), "")
        return known or ("conference" if series in self.learnt.values() else "")

    def of_volume(self, title: str, key: str = "") -> str:
        """The series of a volume by its full title, as indexes write it, with event, place and days.

        `key` is DBLP's of one of its works, which says the series where the title does not.
        """
        if PARTIAL.search(title.partition(",")[0]) or PARTIAL.search(_event(title)):
            return ""
        if found := self.of(title):
            return found
        label = _event(title) or (match[1] if (match := _STREAM.match(key)) else "")
        venue = self.register.find(label) if label else None
        return venue.id if venue else folded(label)

    def learn(self, titles: Iterable[str], collections: Iterable[str] = ()) -> None:
        """Take the names in the titles of volumes as spellings of their series.

        `collections` are what volumes of several series appear in.
        """
        for name in collections:
            self.learnt.setdefault(core(name), "")
        for title in titles:
            if series := self.of_volume(title):
                for name in _names(title):
                    if self.learnt.setdefault(name, series) != series:
                        self.learnt[name] = ""
                if label := folded(_event(title)):
                    self.learnt.setdefault(label, series)

    @property
    def spellings(self) -> Mapping[str, str]:
        return self.learnt


@lru_cache(maxsize=1 << 14)
def core(name: str) -> str:
    """The words of a venue's name that tell it from others."""
    text = _COUNT.sub(" ", _YEAR.sub(" ", re.sub(r"\([^()]*\)", " ", name.casefold())))
    small, full = words()["small"], words()["full"]
    found = (full.get(word, word) for word in title_words(text).split() if word not in small)
    return " ".join(word for word in found if not word.isdecimal())


@cache
def words() -> Mapping[str, Any]:
    """What is known of names (`data/audit-words.toml`): sets of words, and what `full` ones are shortened to."""
    data = read_table("audit-words")
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in data.items()}


def is_informal(name: str) -> bool:
    """Whether a venue's name is that of a meeting that prints abstracts at most."""
    text = f" {title_words(name)} "
    return any(f" {meeting} " in text for meeting in words()["informal"])


def is_foreign(title: str) -> bool:
    """Whether a title is not in English: proceedings do not hold what somebody has translated."""
    text = plain(title)
    if len([char for char in text if char.isalpha() and char not in _LETTERS]) >= _FOREIGN:
        return True
    return len(words()["foreign"].intersection(title_words(text).split())) >= _FOREIGN


def _found(name: str, register: Register) -> str:
    """The id of the register's venue of this name, or of a label that stands in it."""
    if not name or is_posted(name):
        return ""
    if venue := register.find(name):
        return venue.id
    if PARTIAL.search(name):
        return ""
    labels = [match[1] for match in _LABEL.finditer(name)]
    parts = [_NUMBER.sub("", part).strip() for part in re.split(r"[,:\[(]", name)]
    return next((venue.id for label in (*labels, *parts) if label and (venue := register.find(label))), "")


def _event(title: str) -> str:
    """The label that stands beside the year: "KDD" of "..., KDD 2022, Washington", "CVPR Workshops" stays whole."""
    match = re.search(r"(?:^|[,(:] ?)([A-Za-z][A-Za-z&-]{1,14}(?: Workshops?)?)(?: (?:19|20)\d\d| '\d\d)", title)
    return match[1] if match else ""


def _names(title: str) -> Iterator[str]:
    """The cores of the parts of a volume's title that look like the name of a series."""
    for part in re.split(r"[,:\[\]]", title):
        words = core(part)
        if (
            len(words.split()) >= 2
            and "track" not in words
            and re.search(r"conference|symposium|workshop|systems|research|vision|web", words)
        ):
            yield words
