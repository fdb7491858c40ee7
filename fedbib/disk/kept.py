"""Results of past runs, each under the hash of all that it was made of: one SQLite file of this machine.

It can be deleted, copied from elsewhere, stale or damaged at any time. What is asked for by its hash is given only when
every byte is as it was kept, and whatever is wrong with the file is as if it held nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from fedbib.disk.cache import cache_folder
from fedbib.disk.database import opened
from fedbib.errors import BadFile

T = TypeVar("T")

LIMIT = 2_000_000_000
"""Bytes that the file may hold; of more, what was not used for longest goes."""
LARGEST = 20_000_000
"""Bytes of one result; a larger one is not kept."""

_MARK = 8
_AT_ONCE = 500
_SECONDS_OF_A_DAY = 86_400
_WAITING = 5.0
"""Seconds that one run waits for another one that writes."""
_TABLE = (
    "CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, used INTEGER NOT NULL, "
    "mark BLOB NOT NULL, content BLOB NOT NULL)"
)


def place() -> Path:
    """Where the file of this user lies."""
    return cache_folder() / "made.sqlite"


class Kept:
    """The results that a file keeps; with no path, none. No method raises for what is wrong with the file."""

    def __init__(self, path: Path | None, *, limit: int = LIMIT) -> None:
        self._path, self._limit = path, limit
        self._database: sqlite3.Connection | None = None
        self._today = int(time.time()) // _SECONDS_OF_A_DAY
        self._process = os.getpid()
        self._other: sqlite3.Connection | None = None
        """The connection of the process that this one was copied from: it is neither used here nor closed."""

    def find(self, names: Iterable[bytes]) -> Iterator[bytes | None]:
        """What is kept under each of the names, in their order; None for what is not, or not whole."""
        rest = iter(names)
        while some := tuple(islice(rest, _AT_ONCE)):
            nothing: dict[bytes, bytes] = {}
            found = self._ask(partial(self._found, some), nothing)
            for name in some:
                yield found.get(name)

    def _found(self, names: Sequence[bytes], database: sqlite3.Connection) -> dict[bytes, bytes]:
        wanted = f"WHERE name IN ({','.join('?' * len(names))})"
        rows = database.execute(f"SELECT name, mark, content, used FROM kept {wanted}", names).fetchall()
        if any(used != self._today for *_, used in rows):
            with contextlib.suppress(sqlite3.OperationalError):  # on a disk that is full it is read all the same
                database.execute(f"UPDATE kept SET used = ? {wanted}", (self._today, *names))
                database.commit()
        return {name: content for name, mark, content, _ in rows if _is_whole(name, mark, content)}

    def keep(self, results: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep results by name; what has a name already is replaced."""
        rows = [
            (name, self._today, _mark(name, content), content) for name, content in results if len(content) < LARGEST
        ]
        if rows:
            self._ask(partial(self._put, rows), None)

    def _put(self, rows: Sequence[tuple[bytes, int, bytes, bytes]], database: sqlite3.Connection) -> None:
        database.executemany("INSERT OR REPLACE INTO kept (name, used, mark, content) VALUES (?, ?, ?, ?)", rows)
        database.commit()
        while _size(database) > self._limit:
            (count,) = database.execute("SELECT count(*) FROM kept").fetchone()
            oldest = f"SELECT id FROM kept ORDER BY used, id LIMIT {count // 4 + 1}"
            database.execute(f"DELETE FROM kept WHERE id IN ({oldest})")
            database.commit()
            if not count:
                break

    def _ask(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What an action on the database gives; a file that cannot be understood is begun anew the next time."""
        if self._path is None:
            return otherwise
        if self._process != os.getpid():
            self._process, self._other, self._database = os.getpid(), self._database, None
        try:
            if self._database is None:
                self._database = opened(self._path, _prepare, timeout=_WAITING, by_any_thread=True)
                weakref.finalize(self, _close, self._database, os.getpid())
            return action(self._database)
        except sqlite3.Error as error:
            self._end()
            # Another run writes for long, or the system refuses: nothing is wrong with the file.
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _REFUSED:
                with contextlib.suppress(OSError):
                    self._path.unlink()
        except BadFile:
            self._path = None
        return otherwise

    def _end(self) -> None:
        if self._database:
            _close(self._database, self._process)
        self._database = None


_REFUSED = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}
_SIZES = ("page_count", "freelist_count", "page_size")


def _prepare(database: sqlite3.Connection) -> None:
    database.text_factory = bytes  # of what somebody else wrote into it nothing is decoded
    database.execute("PRAGMA synchronous = OFF")  # what a crash leaves half written is noticed when it is read
    database.execute(_TABLE)


def _close(database: sqlite3.Connection, process: int) -> None:
    """Close what this process opened, and not one that was copied from it."""
    if process == os.getpid():
        with contextlib.suppress(sqlite3.Error):
            database.close()


def _size(database: sqlite3.Connection) -> int:
    pages, free, size = (database.execute(f"PRAGMA {name}").fetchone()[0] for name in _SIZES)
    return int((pages - free) * size)


def _mark(name: bytes, content: bytes) -> bytes:
    said = hashlib.sha256(name)
    said.update(content)
    return said.digest()[:_MARK]


def _is_whole(name: object, mark: object, content: object) -> bool:
    return isinstance(name, bytes) and isinstance(content, bytes) and mark == _mark(name, content)
