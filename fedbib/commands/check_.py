"""`fedbib check`"""

from __future__ import annotations

from pathlib import Path

import click

from fedbib import report
from fedbib.collection import Collection
from fedbib.console import say, table
from fedbib.model.problem import Severity


@click.command(name="check", short_help="Find what is wrong with records and outputs.")
@click.option("--format", type=click.Choice(list(report.FORMATS)), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@click.option("--summary", is_flag=True, help="Count which works have pages, DOI, month, ..., by venue, and stop.")
@click.option("--codes", is_flag=True, help="Print what each code means, and stop.")
@click.pass_obj
def command(folder: Path, format: str, strict: bool, summary: bool, codes: bool) -> int:
    """Find what is wrong with records and outputs. Needs no network; exit 1 when there is an error.

    \b
    Examples:
      fedbib check
      fedbib check --format github     # annotates a pull request
      fedbib check --summary
    """
    if codes:
        from fedbib.checks import CODES

        click.echo("".join(f"{code}  {meaning}\n" for code, meaning in CODES.items()), nl=False)
        return 0
    if summary:
        from fedbib.checks.completeness import ASKED, completeness

        rows = completeness(Collection.open(folder).works)
        table(("venue", "works", *ASKED), [(row.name, str(row.works), *map(str, row.having)) for row in rows])
        return 0
    problems = Collection.open(folder).problems()
    click.echo(report.FORMATS[format](problems), nl=False)
    say(report.summary(problems))
    fails = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return int(any(problem.severity in fails for problem in problems))
