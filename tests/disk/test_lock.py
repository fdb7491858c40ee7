from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fedbib.disk.lock import locked
from fedbib.errors import BadFile

HOLD = """
import sys, time
from pathlib import Path
from fedbib.disk.lock import locked
with locked(Path(sys.argv[1]), Path(sys.argv[2]), 0.0):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "state" / "run.json"


def test_of_two_runs_together_the_second_is_told_who_is_active(tmp_path: Path, notes: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path, notes], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BadFile) as error, locked(tmp_path, notes, 0.0):
            pass
        assert f"another run is active (process {other.pid}, since 1970-01-01 00:00 UTC)" in str(error.value)
        other.kill()
        other.wait()
        with locked(tmp_path, notes, 0.0):  # a dead owner's lock is free
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
