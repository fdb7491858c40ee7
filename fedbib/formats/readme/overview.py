"""What a README list says of itself: how many papers by section and year, and which papers have which topic.

Made from the list and not read back: `without` takes both out of a text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from fedbib.model.work import Work
from fedbib.text.markdown import escape
from fedbib.text.regex import regex

OVERVIEW, TOPICS = '<a id="overview"></a>', '<a id="by-topic"></a>'
_END = regex(r'<a id="item-\d+"></a>|<!-- fedbib:end -->')
_COLUMNS = 5
"""The newest years have a column each, those before share one."""


def table(
    rows: Sequence[tuple[str, Sequence[tuple[int | None, int]]]], topics: Sequence[tuple[str, int]]
) -> Iterator[str]:
    """Lines with the counts: `rows` are titles with the number of papers by year, `topics` topics with theirs."""
    years = sorted({year for _, counts in rows for year, _ in counts if year}, reverse=True)
    if not years:
        return
    shown, earlier = years[:_COLUMNS], years[_COLUMNS:]
    grid = [["", *map(str, shown), *(["earlier"] if earlier else []), "all"]]
    for title, counts in rows:
        by_year = dict(counts)
        numbers = [by_year.get(year, 0) for year in shown]
        rest = [sum(by_year.get(year, 0) for year in earlier)] if earlier else []
        grid.append([escape(title), *(str(number or "") for number in (*numbers, *rest)), str(sum(by_year.values()))])
    widths = [max(len(row[place]) for row in grid) for place in range(len(grid[0]))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    yield from (OVERVIEW, "## Overview", "")
    for row in (grid[0], rule, *grid[1:]):
        cells = [row[0].ljust(widths[0]), *(map(str.rjust, row[1:], widths[1:]))]
        yield f"| {' | '.join(cells)} |"
    if topics:
        links = ", ".join(
            f"[{escape(topic)}](#topic-{number}) {count}" for number, (topic, count) in enumerate(topics, 1)
        )
        yield from ("", f"By topic: {links}.")


class Labelled(Protocol):
    """What is shown of a work in the index."""

    @property
    def key(self) -> str: ...
    @property
    def topics(self) -> tuple[str, ...]: ...
    @property
    def label(self) -> str: ...


Shown = TypeVar("Shown", bound=Labelled)


def by_topic(works: Sequence[Shown]) -> dict[str, list[Shown]]:
    """The works of each topic, the topics with most works first."""
    found: dict[str, list[Shown]] = {}
    for work in works:
        for topic in work.topics:
            found.setdefault(topic, []).append(work)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def index(topics: Mapping[str, Sequence[Labelled]]) -> Iterator[str]:
    """Lines with the papers of each topic, as links into the list."""
    if not topics:
        return
    yield from ("", "", TOPICS, "## By Topic")
    for number, (topic, works) in enumerate(topics.items(), start=1):
        papers = ", ".join(f"[{work.label}](#{work.key})" for work in works)
        yield from ("", f'<a id="topic-{number}"></a>', f"**{escape(topic)}** ({len(works)}): {papers}")


def label(work: Work) -> str:
    """ "Che 2023" as Markdown, or the key of a work without authors."""
    first = work.author[0] if work.author else None
    name = first.family or first.display if first else ""
    return escape(f"{name} {work.year or ''}".strip() if name else work.key)


_WRITTEN = regex(
    r"\|.*\| *[\d-]+:? *\||By topic: \[.*\d\.|\*\*.+\*\* \(\d+\): \[.*\)|## (?:Overview|By Topic)|<a id=\"[\w-]+\"></a>"
    r"|\|[ \d|a-z]*\| *all *\|"
)


def _nothing(_: str) -> str:
    return ""


def without(text: str, instead: Callable[[str], str] = _nothing) -> str:
    """The text without the overview and the index: their lines are empty, or what `instead` makes of each.

    What somebody else wrote there stays.
    """
    if OVERVIEW not in text and TOPICS not in text:
        return text
    lines = []
    inside = False
    for line in text.split("\n"):
        bare = line.removesuffix("\r")
        inside = bare in (OVERVIEW, TOPICS) or (inside and not _END.fullmatch(bare))
        lines.append(instead(bare) if inside and _WRITTEN.fullmatch(bare) else line)
    return "\n".join(lines)
