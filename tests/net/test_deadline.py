from __future__ import annotations

import pytest

from fedbib.net import deadline, retry
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
