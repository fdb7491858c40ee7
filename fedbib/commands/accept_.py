"""`fedbib accept`"""

from __future__ import annotations

from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import key_completion
from fedbib.console import out, say
from fedbib.ids.identify import identify


@click.command(name="accept", short_help="Accept a possible publication, or a record that waits for review.")
@click.argument("key", shell_complete=key_completion)
@click.argument("id", required=False)
@click.pass_obj
def command(folder: Path, key: str, id: str | None) -> int:
    """Accept a possible publication of a paper: add its identifier to the record's file.

    Without an identifier, accept a record that waits for review, so that it is in the outputs from now on. Comments and
    layout of the file stay. `fedbib review` lists possible publications, `fedbib list --waiting` records that wait.

    \b
    Examples:
      fedbib accept ling2024convergence doi:10.1145/3637528.3671865
      fedbib accept smith2020thesis
    """
    collection = Collection.open(folder)
    if id is None:
        with collection.locked():
            waited = collection.entries.confirm(key)
        out(f"{key} will be in the outputs; it waited because of this: {waited}")
        say("next: `fedbib build`")
        return 0
    wanted = identify(id)
    with collection.locked():
        proposal = collection.entries.accept(key, wanted)
    out(f"{key} is published as {proposal.id}" if proposal else f"{wanted} is already in {key}")
    say(f"next: `fedbib sync {key}`, then `fedbib build`")
    return 0
