"""The disk edge: whole files in, whole files out. Nothing else in fedbib writes."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from fedbib.errors import BadFile

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_TEMPORARY = ".fedbib-"
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def read(path: Path, *, limit: int) -> bytes:
    """The content of a regular file of at most `limit` bytes.

    Raises BadFile for anything else (a link, a folder, a pipe, a device: never followed, opened or printed).
    """
    with _words(path):
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
    if len(content) > limit:
        raise BadFile(f"is larger than {limit:,} bytes, the most that such a file may have", where=str(path))
    return content


def read_all(folder: Path, names: Iterable[str], *, limit: int) -> Iterator[bytes | None]:
    """The content of each of many files in one folder; None for what `read` refuses, which says why.

    The folder is looked up once: of small files that is most of the time.
    """
    if os.open not in os.supports_dir_fd:
        for name in names:
            yield _content(folder / name, limit)
        return
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW
    try:
        inside = os.open(folder, os.O_RDONLY)
    except OSError:
        yield from (None for _ in names)
        return
    try:
        for name in names:
            try:
                descriptor = os.open(name, flags, dir_fd=inside)
            except (OSError, ValueError):
                yield None
                continue
            try:
                found = os.fstat(descriptor)
                usual = stat.S_ISREG(found.st_mode) and found.st_size <= limit
                content = os.read(descriptor, found.st_size + 1) if usual else b""
            except OSError:
                usual = False
            finally:
                os.close(descriptor)
            # A file that grows meanwhile, or lies where sizes say nothing, is left to the patient way.
            yield content if usual and len(content) == found.st_size else _content(folder / name, limit)
    finally:
        os.close(inside)


def _content(path: Path, limit: int) -> bytes | None:
    try:
        return read(path, limit=limit)
    except BadFile:
        return None


def pieces(path: Path, size: int = 1 << 20) -> Iterator[bytes]:
    """The content of a regular file of any size, piece by piece. Raises BadFile as `read` does."""
    with _words(path):
        kind = _kind(os.lstat(path).st_mode)
        if kind:
            raise BadFile(f"is {kind}, not a regular file", where=str(path), hint="replace it by a plain file")
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
        with open(os.open(path, flags), "rb", buffering=0) as file:
            while piece := file.read(size):
                yield piece


def state(path: Path) -> tuple[int, int]:
    """Size and time of the last change, by which a file is told from another one of its name. Raises BadFile."""
    with _words(path):
        found = os.lstat(path)
    return found.st_size, found.st_mtime_ns


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


@contextlib.contextmanager
def _words(path: Path, doing: str = "") -> Iterator[None]:
    """What the system refuses, and names that it cannot have, as a BadFile."""
    try:
        yield
    except OSError as error:
        raise BadFile(f"{doing}{reason(error)}", where=str(path)) from error
    except ValueError as error:  # a NUL, or half of a surrogate pair
        raise BadFile(f"{doing}no file can have this name", where=ascii(str(path))) from error


def reason(error: OSError) -> str:
    """What the system says, as words for the middle of a message."""
    return (error.strerror or "cannot be used").lower()


def text(content: bytes, where: str) -> str:
    """UTF-8 bytes as text with `\\n` line ends and no byte order mark; BadFile with the line of the first bad byte."""
    content = content.removeprefix(BOM_UTF8)
    try:
        decoded = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 (byte 0x{content[error.start]:02x})"
        raise BadFile(message, where=where, line=line, hint="save it as UTF-8") from error
    return decoded.replace("\r\n", "\n") if "\r" in decoded else decoded


def write(path: Path, content: bytes) -> bool:
    """Make `path` hold `content`, at once or not at all; whether that changed anything.

    The new bytes go to a temporary file in the same folder and are on disk before it takes the name (POSIX rename); the
    name is on disk at the end. Raises BadFile; the old file is then as it was.
    """
    return bool(write_all([(path, content)]))


def write_all(items: Iterable[tuple[Path, bytes]]) -> list[Path]:
    """As `write` for each file, in their order; the paths that changed. Of a fault only what comes after it is left.

    Waiting for the disk is what takes time: many files wait for it side by side, and the names of a folder once.
    """
    writing = _Writing()
    try:
        for path, content in items:
            with _words(path, "cannot be written: "):
                writing.begin(path, content)
        writing.end()
    except BadFile:
        writing.end()
        raise
    finally:
        writing.drop()
        for folder in dict.fromkeys(path.parent for path in writing.changed):
            _keep_names(folder)
    return writing.changed


_TOGETHER = 256
"""So many files are open at once."""
_WAITING = 32
"""So many are waited for at once."""
_PORTION = 8
"""So many wait one after the other."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file whose new bytes are in an open temporary one, which is to take its name."""

    path: Path
    temporary: Path
    descriptor: int
    mode: int | None

    def flush(self) -> OSError | None:
        """Wait until the bytes are on disk, and close."""
        try:
            os.fsync(self.descriptor)
        except OSError as error:
            return error
        finally:
            os.close(self.descriptor)
        return None

    def take_name(self) -> None:
        if self.mode is not None:
            self.temporary.chmod(self.mode & 0o777)
        self.temporary.replace(self.path)


class _Writing:
    """Files on their way to the disk, in their order."""

    def __init__(self) -> None:
        self.changed: list[Path] = []
        self._begun: deque[_Begun] = deque()
        self._refused: deque[Future[list[OSError | None]]] = deque()
        """What the system says of each portion of `_begun`, from its first file on."""
        self._waited_for = 0
        """How many of `_begun` are in such a portion."""
        self._failed = False
        self._pool: ThreadPoolExecutor | None = None

    def begin(self, path: Path, content: bytes) -> None:
        """Write the bytes of a file that has others into a temporary one, and finish some that were begun before.

        Raises BadFile for what is no regular file, and OSError.
        """
        if file := _begin(path, content):
            self._begun.append(file)
            if len(self._begun) - self._waited_for == _PORTION:
                self._wait()
            if len(self._begun) >= _TOGETHER:
                self._name(self._refused.popleft().result())

    def end(self) -> None:
        """Finish the files that were begun, if none was refused before. Raises BadFile."""
        while self._refused and not self._failed:
            self._name(self._refused.popleft().result())
        while self._begun and not self._failed:
            self._waited_for = 1
            self._name([self._begun[0].flush()])

    def _wait(self) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._pool = self._pool or ThreadPoolExecutor(_WAITING)
        portion = list(islice(self._begun, self._waited_for, None))
        self._refused.append(self._pool.submit(lambda: [file.flush() for file in portion]))
        self._waited_for += len(portion)

    def _name(self, refused: Iterable[OSError | None]) -> None:
        """Give the first files their names, of which the system said so."""
        self._failed = True
        for error in refused:
            file = self._begun[0]
            with _words(file.path, "cannot be written: "):
                if error:
                    raise error
                file.take_name()
            self._begun.popleft()
            self._waited_for -= 1
            self.changed.append(file.path)
        self._failed = False

    def drop(self) -> None:
        """Close and delete what was begun and has no name."""
        if self._pool:
            self._pool.shutdown()
        for place, file in enumerate(self._begun):
            with contextlib.suppress(OSError):
                if place >= self._waited_for:
                    os.close(file.descriptor)
                file.temporary.unlink()


def _begin(path: Path, content: bytes) -> _Begun | None:
    """Write the bytes of a file into a temporary one; None where it holds them already."""
    mode = _mode(path)
    if mode is not None and stat.S_ISREG(mode) and _holds(path, content):
        return None
    if mode is not None and not stat.S_ISREG(mode):
        raise BadFile("is not a regular file, so it is not written", where=str(path))
    temporary = path.with_name(f"{_TEMPORARY}{os.getpid()}-{os.urandom(6).hex()}")
    permissions = 0o666 if mode is None else 0o600
    try:
        descriptor = os.open(temporary, NEW, permissions)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(temporary, NEW, permissions)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except BaseException:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return _Begun(path, temporary, descriptor, mode)


def _mode(path: Path) -> int | None:
    try:
        return os.lstat(path).st_mode
    except FileNotFoundError:
        return None


def _holds(path: Path, content: bytes) -> bool:
    return path.stat().st_size == len(content) and path.read_bytes() == content


def _keep_names(folder: Path) -> None:
    """Have the names in a folder on disk, where the system can be asked to; the files themselves are there."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def pour(path: Path, content: bytes) -> bool:
    """Write into a pipe or a device that a person named; False, and nothing done, when `path` is neither."""
    with _words(path, "cannot be written: "):
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            return False
        if not (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
            return False
        with open(path, "wb", buffering=0) as file:
            rest = memoryview(content)
            while rest:
                rest = rest[file.write(rest) :]
    return True


def remove(path: Path) -> None:
    """Delete a file that may already be gone."""
    with _words(path, "cannot be deleted: "):
        try:
            path.unlink()
        except FileNotFoundError:
            return
        _keep_names(path.parent)


def exists(path: Path) -> bool:
    """Whether anything, a link too, has this name; BadFile when that cannot be found out."""
    with _words(path):
        return _mode(path) is not None


def names(folder: Path) -> Iterator[str]:
    """What stands in a folder, sorted; nothing when there is no such folder. Our own temporary files are left out."""
    with _words(folder):
        try:
            found = sorted([name for name in os.listdir(folder) if not name.startswith(_TEMPORARY)])  # noqa: PTH208 - names are wanted
        except FileNotFoundError:
            return
    yield from found


def stamp(path: Path) -> tuple[int, int]:
    """Time of the last change in nanoseconds, and size in bytes; zeros for a file that is not there."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def sweep(folders: Iterable[Path]) -> None:
    """Delete the temporary files that a killed run left in folders where no other run writes."""
    for leftover in _temporary(folders):
        with contextlib.suppress(OSError):
            leftover.unlink()


def sweep_dead(folders: Iterable[Path]) -> None:
    """As `sweep` where other runs may be writing: their files stay as long as they are running."""
    for leftover in _temporary(folders):
        owner = re.fullmatch(rf"{re.escape(_TEMPORARY)}([0-9]{{1,9}})-[0-9a-f]{{12}}", leftover.name)
        if owner and not _is_running(int(owner[1])):
            with contextlib.suppress(OSError):
                leftover.unlink()


def _temporary(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(_TEMPORARY) and entry.is_file(follow_symlinks=False):
                    yield folder / entry.name


def _is_running(process: int) -> bool:
    """Whether another process has this number. Without POSIX signals, every one may have."""
    if process == os.getpid():
        return False
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
