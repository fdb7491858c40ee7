"""One gate for every path that settings, records or a browser name: below a folder, without a link on the way.

What a collection's files say may come from a stranger, so that a path is a list of plain names and nothing else.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from fedbib.errors import BadFile

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: with any ending, in any case.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
_UNUSABLE = re.compile(r'[\\:*?"<>|]')
_LONGEST = 255
_OURS = frozenset({".zenodo.json"})
"""What begins with a dot and may be written, as Zenodo asks for it by that name."""


def names(path: str) -> tuple[str, ...]:
    """The names of the folders on the way and of the file, none for the folder itself ("."); separated by `/`.

    Raises BadFile, which says what is wrong, for a path that leads out, that names what belongs to git, the system or
    the program (whatever begins with a dot), or that some system cannot have.
    """
    if not path:
        raise BadFile("is empty")
    if path.startswith("/"):
        raise _out()
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    for part in parts:
        if wrong := _wrong(part):
            raise _out() if part == ".." or re.match("[A-Za-z]:", part) else BadFile(wrong)
    return parts


def _out() -> BadFile:
    return BadFile("leads out of the collection's folder")


def is_device(name: str) -> bool:
    """Whether Windows takes a name, with any ending, for a device."""
    return _DEVICE.match(name) is not None


def _wrong(name: str) -> str:
    # None of these can be printed, as few names have to be told.
    if not name.isprintable() and any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in name):
        return "has a control character"
    if _UNUSABLE.search(name):
        return "has a character that not every system allows in file names; separate folders with '/'"
    if name.startswith((".", "-", " ")) and name not in _OURS:
        return f"has a name that begins with {name[0]!r}"
    if name.endswith((".", " ")):
        return f"has a name that ends with {name[-1]!r}"
    if is_device(name):
        return "is the name of a device on some systems"
    return "has a name that is too long" if len(name.encode()) > _LONGEST else ""


def resolve(root: Path, path: str) -> Path:
    """The full path of something in a folder, which need not exist.

    Raises BadFile as `names` does, and for a symbolic link or a file where a folder should be on the way, or when the
    system does not say.
    """
    try:
        parts = names(path)
    except BadFile as error:
        raise BadFile(error.message, where=ascii(path)) from None
    full = root
    for place, part in enumerate(parts):
        full = full / part
        try:
            found = os.lstat(full)
        except FileNotFoundError:
            return full.joinpath(*parts[place + 1 :])
        except OSError as error:
            raise BadFile((error.strerror or "cannot be used").lower(), where=str(full)) from error
        if _is_link(found):
            raise BadFile(
                "is a symbolic link, which is not followed", where=str(full), hint="put the file or folder itself there"
            )
        if place < len(parts) - 1 and not stat.S_ISDIR(found.st_mode):
            raise BadFile("is not a folder", where=str(full))
    return full


def resolve_all(root: Path, paths: Iterable[str]) -> Iterator[Path]:
    """As `resolve` for the folder of each path, looked at once, and the name in it: whether that is a link is not told.

    Raises BadFile as `resolve` does.
    """
    folders: dict[str, Path] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            folders[folder] = resolve(root, folder) if folder else root
        if path.startswith("/") or name in ("", ".") or _wrong(name):
            resolve(root, path)  # which says why it cannot be
        yield folders[folder] / name


def _is_link(found: os.stat_result) -> bool:
    """A symbolic link, or what Windows has for links to folders."""
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return stat.S_ISLNK(found.st_mode) or (junction is not None and getattr(found, "st_reparse_tag", 0) == junction)
