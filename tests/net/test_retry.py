from __future__ import annotations

import pytest

from fedbib.net import retry
from fedbib.net.http import Http
from fedbib.net.messages import Body, Failure, Request
from tests.net.standing import Time, batch, crossref, text
from tests.standin import server as faults
from tests.standin.server import Standin


@pytest.mark.parametrize(
    ("retry_after", "slept"),
    [
        pytest.param("7", 7.0, id="seconds"),
        pytest.param("Sun, 09 Sep 2001 01:46:45 GMT", 5.0, id="date"),
        pytest.param(None, 1.0, id="none"),
        pytest.param("-5", 1.0, id="negative"),
        pytest.param("soon", 1.0, id="garbage"),
        pytest.param("Sun, 09 Sep 2001 01:46:35 GMT", 1.0, id="past"),
    ],
)
@pytest.mark.parametrize("code", [429, 503])
def test_a_busy_service_is_asked_again_later(
    net: Http, standin: Standin, time: Time, retry_after: str | None, slept: float, code: int
) -> None:
    standin.fault("crossref", faults.status(code, retry_after))
    assert isinstance(net.get(crossref(standin)), Body)
    assert time.slept == [slept]


def test_a_service_that_wants_an_hour_is_left_alone(net: Http, standin: Standin, time: Time) -> None:
    standin.fault("crossref", faults.status(429, "3600"), always=True)
    failure = net.get(crossref(standin))
    assert isinstance(failure, Failure)
    assert failure.deferred
    net.get(crossref(standin, "10.1145/other"))
    assert (len(standin.asked), time.slept) == (1, [])


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        pytest.param("500", "HTTP 500", id="500"),
        pytest.param("503", "HTTP 503", id="503"),
        pytest.param("reset", "no connection", id="reset"),
        pytest.param("page", "the answer is text/html, not application/json", id="page"),
        pytest.param("cut", "the answer is incomplete", id="cut"),
    ],
)
def test_a_failing_service_is_given_up_after_a_few_attempts(
    net: Http, standin: Standin, time: Time, fault: str, reason: str
) -> None:
    standin.fault("crossref", faults.FAULTS[fault], always=True)
    assert text(net.get(crossref(standin))) == reason
    assert len(standin.asked) == retry.ATTEMPTS
    assert time.slept == sorted(time.slept)


@pytest.mark.parametrize("fault", ["500", "reset", "page", "cut"])
def test_a_passing_fault_does_no_harm(net: Http, standin: Standin, fault: str) -> None:
    standin.fault("crossref", faults.FAULTS[fault])
    assert isinstance(net.get(crossref(standin)), Body)


def test_a_service_that_refuses_is_not_asked_again(net: Http, standin: Standin) -> None:
    standin.fault("crossref", faults.status(403), always=True)
    assert "HTTP 403" in text(net.get(crossref(standin)))
    assert "HTTP 403" in text(net.get(crossref(standin, "10.1145/other")))
    assert len(standin.asked) == 1


def test_without_a_network_a_service_is_tried_once(time: Time) -> None:
    with Http("", None, {"http://127.0.0.1:9": 0.0}, clock=time.clock, sleep=time.sleep) as net:
        first = net.get(Request("http://127.0.0.1:9/a", ()))
        slept = list(time.slept)
        second = net.get(Request("http://127.0.0.1:9/b", ()))
    assert isinstance(first, Failure)
    assert isinstance(second, Failure)
    assert (first.offline, first.reason) == (second.offline, second.reason) == (True, "no connection")
    assert time.slept == slept


@pytest.mark.parametrize("fault", ["500", "503", "reset", "cut", "page"])
def test_a_post_is_sent_again_like_any_request(net: Http, standin: Standin, fault: str) -> None:
    standin.fault("semantic_scholar", faults.FAULTS[fault])
    assert isinstance(net.get(batch(standin, "ARXIV:2209.01188")), Body)
    assert len(standin.asked) == 2
    assert standin.posted[0] == standin.posted[1]
