"""`fedbib list`"""

from __future__ import annotations

import json
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import Wanted, wanting
from fedbib.console import complain, table
from fedbib.model.work import Work
from fedbib.records import fields


@click.command(name="list", short_help="List the papers of the collection.")
@click.option("--waiting", is_flag=True, help="List the papers that wait for review instead, each with the reason.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@wanting
@click.pass_obj
def command(folder: Path, wanted: Wanted, waiting: bool, format: str) -> int:
    """List the papers of the collection: key, year, venue, status, first author and title.

    The columns are tab-separated unless printed to a terminal. Keys and filters are those of `fedbib export`. Exit 1 if
    a key is not in the collection.

    \b
    Examples:
      fedbib list
      fedbib list --topic LoRA --year 2024-
      fedbib list | cut -f1          # the keys
      fedbib list --format json
      fedbib list --waiting          # what is not in the outputs yet, and why
    """
    collection = Collection.open(folder)
    held = collection.waiting if waiting else ()
    works = tuple(work for work, _ in held) if waiting else collection.works
    reasons = {work.key: {"waiting": reason} for work, reason in held}
    broken = complain(collection.faults)
    works, missing = wanted.of(works, "list")
    rows = [(work, reasons.get(work.key, {})) for work in works]
    if format == "json":
        data = [fields.everything(work) | reason for work, reason in rows]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        head = ("key", "year", "venue", "status", "author", "title", *(["waiting"] if waiting else []))
        table(head, [(*_row(work), *reason.values()) for work, reason in rows])
    return int(broken or missing)


def _row(work: Work) -> tuple[str, ...]:
    from fedbib.text.markup import plain

    first = work.author[0].family or work.author[0].display if work.author else ""
    author = f"{first} et al." if len(work.author) > 1 else first
    return work.key, str(work.year or ""), work.container_title_short, work.status, author, plain(work.title)
