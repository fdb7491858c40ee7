"""Which days a source is asked for, over runs that end well and runs that do not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest

from fedbib.discover.ask import Told, news
from fedbib.discover.store import Store
from fedbib.net.messages import Body, Failure, Request
from fedbib.sources import SOURCES
from fedbib.sources.base import News, Page, Wanted
from tests.discover.made_up import wanted as paper

BASES = {"arxiv": {"api": "https://x"}}


def request(wanted: Wanted, bases: Mapping[str, str], place: str) -> Request | None:
    """Three pages for every span."""
    return Request(f"{wanted.since}/{wanted.until}/{place or 0}", ())


def page(content: bytes, wanted: Wanted, place: str) -> Page:
    number = int(place or 0)
    return Page((paper(json.loads(content)),), str(number + 1) if number < 2 else "")


class Service:
    """Answers with a new paper each time, and fails where it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails: set[int] = set()

    def get(self, request: Request) -> Body | Failure:
        self.asked.append(request.url)
        number = len(self.asked)
        return Failure(request.url, "down") if number in self.fails else Body(200, str(number).encode())


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store(None)
    yield made
    made.close()


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    source = replace(SOURCES["arxiv"], news=News(request, page, late=2))
    monkeypatch.setattr("fedbib.discover.ask.SOURCES", {"arxiv": source})
    return Service()


def run(service: Service, store: Store, day: int, since: date | None = None) -> Told:
    [told] = news(Wanted(date.min, date(2026, 11, day)), BASES, (), service.get, store, since=since)
    return told


def test_the_first_run_asks_for_two_weeks_and_the_next_from_there(service: Service, store: Store) -> None:
    assert run(service, store, 15) == Told("arxiv", 3, 3)
    assert run(service, store, 22) == Told("arxiv", 3, 3)
    assert service.asked[::3] == ["2026-11-01/2026-11-15/0", "2026-11-13/2026-11-22/0"]


def test_a_run_after_one_that_was_cut_short_finishes_it_first(service: Service, store: Store) -> None:
    service.fails = {2}
    assert run(service, store, 15) == Told("arxiv", 2, 1, "down")
    assert run(service, store, 22) == Told("arxiv", 5, 5)
    assert service.asked[1:] == [
        "2026-11-01/2026-11-15/1",
        "2026-11-01/2026-11-15/1",
        "2026-11-01/2026-11-15/2",
        "2026-11-13/2026-11-22/0",
        "2026-11-13/2026-11-22/1",
        "2026-11-13/2026-11-22/2",
    ]


def test_a_run_that_never_began_loses_no_day(service: Service, store: Store) -> None:
    run(service, store, 8)
    service.fails = {4}
    run(service, store, 15)
    run(service, store, 22)
    assert service.asked[4] == "2026-11-06/2026-11-22/0"


def test_a_day_that_is_named_is_asked_from(service: Service, store: Store) -> None:
    run(service, store, 15)
    run(service, store, 22, date(2026, 10, 1))
    run(service, store, 22, date(2020, 1, 1))
    assert service.asked[3::3] == ["2026-10-01/2026-11-22/0", "2026-08-22/2026-11-22/0"]


def test_a_source_that_is_off_is_left_out(service: Service, store: Store) -> None:
    assert news(Wanted(date.min, date(2026, 11, 15)), BASES, ["arxiv"], service.get, store) == ()
    assert service.asked == []
