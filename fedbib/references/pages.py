"""The list of references of a document that only has lines on pages: where it begins, and where each one does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fedbib.references.manuscript import HEADING

_LABEL = re.compile(r"\s*+(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})\.)(?=\s|[^\W\d_])")
_AFTER = re.compile(
    r"(?:[A-Z]\.?\s++)?(?:appendix|appendices|supplement\w*|acknowledge?ments?|checklist|author contributions)\b.{0,80}"
    r"|[A-Z]\s++[A-Z][\w ]{2,60}",
    re.IGNORECASE,
)
_NOISE = re.compile(r"\s*+\d{0,5}\s*+")
_STEP = 4.0
"""Points by which a line is indented, at least."""
_COLUMN = 60.0
"""Points by which two columns differ, at least."""
_MOST = 5000
"""References of a document, at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page."""

    page: int
    """Counted from 1."""
    left: float
    """Where it begins, in points."""
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """The text of one reference, and the page that it begins on."""

    page: int
    text: str


def references(lines: Sequence[Line]) -> list[Found]:
    """The references, in order; none where there is no list, or nothing tells where one ends and another begins."""
    heads = [place for place, line in enumerate(lines) if HEADING.fullmatch(line.text.strip())]
    if not heads:
        return []
    listed = [line for line in _listed(lines[heads[-1] + 1 :]) if not _NOISE.fullmatch(line.text)]
    starts = _numbered(listed) or _hanging(listed)
    if not starts:
        return []
    ends = [*starts[1:], len(listed)]
    return [
        Found(listed[start].page, _joined([line.text for line in listed[start:end]]))
        for start, end in zip(starts, ends, strict=True)
    ][:_MOST]


def _listed(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        # An appendix begins; a reference has a full stop, a comma or a digit in its first line.
        if _AFTER.fullmatch(line.text.strip()) and not re.search(r"[,\d]", line.text):
            return
        yield line


def _numbered(lines: Sequence[Line]) -> list[int]:
    """The lines that begin with the next number, if the first does with 1."""
    starts: list[int] = []
    for place, line in enumerate(lines):
        match = _LABEL.match(line.text)
        number = int(next(filter(None, match.groups()))) if match else 0
        if number == len(starts) + 1:
            starts.append(place)
        elif place > 3 and not starts:
            return []
    return starts if len(starts) > 1 else []


def _hanging(lines: Sequence[Line]) -> list[int]:
    """The lines at the edge of their column, if others are indented: all but a reference's first."""
    edges = _edges(lines)
    starts = [place for place, line in enumerate(lines) if line.left - edges[place] < _STEP / 2]
    indented = sum(_STEP <= line.left - edge < _COLUMN for line, edge in zip(lines, edges, strict=True))
    return starts if indented and len(starts) > 1 and indented >= len(lines) // 5 else []


def _edges(lines: Sequence[Line]) -> list[float]:
    """The left edge of the column that each line stands in, page by page."""
    by_page: dict[int, Counter[float]] = {}
    for line in lines:
        by_page.setdefault(line.page, Counter())[round(line.left)] += 1
    columns: dict[int, list[float]] = {}
    for page, counts in by_page.items():
        found: list[float] = []
        for left in sorted(counts):
            if not found or left - found[-1] > _COLUMN:
                found.append(left)
        columns[page] = found
    known = sorted({edge for found in columns.values() for edge in found})
    edges = []
    for line in lines:
        own = max((edge for edge in columns[line.page] if edge <= line.left + 1), default=line.left)
        if sum(own <= left < own + _COLUMN for left in by_page[line.page]) == 1:  # only what goes on from before
            own = min(edge for edge in (*known, own) if own - _COLUMN / 2 < edge <= own)
        edges.append(own)
    return edges


def _joined(texts: Sequence[str]) -> str:
    """Lines as one text: a word that is broken at their end is put together."""
    found = ""
    for text in (text.strip() for text in texts):
        if found.endswith("-") and text[:1].islower():
            found = found[:-1] + text
        elif found.endswith(("-", "/")) or (
            found.rpartition(" ")[2].startswith(("http", "10.")) and text[:1] not in ("", "[")
        ):
            found += text
        else:
            found = f"{found} {text}".strip()
    return found
