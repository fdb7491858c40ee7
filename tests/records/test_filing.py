"""Which records a folder has, found without reading what is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.disk import seen
from fedbib.errors import BadFile
from fedbib.records.filing import again, find
from tests.disk.test_seen import Kept


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three records, one of them with claims, whose files seem to have been there for long."""
    monkeypatch.setattr(seen, "_TICK", -(10**12))
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "a.json").write_text("{}")
    for key in "abc":
        (tmp_path / f"{key}.toml").write_text(f"# {key}\n")
    return tmp_path


def test_how_many_files_changed_is_told_before_they_are_read(folder: Path) -> None:
    memory, told = Kept(), list[tuple[int, int]]()

    def changes() -> tuple[int, int]:
        find(folder, "entries", memory, lambda *said: told.append(said))
        return told.pop()

    assert changes() == (3, 3)
    assert changes() == (0, 3)
    (folder / "a.toml").write_text("# changed\n")
    assert changes() == (1, 3)
    (folder / "a.toml").unlink()
    assert changes() == (1, 2)
    (folder / "claims" / "a.json").unlink()
    assert changes() == (0, 2)
    (folder / "d.toml").write_text("")
    assert changes() == (1, 3)


def test_what_another_process_found_is_read_again_or_refused(folder: Path) -> None:
    found, _ = find(folder, "entries")
    there = again(folder, "entries", {one.key: one.stamp for one in found})
    assert [one.halves() for one in there] == [one.halves() for one in found]
    (folder / "claims" / "b.json").write_text("{}")
    (folder / "claims" / "a.json").unlink()
    for one in there[:2]:
        with pytest.raises(BadFile, match="changed meanwhile"):
            one.halves()
    assert there[2].halves() == found[2].halves()
