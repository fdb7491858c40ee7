"""Pictures of a collection: SVG drawn by pygal, with a title, a description and the numbers beside it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, Protocol

from fedbib.text.regex import regex
from fedbib.text.xml import escape

_TOPICS, _BARS, _YEARS = 10, 15, 8
_COLOURS = ("#2f6fb0", "#c0562a", "#3b8a5a", "#8a8a8a")
_YEAR_COLOURS = ("#c9ced4", "#b3c0cd", "#a9c7e6", "#7fb0dc", "#5795cd", "#2f6fb0", "#1d4f86", "#c0562a")
"""The last is this year's or the last one's."""
_ARXIV_YEAR = regex(r"(\d\d)(?:0[1-9]|1[0-2])\.", re.ASCII)
# pygal's own rules name the picture's id, so these must too.
_CSS = """inline:
{0} .axis text,{0} .axis text.major,{0} .legends .legend text,{0} .text-overlay text.value{{
fill:#404040;font-family:system-ui,sans-serif}}
{0} .axis .line,{0} .axis .guide.line,{0} .axis .major.line,{0} .axis .major.guide.line{{
stroke:#d8d8d8;stroke-dasharray:none}}
{0} .reactive{{fill-opacity:1;stroke-width:0}}
{0} .horizontalbar-graph .text-overlay text.value,{0} .bar-graph .text-overlay text.value{{fill:#fff!important}}
@media (prefers-color-scheme:dark){{
{0} .axis text,{0} .axis text.major,{0} .legends .legend text{{fill:#d0d0d0}}
{0} .axis .line,{0} .axis .guide.line,{0} .axis .major.line,{0} .axis .major.guide.line{{stroke:#4a4a4a}}
}}"""


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    """Of the file, without `.svg`."""
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    """The numbers that are drawn: a row's name and a number per column."""
    svg: str

    @property
    def alternative(self) -> str:
        """The picture in words: its title and the highest numbers."""
        return _alternative(self.title, self.columns, self.rows)


class Counted(Protocol):
    """What is counted of a work."""

    @property
    def year(self) -> int | None: ...
    @property
    def topics(self) -> Sequence[str]: ...
    @property
    def datasets(self) -> Sequence[str]: ...
    @property
    def models(self) -> Sequence[str]: ...
    @property
    def container_title_short(self) -> str: ...
    @property
    def is_preprint(self) -> bool: ...
    @property
    def arxiv(self) -> str: ...


Rows = Sequence[tuple[str, tuple[int, ...]]]
Svg = Callable[[str, str, tuple[str, ...], Rows, str], str]
"""Draws what a picture of some name, title, columns and rows shows, as a kind of chart."""


def pictures(works: Sequence[Counted], svg: Svg | None = None) -> Iterator[Picture]:
    """Each picture that has something to show, drawn by `svg`."""
    for name, title, columns, rows, kind in _told(works):
        yield Picture(name, title, columns, tuple(rows), (svg or drawn)(name, title, columns, rows, kind))


def _told(works: Sequence[Counted]) -> Iterator[tuple[str, str, tuple[str, ...], Rows, str]]:
    """What `Svg` is given for each picture."""
    yield from _by_year(works)
    yield from _published(works)
    venues = Counter([work.container_title_short for work in works if not work.is_preprint])
    for name, counts, title in (
        ("venues", venues, "Papers by venue"),
        ("datasets", Counter(chain.from_iterable([work.datasets for work in works])), "Most used datasets"),
        ("models", Counter(chain.from_iterable([work.models for work in works])), "Most used models"),
    ):
        counts.pop("", None)
        rows = [(value, (count,)) for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
        if rows:
            yield name, title, ("papers",), rows[:_BARS], "HorizontalBar"


def _by_year(works: Sequence[Counted]) -> Iterator[tuple[str, str, tuple[str, ...], Rows, str]]:
    """How many papers of each year have each of the topics with most papers."""
    counts = Counter([(topic, work.year) for work in works if work.year for topic in work.topics])
    topics = Counter(chain.from_iterable([work.topics for work in works]))
    names = [topic for topic, _ in sorted(topics.items(), key=lambda item: (-item[1], item[0]))][:_TOPICS]
    years = sorted({year for _, year in counts})[-_YEARS:]
    if years:
        rows = [(name, tuple(counts[name, year] for year in years)) for name in names]
        yield "topics", "Papers per year by topic", tuple(map(str, years)), rows, "HorizontalStackedBar"


def _published(works: Sequence[Counted]) -> Iterator[tuple[str, str, tuple[str, ...], Rows, str]]:
    """Of the preprints of each year, how many were published how soon, as far as the collection knows."""
    fates = ("published the same year", "published the year after", "published later", "not published yet")
    counts: Counter[tuple[int, int]] = Counter()
    for work in works:
        match = _ARXIV_YEAR.match(work.arxiv)
        if not match:
            continue
        year = 2000 + int(match[1])
        if work.is_preprint:
            counts[year, 3] += 1
        elif work.year:
            counts[year, min(max(work.year - year, 0), 2)] += 1
    years = sorted({year for year, _ in counts})[-_YEARS:]
    if years:
        rows = [(fate, tuple(counts[year, place] for year in years)) for place, fate in enumerate(fates)]
        yield "published", "From preprint to publication", tuple(map(str, years)), rows, "StackedBar"


def drawn(name: str, title: str, columns: tuple[str, ...], rows: Rows, kind: str) -> str:
    """A chart that pygal draws; the same numbers give the same bytes."""
    import pygal
    import pygal.etree

    # pygal leaves a finder of plug-ins behind that Python warns of at every later import.
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]
    # With lxml installed pygal would write the same picture in other bytes.
    pygal.etree.etree.to_etree()
    chart = getattr(pygal, kind)(**_options(name, kind, len(rows), len(columns)))
    chart.uuid = name
    if kind == "HorizontalStackedBar":
        chart.x_labels = [_short(row) for row, _ in reversed(rows)]
        for place, column in enumerate(columns):
            chart.add(column, [numbers[place] for _, numbers in reversed(rows)])
    elif kind == "HorizontalBar":
        # pygal draws from the bottom up.
        chart.x_labels = [_short(row) for row, _ in reversed(rows)]
        chart.add(title, [numbers[0] for _, numbers in reversed(rows)])
    else:
        chart.x_labels = columns
        for row, numbers in rows:
            chart.add(_short(row), numbers)
    svg = chart.render(is_unicode=True)
    # Today's date, the version and what only pygal's own script reads.
    svg = re.sub(r"<!--(?:(?!<!--).)*?-->|<script\b(?:(?!<script\b).)*?</script>", "", svg, flags=re.DOTALL)
    said = f"<title>{escape(title)}</title><desc>{escape(_alternative(title, columns, rows))}</desc>"
    svg = re.sub(r"<svg [^<>]*>", lambda match: match.group()[:-1] + ' role="img">' + said, svg, count=1)
    return svg.strip() + "\n"


def _options(name: str, kind: str, rows: int, columns: int) -> dict[str, Any]:
    """How a chart looks."""
    from pygal.style import Style

    bars = kind == "HorizontalBar"
    stacked = kind.endswith("StackedBar")
    colours = {"StackedBar": _COLOURS, "HorizontalStackedBar": _YEAR_COLOURS[-columns:]}.get(kind, _COLOURS[:1] * rows)
    style = Style(
        background="transparent",
        plot_background="transparent",
        colors=colours,
        label_font_size=13,
        major_label_font_size=13,
        value_font_size=13,
        legend_font_size=13,
    )
    return {
        "js": (),
        "css": ("file://style.css", "file://graph.css", _CSS.format(f"#chart-{name}")),
        "style": style,
        "width": 720,
        "height": 60 + 26 * rows + 40 * stacked if "Horizontal" in kind else 340,
        "explicit_size": True,
        "show_legend": stacked,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": columns if "Horizontal" in kind else 2,
        "print_values": bars,
        "print_zeroes": False,
        "value_formatter": partial(str.format, "{:.0f}"),
    }


def _short(text: str) -> str:
    return text if len(text) <= 28 else text[:27] + "\u2026"


def _alternative(title: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> str:
    if len(columns) == 1:
        return f"{title}: " + ", ".join(f"{row} {numbers[0]}" for row, numbers in rows[:5])
    totals = ", ".join(f"{row} {sum(numbers)}" for row, numbers in rows[:5])
    return f"{title}, {columns[0]} to {columns[-1]}: {totals}"
