"""The network edge: GET and POST to known services only, politely and within limits.

What goes wrong is a `Failure`, a value. Every limit is named in its reason.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import requests

from fedbib import __version__
from fedbib.net import retry
from fedbib.net.adapter import Adapter
from fedbib.net.body import media_type
from fedbib.net.cache import cached_session
from fedbib.net.deadline import Watchdog
from fedbib.net.failed import Failed
from fedbib.net.messages import Body, Failure, Login, Request
from fedbib.net.origin import forbidden, origin, shown, with_siblings
from fedbib.net.pace import Hosts, Left

REDIRECTS = 5


class Http:
    """Sends requests to the services at the `allowed` base URLs, from any number of threads; a context manager.

    `allowed` has the pace of each: the least seconds between the starts of two requests there. `contact` is sent in the
    User-Agent and goes nowhere else. Good answers that have a validator are kept in the file `cache` and asked for
    again with it; a cache that cannot be used is done without. `clock` and `sleep` count seconds, `now` gives seconds
    since 1970, `jitter` a number from 0 to 1.
    """

    def __init__(
        self,
        contact: str,
        cache: Path | None,
        allowed: Mapping[str, float],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        now: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._agent = _agent(contact)
        self._allowed = with_siblings(allowed)
        self._left = threading.Event()
        self._hosts = Hosts(self._allowed, clock, sleep or self._left.wait, self._left)
        self._now = now
        self._jitter = jitter
        self._lock = threading.Lock()
        self._watching: set[Watchdog] = set()
        self._tokens: dict[Login, str | Failure] = {}
        self._logging_in = threading.Lock()
        self._session = self._equipped((cached_session(cache) if cache else None) or requests.Session())

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
        token = self._token(request.login) if request.login else ""
        if isinstance(token, Failure):
            return replace(token, url=shown(request.url))
        for _ in range(REDIRECTS + 1):
            refused = self._forbidden(url)
            if refused:
                return Failure(shown(request.url), f"{shown(url)} is refused: {refused}")
            answer = self._asked(url, request, token)
            if isinstance(answer, Failure):
                return replace(answer, url=shown(request.url))
            if answer.status_code not in retry.REDIRECTED:
                return Body(answer.status_code, answer.content, media_type(answer))
            if request.body:
                return Failure(shown(request.url), "a redirect to another server is refused")
            url, before = urljoin(url, answer.headers["location"]), url
            if before.startswith("https:") and url.startswith("http:"):
                return Failure(shown(request.url), f"{shown(url)} is refused: a redirect from https to http")
        return Failure(shown(request.url), f"more than {REDIRECTS} redirects")

    def _forbidden(self, url: str) -> str:
        """Why a URL must not be asked, or ""."""
        return forbidden(url, self._allowed)

    def _token(self, login: Login) -> str | Failure:
        """The token of a login, asked for once; "" where nobody is to be logged in."""
        name, password = (os.environ.get(variable, "").strip() for variable in (login.name, login.password))
        if not name or not password:
            return ""
        with self._logging_in:
            if login not in self._tokens:
                self._tokens[login] = self._logged_in(login.url, name, password)
            return self._tokens[login]

    def _logged_in(self, url: str, name: str, password: str) -> str | Failure:
        asked = Request(url, (), accept="application/json", body=json.dumps({"id": name, "password": password}))
        if refused := self._forbidden(url):
            return Failure(shown(url), f"the login is refused: {refused}")
        answer = self._asked(url, asked, "")
        if isinstance(answer, Failure):
            return replace(answer, reason=f"the login failed: {answer.reason}")
        token = _member(answer.content, "token") if answer.status_code == 200 else ""
        return token or Failure(shown(url), f"the login is refused (HTTP {answer.status_code})")

    def _asked(self, url: str, request: Request, token: str) -> requests.Response | Failure:
        """The answer of one URL, after as many attempts as it takes."""
        host = self._hosts.of(url)
        failed = Failed("not sent")
        for attempt in range(retry.ATTEMPTS):
            try:
                answer = self._sent(url, request, token)
            except Left as left:
                return left.failure
            except Failed as error:
                failed = error
            else:
                refusal = retry.refusal(answer.status_code, answer.headers, urlsplit(url).hostname or "", self._now())
                if not refusal:
                    host.failed = 0
                    return answer
                failed = refusal
            if not failed.again:
                break
            back_off = retry.back_off(attempt, self._jitter())
            self._hosts.hold(host, back_off if failed.wait is None else failed.wait)
        return host.give_up(failed, url)

    def _sent(self, url: str, request: Request, token: str) -> requests.Response:
        """One attempt, or what the cache has. Raises Failed or Left."""
        session = self._session
        try:
            method, data = ("POST", request.body.encode()) if request.body else ("GET", None)
            headers = {"Accept": request.accept} | ({"Content-Type": request.content_type} if data else {})
            prepared = session.prepare_request(requests.Request(method, url, headers=headers, data=data))
            # Never to where a redirect leads.
            secret = _revealed(request.secret, token) if origin(url) == origin(request.url) else {}
            return session.send(prepared, allow_redirects=False, expects=request.expects, secret=secret)
        except sqlite3.Error:
            with self._lock:
                if self._session is session:
                    self._session = self._equipped(requests.Session())
            return self._sent(url, request, token)
        except requests.RequestException as error:
            raise Failed("not a URL that can be requested", again=False) from error

    def _equipped(self, session: requests.Session) -> requests.Session:
        """The session, sending neither cookies nor what the environment holds, through the adapter alone."""
        session.trust_env = False
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.adapters.clear()
        adapter = Adapter(self._agent, self._forbidden, self._hosts.turn, self._watching)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        return session


def _revealed(secret: tuple[str, str] | None, token: str) -> dict[str, str]:
    """The header with its value from the environment, where that is set, and that of a login. Raises Failed for what no
    header may hold.
    """
    header, variable = secret or ("", "")
    value = os.environ.get(variable, "").strip() if variable else ""
    if re.search(r"[^!-~]", value):
        raise Failed(f"{variable} has characters that cannot be in a key", again=False)
    return ({header: value} if value else {}) | ({"Authorization": f"Bearer {token}"} if token else {})


def _member(content: bytes, name: str) -> str:
    """A member of a JSON object that a header can hold, or ""."""
    try:
        value = json.loads(content).get(name)
    except (ValueError, AttributeError, RecursionError):
        return ""
    return value if isinstance(value, str) and re.fullmatch("[!-~]{1,10000}", value) else ""


def _agent(contact: str) -> str:
    text = re.sub(r"[^ -~]|[()]", "", contact).strip()
    if re.fullmatch(r"[^\s:/@]+@[^\s:/@]+", text):
        text = (
            f"mailto:{text}"  # https://github.com/CrossRef/rest-api-doc: the polite pool is for who can be written to
        )
    return f"fedbib/{__version__} ({text})" if text else f"fedbib/{__version__}"
