"""One attempt: sent in turn, its answer read whole within the limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from http.client import HTTPException
from io import BytesIO
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from fedbib.net import deadline
from fedbib.net.body import content, media_type
from fedbib.net.deadline import POOLS, Watchdog
from fedbib.net.failed import GIVE_UP_AFTER, Failed, failed
from fedbib.net.origin import shown
from fedbib.net.pace import Host, stated_pace

_TIMEOUT = (10.0, 20.0)
"""Seconds to connect, and between two pieces of the answer."""
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
_BOT_CHECK = re.compile(
    rb"<title>(?:just a moment|making sure you|verifying (?:that )?you|attention required|security check)"
    rb"|verifying your browser|verify (?:that )?you are (?:not )?(?:a )?(?:human|robot|bot)"
    rb"|/cdn-cgi/challenge-platform|challenges\.cloudflare\.com|/\.within\.website/|hcaptcha\.com|/recaptcha/api",
    re.IGNORECASE,
)
"""What pages have that ask whether a browser asks: Cloudflare's, Anubis's, those with a captcha."""
_HEAD = 50_000
_WEB_PAGE = frozenset({"text/html", "application/xhtml+xml"})


class Adapter(HTTPAdapter):
    """Sends in turn, reads whole bodies within the limits, and hands on only answers that a cache may keep."""

    def __init__(
        self,
        agent: str,
        forbidden: Callable[[str], str],
        turn: Callable[[str], AbstractContextManager[Host]],
        watching: set[Watchdog],
    ) -> None:
        self._agent = agent
        self._forbidden = forbidden
        self._turn = turn
        self._watching = watching
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def send(
        self,
        request: requests.PreparedRequest,
        *_: Any,
        expects: tuple[str, ...] = (),
        secret: Mapping[str, str] | None = None,
        **__: Any,
    ) -> requests.Response:
        """The answer, its body read; raises Failed, or Left when the host is to be left alone."""
        url = request.url or ""
        refused = self._forbidden(url)  # of what requests made of it
        if refused:
            raise Failed(f"{shown(url)} is refused: {refused}", again=False)
        with self._turn(url) as host:
            answer = self._exchanged(request, secret or {})
            host.pace = max(host.pace, stated_pace(answer.headers))
        if media_type(answer) in _WEB_PAGE and _BOT_CHECK.search(answer.content[:_HEAD]):
            raise Failed("the server answers with a bot check", again=False, weight=GIVE_UP_AFTER)
        if answer.status_code == 200:
            _expected(media_type(answer), expects)
        return answer

    def _exchanged(self, request: requests.PreparedRequest, secret: Mapping[str, str]) -> requests.Response:
        # The contact and the secret are in the copy that is sent; the cache sees the request without them.
        sent = request.copy()
        sent.headers.update({"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate", **secret})
        with Watchdog(deadline.SECONDS, self._watching) as watchdog:
            try:
                answer, body = self._received(sent, watchdog)
            except (Failed, OSError, HTTPException, urllib3.exceptions.HTTPError, ValueError) as error:
                if watchdog.bitten:
                    raise Failed(f"the answer took more than {deadline.SECONDS:g} seconds") from error
                raise failed(error, _TIMEOUT[1]) from error
        headers = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
        raw = urllib3.HTTPResponse(
            BytesIO(body), headers, answer.status_code, preload_content=False, request_url=request.url
        )
        whole = self.build_response(request, raw)
        whole._content = body
        return whole

    def _received(self, sent: requests.PreparedRequest, watchdog: Watchdog) -> tuple[requests.Response, bytes]:
        """The answer and its body; the connection is free again, or closed when anything went wrong."""
        answer = super().send(sent, stream=True, timeout=_TIMEOUT)
        try:
            body = content(answer)
            if watchdog.bitten:
                raise TimeoutError
        except BaseException:
            answer.raw.close()
            raise
        answer.raw.release_conn()
        return answer, body


def _expected(kind: str, expects: tuple[str, ...]) -> None:
    """Raises Failed for a good answer's media type that cannot be of the kind asked for."""
    if expects and kind not in expects:
        raise Failed(f"the answer is {shown(kind) or 'without a media type'}, not {' or '.join(expects)}")
    if not expects and kind in _WEB_PAGE:
        raise Failed("the answer is a web page")
