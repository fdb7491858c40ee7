from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from fedbib.disk.kept import Kept, place
from fedbib.disk.program import _hash, fingerprint

ONE, TWO = b"a" * 16, b"b" * 16


@pytest.fixture
def path() -> Path:
    return place()


def some(path: Path, *names: bytes) -> list[bytes | None]:
    return list(Kept(path).find(names))


def test_what_was_kept_is_found_by_its_name_and_nothing_else(path: Path) -> None:
    kept = Kept(path)
    kept.keep([(ONE, b"first"), (TWO, b"")])
    kept.keep([(ONE, b"again")])
    assert some(path, TWO, b"c", ONE) == [b"", None, b"again"]


def test_of_many_names_each_has_its_own(path: Path) -> None:
    rows = [(number.to_bytes(16), str(number).encode()) for number in range(1234)]
    Kept(path).keep(rows)
    assert some(path, *(name for name, _ in rows)) == [content for _, content in rows]


def test_without_a_path_nothing_is_kept() -> None:
    kept = Kept(None)
    kept.keep([(ONE, b"first")])
    assert list(kept.find([ONE])) == [None]


@pytest.mark.parametrize(
    "change", ["content = x'00'", "content = 'text'", "name = x'63'", "content = CAST(content || x'00' AS BLOB)"]
)
def test_what_was_changed_is_as_if_it_were_not_there(path: Path, change: str) -> None:
    Kept(path).keep([(ONE, b"first"), (TWO, b"second")])
    with sqlite3.connect(path) as database:
        database.execute(f"UPDATE kept SET {change} WHERE name = ?", (ONE,))
    database.close()
    assert some(path, ONE, b"c", TWO) == [None, None, b"second"]


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_damaged_is_begun_anew(path: Path, content: bytes) -> None:
    Kept(path).keep([(ONE, b"first")])
    path.write_bytes(content)
    kept = Kept(path)
    assert list(kept.find([ONE])) == [None]
    kept.keep([(ONE, b"second")])
    assert some(path, ONE) == [b"second"]


def test_damage_at_any_place_gives_what_was_kept_or_nothing(path: Path) -> None:
    rows = [(number.to_bytes(16), bytes([number]) * 2000) for number in range(40)]
    Kept(path).keep(rows)
    whole = path.read_bytes()
    for at in range(0, len(whole), 1511):
        path.write_bytes(whole[:at] + bytes(97) + whole[at + 97 :])
        found = some(path, *(name for name, _ in rows))
        assert all(content in (None, kept) for content, (_, kept) in zip(found, rows, strict=True))


def test_of_too_much_what_was_used_last_stays(path: Path) -> None:
    kept = Kept(path, limit=200_000)
    for number in range(60):
        kept.keep([(number.to_bytes(16), bytes(10_000))])
    assert some(path, (59).to_bytes(16), (0).to_bytes(16)) == [bytes(10_000), None]
    assert path.stat().st_size < 500_000


def test_a_folder_that_cannot_be_had_is_no_fault(path: Path) -> None:
    path.parent.parent.mkdir(parents=True, exist_ok=True)
    path.parent.write_text("in the way")
    Kept(path).keep([(ONE, b"first")])
    assert some(path, ONE) == [None]


def test_while_another_run_writes_nothing_is_lost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fedbib.disk.kept._WAITING", 0.01)
    Kept(path).keep([(ONE, b"first")])
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    assert some(path, ONE) == [None]
    other.close()
    assert some(path, ONE) == [b"first"]


def test_another_program_has_another_fingerprint(tmp_path: Path) -> None:
    own, packages = tmp_path / "own", tmp_path / "packages"
    (own / "part").mkdir(parents=True)
    packages.mkdir()
    seen = set()
    for path, content in (
        (own / "a.py", "1"), (own / "a.py", "2"), (own / "part" / "words.toml", ""), (packages / "x-1.dist-info", ""),
    ):  # fmt: skip
        path.write_text(content)
        seen.add(_hash(own, [str(packages), "nowhere"]))
    assert len(seen) == 4
    (own / "__pycache__").mkdir()
    (own / "__pycache__" / "a.pyc").touch()
    assert _hash(own, [str(packages)]) in seen


def test_a_program_whose_files_cannot_be_found_has_none(tmp_path: Path) -> None:
    assert _hash(tmp_path / "in.zip" / "own", []) == b""
    assert len(fingerprint()) == 16


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be copied here")
def test_a_copy_of_the_process_asks_for_itself(path: Path) -> None:
    """A connection that two processes use would be damaged."""
    kept = Kept(path)
    kept.keep([(b"before", b"one")])
    process = os.fork()
    if not process:
        is_there = list(kept.find([b"before"])) == [b"one"]
        kept.keep([(b"after", b"two")])
        os._exit(0 if is_there else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    assert list(kept.find([b"before", b"after"])) == [b"one", b"two"]
