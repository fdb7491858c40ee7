"""`fedbib schema`"""

from __future__ import annotations

import json

import click

from fedbib.report import audit
from fedbib.schema import claims_schema, schema, works_schema

_OF = {"record": schema, "claims": claims_schema, "works": works_schema, "audit": audit.schema}


@click.command(name="schema", short_help="Print the JSON Schema of record files or of what fedbib writes.")
@click.option(
    "--of",
    type=click.Choice(list(_OF)),
    default="record",
    show_default=True,
    help="entries/KEY.toml, entries/claims/KEY.json, .full.json, or what `fedbib audit --format json` prints.",
)
def command(of: str) -> int:
    """Print the JSON Schema of record files (entries/KEY.toml), for editors, or of what fedbib writes.

    --of claims is the schema of entries/claims/KEY.json, --of works that of the complete output (.full.json), and --of
    audit that of the report of `fedbib audit --format json`.

    \b
    Examples:
      fedbib schema > record.schema.json
      fedbib schema --of works > works.schema.json
    """
    click.echo(json.dumps(_OF[of](), indent=2))
    return 0
