"""`fedbib import`"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from fedbib import files
from fedbib.collection import Collection
from fedbib.console import complain, say, table
from fedbib.errors import BadFile
from fedbib.formats import FORMATS
from fedbib.formats.base import Reading
from fedbib.importing import Decision, Known, Outcome, decide
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.text.plain import clean
from fedbib.venues import register

_LIMIT = 200_000_000
_ENDINGS = {".bib": "bibtex", ".json": "csl-json", ".md": "readme", ".markdown": "readme"}


@click.command(name="import", short_help="Read papers from a README list, .bib or CSL-JSON file.")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--kind", type=click.Choice(list(FORMATS)), help="What the files are; default: what their content looks like."
)
@click.option("--origin", help="Where the file comes from, for the claims (default: its name).")
@click.option("--dry-run", is_flag=True, help="Show what would happen and change nothing.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def command(
    folder: Path, sources: tuple[Path, ...], kind: str | None, origin: str | None, dry_run: bool, format: str
) -> int:
    """Read papers from a README list, .bib or CSL-JSON file into records.

    What the file says is kept as a claim of the import that names the file. A paper that is here already gets the claim
    and keeps everything people wrote. What was skipped is listed with its line; nothing is guessed.

    \b
    Examples:
      fedbib import README.md --dry-run
      fedbib import refs.bib --origin "github.com/someone/survey refs.bib"
    """
    collection = Collection.open(folder)
    loaded = collection.load()
    broken = complain(loaded.problems)
    known = Known(loaded.records, register())
    rows: list[dict[str, str | int]] = []
    for source in sources:
        reading = _read(source, kind)
        before = dict(known.records)
        decisions = decide(reading.works, known, clean(origin or source.name))
        rows += [_row(decision, source, line) for decision, line in zip(decisions, reading.lines, strict=True)]
        problems = [replace(problem, path=str(source)) for problem in reading.problems]
        if not reading.works:
            hint = "say what it is with --kind; known: " + ", ".join(FORMATS)
            problems.append(Problem("L02", Severity.ERROR, "holds nothing that is a paper", str(source), hint=hint))
        broken |= complain([*problems, *_unsure(decisions, source, reading.lines)])
        if not dry_run:
            _write(collection, decisions, before)
    if format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        table(("what", "key", "line", "title"), [[str(value) for value in list(row.values())[:4]] for row in rows])
    counts = Counter(row["what"] for row in rows)
    say(", ".join(f"{counts[what]} {what}" for what in Outcome) + (" (nothing was changed)" if dry_run else ""))
    return int(broken or bool(counts[Outcome.UNSURE]))


def _read(source: Path, kind: str | None) -> Reading:
    # A link that a person names on the command line is followed; only links inside the collection are not.
    content = files.read(source.resolve(), limit=_LIMIT)
    text = files.text(content, str(source))
    return FORMATS[kind or _kind(source, text)].parse(text)


def _kind(source: Path, text: str) -> str:
    start = text.lstrip()[:1]
    if start in ("{", "[") and _is_json(text):
        return "csl-json"
    if start == "@" or ("\n@" in text and _ENDINGS.get(source.suffix.lower()) != "readme"):
        return "bibtex"
    kind = _ENDINGS.get(source.suffix.lower())
    if not kind:
        hint = "say what it is with --kind; known: " + ", ".join(FORMATS)
        raise BadFile("neither its name nor its content says what it is", where=str(source), hint=hint)
    return kind


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _row(decision: Decision, source: Path, line: int) -> dict[str, str | int]:
    return {
        "what": decision.outcome,
        "key": decision.record.key,
        "line": line,
        "title": decision.work.title,
        "file": str(source),
        "reason": decision.reason,
    }


def _unsure(decisions: Sequence[Decision], source: Path, lines: Sequence[int]) -> list[Problem]:
    return [
        Problem(
            "I02",
            Severity.WARNING,
            f'"{decision.work.title}" may be {decision.record.key} ({decision.reason}), so it was left out',
            str(source),
            line,
            decision.record.key,
            hint=f"the same: add its id to {decision.record.key}; another: `fedbib add --anyway` with its id",
        )
        for decision, line in zip(decisions, lines, strict=True)
        if decision.outcome is Outcome.UNSURE
    ]


def _write(collection: Collection, decisions: Sequence[Decision], before: Mapping[str, Record]) -> None:
    """Write new records, and the claims of known ones that changed."""
    entries = collection.entries
    last = {decision.record.key: decision for decision in decisions if decision.outcome is not Outcome.UNSURE}
    for key, decision in last.items():
        if key not in before:
            entries.write_new(decision.record, decision.work.title)
        elif before[key] != decision.record:
            entries.write_claims(key, decision.record.claims)
