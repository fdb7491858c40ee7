"""Answers kept on disk, with their checksum, to be asked for again by their validator."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import requests
import requests_cache
from requests.structures import CaseInsensitiveDict
from requests_cache.backends.sqlite import SQLiteCache
from requests_cache.models.request import CachedRequest
from requests_cache.models.response import CachedResponse

from fedbib.disk.cache import cache_folder, private
from fedbib.errors import BadFile

_LARGEST = 1 << 30
_SEAL = b"fedbib 1\n"


def default_cache() -> Path:
    """The cache file of this user."""
    return cache_folder() / "http.sqlite"


def cached_session(path: Path) -> requests.Session | None:
    """A session that keeps answers in a file; None where that cannot be. A file that is no cache is thrown away."""
    for _ in range(2):
        try:
            if private(path).stat().st_size > _LARGEST:
                path.unlink()
                private(path)
            return _session(path)
        except (sqlite3.OperationalError, OSError, BadFile):
            return None  # locked, read-only or no room: the file itself may be good
        except sqlite3.Error:
            with contextlib.suppress(OSError):
                path.unlink()
    return None


class _Database(sqlite3.Connection):
    """requests-cache waits for ever for a write lock; on a read-only file that never comes."""

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        try:
            return super().execute(sql, *args)
        except sqlite3.OperationalError as error:
            if sql.startswith("BEGIN"):
                raise sqlite3.DatabaseError(str(error)) from error
            raise


def _session(path: Path) -> requests.Session:
    sealed = requests_cache.Stage(dumps=_sealed, loads=_unsealed)
    backend = SQLiteCache(path, serializer=sealed, factory=_Database)
    return requests_cache.CachedSession(
        backend=backend,
        expire_after=requests_cache.EXPIRE_IMMEDIATELY,
        always_revalidate=True,  # a refresh asks; what has no validator is not kept
        allowable_codes=(200,),
        ignored_parameters=(),
        key_fn=_key,
    )


def _key(request: Any, expects: tuple[str, ...] = (), **_: Any) -> str:
    """One per URL, media type asked for and media types that will do, each as written."""
    asked = "\n".join((request.url or "", request.headers.get("Accept", ""), *expects))
    return hashlib.sha256(asked.encode()).hexdigest()


def _sealed(answer: CachedResponse) -> bytes:
    """An answer as bytes with their checksum; nothing of the request but its URL."""
    head = {
        "url": answer.url,
        "status": answer.status_code,
        "headers": dict(answer.headers),
        "created": answer.created_at.isoformat(),
        "expires": answer.expires.isoformat() if answer.expires else None,
    }
    text = json.dumps(head).encode() + b"\n" + (answer.content or b"")
    return hashlib.sha256(_SEAL + text).hexdigest().encode() + b"\n" + text


def _unsealed(stored: object) -> CachedResponse | None:
    """The answer; None, which is no answer, for bytes that are not as they were written."""
    if not isinstance(stored, bytes):
        return None
    checksum, _, text = stored.partition(b"\n")
    if checksum != hashlib.sha256(_SEAL + text).hexdigest().encode():
        return None
    line, _, content = text.partition(b"\n")
    head = json.loads(line)
    return CachedResponse(
        content=content,
        status_code=head["status"],
        url=head["url"],
        headers=CaseInsensitiveDict(head["headers"]),
        request=CachedRequest(method="GET", url=head["url"]),
        created_at=datetime.fromisoformat(head["created"]),
        expires=datetime.fromisoformat(head["expires"]) if head["expires"] else None,
    )
