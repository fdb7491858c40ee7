from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from fedbib.net.messages import Body, Failure, Request
from fedbib.sources import arxiv
from fedbib.sources.asking import ask
from fedbib.sources.base import Answer, NotFound, Source, Unreadable

ONE, TWO, THREE = (Identifier(Scheme.ARXIV, f"2310.0000{number}") for number in (1, 2, 3))


def source(name: str, batch: int = 2) -> Source:
    """A source that asks for `batch` ids at a time and says the id is the title."""

    def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> list[Request]:
        runs = [tuple(ids[start : start + batch]) for start in range(0, len(ids), batch)]
        return [Request(f"{bases['api']}/{number}", run) for number, run in enumerate(runs)]

    def parse(body: Body, request: Request) -> dict[Identifier, Answer]:
        if body.status == 404:
            return {id: NotFound(id) for id in request.ids}
        return {id: Claim(name, Work(title=id.value), id) for id in request.ids}

    return replace(arxiv.SOURCE, name=name, bases={"api": f"https://{name}"}, requests=requests, parse=parse)


def good(request: Request) -> Body:
    return Body(200, b"")


def test_one_reply_for_each_question_in_the_order_asked_whoever_answers_first() -> None:
    replies = ask({"b": [TWO, ONE, THREE], "a": [ONE]}, {"a": source("a"), "b": source("b")}, {}, good)
    assert list(replies) == [("b", TWO), ("b", ONE), ("b", THREE), ("a", ONE)]
    assert all(isinstance(reply, Claim) for reply in replies.values())


def test_a_failed_request_fails_its_own_identifiers_only() -> None:
    def get(request: Request) -> Body | Failure:
        return Failure(request.url, "HTTP 503") if request.url.endswith("/0") else Body(200, b"")

    replies = ask({"a": [ONE, TWO, THREE]}, {"a": source("a")}, {}, get)
    assert [type(reply) for reply in replies.values()] == [Failure, Failure, Claim]


def test_sources_are_asked_side_by_side() -> None:
    both = threading.Barrier(2, timeout=10)

    def get(request: Request) -> Body:
        both.wait()
        return Body(200, b"")

    assert len(ask({"a": [ONE], "b": [ONE]}, {"a": source("a"), "b": source("b")}, {}, get)) == 2


def test_a_setting_replaces_a_base() -> None:
    urls = []

    def get(request: Request) -> Body:
        urls.append(request.url)
        return Body(200, b"")

    ask({"a": [ONE]}, {"a": source("a")}, {"a": {"api": "http://127.0.0.1:1"}}, get)
    assert urls == ["http://127.0.0.1:1/0"]


def test_what_a_source_does_not_ask_about_has_no_answer() -> None:
    silent = replace(source("a"), requests=lambda ids, bases: [])
    assert ask({"a": [ONE]}, {"a": silent}, {}, good) == {}


def test_progress_is_told_per_source() -> None:
    told: list[tuple[str, int, int]] = []
    ask({"a": [ONE, TWO, THREE]}, {"a": source("a")}, {}, good, lambda *step: told.append(step))
    assert told == [("a", 0, 2), ("a", 1, 2), ("a", 2, 2)]


def test_an_interruption_is_passed_on() -> None:
    def get(request: Request) -> Body:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask({"a": [ONE]}, {"a": source("a")}, {}, get)


@pytest.mark.parametrize("first", [True, False], ids=["failed-first", "failed-last"])
def test_a_half_that_failed_is_named_and_not_what_the_other_half_lacks(first: bool) -> None:
    """Two services of one source, either of which may have the paper."""
    halves = replace(
        arxiv.SOURCE,
        requests=lambda ids, bases: [Request("https://a/1", tuple(ids)), Request("https://a/2", tuple(ids))],
        parse=lambda body, request: {id: Unreadable(id, "not here") for id in request.ids},
    )

    def get(request: Request) -> Body | Failure:
        return Failure(request.url, "HTTP 403") if request.url.endswith("1") == first else Body(200, b"")

    (reply,) = ask({"a": [ONE]}, {"a": halves}, {}, get).values()
    assert isinstance(reply, Failure)
