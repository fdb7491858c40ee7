"""`fedbib sync`"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from fedbib import files
from fedbib.collection import Collection
from fedbib.console import complain, progress, say, table
from fedbib.errors import FedbibError
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.problem import Problem
from fedbib.model.record import Record
from fedbib.nearest import nearest
from fedbib.network import network
from fedbib.report import counted
from fedbib.sources import SOURCES
from fedbib.sources.base import Body, Request
from fedbib.sync import Change, Replies, asked, failures, refresh, resolve
from fedbib.venues import register

_LIMIT = 50_000_000


@click.command(name="sync", short_help="Ask the sources again and refresh what they say.")
@click.argument("keys", metavar="[KEY...]", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Show what would change and change nothing.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--from",
    "saved",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="Read saved answers, ask nobody.",
)
@click.option("--source", type=click.Choice(list(SOURCES)), help="Whose answers the saved files are.")
@click.option("--origin", default="", help="Where the saved files come from, for the claims.")
@click.pass_obj
def command(
    folder: Path,
    keys: tuple[str, ...],
    dry_run: bool,
    format: str,
    saved: tuple[Path, ...],
    source: str | None,
    origin: str,
) -> int:
    """Ask all sources about all records, or those named, and rewrite the claims of a record where something changed.

    What people wrote is never touched, a source that fails takes nothing away, and an answer about another paper is
    refused. Exit 1 when a source failed or a record needs a person.

    \b
    Examples:
      fedbib sync --dry-run
      fedbib sync che2023federated
      fedbib sync --from 2023.emnlp.xml --source acl --origin "acl-org/acl-anthology data/xml/2023.emnlp.xml"
    """
    if bool(saved) != bool(source):
        raise click.UsageError("--from and --source go together")
    collection = Collection.open(folder)
    loaded = collection.load()
    broken = complain(loaded.problems)
    records = _named(loaded.records, keys)
    ids = list(dict.fromkeys(id for record in records for id in asked(record)))
    if source:
        replies = _saved(saved, source, origin, ids)
    else:
        with progress() as show, network(collection.settings, show) as ask:
            replies = resolve(ids, ask, collection.settings.off)
    changes: list[Change] = []
    problems: list[Problem] = []
    for record in records:
        path = f"{collection.settings.entries}/{record.key}.toml"
        fresh = refresh(record, replies, register(), path)
        changes += fresh.changes
        problems += fresh.problems
        if fresh.record != record and not dry_run:
            collection.entries.write_claims(record.key, fresh.record.claims)
    if format == "json":
        data = {
            "changes": [asdict(change) for change in changes],
            "problems": [asdict(problem) for problem in problems],
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        table(
            ("key", "source", "field", "old", "new"),
            [(change.key, change.source, change.field, change.old, change.new) for change in changes],
        )
    broken |= complain([*problems, *failures(replies)])
    changed = len({change.key for change in changes})
    say(
        f"{counted(len(records), 'record')}, {changed} changed"
        + (" (nothing was written)" if dry_run and changed else "")
    )
    return int(broken or any(True for _ in failures(replies)))


def _named(records: Sequence[Record], keys: Sequence[str]) -> list[Record]:
    by_key = {name: record for record in records for name in (record.key, *record.aliases)}
    for key in keys:
        if key not in by_key:
            close = nearest(key, by_key)
            raise FedbibError("no record has this key" + (f", did you mean {close}?" if close else ""), where=key)
    return [by_key[key] for key in dict.fromkeys(keys)] if keys else list(records)


def _saved(paths: Sequence[Path], source: str, origin: str, ids: Sequence[Identifier]) -> Replies:
    """The claims in files that hold a source's answers; identifiers a file does not speak of are left alone."""
    wanted = tuple(id for id in ids if id.scheme in SOURCES[source].SCHEMES)
    found: dict[tuple[str, Identifier], Claim] = {}
    for path in paths:
        content = files.read(path.resolve(), limit=_LIMIT)
        answers = SOURCES[source].parse(
            Body(200, content), Request(path.as_uri() if path.is_absolute() else str(path), wanted)
        )
        claims = {(source, id): answer for id, answer in answers.items() if isinstance(answer, Claim)}
        if not claims:
            say(f"{path}: says nothing about the records")
        found |= {slot: replace(claim, origin=origin or path.name) for slot, claim in claims.items()}
    return found
