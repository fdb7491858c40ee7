"""Where a paper that a list has not yet belongs: which section, by its headings, and where among its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from fedbib.formats.lists.outline import Heading
from fedbib.formats.look.pattern import posted_of
from fedbib.formats.look.rows import Row
from fedbib.formats.look.values import Find, venue_label
from fedbib.model.work import Work
from fedbib.text.ascii import folded
from fedbib.text.markup import plain

_PREPRINTS = re.compile(r"\b(?:pre-?prints?|arxiv|unpublished)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(slots=True)
class Section:
    """A heading with the rows that stand right under it."""

    heading: Heading | None
    rows: list[tuple[Row, Work]] = field(default_factory=list)
    """In order, each with what is known of its paper."""

    @property
    def path(self) -> list[Heading]:
        found, heading = [], self.heading
        while heading:
            found.append(heading)
            heading = heading.above
        return found

    @property
    def year(self) -> int | None:
        """The year that the heading is, if it is nothing else."""
        said = self.heading.said if self.heading else None
        return said.issued.year if said and said.issued and not said.label else None


def sections_of(rows: Iterable[tuple[Row, Work]]) -> list[Section]:
    found: dict[int, Section] = {}
    for row, work in rows:
        found.setdefault(id(row.heading), Section(row.heading)).rows.append((row, work))
    return list(found.values())


def section_for(work: Work, sections: Sequence[Section], find: Find, rest: str = "") -> Section | None:
    """The section whose headings agree best with a paper's topics, venue and year; None where each contradicts it.

    `rest` is the heading of the section for those.
    """
    scored = [(_score(work, section, find), section) for section in sections]
    best = max((score for score, _ in scored if score is not None), default=None)
    if best is None:
        return next((section for section in sections if rest and _is_called(section, rest)), None)
    return next(section for score, section in scored if score == best)


def _is_called(section: Section, name: str) -> bool:
    return any(folded(heading.text) == folded(name) for heading in section.path)


def _score(work: Work, section: Section, find: Find) -> int | None:
    """How well the headings agree; None when one of them contradicts."""
    total = 0
    for heading in section.path:
        said = heading.said
        if said:
            if said.label:
                if not _is_venue(work, said.label, find):
                    return None
                total += 4
            if said.issued:
                if said.issued.year != work.year:
                    return None
                total += 4
        elif _PREPRINTS.search(heading.text):
            if not work.is_preprint:
                return None
            total += 2
        elif heading.topic and any(folded(heading.topic) == folded(topic) for topic in work.topics):
            total += 6
        elif heading.topic and work.topics and heading is section.heading:
            total -= 2
    return total


def _is_venue(work: Work, label: str, find: Find) -> bool:
    own = venue_label(work)
    if folded(own) == folded(label):
        return True
    one, other = find(label), find(own) or find(work.container_title)
    return one is not None and other is not None and one.short == other.short


def date_of(work: Work) -> tuple[int, int, str]:
    """By what rows are in order: year, month, arXiv id."""
    issued, posted = work.issued, posted_of(work)
    if not issued:
        return (*(posted or (0, 0)), work.arxiv)
    month = issued.month or (posted[1] if posted and posted[0] == issued.year else 0)
    return issued.year, month, work.arxiv


def order_of(sections: Iterable[Section]) -> str:
    """Newest first or last, as most neighbours stand; first where they do not tell. By title where all stand so."""
    first = last = pairs = titled = 0
    for section in sections:
        works = [work for _, work in section.rows]
        for one, other in pairwise(works):
            before, after = date_of(one)[:2], date_of(other)[:2]
            first += before > after
            last += before < after
            pairs += 1
            titled += _title(one) <= _title(other)
    if pairs >= 10 and titled * 20 >= pairs * 19:
        return "title"
    return "newest-last" if last > first else "newest-first"


def _title(work: Work) -> str:
    return folded(plain(work.title))


def place_in(work: Work, section: Section, order: str) -> int:
    """Before which of the section's rows a paper belongs; their number for behind the last."""
    works = [known for _, known in section.rows]
    if order == "newest-last":
        behind = [at for at, other in enumerate(works) if date_of(other) <= date_of(work)]
        return behind[-1] + 1 if behind else 0
    if order == "title":
        comes_before = [_title(other) > _title(work) for other in works]
    else:
        comes_before = [date_of(other) <= date_of(work) for other in works]
    return comes_before.index(True) if True in comes_before else len(works)


def year_heading(line: str, old: int, new: int) -> str:
    """The heading of a year as that of another one; "" where the line does not name it."""
    return line.replace(str(old), str(new)) if line.startswith("#") and _YEAR.search(line) and str(old) in line else ""
