"""Lists in the wild: rows of one file about one paper say the same: all that any of them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fedbib.model.identifier import Identifier
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
    *ID_FIELDS.values(),
    "other_ids",
)
Line = tuple[Work, int]


def united(works: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """The works in order, a poorer repeat filled from the row it repeats and the other way round, and as doubts those
    that share a link with another paper."""
    groups: dict[int, list[int]] = {}
    by_id: dict[Identifier, int] = {}
    by_title: dict[str, list[int]] = {}
    doubts: list[Doubt] = []
    doubted: set[int] = set()
    first_of: dict[int, int] = {}
    for index, (work, line) in enumerate(works):
        same = next((by_id[id] for id in work.ids if id in by_id), None)
        if same is not None and not _alike(works[same][0].title, work.title):
            reason = f"has the link of another paper, in line {works[same][1]}"
            doubts.append(Doubt(work, line, reason))
            doubted.add(index)
            continue
        if same is None:
            known = by_title.get(_spelt(work.title), ())
            same = next((at for at in known if _agree(works[at][0], work)), None)
        first = first_of.get(same, same) if same is not None else index
        first_of[index] = first
        groups.setdefault(first, []).append(index)
        for id in work.ids:
            by_id.setdefault(id, first)
        by_title.setdefault(_spelt(work.title), []).append(first)
    found = list(works)
    for members in groups.values():
        if len(members) > 1:
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


def _spelt(title: str) -> str:
    return "".join(char for char in folded(title).casefold() if char.isalnum())


def _alike(one: str, other: str) -> bool:
    """Whether two titles with one link are spellings of one."""
    first, second = _spelt(one), _spelt(other)
    if first in second or second in first:
        return True
    words, others = set(folded(one).casefold().split()), set(folded(other).casefold().split())
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
