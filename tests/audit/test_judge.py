from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fedbib.audit.index import Index
from fedbib.audit.judge import Judge
from fedbib.audit.series import words
from fedbib.audit.verdict import CONTRADICTIONS, Kind, Verdict
from fedbib.formats.bib import bibtex
from tests.audit.made import entry, index, judged, people, title, volume


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with index(tmp_path_factory.mktemp("index"), volume(), volume(range(30, 60), 2022)) as found:
        yield found


def kinds(base: Index, text: str) -> list[tuple[Kind, bool]]:
    return [(note.kind, note.is_sure) for note in judged(base, text).notes]


def test_every_paper_of_a_volume_is_confirmed_as_it_stands_there(base: Index) -> None:
    for number in range(30):
        assert judged(base, entry(number)).verdict is Verdict.CONFIRMED


SAME = {
    "venue in full": {"booktitle": "Proceedings of the 38th International Conference on Machine Learning"},
    "venue with label and year": {"booktitle": "Proc. of ICML 2021"},
    "other capitals": {"title": title(5).upper()},
    "initials": {"author": "A. Archer and B. Becker"[:0] + "F. Fisher and G. Glover and H. Hunter"},
    "and others": {"author": "Flo Fisher and others"},
    "a given name that changed": {"author": "Florence Fisher and Gus Glover and Hal Hunter"},
    "a family name that changed": {"author": "Flo Fisher and Gus Newname and Hal Hunter"},
    "no venue": {"booktitle": "", "year": ""},
    "its own DOI": {"doi": "10.1234/icml.2021.5"},
    "its preprint's DOI": {"doi": "10.48550/arXiv.2101.00001"},
}


@pytest.mark.parametrize("more", SAME.values(), ids=SAME)
def test_other_ways_to_write_a_paper_are_no_faults(base: Index, more: dict[str, str]) -> None:
    found = judged(base, entry(5, **more))
    assert found.held is not None
    assert not found.is_fault, found.notes


FAULTS = {
    "other people": ({"author": "Zoe Zimmer and Yan Young"}, Kind.OTHER_PEOPLE),
    "a title that the whole volume does not hold": (
        {"title": "Learning to Knit with Quantum Sheep"},
        Kind.NOT_IN_VOLUME,
    ),
    "a year to come": ({"year": "2031"}, Kind.FUTURE),
    "authors left out": ({"author": "Flo Fisher and Gus Glover"}, Kind.AUTHORS_MISSING),
    "authors added": ({"author": "Flo Fisher and Gus Glover and Hal Hunter and Zoe Zimmer"}, Kind.AUTHORS_ADDED),
    "two authors are others": ({"author": "Flo Fisher and Zoe Zimmer and Yan Young"}, Kind.AUTHORS),
    "another order": ({"author": "Gus Glover and Flo Fisher and Hal Hunter"}, Kind.AUTHOR_ORDER),
    "a word of the title": ({"title": title(5).replace("Estimation", "Inference")}, Kind.TITLE),
    "another conference": ({"booktitle": "NeurIPS"}, Kind.VENUE),
    "another year of a volume held whole": ({"year": "2022"}, Kind.YEAR),
    "another paper's DOI": ({"doi": "10.1234/icml.2021.6"}, Kind.IDENTIFIER),
    "a placeholder": ({"author": "Firstname Lastname and Flo Fisher and Gus Glover and Hal Hunter"}, Kind.PLACEHOLDER),
}


@pytest.mark.parametrize(("more", "kind"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_and_says_what_it_is(base: Index, more: dict[str, str], kind: Kind) -> None:
    found = judged(base, entry(5, **more))
    assert (kind, True) in [(note.kind, note.is_sure) for note in found.notes]
    assert found.verdict is (Verdict.CONTRADICTED if kind in CONTRADICTIONS else Verdict.DIFFERS)


def test_an_identifier_of_another_paper_contradicts(base: Index) -> None:
    text = entry(
        5, title="Learning to Knit with Quantum Sheep", author="Zoe Zimmer", booktitle="", doi="10.1234/icml.2021.5"
    )
    assert kinds(base, text) == [(Kind.OTHER_PAPER, True)]


ACCUSED_OF_NOTHING = {
    "nothing like it is held": {"title": "Learning to Knit with Quantum Sheep", "booktitle": "Sheep Science Quarterly"},
    "a year that is not held": {"title": "Learning to Knit with Quantum Sheep", "year": "2019"},
    "a workshop": {"title": "Learning to Knit with Quantum Sheep", "booktitle": "ICML Workshop on Sheep"},
    "a workshop in the note": {"title": "Learning to Knit with Quantum Sheep", "note": "Workshop paper"},
    "not out yet": {"title": "Learning to Knit with Quantum Sheep", "note": "to appear"},
    "nobody is named": {"title": "Learning to Knit with Quantum Sheep", "author": ""},
    "a short title that others have": {"title": "Introduction", "booktitle": "Sheep Science", "author": "Zoe Zimmer"},
    "no year": {"title": "Learning to Knit with Quantum Sheep", "year": ""},
}


@pytest.mark.parametrize("more", ACCUSED_OF_NOTHING.values(), ids=ACCUSED_OF_NOTHING)
def test_what_is_not_found_is_accused_of_nothing(base: Index, more: dict[str, str]) -> None:
    found = judged(base, entry(5, **more))
    assert (found.verdict, found.notes) == (Verdict.UNDETERMINED, ())
    assert found.asked == ("index.sqlite",)


def test_a_volume_that_is_held_in_part_says_nothing_by_what_it_does_not_hold(tmp_path: Path) -> None:
    with index(tmp_path, volume([*range(10), *range(20, 30)], whole=False)) as base:
        found = judged(base, entry(15))
        assert (found.verdict, found.notes) == (Verdict.UNDETERMINED, ())


def test_a_journal_may_print_a_conference_paper_again(base: Index) -> None:
    text = entry(5, kind="article", booktitle="", journal="Annals of Statistics", year="2023")
    assert not judged(base, text).is_fault


def test_a_workshop_may_have_shown_a_conference_paper_before(base: Index) -> None:
    assert not judged(base, entry(5, booktitle="NeurIPS Workshop on Kernels", year="2020")).is_fault


def test_a_keynote_of_a_papers_title_with_its_own_doi_is_no_version_of_it(base: Index) -> None:
    text = entry(5, booktitle="Conference on Fairness and Transparency", doi="10.1145/1.2", author="Flo Fisher")
    assert judged(base, text).notes == ()


def test_a_published_preprint_is_to_look_at(base: Index) -> None:
    text = entry(5, kind="article", booktitle="", journal="arXiv preprint arXiv:2101.00001")
    assert kinds(base, text) == [(Kind.PUBLISHED, False)]


def test_a_preprint_older_than_its_identifier_is_a_fault(base: Index) -> None:
    text = entry(5, kind="misc", booktitle="", title="Sheep", eprint="2601.00001", eprinttype="arxiv", year="2021")
    assert kinds(base, text) == [(Kind.EARLY, True)]
    near = entry(5, kind="misc", booktitle="", title="Sheep", eprint="2201.00001", eprinttype="arxiv", year="2021")
    assert kinds(base, near) == []


def test_a_collection_in_memory_is_looked_in_as_an_index(base: Index) -> None:
    works = bibtex.parse(entry(5, author="Zoe Zimmer", title="Learning to Knit with Quantum Sheep")).works
    from fedbib.words.venues import register

    with Index.of(works, register(), "mine") as own:
        found = judged((own, base), entry(5, author="Yan Young", title="Learning to Knit with Quantum Sheep"))
        assert [note.kind for note in found.notes] == [Kind.OTHER_PEOPLE]
        assert found.notes[0].held is not None
        assert found.notes[0].held.source == "mine"


def test_with_nothing_to_look_in_nothing_is_determined() -> None:
    work = bibtex.parse(entry(5)).works[0]
    assert Judge((), 2026).judged(work).verdict is Verdict.UNDETERMINED


def test_people_of_the_truth_are_as_the_volume_has_them(base: Index) -> None:
    found = judged(base, entry(5))
    assert found.held is not None
    assert [name.display for name in found.held.work.author] == people(5)


@pytest.mark.parametrize(("series", "years"), sorted(words()["beside"].items()))
def test_where_other_proceedings_stand_beside_them_silence_is_to_look_at(
    tmp_path: Path, series: str, years: list[int]
) -> None:
    label = {"neurips": "NeurIPS"}[series]
    with index(tmp_path, volume(year=years[0]).replace("ICML", label)) as base:
        who = "Zoe Zimmer and Yan Young and Xi Xu"
        text = entry(5, title="Learning to Knit with Quantum Sheep", author=who, booktitle=label, year=str(years[0]))
        assert kinds(base, text) == [(Kind.NOT_IN_VOLUME, False)]


STRANGE = "Learning to Knit with Quantum Sheep"


def holed(folder: Path) -> Index:
    """A volume of which some papers are missing, by people of whom others have another paper in it."""
    return index(folder, volume([number for number in range(30) if number not in (8, 9)]))


def test_people_who_have_another_paper_in_a_volume_with_holes_contradict(tmp_path: Path) -> None:
    with holed(tmp_path) as base:
        found = judged(base, entry(5, title=STRANGE))
        assert [(note.kind, note.is_sure) for note in found.notes] == [(Kind.OTHER_WORK, True)]
        assert found.verdict is Verdict.CONTRADICTED
        assert found.notes[0].held is not None
        assert people(5) == [name.display for name in found.notes[0].held.work.author]


@pytest.mark.parametrize(
    "more",
    [
        {"author": "Flo Fisher and Gus Glover"},
        {"author": "Flo Fisher and Gus Glover and Hal Hunter and others"},
        {"author": "Gus Glover and Flo Fisher and Hal Hunter"},
        {"booktitle": "ICML Workshop on Sheep"},
        {"year": "2019"},
        {"booktitle": "Journal of Sheep"},
        {"title": title(5).replace("Kernels under", "Sheep and")},
    ],
    ids=str,
)
def test_other_people_other_volumes_and_titles_that_are_like_accuse_nobody(
    tmp_path: Path, more: dict[str, str]
) -> None:
    with holed(tmp_path) as base:
        assert Kind.OTHER_WORK not in [
            note.kind for note in judged(base, entry(5, **({"title": STRANGE} | more))).notes
        ]


def test_a_doi_that_was_to_be_filled_in_is_a_fault(base: Index) -> None:
    for doi in ("10.48550/arXiv.2310.XXXXX", "10.1145/nnnnnnn.nnnnnnn"):
        assert (Kind.PLACEHOLDER, True) in kinds(base, entry(5, doi=doi))
