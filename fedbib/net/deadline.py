"""How long one attempt may take in all, however steadily its bytes drip in."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Any, Self

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

SECONDS = 120.0


class Watchdog:
    """Cuts the connection of an attempt that takes too long, whatever it waits for."""

    def __init__(self, seconds: float, pack: set[Watchdog]) -> None:
        self._pack = pack
        self.bitten = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self.bite)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        self._pack.add(self)
        _current.watchdog = self
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


POOLS = {"http": _Pool, "https": _SecurePool}
"""The kinds of connection that the watchdog of their thread guards, by scheme."""
