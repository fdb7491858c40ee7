"""`fedbib accept`"""

from __future__ import annotations

from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.console import out, say
from fedbib.ids.identify import identify


@click.command(name="accept", short_help="Take up a possible publication of a paper.")
@click.argument("key")
@click.argument("id")
@click.pass_obj
def command(folder: Path, key: str, id: str) -> int:
    """Take up a possible publication of a paper: its identifier goes into the record's file.

    Comments and layout of the file stay. `fedbib review` prints what waits.

    \b
    Example:
      fedbib accept ling2024convergence doi:10.1145/3637528.3671865
    """
    collection, wanted = Collection.open(folder), identify(id)
    with collection.locked():
        proposal = collection.entries.accept(key, wanted)
    out(f"{key} is published as {proposal.id}")
    say(f"next: `fedbib sync {key}`, then `fedbib build`")
    return 0
