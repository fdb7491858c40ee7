"""Identifiers that a file gives to many papers: they are none's, and which of them they are of nobody can tell.

Reference managers that take an identifier out of a wrong file, or a publisher's example, give it to dozens of entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fedbib.match.works import Verdict, compare, title_words
from fedbib.model.identifier import Identifier
from fedbib.model.work import Work, with_ids

_MANY = 3
"""Of two papers one may be the right one, and a person is asked."""


def without_shared(works: Sequence[Work]) -> tuple[tuple[Work, ...], Mapping[Identifier, tuple[int, ...]]]:
    """The works without the identifiers that three or more different ones have, and the places of those that had each.

    Linear in the number of works: no more than three are compared with the others of an identifier.
    """
    places: dict[Identifier, list[int]] = {}
    for place, work in enumerate(works):
        for id in work.ids:
            places.setdefault(id, []).append(place)
    shared = {
        id: tuple(those)
        for id, those in places.items()
        if len(those) >= _MANY and _are_many(works[place] for place in those)
    }
    if not shared:
        return tuple(works), {}
    return tuple(with_ids(work, [id for id in work.ids if id not in shared]) for work in works), shared


def _are_many(works: Iterable[Work]) -> bool:
    """Whether so many of them are different papers, each from all the others."""
    different: list[Work] = []
    for work in sorted(works, key=lambda work: title_words(work.title)):
        if work.title and all(compare(other, work).verdict is Verdict.DIFFERENT for other in different):
            different.append(work)
        if len(different) == _MANY:
            return True
    return False
