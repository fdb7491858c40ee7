"""Lists in the wild: rows of one file about one paper say the same: all that any of them says."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from fedbib.model.date import PartialDate
from fedbib.model.identifier import Scheme
from fedbib.model.name import OTHERS, named
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Doubt
from fedbib.model.work import ID_FIELDS, Work, linked
from fedbib.text.ascii import folded
from fedbib.words.publication import is_posted

_FACETS = ("topics", "datasets", "models")
_FILLED = (
    "author",
    "issued",
    "container_title",
    "container_title_short",
    "URL",
    "comment",
    "tldr",
    *ID_FIELDS.values(),
    "other_ids",
)
_ONCE = {
    "container_title_short": "venue",
    "issued": "date",
    "URL": "address",
    "comment": "comment",
    "tldr": "TL;DR",
}
"""Of these a work has one, by what messages call it."""
_NAMESAKES = 50
"""Papers of one title that a row is compared with."""
Line = tuple[Work, int]


def united(works: Sequence[Line]) -> tuple[list[Line], list[Doubt], list[Problem]]:
    """The works in order, a poorer repeat filled from the row it repeats and the other way round; as doubts those that
    share a link with another paper; and what a repeat says otherwise, for which there is no second place."""
    groups: dict[int, list[int]] = {}
    by_id: defaultdict[Scheme, dict[str, int]] = defaultdict(dict)
    by_title: dict[int, int | tuple[int, ...]] = {}  # by the hashes of titles, which need less room
    doubts: list[Doubt] = []
    doubted: set[int] = set()
    for index, (work, line) in enumerate(works):
        same = next((by_id[id.scheme][id.value] for id in work.ids if id.value in by_id[id.scheme]), None)
        spelt = _spelt(work.title)
        if same is not None and not _alike(works[same][0].title, work.title):
            reason = f"has the link of another paper, in line {works[same][1]}"
            doubts.append(Doubt(work, line, reason, is_another=True))
            doubted.add(index)
            continue
        known = by_title.get(hash(spelt), ()) if spelt else ()
        namesakes = (known,) if isinstance(known, int) else known
        if same is None:
            alike = (at for at in namesakes if _spelt(works[at][0].title) == spelt)
            same = next((at for at in alike if _agree(works[at][0], work)), None)
        first = index if same is None else same
        if same is not None:
            groups.setdefault(first, [first]).append(index)
        for id in work.ids:
            by_id[id.scheme].setdefault(id.value, first)
        if spelt and first not in namesakes and len(namesakes) < _NAMESAKES:
            by_title[hash(spelt)] = (*namesakes, first) if namesakes else first
    found = list(works)
    left: list[Problem] = []
    for members in groups.values():
        rows = [works[at] for at in members]
        whole = _whole([work for work, _ in rows])
        left += (problem for row in rows for problem in _left(whole, row, rows))
        for at in members:
            found[at] = (whole, works[at][1])
    return [pair for at, pair in enumerate(found) if at not in doubted], doubts, left


def _whole(works: Sequence[Work]) -> Work:
    """The first work with what the others say beside it; a publication comes before a preprint."""
    whole = works[0]
    for work in works[1:]:
        missing = {name: getattr(work, name) for name in _FILLED if not getattr(whole, name) and getattr(work, name)}
        if is_posted(whole.container_title_short) and _is_published(work):
            missing |= {name: getattr(work, name) for name in ("container_title_short", "issued", "type")}
        elif whole.container_title_short and "issued" in missing and work.container_title_short:
            same = whole.container_title_short == work.container_title_short
            missing = missing if same else {name: value for name, value in missing.items() if name != "issued"}
        if OTHERS in whole.author and OTHERS not in work.author and _words(whole) <= _words(work):
            missing["author"] = work.author
        facets: dict[str, Any] = {
            name: tuple(dict.fromkeys((*getattr(whole, name), *getattr(work, name)))) for name in _FACETS
        }
        whole = replace(whole, links=linked(whole.links, work.links), **missing, **facets)
    return whole


def _is_published(work: Work) -> bool:
    return bool(work.container_title_short) and not is_posted(work.container_title_short)


def _left(whole: Work, row: Line, rows: Sequence[Line]) -> Iterator[Problem]:
    """What a row says for which the whole has the word of another row."""
    work, line = row
    is_preprint = _is_published(whole) and is_posted(work.container_title_short)
    for field, name in _ONCE.items():
        here, there = _text(getattr(work, field)), _text(getattr(whole, field))
        if not here or folded(here) == folded(there) or (is_preprint and field in ("container_title_short", "issued")):
            continue
        other = next(at for each, at in rows if _text(getattr(each, field)) == there)
        message = f"left out the {name}, as line {other} has another one for the same paper: {here[:200]}"
        yield Problem("L04", Severity.NOTE, message, line=line)
    if not _words(work) <= _words(whole):
        other = next(at for each, at in rows if each.author == whole.author)
        names = ", ".join(name.display for name in work.author)
        message = f"left out the authors, as line {other} has other ones for the same paper: {names[:200]}"
        yield Problem("L04", Severity.NOTE, message, line=line)


def _words(work: Work) -> frozenset[str]:
    """The words of the authors' names, without initials."""
    words = " ".join(name.display for name in named(work.author)).split()
    return frozenset(folded(word) for word in words if "." not in word and len(word) > 1)


def _text(value: str | PartialDate | None) -> str:
    return value.iso if isinstance(value, PartialDate) else value or ""


_SIGNS = re.compile(r"[\W_]+")


def _spelt(title: str) -> str:
    """A title as it is compared: without accents, capitals, blanks and signs."""
    return folded(title) if title.isascii() else _SIGNS.sub("", unicodedata.normalize("NFKD", title).casefold())


def _alike(one: str, other: str) -> bool:
    """Whether two titles with one link are spellings of one."""
    first, second = _spelt(one), _spelt(other)
    if first and second and (first in second or second in first):
        return True
    words, others = (set(map(_spelt, _SIGNS.split(title))) - {""} for title in (one, other))
    return len(words & others) * 10 >= len(words | others) * 7


def _agree(one: Work, other: Work) -> bool:
    """Whether two works of one title are one: no id contradicts, and people or a missing id speak for it."""
    known = {id.scheme: id for id in one.ids}
    if any(known.get(id.scheme, id) != id for id in other.ids):
        return False
    names, others = ({name.display for name in work.author} for work in (one, other))
    if names & others:
        return True
    return not (names and others) and not (one.ids and other.ids)
