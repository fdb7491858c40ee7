"""`fedbib serve`"""

from __future__ import annotations

import time
from pathlib import Path

import click

from fedbib.build.inputs import stamp
from fedbib.build.outputs import SITE
from fedbib.collection import Collection
from fedbib.commands.build_ import build
from fedbib.console import out, say
from fedbib.disk import inside
from fedbib.errors import BadSettings, FedbibError
from fedbib.site.serving import serving

_PAUSE = 0.5
"""Seconds between two looks at the records."""


@click.command(name="serve", short_help="Serve the web page on this machine and rebuild it when a record changes.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 picks a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 makes it visible to other machines.")
@click.pass_obj
def command(folder: Path, port: int, host: str) -> int:
    """Serve the web page on this machine and rebuild the outputs when a record, a template or the settings change.

    Reload the page in the browser to see changes. While a record has errors, they are printed and the page stays as it
    was. Stop with Ctrl-C.

    \b
    Examples:
      fedbib serve
      fedbib serve --port 0
    """
    collection = Collection.open(folder)
    if not collection.settings.site:
        raise BadSettings("the collection has no page", where="site = false", hint="remove this line from the settings")
    seen: object = stamp(collection.root, collection.settings)
    site = inside.resolve(collection.root, f"{collection.settings.output}/{SITE}")
    with serving(site, host, port) as address:
        _rebuild(collection)
        out(f"serving {address}  (stop with Ctrl-C)")
        try:
            while True:
                time.sleep(_PAUSE)
                seen = _after(folder, seen)
        except KeyboardInterrupt:
            return 0


def _after(folder: Path, seen: object) -> object:
    """Look once, and build when something is not as it was seen; what is seen now."""
    try:
        collection = Collection.open(folder)
        now = stamp(collection.root, collection.settings)
    except FedbibError as error:
        if str(error) != seen:
            say(f"Error: {error}")
        return str(error)
    if now != seen:
        _rebuild(collection)
    return now


def _rebuild(collection: Collection) -> None:
    try:
        with collection.locked():
            build(collection, check=False, keep_going=True)
    except FedbibError as error:
        say(f"Error: {error}")
