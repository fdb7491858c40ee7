"""`fedbib import`"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, replace
from datetime import date
from itertools import groupby
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.console import complain, out, say, table
from fedbib.errors import BadFile
from fedbib.formats import READERS
from fedbib.formats.lists.lexicon import Lexicon
from fedbib.intake.account import Fate
from fedbib.intake.drafts import Decision, Outcome
from fedbib.intake.foreign import STDIN, read_source, read_text
from fedbib.intake.known import Known
from fedbib.intake.report import REFUSED, SKIPPED, Row, counts, coverage, fields
from fedbib.intake.run import Terms
from fedbib.intake.run import take as take_file
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Passed
from fedbib.model.record import Record
from fedbib.report import counted
from fedbib.text.markup import plain
from fedbib.words.venues import Register

_SHOWN = ("new", "known", "merged", "skipped", "left-out", "all")


@click.command(name="import", short_help="Import papers from README lists, .bib, JSON and RIS files.")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--kind",
    type=click.Choice(list(READERS)),
    help="The format of the files (default: recognised by their content).",
)
@click.option("--encoding", default="", metavar="NAME", help="The encoding of the files, if it is not UTF-8.")
@click.option("--origin", help="Where the file comes from, as noted in the claims (default: its name).")
@click.option(
    "--accept/--wait",
    "accept",
    default=None,
    help="Accept entries without an identifier, or let them wait (default: accept in an empty collection).",
)
@click.option("--tags", is_flag=True, help="Import keywords as topics, also those that are not in the settings.")
@click.option("--take", multiple=True, metavar="LINE|unsure", help="Import an unsure entry as a new paper.")
@click.option("--show", multiple=True, type=click.Choice(_SHOWN), help="Also print these rows; may be repeated.")
@click.option(
    "--explain", is_flag=True, help="Show how a list is read: its groups of rows and the field in each place."
)
@click.option("--dry-run", is_flag=True, help="Show what would happen and change nothing.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def command(
    folder: Path,
    sources: tuple[str, ...],
    kind: str | None,
    encoding: str,
    origin: str | None,
    accept: bool | None,
    tags: bool,
    take: tuple[str, ...],
    show: tuple[str, ...],
    explain: bool,
    dry_run: bool,
    format: str,
) -> int:
    """Import papers from README lists, .bib, CSL-JSON and RIS files, and fedbib's own .full.json; - is standard input.

    The data of an entry are kept as a claim that names the file. If the paper is already in the collection, its record
    gets the claim, and what people wrote there stays. Each entry is counted as new, known, merged with another entry of
    the file, unsure (you decide), refused (cannot be read) or skipped (no paper), and values that no record has a field
    for are listed.

    An entry of a .bib, JSON or RIS file that has no identifier waits for review: it is in no output until a source or
    another file confirms it, or you accept it (--accept, `fedbib accept KEY`).

    \b
    Examples:
      fedbib import README.md --dry-run
      fedbib import refs.bib --show left-out
      fedbib import thesis.bib --accept
      fedbib import README.md --explain
      curl -s https://raw.githubusercontent.com/OWNER/REPO/HEAD/README.md | fedbib import - --origin OWNER/REPO
    """
    if explain:
        return _explain(Collection.open(folder).settings.register, sources, encoding)
    terms = _terms(accept, tags, take)
    collection = Collection.open(folder)
    with _uncollected(), nullcontext() if dry_run else collection.locked():
        rows, passed, broken = _imported(collection, sources, (kind, encoding), origin, terms, keep=not dry_run)
    if format == "json":
        data = {"counts": counts(rows), "coverage": coverage(rows), "other_lines": len(passed)}
        data["rows"] = [row.as_data() for row in rows]
        data["passed"] = [{"file": file} | asdict(each) for file, each in passed]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        _print(rows, passed, sources, show or (("all",) if dry_run else ()))
    say(_account(rows, len(passed)) + (" (nothing was changed)" if dry_run else ""))
    return int(broken or any(row.what == Outcome.UNSURE for row in rows))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for rubbish in cycles: what entries become is frozen and stays, and has none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _imported(
    collection: Collection,
    sources: Sequence[str],
    read_as: tuple[str | None, str],
    origin: str | None,
    terms: Terms,
    *,
    keep: bool,
) -> tuple[list[Row], list[tuple[str, Passed]], bool]:
    """The rows of some files, each file with its lines that are no papers, and whether there is something to fix.

    `read_as` is their kind and encoding.
    """
    loaded = collection.load()
    broken = complain(loaded.problems)
    known = Known(loaded.records, collection.rules)
    rows: list[Row] = []
    passed: list[tuple[str, Passed]] = []
    lexicon = Lexicon.of(collection.settings.register, collection.settings.links)
    for source in sources:
        try:
            reading = read_source(source, *read_as, lexicon)
        except BadFile as error:
            broken |= complain([Problem("R01", Severity.ERROR, error.message, source, error.line, hint=error.hint)])
            rows.append(Row(REFUSED, source, error.line or 0, reason=error.message))
            continue
        named = origin or ("standard input" if source == STDIN else Path(source).name)
        taken = take_file(reading, source, named, known, terms, collection.settings.vocabularies)
        passed += ((source, each) for each in reading.passed)
        broken |= complain(taken.problems)
        if keep:
            _write(collection, taken.decisions, taken.before)
        rows += taken.rows  # another process has accounted for the values meanwhile
        broken |= any(row.what == REFUSED for row in taken.rows)
    return rows, passed, broken


def _explain(register: Register, sources: Sequence[str], encoding: str) -> int:
    """Print what is learnt of each list; nothing is imported."""
    from fedbib.formats.lists.explain import explained

    broken = False
    for source in sources:
        try:
            text = read_text(source, encoding)
        except BadFile as error:
            where = Problem("R01", Severity.ERROR, error.message, source, error.line, hint=error.hint)
            broken |= complain([where])
            continue
        for line in explained(text, register):
            out(line)
    return int(broken)


def _terms(accept: bool | None, tags: bool, take: Sequence[str]) -> Terms:
    if wrong := [word for word in take if word != "unsure" and not word.isdecimal()]:
        raise click.UsageError(f"--take {wrong[0]}: give the line number of an entry, or the word unsure")
    return Terms(accept, tags, frozenset(int(word) for word in take if word.isdecimal()), "unsure" in take)


def _account(rows: Sequence[Row], passed: int) -> str:
    account = ", ".join(f"{number} {what}" for what, number in counts(rows).items())
    return account + (f"; {counted(passed, 'other line')} without a paper" if passed else "")


def _print(
    rows: Sequence[Row], passed: Sequence[tuple[str, Passed]], sources: Sequence[str], show: Sequence[str]
) -> None:
    """The figures, what needs a decision grouped by reason, then the rows asked for."""
    taken = sum(row.what in (Outcome.NEW, Outcome.KNOWN, Outcome.MERGED) for row in rows)
    if taken:
        covered = ", ".join(f"{name} {number}" for name, number in coverage(rows).items())
        out(f"{taken} imported; with {covered}")
    if waiting := sum(row.waits and row.what == Outcome.NEW for row in rows):
        out(f"{waiting} wait for review, in no output: they have no identifier, and nothing else confirms them")
        out(f"  `fedbib import {' '.join(sources)} --accept` accepts them")
    for fate, words in (
        (Fate.LEFT_OUT, "left out, as records have no field for them"),
        (Fate.PRIVATE, "left out as private"),
    ):
        if found := fields(rows, fate):
            listed = ", ".join(f"{name} {number}" for name, number in list(found.items())[:8])
            out(f"{counted(sum(found.values()), 'value')} {words}: {listed}{', ...' if len(found) > 8 else ''}")
            if fate is Fate.LEFT_OUT and "left-out" not in show:
                out("  `--show left-out` prints them; `--tags` imports keywords as topics")
    needs = sorted(
        (row for row in rows if row.what in (Outcome.UNSURE, REFUSED)), key=lambda row: (row.what, row.reason)
    )
    for (what, reason), group in groupby(needs, key=lambda row: (row.what, row.reason)):
        out(f"{what}: {reason or 'see the message'}")
        for each in group:
            out(f"  {each.file}:{each.line}  {each.title}")
    lines_too = "left-out" in show or "all" in show
    wanted = {*show, SKIPPED} if lines_too else set(show)
    shown = [
        (row.what, row.key, row.was, f"{row.file}:{row.line}", row.title, row.reason)
        for row in rows
        if row.what in wanted or "all" in show
    ]
    if lines_too:
        shown += [("left out", "", "", f"{file}:{each.line}", each.text, each.reason) for file, each in passed]
    if shown:
        table(("what", "key", "was", "where", "title", "why"), shown)
    if lines_too:
        for each in rows:
            for entry in each.left:
                text = "(private)" if entry.fate is Fate.PRIVATE else entry.value.text
                out(f"{each.file}:{each.line}: {each.was or each.key}: {entry.value.name} = {text}")


def _kind(row: Row) -> tuple[str, str]:
    return row.what, row.reason


def _write(collection: Collection, decisions: Sequence[Decision], before: Mapping[str, Record]) -> None:
    """Write new records, and the claims of known ones that changed."""
    last = {decision.record.key: decision for decision in decisions if decision.record.key}
    titles = {each.record.key: each.work.title for each in decisions if each.outcome is Outcome.NEW}
    today = date.today()
    new = [(replace(each.record, added=today), plain(titles[key])) for key, each in last.items() if key not in before]
    known = [each.record for key, each in last.items() if key in before and before[key] != each.record]
    collection.entries.take(new, known)
