from __future__ import annotations

import socket
from http.client import BadStatusLine

import pytest
import requests
import urllib3

from fedbib.net.failed import GIVE_UP_AFTER, Failed, failed
from fedbib.net.messages import Failure
from fedbib.net.pace import Host
from fedbib.net.retry import ATTEMPTS, LONGEST_WAIT, back_off, refusal, retry_after

SAID = "the service's own words"


def caused(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


def within(error: BaseException, context: BaseException) -> BaseException:
    error.__context__ = context
    return error


@pytest.mark.parametrize(
    ("error", "reason", "again", "offline"),
    [
        pytest.param(
            requests.exceptions.SSLError(SAID), "the service's certificate is not accepted", False, False, id="TLS"
        ),
        pytest.param(
            requests.ConnectionError(urllib3.exceptions.NewConnectionError(None, SAID)),  # type: ignore[arg-type]
            *("no connection", True, True),
            id="nobody listens",
        ),
        pytest.param(urllib3.exceptions.ConnectTimeoutError(SAID), "no connection", True, True, id="no way there"),
        pytest.param(caused(OSError(SAID), socket.gaierror(SAID)), "no connection", True, True, id="no such name"),
        pytest.param(TimeoutError(SAID), "no answer within 20 seconds", True, False, id="time"),
        pytest.param(within(OSError(), TimeoutError()), "no answer within 20 seconds", True, False, id="time before"),
        pytest.param(
            urllib3.exceptions.ReadTimeoutError(None, "", SAID),  # type: ignore[arg-type]
            *("no answer within 20 seconds", True, False),
            id="time of a piece",
        ),
        pytest.param(BadStatusLine(SAID), "the answer is incomplete", True, False, id="half a head"),
        pytest.param(
            urllib3.exceptions.IncompleteRead(1, 2), "the answer is incomplete", True, False, id="half a body"
        ),
        pytest.param(caused(BadStatusLine(SAID), ConnectionResetError(SAID)), "no connection", True, False, id="reset"),
        pytest.param(ValueError(SAID), "no connection", True, False, id="anything else"),
    ],
)
def test_what_went_wrong_is_told_in_words_of_our_own(
    error: BaseException, reason: str, again: bool, offline: bool
) -> None:
    found = failed(error, 20.0)
    assert (str(found), found.again, found.offline) == (reason, again, offline)
    assert found.weight == (GIVE_UP_AFTER if offline else 1)
    assert (found.wait, found.deferred) == (None, False)


def test_a_failure_stays_what_it_is() -> None:
    one = Failed("x", wait=3.0)
    assert failed(one, 1.0) is one
    assert (one.again, one.wait, one.weight) == (True, 3.0, 1)


def test_errors_that_name_each_other_come_to_an_end() -> None:
    one, other = OSError(), OSError()
    one.__context__, other.__context__ = other, one
    assert str(failed(one, 1.0)) == "no connection"


@pytest.mark.parametrize("code", [200, 400, 404, 410])
def test_these_are_answers(code: int) -> None:
    assert refusal(code, {}, "x.example", 0.0) is None


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_when_it_says_where(code: int) -> None:
    assert refusal(code, {"location": "/"}, "x.example", 0.0) is None
    assert str(refusal(code, {}, "x.example", 0.0)) == f"HTTP {code}"


@pytest.mark.parametrize(
    ("code", "headers", "reason", "again", "wait", "deferred", "weight"),
    [
        (401, {}, "HTTP 401, so x.example is not asked again in this run", False, None, False, GIVE_UP_AFTER),
        (403, {}, "HTTP 403, so x.example is not asked again in this run", False, None, False, GIVE_UP_AFTER),
        (451, {}, "HTTP 451, so x.example is not asked again in this run", False, None, False, GIVE_UP_AFTER),
        (304, {}, "HTTP 304", False, None, False, 0),
        (405, {}, "HTTP 405", False, None, False, 0),
        (499, {}, "HTTP 499", False, None, False, 0),
        (408, {"retry-after": "5"}, "HTTP 408", True, None, False, 1),
        (425, {}, "HTTP 425", True, None, False, 1),
        (500, {"retry-after": "5"}, "HTTP 500", True, None, False, 1),
        (599, {}, "HTTP 599", True, None, False, 1),
        (429, {}, "HTTP 429", True, None, True, GIVE_UP_AFTER),
        (429, {"retry-after": "5"}, "HTTP 429", True, 5.0, True, GIVE_UP_AFTER),
        (503, {"retry-after": "60"}, "HTTP 503", True, 60.0, False, 1),
        (
            *(503, {"retry-after": "61"}),
            "HTTP 503: x.example requires a wait of more than 60 seconds; left for a later run",
            *(False, None, True, GIVE_UP_AFTER),
        ),
    ],
)
def test_what_a_status_means(
    code: int,
    headers: dict[str, str],
    reason: str,
    again: bool,
    wait: float | None,
    deferred: bool,
    weight: int,
) -> None:
    found = refusal(code, headers, "x.example", 0.0)
    assert found is not None
    assert (str(found), found.again, found.wait, found.deferred, found.weight) == (
        *(reason, again, wait, deferred, weight),
    )
    assert not found.offline


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("5", 5.0),
        (" 5 ", 5.0),
        ("0", None),
        ("", None),
        ("5s", None),
        ("1.5", None),
        ("\u0665", None),
        ("9" * 400, float("9" * 18)),
        ("Thu, 01 Jan 1970 00:01:40 GMT", 90.0),
        ("Thu, 01 Jan 1970 00:00:10 GMT", None),
        ("Thu, 01 Jan 99999 00:00:00 GMT", None),
        ("Thu", None),
    ],
)
def test_how_long_a_service_asks_to_wait(text: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": text}, 10.0) == seconds
    assert retry_after({}, 10.0) is None


def test_each_wait_is_twice_as_long_and_as_long_again_by_chance() -> None:
    assert [back_off(attempt, 0.5) for attempt in range(3)] == [1.0, 2.0, 4.0]
    assert [back_off(1, jitter) for jitter in (0.0, 1.0)] == [1.0, 3.0]
    assert (ATTEMPTS, LONGEST_WAIT, GIVE_UP_AFTER) == (3, 60.0, 3)


def test_a_host_closes_when_its_failures_weigh_enough() -> None:
    host = Host(1.0)
    light, heavy = Failed("light", weight=0), Failed("off", offline=True)
    assert host.give_up(light, "u") == Failure("u", "light")
    for count in range(1, GIVE_UP_AFTER):
        assert host.give_up(Failed("one"), "u") == Failure("u", "one")
        assert (host.failed, host.closed) == (count, None)
    assert host.give_up(Failed("last", deferred=True), "v") == Failure("v", "last", deferred=True)
    assert host.closed == Failure("v", "last", deferred=True)
    other = Host(1.0)
    assert other.give_up(heavy, "u") == other.closed == Failure("u", "off", offline=True)
