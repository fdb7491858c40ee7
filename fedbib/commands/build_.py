"""`fedbib build`"""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path

import click

from fedbib.build import folder
from fedbib.build.folder import Built
from fedbib.build.outputs import SITE
from fedbib.collection import Collection
from fedbib.console import complain, out, say
from fedbib.report import counted
from fedbib.site.entry import entry


@click.command(name="build", short_help="Write the .bib, CSL-JSON, RIS, complete JSON, the README list and the page.")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when an output is not what build would write.")
@click.pass_obj
def command(folder: Path, check: bool) -> int:
    """Write the .bib, CSL-JSON, RIS, complete JSON, the README list and the page.

    Every output is read back before it is written. Needs no network, and the same records give the same bytes.

    \b
    Examples:
      fedbib build
      fedbib build --check     # for CI
    """
    collection = Collection.open(folder)
    with nullcontext() if check else collection.locked():
        return build(collection, check=check)


def build(collection: Collection, *, check: bool) -> int:
    """Write what is stale and say what became of each output; with `check` only say it. The exit code."""
    entries, problems = collection.each(partial(entry, rules=collection.rules))
    broken = complain(problems)
    built = folder.build(entries, collection.root, collection.settings)
    lines = _lines(built, f"{collection.settings.output}/{SITE}")
    if check:
        for name, changed in lines.items():
            if changed:
                say(f"{name}: is stale\n  hint: run `fedbib build` and commit what it writes")
        return int(broken or any(lines.values()))
    folder.write(built, collection.root, collection.settings)
    for name, changed in lines.items():
        out(f"{'wrote' if changed else 'kept '} {name}")
    works = counted(built.works, "work")
    say(works + ("; the records named above are not among them or not complete" if broken else ""))
    return int(broken)


def _lines(built: Built, site: str) -> dict[str, bool]:
    """Each output, the files of the page as one, and whether it is not what is on disk."""
    stale = {output.path for output in built.stale}
    lines: dict[str, bool] = {}
    for output in built.outputs:
        name = f"{site}/" if output.path.startswith(f"{site}/") else output.path
        lines[name] = lines.get(name, False) or output.path in stale
    if built.leftover:
        lines[f"{site}/"] = True
    return lines
