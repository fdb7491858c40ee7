"""The network edge before the stand-in, with a clock of its own."""

from __future__ import annotations

import json
from pathlib import Path

from fedbib.net.http import Http
from fedbib.net.messages import Body, Failure, Request
from tests.standin import server as faults
from tests.standin.server import Standin
from tests.standin.wire import Answer


class Time:
    """A clock that only sleeping moves, and what was slept."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


def addresses(standin: Standin, pace: float = 0.0) -> dict[str, float]:
    return dict.fromkeys((url for bases in standin.bases.values() for url in bases.values()), pace)


def edge(standin: Standin, time: Time, cache: Path | None = None, pace: float = 0.0) -> Http:
    return Http(
        "me@example.org",
        cache,
        addresses(standin, pace),
        clock=time.clock,
        sleep=time.sleep,
        now=lambda: 1e9,
        jitter=lambda: 0.5,
    )


def crossref(standin: Standin, doi: str = "10.1145/3637528.3671865") -> Request:
    return Request(f"{standin.bases['crossref']['api']}/works/{doi}", (), expects=("application/json",))


def batch(standin: Standin, *ids: str) -> Request:
    """A question to POST."""
    return Request(
        f"{standin.bases['semantic_scholar']['api']}/paper/batch?fields=title",
        (),
        expects=("application/json",),
        body=json.dumps({"ids": ids}),
        secret=("x-api-key", "FEDBIB_TEST_KEY"),
    )


def with_validator(handler: faults.Handler, answer: Answer) -> None:
    if handler.headers.get("If-None-Match") == '"1"':
        handler.reply(Answer(304, answer.media_type, b""), {"ETag": '"1"'})
    else:
        handler.reply(answer, {"ETag": '"1"'})


def text(reply: Body | Failure) -> str:
    assert isinstance(reply, Failure), reply
    return reply.reason
