"""What this user's runs keep on this machine and can do without: answers of servers, and what past runs learnt.

Readable by nobody else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from pathlib import Path

from fedbib.disk import files
from fedbib.errors import BadFile


def cache_folder() -> Path:
    """Where the platform keeps what can be deleted at any time."""
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = home / "Library" / "Caches"
    else:
        chosen = os.environ.get("XDG_CACHE_HOME", "")
        folder = Path(chosen) if chosen.startswith("/") else home / ".cache"  # a relative one is to be ignored
    return folder / "fedbib"


def place(root: Path) -> Path:
    """Where this machine keeps what it knows of past runs over a collection; the name does not tell its path."""
    return cache_folder() / "collections" / hashlib.sha256(str(root).encode()).hexdigest()[:16]


def private(path: Path) -> Path:
    """The path of a file that this user alone can read and that exists from now on, in folders made alike.

    What an earlier version or a wide umask left open is closed. Raises BadFile, also for what is no regular file.
    """
    try:
        for folder in (*reversed(path.parent.parents), path.parent):
            with contextlib.suppress(FileExistsError):
                if not folder.is_dir():
                    folder.mkdir(0o700)
            if folder.is_relative_to(cache_folder()) and stat.S_IMODE(folder.stat().st_mode) != 0o700:
                folder.chmod(0o700)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, files.NEW, 0o600))
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode):
            raise BadFile("is not a regular file", where=str(path))
        if stat.S_IMODE(found.st_mode) != 0o600:
            path.chmod(0o600)
    except OSError as error:
        raise BadFile(f"cannot be kept: {files.reason(error)}", where=str(path)) from error
    return path
