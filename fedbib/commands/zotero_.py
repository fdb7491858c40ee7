"""`fedbib zotero`"""

from __future__ import annotations

from urllib.parse import urlsplit

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import Wanted, wanting
from fedbib.console import complain, out, say
from fedbib.net.origin import is_here
from fedbib.report import counted
from fedbib.zotero.library import PACE, SERVER, Library


@click.group(name="zotero", short_help="Keep a library at zotero.org up to date with the collection.")
def command() -> None:
    """Keep a library at zotero.org up to date with the collection.

    \b
    Example:
      fedbib zotero push --library users/12345
    """


@command.command(name="push", short_help="Add papers to the library and update those that are there.")
@click.option("--library", required=True, help="The library: users/NUMBER or groups/NUMBER.")
@click.option("--server", default=SERVER, show_default=True, help="A server with Zotero's Web API 3.")
@click.option("--dry-run", is_flag=True, help="Show what would change and change nothing.")
@wanting
@click.pass_context
def push(ctx: click.Context, wanted: Wanted, library: str, server: str, dry_run: bool) -> int:
    """Add papers to a library, and update in place the items that have the same citation key.

    What you added to an item (notes, tags, files, other fields, lines of Extra) stays, and nothing is ever deleted. A
    second run changes nothing. The environment variable ZOTERO_API_KEY must have an API key with write access. Keys and
    filters are those of `fedbib export`.

    \b
    Examples:
      fedbib zotero push --library users/12345 --dry-run
      fedbib zotero push --library groups/678 --topic LoRA
    """
    from fedbib.net.http import Http

    collection = Collection.open(ctx.find_root().params["folder"])
    broken = complain(collection.faults)
    works, missing = wanted.of(collection.works, library)
    server = server.rstrip("/")
    pace = 0.0 if is_here(urlsplit(server).hostname or "") else PACE
    with Http(collection.settings.contact, None, {server: pace}) as http:
        there = Library(http.get, library, server)
        plan = there.plan(works)
        refused = {} if dry_run else there.push(plan.steps)
    for step in plan.steps:
        if step.key in refused:
            say(f"refused: {step.key}: {refused[step.key]}")
        elif step.is_new:
            out(f"new: {step.key}")
        elif step.data:
            out(f"changed: {step.key}: {', '.join(name for name in step.data if name not in ('key', 'version'))}")
    for key in plan.twice:
        say(f"left alone: {key}: several items of the library have this citation key")
    same = sum(not step.data for step in plan.steps)
    say(f"{counted(same, 'paper')} unchanged" + (" (nothing was changed)" if dry_run else ""))
    return int(broken or missing or bool(refused) or bool(plan.twice))
