"""`fedbib import`"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.console import complain, say, table
from fedbib.errors import BadFile
from fedbib.formats import sniff
from fedbib.intake.drafts import Decision, Known, Outcome, decide, doubted
from fedbib.intake.foreign import read_file
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Reading
from fedbib.model.record import Record
from fedbib.report import counted
from fedbib.text.markup import plain
from fedbib.text.plain import clean

_REFUSED, _SKIPPED = "refused", "skipped"
_FATES = (*Outcome, _REFUSED, _SKIPPED)
Row = dict[str, str | int]


@click.command(name="import", short_help="Read papers from README lists, .bib, JSON and RIS files.")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--kind",
    type=click.Choice(list(sniff.READERS)),
    help="What the files are; default: what their content looks like.",
)
@click.option("--origin", help="Where the file comes from, for the claims (default: its name).")
@click.option("--dry-run", is_flag=True, help="Show what would happen and change nothing.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def command(
    folder: Path, sources: tuple[Path, ...], kind: str | None, origin: str | None, dry_run: bool, format: str
) -> int:
    """Read papers from README lists, .bib, CSL-JSON and RIS files and our own .full.json into records.

    What a file says is kept as a claim of the import that names the file. A paper that is here already gets the claim
    and keeps everything people wrote. Nothing is guessed: every line that looks like a paper is in the table, as new,
    known (under which key), unsure (for a person to decide), refused (cannot be read) or skipped (leads to no paper).

    \b
    Examples:
      fedbib import README.md --dry-run
      fedbib import refs.bib --origin "github.com/someone/survey refs.bib"
    """
    collection = Collection.open(folder)
    with nullcontext() if dry_run else collection.locked():
        loaded = collection.load()
        broken = complain(loaded.problems)
        known = Known(loaded.records, collection.rules)
        rows: list[Row] = []
        left_out = 0
        for source in sources:
            try:
                reading = read_file(source, kind)
            except BadFile as error:
                place = Problem("R01", Severity.ERROR, error.message, str(source), error.line, hint=error.hint)
                broken |= complain([place])
                rows.append(_row(_REFUSED, "", source, error.line or 0, "", error.message))
                continue
            before = dict(known.records)
            decisions = decide(reading.works, known, clean(origin or source.name))
            decided = [*zip(decisions, reading.lines, strict=True)]
            decided += [(doubted(doubt, known), doubt.line) for doubt in reading.doubts]
            rows += sorted(_rows(decided, reading.problems, source), key=lambda row: int(row["line"]))
            left_out += reading.left_out
            broken |= complain(_problems(reading, decided, source))
            if not dry_run:
                _write(collection, decisions, before)
    if format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        table(("what", "key", "where", "title", "why"), [_cells(row) for row in rows])
    counts = Counter(str(row["what"]) for row in rows)
    account = ", ".join(f"{counts[what]} {what}" for what in _FATES if counts[what] or what in tuple(Outcome))
    if left_out:
        account += f"; {counted(left_out, 'other line')} left out as no papers"
    say(account + (" (nothing was changed)" if dry_run else ""))
    return int(broken or bool(counts[Outcome.UNSURE]))


def _row(what: str, key: str, source: Path, line: int, title: str, reason: str = "") -> Row:
    return {"what": what, "key": key, "line": line, "title": title, "file": str(source), "reason": reason}


def _cells(row: Row) -> list[str]:
    return [str(row["what"]), str(row["key"]), f"{row['file']}:{row['line']}", str(row["title"]), str(row["reason"])]


def _rows(decided: Iterable[tuple[Decision, int]], problems: Iterable[Problem], source: Path) -> Iterable[Row]:
    """A row for every line that looked like a paper."""
    for decision, line in decided:
        reason = decision.reason or "; ".join(conflict.message for conflict in decision.conflicts)
        yield _row(decision.outcome, decision.record.key, source, line, plain(decision.work.title), reason)
    for problem in problems:
        if problem.severity is Severity.ERROR:
            yield _row(_REFUSED, problem.key, source, problem.line or 0, "", problem.message)
        elif problem.code == "L03" or (problem.code == "L01" and problem.severity is Severity.WARNING):
            reason, _, title = problem.message.partition(": ")
            yield _row(_SKIPPED, "", source, problem.line or 0, title, reason)


def _problems(reading: Reading, decided: Sequence[tuple[Decision, int]], source: Path) -> list[Problem]:
    """What a person should look at, beside the table."""
    found = [replace(problem, path=str(source)) for problem in reading.problems if problem.code != "L03"]
    if not reading.works and not reading.doubts:
        hint = "say what it is with --kind; known: " + ", ".join(sniff.READERS)
        found.append(Problem("L02", Severity.ERROR, "holds nothing that is a paper", str(source), hint=hint))
    for decision, line in decided:
        key = decision.record.key
        found += [
            Problem(
                conflict.code,
                Severity.WARNING,
                conflict.message,
                str(source),
                line,
                key,
                hint=f"the claim is kept; see `fedbib show {key}`"
                if decision.outcome is Outcome.KNOWN
                else "nothing was taken from this line",
            )
            for conflict in decision.conflicts
        ]
        if decision.outcome is Outcome.UNSURE and not decision.conflicts:
            found.append(_unsure(decision, source, line))
    return found


def _unsure(decision: Decision, source: Path, line: int) -> Problem:
    work, key = decision.work, decision.record.key
    if key:
        message = f'"{plain(work.title)}" may be {key} ({decision.reason}), so it was left out'
        hint = f"the same: add its id to {key}; another: `fedbib add --anyway` with its id"
        return Problem("I02", Severity.WARNING, message, str(source), line, key, hint=hint)
    id = next(iter(work.ids), None)
    hint = f"if it belongs here: `fedbib add {id}`" if id else "if it belongs here: `fedbib add` with its id"
    message = f'"{plain(work.title)[:100]}" {decision.reason}, so it was left out'
    return Problem("L01", Severity.WARNING, message, str(source), line, hint=hint)


def _write(collection: Collection, decisions: Sequence[Decision], before: Mapping[str, Record]) -> None:
    """Write new records, and the claims of known ones that changed."""
    entries = collection.entries
    last = {decision.record.key: decision for decision in decisions if decision.record.key}
    for key, decision in last.items():
        if key not in before:
            entries.write_new(replace(decision.record, added=date.today()), decision.work.title)
        elif before[key] != decision.record:
            entries.write_claims(key, decision.record.claims)
