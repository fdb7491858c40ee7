from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from fedbib.discover.declined import Declined, add, parse, read, render
from fedbib.errors import BadFile
from fedbib.model.identifier import Identifier, Scheme

DAY = date(2026, 11, 27)
ONE = Declined(Identifier(Scheme.ARXIV, "2503.12232"), DAY, "no language model", 'A "Title" \\ with signs')
TWO = Declined(Identifier(Scheme.DOI, "10.1234/a.b"), DAY)


@pytest.mark.parametrize("paper", [ONE, TWO], ids=["all told", "an id alone"])
def test_a_line_reads_back(paper: Declined) -> None:
    line = render(paper)
    assert line.count("\n") == 1
    assert parse(line) == (paper,)
    assert tomllib.loads(line)[str(paper.id)]["date"] == DAY


def test_lines_are_added_below_what_people_wrote(tmp_path: Path) -> None:
    own = '# mine\n"arxiv:2503.12232" = { date = 2026-01-01, why = "my reason" } # stays'
    (tmp_path / "declined.toml").write_text(own)
    assert add(tmp_path, [ONE, TWO, TWO]) == 1
    assert (tmp_path / "declined.toml").read_text() == f"{own}\n{render(TWO)}"
    assert [paper.why for paper in read(tmp_path)] == ["my reason", ""]


def test_a_collection_without_the_file_has_declined_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == ()
    assert add(tmp_path, []) == 0
    assert not (tmp_path / "declined.toml").exists()


@pytest.mark.parametrize(
    "text",
    [
        '\n"arxiv:2503.12232" = "no"',
        '\n"arxiv:2503.12232" = { why = "no date" }',
        '\n"arxiv:2503.12232" = { date = 2026-01-01T00:00:00 }',
        '\n"arxiv:2503.12232" = { date = 2026-01-01, wy = "x" }',
        '\n"arxiv:2503.12232" = { date = 2026-01-01, why = 3 }',
        '\n"nothing" = { date = 2026-01-01 }',
    ],
    ids=["a text", "no date", "a time", "an unknown name", "a number", "no identifier"],
)
def test_what_is_wrong_is_named_with_its_line(text: str) -> None:
    with pytest.raises(BadFile) as error:
        parse(text)
    assert (error.value.where, error.value.line) == ("declined.toml", 2)
    assert "date = " in error.value.hint


def test_what_is_no_toml_is_an_error() -> None:
    with pytest.raises(BadFile, match="is not TOML"):
        parse("<<<<<<< ours")
