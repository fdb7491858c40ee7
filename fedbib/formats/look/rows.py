"""The rows of a list with the lines that are theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fedbib.formats.lists.lexicon import Lexicon
from fedbib.formats.lists.markdown import told
from fedbib.formats.lists.outline import Heading
from fedbib.model.work import Work

_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_STARTS = re.compile(r" {0,3}(?:#{1,6}(?:[ \t]|$)|```|~~~|<|\||>|(?:[-*_][ \t]*){3,}$)")
"""What ends a paragraph that goes on without indentation."""
_ENDS = {"<tr": "</tr>", "<li": "</li>"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row that names a paper."""

    start: int
    """Index of its first line."""
    end: int
    """Index behind its last line."""
    text: str
    """Its lines, without blanks at their end."""
    tail: str
    """Those blanks."""
    says: Work
    kind: str
    """item, run, paragraph, heading or table, as `fedbib.formats.lists.parse.Row` has it."""
    heading: Heading | None
    is_alone: bool
    """Whether its lines say of this paper, and of no other."""
    is_whole: bool
    """Whether they do, and it is surely a paper."""


def rows_of(text: str, lexicon: Lexicon) -> tuple[Row, ...]:
    """The rows of a list (line ends `\\n`) that name papers, in order."""
    lines = text.split("\n")
    found = told(text, lexicon)
    starts = [_start(lines, each.row.line - 1) for each in found]
    taken = Counter(starts)
    following = _following(starts, len(lines))
    rows = []
    for each, start in zip(found, starts, strict=True):
        end = _end(lines, start, following[start], each.row.kind)
        is_alone = taken[start] == 1 and each.row.kind != "run"
        body = "\n".join(lines[start:end])
        text = body.rstrip(" \t\r")
        rows.append(
            Row(
                start,
                end,
                text,
                body[len(text) :],
                each.work,
                each.row.kind,
                each.row.heading,
                is_alone,
                is_alone and each.is_sure,
            )
        )
    return tuple(rows)


def _following(starts: Sequence[int], last: int) -> dict[int, int]:
    """For each start the next one."""
    ordered = sorted(set(starts))
    return dict(zip(ordered, [*ordered, last][1:], strict=True))


def _start(lines: Sequence[str], at: int) -> int:
    """The line of a row's own tag, which may stand above its first cell."""
    if at > 0 and lines[at].lstrip().startswith("<td") and re.fullmatch(r"\s*<tr[^<>]*>\s*", lines[at - 1]):
        return at - 1
    return at


def _end(lines: Sequence[str], start: int, limit: int, kind: str) -> int:
    """The index behind a row's last line, before `limit`; blank lines at its end are nobody's."""
    first = lines[start].lstrip()
    for opens, closes in _ENDS.items():
        if first.startswith(opens):
            return next((at + 1 for at in range(start, limit) if closes in lines[at]), start + 1)
    if kind == "table":
        return start + 1
    end = _heading_end(lines, start, limit) if kind == "heading" else _item_end(lines, start, limit)
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _heading_end(lines: Sequence[str], start: int, limit: int) -> int:
    return next((at for at in range(start + 1, limit) if _HEADING.match(lines[at])), limit)


def _item_end(lines: Sequence[str], start: int, limit: int) -> int:
    """Behind the lines that are indented below the first, or go on without a mark of their own."""
    indent = _indent(lines[start]) if _MARKER.match(lines[start]) else 0
    is_item = bool(_MARKER.match(lines[start]))
    for at in range(start + 1, limit):
        line = lines[at]
        if not line.strip():
            if not is_item:
                return at
        elif is_item and _indent(line) > indent:
            continue
        elif not lines[at - 1].strip() or _MARKER.match(line) or _STARTS.match(line):
            return at
    return limit


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
