from __future__ import annotations

import errno
import os
from collections.abc import Callable
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


def test_a_name_that_no_file_can_have_is_an_error_in_words(tmp_path: Path) -> None:
    uses: list[Callable[[Path], object]] = [
        lambda path: files.read(path, limit=1),
        lambda path: files.write(path, b""),
        lambda path: files.pour(path, b""),
        lambda path: list(files.names(path)),
        files.remove,
        files.exists,
    ]
    for path in (tmp_path / "a\0b", tmp_path / "a\ud800"):
        for use in uses:
            with pytest.raises(BadFile, match="no file can have this name") as caught:
                use(path)
            assert caught.value.where.isascii()


def test_new_files_follow_the_umask_and_old_ones_keep_their_mode(tmp_path: Path) -> None:
    path = tmp_path / "a"
    before = os.umask(0o027)
    try:
        files.write(path, b"one")
        assert path.stat().st_mode & 0o777 == 0o640
        path.chmod(0o755)
        files.write(path, b"two")
        assert path.stat().st_mode & 0o777 == 0o755
    finally:
        os.umask(before)


def test_the_bytes_of_a_private_file_are_never_open_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, modes = tmp_path / "a", list[int]()
    path.write_bytes(b"old")
    path.chmod(0o600)
    write = os.write

    def watched(descriptor: int, content: bytes) -> int:
        modes.append(os.fstat(descriptor).st_mode & 0o777)
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", watched)
    files.write(path, b"new")
    assert modes == [0o600]


def test_new_files_are_made_exclusively_and_follow_no_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, real = list[int](), os.open

    def watched(path: str, flags: int, *args: int) -> int:
        opened.append(flags)
        return real(path, flags, *args)

    monkeypatch.setattr(os, "open", watched)
    files.write(tmp_path / "a", b"x")
    writing = [flags for flags in opened if flags & os.O_CREAT]
    assert len(writing) == 1
    assert all(flags & os.O_EXCL and flags & os.O_NOFOLLOW for flags in writing)


def test_a_write_that_takes_a_part_at_a_time_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, bytes(content[:3])))
    files.write(tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_names_are_on_disk_once_per_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced, fsync = list[str](), os.fsync

    def watched(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    changed = files.write_all([(tmp_path / name, b"x") for name in ("a", "b", "c/d")])
    assert changed == [tmp_path / "a", tmp_path / "b", tmp_path / "c" / "d"]
    assert synced[-2:] == [str(tmp_path), str(tmp_path / "c")]
    assert synced.count(str(tmp_path)) == 1
    files.remove(tmp_path / "a")
    assert synced.count(str(tmp_path)) == 2


def test_of_several_files_those_before_a_fault_are_whole(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(BadFile, match="not a regular file"):
        files.write_all([(tmp_path / name, b"x") for name in ("a", "b", "c")])
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a"]


def test_strays_of_runs_that_are_gone_are_swept(tmp_path: Path) -> None:
    running = f".fedbib-{os.getppid()}-0123456789ab"
    own, dead = f".fedbib-{os.getpid()}-0123456789ab", ".fedbib-999999999-0123456789ab"
    mine = (".fedbib-notes", ".fedbib-1-x", "fedbib-999999999-0123456789ab")
    for name in (running, own, dead, *mine):
        (tmp_path / name).touch()
    (tmp_path / ".fedbib-999999999-ffffffffffff").mkdir()
    files.sweep_dead([tmp_path, tmp_path / "nothing"])
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {running, *mine, ".fedbib-999999999-ffffffffffff"}
    files.sweep([tmp_path])
    assert {path.name for path in tmp_path.iterdir()} == {mine[2], ".fedbib-999999999-ffffffffffff"}


def test_pouring_is_for_pipes_and_devices(tmp_path: Path) -> None:
    assert files.pour(Path("/dev/null"), b"x")
    assert not files.pour(tmp_path / "nothing", b"x")
    (tmp_path / "file").write_bytes(b"old")
    assert not files.pour(tmp_path / "file", b"x")
    assert (tmp_path / "file").read_bytes() == b"old"
    with pytest.raises(BadFile, match="cannot be written: no space left on device"):
        files.pour(Path("/dev/full"), b"x")
