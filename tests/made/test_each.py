from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from benchmarks.edits import Edited, differences, told
from fedbib.collection import Collection
from fedbib.disk.kept import place
from fedbib.made.names import DECIDING
from fedbib.settings import Settings

PLAIN = 'name = "made"\nstyle = ""\n'


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    return Edited(tmp_path / "made", 12, settings=PLAIN)


@pytest.mark.parametrize("tick", [pytest.param(10**12, id="all-read"), pytest.param(-(10**12), id="known-unread")])
def test_after_any_edits_what_is_kept_tells_what_is_made_anew(
    tmp_path: Path, tick: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m benchmarks.edits` makes a thousand of them."""
    monkeypatch.setattr("fedbib.disk.seen._TICK", tick)
    monkeypatch.setattr("fedbib.made.batches._SIZE", 3)
    assert differences(Edited(tmp_path / "made", 5, settings=PLAIN), 12) == []


def test_a_file_that_is_gone_stale_or_damaged_changes_nothing(edited: Edited) -> None:
    before = told(Collection.open(edited.root))
    place().write_bytes(b"damaged" * 1000)
    assert told(Collection.open(edited.root)) == before
    place().unlink()
    assert told(Collection.open(edited.root)) == before


def test_each_setting_decides_what_is_made_of_a_record_or_does_not() -> None:
    outputs, others = "about site templates style", "output readme look links contact bases off ages discover"
    assert {field.name for field in fields(Settings)} == {*DECIDING, *outputs.split(), *others.split()}


def test_what_another_process_finds_is_the_same(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    twin, *_ = sorted((edited.root / "entries").glob("*.toml"))
    (twin.parent / "twin2020.toml").write_bytes(twin.read_bytes())
    found = Collection.open(edited.root).problems()
    assert {"I02", "O01"} <= {problem.code for problem in found}
    monkeypatch.setattr("fedbib.cores._WORTH", 1)
    assert Collection.open(edited.root).problems() == found
