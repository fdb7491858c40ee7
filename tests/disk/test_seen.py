"""What files hold, without reading those that are as they were."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import pytest

from fedbib.disk import seen
from fedbib.disk.seen import NOTHING, Memory, Seen, look

NAMES = ("a", "b", "ü", "gone")


class Kept(dict[bytes, bytes]):
    """A memory of this test."""

    def find(self, name: bytes, /) -> bytes | None:
        return self.get(name)

    def keep(self, name: bytes, content: bytes, /) -> None:
        self[name] = content


def digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=8).digest()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files that seem to have been there for long."""
    monkeypatch.setattr(seen, "_TICK", -(10**12))
    for name in NAMES[:3]:
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def looked(folder: Path, memory: Memory, names: Sequence[str] = NAMES) -> Seen:
    found = look(folder, names, 100, digest, memory)
    there = {name: digest((folder / name).read_bytes()) for name in names if (folder / name).is_file()}
    assert found.digests == there
    return found


def test_what_is_as_it_was_is_not_read_again(folder: Path) -> None:
    memory = Kept()
    assert looked(folder, memory).contents == {"a": b"a", "b": b"b", "ü": "ü".encode()}
    assert looked(folder, memory).contents == {}
    assert looked(folder, memory, NAMES[:1]).contents == {}
    assert looked(folder, NOTHING).contents.keys() == {"a", "b", "ü"}


def test_other_places_and_other_digests_are_not_taken_for_it(folder: Path) -> None:
    memory = Kept()
    looked(folder, memory)
    other = folder / "other"
    other.mkdir()
    (other / "a").write_bytes(b"other")
    assert looked(other, memory).contents == {"a": b"other"}
    assert look(folder, ["a"], 100, lambda content: content[:1], memory).digests == {"a": b"a"}


def test_what_changed_is_read(folder: Path, tmp_path: Path) -> None:
    """Also if it has the size and the time that it had before, and if another file took its name."""
    memory = Kept()
    looked(folder, memory)
    before = (folder / "a").stat()
    (folder / "a").write_bytes(b"A")
    os.utime(folder / "a", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert looked(folder, memory).contents == {"a": b"A"}
    (folder / "new").write_bytes(b"B")
    os.utime(folder / "new", ns=((folder / "b").stat().st_atime_ns, (folder / "b").stat().st_mtime_ns))
    (folder / "new").replace(folder / "b")
    (folder / "gone").write_bytes(b"back")
    (folder / "a").unlink()
    assert looked(folder, memory).contents == {"b": b"B", "gone": b"back"}
    assert looked(folder, memory).contents == {}


def test_what_changed_just_before_it_was_read_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a tick of the clock a file may change twice, and nothing but what it holds tells."""
    memory, now = Kept(), time.time_ns()
    for tick, is_seen in ((10**9, True), (-(10**12), False)):
        monkeypatch.setattr(seen, "_TICK", tick)
        monkeypatch.setattr(seen, "_states", lambda *_: {"a": (1, 2, now, now)})
        (folder / "a").write_bytes(b"1")
        look(folder, ["a"], 100, digest, memory)
        (folder / "a").write_bytes(b"2")
        assert (look(folder, ["a"], 100, digest, memory).digests == {"a": digest(b"2")}) is is_seen


def test_what_cannot_be_read_has_no_digest(folder: Path) -> None:
    (folder / "large").write_bytes(b"x" * 101)
    (folder / "link").symlink_to("a")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    memory = Kept()
    for _ in range(2):
        assert not look(folder, ["large", "link", "folder", "pipe", "gone"], 100, digest, memory).digests
    assert not look(folder / "nowhere", ["a"], 100, digest, memory).digests
