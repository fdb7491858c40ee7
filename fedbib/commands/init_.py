"""`fedbib init`"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands import looking
from fedbib.console import out, say
from fedbib.disk import files
from fedbib.errors import BadFile, BadSettings
from fedbib.formats.readme import region
from fedbib.model.about import About
from fedbib.schema import schema
from fedbib.text.tables import read_text

_WORKFLOWS = ("build", "check", "discover", "pages", "paper", "release", "sync")
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


@click.command(name="init", short_help="Start a new collection in a folder, empty or from an existing list.")
@click.argument("target", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--name", default="bibliography", show_default=True, help="Base name of the output files.")
@click.option("--title", default="Bibliography", show_default=True, help="Title of the collection.")
@click.option(
    "--from", "source", default="", metavar="FILE", help="An existing Markdown list in the folder; its layout is kept."
)
@click.option(
    "--ci",
    type=click.Choice(list(_CI)),
    default="github",
    show_default=True,
    help="The service to write workflows for.",
)
@click.pass_obj
def command(folder: Path, target: Path, name: str, title: str, source: str, ci: str) -> int:
    """Start a new collection in a folder, empty or from an existing list. Existing files are never changed.

    --from learns how the rows of the list are written and saves a template for each kind of row in list/. From then on
    `fedbib build` updates the list in its own layout: headings, texts and rows stay, and only wrong facts change.

    Unless you give --ci none, the collection comes with an issue form for suggesting papers and with workflows that
    turn suggestions into records, check pull requests, build the outputs on the main branch, and once a week refresh
    the records and look for new papers.

    \b
    Examples:
      fedbib init my-survey --name survey --title "My survey"
      fedbib init --from README.md     # then: fedbib import README.md, fedbib build
      fedbib init --ci none     # the collection alone
    """
    root = folder / target
    try:
        if Collection.open(root).root == root.absolute():
            raise BadFile("is already a collection", where=str(root), hint="add papers with `fedbib add`")
    except BadSettings:
        pass
    if not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
        raise click.BadParameter("use only ASCII letters, digits, '-' and '_'", param_hint="--name")
    look = looking.look(root, source) if source else {}
    title = looking.title(root, source) or title if source and title == "Bibliography" else title
    about = About(name=name, title=title)
    template = read_text("fedbib.toml")
    made = {
        "README.md": region.blank(about),
        "record.schema.json": json.dumps(schema(), indent=2) + "\n",
        ".taplo.toml": read_text("taplo.toml"),
        "entries/.gitkeep": "",
        **_served(ci),
        **look,
        # Last, because it makes the folder a collection: an `init` that was killed can be run again.
        "fedbib.toml": _settings(template, name, title, source),
    }
    if source:
        del made["README.md"]
    files.sweep_dead({(root / path).parent for path in made})
    for path, text in made.items():
        if files.exists(root / path):
            say(f"{path} exists already and was not changed")
            if path == "README.md":
                say(f"  hint: add the lines `{region.BEGIN}` and `{region.END}` to it; the list goes between them")
            continue
        files.write(root / path, text.encode())
        out(f"wrote {path}")
    return 0


def _settings(template: str, name: str, title: str, source: str) -> str:
    quoted = [json.dumps(text, ensure_ascii=False) for text in (name, title)]
    text = template.replace("NAME", quoted[0], 1).replace("TITLE", quoted[1], 1)
    if not source:
        return text
    if source != "README.md":
        first, _, rest = text.partition("\n\n")
        text = f"{first}\nreadme = {json.dumps(source, ensure_ascii=False)}\n\n{rest}"
    return text + looking.SETTINGS


def _served(ci: str) -> dict[str, str]:
    return {path: read_text(name) for path, name in _CI[ci].items()}
