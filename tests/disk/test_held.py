from __future__ import annotations

import os
import pickle

import pytest

from fedbib.cores import aside
from fedbib.disk.cache import cache_folder
from fedbib.disk.held import Held


@pytest.fixture(autouse=True)
def _folder() -> None:
    cache_folder().mkdir(parents=True, exist_ok=True)


def held() -> Held:
    """Of which the first content is in memory and two others are in the file."""
    found = Held(most=5)
    found.update({b"a": b"12345", b"b": b"6", b"c": b"", b"d": b"78"})
    return found


def test_what_is_too_much_for_memory_is_had_from_a_file() -> None:
    found = held()
    assert dict(found) == {b"a": b"12345", b"b": b"6", b"c": b"", b"d": b"78"}
    assert (found._here, found._there) == ({b"a": b"12345", b"c": b""}, {b"b": (0, 1), b"d": (1, 2)})
    assert list(cache_folder().iterdir()) == []
    assert b"e" not in found
    assert len(found) == 4


def test_a_content_is_replaced_wherever_it_is() -> None:
    found = held()
    found.update({b"b": b"66", b"a": b"1", b"e": b"22"})
    del found[b"d"]
    assert dict(found) == {b"b": b"66", b"a": b"1", b"c": b"", b"e": b"22"}


def test_without_room_on_disk_all_is_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fedbib.disk.held.cache_folder", lambda: "/nowhere")
    assert len(held()._here) == 4


def test_what_the_file_lost_is_not_there() -> None:
    found = held()
    os.ftruncate(found._file, 1)
    assert found.get(b"b") == b"6"
    assert found.get(b"d") is None


def test_another_process_reads_all_and_disturbs_nothing() -> None:
    found = held()

    def work(name: bytes) -> tuple[bytes, bytes]:
        found[b"own " + name] = b"x" * 9
        return found[name], found[b"own " + name]

    begun = aside(work, [b"a", b"b", b"d"])
    found[b"f"] = b"y" * 9
    assert list(begun) == [(b"12345", b"x" * 9), (b"6", b"x" * 9), (b"78", b"x" * 9)]
    assert found[b"f"] == b"y" * 9
    assert pickle.loads(pickle.dumps(found)) == dict(found)
