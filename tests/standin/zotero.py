"""A stand-in for Zotero's Web API 3: what `fedbib zotero` uses of it, with its refusals."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "secret"
_ALL = {"title", "date", "url", "extra", "language", "abstractNote", "rights"}
FIELDS = {
    "conferencePaper": _ALL
    | {*("proceedingsTitle", "conferenceName", "publisher", "place", "volume", "pages", "series", "DOI", "ISBN")},
    "journalArticle": _ALL | {"publicationTitle", "volume", "issue", "pages", "series", "DOI", "ISSN"},
    "preprint": _ALL | {"repository", "archiveID", "DOI"},
    "thesis": _ALL | {"university", "place"},
}
"""The fields of some types, of https://github.com/zotero/zotero-schema."""
_META = {"key", "version", "itemType", "creators", "tags", "collections"}


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.items: dict[str, dict[str, Any]] = {}
        self.version = 0
        self.writes = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def write(self, data: dict[str, Any]) -> str:
        """Write one item with the semantics of PATCH; the reason why not, or ""."""
        before = self.items.get(data["key"], {"version": 0})
        if data.get("version") != before["version"]:
            return f"Item has been modified since specified version (expected {data.get('version')})"
        after = {"tags": [], "collections": [], **before, **data}
        known = FIELDS[after["itemType"]] | _META
        if strange := sorted(set(data) - known):
            return f"'{strange[0]}' is not a valid field for type '{after['itemType']}'"
        self.version += 1
        kept = {name: value for name, value in after.items() if name in known}
        self.items[data["key"]] = {**kept, "version": self.version}
        return ""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/itemTypeFields":
            self._reply([{"field": name, "localized": name} for name in sorted(FIELDS[query["itemType"]])])
        elif url.path.endswith("/items/top") and self._may():
            start, limit = int(query["start"]), int(query["limit"])
            items = list(self.server.items.values())[start : start + limit]
            self._reply([{"key": data["key"], "version": data["version"], "data": data} for data in items])

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._may():
            return
        self.server.writes += 1
        answer: dict[str, dict[str, Any]] = {"successful": {}, "unchanged": {}, "failed": {}}
        for place, data in enumerate(sent):
            why = self.server.write(data) if len(sent) <= 50 else "too many"
            answer["failed" if why else "successful"][str(place)] = {"code": 400, "message": why} if why else data
        self._reply(answer)

    def _may(self) -> bool:
        if self.headers.get("Zotero-API-Key") == KEY:
            return True
        self._reply({"message": "Forbidden"}, 403)
        return False

    def _reply(self, data: object, status: int = 200) -> None:
        content = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def zotero() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
