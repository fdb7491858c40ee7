"""The tables that come with the program: data, not code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[1] / "data"


def read_table(name: str) -> dict[str, Any]:
    """What is in the TOML file of a name."""
    import tomli  # compiled, where tomllib is not

    return tomli.loads(read_text(f"{name}.toml"))


def read_text(name: str) -> str:
    """The text of a file."""
    return (_FOLDER / name).read_text("utf-8")
