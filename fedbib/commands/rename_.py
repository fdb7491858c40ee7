"""`fedbib rename`"""

from __future__ import annotations

from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import key_completion
from fedbib.console import out, say
from fedbib.report import counted


@click.command(name="rename", short_help="Change citation keys and keep the old ones as aliases.")
@click.argument("keys", metavar="OLD NEW | [KEY...]", nargs=-1, shell_complete=key_completion)
@click.option(
    "--pattern", help="Derive the keys of all records, or those named, by this pattern: authorYearTitle, author_year."
)
@click.option("--dry-run", is_flag=True, help="Print the new keys of --pattern and change nothing.")
@click.pass_obj
def command(folder: Path, keys: tuple[str, ...], pattern: str | None, dry_run: bool) -> int:
    """Change citation keys and keep the old ones as aliases. Comments and layout of the files stay.

    With --pattern, keys that already fit the pattern stay, and records that would get the same key end in b, c, ...
    Run `fedbib build` afterwards.

    \b
    Examples:
      fedbib rename che2023federated che2023fedpeptao
      fedbib rename --pattern authorYearTitle --dry-run
    """
    if pattern is None and (len(keys) != 2 or dry_run):
        raise click.UsageError("Give the old key and the new one, or --pattern.")
    collection = Collection.open(folder)
    with collection.locked():
        wanted = {keys[0]: keys[1]} if pattern is None else _by_pattern(collection, keys, pattern)
        if not dry_run:
            collection.entries.rename_all(wanted)
    for old, new in wanted.items():
        out(f"{old} is now {new}" if not dry_run else f"{old} would be {new}")
    if pattern is not None:
        say(f"{counted(len(wanted), 'key')} {'would change' if dry_run else 'changed'}")
    return 0


def _by_pattern(collection: Collection, keys: tuple[str, ...], pattern: str) -> dict[str, str]:
    from fedbib.export.keys import lasting

    loaded = collection.load()
    records = loaded.named(keys) if keys else loaded.records
    taken = [name for record in loaded.records for name in (record.key, *record.aliases)]
    # A record, or claims without one, under another record's alias is what a killed run had not taken away yet.
    heirs = {alias: record.key for record in loaded.records for alias in record.aliases}
    parts = [*(record.key for record in records), *(found.key for found in loaded.problems if found.code == "R08")]
    left = {key: heirs[key] for key in parts if key in heirs}
    works = [collection.settled(record) for record in records if record.key not in left]
    return left | lasting(works, pattern, taken)
