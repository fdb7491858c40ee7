from __future__ import annotations

import threading

import pytest

from fedbib.net.failed import GIVE_UP_AFTER
from fedbib.net.http import Http
from fedbib.net.messages import Body, Failure
from fedbib.net.origin import with_siblings
from fedbib.net.pace import Hosts, Left, stated_pace
from fedbib.net.retry import ATTEMPTS, LONGEST_WAIT
from tests.net.standing import Time, crossref, edge
from tests.standin import server as faults
from tests.standin.server import Standin
from tests.standin.wire import Answer


def test_requests_to_a_host_keep_its_pace(standin: Standin, time: Time) -> None:
    standin.fault("crossref", faults.status(503, "1"))
    with edge(standin, time, pace=3.0) as net:
        net.get(crossref(standin))
        net.get(crossref(standin, "10.1145/other"))
    assert len(standin.asked) == 3
    assert time.at >= 6.0


def test_each_service_has_its_pace_and_its_sibling_too() -> None:
    paces = with_siblings({"https://a.example/x": 1.0, "https://www.a.example": 3.0, "http://127.0.0.1:8": 0.0})
    assert paces == {
        ("https", "a.example", 443): 3.0,
        ("https", "www.a.example", 443): 3.0,
        ("http", "127.0.0.1", 8): 0.0,
    }


@pytest.mark.parametrize(
    ("limit", "interval", "seconds"),
    [
        pytest.param("5", "1s", 0.2, id="five a second"),
        pytest.param("50", "10", 0.2, id="without a unit"),
        pytest.param("1", "9999", LONGEST_WAIT, id="no longer than the longest wait"),
        pytest.param("0", "1s", 0.0, id="nothing at all says nothing"),
        pytest.param("five", "1s", 0.0, id="no number"),
        pytest.param("5", "1m", 0.0, id="no seconds"),
    ],
)
def test_a_pace_in_the_headers(limit: str, interval: str, seconds: float) -> None:
    assert stated_pace({"x-rate-limit-limit": limit, "x-rate-limit-interval": interval}) == seconds


def test_failures_in_a_row_close_a_host_and_an_answer_starts_anew(net: Http, standin: Standin) -> None:
    reset = faults.FAULTS["reset"]
    for _ in range(2):
        standin.fault("crossref", *[reset] * ATTEMPTS * (GIVE_UP_AFTER - 1))
        for _ in range(GIVE_UP_AFTER - 1):
            assert isinstance(net.get(crossref(standin)), Failure)
        assert isinstance(net.get(crossref(standin)), Body)
    standin.fault("crossref", reset, always=True)
    for _ in range(GIVE_UP_AFTER + 1):
        assert isinstance(net.get(crossref(standin)), Failure)
    asked = 2 * (ATTEMPTS * (GIVE_UP_AFTER - 1) + 1) + ATTEMPTS * GIVE_UP_AFTER
    assert len(standin.asked) == asked


def test_a_limit_in_the_headers_is_kept(net: Http, standin: Standin, time: Time) -> None:
    def limited(handler: faults.Handler, answer: Answer) -> None:
        handler.reply(answer, {"x-rate-limit-limit": "1", "x-rate-limit-interval": "4s"})

    standin.fault("crossref", limited)
    for _ in range(3):
        net.get(crossref(standin))
    assert time.at == 8.0


@pytest.mark.parametrize("left_out", ["x-rate-limit-limit", "x-rate-limit-interval"])
def test_half_a_pace_says_nothing(left_out: str) -> None:
    headers = {"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"}
    del headers[left_out]
    assert stated_pace(headers) == 0.0
    assert stated_pace({**headers, left_out: "9" * 7}) == 0.0


def hosts(time: Time, left: threading.Event | None = None) -> Hosts:
    paces = with_siblings({"https://a.example": 3.0, "https://b.example": 1.0})
    return Hosts(paces, time.clock, time.sleep, left or threading.Event())


def test_a_host_is_known_by_its_name_and_port_alone(time: Time) -> None:
    known = hosts(time)
    assert known.of("https://A.example/x?y") is known.of("https://a.example/z")
    assert known.of("https://a.example/x") is not known.of("https://b.example/x")
    assert (known.of("https://a.example/x").pace, known.of("https://b.example/x").pace) == (3.0, 1.0)


def test_a_turn_waits_for_the_pace_of_its_host_alone(time: Time) -> None:
    known = hosts(time)
    with known.turn("https://a.example/1"):
        time.at += 1.0
    with known.turn("https://b.example/1"):
        pass
    assert time.slept == []
    with known.turn("https://a.example/2"):
        assert time.slept == [2.0]
    known.hold(known.of("https://b.example/"), 10.0)
    known.hold(known.of("https://b.example/"), 5.0)
    with known.turn("https://b.example/2"):
        assert time.slept == [2.0, 10.0]
    assert known.of("https://b.example/").free_at == 14.0


def test_a_pace_holds_after_a_fault_too(time: Time) -> None:
    known = hosts(time)
    with pytest.raises(KeyError), known.turn("https://a.example/1"):
        raise KeyError
    with known.turn("https://a.example/2"):
        assert time.slept == [3.0]


def test_a_pace_that_grows_during_a_turn_counts_from_its_start(time: Time) -> None:
    known = hosts(time)
    with known.turn("https://a.example/1") as host:
        time.at += 1.0
        host.pace = 5.0
    with known.turn("https://a.example/2"):
        assert time.slept == [4.0]


def test_nobody_is_asked_two_things_at_a_time(time: Time) -> None:
    known = hosts(time)
    with known.turn("https://a.example/1") as host:
        assert host.lock.locked()
    assert not host.lock.locked()


def test_a_host_that_closed_and_a_run_that_was_left_end_a_turn_and_a_wait(time: Time) -> None:
    left = threading.Event()
    known = hosts(time, left)
    closed = Failure("https://a.example/0", "HTTP 403")
    known.of("https://a.example/").closed = closed
    with pytest.raises(Left) as caught, known.turn("https://a.example/1"):
        pass
    assert caught.value.failure == closed
    assert str(caught.value) == "HTTP 403"
    assert time.slept == []
    known.hold(known.of("https://b.example/"), 10.0)
    left.set()
    with pytest.raises(Left) as caught, known.turn("https://b.example/1"):
        pass
    assert caught.value.failure == Failure("https://b.example/1", "interrupted")
    assert time.slept == []
