"""A service that answers only who is logged in: one login a run, its token at all of the service's hosts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from fedbib.model.identifier import Identifier, Scheme
from fedbib.net.http import Http
from fedbib.net.messages import Body, Failure
from fedbib.sources import openreview
from tests.net.standing import Time
from tests.standin import server as faults
from tests.standin.server import Handler, Standin
from tests.standin.wire import Answer

FORUM = Identifier(Scheme.OPENREVIEW, "cit0hg4sEz")
PAGE = b"<!DOCTYPE html><html><title>Verifying your browser</title><p>Verifying your browser before continuing</p>"


def members_only(handler: Handler, answer: Answer) -> None:
    if handler.command == "POST" or handler.headers.get("Authorization") == "Bearer abc.def":
        handler.reply(answer)
    else:
        handler.reply(Answer(200, "text/html", PAGE))


def asked(standin: Standin, time: Time, monkeypatch: pytest.MonkeyPatch, **variables: str) -> list[Body | Failure]:
    for name in ("OPENREVIEW_USERNAME", "OPENREVIEW_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    bases: Mapping[str, str] = standin.bases["openreview"]
    standin.fault("openreview", members_only, always=True)
    with Http("", None, dict.fromkeys(bases.values(), 0.0), clock=time.clock, sleep=time.sleep) as net:
        return [net.get(request) for request in openreview.requests([FORUM], bases)]


def test_one_login_serves_both_apis(standin: Standin, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    name, password = {"OPENREVIEW_USERNAME": "ann@example.org"}, {"OPENREVIEW_PASSWORD": "right"}
    answers = asked(standin, time, monkeypatch, **name, **password)
    assert all(isinstance(answer, Body) and answer.status == 200 for answer in answers)
    assert [path for path in standin.asked if "login" in path] == ["/openreview/v2/login"]
    assert [json.loads(posted) for posted in standin.posted if posted] == [
        {"id": "ann@example.org", "password": "right"}
    ]


def test_without_a_login_the_bot_check_is_named_and_asked_once(
    standin: Standin, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = asked(standin, time, monkeypatch)
    assert [answer.reason for answer in answers if isinstance(answer, Failure)] == [
        "the server answers with a bot check"
    ] * 2
    assert len(standin.asked) == 1


def test_a_refused_login_is_tried_once(standin: Standin, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = asked(standin, time, monkeypatch, OPENREVIEW_USERNAME="ann@example.org", OPENREVIEW_PASSWORD="wrong")
    assert [answer.reason for answer in answers if isinstance(answer, Failure)] == [
        "the login is refused (HTTP 400)"
    ] * 2
    assert standin.asked == ["/openreview/v2/login"]
    assert "wrong" not in str(answers)


def test_the_password_goes_to_no_other_address() -> None:
    bases = {**openreview.SOURCE.bases, "v1": "https://mirror.example"}
    v2, v1 = openreview.requests([FORUM], bases)
    assert (v2.login is not None, v1.login) == (True, None)
    assert all(
        request.login is None for request in openreview.requests([FORUM], dict.fromkeys(bases, "https://x.example"))
    )
    search = openreview.SOURCE.search
    assert search is not None
    assert search.login is openreview.login


@pytest.mark.parametrize("code", [200, 403, 429, 503])
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(b"<title>Just a moment...</title>", id="cloudflare"),
        pytest.param(b"<title>Making sure you&#39;re not a bot!</title><link href='/.within.website/x'>", id="anubis"),
        pytest.param(b"<p>Please verify you are human</p>", id="captcha"),
    ],
)
def test_a_bot_check_is_not_asked_again(standin: Standin, time: Time, code: int, page: bytes) -> None:
    standin.fault("openreview", lambda handler, _: handler.reply(Answer(code, "text/html", page)), always=True)
    bases = standin.bases["openreview"]
    request = replace(openreview.requests([FORUM], bases)[0], login=None)
    with Http("", None, dict.fromkeys(bases.values(), 0.0), clock=time.clock, sleep=time.sleep) as net:
        for _ in range(2):
            answer = net.get(request)
            assert isinstance(answer, Failure)
            assert answer.reason == "the server answers with a bot check"
    assert len(standin.asked) == 1


def test_a_page_that_is_none_is_told_as_before(standin: Standin, time: Time) -> None:
    standin.fault("openreview", faults.page, always=True)
    bases = standin.bases["openreview"]
    with Http("", None, dict.fromkeys(bases.values(), 0.0), clock=time.clock, sleep=time.sleep) as net:
        answer = net.get(openreview.requests([FORUM], bases)[0])
    assert isinstance(answer, Failure)
    assert "text/html" in answer.reason
