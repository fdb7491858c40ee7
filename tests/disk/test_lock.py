from __future__ import annotations

import errno
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from fedbib.disk.lock import locked
from fedbib.errors import BadFile

HOLD = """
import sys, time
if "nolock" in sys.argv:
    sys.modules["fcntl"] = None
from pathlib import Path
from fedbib.disk.lock import locked
with locked(Path(sys.argv[1]), Path(sys.argv[2]), 0.0):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "state" / "run.json"


@pytest.fixture(params=["flock", "nolock", "enolck"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whether folders can be locked: they can, the system has no such thing, the disk does not know it."""
    if request.param == "nolock":
        monkeypatch.setitem(sys.modules, "fcntl", None)
    if request.param == "enolck":
        import fcntl

        def refused(*_: object) -> None:
            raise OSError(errno.ENOLCK, "No locks available")

        monkeypatch.setattr(fcntl, "flock", refused)
    return str(request.param)


def test_of_two_runs_together_the_second_is_told_who_is_active(tmp_path: Path, notes: Path, system: str) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path), str(notes), "flock" if system == "flock" else "nolock"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BadFile) as error, locked(tmp_path, notes, 0.0):
            pass
        assert f"is in use by another run of fedbib (process {other.pid}, since 1970-01-01 00:00 UTC)" in str(
            error.value
        )
        other.kill()
        other.wait()
        with locked(tmp_path, notes, 0.0):  # a dead owner's lock is free
            pass


def test_a_lock_is_held_in_its_own_process_too(tmp_path: Path, notes: Path, system: str) -> None:
    with locked(tmp_path, notes, 0.0), pytest.raises(BadFile, match="another run"), locked(tmp_path, notes, 0.0):
        pass
    with locked(tmp_path, notes, 0.0):
        pass


def test_a_broken_lock_is_an_error_in_words(tmp_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    notes.parent.mkdir()
    notes.with_name("lock.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(BadFile, match="is no longer a lock file"), locked(tmp_path, notes, 0.0):
        pass


def test_the_lock_leaves_nothing_in_the_folder(tmp_path: Path, notes: Path) -> None:
    folder = tmp_path / "entries"
    folder.mkdir()
    with locked(folder, notes, 0.0):
        assert list(folder.iterdir()) == []


def test_notes_that_cannot_be_read_do_no_harm(tmp_path: Path, notes: Path) -> None:
    with locked(tmp_path, notes, 0.0):
        notes.write_text("garbage")
        with pytest.raises(BadFile, match="is in use by another run of fedbib"), locked(tmp_path, notes, 0.0):
            pass


def test_a_folder_that_is_not_there_needs_no_lock(tmp_path: Path, notes: Path) -> None:
    with locked(tmp_path / "nothing", notes, 0.0):
        assert not (tmp_path / "nothing").exists()


def test_who_holds_a_lock_and_since_when_is_told_and_noted(tmp_path: Path, notes: Path, system: str) -> None:
    since = 1_764_064_800.0
    with locked(tmp_path, notes, since):
        assert json.loads(notes.read_text()) == {"pid": os.getpid(), "since": since}
        with pytest.raises(BadFile) as caught, locked(tmp_path, notes, 0.0):
            pass
    assert (
        caught.value.message
        == f"is in use by another run of fedbib (process {os.getpid()}, since 2025-11-25 10:00 UTC)"
    )
    assert (caught.value.where, caught.value.hint) == (str(tmp_path), "wait until it has finished")


@pytest.mark.parametrize("text", ["{}", "[]", '{"pid": 1}', '{"pid": "x", "since": 0}', '{"pid": 1, "since": 1e300}'])
def test_notes_of_another_form_name_nobody(tmp_path: Path, notes: Path, text: str) -> None:
    with locked(tmp_path, notes, 0.0):
        notes.write_text(text)
        with pytest.raises(BadFile) as caught, locked(tmp_path, notes, 0.0):
            pass
    assert caught.value.message == "is in use by another run of fedbib"


def test_a_fault_within_frees_the_lock(tmp_path: Path, notes: Path, system: str) -> None:
    with pytest.raises(KeyboardInterrupt), locked(tmp_path, notes, 0.0):
        raise KeyboardInterrupt
    with locked(tmp_path, notes, 0.0):
        pass


def test_notes_that_cannot_be_kept_keep_nobody_from_the_lock(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with locked(tmp_path, tmp_path / "file" / "run.json", 0.0):
        pass


def test_a_folder_that_may_not_be_opened_is_said(tmp_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(BadFile) as caught, locked(tmp_path, notes, 0.0):
        pass
    assert (caught.value.message, caught.value.where) == ("permission denied", str(tmp_path))


def test_the_lock_that_stands_in_says_what_to_do(tmp_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    stand_in = notes.with_name("lock.sqlite")
    notes.parent.mkdir()
    stand_in.write_bytes(b"no database" * 1000)
    with pytest.raises(BadFile) as caught, locked(tmp_path, notes, 0.0):
        pass
    assert (caught.value.where, caught.value.hint) == (str(stand_in), "delete it")
    stand_in.unlink()

    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR

    def refused(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(sqlite3, "connect", refused)
    with pytest.raises(BadFile) as caught, locked(tmp_path, notes, 0.0):
        pass
    assert caught.value.message == "cannot be locked"
    assert (caught.value.where, caught.value.hint) == (str(stand_in), "check its folder and the disk")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")
def test_a_copied_process_that_goes_on_does_not_hold_the_lock(tmp_path: Path, notes: Path) -> None:
    program = (
        "import os, signal, sys, time\nfrom pathlib import Path\nfrom fedbib.disk.lock import locked\n"
        "folder, notes = map(Path, sys.argv[1:])\n"
        "with locked(folder, notes, 0.0):\n    child = os.fork()\n    if not child:\n        time.sleep(60)\n"
        "try:\n    with locked(folder, notes, 0.0):\n        print('free')\nfinally:\n    os.kill(child, signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), str(notes)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout == "free\n"
