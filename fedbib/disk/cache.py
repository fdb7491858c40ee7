"""Where a machine keeps what fedbib can do without: answers of servers, and what past runs learnt."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path


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
