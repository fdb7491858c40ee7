"""What a person at a terminal sees: messages and progress on standard error, results on standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from fedbib import report
from fedbib.model.problem import Problem, Severity


def say(text: str) -> None:
    """A message on standard error."""
    click.echo("\n".join(report.inert(line) for line in text.split("\n")), err=True)


def out(text: str) -> None:
    """A line of a result on standard output."""
    click.echo("\n".join(report.inert(line) for line in text.split("\n")))


def complain(problems: Sequence[Problem]) -> bool:
    """Show problems on standard error; whether one of them is an error."""
    if problems:
        click.echo(report.as_text(problems), err=True, nl=False)
    return any(problem.severity is Severity.ERROR for problem in problems)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows on standard output: aligned and folded on a terminal, else tab-separated without a head."""
    rows = [[report.inert(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        lines = ("\t".join(cell.replace("\t", " ") for cell in row) for row in rows)
        click.echo("".join(f"{line}\n" for line in lines), nl=False)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*head, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console().print(drawn)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar per source on standard error while it is a terminal, else nothing.

    What it gives is told a source's name, how many of its requests are done, and of how many.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(source: str, done: int, total: int) -> None:
            if source not in tasks:
                tasks[source] = bars.add_task(source, total=total)
            bars.update(tasks[source], completed=done, total=total)

        yield show
