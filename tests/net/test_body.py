from __future__ import annotations

import gzip

import pytest

from fedbib.net import body as bodies
from fedbib.net.http import Http
from fedbib.net.messages import Body
from tests.net.standing import crossref, text
from tests.standin import server as faults
from tests.standin.server import Standin


def test_broken_gzip_is_no_answer(net: Http, standin: Standin) -> None:
    good = gzip.compress(b'{"message": 1}' * 100)
    standin.fault("crossref", faults.packed(good[:-10]), faults.packed(b"no gzip"), faults.packed(good))
    body = net.get(crossref(standin))
    assert isinstance(body, Body)
    assert body.content == b'{"message": 1}' * 100
    assert len(standin.asked) == 3


def test_a_body_may_be_packed_in_several_members(net: Http, standin: Standin) -> None:
    two = gzip.compress(b'{"message": ') + gzip.compress(b"1}") + b"\0" * 16
    standin.fault("crossref", faults.packed(two))
    body = net.get(crossref(standin))
    assert isinstance(body, Body)
    assert body.content == b'{"message": 1}'


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.endless, id="endless"),
        pytest.param(faults.packed(gzip.compress(b" " * 5_000_000)), id="gzip-bomb"),
    ],
)
def test_a_body_has_a_limit(net: Http, standin: Standin, monkeypatch: pytest.MonkeyPatch, fault: faults.Fault) -> None:
    monkeypatch.setattr(bodies, "LIMIT", 1_000_000)
    standin.fault("crossref", fault, always=True)
    assert text(net.get(crossref(standin))) == "the answer is larger than 1,000,000 bytes"
