"""Lists in the wild: a long list in parts that are read one after the other, so that no tree of all of it is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONG = 400_000
"""Characters of a part; a list that is no longer is one part."""
_RUN = 200
"""A list or table is cut when it goes on for so many lines."""
_HEADING = re.compile(r"#{1,6} ")
_ITEM = re.compile(r"[-*+] \S|\d{1,9}[.)] \S")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_OPENS = re.compile(r"<(?:table|ul|ol|dl|pre)\b|<!--", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:table|ul|ol|dl|pre)>|-->", re.IGNORECASE)
_RULE = re.compile(r"\|?\s*+:?-++:?\s*+(?:\|\s*+:?-*+:?\s*+)*+$")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:\s")


def parts_of(text: str) -> Iterator[tuple[int, str]]:
    """The text in parts, each with the number of its first line, 1-based.

    A part begins at a heading, or within a list or table that goes on for long; that of a table begins with its head
    once more. The targets of links that stand apart ("[1]: https://...") are in each part. Linear.
    """
    if len(text) <= _LONG:
        yield 1, text
        return
    lines = text.split("\n")
    references = "".join(f"\n\n{line}" for line in lines if line.startswith(("[", " ")) and _REFERENCE.match(line))
    head: list[str] = []
    start = 0
    for end, table in [*_cuts(lines), (len(lines), -1)]:
        yield start + 1 - len(head), "\n".join([*head, *lines[start:end]]) + references
        head = lines[table : table + 2] if table >= 0 and _RULE.match(lines[table + 1]) else []
        start = end


def _cuts(lines: list[str]) -> Iterator[tuple[int, int]]:
    """The lines with which parts begin, from 0, behind the first; each with the first line of its table, or -1."""
    size = depth = run = 0
    table, fence = -1, ""
    for at, line in enumerate(lines):
        if not fence and not depth:
            table = -1 if not line.startswith("|") else at if table < 0 else table
            run = run + 1 if table >= 0 or line.startswith("  ") or _ITEM.match(line) else 0
            is_long = run > _RUN and at > table + 1 and (table >= 0 or _ITEM.match(line))
            if size > _LONG and (is_long or _HEADING.match(line)):
                yield at, table
                size = 0
        size += len(line) + 1
        if match := _FENCE.match(line):
            fence = "" if fence and match.group(1).startswith(fence) else fence or match.group(1)
        elif not fence and ("<" in line or "-->" in line):
            depth = max(0, depth + len(_OPENS.findall(line)) - len(_CLOSES.findall(line)))
