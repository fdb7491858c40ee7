"""Lists in the wild: rows of one file about one paper say the same: all that any of them says."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fedbib.model.identifier import Scheme
from fedbib.model.reading import Doubt
from fedbib.model.work import ID_FIELDS, Work
from fedbib.text.ascii import folded

_FACETS = ("topics", "datasets", "models")
_FILLED = (
    "author",
    "issued",
    "container_title",
    "container_title_short",
    "URL",
    "links",
    "comment",
    "tldr",
    *ID_FIELDS.values(),
    "other_ids",
)
_NAMESAKES = 50
"""Papers of one title that a row is compared with."""
Line = tuple[Work, int]


def united(works: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """The works in order, a poorer repeat filled from the row it repeats and the other way round, and as doubts those
    that share a link with another paper."""
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
    for members in groups.values():
        whole = _whole([works[at][0] for at in members])
        for at in members:
            found[at] = (whole, works[at][1])
    return [pair for at, pair in enumerate(found) if at not in doubted], doubts


def _whole(works: Sequence[Work]) -> Work:
    """The first work with what the others say beside it; the longest list of authors counts."""
    whole = works[0]
    for work in works[1:]:
        missing = {name: getattr(work, name) for name in _FILLED if not getattr(whole, name) and getattr(work, name)}
        if whole.container_title_short and "issued" in missing and work.container_title_short:
            same = whole.container_title_short == work.container_title_short
            missing = missing if same else {name: value for name, value in missing.items() if name != "issued"}
        facets: dict[str, Any] = {
            name: tuple(dict.fromkeys((*getattr(whole, name), *getattr(work, name)))) for name in _FACETS
        }
        whole = replace(whole, **missing, **facets)
    return whole


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
