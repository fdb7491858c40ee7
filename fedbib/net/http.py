"""The network edge: GET and POST to known services only, politely and within limits. Nothing else imports requests.

What goes wrong is a `Failure`, a value. Every limit is named in its reason.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import re
import socket
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from io import BytesIO
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import requests
import requests_cache
import urllib3
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from requests_cache.backends.sqlite import SQLiteCache
from requests_cache.models.request import CachedRequest
from requests_cache.models.response import CachedResponse
from urllib3.connection import HTTPConnection, HTTPSConnection

from fedbib import __version__
from fedbib.disk.files import cache_folder
from fedbib.net.messages import Body, Failure, Request

ATTEMPTS = 3
"""How often a request is sent before it is given up."""
DEADLINE = 120.0
"""Seconds one attempt may take in all, however steadily its bytes drip in."""
LIMIT = 32_000_000
"""Bytes a body may have, unpacked. The largest real ones, Anthology collections as XML, have 5 million."""
LONGEST_WAIT = 60.0
"""Seconds a service may ask to wait; one that asks for more is left for a later run."""
REDIRECTS = 5

PACE = {
    "export.arxiv.org": 3.0,  # https://info.arxiv.org/help/api/tou.html: one request every three seconds
    "api.crossref.org": 0.2,  # 5 a second for everybody; its headers may ask for less
    "api.datacite.org": 0.6,  # 500 in five minutes
    "doi.org": 0.2,
    "dblp.org": 1.5,  # https://dblp.org/faq: one or two seconds
    "api.semanticscholar.org": 1.0,  # one a second with a key; without one, a pool that all share
    "api2.openreview.net": 1.0,  # not published
    "api.openreview.net": 1.0,
}
"""Least seconds between the starts of two requests, by host. No host is ever asked two things at a time."""

_PACE = 0.1
_TIMEOUT = (10.0, 20.0)
_GIVE_UP_AFTER = 3
"""Requests in a row that failed for good, after which a host is left alone."""
_LARGEST_CACHE = 1 << 30
_KEPT = (
    "content-type",
    "etag",
    "last-modified",
    "location",
    "retry-after",
    "date",
    "x-rate-limit-limit",
    "x-rate-limit-interval",
)
_REDIRECTED = frozenset({301, 302, 303, 307, 308})
_REFUSED = frozenset({401, 403, 451})
_ANSWERED = frozenset({200, 400, 404, 410})
_RETRIED = frozenset({408, 425, 429})
_WEB_PAGE = frozenset({"text/html", "application/xhtml+xml"})
_PIECE = 65536


def pace(host: str) -> float:
    """Least seconds between two requests to a host, with or without its port; none on this machine or network."""
    name = host.partition(":")[0]
    return PACE.get(host, PACE.get(name, 0.0 if _is_here(name) else _PACE))


def default_cache() -> Path:
    """The cache file of this user."""
    return cache_folder() / "http.sqlite"


class _Failed(Exception):
    """An attempt that gave no answer; the text is the reason."""

    def __init__(self, reason: str, *, again: bool = True, offline: bool = False) -> None:
        super().__init__(reason)
        self.again = again
        self.offline = offline


class _Left(Exception):
    """A host that is not asked any more, or an `Http` that was left."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


@dataclass(slots=True)
class _Host:
    """What all threads know of a host."""

    pace: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    """Held while it is asked."""
    free_at: float = 0.0
    """When it may be asked next, by the clock."""
    failed: int = 0
    closed: Failure | None = None


class Http:
    """Sends requests to the services at the `allowed` base URLs, from any number of threads; a context manager.

    `contact` is sent in the User-Agent and goes nowhere else. Good answers that have a validator are kept in the file
    `cache` and asked for again with it; a cache that cannot be used is done without. `clock` and `sleep` count seconds,
    `now` gives seconds since 1970, `jitter` a number from 0 to 1.
    """

    def __init__(
        self,
        contact: str,
        cache: Path | None,
        allowed: Iterable[str],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        now: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._agent = _agent(contact)
        self._allowed = _with_siblings(_origin(url) for url in allowed)
        self._clock = clock
        self._left = threading.Event()
        self._sleep = sleep or self._left.wait
        self._now = now
        self._jitter = jitter
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}
        self._watching: set[_Watchdog] = set()
        self._session = self._opened(cache)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        for watchdog in tuple(self._watching):  # nobody waits for an answer that nobody wants
            watchdog.bite()
        if kind is None:  # interrupted, other threads may still be using the cache; the system closes it
            with contextlib.suppress(sqlite3.Error):
                self._session.close()

    def get(self, request: Request) -> Body | Failure:
        """The answer with status 200, 400, 404 or 410; a Failure for everything else."""
        url = request.url
        for _ in range(REDIRECTS + 1):
            refused = self._forbidden(url)
            if refused:
                return Failure(_shown(request.url), f"{_shown(url)} is refused: {refused}")
            answer = self._asked(url, request)
            if isinstance(answer, Failure):
                return replace(answer, url=_shown(request.url))
            if answer.status_code not in _REDIRECTED:
                return Body(answer.status_code, answer.content, _media_type(answer))
            if request.body:
                return Failure(_shown(request.url), "a redirect is refused: it would send the question elsewhere")
            url, before = urljoin(url, answer.headers["location"]), url
            if before.startswith("https:") and url.startswith("http:"):
                return Failure(_shown(request.url), f"{_shown(url)} is refused: a redirect from https to http")
        return Failure(_shown(request.url), f"more than {REDIRECTS} redirects")

    def _forbidden(self, url: str) -> str:
        """Why a URL must not be asked, or ""."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
            known = _origin(url) in self._allowed
        except ValueError:
            return "not a URL"
        if re.search(r"[\x00-\x20\x7f\\]", url):  # read as different hosts by different readers
            return "not a URL"
        if parts.scheme not in ("http", "https"):
            return "neither http nor https"
        if "@" in parts.netloc:
            return "it carries a user name"
        if known:
            return ""
        return "an address on this machine or network" if _is_here(host) else "not one of the known services"

    def _asked(self, url: str, request: Request) -> requests.Response | Failure:
        """The answer of one URL, after as many attempts as it takes."""
        host = self._host(url)
        name = urlsplit(url).hostname
        failed = _Failed("not asked")
        for attempt in range(ATTEMPTS):
            back_off = 2.0**attempt * (0.5 + self._jitter())
            try:
                answer = self._sent(url, request)
            except _Left as left:
                return left.failure
            except _Failed as error:
                failed = error
                if not error.again:
                    break
                self._hold(host, back_off)
                continue
            code = answer.status_code
            if code in _ANSWERED or (code in _REDIRECTED and "location" in answer.headers):
                host.failed = 0
                return answer
            if code in _REFUSED:
                host.closed = Failure(url, f"HTTP {code}, so {name} is not asked again in this run")
                return host.closed
            if code not in _RETRIED and code < 500:
                return Failure(url, f"HTTP {code}")
            wait = _retry_after(answer.headers, self._now()) if code in (429, 503) else None
            if wait is not None and wait > LONGEST_WAIT:
                reason = f"HTTP {code}: {name} asks to wait more than {LONGEST_WAIT:.0f} seconds; left for a later run"
                host.closed = Failure(url, reason, deferred=True)
                return host.closed
            failed = _Failed(f"HTTP {code}")
            self._hold(host, back_off if wait is None else wait)
        return self._given_up(failed, host, url)

    def _given_up(self, failed: _Failed, host: _Host, url: str) -> Failure:
        deferred = str(failed) == "HTTP 429"
        failure = Failure(url, str(failed), deferred=deferred, offline=failed.offline)
        host.failed += 1
        if failed.offline or deferred or host.failed >= _GIVE_UP_AFTER:
            host.closed = failure
        return failure

    def _hold(self, host: _Host, seconds: float) -> None:
        host.free_at = max(host.free_at, self._clock() + seconds)

    def _host(self, url: str) -> _Host:
        parts = urlsplit(url)
        place = parts.netloc.lower()
        with self._lock:
            if place not in self._hosts:
                self._hosts[place] = _Host(pace(place))
            return self._hosts[place]

    @contextlib.contextmanager
    def _turn(self, url: str) -> Iterator[_Host]:
        """The host, once it may be asked and by nobody else meanwhile; raises _Left when it is to be left alone."""
        host = self._host(url)
        with host.lock:
            while not host.closed and not self._left.is_set() and (wait := host.free_at - self._clock()) > 0:
                self._sleep(wait)
            if self._left.is_set():
                raise _Left(Failure(url, "interrupted"))
            if host.closed:
                raise _Left(host.closed)
            started = self._clock()
            try:
                yield host
            finally:
                host.free_at = max(host.free_at, started + host.pace)

    def _sent(self, url: str, request: Request) -> requests.Response:
        """One attempt, or what the cache has. Raises _Failed or _Left."""
        session = self._session
        try:
            method, data = ("POST", request.body.encode()) if request.body else ("GET", None)
            headers = {"Accept": request.accept} | ({"Content-Type": "application/json"} if data else {})
            prepared = session.prepare_request(requests.Request(method, url, headers=headers, data=data))
            # Never to where a redirect leads.
            secret = request.secret if _origin(url) == _origin(request.url) else None
            return session.send(prepared, allow_redirects=False, expects=request.expects, secret=secret)
        except sqlite3.Error:
            with self._lock:
                if self._session is session:
                    self._session = self._plain()
            return self._sent(url, request)
        except requests.RequestException as error:
            raise _Failed("not a URL that can be asked", again=False) from error

    def _opened(self, cache: Path | None) -> requests.Session:
        """A session with the cache, or without one where it cannot be used. A file that is no cache is thrown away."""
        for _ in range(2 if cache else 0):
            assert cache
            try:
                cache.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                if cache.exists() and cache.stat().st_size > _LARGEST_CACHE:
                    cache.unlink()
                return self._equipped(_cached_session(cache))
            except (sqlite3.OperationalError, OSError):
                break  # locked, read-only or no room: the file itself may be good
            except sqlite3.Error:
                with contextlib.suppress(OSError):
                    cache.unlink()
        return self._plain()

    def _plain(self) -> requests.Session:
        return self._equipped(requests.Session())

    def _equipped(self, session: requests.Session) -> requests.Session:
        """The session, sending neither cookies nor what the environment holds, through the adapter alone."""
        session.trust_env = False
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.adapters.clear()
        adapter = _Adapter(self._agent, self._forbidden, self._turn, self._watching)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        return session


class _Watchdog:
    """Cuts the connection of an attempt that takes too long, whatever it waits for."""

    def __init__(self, seconds: float, pack: set[_Watchdog]) -> None:
        self._pack = pack
        self.bitten = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self.bite)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        self._pack.add(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._pack.discard(self)

    def guard(self, connection: Any) -> None:
        self._socket = connection if isinstance(connection, socket.socket) else None
        if self.bitten:
            self.bite()

    def bite(self) -> None:
        self.bitten = True
        if self._socket:
            with contextlib.suppress(OSError):
                # Not SSLSocket's own, which takes the TLS layer away under the reading thread.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


_current = threading.local()
"""The watchdog of the attempt that this thread makes."""


class _Connection(HTTPConnection):
    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]
        _current.watchdog.guard(self.sock)
        return super().getresponse()


class _SecureConnection(HTTPSConnection):
    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]
        _current.watchdog.guard(self.sock)
        return super().getresponse()


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    """Sends in turn, reads whole bodies within the limits, and hands on only answers that a cache may keep."""

    def __init__(
        self,
        agent: str,
        forbidden: Callable[[str], str],
        turn: Callable[[str], contextlib.AbstractContextManager[_Host]],
        watching: set[_Watchdog],
    ) -> None:
        self._agent = agent
        self._forbidden = forbidden
        self._turn = turn
        self._watching = watching
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def send(
        self,
        request: requests.PreparedRequest,
        *_: Any,
        expects: tuple[str, ...] = (),
        secret: tuple[str, str] | None = None,
        **__: Any,
    ) -> requests.Response:
        url = request.url or ""
        refused = self._forbidden(url)  # of what requests made of it
        if refused:
            raise _Failed(f"{_shown(url)} is refused: {refused}", again=False)
        with self._turn(url) as host:
            answer = self._exchanged(request, _revealed(secret))
            host.pace = max(host.pace, _stated_pace(answer))
        kind = _media_type(answer)
        if answer.status_code == 200 and expects and kind not in expects:
            raise _Failed(f"the answer is {_shown(kind) or 'of no media type'}, not {' or '.join(expects)}")
        if answer.status_code == 200 and not expects and kind in _WEB_PAGE:
            raise _Failed("the answer is a web page")
        return answer

    def _exchanged(self, request: requests.PreparedRequest, secret: Mapping[str, str]) -> requests.Response:
        # The contact and the secret are in the copy that is sent; the cache sees the request without them.
        sent = request.copy()
        sent.headers.update({"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate", **secret})
        with _Watchdog(DEADLINE, self._watching) as watchdog:
            _current.watchdog = watchdog
            answer = None
            try:
                answer = super().send(sent, stream=True, timeout=_TIMEOUT)
                content = _content(answer)
            except (_Failed, OSError, HTTPException, urllib3.exceptions.HTTPError, ValueError) as error:
                if answer is not None:
                    answer.raw.close()
                if watchdog.bitten:
                    raise _Failed(f"the answer took more than {DEADLINE:g} seconds") from error
                raise (error if isinstance(error, _Failed) else _reason(error)) from error
            except BaseException:
                if answer is not None:
                    answer.raw.close()
                raise
            if watchdog.bitten:
                answer.raw.close()
                raise _Failed(f"the answer took more than {DEADLINE:g} seconds")
            answer.raw.release_conn()
        headers = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
        raw = urllib3.HTTPResponse(
            BytesIO(content), headers, answer.status_code, preload_content=False, request_url=request.url
        )
        whole = self.build_response(request, raw)
        whole._content = content
        return whole


def _content(answer: requests.Response) -> bytes:
    """The body, unpacked here so that its size is known before it is there. Raises _Failed."""
    coding = answer.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise _Failed("the answer is packed in an unknown way")
    unpack = _Unpacker() if coding in ("gzip", "x-gzip", "deflate") and answer.status_code != 304 else None
    pieces: list[bytes] = []
    received = size = 0
    while piece := answer.raw.read(_PIECE, decode_content=False):
        received += len(piece)
        for part in unpack.fed(piece) if unpack else (piece,):
            size += len(part)
            if size > LIMIT:
                raise _Failed(f"the answer is larger than {LIMIT:,} bytes", again=False)
            pieces.append(part)
    length = answer.headers.get("content-length", "").strip()
    if (
        answer.status_code != 304
        and length.isascii()
        and length.isdigit()
        and length.lstrip("0") != str(received).lstrip("0")
    ):
        raise _Failed("the answer was cut short")
    if unpack and received and not unpack.ended:
        raise _Failed("the answer was cut short")
    return b"".join(pieces)


class _Unpacker:
    """Unpacks gzip and zlib in small parts. Raises _Failed for what is neither."""

    def __init__(self) -> None:
        self._unpack = zlib.decompressobj(wbits=47)  # 32 + 15: either header

    @property
    def ended(self) -> bool:
        return self._unpack.eof

    def fed(self, piece: bytes) -> Iterator[bytes]:
        while piece and not self._unpack.eof:
            try:
                part = self._unpack.decompress(piece, _PIECE)
            except zlib.error as error:
                raise _Failed("the answer is not packed as it says") from error
            piece = self._unpack.unconsumed_tail
            yield part
        # What follows the end is padding, or another gzip member.
        rest = self._unpack.unused_data or piece
        if self._unpack.eof and rest.startswith(b"\x1f\x8b"):
            self._unpack = zlib.decompressobj(wbits=47)
            yield from self.fed(rest)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what lies behind it."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]


def _reason(error: BaseException) -> _Failed:
    """What went wrong on the way, in words that hold nothing the error's own text may."""
    causes = tuple(_causes(error))

    def any_is(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if any_is(requests.exceptions.SSLError):
        return _Failed("the service's certificate is not accepted", again=False)
    if any_is(urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError, socket.gaierror):
        return _Failed("no connection", offline=True)
    if any_is(TimeoutError, urllib3.exceptions.ReadTimeoutError):
        return _Failed(f"no answer within {_TIMEOUT[1]:g} seconds")
    if any_is(urllib3.exceptions.IncompleteRead, HTTPException) and not any_is(ConnectionError):
        return _Failed("the answer was cut short")
    return _Failed("no connection")


def _agent(contact: str) -> str:
    text = re.sub(r"[^ -~]|[()]", "", contact).strip()
    return f"fedbib/{__version__} ({text})" if text else f"fedbib/{__version__}"


def _revealed(secret: tuple[str, str] | None) -> dict[str, str]:
    """The header with its value from the environment, where that is set. Raises _Failed for what no header may hold."""
    header, variable = secret or ("", "")
    value = os.environ.get(variable, "").strip() if variable else ""
    if re.search(r"[^!-~]", value):
        raise _Failed(f"{variable} holds characters that no key has", again=False)
    return {header: value} if value else {}


def _media_type(answer: requests.Response) -> str:
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port. Raises ValueError for what is no URL."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").rstrip("."), parts.port or (443 if parts.scheme == "https" else 80)


def _with_siblings(origins: Iterable[tuple[str, str, int]]) -> set[tuple[str, str, int]]:
    """The origins, each with and without "www.": sites redirect from one to the other."""
    known = set(origins)
    named = {(scheme, host, port) for scheme, host, port in known if not _is_here(host)}
    return known | {(s, h.removeprefix("www.") if h.startswith("www.") else f"www.{h}", p) for s, h, p in named}


def _is_here(host: str) -> bool:
    """Whether a host is this machine or in a network that is not public."""
    try:
        return not ip_address(host.partition("%")[0]).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host


def _shown(url: str) -> str:
    """A URL as a message may show it: without user and password, query or control characters, and not endless."""
    text = re.sub(r"^([a-zA-Z][a-zA-Z0-9+.-]*://)?[^/?#]*@", r"\1", url)
    text = re.sub(r"[^!-~]", "", text)
    text = re.sub(r"((?:mailto|api_key|token)=)[^&#]*", r"\1...", text)
    return text if len(text) <= 200 else text[:200] + "..."


def _retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds a service asks to wait (RFC 9110 10.2.3); None when it does not say, or nothing that makes sense."""
    text = headers.get("retry-after", "").strip()
    if re.fullmatch("[0-9]+", text):
        return float(text[:18]) or None
    when = _http_date(text)
    return when - now if when is not None and when > now else None


def _http_date(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _stated_pace(answer: requests.Response) -> float:
    """Seconds between requests by Crossref's `x-rate-limit-limit: 5` and `x-rate-limit-interval: 1s`; 0 if not said."""
    limit = re.fullmatch("[0-9]{1,6}", answer.headers.get("x-rate-limit-limit", ""))
    interval = re.fullmatch("([0-9]{1,4})s?", answer.headers.get("x-rate-limit-interval", ""))
    if not limit or not interval or not int(limit[0]):
        return 0.0
    return min(int(interval[1]) / int(limit[0]), LONGEST_WAIT)


# The cache ------------------------------------------------------------------------------------------------------------


class _Database(sqlite3.Connection):
    """requests-cache waits for ever for a write lock; on a read-only file that never comes."""

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        try:
            return super().execute(sql, *args)
        except sqlite3.OperationalError as error:
            if sql.startswith("BEGIN"):
                raise sqlite3.DatabaseError(str(error)) from error
            raise


def _cached_session(path: Path) -> requests.Session:
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


_SEAL = b"fedbib 1\n"


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
