"""What a sync did, as the body of a pull request: what changes in the list first, what sources said last and folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fedbib.model.identifier import Identifier
from fedbib.model.problem import Problem
from fedbib.model.work import Status, Work
from fedbib.report.events import problem
from fedbib.report.findings import against, told
from fedbib.report.run import Report, rows
from fedbib.sync.changes import Settled
from fedbib.sync.events import Linked, Proposed
from fedbib.sync.run import Done
from fedbib.text.markdown import escape, line
from fedbib.text.markup import plain

MOST = 60_000
"""Bytes of a body; GitHub takes 65,536 characters."""
_LINE = 600
"""Characters of one row."""
_REST = 120
"""Bytes kept for the line that says how many rows are left out."""
_GONE = (Status.RETRACTED.value, Status.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    rows: Sequence[str]
    share: float = 1.0
    """How much of the room it may take, before what follows it."""
    head: str = ""
    """Stands before the rows and is not counted as one."""
    folded: bool = False
    kept: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        if not self.rows:
            return ""
        left = len(self.rows) - len(self.kept)
        more = f"\n{left} more in the full report.\n" if left else ""
        body = f"{self.head}{''.join(self.kept)}{more}"
        if self.folded:
            return f"<details><summary>{self.title}</summary>\n\n{body}\n</details>\n"
        return f"### {self.title}\n\n{body}"


def as_markdown(done: Done, report: Report, most: int | None = MOST) -> str:
    """The report in at most so many bytes of UTF-8, the rows that count least left out first; all of it for None.

    Text of others is inert in it.
    """
    sections = _sections(done, report)
    intro = f"{escape(report.summary)}.\n"
    left = (most or 1 << 40) - len(intro.encode()) - sum(len(each.title) + len(each.head) + _REST for each in sections)
    for each in sorted(sections, key=lambda each: (each.folded, -each.share)):  # short and urgent ones first
        room = int(left * each.share)
        for row in each.rows:
            size = len(row.encode())
            if size > room:
                break
            each.kept.append(row)
            room -= size
            left -= size
    return "\n".join(filter(None, (intro, *(each.text for each in sections))))


def _sections(done: Done, report: Report) -> list[_Section]:
    gone = [paper for paper in done.settled if any(change.new in _GONE for change in paper.changes)]
    proposed = [event for event in done.events if isinstance(event, Proposed)]
    other = [problem(event) for event in done.events if not isinstance(event, Proposed)]
    head = "| Paper | Source | Field | Old | New |\n| --- | --- | --- | --- | --- |\n"
    said = [f"| {' | '.join(map(_cell, row))} |\n" for row in rows(report)]
    return [
        _Section("In the list", [_paper(paper) for paper in done.settled], 0.4),
        _Section("Publications found", [_linked(event) for event in done.linked], 0.4),
        _Section("Is this its publication?", [_proposed(event) for event in proposed], 0.5),
        _Section("Withdrawn or retracted", [_paper(paper) for paper in gone]),
        _Section("To check by hand", [_told(each) for each in other]),
        _Section("Sources that did not answer", [_told(each) for each in report.failed]),
        _Section(f"Answers of the sources ({len(said)} rows)", said, head=head, folded=True),
    ]


def _paper(paper: Settled) -> str:
    """A paper's line in the list, before and after."""
    changes = [
        f"{change.field} {_part(change.old)} → {_part(change.new)}" if change.old and change.new
        else f"{change.field} {_part(change.new)}" if change.new
        else f"no longer has {change.field} ({_part(change.old)})"
        for change in paper.changes
    ]  # fmt: skip
    return _row(f"{_link(paper.work, paper.id)} ({_code(paper.key)}): {'; '.join(changes)}")


def _linked(event: Linked) -> str:
    judged, key = event.judged, event.key
    way = _code(f"fedbib reject {key} {judged.id}")
    return _row(f"{_cited(judged.candidate.says, judged.id)}: {escape(told(judged.why))}. If it is not: {way}")


def _proposed(event: Proposed) -> str:
    judged, key = event.judged, event.key
    ways = f"{_code(f'fedbib accept {key} {judged.id}')} or {_code(f'fedbib reject {key} {judged.id}')}"
    return _row(
        f"{_code(key)}: {_cited(judged.candidate.says, judged.id)} ({escape(against(judged.findings))}): {ways}"
    )


def _cited(work: Work, id: Identifier) -> str:
    """Title with a link, venue and year of the other side."""
    venue = work.container_title or work.container_title_short or work.event_title
    where = f"{venue[:200]} {work.year or ''}".strip()
    return f"{_link(work, id)}, {escape(where)}" if where else _link(work, id)


def _link(work: Work, id: Identifier | None) -> str:
    title = escape(plain(work.title)[:300] or (str(id) if id else work.key))
    return f"[{title}]({id.url})" if id else title


def _part(text: str) -> str:
    return escape(text if len(text) <= 200 else text[:200] + "…")


def _cell(text: str) -> str:
    return _part(text).replace("|", "&#124;")


def _code(text: str) -> str:
    return escape(text) if "`" in text else f"`{text}`"


def _row(text: str) -> str:
    return f"- {text if len(text) <= 4 * _LINE else text[: 4 * _LINE] + '…'}\n"


def _told(problem: Problem) -> str:
    key = f"{_code(problem.key)}: " if problem.key else ""
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"- {key}{line((problem.message + hint)[:_LINE])}\n"
