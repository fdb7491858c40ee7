"""When a host may be asked next: at its pace, by one at a time, and not at all after it has failed too often."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from fedbib.net.failed import GIVE_UP_AFTER, Failed
from fedbib.net.messages import Failure
from fedbib.net.origin import Origin, origin
from fedbib.net.retry import LONGEST_WAIT


def stated_pace(headers: Mapping[str, str]) -> float:
    """Seconds between requests by Crossref's `x-rate-limit-limit: 5` and `x-rate-limit-interval: 1s`; 0 if not said."""
    limit = re.fullmatch("[0-9]{1,6}", headers.get("x-rate-limit-limit", ""))
    interval = re.fullmatch("([0-9]{1,4})s?", headers.get("x-rate-limit-interval", ""))
    if not limit or not interval or not int(limit[0]):
        return 0.0
    return min(int(interval[1]) / int(limit[0]), LONGEST_WAIT)


class Left(Exception):
    """A host that is not asked any more, or a run that was left."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


@dataclass(slots=True)
class Host:
    """What all threads know of a host."""

    pace: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    """Held while it is asked."""
    free_at: float = 0.0
    """When it may be asked next, by the clock."""
    failed: int = 0
    """Failures in a row, each by its weight."""
    closed: Failure | None = None
    """Why it is left alone."""

    def give_up(self, failed: Failed, url: str) -> Failure:
        """The failure of a request for good; closes the host after too many in a row."""
        failure = Failure(url, str(failed), deferred=failed.deferred, offline=failed.offline)
        self.failed += failed.weight
        if self.failed >= GIVE_UP_AFTER:
            self.closed = failure
        return failure


class Hosts:
    """The hosts asked so far, for any number of threads.

    `paces` has the least seconds between the starts of two requests to an origin, which is never asked two things at a
    time; `clock` and `sleep` count seconds; once `left` is set nobody is asked any more.
    """

    def __init__(
        self,
        paces: Mapping[Origin, float],
        clock: Callable[[], float],
        sleep: Callable[[float], object],
        left: threading.Event,
    ) -> None:
        self._paces = paces
        self._clock = clock
        self._sleep = sleep
        self._left = left
        self._lock = threading.Lock()
        self._hosts: dict[str, Host] = {}

    def of(self, url: str) -> Host:
        place = urlsplit(url).netloc.lower()
        with self._lock:
            if place not in self._hosts:
                self._hosts[place] = Host(self._paces[origin(url)])
            return self._hosts[place]

    def hold(self, host: Host, seconds: float) -> None:
        """Leave a host in peace for some seconds."""
        host.free_at = max(host.free_at, self._clock() + seconds)

    @contextmanager
    def turn(self, url: str) -> Iterator[Host]:
        """The host, once it may be asked and by nobody else meanwhile; raises Left when it is to be left alone."""
        host = self.of(url)
        with host.lock:
            while not host.closed and not self._left.is_set() and (wait := host.free_at - self._clock()) > 0:
                self._sleep(wait)
            if self._left.is_set():
                raise Left(Failure(url, "interrupted"))
            if host.closed:
                raise Left(host.closed)
            started = self._clock()
            try:
                yield host
            finally:
                host.free_at = max(host.free_at, started + host.pace)
