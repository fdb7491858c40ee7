"""The state in which a paper was built last, for one whose record cannot be read whole now."""

from __future__ import annotations

from pathlib import Path

from fedbib.build.piece import FILES
from fedbib.disk import files, inside
from fedbib.errors import BadFile
from fedbib.formats import full_json
from fedbib.model.work import Work
from fedbib.settings import Settings

_LIMIT = 2_000_000_000


def built(root: Path, settings: Settings) -> dict[str, Work]:
    """The works of the last build by key, as the complete JSON on disk has them; none when it cannot be read."""
    path = inside.resolve(root, f"{settings.output}/{settings.about.name}{FILES['full-json']}")
    try:
        text = files.text(files.read(path, limit=_LIMIT), str(path))
    except BadFile:
        return {}
    return {work.key: work for work in full_json.parse(text).works}
