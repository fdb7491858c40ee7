"""What lies on disk of what the last build made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from fedbib import cores
from fedbib.build import owned
from fedbib.disk import files, inside
from fedbib.errors import BadFile
from fedbib.settings import Settings

LIMIT = 2_000_000_000
_TOGETHER = 250

Checksums = Callable[[], Mapping[str, str]]
"""Gives the SHA-256 of files, in hexadecimal digits, by their paths in the collection's folder."""


def text(root: Path, path: str) -> str:
    """An output with its line ends as they are; "" when there is none. Raises BadFile for what is no text of ours."""
    full = inside.resolve(root, path)
    if not files.exists(full):
        return ""
    content = files.read(full, limit=LIMIT)
    files.text(content, path)
    return content.decode("utf-8")


def checksums(root: Path, settings: Settings) -> Checksums:
    """Begins to read the files that the list of the last build has, where they are many in another process.

    What cannot be read is left out.
    """
    try:
        known = owned.listed(text(root, f"{settings.output}/{owned.NAME}")) or {}
        groups = _groups(root, [f"{settings.output}/{path}" for path in known] if cores.is_worth(len(known)) else ())
    except BadFile:
        groups = []
    begun = cores.aside(_checksums, [(folder, names) for folder, _, names in groups])
    return lambda: {
        f"{path}/{name}": checksum
        for (_, path, names), told in zip(groups, begun, strict=True)
        for name, checksum in zip(names, told, strict=True)
        if checksum
    }


def _groups(root: Path, paths: Sequence[str]) -> list[tuple[Path, str, Sequence[str]]]:
    """Files of one folder, not too many: the folder, its path and their names."""
    by_folder: dict[str, list[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        by_folder.setdefault(folder, []).append(name)
    return [
        (inside.resolve(root, folder), folder, names[start : start + _TOGETHER])
        for folder, names in by_folder.items()
        for start in range(0, len(names), _TOGETHER)
    ]


def _checksums(group: tuple[Path, Sequence[str]]) -> list[str]:
    found = files.read_all(*group, limit=LIMIT)
    return ["" if content is None else sha256(content).hexdigest() for content in found]
