"""`fedbib reject`"""

from __future__ import annotations

from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import key_completion
from fedbib.console import out
from fedbib.ids.identify import identify


@click.command(name="reject", short_help="Reject a possible or linked publication.")
@click.argument("key", shell_complete=key_completion)
@click.argument("id")
@click.pass_obj
def command(folder: Path, key: str, id: str) -> int:
    """Reject a publication that `sync` proposed or linked: it is another paper and is not proposed again.

    The identifier is added to `rejected` in the record's file. Comments and layout of the file stay.

    \b
    Example:
      fedbib reject borzunov2023petals openreview:HLQyRgRnoXo
    """
    collection, wanted = Collection.open(folder), identify(id)
    with collection.locked():
        collection.entries.reject(key, wanted)
    out(f"{wanted} is not {key}")
    return 0
