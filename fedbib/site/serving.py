"""The edge where a folder of files is shown to a browser on this machine, and to nobody who only says so."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from fedbib.disk import files, inside
from fedbib.errors import BadFile, BadSettings

SILENCE = 10.0
"""Seconds a connection may say or take nothing."""
DEADLINE = 60.0
"""Seconds a connection may last in all."""
CONNECTIONS = 32
"""How many may be open at a time; a browser opens six."""

_LIMIT = 2_000_000_000


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: Any) -> None:
        self._free = threading.BoundedSemaphore(CONNECTIONS)
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        timer = threading.Timer(DEADLINE, self._end, (request,))
        timer.daemon = True
        timer.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            timer.cancel()
            self._free.release()

    @staticmethod
    def _end(request: socket.socket) -> None:
        with suppress(OSError):
            request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: what ends here is a client that left."""


class _Handler(SimpleHTTPRequestHandler):
    timeout = SILENCE
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".bib": "application/x-bibtex",
        ".ris": "application/x-research-info-systems",
        ".js": "text/javascript",
        ".xml": "application/atom+xml",
    }

    def __init__(self, *args: Any, hosts: frozenset[str], **options: Any) -> None:
        self._hosts = hosts
        super().__init__(*args, **options)

    def send_head(self) -> BytesIO | None:
        """The file that is asked for, when the browser believes to talk to this machine."""
        if not self._is_meant():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        try:
            path = inside.resolve(Path(self.directory), asked(self.path))
            content = files.read(path, limit=_LIMIT)
        except BadFile:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def _is_meant(self) -> bool:
        """Whether the request names this server: a page elsewhere can give its own name any address (DNS rebinding)."""
        named = self.headers.get_all("Host") or []
        host = re.sub(r":[0-9]*\Z", "", named[0]).lower().rstrip(".") if len(named) == 1 else ""
        return host in self._hosts or (_ANY in self._hosts and is_address(host))

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: requests are of no interest to who writes records."""


_ANY = "*"


def hosts(host: str) -> frozenset[str]:
    """The names under which a server on `host` may be asked; "*" for every address of a machine that all may see."""
    shown = f"[{host}]" if ":" in host else host
    names = {shown.lower(), "localhost", "127.0.0.1", "[::1]"}
    if host in ("", "0.0.0.0", "::"):
        names |= {_ANY, socket.gethostname().lower()}
    return frozenset(names - {""})


def is_address(host: str) -> bool:
    """Whether a host is written as a number, which no other site can have as its name."""
    try:
        ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def asked(target: str) -> str:
    """The path below the folder that a request asks for; raises BadFile for what is none."""
    try:
        path = unquote_to_bytes(urlsplit(target).path).decode("utf-8") if target.startswith("/") else ""
    except ValueError as error:
        raise BadFile("is not a path", where=ascii(target)) from error
    return path.removeprefix("/") + ("index.html" if path.endswith("/") else "")


@contextmanager
def serving(folder: Path, host: str, port: int) -> Iterator[str]:
    """Serve the files of a folder until the end of the block; the address they are at. Port 0 takes any that is free.

    Raises BadSettings when the port cannot be had.
    """
    try:
        server = _Server((host, port), partial(_Handler, directory=str(folder), hosts=hosts(host)))
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadSettings(
            f"cannot be served on: {reason.lower()}", where=f"{host}:{port}", hint="choose another with --port"
        ) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
