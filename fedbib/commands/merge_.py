"""`fedbib merge`"""

from __future__ import annotations

from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import key_completion
from fedbib.console import out, say


@click.command(name="merge", short_help="Unite two records of one paper.")
@click.argument("key", shell_complete=key_completion)
@click.argument("other", shell_complete=key_completion)
@click.option("--anyway", is_flag=True, help="Also when both have an identifier of one kind; the first record's stays.")
@click.pass_obj
def command(folder: Path, key: str, other: str, anyway: bool) -> int:
    """Unite two records of one paper under the first key. The other key becomes an alias.

    Everything that both records say stays, with the comments and the layout of the first file. Of two values for one
    place the first record's is kept, and the other is printed.

    \b
    Example:
      fedbib merge che2023federated che2024fedpeptao
    """
    collection = Collection.open(folder)
    with collection.locked():
        left = collection.entries.merge(key, other, anyway=anyway)
    for text in left:
        say(f"not taken: {text}")
    out(f"{other} is now part of {key}")
    return 0
