from __future__ import annotations

from dataclasses import replace

from pybtex.database import parse_string

from fedbib.formats.base import SECOND_URL, Shape
from fedbib.formats.bib import biblatex, bibtex
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.work import ItemType, Work

PAPER = Work(
    key="a",
    type=ItemType.PAPER_CONFERENCE,
    title="One",
    container_title="Proceedings of the 2023 Conference on May & Others",
    container_title_short="3DV",
    issued=PartialDate(2023),
    publisher="Association for Computational Linguistics",
    DOI="10.1000/x",
    acl="2023.acl-long.1",
)
WORKS = (
    PAPER,
    replace(PAPER, key="b", title="Two"),
    replace(PAPER, key="c", container_title="Once"),
    Work(key="d", type=ItemType.ARTICLE_JOURNAL, title="May", container_title="May", container_title_short="may"),
    Work(key="e", type=ItemType.ARTICLE_JOURNAL, title="May", container_title="May", container_title_short="may"),
)
ABOUT = About()


def test_what_recurs_stands_once_and_reads_back_the_same() -> None:
    for form in (bibtex, biblatex):
        text = form.shaped(WORKS, ABOUT, Shape(macros=True))
        assert text.count("Association for Computational Linguistics") == 1
        assert "@string{acl = {Association" in text
        assert "@string{m3dv2023 = " in text
        assert "booktitle = m3dv2023," in text
        assert "booktitle = {Once}" in text
        # A month's macro stays the month's.
        assert "@string{mayn2 = {May}}" in text
        assert form.parse(text).works == tuple(map(form.carry, WORKS))


def test_another_reader_expands_the_macros() -> None:
    plain = parse_string(bibtex.render(WORKS, ABOUT), "bibtex")
    short = parse_string(bibtex.shaped(WORKS, ABOUT, Shape(macros=True)), "bibtex")
    assert {key: dict(entry.fields) for key, entry in plain.entries.items()} == {
        key: dict(entry.fields) for key, entry in short.entries.items()
    }


def test_an_address_beside_a_doi_can_be_left_out() -> None:
    other = Work(key="f", type=ItemType.ARTICLE, title="T", URL="https://example.org/f")
    text = bibtex.shaped([PAPER, other], ABOUT, Shape(frozenset({SECOND_URL})))
    assert "aclanthology.org" not in text
    assert "https://example.org/f" in text
    # Where the DOI goes too, the address is all there is.
    assert "aclanthology.org" in bibtex.shaped([PAPER], ABOUT, Shape(frozenset({SECOND_URL, "doi"})))


def test_the_macro_of_a_venue_that_is_spelt_alike_in_two_years_names_neither() -> None:
    works = [
        replace(PAPER, key=f"k{year}", container_title="EMNLP", container_title_short="EMNLP", issued=PartialDate(year))
        for year in (2024, 2025)
    ]
    text = bibtex.shaped(works, ABOUT, Shape(macros=True))
    assert "@string{emnlp = " in text
    assert text.count("booktitle = emnlp,") == 2
