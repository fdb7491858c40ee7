"""New papers as text, as JSON and as the body of an issue with boxes to tick, which are read here too."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from fedbib.discover.judge import Candidate, Queue
from fedbib.report import counted
from fedbib.text.markdown import escape
from fedbib.text.markup import plain

_AUTHORS = 3
_MOST_BYTES = 60_000
"""Of the body of an issue: GitHub takes 65,536 characters."""
_BOX = re.compile(r"^ *[-*] \[(?P<tick>[ xX])\] (?P<what>take|decline) `(?P<id>[^`\s]{1,300})`", re.MULTILINE)


def rows(candidates: Sequence[Candidate]) -> list[tuple[str, str, str, str]]:
    """Score, identifier, title and why of each."""
    return [
        (f"{candidate.score:+.1f}", str(candidate.paper.id), plain(candidate.paper.title), _why(candidate))
        for candidate in candidates
    ]


def _why(candidate: Candidate) -> str:
    parts = [", ".join(candidate.why)]
    if candidate.topics:
        parts.append(f"topics: {', '.join(candidate.topics)}")
    if candidate.like:
        parts.append(f"may be {candidate.like}")
    return "; ".join(part for part in parts if part)


def as_json(queue: Queue, candidates: Sequence[Candidate]) -> str:
    """An object with the `line` (null while there is none) and the list `papers`; no abstracts."""
    return json.dumps({"line": queue.line, "papers": [_table(one) for one in candidates]}, indent=1) + "\n"


def _table(candidate: Candidate) -> dict[str, Any]:
    paper = candidate.paper
    return {
        "id": str(paper.id),
        "title": paper.title,
        "authors": list(paper.authors),
        "day": paper.day.isoformat() if paper.day else None,
        "categories": list(paper.categories),
        "url": paper.id.url,
        "score": round(candidate.score, 3),
        "above": candidate.above,
        "why": list(candidate.why),
        "cites": candidate.cites,
        "topics": list(candidate.topics),
        "like": candidate.like or None,
    }


def as_markdown(queue: Queue, candidates: Sequence[Candidate]) -> str:
    """The body of an issue: two boxes per paper, and how to answer; inert text, short enough for one issue."""
    head = (
        f"{counted(len(candidates), 'new paper')} of {queue.listed} considered, the most likely first. "
        "Tick what to do with each; those without a tick are shown again.\n"
    )
    parts, size = [head], len(head.encode())
    for place, candidate in enumerate(candidates):
        part = _item(candidate)
        size += len(part.encode())
        if size > _MOST_BYTES:
            parts.append(f"\nand {len(candidates) - place} more, shown once you have decided on these\n")
            break
        parts.append(part)
    return "".join(parts)


def _item(candidate: Candidate) -> str:
    paper = candidate.paper
    people = ", ".join(paper.authors[:_AUTHORS]) + (" et al." if len(paper.authors) > _AUTHORS else "")
    told = [people, paper.day.isoformat() if paper.day else "", *paper.categories[:1]]
    about = " · ".join(escape(text) for text in (*told, _why(candidate)) if text)
    return (
        f"\n- **[{escape(plain(paper.title))}]({paper.id.url})**<br>{about}\n"
        f"  - [ ] take `{paper.id}`\n"
        f"  - [ ] decline `{paper.id}`\n"
    )


def ticked(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The identifiers whose boxes were ticked in the body of an issue: to take, to decline. Both ticked is neither."""
    found = {"take": dict[str, None](), "decline": dict[str, None]()}
    for match in _BOX.finditer(text):
        if match["tick"] in "xX":
            found[match["what"]][match["id"]] = None
    both = found["take"].keys() & found["decline"].keys()
    take, decline = (tuple(id for id in found[what] if id not in both) for what in ("take", "decline"))
    return take, decline
