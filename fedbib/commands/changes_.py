"""`fedbib changes`"""

from __future__ import annotations

from pathlib import Path

import click

from fedbib.build.piece import FILES
from fedbib.changes import compare, states
from fedbib.collection import Collection
from fedbib.console import complain, out
from fedbib.formats import full_json
from fedbib.report import changes as report

_FORMS = {"text": report.as_text, "markdown": report.as_markdown, "json": report.as_json}


@click.command(name="changes", short_help="List the papers that changed between two states of the collection.")
@click.argument("before", metavar="RANGE")
@click.argument("now", metavar="[TO]", required=False, default="")
@click.option("--format", type=click.Choice(list(_FORMS)), default="text", show_default=True)
@click.pass_obj
def command(folder: Path, before: str, now: str, format: str) -> int:
    """List the papers that were added, published, changed or removed between two states of the collection.

    A state is a revision of the git repository (a tag, a commit, HEAD~3), another folder with the collection, or a
    complete JSON file. The second state is the records as they are now unless you name one. For a revision, the
    complete JSON that was committed there is read. --format markdown suits release notes.

    \b
    Examples:
      fedbib changes v1..
      fedbib changes v1..v2 --format markdown
      fedbib changes HEAD
      fedbib changes ../yesterday . --format json
    """
    collection = Collection.open(folder)
    settings = collection.settings
    path = f"{settings.output}/{settings.about.name}{FILES['full-json']}"
    before, now = (before, now) if now else states.parted(before)
    old = states.works(collection.root, path, before)
    broken = False
    if now:
        new = states.works(collection.root, path, now)
    else:
        new = tuple(map(full_json.carry, collection.works))
        broken = complain(collection.faults)
    out(_FORMS[format](compare(old, new)).removesuffix("\n"))
    return int(broken)
