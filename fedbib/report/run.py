"""What a sync did, for people, for machines, and as the body of a pull request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from fedbib.model.problem import Problem
from fedbib.report import counted
from fedbib.report.events import problem
from fedbib.sync.changes import Change
from fedbib.sync.run import Done
from fedbib.text.markdown import escape, line


@dataclass(frozen=True, slots=True)
class Report:
    records: int
    """How many were looked at."""
    changes: tuple[Change, ...] = ()
    """What is new in what sources say, field by field."""
    linked: tuple[Problem, ...] = ()
    """Publications found, each with why."""
    problems: tuple[Problem, ...] = ()
    """What needs a person, and what a source took back."""
    failed: tuple[Problem, ...] = ()
    """Sources that did not answer."""

    @classmethod
    def of(cls, done: Done, folder: str) -> Report:
        """What a run came to, in sentences; `folder` is where the records lie."""
        linked, problems, failed = (
            tuple(problem(event, folder) for event in events) for events in (done.linked, done.events, done.silent)
        )
        return cls(done.records, done.changes, linked, problems, failed)

    @property
    def summary(self) -> str:
        """ "5 records, 2 changed, 1 publication found"."""
        changed = len({change.key for change in self.changes})
        parts = [counted(self.records, "record"), f"{changed} changed"]
        if self.linked:
            papers = len({problem.key for problem in self.linked})  # a publication may have several identifiers
            parts.append(f"{counted(papers, 'publication')} found")
        return ", ".join(parts)


def rows(report: Report) -> list[tuple[str, str, str, str, str]]:
    """Key, source, field, old and new of each change."""
    return [(change.key, change.source, change.field, change.old, change.new) for change in report.changes]


def as_json(report: Report) -> str:
    """An object with `records` and the lists `changes`, `linked`, `problems` and `failed`."""
    return json.dumps(asdict(report), indent=1) + "\n"


def as_markdown(report: Report) -> str:
    """Sections for what changed, what was linked, what needs a person and which sources failed; inert text."""
    parts = [f"{escape(report.summary)}."]
    if report.changes:
        parts.append("### Changed\n\n" + _table(("Paper", "Source", "Field", "Old", "New"), rows(report)))
    for title, problems in (
        ("Published versions found", report.linked),
        ("For a person to look at", report.problems),
        ("Sources that did not answer", report.failed),
    ):
        if problems:
            parts.append(f"### {title}\n\n" + "".join(f"- {_told(problem)}\n" for problem in problems))
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([_cell(text) for text in row] for row in body)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _cell(text: str) -> str:
    return escape(text if len(text) <= 200 else text[:200] + "…").replace("|", "&#124;")


def _told(problem: Problem) -> str:
    key = f"**{escape(problem.key)}**: " if problem.key else ""
    hint = f" ({problem.hint})" if problem.hint else ""
    return key + line(problem.message + hint)
