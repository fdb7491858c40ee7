"""Which volumes of proceedings an index holds whole: only those speak by what they do not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from fedbib.model.work import ItemType, Work

_FEWEST = 15
"""Papers: fewer are no volume that says anything by silence."""
_HOLE = 4
"""Pages between two papers that may be a paper's; fewer are blank ones and fillers."""
_MOST_HOLES = 0.002
"""Share of a volume's papers that may be in its holes."""
_MOST_BESIDE = 0.03
"""The same where the table of contents is here: keynotes, tutorials and blank pages, which it does not list."""
_PAGED = 0.9
_STEP = 1000
"""What one answer of DBLP's holds: a count that is a multiple of it was cut off."""


class Why(StrEnum):
    """Why a volume is held to be whole, or not."""

    PAGES = "pages"
    """Its papers follow each other from the first page to the last."""
    CONTENTS = "contents"
    """Its table of contents is here with the record of the volume itself, which stands last in it."""
    HOLES = "holes"
    NO_HEAD = "no-head"
    """Neither pages nor the record of the volume itself."""
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Volume:
    """The main proceedings of a series in one year, as an index holds them."""

    series: str
    year: int
    works: int
    why: Why
    title: str = ""
    """As the index writes it."""
    source: str = ""
    """The file that it was read from; of several the first."""
    number: str = ""
    """The volume's number, if all of that year's papers have the same one, as those of many journals."""

    @property
    def is_whole(self) -> bool:
        return self.why in (Why.PAGES, Why.CONTENTS)

    @property
    def is_nearly_whole(self) -> bool:
        """Whether no more is missing than stands between the pages of others."""
        return self.is_whole or self.why is Why.HOLES


@dataclass
class Tally:
    """What is counted of a volume while its works are read."""

    works: int = 0
    head: bool = False
    pages: list[tuple[int, int]] = field(default_factory=list)
    title: str = ""
    source: str = ""
    numbers: set[str] = field(default_factory=set)

    def add(self, work: Work, source: str) -> None:
        if work.type is ItemType.BOOK:
            self.head = True
            return
        self.works += 1
        self.numbers.add(work.volume)
        self.title, self.source = self.title or work.container_title, self.source or source
        if work.page and work.page.first.isdecimal() and (work.page.last or work.page.first).isdecimal():
            self.pages.append((int(work.page.first), int(work.page.last or work.page.first)))

    def volume(self, series: str, year: int) -> Volume:
        number = min(self.numbers, default="") if len(self.numbers) == 1 else ""
        return Volume(series, year, self.works, self._why(), self.title, self.source, number)

    def _why(self) -> Why:
        if self.works < _FEWEST:
            return Why.FEW
        contents = self.head and self.works % _STEP > 0
        if len(self.pages) < _PAGED * self.works:
            return Why.CONTENTS if contents else Why.NO_HEAD
        missing = holes(self.pages)
        if missing <= _MOST_HOLES * self.works:
            return Why.PAGES
        return Why.CONTENTS if contents and missing <= _MOST_BESIDE * self.works else Why.HOLES


def holes(pages: Iterable[tuple[int, int]]) -> int:
    """How many papers may be missing among the pages of others, each as long as the others are on average."""
    ordered = sorted(pages)
    if not ordered:
        return 0
    mean = max(_HOLE, sum(min(last - first + 1, 60) for first, last in ordered) // len(ordered))
    missing, end = 0, 0
    for first, last in ordered:
        # What stands before the first paper are the front matter's pages, if few.
        gap = first - end - 1 if end else max(0, first - 60)
        if gap >= _HOLE:
            missing += max(1, round(gap / mean))
        end = max(end, last)
    return missing
