"""How many works have what a reference asks for, by venue. No finding: nobody knows what a venue does not give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fedbib.model.work import Work

ASKED: Mapping[str, Callable[[Work], bool]] = MappingProxyType(
    {
        "pages": lambda work: work.page is not None,
        "DOI": lambda work: bool(work.DOI),
        "month": lambda work: work.issued is not None and work.issued.month is not None,
        "editors": lambda work: bool(work.editor),
        "ISBN": lambda work: bool(work.ISBN),
        "place": lambda work: bool(work.event_place or work.publisher_place),
        "publisher": lambda work: bool(work.publisher),
        "address": lambda work: any(not id.is_preprint for id in work.ids) or bool(work.openreview or work.URL),
    }
)
"""What is counted. An address is an identifier or a URL of the publication itself, not of its preprint."""


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    """The venue's label, "published" or "preprints"."""
    works: int
    having: tuple[int, ...]
    """Of how many each of `ASKED` is known."""


def completeness(works: Iterable[Work]) -> tuple[Row, ...]:
    """A row per venue, that with most works first, then one for all that is published and one for preprints."""
    published: list[Work] = []
    preprints: list[Work] = []
    venues: dict[str, list[Work]] = {}
    for work in works:
        (preprints if work.is_preprint else published).append(work)
        if not work.is_preprint:
            venues.setdefault(work.container_title_short or work.container_title or work.publisher, []).append(work)
    ordered = sorted(venues.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(_row(name, found) for name, found in [*ordered, ("published", published), ("preprints", preprints)])


def _row(name: str, works: list[Work]) -> Row:
    return Row(name, len(works), tuple(sum(map(has, works)) for has in ASKED.values()))
