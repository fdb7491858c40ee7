"""Rows of anybody's Parquet files, as the objects that the same data are in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from fedbib.audit.layout import quoted
from fedbib.errors import BadFile, MissingExtra

MARK = b"PAR1"
"""What such a file begins with."""
_AT_ONCE = 2000


def rows(path: Path) -> Iterator[dict[str, object]]:
    """The rows, each by the names of its columns. Needs DuckDB (`fedbib[sql]`); BadFile for what cannot be read."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtra(
            "DuckDB, which reads Parquet files, is not installed", extra="sql", where=str(path)
        ) from None
    try:
        with closing(duckdb.connect()) as base:
            found = base.execute(f"SELECT * FROM read_parquet({quoted(path.resolve())})")
            names = [column[0] for column in found.description or ()]
            while some := found.fetchmany(_AT_ONCE):
                for row in some:
                    yield {name: _plain(value) for name, value in zip(names, row, strict=True)}
    except duckdb.Error as error:
        words = " ".join(str(error).split())[:300]
        raise BadFile(f"cannot be read: {words}", where=str(path), hint="download it again") from error


def _plain(value: object) -> object:
    """A value as JSON has it; lists and objects may also be kept as JSON in a text."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        with suppress(ValueError, RecursionError):
            return json.loads(value)
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
