"""`fedbib schema`"""

from __future__ import annotations

import json

import click

from fedbib.schema import schema


@click.command(name="schema", short_help="Print the JSON Schema of a record file.")
def command() -> int:
    """Print the JSON Schema of a record file (entries/KEY.toml), for editors.

    \b
    Example:
      fedbib schema > record.schema.json
    """
    click.echo(json.dumps(schema(), indent=2))
    return 0
