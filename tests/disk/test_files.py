from __future__ import annotations

import errno
import os
import re
import threading
from collections.abc import Callable, Iterator
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
    with pytest.raises(BadFile, match="larger than 10 bytes") as caught:
        files.read(tmp_path / "a", limit=10)
    assert caught.value.where == str(tmp_path / "a")


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


def test_of_many_files_those_before_a_fault_of_their_giver_are_whole(tmp_path: Path) -> None:
    def given() -> Iterator[tuple[Path, bytes]]:
        for number in range(700):
            yield tmp_path / f"{number}", b"x"
        raise BadFile("no more")

    with pytest.raises(BadFile, match="no more"):
        files.write_all(given())
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(map(str, range(700)))


def test_of_many_files_those_before_one_that_the_disk_refuses_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def refused(descriptor: int) -> None:
        if os.fstat(descriptor).st_size == 7:
            raise OSError(errno.EIO, "it is broken")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(BadFile, match="it is broken") as caught:
        files.write_all((tmp_path / f"{number:02}", b"." * number) for number in range(20))
    assert caught.value.where == str(tmp_path / "07")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{number:02}" for number in range(7)]


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


def test_a_regular_file_is_read_whole_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for content in (b"", b"x", b"0123456789"):
        path.write_bytes(content)
        assert files.read(path, limit=10) == content


def test_a_file_that_says_it_is_shorter_than_it_is_is_read_whole_and_within_its_limit() -> None:
    path = Path("/proc/self/status")  # of 0 bytes, as the system says
    assert files.read(path, limit=100_000).endswith(b"\n")
    with pytest.raises(BadFile, match="larger than 10 bytes"):
        files.read(path, limit=10)


def test_what_is_no_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name, kind in (("pipe", "a pipe"), ("folder", "a folder")):
        with pytest.raises(BadFile) as caught:
            files.read(tmp_path / name, limit=100)
        assert caught.value.message == f"is {kind}, not a regular file"
        assert (caught.value.where, caught.value.hint) == (str(tmp_path / name), "replace it by a plain file")
    with pytest.raises(BadFile, match=r"^[^:]*/nothing: no such file or directory$"):
        files.read(tmp_path / "nothing", limit=100)
    with pytest.raises(BadFile) as caught:
        files.write(tmp_path / "folder", b"")
    assert (caught.value.message, caught.value.where) == (
        "is not a regular file, so it is not written",
        str(tmp_path / "folder"),
    )


def test_reading_waits_for_nobody_and_follows_no_link_just_swapped_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, real = list[int](), os.open
    (tmp_path / "a").write_bytes(b"x")

    def watched(path: str, flags: int, *args: int) -> int:
        opened.append(flags)
        return real(path, flags, *args)

    monkeypatch.setattr(os, "open", watched)
    files.read(tmp_path / "a", limit=1)
    assert len(opened) == 1
    assert opened[0] & os.O_NONBLOCK
    assert opened[0] & os.O_NOFOLLOW
    assert opened[0] & os.O_ACCMODE == os.O_RDONLY


def test_what_a_system_cannot_say_has_words_too() -> None:
    assert files.reason(OSError(errno.ENOSPC, "No Space")) == "no space"
    assert files.reason(OSError()) == "cannot be used"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfa\r\nb\r\n", "a\nb\n"),
        (b"a\rb", "a\rb"),
        ("\ufeffa\ufeff".encode(), "a\ufeff"),
        ("é".encode(), "é"),
    ],
)
def test_a_text_has_one_kind_of_line_end_and_no_mark_before_it(content: bytes, text: str) -> None:
    assert files.text(content, "a") == text


def test_the_first_bad_byte_is_named() -> None:
    with pytest.raises(BadFile) as caught:
        files.text(b"\xc3\x28 \xff", "refs.bib")
    assert (caught.value.message, caught.value.line) == ("is not UTF-8 (byte 0xc3)", 1)
    assert caught.value.hint == "save it as UTF-8"


def test_a_file_of_the_same_size_is_compared(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    assert files.write(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"two"


def test_what_may_not_be_written_is_said_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for use, words in (
        (lambda path: files.write(path, b"x"), "cannot be written: not a directory"),
        (files.remove, "cannot be deleted: not a directory"),
        (lambda path: list(files.names(path)), "not a directory"),
        (lambda path: files.pour(path, b"x"), "cannot be written: not a directory"),
    ):
        with pytest.raises(BadFile) as caught:
            use(tmp_path / "file" / "a")
        assert (caught.value.message, caught.value.where) == (words, str(tmp_path / "file" / "a"))


def test_deleting_what_is_gone_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    assert files.exists(tmp_path / "a")
    files.remove(tmp_path / "a")
    files.remove(tmp_path / "a")
    assert not files.exists(tmp_path / "a")
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    assert files.exists(tmp_path / "link")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadFile, match="not a directory") as caught:
        files.exists(tmp_path / "file" / "x")
    assert caught.value.where == str(tmp_path / "file" / "x")


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    assert files.write(tmp_path / "a" / "b" / "c", b"x")
    assert (tmp_path / "a" / "b" / "c").read_bytes() == b"x"


def test_a_folder_s_names_are_sorted_and_without_our_temporary_ones(tmp_path: Path) -> None:
    for name in ("b", "a", ".fedbib-1-000000000000", ".hidden"):
        (tmp_path / name).touch()
    assert list(files.names(tmp_path)) == [".hidden", "a", "b"]
    assert list(files.names(tmp_path / "nothing")) == []


def test_a_stamp_is_the_time_and_the_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    os.utime(tmp_path / "a", ns=(1, 1_000_000_007))
    assert files.stamp(tmp_path / "a") == (1_000_000_007, 3)
    assert files.stamp(tmp_path / "nothing") == (0, 0)


def test_the_file_of_a_write_that_is_going_on_lies_beside_and_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, fsync = list[str](), os.fsync

    def watched(descriptor: int) -> None:
        seen.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    files.write(tmp_path / "a", b"x")
    assert re.fullmatch(rf"\.fedbib-{os.getpid()}-[0-9a-f]{{12}}", seen[0])


def test_a_process_that_may_not_be_asked_is_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stray = tmp_path / ".fedbib-999999999-0123456789ab"
    for error, stays in ((PermissionError(), True), (ProcessLookupError(), False)):
        stray.touch()

        def refused(process: int, signal: int, error: OSError = error) -> None:
            assert (process, signal) == (999_999_999, 0)
            raise error

        monkeypatch.setattr(os, "kill", refused)
        files.sweep_dead([tmp_path])
        assert stray.exists() == stays


def test_without_signals_every_process_may_be_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    strays = [tmp_path / f".fedbib-{process}-0123456789ab" for process in (999_999_999, os.getpid())]
    for stray in strays:
        stray.touch()
    monkeypatch.setattr(os, "name", "other")
    files.sweep_dead([tmp_path])
    monkeypatch.undo()
    assert [stray.exists() for stray in strays] == [True, False]


def test_a_pipe_gets_every_byte(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    got = list[bytes]()
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    content = bytes(range(256)) * 1000
    assert files.pour(tmp_path / "pipe", content)
    reader.join(10)
    assert got == [content]


@pytest.mark.parametrize("failing", ["fsync", "replace", "open"])
@pytest.mark.parametrize("at", [1, 5, 300, 599, 600])
def test_of_many_files_those_before_a_fault_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, at: int
) -> None:
    items = [(tmp_path / f"{number:03d}", b"%d" % number) for number in range(1, 601)]
    broken = items[at - 1][0].name
    if failing == "open":
        (tmp_path / broken).mkdir()
    elif failing == "replace":
        real = Path.replace

        def refused(self: Path, target: Path) -> Path:
            if target.name == broken:
                raise OSError(errno.EIO, "Input/output error")
            return real(self, target)

        monkeypatch.setattr(Path, "replace", refused)
    else:
        flush, content = os.fsync, items[at - 1][1]

        def unflushed(descriptor: int) -> None:
            if os.fstat(descriptor).st_size and os.pread(descriptor, 9, 0) == content:
                raise OSError(errno.EIO, "Input/output error")
            flush(descriptor)

        monkeypatch.setattr(files, "NEW", os.O_RDWR | os.O_CREAT | os.O_EXCL)
        monkeypatch.setattr(os, "fsync", unflushed)
    with pytest.raises(BadFile) as caught:
        files.write_all(items)
    assert caught.value.where.endswith(broken)
    written = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert written == [path.name for path, _ in items[: at - 1]], "also no temporary file is left"
    assert all((tmp_path / name).read_bytes() == b"%d" % int(name) for name in written)


def test_many_files_are_all_written(tmp_path: Path) -> None:
    items = [(tmp_path / f"{number:03d}", b"%d" % number) for number in range(600)]
    assert files.write_all(items) == [path for path, _ in items]
    assert files.write_all([*items[:300], (tmp_path / "new", b"")]) == [tmp_path / "new"]
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {**dict(items), tmp_path / "new": b""}
