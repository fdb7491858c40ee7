"""`fedbib rename`"""

from __future__ import annotations

from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import key_completion
from fedbib.console import out


@click.command(name="rename", short_help="Change a citation key and keep the old one as an alias.")
@click.argument("old", shell_complete=key_completion)
@click.argument("new")
@click.pass_obj
def command(folder: Path, old: str, new: str) -> int:
    """Change a citation key and keep the old one as an alias. Comments and layout of the file stay.

    \b
    Example:
      fedbib rename che2023federated che2023fedpeptao
    """
    collection = Collection.open(folder)
    with collection.locked():
        collection.entries.rename(old, new)
    out(f"{old} is now {new}")
    return 0
