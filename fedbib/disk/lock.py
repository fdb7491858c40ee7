"""One writing run at a time in a collection. The system frees the lock of a run that died."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fedbib.errors import BadFile


@contextmanager
def locked(folder: Path, notes: Path, now: float) -> Iterator[None]:
    """Hold a collection's folder; `notes` is a file of this user that says who holds it.

    Raises BadFile, with the other run's process and start, when another run holds it. Nothing is left in the folder.
    """
    try:
        import fcntl
    except ImportError:  # Windows has no lock on a folder
        yield
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # no folder yet: nothing to protect
        yield
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BadFile(
                f"another run is active{_holder(notes)}", where=str(folder), hint="wait until it has finished"
            ) from error
        with suppress(OSError):
            notes.parent.mkdir(parents=True, exist_ok=True)
            notes.write_text(json.dumps({"pid": os.getpid(), "since": now}))
        yield
    finally:
        os.close(descriptor)


def _holder(notes: Path) -> str:
    """Who wrote the notes: " (process 123, since 2026-11-25 10:00 UTC)", or "" when they cannot be read."""
    from datetime import UTC, datetime

    try:
        data = json.loads(notes.read_text())
        since = datetime.fromtimestamp(float(data["since"]), UTC)
        return f" (process {int(data['pid'])}, since {since:%Y-%m-%d %H:%M} UTC)"
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return ""
