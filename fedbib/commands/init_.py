"""`fedbib init`"""

from __future__ import annotations

import json
from importlib.resources import files as resources
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.console import out, say
from fedbib.disk import files
from fedbib.errors import BadFile, BadSettings
from fedbib.formats.readme import region
from fedbib.model.about import About
from fedbib.schema import schema


@click.command(name="init", short_help="Make a new, empty collection in a folder.")
@click.argument("target", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--name", default="bibliography", show_default=True, help="Base name of the output files.")
@click.option("--title", default="Bibliography", show_default=True, help="Title of the collection.")
@click.pass_obj
def command(folder: Path, target: Path, name: str, title: str) -> int:
    """Make a new, empty collection in a folder. What is there already stays as it is.

    \b
    Example:
      fedbib init my-survey --name survey --title "My survey"
    """
    root = folder / target
    try:
        if Collection.open(root).root == root.absolute():
            raise BadFile("is a collection already", where=str(root), hint="add papers with `fedbib add`")
    except BadSettings:
        pass
    if not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
        raise click.BadParameter("only letters, digits, '-' and '_'", param_hint="--name")
    about = About(name=name, title=title)
    template = resources("fedbib").joinpath("data/fedbib.toml").read_text("utf-8")
    made = {
        "README.md": region.blank(about),
        "record.schema.json": json.dumps(schema(), indent=2) + "\n",
        ".taplo.toml": resources("fedbib").joinpath("data/taplo.toml").read_text("utf-8"),
        "entries/.gitkeep": "",
        # Last, because it makes the folder a collection: an `init` that was killed can be run again.
        "fedbib.toml": template.replace("NAME", json.dumps(name)).replace("TITLE", json.dumps(title)),
    }
    files.sweep_dead([root, root / "entries"])
    for path, text in made.items():
        if files.exists(root / path):
            say(f"{path} is there already and stays as it is")
            if path == "README.md":
                say(f"  hint: put `{region.BEGIN}` and `{region.END}` in it, each alone on its line, for the list")
            continue
        files.write(root / path, text.encode())
        out(f"wrote {path}")
    return 0
