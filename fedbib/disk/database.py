"""SQLite files of this user."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from fedbib.disk.cache import private


def opened(
    path: Path | None,
    prepare: Callable[[sqlite3.Connection], object],
    *,
    timeout: float = 10.0,
    by_any_thread: bool = False,
) -> sqlite3.Connection:
    """The database of a file, or with no path one in memory, when it is prepared; closed where it cannot be.

    `timeout` is in seconds. Raises BadFile for what can be no file of the user's own, and sqlite3.Error.
    """
    place = private(path) if path else ":memory:"
    database = sqlite3.connect(place, timeout=timeout, check_same_thread=not by_any_thread)
    try:
        prepare(database)
    except sqlite3.Error:
        database.close()
        raise
    return database
