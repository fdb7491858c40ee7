from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fedbib.net import http
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


@pytest.fixture
def time() -> Time:
    return Time()


def addresses(standin: Standin) -> list[str]:
    return [url for bases in standin.bases.values() for url in bases.values()]


def edge(standin: Standin, time: Time, cache: Path | None = None) -> Http:
    return Http(
        "me@example.org",
        cache,
        addresses(standin),
        clock=time.clock,
        sleep=time.sleep,
        now=lambda: 1e9,
        jitter=lambda: 0.5,
    )


@pytest.fixture
def net(standin: Standin, time: Time) -> Iterator[Http]:
    with edge(standin, time) as opened:
        yield opened


def crossref(standin: Standin, doi: str = "10.1145/3637528.3671865") -> Request:
    return Request(f"{standin.bases['crossref']['api']}/works/{doi}", (), expects=("application/json",))


def text(reply: Body | Failure) -> str:
    assert isinstance(reply, Failure), reply
    return reply.reason


def test_a_good_answer(net: Http, standin: Standin) -> None:
    body = net.get(crossref(standin))
    assert isinstance(body, Body)
    assert (body.status, body.media_type) == (200, "application/json")
    assert b"Zeroth-Order" in body.content


def test_row56_the_contact_is_in_the_user_agent_and_nowhere_else(standin: Standin, time: Time, tmp_path: Path) -> None:
    with edge(standin, time, tmp_path / "http.sqlite") as net:
        net.get(crossref(standin))
        standin.fault("crossref", faults.status(500), always=True)
        failure = net.get(crossref(standin, "10.1145/other"))
    assert "me@example.org" in standin.headers[0]["User-Agent"]
    assert "Cookie" not in standin.headers[0]
    assert "me@example.org" not in str(failure)
    assert not any(b"me@example.org" in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("retry_after", "slept"),
    [
        pytest.param("7", 7.0, id="row1-seconds"),
        pytest.param("Sun, 09 Sep 2001 01:46:45 GMT", 5.0, id="row1-date"),
        pytest.param(None, 1.0, id="row2-none"),
        pytest.param("-5", 1.0, id="row2-negative"),
        pytest.param("soon", 1.0, id="row2-garbage"),
        pytest.param("Sun, 09 Sep 2001 01:46:35 GMT", 1.0, id="row2-past"),
    ],
)
@pytest.mark.parametrize("code", [429, 503])
def test_a_busy_service_is_asked_again_later(
    net: Http, standin: Standin, time: Time, retry_after: str | None, slept: float, code: int
) -> None:
    standin.fault("crossref", faults.status(code, retry_after))
    assert isinstance(net.get(crossref(standin)), Body)
    assert time.slept == [slept]


def test_row2_a_service_that_wants_an_hour_is_left_alone(net: Http, standin: Standin, time: Time) -> None:
    standin.fault("crossref", faults.status(429, "3600"), always=True)
    failure = net.get(crossref(standin))
    assert isinstance(failure, Failure)
    assert failure.deferred
    net.get(crossref(standin, "10.1145/other"))
    assert (len(standin.asked), time.slept) == (1, [])


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        pytest.param("500", "HTTP 500", id="row3-500"),
        pytest.param("503", "HTTP 503", id="row3-503"),
        pytest.param("reset", "no connection", id="row3-reset"),
        pytest.param("page", "the answer is text/html, not application/json", id="row6-page"),
        pytest.param("cut", "the answer was cut short", id="row7-cut"),
    ],
)
def test_a_failing_service_is_given_up_after_a_few_attempts(
    net: Http, standin: Standin, time: Time, fault: str, reason: str
) -> None:
    standin.fault("crossref", faults.FAULTS[fault], always=True)
    assert text(net.get(crossref(standin))) == reason
    assert len(standin.asked) == http.ATTEMPTS
    assert time.slept == sorted(time.slept)


@pytest.mark.parametrize("fault", ["500", "reset", "page", "cut"])
def test_a_passing_fault_does_no_harm(net: Http, standin: Standin, fault: str) -> None:
    standin.fault("crossref", faults.FAULTS[fault])
    assert isinstance(net.get(crossref(standin)), Body)


def test_row4_not_found_is_an_answer(net: Http, standin: Standin) -> None:
    body = net.get(crossref(standin, "10.1145/unknown"))
    assert isinstance(body, Body)
    assert (body.status, body.content) == (404, b"Resource not found.")
    assert len(standin.asked) == 1


def test_row5_a_service_that_refuses_is_not_asked_again(net: Http, standin: Standin) -> None:
    standin.fault("crossref", faults.status(403), always=True)
    assert "HTTP 403" in text(net.get(crossref(standin)))
    assert "HTTP 403" in text(net.get(crossref(standin, "10.1145/other")))
    assert len(standin.asked) == 1


def test_row6_a_login_page_where_any_kind_would_do(net: Http, standin: Standin) -> None:
    standin.fault("acl", faults.page, always=True)
    request = Request(f"{standin.bases['acl']['site']}/2023.acl-demo.54.bib", ())
    assert text(net.get(request)) == "the answer is a web page"


def test_row7_broken_gzip(net: Http, standin: Standin) -> None:
    good = gzip.compress(b'{"message": 1}' * 100)
    standin.fault("crossref", faults.packed(good[:-10]), faults.packed(b"no gzip"), faults.packed(good))
    body = net.get(crossref(standin))
    assert isinstance(body, Body)
    assert body.content == b'{"message": 1}' * 100
    assert len(standin.asked) == 3


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.endless, id="row8-endless"),
        pytest.param(faults.packed(gzip.compress(b" " * 5_000_000)), id="row8-gzip-bomb"),
    ],
)
def test_a_body_has_a_limit(net: Http, standin: Standin, monkeypatch: pytest.MonkeyPatch, fault: faults.Fault) -> None:
    monkeypatch.setattr(http, "LIMIT", 1_000_000)
    standin.fault("crossref", fault, always=True)
    assert text(net.get(crossref(standin))) == "the answer is larger than 1,000,000 bytes"


def test_row9_a_dripping_body_has_a_deadline(standin: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "DEADLINE", 0.05)
    monkeypatch.setattr(http, "ATTEMPTS", 1)
    standin.fault("crossref", faults.drip, always=True)
    with Http("", None, addresses(standin)) as net:
        assert text(net.get(crossref(standin))) == "the answer took more than 0.05 seconds"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        pytest.param("file:///etc/passwd", "file:///etc/passwd is refused", id="row10-file"),
        pytest.param(
            "http://169.254.169.254/latest", "http://169.254.169.254/latest is refused", id="row10-link-local"
        ),
        pytest.param("http://10.0.0.1/", "http://10.0.0.1/ is refused", id="row10-private"),
        pytest.param("https://evil.example/x", "https://evil.example/x is refused", id="row10-other-site"),
        pytest.param("http://127.0.0.1:1/x", "http://127.0.0.1:1/x is refused", id="row10-other-port"),
        pytest.param("http://u:secret@127.0.0.1/x", "http://127.0.0.1/x is refused", id="row10-password"),
    ],
)
def test_redirects_to_forbidden_places(net: Http, standin: Standin, target: str, words: str) -> None:
    standin.fault("crossref", faults.redirect(target))
    reason = text(net.get(crossref(standin)))
    assert words in reason
    assert "secret" not in reason


def test_row10_a_redirect_within_the_service_is_followed(net: Http, standin: Standin) -> None:
    standin.fault("crossref", faults.redirect("/crossref/works/10.18653/v1/2023.acl-demo.54"))
    body = net.get(crossref(standin))
    assert isinstance(body, Body)
    assert b"Petals" in body.content


def test_row10_a_loop_of_redirects(net: Http, standin: Standin) -> None:
    standin.fault("crossref", faults.redirect("/crossref/works/x"), always=True)
    assert text(net.get(crossref(standin))) == "more than 5 redirects"


def test_row10_https_is_not_left() -> None:
    with Http("", None, ["https://api.crossref.org"]) as net:
        assert "is refused" in text(net.get(Request("http://api.crossref.org/works", ())))


def test_row11_an_unknown_host_is_never_asked(net: Http, standin: Standin) -> None:
    for url in ("https://example.org/", "file:///etc/passwd", "ftp://127.0.0.1/", "http://[::1", "nonsense"):
        assert "is refused" in text(net.get(Request(url, ())))
    assert standin.asked == []


def test_row12_without_a_network_a_service_is_tried_once(time: Time) -> None:
    with Http("", None, ["http://127.0.0.1:9"], clock=time.clock, sleep=time.sleep) as net:
        first = net.get(Request("http://127.0.0.1:9/a", ()))
        slept = list(time.slept)
        second = net.get(Request("http://127.0.0.1:9/b", ()))
    assert isinstance(first, Failure)
    assert isinstance(second, Failure)
    assert (first.offline, first.reason) == (second.offline, second.reason) == (True, "no connection")
    assert time.slept == slept


def test_row13_requests_to_a_host_keep_its_pace(standin: Standin, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "_is_here", lambda _: False)
    monkeypatch.setitem(http.PACE, urlsplit(standin.bases["crossref"]["api"]).netloc, 3.0)
    standin.fault("crossref", faults.status(503, "1"))
    with edge(standin, time) as net:
        net.get(crossref(standin))
        net.get(crossref(standin, "10.1145/other"))
    assert len(standin.asked) == 3
    assert time.at >= 6.0


def test_row13_a_limit_in_the_headers_is_kept(net: Http, standin: Standin, time: Time) -> None:
    def limited(handler: faults.Handler, answer: Answer) -> None:
        handler.reply(answer, {"x-rate-limit-limit": "1", "x-rate-limit-interval": "4s"})

    standin.fault("crossref", limited)
    for _ in range(3):
        net.get(crossref(standin))
    assert time.at == 8.0


def with_validator(handler: faults.Handler, answer: Answer) -> None:
    if handler.headers.get("If-None-Match") == '"1"':
        handler.reply(Answer(304, answer.media_type, b""), {"ETag": '"1"'})
    else:
        handler.reply(answer, {"ETag": '"1"'})


def test_what_is_in_the_cache_is_asked_again_with_its_validator(standin: Standin, time: Time, tmp_path: Path) -> None:
    standin.fault("crossref", with_validator, always=True)
    bodies = []
    for _ in range(2):
        with edge(standin, time, tmp_path / "http.sqlite") as net:
            bodies.append(net.get(crossref(standin)))
    assert bodies[0] == bodies[1]
    assert isinstance(bodies[0], Body)
    assert [headers.get("If-None-Match") for headers in standin.headers] == [None, '"1"']


@pytest.mark.parametrize("fault", ["page", "cut", "500"])
def test_row6_row7_a_bad_answer_is_not_kept(standin: Standin, time: Time, tmp_path: Path, fault: str) -> None:
    with edge(standin, time, tmp_path / "http.sqlite") as net:
        standin.fault("crossref", *[faults.FAULTS[fault]] * http.ATTEMPTS)
        net.get(crossref(standin))
        body = net.get(crossref(standin))
        assert isinstance(body, Body)
        assert b"Zeroth-Order" in body.content


def test_row35_a_broken_cache_is_no_cache(standin: Standin, time: Time, tmp_path: Path) -> None:
    (tmp_path / "http.sqlite").write_bytes(b"not a database" * 1000)
    with edge(standin, time, tmp_path / "http.sqlite") as net:
        assert isinstance(net.get(crossref(standin)), Body)


def test_row34_an_unwritable_cache_is_no_cache(standin: Standin, time: Time, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with edge(standin, time, tmp_path / "file" / "http.sqlite") as net:
        assert isinstance(net.get(crossref(standin)), Body)


def batch(standin: Standin, *ids: str) -> Request:
    """A question to POST."""
    return Request(
        f"{standin.bases['semantic_scholar']['api']}/paper/batch?fields=title",
        (),
        expects=("application/json",),
        body=json.dumps({"ids": ids}),
        secret=("x-api-key", "FEDBIB_TEST_KEY"),
    )


def test_a_question_with_a_body_is_posted(net: Http, standin: Standin) -> None:
    body = net.get(batch(standin, "ARXIV:2209.01188"))
    assert isinstance(body, Body)
    assert b"Petals" in body.content
    assert json.loads(standin.posted[0]) == {"ids": ["ARXIV:2209.01188"]}
    assert standin.headers[0]["Content-Type"] == "application/json"


@pytest.mark.parametrize("fault", ["500", "503", "reset", "cut", "page"])
def test_row3_a_post_is_sent_again_like_any_request(net: Http, standin: Standin, fault: str) -> None:
    standin.fault("semantic_scholar", faults.FAULTS[fault])
    assert isinstance(net.get(batch(standin, "ARXIV:2209.01188")), Body)
    assert len(standin.asked) == 2
    assert standin.posted[0] == standin.posted[1]


def test_row11_a_post_goes_to_known_hosts_only(net: Http, standin: Standin) -> None:
    request = replace(batch(standin), url="https://evil.example/paper/batch")
    assert "is refused" in text(net.get(request))


@pytest.mark.parametrize("target", ["/s2/paper/batch", "http://169.254.169.254/", "https://evil.example/"])
def test_row10_a_post_is_not_redirected(net: Http, standin: Standin, target: str) -> None:
    standin.fault("semantic_scholar", faults.redirect(target), always=True)
    assert "a redirect is refused" in text(net.get(batch(standin)))
    assert len(standin.asked) == 1


def test_an_answer_to_a_post_is_not_kept(standin: Standin, time: Time, tmp_path: Path) -> None:
    standin.fault("semantic_scholar", with_validator, always=True)
    for id in ("ARXIV:2209.01188", "ARXIV:2310.15080", "ARXIV:2310.15080"):
        with edge(standin, time, tmp_path / "http.sqlite") as net:
            body = net.get(batch(standin, id))
            assert isinstance(body, Body)
            assert id.partition(":")[2].encode() in body.content
    assert len(standin.asked) == 3
    assert not any("If-None-Match" in headers for headers in standin.headers)


def test_row56_a_key_is_in_its_header_and_nowhere_else(
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
    assert text(net.get(batch(standin))) == "FEDBIB_TEST_KEY holds characters that no key has"
    assert standin.asked == []


def test_row10_a_key_does_not_follow_a_redirect_to_another_service(
    standin: Standin, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEDBIB_TEST_KEY", "not-for-others")
    with Standin() as other:
        allowed = [url for server in (standin, other) for urls in server.bases.values() for url in urls.values()]
        standin.fault("crossref", faults.redirect(f"{other.bases['crossref']['api']}/works/10.1145/3637528.3671865"))
        with Http("", None, allowed, clock=time.clock, sleep=time.sleep) as net:
            request = replace(crossref(standin), secret=("x-api-key", "FEDBIB_TEST_KEY"))
            assert isinstance(net.get(request), Body)
        assert standin.headers[0]["x-api-key"] == "not-for-others"
        assert [headers.get("x-api-key") for headers in other.headers] == [None]


FORMS = ["http://127.0.0.1:{port}/x", "http://localhost:{port}/x", "//127.0.0.1:{port}/x", "http://[::ffff:127.0.0.1]:{port}/x",
         "http://2130706433:{port}/x", "http://0x7f.1:{port}/x", "http://0:{port}/x", "http://{host}@127.0.0.1:{port}/x",
         "http://127.0.0.1:{port}\\@{host}/x", "http://{host}.evil.example:{port}/x", "HTTP://127.0.0.1:{port}/x", "http:\\\\127.0.0.1:{port}\\x",
         "http://127.0.0.1:{port}#@{host}/", "http://127.0.0.1:{port}/\r\nX: y", "ftp://127.0.0.1:{port}/x", "gopher://127.0.0.1:{port}/x"]  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"row10-{form[:30]!r}")
@pytest.mark.parametrize("hops", [0, 1])
def test_row10_whatever_the_form_of_a_redirect_a_listener_hears_nothing(
    net: Http, standin: Standin, form: str, hops: int
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        host = urlsplit(standin.bases["crossref"]["api"]).netloc
        target = form.format(port=listener.getsockname()[1], host=host)
        within = ["/crossref/works/x"] * hops
        standin.fault("crossref", *(faults.redirect(where) for where in (*within, target)))
        reply = net.get(crossref(standin))
        with pytest.raises(TimeoutError):
            listener.accept()
        assert isinstance(reply, Failure) or reply.status in (200, 404)
