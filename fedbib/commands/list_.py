"""`fedbib list`"""

from __future__ import annotations

import json
from pathlib import Path

import click

from fedbib import fields
from fedbib.collection import Collection
from fedbib.console import complain, table
from fedbib.model.work import Work


@click.command(name="list", short_help="Print the collection.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def command(folder: Path, format: str) -> int:
    """Print the collection: key, year, venue, status, first author, title. Tab-separated when it is not for a terminal.

    \b
    Examples:
      fedbib list
      fedbib list | cut -f1          # the keys
      fedbib list --format json
    """
    works, problems = Collection.open(folder).works()
    broken = complain(problems)
    if format == "json":
        click.echo(json.dumps([fields.everything(work) for work in works], ensure_ascii=False, indent=1))
    else:
        table(("key", "year", "venue", "status", "author", "title"), [_row(work) for work in works])
    return int(broken)


def _row(work: Work) -> tuple[str, ...]:
    from fedbib.text.markup import plain

    first = work.author[0].family or work.author[0].display if work.author else ""
    author = f"{first} et al." if len(work.author) > 1 else first
    return work.key, str(work.year or ""), work.container_title_short, work.status, author, plain(work.title)
