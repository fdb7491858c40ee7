"""Which program this is: what it makes of its input, another one may make otherwise."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path


@cache
def fingerprint() -> bytes:
    """A hash of this program's own files, of Python's version and of the packages installed; b"" where none can be had.

    Of packages the names of their folders of metadata count, which tell their versions.
    """
    installed = [folder for folder in sys.path if folder.endswith("-packages")]  # not where a program is started
    return _hash(Path(__file__).parents[1], installed)


def _hash(own: Path, folders: Iterable[str]) -> bytes:
    said = hashlib.blake2b(f"{sys.version} {sys.platform}".encode(), digest_size=16)
    try:
        found = sorted(_files(str(own)))
        for path in found:
            content = Path(path).read_bytes()
            said.update(f"\n{path[len(str(own)) :]} {len(content)}\n".encode())
            said.update(content)
        for folder in filter(os.path.isdir, folders):
            with os.scandir(folder) as entries:
                names = (entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))
                said.update("\n".join(sorted(names)).encode("utf-8", "surrogateescape"))
    except OSError:
        return b""
    return said.digest() if found else b""


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif not entry.name.endswith(".pyc"):
                yield entry.path
