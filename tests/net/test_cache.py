from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from requests_cache.models.request import CachedRequest
from requests_cache.models.response import CachedResponse

from fedbib.disk.cache import cache_folder
from fedbib.net import cache, retry
from fedbib.net.cache import cached_session, default_cache
from fedbib.net.messages import Body
from tests.net.standing import Time, batch, crossref, edge, with_validator
from tests.standin import server as faults
from tests.standin.server import Standin


def test_what_is_in_the_cache_is_asked_again_with_its_validator(standin: Standin, time: Time, tmp_path: Path) -> None:
    standin.fault("crossref", with_validator, always=True)
    bodies = []
    for _ in range(2):
        with edge(standin, time, tmp_path / "http.sqlite") as net:
            bodies.append(net.get(crossref(standin)))
    assert bodies[0] == bodies[1]
    assert isinstance(bodies[0], Body)
    assert [headers.get("If-None-Match") for headers in standin.headers] == [None, '"1"']


def test_an_answer_that_was_changed_in_the_file_is_asked_for_anew(standin: Standin, time: Time, tmp_path: Path) -> None:
    standin.fault("crossref", with_validator, always=True)
    with edge(standin, time, tmp_path / "http.sqlite") as net:
        first = net.get(crossref(standin))
    with sqlite3.connect(tmp_path / "http.sqlite") as file:
        ((value,),) = file.execute("SELECT value FROM responses")
        assert b"Zeroth-Order" in value
        file.execute("UPDATE responses SET value = ?", (value.replace(b"Zeroth-Order", b"Eighth-Order"),))
    file.close()
    with edge(standin, time, tmp_path / "http.sqlite") as net:
        assert net.get(crossref(standin)) == first
    assert [headers.get("If-None-Match") for headers in standin.headers] == [None, None]


def test_answers_of_two_kinds_to_one_address_are_kept_apart(standin: Standin, time: Time, tmp_path: Path) -> None:
    standin.fault("crossref", with_validator, always=True)
    request = crossref(standin)
    with edge(standin, time, tmp_path / "http.sqlite") as net:
        net.get(request)
        net.get(replace(request, accept="application/x-bibtex"))
    assert [headers.get("If-None-Match") for headers in standin.headers] == [None, None]


@pytest.mark.parametrize("fault", ["page", "cut", "500"])
def test_a_bad_answer_is_not_kept(standin: Standin, time: Time, tmp_path: Path, fault: str) -> None:
    with edge(standin, time, tmp_path / "http.sqlite") as net:
        standin.fault("crossref", *[faults.FAULTS[fault]] * retry.ATTEMPTS)
        net.get(crossref(standin))
        body = net.get(crossref(standin))
        assert isinstance(body, Body)
        assert b"Zeroth-Order" in body.content


def test_a_broken_cache_is_no_cache(standin: Standin, time: Time, tmp_path: Path) -> None:
    (tmp_path / "http.sqlite").write_bytes(b"not a database" * 1000)
    with edge(standin, time, tmp_path / "http.sqlite") as net:
        assert isinstance(net.get(crossref(standin)), Body)


def test_an_unwritable_cache_is_no_cache(standin: Standin, time: Time, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with edge(standin, time, tmp_path / "file" / "http.sqlite") as net:
        assert isinstance(net.get(crossref(standin)), Body)


def test_an_answer_to_a_post_is_not_kept(standin: Standin, time: Time, tmp_path: Path) -> None:
    standin.fault("semantic_scholar", with_validator, always=True)
    for id in ("ARXIV:2209.01188", "ARXIV:2310.15080", "ARXIV:2310.15080"):
        with edge(standin, time, tmp_path / "http.sqlite") as net:
            body = net.get(batch(standin, id))
            assert isinstance(body, Body)
            assert id.partition(":")[2].encode() in body.content
    assert len(standin.asked) == 3
    assert not any("If-None-Match" in headers for headers in standin.headers)


def stored(**changed: object) -> CachedResponse:
    told: dict[str, object] = {
        "content": b"line\nline\n\x00",
        "status_code": 200,
        "url": "https://x.example/a",
        "headers": {"ETag": '"1"'},
        "request": CachedRequest(method="POST", url="https://x.example/secret"),
        "created_at": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        "expires": datetime(2027, 1, 2, tzinfo=UTC),
    }
    return CachedResponse(**{**told, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize("changed", [{}, {"expires": None}, {"content": b""}], ids=str)
def test_an_answer_is_kept_as_it_was_and_without_its_question(changed: dict[str, object]) -> None:
    one = stored(**changed)
    kept = cache._sealed(one)
    assert b"secret" not in kept
    back = cache._unsealed(kept)
    assert back is not None
    for name in ("content", "status_code", "url", "created_at", "expires"):
        assert getattr(back, name) == getattr(one, name), name
    assert back.headers["etag"] == '"1"'
    assert (back.request.method, back.request.url) == ("GET", "https://x.example/a")


def test_what_is_not_as_it_was_written_is_no_answer() -> None:
    kept = cache._sealed(stored())
    for place in range(len(kept)):
        assert cache._unsealed(kept[:place] + bytes([kept[place] ^ 1]) + kept[place + 1 :]) is None
    for other in (kept + b"x", kept[:-1], b"", None, kept.decode("latin-1")):
        assert cache._unsealed(other) is None
    checksum, _, text = kept.partition(b"\n")
    assert checksum.decode() == hashlib.sha256(b"fedbib 1\n" + text).hexdigest()


def test_answers_are_kept_by_all_that_is_asked_for() -> None:
    one = requests.Request("GET", "https://x.example/a", headers={"Accept": "text/plain"}).prepare()
    keys = {
        cache._key(one),
        cache._key(one, ("text/plain",)),
        cache._key(one, ("text/plain", "text/html")),
        cache._key(requests.Request("GET", "https://x.example/a").prepare()),
        cache._key(requests.Request("GET", "https://x.example/b", headers={"Accept": "text/plain"}).prepare()),
    }
    assert len(keys) == 5
    assert cache._key(one, timeout=3) == cache._key(one)
    assert cache._key(one) == hashlib.sha256(b"https://x.example/a\ntext/plain").hexdigest()


def test_a_cache_lies_among_this_user_s_caches() -> None:
    assert default_cache() == cache_folder() / "http.sqlite"


def test_a_file_that_is_no_cache_is_thrown_away_and_one_that_is_too_large_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "http.sqlite"
    path.write_bytes(b"not a database" * 1000)
    session = cached_session(path)
    assert session is not None
    session.close()
    assert path.read_bytes().startswith(b"SQLite format 3")
    size = path.stat().st_size
    with sqlite3.connect(path) as file:
        file.execute("create table mine (a)")
    file.close()
    for largest, stays in ((path.stat().st_size, True), (size - 1, False)):
        monkeypatch.setattr(cache, "_LARGEST", largest)
        session = cached_session(path)
        assert session is not None
        session.close()
        with sqlite3.connect(path) as file:
            names = {name for (name,) in file.execute("select name from sqlite_master")}
        file.close()
        assert ("mine" in names) == stays


def test_a_file_that_cannot_be_used_stays(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert cached_session(tmp_path / "folder") is None
    (tmp_path / "file").write_text("mine")
    assert cached_session(tmp_path / "file" / "http.sqlite") is None
    assert (tmp_path / "file").read_text() == "mine"
