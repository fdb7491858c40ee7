from __future__ import annotations

import socket
import threading

import pytest

from fedbib.net import deadline, retry
from fedbib.net.deadline import Watchdog
from fedbib.net.http import Http
from tests.net.standing import addresses, crossref, text
from tests.standin import server as faults
from tests.standin.server import Standin


def test_a_dripping_body_has_a_deadline(standin: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "SECONDS", 0.05)
    monkeypatch.setattr(retry, "ATTEMPTS", 1)
    standin.fault("crossref", faults.drip, always=True)
    with Http("", None, addresses(standin)) as net:
        assert text(net.get(crossref(standin))) == "the answer took more than 0.05 seconds"


def test_a_watchdog_is_on_watch_while_its_attempt_lasts() -> None:
    pack: set[Watchdog] = set()
    before = threading.active_count()
    with Watchdog(60.0, pack) as watchdog:
        assert pack == {watchdog}
        assert threading.active_count() == before + 1
        assert watchdog._timer.daemon
    assert pack == set()
    watchdog._timer.join(10)
    assert not watchdog.bitten


def test_a_watchdog_cuts_the_connection_it_guards_and_one_that_comes_too_late() -> None:
    for is_early in (True, False):
        ours, theirs = socket.socketpair()
        with ours, theirs, Watchdog(60.0, set()) as watchdog:
            if is_early:
                watchdog.guard(ours)
                watchdog.bite()
            else:
                watchdog.bite()
                watchdog.guard(ours)
            assert watchdog.bitten
            assert theirs.recv(1) == b""


def test_a_watchdog_without_a_connection_bites_into_nothing() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    ours.close()
    with Watchdog(60.0, set()) as watchdog:
        watchdog.guard(None)
        watchdog.bite()
        assert watchdog.bitten
        watchdog.guard(ours)  # closed already
    with Watchdog(60.0, set()) as other:
        assert not other.bitten


def test_an_attempt_has_two_minutes() -> None:
    assert deadline.SECONDS == 120.0
