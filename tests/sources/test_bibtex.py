from __future__ import annotations

import logging

import pytest

from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.sources import bibtex
from fedbib.sources.answers import Wrong


def entry(fields: str) -> bibtex.Entry:
    (found,) = bibtex.entries(f"@inproceedings{{key, {fields}}}".encode())
    return found


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ('"Le Scao, Teven  and\n      Rush, Alexander"', (Name("Le Scao", "Teven"), Name("Rush", "Alexander"))),
        ("{Baeza{-}Yates, Ricardo}", (Name("Baeza-Yates", "Ricardo"),)),
        ("{{Sons and Daughters} and Doe, J.}", (Name(literal="Sons and Daughters"), Name("Doe", "J."))),
        ("{Hora, Jr., Donald}", (Name("Hora", "Donald", "Jr."),)),
        ("{Libovick{\\'y}, Jind{\\v{r}}ich and others}", (Name("Libovický", "Jindřich"),)),
        ("{}", ()),
    ],
)
def test_names_are_split_into_parts(value: str, names: tuple[Name, ...]) -> None:
    assert entry(f"author = {value}").names("author", family_only=True) == names


def test_a_name_without_comma_is_a_family_name_or_unsplit() -> None:
    found = entry("author = {Ying Shen 0002}")
    assert found.names("author", family_only=False) == (Name(unsplit="Ying Shen"),)
    assert found.names("author", family_only=True) == (Name("Ying Shen 0002"),)


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ('month = jul, year = "2023"', PartialDate(2023, 7)),
        ('month = may # " 2 - " # may # " 7", year = "2004"', PartialDate(2004, 5)),
        ('month = oct # "-" # nov, year = "2018"', PartialDate(2018)),
        ("month = {July}, year = 2023", PartialDate(2023, 7)),
        ("year = {2024}", PartialDate(2024)),
        ("year = {to appear}", None),
        ("month = jul", None),
    ],
)
def test_dates_keep_their_certain_part(fields: str, date: PartialDate | None) -> None:
    assert entry(fields).issued == date


@pytest.mark.parametrize(
    "content", [b"", b"<html>@</html>", b"@article{", b"@article{a, title={", b"\xff@a{b,}", b"@" * 10_000]
)
def test_what_holds_no_entry_is_wrong(content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "root"), pytest.raises(Wrong):
        bibtex.entries(content)
    assert not caplog.records
