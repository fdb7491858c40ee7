"""Why an attempt gave no answer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.client import HTTPException

import requests
import urllib3

GIVE_UP_AFTER = 3
"""Requests in a row that failed for good, after which a host is left alone."""


class Failed(Exception):
    """An attempt that gave no answer; the text is the reason."""

    def __init__(
        self,
        reason: str,
        *,
        again: bool = True,
        wait: float | None = None,
        offline: bool = False,
        deferred: bool = False,
        weight: int = 1,
    ) -> None:
        super().__init__(reason)
        self.again = again
        """Whether another attempt may do better."""
        self.wait = wait
        """Seconds the service asks to wait before it; None when it does not say."""
        self.offline = offline
        self.deferred = deferred
        """Whether the service asks to be asked in a later run."""
        self.weight = GIVE_UP_AFTER if offline or deferred else weight
        """How many failures of its host it counts for: 0 when the host is well, `GIVE_UP_AFTER` to leave it alone."""


def failed(error: BaseException, timeout: float) -> Failed:
    """What went wrong on the way, in words that hold nothing the error's own text may.

    `timeout` is how many seconds were waited for a piece of the answer.
    """
    if isinstance(error, Failed):
        return error
    causes = tuple(_causes(error))

    def any_is(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if any_is(requests.exceptions.SSLError):
        return Failed("the service's certificate is not accepted", again=False)
    if any_is(urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError, socket.gaierror):
        return Failed("no connection", offline=True)
    if any_is(TimeoutError, urllib3.exceptions.ReadTimeoutError):
        return Failed(f"no answer within {timeout:g} seconds")
    if any_is(urllib3.exceptions.IncompleteRead, HTTPException) and not any_is(ConnectionError):
        return Failed("the answer is incomplete")
    return Failed("no connection")


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
