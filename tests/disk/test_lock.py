from __future__ import annotations

import errno
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
        assert f"another run is active (process {other.pid}, since 1970-01-01 00:00 UTC)" in str(error.value)
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
    with pytest.raises(BadFile, match="is not the lock it was"), locked(tmp_path, notes, 0.0):
        pass


def test_the_lock_leaves_nothing_in_the_folder(tmp_path: Path, notes: Path) -> None:
    folder = tmp_path / "entries"
    folder.mkdir()
    with locked(folder, notes, 0.0):
        assert list(folder.iterdir()) == []


def test_notes_that_cannot_be_read_do_no_harm(tmp_path: Path, notes: Path) -> None:
    with locked(tmp_path, notes, 0.0):
        notes.write_text("garbage")
        with pytest.raises(BadFile, match="another run is active"), locked(tmp_path, notes, 0.0):
            pass


def test_a_folder_that_is_not_there_needs_no_lock(tmp_path: Path, notes: Path) -> None:
    with locked(tmp_path / "nothing", notes, 0.0):
        assert not (tmp_path / "nothing").exists()
