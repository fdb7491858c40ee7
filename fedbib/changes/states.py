"""A state of a collection, at a revision of its git repository or in a folder: the works of its complete JSON."""

from __future__ import annotations

from pathlib import Path

from fedbib.changes import git
from fedbib.disk import files
from fedbib.errors import BadFile
from fedbib.formats import full_json
from fedbib.model.work import Work

LIMIT = 500_000_000
"""Bytes of a complete JSON."""


def works(root: Path, output: str, state: str) -> tuple[Work, ...]:
    """The works of a state: a folder with a collection, a complete JSON, or a revision of the repository of `root`.

    `output` is the path of the complete JSON in a collection. Raises BadValue for what is none of these, BadFile for a
    state that has no such file or one that cannot be read.
    """
    path = Path(state)
    if path.is_dir() or path.is_file():
        where = path / output if path.is_dir() else path
        content = files.read(where, limit=LIMIT)
        text = files.text(content, str(where))
    else:
        content = git.blob(root, state, output, LIMIT)
        text = files.text(content, f"{state}:{output}")
    try:
        return tuple(full_json.parse(text).works)
    except BadFile as error:
        error.where = error.where or f"{state}:{output}"
        raise


def parted(words: str) -> tuple[str, str]:
    """The two states of "v1..v2"; the second is "", which is now, in "v1.." and "v1"."""
    if Path(words).exists():
        return words, ""
    before, _, now = words.partition("..")
    return before, now
