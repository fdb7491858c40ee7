"""The option that names a source whose answers lie in files."""

from __future__ import annotations

import click


def readable_source(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The name of a source whose saved answers are read."""
    from fedbib.sync.saved import readable

    if value is not None and value not in readable():
        raise click.BadParameter(f"{value!r} is not one of {', '.join(readable())}.", ctx, param)
    return value
