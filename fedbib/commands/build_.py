"""`fedbib build`"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fedbib.collection import Collection
from fedbib.console import complain, out, say
from fedbib.model.problem import Problem, Severity
from fedbib.report import counted
from fedbib.settings import Settings

if TYPE_CHECKING:
    from fedbib.build.folder import Built
    from fedbib.made.gathered import Gathered


@click.command(name="build", short_help="Write all outputs: .bib, CSL-JSON, RIS, JSON, README list and web page.")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if an output is out of date.")
@click.option("--keep-going", is_flag=True, help="For a record with errors, keep the paper as it was last built.")
@click.option(
    "--cold",
    is_flag=True,
    help="Build everything from scratch instead of reusing unchanged parts; the result is the same.",
)
@click.option("--over-edits", is_flag=True, help="Overwrite what people edited in the README's list.")
@click.pass_obj
def command(folder: Path, check: bool, keep_going: bool, cold: bool, over_edits: bool) -> int:
    """Write all outputs: .bib, CSL-JSON, RIS, JSON, README list and web page.

    Every output is read back and compared before it is written. build needs no network, and the same records always
    give the same bytes. If a record has errors, nothing is written. Files that build did not make are never replaced
    or deleted. If somebody edited the README's list by hand, build stops; `fedbib import README.md` brings the edits
    into the records.

    \b
    Examples:
      fedbib build
      fedbib build --check     # for CI
    """
    collection = replace(Collection.open(folder), anew=cold)
    with nullcontext() if check else collection.locked():
        return build(collection, check=check, keep_going=keep_going, over_edits=over_edits)


def build(collection: Collection, *, check: bool, keep_going: bool, over_edits: bool = False) -> int:
    """Write what is stale and say what became of each output; with `check` only say it. The exit code."""
    gathered, problems = collection.gathered()
    # Only now: meanwhile another process has begun to make what changed.
    from fedbib.build import folder, inputs
    from fedbib.build.folder import Built

    broken = complain(problems)
    if broken and not keep_going:
        say(
            "nothing was built: the records named above have errors\n"
            "  hint: correct them; until then, --keep-going keeps their papers as they were last built"
        )
        return 1
    if broken and not isinstance(gathered, Built):
        _keep(collection, gathered, problems)
    if lacking := inputs.missing(collection.settings):
        say(f"the page has no formatted references: {lacking.message}\n  hint: {lacking.hint}")
    built = collection.build(gathered)
    lines = _lines(built, collection.settings)
    if check:
        for name, changed in lines.items():
            if changed:
                say(f"{name}: is out of date\n  hint: run `fedbib build` and commit what it writes")
        folder.refuse(built, edited=not over_edits)
        return int(broken or any(lines.values()))
    collection.write(built, over_edits=over_edits)
    for name, changed in lines.items():
        out(f"{'wrote' if changed else 'kept '} {name}")
    for line, note in built.notes:
        say(f"{built.readme}:{line}: {note}")
    say(counted(built.works, "work"))
    return int(broken)


def _keep(collection: Collection, gathered: Gathered, problems: Sequence[Problem]) -> None:
    """Take the papers whose records are broken as they were built last, and name who has no such state."""
    from fedbib.build import last

    keys = {problem.key for problem in problems if problem.key and problem.severity is Severity.ERROR}
    before = last.built(collection.root, collection.settings)
    gathered.replace({key: before.get(key) for key in sorted(keys)})
    for key in sorted(keys - before.keys()):
        say(f"{key}: was never built, so it is in no output")


def _lines(built: Built, settings: Settings) -> dict[str, bool]:
    """Each output, the files of the page as one, and whether it is not what is on disk."""
    from fedbib.build import folder
    from fedbib.build.outputs import SITE

    site, changed = f"{settings.output}/{SITE}/", folder.changed(built)
    paths = dict.fromkeys((*(output.path for output in built.outputs), *changed))
    lines: dict[str, bool] = {}
    for path in paths:
        name = site if path.startswith(site) else path
        lines[name] = lines.get(name, False) or path in changed
    return lines
