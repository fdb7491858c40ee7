"""Where a program is that is run as one of its own."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path


def find(name: str, first: Iterable[Path] = ()) -> str:
    """The path of a program, in the folders given or in those of PATH; "" when there is none.

    Never one that lies where we happen to be, which may be a collection of a stranger.
    """
    folders = [*first, *map(Path, os.environ.get("PATH", "").split(os.pathsep))]
    full = f"{name}.exe" if sys.platform == "win32" else name
    for folder in folders:
        if folder.is_absolute() and (found := shutil.which(folder / full)):
            return str(found)
    return ""
