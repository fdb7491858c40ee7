from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from fedbib.disk.database import opened


def table(database: sqlite3.Connection) -> None:
    database.execute("create table if not exists one (value text)")


@pytest.mark.parametrize("name", ["made.sqlite", ""], ids=["file", "memory"])
def test_a_database_is_prepared(tmp_path: Path, name: str) -> None:
    database = opened(tmp_path / name if name else None, table)
    assert database.execute("select count(*) from one").fetchone() == (0,)
    database.close()


def test_one_that_cannot_be_prepared_is_closed(tmp_path: Path) -> None:
    path, seen = tmp_path / "made.sqlite", list[sqlite3.Connection]()
    path.write_bytes(b"no database" * 1000)

    def prepare(database: sqlite3.Connection) -> None:
        seen.append(database)
        table(database)

    with pytest.raises(sqlite3.DatabaseError):
        opened(path, prepare)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        seen[0].execute("select 1")
