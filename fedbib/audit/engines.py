"""The SQL engines that the batch form of an audit runs on: DuckDB on one machine, Spark on one or many."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from fedbib.audit.layout import csv_of, quoted
from fedbib.errors import BadFile, FedbibError, MissingExtra


class Engine(Protocol):
    """What runs SQL over files."""

    def parquet(self, name: str, path: Path) -> None:
        """Know a Parquet file as a table."""
        ...

    def csv(self, name: str, path: Path, columns: Mapping[str, str]) -> None:
        """Know a CSV file (`layout.write`) as a table."""
        ...

    def rows(self, query: str) -> Sequence[Sequence[Any]]: ...

    def close(self) -> None: ...


class DuckDB:
    """An engine in this process (`fedbib[sql]`)."""

    def __init__(self) -> None:
        try:
            import duckdb
        except ImportError:
            raise MissingExtra("DuckDB is not installed", extra="sql", where="batch") from None
        self._error, self._base = duckdb.Error, duckdb.connect()

    def parquet(self, name: str, path: Path) -> None:
        self._run(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({quoted(path)})", str(path))

    def csv(self, name: str, path: Path, columns: Mapping[str, str]) -> None:
        self._run(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {csv_of(path, columns)}", str(path))

    def rows(self, query: str) -> Sequence[Sequence[Any]]:
        found: Sequence[Sequence[Any]] = self._run(query, "batch").fetchall()
        return found

    def close(self) -> None:
        self._base.close()

    def _run(self, query: str, where: str) -> Any:
        try:
            return self._base.execute(query)
        except self._error as error:
            raise BadFile(f"cannot be used: {' '.join(str(error).split())[:300]}", where=where) from error


class Spark:
    """A cluster's engine: the session that is there, or one on this machine (pyspark, Java)."""

    def __init__(self) -> None:
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError:
            raise FedbibError("pyspark is not installed", where="batch", hint="pip install pyspark") from None
        self._error = PySparkException
        made = SparkSession.builder.appName("fedbib audit")
        for name, value in _QUIET.items():
            made = made.config(name, value)
        with self._words("Spark"):
            self._session = made.getOrCreate()

    def parquet(self, name: str, path: Path) -> None:
        with self._words(str(path)):
            self._session.read.parquet(str(path)).createOrReplaceTempView(name)

    def csv(self, name: str, path: Path, columns: Mapping[str, str]) -> None:
        # The rows go through this process: those who work for it elsewhere do not see its files.
        kinds = [int if kind == "BIGINT" else str for kind in columns.values()]
        with path.open(encoding="utf-8", newline="") as file:
            rows = [tuple(kind(value) for kind, value in zip(kinds, row, strict=True)) for row in csv.reader(file)]
        types = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        with self._words("batch"):
            self._session.createDataFrame(rows, schema=types).createOrReplaceTempView(name)

    def rows(self, query: str) -> Sequence[Sequence[Any]]:
        with self._words("batch"):
            return [tuple(row) for row in self._session.sql(query).collect()]

    def close(self) -> None:
        self._session.stop()

    @contextmanager
    def _words(self, where: str) -> Iterator[None]:
        try:
            yield
        except self._error as error:
            message = f"cannot be used: {' '.join(str(error).split())[:300]}"
            raise BadFile(
                message, where=where, hint="check that Java is installed and that the index consists of Parquet files"
            ) from error


_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.driver.memory": "4g",
}
"""Settings of a session on this machine; one that is there keeps its own."""
ENGINES: Mapping[str, type[DuckDB] | type[Spark]] = {"duckdb": DuckDB, "spark": Spark}
