from __future__ import annotations

import json
import socket
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import requests

from fedbib.net.http import Http
from fedbib.net.messages import Body, Failure, Request
from tests.net.standing import Time, addresses, batch, crossref, text
from tests.standin import server as faults
from tests.standin.server import Standin


def test_a_good_answer(net: Http, standin: Standin) -> None:
    body = net.get(crossref(standin))
    assert isinstance(body, Body)
    assert (body.status, body.media_type) == (200, "application/json")
    assert b"Zeroth-Order" in body.content


def test_not_found_is_an_answer_and_not_asked_again(net: Http, standin: Standin) -> None:
    body = net.get(crossref(standin, "10.1145/unknown"))
    assert isinstance(body, Body)
    assert (body.status, body.content) == (404, b"Resource not found.")
    assert len(standin.asked) == 1


@pytest.mark.parametrize(
    ("target", "words"),
    [
        pytest.param("file:///etc/passwd", "file:///etc/passwd is refused", id="file"),
        pytest.param("http://169.254.169.254/latest", "http://169.254.169.254/latest is refused", id="link-local"),
        pytest.param("http://10.0.0.1/", "http://10.0.0.1/ is refused", id="private"),
        pytest.param("https://evil.example/x", "https://evil.example/x is refused", id="other-site"),
        pytest.param("http://127.0.0.1:1/x", "http://127.0.0.1:1/x is refused", id="other-port"),
        pytest.param("http://u:secret@127.0.0.1/x", "http://127.0.0.1/x is refused", id="password"),
    ],
)
def test_redirects_to_forbidden_places(net: Http, standin: Standin, target: str, words: str) -> None:
    standin.fault("crossref", faults.redirect(target))
    reason = text(net.get(crossref(standin)))
    assert words in reason
    assert "secret" not in reason


def test_a_redirect_within_the_service_is_followed(net: Http, standin: Standin) -> None:
    standin.fault("crossref", faults.redirect("/crossref/works/10.18653/v1/2023.acl-demo.54"))
    body = net.get(crossref(standin))
    assert isinstance(body, Body)
    assert b"Petals" in body.content


def test_a_loop_of_redirects_ends(net: Http, standin: Standin) -> None:
    standin.fault("crossref", faults.redirect("/crossref/works/x"), always=True)
    assert text(net.get(crossref(standin))) == "more than 5 redirects"


def test_a_redirect_from_https_to_http_is_refused_though_both_are_known(
    monkeypatch: pytest.MonkeyPatch, time: Time
) -> None:
    asked = []

    def send(session: requests.Session, prepared: requests.PreparedRequest, **_: object) -> requests.Response:
        asked.append(prepared.url)
        answer = requests.Response()
        answer.status_code = 302 if len(asked) == 1 else 200
        answer.headers["location"] = "http://api.crossref.org/works/y"
        answer._content = b"{}"
        return answer

    monkeypatch.setattr(requests.Session, "send", send)
    both = {"https://api.crossref.org": 0.0, "http://api.crossref.org": 0.0}
    with Http("", None, both, clock=time.clock, sleep=time.sleep) as net:
        reply = net.get(Request("https://api.crossref.org/works/x", ()))
    assert text(reply) == "http://api.crossref.org/works/y is refused: a redirect from https to http"
    assert asked == ["https://api.crossref.org/works/x"]


def test_an_http_address_of_an_https_service_is_refused() -> None:
    with Http("", None, {"https://api.crossref.org": 0.2}) as net:
        assert "is refused" in text(net.get(Request("http://api.crossref.org/works", ())))


def test_an_unknown_host_is_never_asked(net: Http, standin: Standin) -> None:
    for url in ("https://example.org/", "file:///etc/passwd", "ftp://127.0.0.1/", "http://[::1", "nonsense"):
        assert "is refused" in text(net.get(Request(url, ())))
    assert standin.asked == []


def test_a_question_with_a_body_is_posted(net: Http, standin: Standin) -> None:
    body = net.get(batch(standin, "ARXIV:2209.01188"))
    assert isinstance(body, Body)
    assert b"Petals" in body.content
    assert json.loads(standin.posted[0]) == {"ids": ["ARXIV:2209.01188"]}
    assert standin.headers[0]["Content-Type"] == "application/json"


def test_a_post_goes_to_known_hosts_only(net: Http, standin: Standin) -> None:
    request = replace(batch(standin), url="https://evil.example/paper/batch")
    assert "is refused" in text(net.get(request))


@pytest.mark.parametrize("target", ["/s2/paper/batch", "http://169.254.169.254/", "https://evil.example/"])
def test_a_post_is_not_redirected(net: Http, standin: Standin, target: str) -> None:
    standin.fault("semantic_scholar", faults.redirect(target), always=True)
    assert "a redirect to another server is refused" in text(net.get(batch(standin)))
    assert len(standin.asked) == 1


def test_a_key_does_not_follow_a_redirect_to_another_service(
    standin: Standin, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEDBIB_TEST_KEY", "not-for-others")
    with Standin() as other:
        allowed = addresses(standin) | addresses(other)
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


@pytest.mark.parametrize("form", FORMS, ids=lambda form: repr(form[:30]))
@pytest.mark.parametrize("hops", [0, 1])
def test_whatever_the_form_of_a_redirect_a_listener_hears_nothing(
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


def test_every_redirect_but_one_too_many_is_followed(net: Http, standin: Standin) -> None:
    target = "/crossref/works/10.18653/v1/2023.acl-demo.54"
    standin.fault("crossref", *[faults.redirect(target)] * 5)
    assert isinstance(net.get(crossref(standin)), Body)
    assert len(standin.asked) == 6
    standin.fault("crossref", *[faults.redirect(target)] * 6)
    failure = net.get(crossref(standin))
    assert failure == Failure(crossref(standin).url, "more than 5 redirects")


def test_a_failure_names_the_address_that_was_asked_for_without_its_secrets(standin: Standin, time: Time) -> None:
    base = standin.bases["crossref"]["api"]
    with Http("", None, addresses(standin), clock=time.clock, sleep=time.sleep, jitter=lambda: 0.5) as net:
        standin.fault("crossref", faults.redirect("/crossref/works/y?token=secret"), faults.status(404))
        body = net.get(Request(f"{base}/works/x?mailto=ann@x.example", ()))
        assert isinstance(body, Body)
        standin.fault("crossref", faults.redirect("/crossref/works/y?token=secret"), faults.status(418))
        assert net.get(Request(f"{base}/works/x?mailto=ann@x.example", ())) == Failure(
            f"{base}/works/x?mailto=...", "HTTP 418"
        )
        assert net.get(Request("https://u:p@other.example/?token=t", ())) == Failure(
            "https://other.example/?token=...",
            "https://other.example/?token=... is refused: it contains a user name",
        )


def test_after_a_run_was_left_nobody_is_asked(standin: Standin, time: Time) -> None:
    with Http("", None, addresses(standin), clock=time.clock, sleep=time.sleep) as net:
        assert isinstance(net.get(crossref(standin)), Body)
    assert net.get(crossref(standin)) == Failure(crossref(standin).url, "interrupted")
    assert len(standin.asked) == 1


def test_waits_between_attempts_grow_and_are_as_long_as_the_service_asks(
    net: Http, standin: Standin, time: Time
) -> None:
    standin.fault("crossref", faults.status(500), faults.status(500))
    assert isinstance(net.get(crossref(standin)), Body)
    assert time.slept == [1.0, 2.0]
    standin.fault("crossref", faults.status(503, "7"), faults.status(500))
    assert isinstance(net.get(crossref(standin)), Body)
    assert time.slept == [1.0, 2.0, 7.0, 2.0]
