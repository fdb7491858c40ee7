"""Which files on disk `build` made, so that it replaces and deletes no other. Pure.

A list with checksums stands in the output folder, in the form that `sha256sum --check` reads: one line per file, so
that it survives a merge, and of two conflicting sides both count. Where there is none, as in a collection that an
earlier version built, or a line is missing, the marks that our files carry tell.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from fedbib.build.outputs import SITE, Output
from fedbib.build.piece import FILES

NAME = "built.sha256"
HEAD = "# What `fedbib build` made, and may replace and delete. To check: sha256sum --check built.sha256\n"

Made = Mapping[str, frozenset[str]]
"""Checksums by path below the output folder."""

_LINES = re.compile("^([0-9a-f]{64})  (.+)$", re.MULTILINE)
_GENERATOR = {"html": '<meta name="generator" content="fedbib">', "xml": "<generator>fedbib</generator>"}


def manifest(outputs: Iterable[Output], folder: str) -> Output:
    """The list of the outputs in a folder."""
    lines = (f"{output.checksum}  {output.path.removeprefix(f'{folder}/')}\n" for output in outputs)
    return Output.of(f"{folder}/{NAME}", (HEAD + "".join(sorted(lines, key=lambda line: line[66:]))).encode())


@lru_cache(maxsize=1)  # of one run
def listed(text: str) -> Made | None:
    """What a list says, both sides where a merge left two; None for a text that is no list of ours."""
    if not text.startswith(HEAD.partition(",")[0]):
        return None
    made: dict[str, frozenset[str]] = {}
    for checksum, path in _LINES.findall("\n".join(text.splitlines())):
        made[path] = made[path] | {checksum} if path in made else frozenset((checksum,))
    return made


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def is_as_made(path: str, text: str, made: Made | None) -> bool:
    """Whether a text is what the list says was made at its path."""
    return _checksum(text) in (made or {}).get(path, ())


def is_ours(path: str, name: str, made: Made | None, read: Callable[[str], str]) -> bool:
    """Whether what stands at a path below the output folder may be replaced by what build makes there.

    `name` is that of the collection, `made` is None where there is no list, `read` gives the text at a path, "" for
    none. A file of ours that a person changed is still ours: it is stale.
    """
    if path in (made or {}) or not (text := read(path)) or is_marked(path, text):
        return True
    if path == NAME:
        return made is not None
    folder, _, _ = path.rpartition("/")
    beside = f"{folder}/{name}{FILES['full-json']}".removeprefix("/")
    return folder in ("", SITE) and is_marked(beside, read(beside))


def is_marked(path: str, text: str) -> bool:
    """Whether a file says itself that it is ours."""
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    if path.endswith(FILES["full-json"]):
        from fedbib.formats.full_json import MARK

        return text.startswith(f'{{\n "{MARK}": ')
    if ending == "svg":
        return f'id="chart-{stem}" class="pygal-chart"' in text
    return ending in _GENERATOR and _GENERATOR[ending] in text
