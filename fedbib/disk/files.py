"""The disk edge: whole files in, whole files out. Nothing else in fedbib writes."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from fedbib.errors import BadFile

_TEMPORARY = ".fedbib-"


def read(path: Path, *, limit: int) -> bytes:
    """The content of a regular file of at most `limit` bytes.

    Raises BadFile for anything else (a link, a folder, a pipe, a device: never followed, opened or printed).
    """
    try:
        # O_NONBLOCK: opening a pipe must not wait for a writer; O_NOFOLLOW: nor may a link just swapped in be followed.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
        kind = _kind(os.lstat(path).st_mode)
        if kind:
            raise BadFile(f"is {kind}, not a regular file", where=str(path), hint="replace it by a plain file")
        with open(os.open(path, flags), "rb", buffering=0) as file:
            # Asking for the limit would set aside as much memory for each of many small files.
            content = file.read(min(os.fstat(file.fileno()).st_size, limit) + 1)
            while 0 < len(content) <= limit and (more := file.read(limit + 1 - len(content))):
                content += more
    except OSError as error:
        raise BadFile(_reason(error), where=str(path)) from error
    if len(content) > limit:
        raise BadFile(f"is larger than the {limit:,} bytes such a file may have", where=str(path))
    return content


def _kind(mode: int) -> str:
    for test, kind in (
        (stat.S_ISREG, ""),
        (stat.S_ISLNK, "a symbolic link"),
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
    ):
        if test(mode):
            return kind
    return "a device or socket"


def _reason(error: OSError) -> str:
    return (error.strerror or "cannot be used").lower()


def text(content: bytes, where: str) -> str:
    """UTF-8 bytes as text with `\\n` line ends and no byte order mark; BadFile with the line of the first bad byte."""
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 (byte 0x{content[error.start]:02x})"
        raise BadFile(message, where=where, line=line, hint="save it as UTF-8") from error
    return decoded.replace("\r\n", "\n") if "\r" in decoded else decoded


def write(path: Path, content: bytes) -> bool:
    """Make `path` hold `content`, at once or not at all; whether that changed anything.

    The new bytes go to a temporary file in the same folder and are on disk before it takes the name (POSIX rename).
    Raises BadFile; the old file is then as it was.
    """
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise BadFile("is not a regular file, so it is not written", where=str(path))
        if path.exists() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=path.parent)
        temporary = Path(name)
        try:
            with open(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise BadFile(f"cannot be written: {_reason(error)}", where=str(path)) from error
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def remove(path: Path) -> None:
    """Delete a file that may already be gone."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise BadFile(f"cannot be deleted: {_reason(error)}", where=str(path)) from error


def names(folder: Path) -> Iterator[str]:
    """What stands in a folder, sorted; nothing when there is no such folder. Our own temporary files are left out."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entry.name for entry in entries if not entry.name.startswith(_TEMPORARY))
    except FileNotFoundError:
        return
    except OSError as error:
        raise BadFile(_reason(error), where=str(folder)) from error
    yield from found


def stamp(path: Path) -> tuple[int, int]:
    """Time of the last change in nanoseconds, and size in bytes; zeros for a file that is not there."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def sweep(folders: Iterable[Path]) -> None:
    """Delete the temporary files a killed run left behind."""
    for folder in folders:
        for leftover in folder.glob(f"{_TEMPORARY}*"):
            with contextlib.suppress(OSError):
                leftover.unlink()
