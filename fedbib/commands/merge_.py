"""`fedbib merge`"""

from __future__ import annotations

from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import key_completion
from fedbib.console import out, say


@click.command(name="merge", short_help="Merge two records of the same paper.")
@click.argument("key", shell_complete=key_completion)
@click.argument("other", shell_complete=key_completion)
@click.option(
    "--anyway", is_flag=True, help="Merge even if both have an identifier of the same kind; the first record's is kept."
)
@click.pass_obj
def command(folder: Path, key: str, other: str, anyway: bool) -> int:
    """Merge two records of the same paper under the first key. The other key becomes an alias.

    The data of both records are kept, and so are comments and layout of the first file. Where both have a different
    value for one field, the first record's is kept and the other is printed.

    \b
    Example:
      fedbib merge che2023federated che2024fedpeptao
    """
    collection = Collection.open(folder)
    with collection.locked():
        left = collection.entries.merge(key, other, anyway=anyway)
    for text in left:
        say(f"not kept: {text}")
    out(f"{other} is now part of {key}")
    return 0
