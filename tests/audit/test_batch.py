"""The batch form says what the audit of one bibliography says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from fedbib.audit import layout
from fedbib.audit.batch import Library
from fedbib.audit.engines import DuckDB
from fedbib.audit.entries import Entry
from fedbib.audit.index import Index
from fedbib.audit.judge import Judge
from fedbib.audit.run import audit
from fedbib.audit.verdict import Audited, Verdict
from fedbib.errors import BadFile
from fedbib.formats.bib import bibtex
from fedbib.words.venues import register
from tests.audit.made import entry, index, people, title, volume

YEAR = 2026
ODD = r"""@article{odd1, title={On \textbackslash N, "quoted" and, 'single'}, author={Zo{\"e} O'Neill}, journal={Odd}, year=2001}
@misc{odd2, title={Кириллица и 中文 — α+β}, author={Li, 伟}}
@misc{odd3, title={N}}
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("index")
    with index(folder, volume(), volume(range(30, 60), 2020), ODD) as found:
        layout.export(found, folder / "parquet")
        yield found


@pytest.fixture(scope="module")
def folder(base: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (found,) = tmp_path_factory.getbasetemp().rglob("parquet")
    assert base
    return found


def entries() -> list[Entry]:
    """Those of several bibliographies, of every kind of fault."""
    texts = [
        "\n".join(entry(number) for number in range(20)),
        "\n".join(entry(number, year="2020") for number in range(12)),
        "\n".join(entry(number, author="Zoe Zimmer and Yan Young") for number in range(12)),
        "\n".join(entry(number, author=" and ".join(people(number)[:2])) for number in range(12)),
        "\n".join(entry(number, title=title(number).replace("Kernels", "Trees")) for number in range(12)),
        "\n".join(entry(number, title=f"Knitting of {title(number)}") for number in range(12)),
        "\n".join(entry(number, doi=f"10.1234/icml.2021.{number + 1}") for number in range(12)),
        "\n".join(entry(number, title=f"Sheep {number}", booktitle="Sheep Quarterly") for number in range(12)),
        ODD,
        entry(1, title="") + entry(4, title=title(4).replace("Estimation", "Estimaton")) + entry(3, title="Knitting"),
        "\n".join(entry(number, title=f"Learning to Knit {number} Quantum Sheep") for number in range(3)),
    ]
    found = []
    for place, text in enumerate(texts):
        reading = bibtex.parse(text)
        rows = zip(reading.works, reading.lines, reading.values, strict=True)
        found += [Entry(work, f"{place}.bib", line, values) for work, line, values in rows]
    return found


def by(shelf_of: Index | Library, some: list[Entry]) -> tuple[Audited, ...]:
    shelf = shelf_of if isinstance(shelf_of, Index) else shelf_of.found(some)
    return tuple(replace(each, asked=()) for each in audit(some, Judge((shelf,), YEAR)))


def test_many_bibliographies_at_once_are_judged_as_each_alone(base: Index, folder: Path) -> None:
    some = entries()
    with closing(DuckDB()) as engine:
        found = by(Library(folder, engine, register()), some)
    assert found == by(base, some)
    assert {each.verdict for each in found} == set(Verdict)
    assert {note.kind for each in found for note in each.notes} >= {"not-in-volume", "other-people", "year", "title"}


def test_nothing_to_ask_is_no_fault(folder: Path) -> None:
    with closing(DuckDB()) as engine:
        assert by(Library(folder, engine, register()), []) == ()


def test_the_files_have_the_columns_that_are_written_down(folder: Path, base: Index) -> None:
    docs = Path(__file__).parents[2].joinpath("docs/audit.md").read_text("utf-8")
    with closing(duckdb.connect()) as engine:
        for table, columns in layout.TABLES.items():
            rows = engine.execute(f"DESCRIBE SELECT * FROM read_parquet('{folder / table}.parquet')").fetchall()
            assert {row[0]: row[1].replace("VARCHAR", "STRING") for row in rows} == columns
            assert f"| `{table}` | {', '.join(f'`{column}`' for column in columns)} |" in docs
        works = engine.execute(f"SELECT COUNT(*) FROM read_parquet('{folder}/work.parquet')").fetchall()
    assert works[0][0] == sum(number for _, number in base.sources())


def test_an_export_that_cannot_be_written_ends_in_words(base: Index, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadFile):
        layout.export(base, tmp_path / "file")
