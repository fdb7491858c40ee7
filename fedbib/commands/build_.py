"""`fedbib build`"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from fedbib.build import SITE
from fedbib.collection import Collection
from fedbib.console import complain, out, say
from fedbib.report import counted


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
    entries, problems = collection.shown()
    broken = complain(problems)
    outputs = collection.outputs(entries)
    stale, leftover = collection.stale(outputs), collection.leftover(outputs)
    changed = {output.path for output in stale}
    site = f"{collection.settings.output}/{SITE}"
    lines: dict[str, list[bool]] = {}
    for output in outputs:
        name = f"{site}/" if output.path.startswith(f"{site}/") else output.path
        lines.setdefault(name, []).append(output.path in changed)
    if leftover:
        lines[f"{site}/"].append(True)
    if check:
        for name, parts in lines.items():
            if any(parts):
                say(f"{name}: is stale\n  hint: run `fedbib build` and commit what it writes")
        return int(broken or bool(stale or leftover))
    collection.write(stale, [entry.work for entry in entries], leftover)
    for name, parts in lines.items():
        out(f"{'wrote' if any(parts) else 'kept '} {name}")
    works = counted(len(entries), "work")
    say(works + ("; the records named above are not among them or not complete" if broken else ""))
    return int(broken)
