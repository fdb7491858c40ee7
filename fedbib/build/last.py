"""The state in which a paper was built last, for one whose record cannot be read whole now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from fedbib.build.outputs import FILES
from fedbib.disk import files, inside
from fedbib.errors import BadFile
from fedbib.formats import full_json
from fedbib.model.work import Work
from fedbib.settings import Settings
from fedbib.site.entry import Entry

_LIMIT = 2_000_000_000


def kept(
    entries: Sequence[Entry], keys: Collection[str], root: Path, settings: Settings
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The entries by key, those of `keys` with the work that the complete JSON on disk has; keys that it has not.

    What only a record tells (who said what, when the paper came in) is there as far as the record could be read.
    """
    before = built(root, settings)
    found = {entry.work.key: entry for entry in entries if entry.work.key not in keys}
    read = {entry.work.key: entry for entry in entries}
    for key in keys:
        if key in before:
            found[key] = replace(read.get(key) or Entry(before[key]), work=before[key])
    return tuple(found[key] for key in sorted(found)), tuple(sorted(set(keys) - before.keys()))


def built(root: Path, settings: Settings) -> dict[str, Work]:
    """The works of the last build by key, as the complete JSON on disk has them; none when it cannot be read."""
    path = inside.resolve(root, f"{settings.output}/{settings.about.name}{FILES['full-json']}")
    try:
        text = files.text(files.read(path, limit=_LIMIT), str(path))
    except BadFile:
        return {}
    return {work.key: work for work in full_json.parse(text).works}
