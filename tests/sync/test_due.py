from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from fedbib.model.claim import Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work
from fedbib.settings import Ages
from fedbib.sources import SOURCES
from fedbib.sources.base import NotFound
from fedbib.sync.ask import Replies, questions
from fedbib.sync.due import DAY, Due, age, asking, load
from fedbib.sync.memory import Heard
from fedbib.sync.network import paces

ARXIV = Identifier(Scheme.ARXIV, "2310.15080")
DOI = Identifier(Scheme.DOI, "10.1145/3637528.3671865")


def preprint(year: int) -> Record:
    return Record(
        "k", ids=(ARXIV,), claims=(Claim("arxiv", Work(type=ItemType.ARTICLE, issued=PartialDate(year)), ARXIV),)
    )


def published(year: int) -> Record:
    says = Work(type=ItemType.PAPER_CONFERENCE, issued=PartialDate(year))
    return Record("k", ids=(DOI,), claims=(Claim("crossref", says, DOI),))


@pytest.mark.parametrize(
    ("record", "days"),
    [
        (preprint(2026), 6),
        (preprint(2025), 6),
        (preprint(2024), 30),
        (published(2026), 30),
        (published(2020), 180),
        (Record("k"), 6),
    ],
)
def test_young_preprints_are_looked_at_often_and_old_publications_rarely(record: Record, days: int) -> None:
    assert age(record, Ages(), 2026) == days


def due(record: Record, heard: dict[tuple[str, Identifier], Heard], now: float, *, everything: bool = False) -> bool:
    return Due([record], heard, Ages(), now, 2026, everything=everything)("arxiv", ARXIV)


def test_what_was_never_asked_is_due() -> None:
    assert due(preprint(2026), {}, 0.0)


def test_an_answer_is_good_for_its_age() -> None:
    heard = {("arxiv", ARXIV): Heard(0.0, "claim")}
    assert not due(preprint(2026), heard, 5.9 * DAY)
    assert due(preprint(2026), heard, 6.1 * DAY)
    assert not due(preprint(2020), heard, 29 * DAY)
    assert due(preprint(2020), heard, 1.0, everything=True)


def test_a_claim_that_was_deleted_is_due() -> None:
    assert due(Record("k", ids=(ARXIV,)), {("arxiv", ARXIV): Heard(0.0, "claim")}, 1.0)


def test_a_wrong_clock_only_asks_more() -> None:
    assert due(preprint(2026), {("arxiv", ARXIV): Heard(100 * DAY, "claim")}, 0.0)


def test_what_an_interrupted_run_heard_is_not_asked_again() -> None:
    other = Identifier(Scheme.ARXIV, "2209.01188")
    heard = {("arxiv", ARXIV): Heard(0.0, "missing", NotFound(ARXIV))}
    asked: list[Mapping[str, Sequence[Identifier]]] = []

    def ask(jobs: Mapping[str, Sequence[Identifier]]) -> Replies:
        asked.append(jobs)
        return {(name, id): NotFound(id) for name, ids in jobs.items() for id in ids}

    replies = asking(ask, Due([], heard, Ages(), 60.0, 2026), heard)({"arxiv": [ARXIV, other]})
    assert asked == [{"arxiv": [other]}]
    assert replies == {("arxiv", ARXIV): NotFound(ARXIV), ("arxiv", other): NotFound(other)}


def test_requests_stay_near_the_floor() -> None:
    ids = [Identifier(Scheme.ARXIV, f"2310.{number:05d}") for number in range(1, 251)]
    ids += [Identifier(Scheme.DOI, f"10.1145/{number}") for number in range(120)]
    jobs = {name: wanted for name, wanted in questions(ids).items() if name in ("arxiv", "crossref")}
    bases = {name: source.bases for name, source in SOURCES.items()}
    loads = {load.source: load for load in load(jobs, SOURCES, bases, paces(bases))}
    assert (loads["arxiv"].requests, loads["arxiv"].seconds) == (3, 6.0)
    assert (loads["crossref"].requests, loads["crossref"].ids) == (3, 120)
