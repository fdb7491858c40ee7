from __future__ import annotations

import pytest

from fedbib.audit.volumes import Tally, Why, holes
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work


def tally(pages: list[tuple[int, int] | None], *, head: bool = False) -> Tally:
    found = Tally()
    for place in pages:
        page = Pages(str(place[0]), str(place[1])) if place else None
        found.add(Work(type=ItemType.PAPER_CONFERENCE, title="A", container_title="V", page=page), "f")
    if head:
        found.add(Work(type=ItemType.BOOK, title="V"), "f")
    return found


FULL: list[tuple[int, int] | None] = [(10 * place + 1, 10 * place + 10) for place in range(100)]
NONE: list[tuple[int, int] | None] = [None] * 100


@pytest.mark.parametrize(
    ("found", "why"),
    [
        pytest.param(tally(FULL), Why.PAGES, id="its pages follow each other"),
        pytest.param(tally(FULL[:50] + FULL[60:]), Why.HOLES, id="ten papers are missing"),
        pytest.param(tally(FULL[:50] + FULL[60:], head=True), Why.HOLES, id="ten are missing, whatever the head says"),
        pytest.param(tally(FULL[:50] + FULL[52:], head=True), Why.CONTENTS, id="two keynotes, and the head is there"),
        pytest.param(tally(FULL[30:]), Why.HOLES, id="the beginning is missing"),
        pytest.param(tally(NONE, head=True), Why.CONTENTS, id="no pages, and the head is there"),
        pytest.param(tally(NONE), Why.NO_HEAD, id="no pages and no head"),
        pytest.param(tally([None] * 1000, head=True), Why.NO_HEAD, id="cut off at a thousand"),
        pytest.param(tally(FULL[:5]), Why.FEW, id="few papers"),
    ],
)
def test_only_what_is_complete_counts_as_whole(found: Tally, why: Why) -> None:
    volume = found.volume("icml", 2021)
    assert volume.why is why
    assert volume.is_whole == (why in (Why.PAGES, Why.CONTENTS))


def test_holes_are_as_many_papers_as_fit_in() -> None:
    assert holes([(1, 10), (11, 20), (51, 60)]) == 3
    assert holes([(1, 10), (13, 20)]) == 0
    assert holes([]) == 0
