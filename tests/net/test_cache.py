from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from fedbib.net import retry
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
