"""`fedbib schema`"""

from __future__ import annotations

import json

import click

from fedbib.schema import schema, works_schema

_OF = {"record": schema, "works": works_schema}


@click.command(name="schema", short_help="Print the JSON Schema of a record file or of the complete JSON.")
@click.option(
    "--of", type=click.Choice(list(_OF)), default="record", show_default=True, help="entries/KEY.toml, or .full.json."
)
def command(of: str) -> int:
    """Print the JSON Schema of a record file (entries/KEY.toml), for editors, or of the complete output (.full.json).

    \b
    Examples:
      fedbib schema > record.schema.json
      fedbib schema --of works > works.schema.json
    """
    click.echo(json.dumps(_OF[of](), indent=2))
    return 0
