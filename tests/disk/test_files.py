from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from fedbib.disk import files
from fedbib.errors import BadFile


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    assert files.write(path, b"one") is True
    assert files.write(path, b"one") is False
    assert files.write(path, b"two") is True
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os if failing == "fsync" else Path, failing, full)
    with pytest.raises(BadFile, match="cannot be written: no space left on device"):
        files.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_a_write_interrupted_in_the_middle_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_links_are_neither_read_nor_written(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"secret")
    link = tmp_path / "link"
    link.symlink_to(target)
    with pytest.raises(BadFile, match="is a symbolic link"):
        files.read(link, limit=100)
    with pytest.raises(BadFile, match="not a regular file"):
        files.write(link, b"x")
    assert target.read_bytes() == b"secret"


def test_a_device_is_refused() -> None:
    with pytest.raises(BadFile, match="a device or socket"):
        files.read(Path("/dev/null"), limit=100)


def test_the_limit_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 11)
    with pytest.raises(BadFile, match="larger than the 10 bytes"):
        files.read(tmp_path / "a", limit=10)


def test_bytes_not_in_utf8_are_refused_with_their_line() -> None:
    with pytest.raises(BadFile) as error:
        files.text(b"one\ntwo\nthr\xe9\n", "refs.bib")
    assert (error.value.where, error.value.line) == ("refs.bib", 3)
