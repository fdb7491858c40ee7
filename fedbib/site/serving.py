"""The edge where a folder of files is shown to a browser on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from fedbib.errors import BadSettings


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".bib": "application/x-bibtex",
        ".ris": "application/x-research-info-systems",
        ".js": "text/javascript",
        ".xml": "application/atom+xml",
    }

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: Any) -> None:  # noqa: ARG002 - the signature of http.server
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: requests are of no interest to who writes records."""


@contextmanager
def serving(folder: Path, host: str, port: int) -> Iterator[str]:
    """Serve the files of a folder until the end of the block; the address they are at. Port 0 takes any that is free.

    Raises BadSettings when the port cannot be had.
    """
    try:
        server = ThreadingHTTPServer((host, port), partial(_Handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadSettings(
            f"cannot be served on: {reason.lower()}", where=f"{host}:{port}", hint="take another one with --port"
        ) from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
