"""One writing run at a time in a collection. The system frees the lock of a run that died."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fedbib.disk import files
from fedbib.disk.cache import private
from fedbib.errors import BadFile


class _Held(Exception):
    """Another run has the lock."""


@contextmanager
def locked(folder: Path, notes: Path, now: float) -> Iterator[None]:
    """Hold a collection's folder; `notes` is a file of this user that says who holds it.

    Raises BadFile, with the other run's process and start, when another run holds it. Nothing is left in the folder.
    """
    if not files.exists(folder):  # nothing to protect yet
        yield
        return
    try:
        free = _hold(folder, notes.with_name("lock.sqlite"))
    except _Held:
        message = f"is in use by another run of fedbib{_holder(notes)}"
        raise BadFile(message, where=str(folder), hint="wait until it has finished") from None
    except OSError as error:
        raise BadFile(files.reason(error), where=str(folder)) from error
    try:
        with suppress(BadFile, OSError):
            private(notes).write_text(json.dumps({"pid": os.getpid(), "since": now}))
        yield
    finally:
        free()


def _hold(folder: Path, beside: Path) -> Callable[[], object]:
    """Take the lock; how to free it. Where folders have none (Windows, some network disks), a database stands in."""
    try:
        import fcntl
    except ImportError:
        return _hold_database(beside)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise _Held from None
    except OSError:
        os.close(descriptor)
        return _hold_database(beside)

    def free() -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)  # a process that was copied from this one may have it open, too
        os.close(descriptor)

    return free


def _hold_database(path: Path) -> Callable[[], object]:
    """The same with SQLite's lock on a file of this user, which every system has and frees when its owner dies."""
    import sqlite3

    try:
        database = sqlite3.connect(private(path), timeout=0, isolation_level=None)
        try:
            database.execute("begin exclusive")
        except BaseException:
            database.close()
            raise
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise _Held from None
        raise BadFile("cannot be locked", where=str(path), hint="check its folder and the disk") from error
    except sqlite3.Error as error:
        raise BadFile("is no longer a lock file", where=str(path), hint="delete it") from error
    return database.close


def _holder(notes: Path) -> str:
    """Who wrote the notes: " (process 123, since 2026-11-25 10:00 UTC)", or "" when they cannot be read."""
    from datetime import UTC, datetime

    try:
        data = json.loads(notes.read_text())
        since = datetime.fromtimestamp(float(data["since"]), UTC)
        return f" (process {int(data['pid'])}, since {since:%Y-%m-%d %H:%M} UTC)"
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return ""
