"""The server: answers like the services, notes what it was asked, and misbehaves when told to."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

from tests.standin.wire import POSTED, SERVICES, Answer, Paper

PAPERS = Path(__file__).with_name("papers.json")

SOURCES = {
    "arxiv": {"api": "/arxiv/api"},
    "acl": {"site": "/anthology", "data": "/anthology-data"},
    "crossref": {"api": "/crossref"},
    "datacite": {"api": "/datacite"},
    "doi_org": {"ra": "/doi/ra", "handles": "/doi/api/handles"},
    "dblp": {"sparql": "/dblp/endpoint"},
    "openreview": {"v2": "/openreview/v2", "v1": "/openreview/v1"},
    "pmlr": {"site": "/pmlr"},
    "openalex": {"api": "/openalex"},
    "semantic_scholar": {"api": "/s2", "recommendations": "/s2-recommendations"},
}

Fault = Callable[["Handler", Answer], None]
"""Sends something else than the right answer."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Standin | Door

    @property
    def standin(self) -> Standin:
        return self.server.standin

    def do_GET(self) -> None:
        self._serve("")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def _serve(self, posted: str) -> None:
        self.standin.asked.append(self.path)
        self.standin.headers.append(dict(self.headers))
        self.standin.posted.append(posted)
        path, _, query = self.path.partition("?")
        known: Iterable[str] = POSTED if posted else SERVICES
        prefix = max((start for start in known if f"{path}/".startswith(f"{start}/")), key=len, default="")
        if not prefix:
            self.reply(Answer(404, "text/plain", b"not found"))
            return
        papers, rest = self.standin.papers, path.removeprefix(prefix)
        answer = POSTED[prefix](papers, rest, posted) if posted else SERVICES[prefix](papers, rest, query)
        fault = self.standin.next_fault(prefix)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            (fault or Handler.reply)(self, answer)

    def reply(self, answer: Answer, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, format: str, *args: object) -> None:
        if self.standin.loud:
            super().log_message(format, *args)


class Door(ThreadingHTTPServer):
    """A port of its own for one source: to who asks, a host of its own."""

    daemon_threads = True

    def __init__(self, standin: Standin) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.standin = standin


class Standin(ThreadingHTTPServer):
    """A server on a free port of this machine; a context manager that serves until it is left."""

    daemon_threads = True

    def __init__(self, port: int = 0, *, loud: bool = False, papers: Sequence[Paper] | None = None) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.papers: list[Paper] = list(papers if papers is not None else json.loads(PAPERS.read_text("utf-8")))
        self.loud = loud
        self.asked: list[str] = []
        """The paths with their queries, in the order they came."""
        self.headers: list[dict[str, str]] = []
        self.posted: list[str] = []
        """What was sent with each request; empty for a GET."""
        self._faults: dict[str, list[Fault]] = {}
        self._always: dict[str, Fault] = {}
        self._lock = threading.Lock()
        self.standin = self
        self._doors = {name: Door(self) for name in SOURCES}

    def __enter__(self) -> Standin:
        for server in (self, *self._doors.values()):
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in (self, *self._doors.values()):
            server.shutdown()
            server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def bases(self) -> dict[str, dict[str, str]]:
        """What `[sources.*]` must say so that fedbib asks here."""
        doors = {name: f"http://127.0.0.1:{door.server_address[1]}" for name, door in self._doors.items()}
        return {name: {base: doors[name] + path for base, path in bases.items()} for name, bases in SOURCES.items()}

    def fault(self, source: str, *faults: Fault, always: bool = False) -> None:
        """Misbehave for a source's next requests, one fault each, or for all of them."""
        for path in SOURCES[source].values():
            if always:
                self._always[path] = faults[0]
            else:
                self._faults.setdefault(path, []).extend(faults)

    def next_fault(self, prefix: str) -> Fault | None:
        with self._lock:
            waiting = self._faults.get(prefix)
            return waiting.pop(0) if waiting else self._always.get(prefix)


# Faults ---------------------------------------------------------------------------------------------------------------


def status(code: int, retry_after: str | None = None, text: str = "no") -> Fault:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return lambda handler, _: handler.reply(Answer(code, "text/plain", text.encode()), headers)


def reset(handler: Handler, _: Answer) -> None:
    """Closes with a reset instead of an answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def cut(handler: Handler, answer: Answer) -> None:
    """Half of the body that was promised."""
    handler.send_response(answer.status)
    handler.send_header("Content-Type", answer.media_type)
    handler.send_header("Content-Length", str(len(answer.content)))
    handler.end_headers()
    handler.wfile.write(answer.content[: len(answer.content) // 2])
    handler.close_connection = True


def endless(handler: Handler, answer: Answer) -> None:
    """A body without an end."""
    handler.send_response(200)
    handler.send_header("Content-Type", answer.media_type)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65536)


def packed(content: bytes) -> Fault:
    """A body said to be gzip."""

    def send(handler: Handler, answer: Answer) -> None:
        handler.reply(Answer(200, answer.media_type, content), {"Content-Encoding": "gzip"})

    return send


def drip(handler: Handler, answer: Answer) -> None:
    """A byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Type", answer.media_type)
    handler.end_headers()
    for byte in answer.content * 1000:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.01)


def page(handler: Handler, _: Answer) -> None:
    """A login page with status 200."""
    handler.reply(Answer(200, "text/html", b"<!DOCTYPE html><title>Please log in</title>"))


def body(content: bytes, media_type: str | None = None) -> Fault:
    """Another body than the right one."""
    return lambda handler, answer: handler.reply(Answer(200, media_type or answer.media_type, content))


def redirect(target: str) -> Fault:
    return lambda handler, _: handler.reply(Answer(302, "text/plain", b""), {"Location": target})


FAULTS: Mapping[str, Fault] = {
    "429": status(429, "2"),
    "503": status(503, "1"),
    "500": status(500),
    "403": status(403),
    "reset": reset,
    "cut": cut,
    "endless": endless,
    "drip": drip,
    "page": page,
    "garbage": body(b"\x00\xff garbage"),
    "redirect": redirect("http://169.254.169.254/latest/meta-data/"),
}
"""By the name they have on the command line."""
