"""`fedbib reject`"""

from __future__ import annotations

from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import key_completion
from fedbib.console import out
from fedbib.ids.identify import identify


@click.command(name="reject", short_help="Note that a possible or linked publication is not the paper's.")
@click.argument("key", shell_complete=key_completion)
@click.argument("id")
@click.pass_obj
def command(folder: Path, key: str, id: str) -> int:
    """Note that a publication which `sync` proposed or linked is not the paper's; it is not proposed again.

    The identifier goes into `rejected` of the record's file, whose comments and layout stay.

    \b
    Example:
      fedbib reject borzunov2023petals openreview:HLQyRgRnoXo
    """
    collection, wanted = Collection.open(folder), identify(id)
    with collection.locked():
        collection.entries.reject(key, wanted)
    out(f"{wanted} is not {key}")
    return 0
