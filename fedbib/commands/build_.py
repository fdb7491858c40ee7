"""`fedbib build`"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.console import complain, out, say
from fedbib.report import counted


@click.command(name="build", short_help="Write the .bib, CSL-JSON, RIS and complete JSON and the README list.")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when an output is not what build would write.")
@click.pass_obj
def command(folder: Path, check: bool) -> int:
    """Write the .bib, CSL-JSON, RIS and complete JSON and the README list.

    Every output is read back before it is written. Needs no network, and the same records give the same bytes.

    \b
    Examples:
      fedbib build
      fedbib build --check     # for CI
    """
    collection = Collection.open(folder)
    with nullcontext() if check else collection.locked():
        return _build(collection, check=check)


def _build(collection: Collection, *, check: bool) -> int:
    works, problems = collection.works()
    broken = complain(problems)
    outputs = collection.outputs(works)
    stale = collection.stale(outputs)
    if check:
        for output in stale:
            say(f"{output.path}: is stale\n  hint: run `fedbib build` and commit what it writes")
        return int(broken or bool(stale))
    collection.write(stale, works)
    for output in outputs:
        out(f"{'wrote' if output in stale else 'kept '} {output.path}")
    say(
        counted(len(works), "work") + ("; the records named above are not among them or not complete" if broken else "")
    )
    return int(broken)
