"""`fedbib init`"""

from __future__ import annotations

import json
from collections.abc import Mapping
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

_WORKFLOWS = ("build", "check", "discover", "paper", "sync")
_CI: Mapping[str, Mapping[str, str]] = {
    "github": {
        ".gitattributes": "gitattributes.txt",
        **{
            f".github/{path}": f"github/{path}"
            for path in ("ISSUE_TEMPLATE/paper.yml", *(f"workflows/{name}.yml" for name in _WORKFLOWS))
        },
    },
    "gitlab": {
        ".gitattributes": "gitattributes.txt",
        ".gitlab-ci.yml": "gitlab/gitlab-ci.yml",
        ".gitlab/issue_templates/paper.md": "gitlab/paper.md",
    },
    "none": {},
}
"""By service the files of a collection, and where their texts are among the package's data."""


@click.command(name="init", short_help="Make a new, empty collection in a folder.")
@click.argument("target", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--name", default="bibliography", show_default=True, help="Base name of the output files.")
@click.option("--title", default="Bibliography", show_default=True, help="Title of the collection.")
@click.option("--ci", type=click.Choice(list(_CI)), default="github", show_default=True, help="For whose service.")
@click.pass_obj
def command(folder: Path, target: Path, name: str, title: str, ci: str) -> int:
    """Make a new, empty collection in a folder. What is there already stays as it is.

    With it come a form in which people give papers on the web, and workflows that make records of what they give, check
    pull requests, build the outputs on the main branch, and once a week refresh the records and look for new papers.

    \b
    Examples:
      fedbib init my-survey --name survey --title "My survey"
      fedbib init --ci none     # the collection alone
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
        **_served(ci),
        # Last, because it makes the folder a collection: an `init` that was killed can be run again.
        "fedbib.toml": template.replace("NAME", json.dumps(name)).replace("TITLE", json.dumps(title)),
    }
    files.sweep_dead({(root / path).parent for path in made})
    for path, text in made.items():
        if files.exists(root / path):
            say(f"{path} is there already and stays as it is")
            if path == "README.md":
                say(f"  hint: put `{region.BEGIN}` and `{region.END}` in it, each alone on its line, for the list")
            continue
        files.write(root / path, text.encode())
        out(f"wrote {path}")
    return 0


def _served(ci: str) -> dict[str, str]:
    data = resources("fedbib").joinpath("data")
    return {path: data.joinpath(name).read_text("utf-8") for path, name in _CI[ci].items()}
