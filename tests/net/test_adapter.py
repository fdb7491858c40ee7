from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from fedbib import __version__
from fedbib.net import adapter
from fedbib.net.failed import Failed
from fedbib.net.http import Http
from fedbib.net.messages import Body, Request
from tests.net.standing import Time, addresses, batch, crossref, edge, text, with_validator
from tests.standin import server as faults
from tests.standin.server import Standin
from tests.standin.wire import Answer


def test_the_contact_is_in_the_user_agent_and_nowhere_else(standin: Standin, time: Time, tmp_path: Path) -> None:
    with edge(standin, time, tmp_path / "http.sqlite") as net:
        net.get(crossref(standin))
        standin.fault("crossref", faults.status(500), always=True)
        failure = net.get(crossref(standin, "10.1145/other"))
    assert "me@example.org" in standin.headers[0]["User-Agent"]
    assert "Cookie" not in standin.headers[0]
    assert "me@example.org" not in str(failure)
    assert not any(b"me@example.org" in path.read_bytes() for path in tmp_path.iterdir())


def test_a_login_page_is_no_answer_where_any_kind_would_do(net: Http, standin: Standin) -> None:
    standin.fault("acl", faults.page, always=True)
    request = Request(f"{standin.bases['acl']['site']}/2023.acl-demo.54.bib", ())
    assert text(net.get(request)) == "the answer is a web page"


def test_a_key_is_in_its_header_and_nowhere_else(
    standin: Standin, time: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEDBIB_TEST_KEY", " not-for-others ")
    standin.fault("semantic_scholar", with_validator, always=True)
    standin.fault("crossref", with_validator, always=True)
    with edge(standin, time, tmp_path / "http.sqlite") as net:
        net.get(batch(standin, "ARXIV:2209.01188"))
        net.get(replace(crossref(standin), secret=("x-api-key", "FEDBIB_TEST_KEY")))
        net.get(crossref(standin))
        standin.fault("semantic_scholar", faults.status(403), always=True)
        failure = net.get(batch(standin))
    assert [headers.get("x-api-key") for headers in standin.headers[:3]] == ["not-for-others", "not-for-others", None]
    assert not any("not-for-others" in path for path in standin.asked)
    assert "not-for-others" not in str(failure)
    assert not any(b"not-for-others" in path.read_bytes() for path in tmp_path.iterdir())


def test_without_a_key_none_is_sent(net: Http, standin: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FEDBIB_TEST_KEY", raising=False)
    assert isinstance(net.get(batch(standin)), Body)
    assert "x-api-key" not in standin.headers[0]


@pytest.mark.parametrize("value", ["two words", "line\nHost: evil.example", "schl\u00fcssel"])
def test_a_key_that_is_none_is_not_sent(
    net: Http, standin: Standin, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("FEDBIB_TEST_KEY", value)
    assert text(net.get(batch(standin))) == "FEDBIB_TEST_KEY has characters that cannot be in a key"
    assert standin.asked == []


def test_what_is_asked_for_and_how_is_in_the_headers(net: Http, standin: Standin) -> None:
    net.get(replace(crossref(standin), accept="application/json"))
    headers = standin.headers[0]
    assert headers["Accept"] == "application/json"
    assert headers["Accept-Encoding"] == "gzip, deflate"
    assert headers["User-Agent"] == f"fedbib/{__version__} (mailto:me@example.org)"
    assert "Content-Type" not in headers


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("", f"fedbib/{__version__}"),
        (" (é) ", f"fedbib/{__version__}"),
        ("ann@x.example\r\nX: y (z)", f"fedbib/{__version__} (ann@x.exampleX: y z)"),
    ],
)
def test_a_contact_is_one_word_of_a_header(standin: Standin, time: Time, contact: str, agent: str) -> None:
    with Http(contact, None, addresses(standin), clock=time.clock, sleep=time.sleep) as net:
        net.get(crossref(standin))
    assert standin.headers[0]["User-Agent"] == agent


@pytest.mark.parametrize(
    ("kind", "expects", "reason"),
    [
        ("application/json", ("application/json",), ""),
        ("application/json", ("text/plain", "application/json"), ""),
        ("text/plain", ("a/b", "c/d"), "the answer is text/plain, not a/b or c/d"),
        ("", ("a/b",), "the answer is without a media type, not a/b"),
        ("text/html", (), "the answer is a web page"),
        ("application/xhtml+xml", (), "the answer is a web page"),
        ("text/html", ("text/html",), ""),
        ("", (), ""),
    ],
)
def test_an_answer_of_another_kind_is_none(kind: str, expects: tuple[str, ...], reason: str) -> None:
    with pytest.raises(Failed) if reason else nullcontext() as caught:
        adapter._expected(kind, expects)
    if caught:
        assert (str(caught.value), caught.value.again) == (reason, True)


def test_an_answer_keeps_the_headers_that_are_of_use(net: Http, standin: Standin) -> None:
    def told(handler: faults.Handler, answer: Answer) -> None:
        handler.reply(answer, {"ETag": '"1"', "Set-Cookie": "a=b", "X-Other": "c", "Last-Modified": "x"})

    standin.fault("crossref", told, always=True)
    request = requests.Request("GET", crossref(standin).url)
    answer = net._session.send(net._session.prepare_request(request), expects=(), secret=None)
    assert {"etag", "last-modified", "content-type"} <= {name.lower() for name in answer.headers}
    assert not {"set-cookie", "x-other"} & {name.lower() for name in answer.headers}
    net.get(crossref(standin))
    assert "Cookie" not in standin.headers[1]
