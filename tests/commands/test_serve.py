"""`serve`: the page over HTTP on this machine, rebuilt when a record changes."""

from __future__ import annotations

import itertools
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import ExitStack, suppress
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError

import pytest

from fedbib.errors import BadSettings
from fedbib.site import serving as site_serving
from fedbib.site.serving import CONNECTIONS, _Handler, serving
from tests.commands.conftest import Runner

RECORD = '[pin]\ntitle = "{}"\ntype = "article"\nauthor = ["Che, Tianshi"]\n'


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def until(url: str, wanted: str) -> str:
    for _ in range(200):
        if wanted in (text := get(url)):
            return text
        time.sleep(0.1)
    raise AssertionError(f"{wanted} is not at {url}")


def test_a_changed_record_is_on_the_page(run: Runner) -> None:
    run.put("entries/one.toml", RECORD.format("First Title"))
    command = [sys.executable, "-m", "fedbib", "-C", str(run.root), "serve", "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as server:
        try:
            assert server.stdout
            address = ""
            while not address:
                line = server.stdout.readline()
                assert line, "ended without serving"
                if found := re.search(r"serving (\S+)", line):
                    address = found[1]
            assert "First Title" in get(f"{address}index.html")
            run.put("entries/one.toml", RECORD.format("Second Title"))
            assert "First Title" not in until(f"{address}index.html", "Second Title")
            run.put("entries/one.toml", "not TOML")
            time.sleep(1)
            run.put("entries/two.toml", RECORD.format("Another Title"))
            until(f"{address}index.html", "Another Title")
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0


def test_only_files_of_the_folder_are_served(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    site = tmp_path / "site"
    (site / "works").mkdir(parents=True)
    (site / "index.html").write_text("front")
    with serving(site, "127.0.0.1", 0) as address:
        assert get(address) == "front"
        for path in ("../secret", "%2e%2e/secret", "works/", "missing"):
            with pytest.raises(HTTPError) as caught:
                get(address + path)
            assert caught.value.code == 404
            caught.value.close()
        with pytest.raises(BadSettings, match="cannot be served on"), serving(site, "127.0.0.1", int(address[17:-1])):
            pass


def test_a_port_that_is_taken_is_said_before_anything_is_built(run: Runner) -> None:
    run.put("entries/one.toml", RECORD.format("Title"))
    before = run.files()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert (result.code, "cannot be served on" in result.err) == (1, True)
    assert run.files() == before


def test_a_collection_without_a_page_has_nothing_to_serve(run: Runner) -> None:
    run.put("fedbib.toml", "site = false\n")
    result = run("serve")
    assert (result.code, "the collection has no page" in result.err) == (1, True)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "works").mkdir(parents=True)
    (site / "index.html").write_text("front")
    (site / "works" / "a b.html").write_text("work")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "index.html").write_text("secret")
    (site / "link.html").symlink_to(tmp_path / "secret")
    (site / "folder").symlink_to(tmp_path / "outside")
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("secret")
    os.mkfifo(site / "pipe")
    return site


def exchange(address: str, sent: bytes) -> bytes:
    """What the server answers to these bytes, until it closes."""
    host, port = address.removeprefix("http://").rstrip("/").rsplit(":", 1)
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(sent)
        parts = []
        with suppress(ConnectionResetError):
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)


def request(target: bytes, host: bytes = b"localhost", method: bytes = b"GET") -> bytes:
    return method + b" " + target + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n"


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


ODD = [
    *(b"/../secret", b"/%2e%2e/secret", b"/..%2fsecret", b"/works/..", b"/works/../index.html", b"/works", b"/works/"),
    *(b"/link.html", b"/folder/", b"/folder/index.html", b"/.git/config", b"/pipe", b"/index.html/", b"/index.html/x"),
    *(b"/%00", b"/index.html%00", b"/%", b"/%zz", b"/%ff%fe", b"/\xff", b"/%ed%a0%80", b"/C:/x", b"/a%5cb", b"/NUL"),
    *(
        b"*",
        b"x",
        b"http://[",
        b"http://localhost/",
        b"//localhost/index.html/",
        b"/%2f%2fetc/passwd",
        b"/" + b"a/" * 9000,
    ),
    *(b"/" + b"a" * 5000, b"/?" + b"x" * 5000 + b"\x1b", b"///////etc/passwd"),
]


def test_odd_paths_are_answered_without_a_traceback(page: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with serving(page, "127.0.0.1", 0) as address:
        for target in ODD:
            for method in (b"GET", b"HEAD", b"POST", b"PUT", b"FOO"):
                answer = exchange(address, request(target, method=method))
                expected = {200, 404} if target.startswith(b"/?") else {404, 414}
                assert status(answer) in (expected if method in (b"GET", b"HEAD") else {501, 414}), (method, target)
                assert b"secret" not in answer
        for junk in (
            b"\x16\x03\x01\x02\x00\x01",
            b"GET\r\n\r\n",
            b"\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET / HTTP/x\r\n\r\n",
        ):
            exchange(address, junk + b"\r\n\r\n")
        exchange(address, b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n")
        assert get(address) == "front"
        assert get(address + "works/a%20b.html?x#y") == "work"
    said = capfd.readouterr()
    assert said.out + said.err == ""


def test_head_gives_the_length_and_no_content(page: Path) -> None:
    with serving(page, "127.0.0.1", 0) as address:
        head, _, content = exchange(address, request(b"/", method=b"HEAD")).partition(b"\r\n\r\n")
    assert (status(head), content) == (200, b"")
    assert b"Content-Length: 5\r\n" in head
    assert b"Content-Type: text/html" in head


@pytest.mark.parametrize(
    ("bound", "host", "expected"),
    [
        ("127.0.0.1", b"localhost", 200),
        ("127.0.0.1", b"LocalHost:9", 200),
        ("127.0.0.1", b"127.0.0.1:8000", 200),
        ("127.0.0.1", b"[::1]:8000", 200),
        ("127.0.0.1", b"evil.example", 421),
        ("127.0.0.1", b"evil.example:8000", 421),
        ("127.0.0.1", b"localhost.evil.example", 421),
        ("127.0.0.1", b"127.0.0.1.evil.example", 421),
        ("127.0.0.1", b"192.168.1.7", 421),
        ("127.0.0.1", b"localhost@evil.example", 421),
        ("127.0.0.1", b"", 421),
        ("127.0.0.1", b"\xff", 421),
        ("127.0.0.1", b"localhost\r\nHost: localhost", 421),
        ("localhost", b"localhost:1", 200),
        ("0.0.0.0", b"192.168.1.7:8000", 200),
        ("0.0.0.0", b"[fe80::1]:8000", 200),
        ("0.0.0.0", b"evil.example", 421),
    ],
)
def test_only_who_names_this_machine_is_answered(page: Path, bound: str, host: bytes, expected: int) -> None:
    with serving(page, bound, 0) as address:
        answer = exchange(address.replace("0.0.0.0", "127.0.0.1"), request(b"/", host))
    assert status(answer) == expected
    assert (b"front" in answer) == (expected == 200)


def test_a_request_without_a_host_is_refused(page: Path) -> None:
    with serving(page, "127.0.0.1", 0) as address:
        assert status(exchange(address, b"GET / HTTP/1.0\r\n\r\n")) == 421


def test_a_connection_that_says_nothing_is_closed(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Handler, "timeout", 0.2)
    with serving(page, "127.0.0.1", 0) as address:
        assert exchange(address, b"GET / HT") == b""


def test_a_connection_that_drips_is_closed_in_the_end(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_serving, "DEADLINE", 0.5)
    with serving(page, "127.0.0.1", 0) as address, ExitStack() as open_:
        place, started = ("127.0.0.1", int(address[17:-1])), time.monotonic()
        connection = open_.enter_context(socket.create_connection(place, timeout=0.05))
        for char in itertools.cycle(b"GET / HTTP/1.1\r\na: b\r\n"):
            with suppress(OSError):
                connection.send(bytes([char]))
            try:
                if not connection.recv(1):
                    break
            except TimeoutError:
                assert time.monotonic() < started + 15
            except OSError:
                break


def test_connections_are_bounded(page: Path) -> None:
    with serving(page, "127.0.0.1", 0) as address, ExitStack() as open_:
        before, place = threading.active_count(), ("127.0.0.1", int(address[17:-1]))
        waiting = [open_.enter_context(socket.create_connection(place, timeout=20)) for _ in range(CONNECTIONS + 8)]
        refused = waiting[-1]
        refused.settimeout(20)
        with suppress(ConnectionResetError):
            assert refused.recv(1) == b""
        assert threading.active_count() - before <= 2 * CONNECTIONS
        for connection in waiting:
            connection.close()
        for _ in range(100):
            with suppress(OSError, HTTPException):
                if get(address) == "front":
                    break
            time.sleep(0.1)
        else:
            raise AssertionError("the server does not answer again")


def test_other_sites_cannot_take_the_files_in(page: Path) -> None:
    with serving(page, "127.0.0.1", 0) as address:
        assert b"Cross-Origin-Resource-Policy: same-origin" in exchange(address, request(b"/"))
