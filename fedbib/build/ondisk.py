"""What lies on disk of what the last build made."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from fedbib import cores
from fedbib.build import owned
from fedbib.disk import files, inside
from fedbib.disk.seen import Glance, Memory
from fedbib.errors import BadFile
from fedbib.settings import Settings

LIMIT = 2_000_000_000
_TOGETHER = 250
_AS_LONG = 40_000
"""Reading so many bytes takes as long as looking up a file."""


@dataclass(frozen=True)
class Checksums:
    """The SHA-256 of files, in hexadecimal digits, by their paths in the collection's folder."""

    known: Mapping[str, str] = field(default_factory=dict)
    """Of those that need not be read."""
    rest: Callable[[], Mapping[str, str]] = dict
    """Gives those of the others, which are being read. What cannot be read is left out."""
    listed: owned.Made | None = None
    """What the list of the last build has, if it was read."""


UNKNOWN = Checksums()


def text(root: Path, path: str) -> str:
    """An output with its line ends as they are; "" when there is none. Raises BadFile for what is no text of ours."""
    full = inside.resolve(root, path)
    if not files.exists(full):
        return ""
    content = files.read(full, limit=LIMIT)
    decoded = files.text(content, path)
    return content.decode("utf-8") if b"\r" in content or content.startswith(BOM_UTF8) else decoded


def checksums(root: Path, settings: Settings, memory: Memory) -> Checksums:
    """Begins to look at the files that the list of the last build has, reading many in another process.

    `memory` keeps what files hold that nobody changed (`fedbib.disk.seen`).
    """
    by_folder: dict[str, list[str]] = {}
    try:
        listed = owned.listed(text(root, f"{settings.output}/{owned.NAME}"))
        for path in listed or ():
            folder, _, name = f"{settings.output}/{path}".rpartition("/")
            by_folder.setdefault(folder, []).append(name)
        places = {folder: inside.resolve(root, folder) for folder in by_folder}
    except BadFile:
        return UNKNOWN
    glances = {folder: Glance(places[folder], names, _checksum, memory) for folder, names in by_folder.items()}
    known = {f"{folder}/{name}": said.hex() for folder, one in glances.items() for name, said in one.digests.items()}
    groups = [
        (folder, glance.unknown[start : start + _TOGETHER])
        for folder, glance in glances.items()
        for start in range(0, len(glance.unknown), _TOGETHER)
    ]
    many = cores.is_worth(sum(len(glance.unknown) + glance.size // _AS_LONG for glance in glances.values()))
    begun = (cores.aside if many else map)(_checksums, [(places[folder], names) for folder, names in groups])

    def rest() -> Mapping[str, str]:
        read: dict[str, dict[str, bytes]] = {folder: {} for folder in glances}
        for (folder, names), told in zip(groups, begun, strict=True):
            read[folder].update((name, said) for name, said in zip(names, told, strict=True) if said)
        for folder, glance in glances.items():
            glance.learn(read[folder])
        return {f"{folder}/{name}": said.hex() for folder, some in read.items() for name, said in some.items()}

    return Checksums(known, cache(rest), listed)


def checksum_of(root: Path, memory: Memory) -> Callable[[str], str]:
    """Gives that of one file after the other, by its path; those that the memory knows are not read."""

    @cache
    def known(folder: str) -> Mapping[str, bytes]:
        place = inside.resolve(root, folder)
        return Glance(place, list(files.names(place)), _checksum, memory).digests

    def told(path: str) -> str:
        folder, _, name = path.rpartition("/")
        with suppress(BadFile):
            if name in known(folder):
                return known(folder)[name].hex()
        return checksum(root, path)

    return told


def checksum(root: Path, path: str) -> str:
    """That of one file; "" for what cannot be read."""
    try:
        return sha256(files.read(inside.resolve(root, path), limit=LIMIT)).hexdigest()
    except BadFile:
        return ""


def _checksums(group: tuple[Path, Sequence[str]]) -> list[bytes]:
    found = files.read_all(*group, limit=LIMIT)
    return [b"" if content is None else _checksum(content) for content in found]


def _checksum(content: bytes) -> bytes:
    return sha256(content).digest()
