"""Lists of every layout are read: measured over lists made from fixed seeds, whose truth is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from fedbib.formats.lists import markdown
from fedbib.model.reading import Reading
from fedbib.model.work import Work
from fedbib.text.ascii import folded
from fedbib.words.venues import register
from tests.formats.lists.layouts import CONTAINERS, Made, Paper, made
from tests.formats.lists.tellers import Told

SEEDS = range(1000, 1120)


def _spelt(title: str) -> str:
    return "".join(char for char in folded(title).casefold() if char.isalnum())


def _venue(name: str) -> str:
    venue = register().find(name)
    return venue.id if venue else name.casefold()


def _paper_of(work: Work, made: Made | Told) -> Paper | None:
    """The paper that a work was read from: the one with its id, else with its title or address."""
    for paper in made.papers:
        if paper.id in work.ids or _spelt(paper.title) == _spelt(work.title) or (work.URL and paper.url == work.URL):
            return paper
    return None


def _count(work: Work, paper: Paper) -> Counter[str]:
    names = [name.display for name in work.author if not name.is_others]
    venue = work.container_title_short
    return Counter(
        {
            "works": 1,
            "exact": work.title == paper.title,
            "wrong ids": any(id != paper.id for id in work.ids),
            "invented venues": bool(venue) and _venue(venue) != _venue(paper.venue),
            "missed venues": bool(paper.venue) and not venue,
            "invented authors": any(name not in paper.author for name in names),
            "missed authors": len(names) < len(paper.author),
            "cut": paper.is_cut != any(name.is_others for name in work.author),
            "wrong years": work.year != paper.year,
            "missed code": bool(paper.code) and all(link.url != paper.code for link in work.links),
        }
    )


def measured(made: Made | Told, reading: Reading) -> Counter[str]:
    """What was read of a list against its truth."""
    found: Counter[str] = Counter(papers=len(made.papers))
    read = set()
    for work in reading.works:
        paper = _paper_of(work, made)
        if paper is None:
            found["extra"] += 1
            continue
        read.add(paper.title)
        found += _count(work, paper)
    found["found"] = len(read)
    told = {*reading.lines, *(d.line for d in reading.doubts), *(p.line for p in reading.problems)}
    for paper in made.papers:
        if paper.title not in read and told.isdisjoint(range(paper.lines[0], paper.lines[1] + 1)):
            found["silent"] += 1
    return found


@pytest.fixture(scope="module")
def counts() -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for seed in SEEDS:
        one = made(seed)
        found += measured(one, markdown.parse(one.text))
    return found


def test_the_lists_have_every_container_and_many_papers(counts: Mapping[str, int]) -> None:
    assert {made(seed).layout.container for seed in SEEDS} == set(CONTAINERS)
    assert counts["papers"] > 2000


@pytest.mark.parametrize(
    ("what", "of", "least"), [("found", "papers", 0.98), ("exact", "works", 0.98)], ids=["recall", "titles"]
)
def test_papers_are_found_with_their_titles(counts: Mapping[str, int], what: str, of: str, least: float) -> None:
    assert counts[what] >= least * counts[of]


@pytest.mark.parametrize("what", ["wrong ids", "invented authors", "silent"])
def test_nothing_is_wrong_or_lost_in_silence(counts: Mapping[str, int], what: str) -> None:
    assert counts[what] == 0


@pytest.mark.parametrize(
    ("what", "most"),
    [
        ("extra", 0.01),
        ("invented venues", 0.002),
        ("missed venues", 0.02),
        ("missed authors", 0.02),
        ("cut", 0.01),
        ("wrong years", 0.02),
        ("missed code", 0.02),
    ],
)
def test_little_is_invented_or_missed(counts: Mapping[str, int], what: str, most: float) -> None:
    assert counts[what] <= most * counts["works"]
