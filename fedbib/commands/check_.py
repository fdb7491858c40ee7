"""`fedbib check`"""

from __future__ import annotations

from pathlib import Path

import click

from fedbib import report
from fedbib.collection import Collection
from fedbib.commands.selecting import key_completion
from fedbib.console import say, table
from fedbib.errors import BadValue
from fedbib.model.problem import Severity
from fedbib.records.filing import CLAIMS


@click.command(name="check", short_help="Check records and outputs for errors.")
@click.argument("keys", metavar="[KEY...]", nargs=-1, shell_complete=key_completion)
@click.option("--format", type=click.Choice(list(report.FORMATS)), default="text", show_default=True)
@click.option("--errors", is_flag=True, help="Print errors only.")
@click.option(
    "--code",
    "codes_",
    metavar="CODE",
    multiple=True,
    help="Print only findings with this code, one by one; may be repeated.",
)
@click.option("--no-outputs", is_flag=True, help="Do not check whether the outputs are up to date.")
@click.option("--strict", is_flag=True, help="Also exit 1 for warnings.")
@click.option("--summary", is_flag=True, help="Count by venue which papers have pages, DOI, month, ..., and stop.")
@click.option("--codes", is_flag=True, help="Print what each code means, and stop.")
@click.pass_obj
def command(
    folder: Path,
    keys: tuple[str, ...],
    format: str,
    errors: bool,
    codes_: tuple[str, ...],
    no_outputs: bool,
    strict: bool,
    summary: bool,
    codes: bool,
) -> int:
    """Check the records and outputs, or only the records you name. Needs no network; exit 1 if there is an error.

    Errors come first. Notes are only counted, by code; --code W10 prints those with one code one by one.

    \b
    Examples:
      fedbib check
      fedbib check --errors
      fedbib check --format github     # annotates a pull request
      fedbib check --summary
    """
    from fedbib.checks import CODES

    if codes:
        click.echo("".join(f"{code}  {meaning}\n" for code, meaning in CODES.items()), nl=False)
        return 0
    if summary:
        from fedbib.checks.completeness import ASKED, completeness

        rows = completeness(Collection.open(folder).works)
        table(("venue", "works", *ASKED), [(row.name, str(row.works), *map(str, row.having)) for row in rows])
        return 0
    if strange := [code for code in codes_ if code not in CODES]:
        raise BadValue("is not a code", where=strange[0], hint="`fedbib check --codes` lists them")
    collection = Collection.open(folder)
    found = collection.problems(outputs=not no_outputs and not keys)
    problems = [problem for problem in found if not codes_ or problem.code in codes_]
    if keys:
        paths = _paths(collection, keys)
        problems = [problem for problem in problems if problem.path in paths]
    if errors:
        problems = [problem for problem in problems if problem.severity is Severity.ERROR]
    problems.sort(key=lambda problem: list(Severity).index(problem.severity))
    say(report.summary(problems))
    whole = codes_ or format != "text"
    click.echo(report.FORMATS[format](problems) if whole else report.by_code(problems, CODES), nl=False)
    fails = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return int(any(problem.severity in fails for problem in problems))


def _paths(collection: Collection, keys: tuple[str, ...]) -> set[str]:
    """The files of some records, also of those that cannot be read."""
    loaded, folder = collection.entries.pick(keys), collection.settings.entries
    broken = {problem.key for problem in loaded.problems}
    named = {record.key for record in loaded.named([key for key in keys if key not in broken])}
    return {path for key in named.union(keys) for path in (f"{folder}/{key}.toml", f"{folder}/{CLAIMS}/{key}.json")}
