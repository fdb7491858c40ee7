"""The index as Parquet files: the tables, each a file of its name, and their columns (`docs/audit.md`)."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from fedbib.audit.index import Index
from fedbib.errors import BadFile, MissingExtra

TABLES: Mapping[str, Mapping[str, str]] = {
    "posting": {"term": "STRING", "work": "BIGINT"},
    "work": {
        "id": "BIGINT", "source": "BIGINT", "key": "STRING", "type": "STRING", "status": "STRING", "title": "STRING",
        "folded": "STRING", "people": "STRING", "year": "BIGINT", "venue": "STRING", "series": "STRING",
        "volume": "STRING", "issue": "STRING", "page": "STRING", "ids": "STRING", "team": "STRING", "head": "STRING",
        "words": "BIGINT",
    },
    "identifier": {"id": "STRING", "work": "BIGINT"},
    "word": {"term": "STRING", "works": "BIGINT"},
    "volume": {
        "series": "STRING", "year": "BIGINT", "works": "BIGINT", "why": "STRING", "title": "STRING", "source": "STRING",
        "number": "STRING",
    },
    "spelling": {"name": "STRING", "series": "STRING"},
    "source": {"id": "BIGINT", "name": "STRING", "works": "BIGINT"},
}  # fmt: skip
"""Each table with its columns and their types, in words that every SQL engine knows."""
ASKED: Mapping[str, Mapping[str, str]] = {
    "asked_id": {"id": "STRING"},
    "asked_team": {"team": "STRING"},
    "asked_title": {"title": "BIGINT", "folded": "STRING", "words": "BIGINT"},
    "asked_volume": {"series": "STRING", "year": "BIGINT"},
    "asked_word": {"title": "BIGINT", "term": "STRING", "place": "BIGINT"},
    "asked_work": {"work": "BIGINT"},
}
"""What the entries of a run ask for."""
_SORTED = {
    "identifier": "SELECT * FROM {rows} ORDER BY id, work",
    "posting": "SELECT DISTINCT * FROM {rows} ORDER BY term, work",
    "work": "SELECT w.*, COALESCE(p.words, 0)::BIGINT AS words FROM {rows} w LEFT JOIN (SELECT work, COUNT(*) AS words"
    " FROM {posting} GROUP BY work) p ON p.work = w.id ORDER BY w.id",
}


NOTHING = "\x01"
"""What stands for an unknown value, and in no text: those of works have no control characters."""


def is_folder_of(path: Path) -> bool:
    """Whether a folder holds an index as Parquet files."""
    return all((path / f"{table}.parquet").is_file() for table in TABLES)


def export(index: Index, folder: Path) -> dict[str, int]:
    """Write an index as Parquet files into a folder; the number of rows of each. Needs DuckDB (`fedbib[sql]`)."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtra(
            "DuckDB, which writes Parquet files, is not installed", extra="sql", where=str(folder)
        ) from None
    numbers = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(duckdb.connect()) as base, TemporaryDirectory(dir=folder) as work:
            for table, columns in TABLES.items():
                rows = Path(work, f"{table}.csv")
                write(rows, index.rows(table))
                made = Path(work, f"{table}.parquet")
                known = {name: kind for name, kind in columns.items() if name != "words" or table != "work"}
                query = _SORTED.get(table, "SELECT * FROM {rows}")
                query = query.format(rows=csv_of(rows, known), posting=quoted(folder / "posting.parquet"))
                text = f"COPY ({query}) TO {quoted(made)} (FORMAT parquet, COMPRESSION zstd)"
                numbers[table] = base.execute(text).fetchall()[0][0]
                made.replace(folder / made.name)
                rows.unlink()
    except (duckdb.Error, sqlite3.Error, OSError) as error:
        raise BadFile(f"cannot be written: {error}", where=str(folder)) from error
    return numbers


def write(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Rows as CSV in which every value is quoted, and none is unknown: "" is a text of no length."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)


def csv_of(path: Path, columns: Mapping[str, str]) -> str:
    """A CSV file as DuckDB reads it as a table."""
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    options = f"header=false, quote='\"', escape='\"', delim=',', auto_detect=false, nullstr='{NOTHING}'"
    return f"read_csv({quoted(path)}, columns={{{types}}}, {options})"


def quoted(path: Path) -> str:
    """A path as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"
