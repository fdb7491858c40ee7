"""What keeps two works apart whose titles agree: of these reasons one is enough.

A wrong merge is worse than a missed one, so everything here speaks for two works; nothing speaks for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from fedbib.match.titles import Title
from fedbib.match.works import title_words
from fedbib.model.identifier import Identifier
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.text.ascii import folded
from fedbib.words.publication import is_server
from fedbib.words.rules import Rules


class Veto(StrEnum):
    """Why two works are not one."""

    IDS = "ids"
    """Each has an identifier of one kind, and they differ."""
    NUMBERS = "numbers"
    """The titles differ in a number or a part."""
    NOTICE = "notice"
    """One is an erratum, a reply, the data, the solutions, ... of the other."""
    KIND = "kind"
    """One is a paper and the other a thesis, a data set, a program, a book."""
    PLACE = "place"
    """They appeared in different years and venues, or are books of different years, or are many years apart."""
    PAGES = "pages"
    """They stand in different places of one journal, in volume or issue, and in page or year; or in two venues, or
    proceedings and a journal, on different pages."""


_MOST_YEARS = 5
"""Between the manuscript and the publication of one paper; versions of a program's manual are further apart."""
_MOST_YEARS_RENAMED = 2
"""The same where the titles are alike but not the same: "A Theory of X", "A Theory of X and Its Use"."""

_KINDS: Mapping[ItemType, str] = {
    ItemType.THESIS: "thesis",
    ItemType.PATENT: "patent",
    ItemType.DATASET: "dataset",
    ItemType.SOFTWARE: "software",
    ItemType.BOOK: "book",
}


def veto(one: Work, other: Work, rules: Rules) -> Veto | None:
    """The first reason why two works of like titles are two; None when nothing keeps them apart."""
    if other_ids(one.ids, other.ids):
        return Veto.IDS
    first, second = Title.of(one.title), Title.of(other.title)
    if first.notice != second.notice:
        return Veto.NOTICE
    if first.numbers != second.numbers or _counts_differ(one.title, other.title):
        return Veto.NUMBERS
    if _kind(one) != _kind(other) and ItemType.DOCUMENT not in (one.type, other.type):
        return Veto.KIND
    if one.is_preprint or other.is_preprint:
        return None
    apart = abs(one.year - other.year) if one.year and other.year else 0
    books = one.type is other.type is ItemType.BOOK
    most = _MOST_YEARS if title_words(one.title) == title_words(other.title) else _MOST_YEARS_RENAMED
    if apart > most or (apart and (books or _venues_differ(one, other, rules))) or _is_later(one, other):
        return Veto.PLACE
    return Veto.PAGES if _stand_apart(one, other) else None


_COUNTS = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "hundred"]
)


def _counts_differ(one: str, other: str) -> bool:
    """Whether both titles have numbers in words, and other ones: "Ten ways of ...", "Eleven ways of ..."."""
    first, second = ([word for word in title_words(title).split() if word in _COUNTS] for title in (one, other))
    return bool(first and second) and first != second


def _stand_apart(one: Work, other: Work) -> bool:
    """Whether two works of one title stand in different places of a journal or series.

    "Calendar" stands in every issue: for a title that says little one difference is enough.
    """
    pairs = ((one.volume, other.volume), (one.issue, other.issue), (_first(one.page), _first(other.page)))
    volumes, issues, pages = (_numbers_differ(*pair) for pair in pairs)
    years = bool(one.year and other.year) and one.year != other.year
    if is_generic(one.title):
        return years or volumes or issues or pages
    if pages and (places_differ(_named(one), _named(other)) or {one.type, other.type} == _PAPERS):
        return True
    return (volumes or issues) and (pages or years)


_PAPERS = frozenset({ItemType.PAPER_CONFERENCE, ItemType.ARTICLE_JOURNAL})


def _is_later(one: Work, other: Work) -> bool:
    """Whether one is a report that came years after the other, a paper: a manuscript comes before."""
    return any(
        report.type is ItemType.REPORT and paper.type in _PAPERS and (report.year or 0) - (paper.year or 9999) > 1
        for report, paper in ((one, other), (other, one))
    )


def places_differ(one: str, other: str) -> bool:
    """Whether both venues are named, and share no word or its beginning, and none is the initials of the other."""
    first, second = ({word for word in title_words(text).split() if word not in _NO_WORDS} for text in (one, other))
    letters = {"".join(word[0] for word in title_words(text).split()) for text in (one, other)}
    if not first or not second or any(folded(text) in letters for text in (one, other)):
        return False
    return {word[:_PREFIX] for word in first}.isdisjoint(word[:_PREFIX] for word in second)


_PREFIX = 3
"""Letters that an abbreviation has at least."""
_NO_WORDS = frozenset(["the", "of", "on", "in", "and", "for", "proceedings", "conference", "international", "journal"])


def _first(pages: Pages | None) -> str:
    """The first page; what stands behind it is written in many ways ("497-510", "497-10", "497ff")."""
    return pages.first if pages else ""


def _numbers_differ(one: str, other: str) -> bool:
    """Whether both texts have numbers ("58", "vol. 58"), and other ones; "vol" alone says nothing."""
    first, second = _DIGITS.findall(one), _DIGITS.findall(other)
    return bool(first and second) and first != second


def other_ids(ids: Iterable[Identifier], others: Iterable[Identifier]) -> tuple[tuple[Identifier, Identifier], ...]:
    """Each identifier beside the one of its kind that the other side has; DOIs of preprints are a kind of their own."""
    known = by_kind(others)
    return tuple(
        (id, those[0])
        for kind, mine in by_kind(ids).items()
        if (those := known.get(kind))
        for id in mine
        if id not in those
    )


def by_kind(ids: Iterable[Identifier]) -> dict[str, list[Identifier]]:
    """The identifiers of each kind; without short DOIs: which DOI one stands for only doi.org knows."""
    known: dict[str, list[Identifier]] = {}
    for id in ids:
        if not id.is_short:
            known.setdefault(_kind_of(id), []).append(id)
    return known


def kinds_differ(one: Mapping[str, Sequence[Identifier]], other: Mapping[str, Sequence[Identifier]]) -> bool:
    """Whether `other_ids` finds something, for identifiers `by_kind`."""
    for kind, ids in one.items():
        if kind in other and ids != (those := other[kind]) and any(id not in those for id in ids):
            return True
    return False


def _kind_of(id: Identifier) -> str:
    return "preprint" if is_server(id) else str(id.scheme)


def _kind(work: Work) -> str:
    return _KINDS.get(work.type, "paper")


def _venues_differ(one: Work, other: Work, rules: Rules) -> bool:
    """Whether both venues are known, and are not spellings of one."""
    first, second = _venue(one, rules), _venue(other, rules)
    return bool(first and second) and first != second


def _named(work: Work) -> str:
    return work.container_title or work.container_title_short


def _venue(work: Work, rules: Rules) -> str:
    for name in (work.container_title, work.container_title_short):
        if name and (venue := rules.register.find(name)):
            return venue.id
    return folded(_named(work))


_DIGITS = re.compile(r"[1-9][0-9]*")


def is_generic(title: str) -> bool:
    """Whether a title says too little to name one work: "Abstracts", "Editorial", "Introduction to the issue"."""
    return len(title_words(title).split()) < 4
