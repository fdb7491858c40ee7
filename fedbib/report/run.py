"""What a sync did, for people and for machines."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from fedbib.model.problem import Problem
from fedbib.report import counted
from fedbib.report.events import problem
from fedbib.sync.changes import Change, Settled
from fedbib.sync.run import Done
from fedbib.text.markup import plain


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
    papers: tuple[Settled, ...] = ()
    """What changes in the list, by paper."""

    @classmethod
    def of(cls, done: Done, folder: str) -> Report:
        """What a run came to, in sentences; `folder` is where the records lie."""
        linked, problems, failed = (
            tuple(problem(event, folder) for event in events) for events in (done.linked, done.events, done.silent)
        )
        return cls(done.records, done.changes, linked, problems, failed, done.settled)

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
    """An object with `records` and the lists `papers`, `changes`, `linked`, `problems` and `failed`."""
    papers = [
        {
            "key": paper.key,
            "title": plain(paper.work.title),
            "url": paper.id.url if paper.id else "",
            "changes": {change.field: [change.old, change.new] for change in paper.changes},
        }
        for paper in report.papers
    ]
    return json.dumps({**asdict(replace(report, papers=())), "papers": papers}, indent=1) + "\n"
