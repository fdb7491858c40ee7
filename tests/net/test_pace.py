from __future__ import annotations

import pytest

from fedbib.net.failed import GIVE_UP_AFTER
from fedbib.net.http import Http
from fedbib.net.messages import Body, Failure
from fedbib.net.origin import with_siblings
from fedbib.net.pace import stated_pace
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
