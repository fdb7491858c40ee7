from __future__ import annotations

import gzip
import zlib
from io import BytesIO

import pytest
import requests
import urllib3

from fedbib.net import body as bodies
from fedbib.net.body import content, media_type
from fedbib.net.failed import Failed
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


def answer(raw: bytes, status: int = 200, **headers: str) -> requests.Response:
    """An answer as it comes from the wire, its body not read yet."""
    found = requests.Response()
    found.status_code = status
    found.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    found.raw = urllib3.HTTPResponse(BytesIO(raw), preload_content=False)
    return found


LONG = bytes(range(256)) * 1000


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", " GZIP "])
def test_a_packed_body_is_unpacked(coding: str) -> None:
    packed = zlib.compress(LONG) if coding == "deflate" else gzip.compress(LONG)
    assert content(answer(packed, content_encoding=coding, content_length=str(len(packed)))) == LONG


@pytest.mark.parametrize("coding", ["", "identity"])
def test_a_body_that_is_not_packed_is_as_it_came(coding: str) -> None:
    assert content(answer(LONG, content_encoding=coding)) == LONG
    assert content(answer(LONG)) == LONG
    assert content(answer(b"", content_encoding="gzip")) == b""


@pytest.mark.parametrize("length", ["", "x", "-1", "\u0665", "256000", "000256000"])
def test_a_length_that_is_right_or_none_is_no_fault(length: str) -> None:
    assert content(answer(LONG, content_length=length)) == LONG


@pytest.mark.parametrize("length", ["255999", "256001", "0", "9" * 400])
def test_a_body_of_another_length_was_cut_short(length: str) -> None:
    with pytest.raises(Failed) as caught:
        content(answer(LONG, content_length=length))
    assert (str(caught.value), caught.value.again) == ("the answer is incomplete", True)


def test_what_is_not_modified_has_no_body_whatever_its_headers_say() -> None:
    assert content(answer(b"", 304, content_length="5", content_encoding="gzip")) == b""


@pytest.mark.parametrize(
    ("raw", "coding", "reason", "again"),
    [
        pytest.param(b"x", "br", "the answer is compressed in an unknown way", True, id="unknown"),
        pytest.param(b"x" * 10, "gzip", "the answer is not compressed as declared", True, id="not packed"),
        pytest.param(gzip.compress(LONG)[:-1], "gzip", "the answer is incomplete", True, id="cut"),
        pytest.param(
            gzip.compress(b"a") + gzip.compress(b"b")[:-1], "gzip", "the answer is incomplete", True, id="second cut"
        ),
    ],
)
def test_a_body_that_cannot_be_unpacked(raw: bytes, coding: str, reason: str, again: bool) -> None:
    with pytest.raises(Failed) as caught:
        content(answer(raw, content_encoding=coding))
    assert (str(caught.value), caught.value.again) == (reason, again)


def test_a_body_may_have_as_many_bytes_as_the_limit_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bodies.LIMIT == 32_000_000
    monkeypatch.setattr(bodies, "LIMIT", len(LONG))
    assert content(answer(LONG)) == content(answer(gzip.compress(LONG), content_encoding="gzip")) == LONG
    for one in (answer(LONG + b"x"), answer(gzip.compress(LONG + b"x"), content_encoding="gzip")):
        with pytest.raises(Failed) as caught:
            content(one)
        assert (str(caught.value), caught.value.again) == ("the answer is larger than 256,000 bytes", False)


def test_what_is_packed_is_never_unpacked_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "LIMIT", 1000)
    largest = 0
    real = zlib.decompressobj

    class Watched:
        def __init__(self, wbits: int) -> None:
            self._real = real(wbits)

        def decompress(self, piece: bytes, most: int) -> bytes:
            nonlocal largest
            part = self._real.decompress(piece, most)
            largest = max(largest, len(part))
            return part

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

    monkeypatch.setattr(zlib, "decompressobj", Watched)
    with pytest.raises(Failed, match="larger than 1,000"):
        content(answer(gzip.compress(b" " * 10_000_000), content_encoding="gzip"))
    assert 0 < largest <= 65536


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("application/json", "application/json"),
        (" Text/HTML ; charset=UTF-8; x", "text/html"),
        ("", ""),
    ],
)
def test_a_media_type_is_told_without_its_parameters(header: str, kind: str) -> None:
    assert media_type(answer(b"", content_type=header)) == kind
    assert media_type(answer(b"")) == ""
