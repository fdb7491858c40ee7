"""Pieces of neighbouring records, put together once."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.edits import Edited
from fedbib.build.piece import FILES
from fedbib.collection import Collection
from fedbib.disk.kept import Kept
from fedbib.made import batches, shown
from fedbib.made.batches import of_all
from fedbib.made.each import Each
from fedbib.made.joined import Joined
from fedbib.made.names import CHECKED, SETTLED, SHOWN
from fedbib.made.one import Maker
from fedbib.records.folder import Halves
from fedbib.site.part import ITEMS, TEXTS


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Collection:
    monkeypatch.setattr(batches, "_SIZE", 4)
    return Collection.open(Edited(tmp_path / "made", 20, settings='name = "made"\nstyle = ""\n').root)


def halves(collection: Collection) -> list[Halves]:
    return [one for one, _ in collection.entries.files() if one]


def every(found: Joined) -> dict[str, bytes]:
    """What stands in each file between its head and its end, and the lists."""
    return {name: TEXTS.get(name, b"\n").join(found.texts(name)) for name in (*FILES, *TEXTS, *ITEMS)}


def test_texts_of_batches_are_those_of_all_pieces(collection: Collection) -> None:
    """However they are divided, and whether they were put together before or are now."""
    some = halves(collection)
    pieces = [shown.load(content)[0] for content in collection._each.of((SHOWN,), some)[0]]
    for _ in range(2):
        found = Joined(collection._each, some, ())
        assert len(list(found.texts("data.js"))) > 2
        for name in (*TEXTS, *ITEMS):
            joined = TEXTS.get(name, b"").join(piece.texts[name] for piece in pieces)  # type: ignore[union-attr]
            assert TEXTS.get(name, b"").join(found.texts(name)) == joined
        assert [piece.bullet for piece, _ in found.told] == [piece.bullet for piece in pieces]  # type: ignore[union-attr]
        assert [piece.page for piece, _ in found.told] == [piece.page for piece in pieces]  # type: ignore[union-attr]


def test_a_record_more_or_less_or_edited_changes_one_batch(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = halves(collection)
    Joined(collection._each, some, ())
    asked: list[int] = []
    begun = Each.begun

    def watched(self: Each, kinds: object, halves: list[Halves], *more: Any, **others: Any) -> object:
        asked.append(len(halves))
        return begun(self, kinds, halves, *more, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(Each, "begun", watched)
    edited = Halves(some[9].key, b"# a remark\n" + some[9].own, some[9].claims)
    for changed in ([*some[:9], *some[10:]], [*some[:9], edited, *some[10:]], some):
        Joined(collection._each, changed, ())
    assert max(asked) < len(some)
    assert asked[-1] == 0


def test_what_another_process_makes_while_others_are_read_is_the_same(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = halves(collection)
    Joined(collection._each, some, ())
    some[9] = Halves(some[9].key, b"# a remark\n" + some[9].own, some[9].claims)
    here = Joined(replace(collection._each, program=b""), some, ())
    told = every(here), here.told
    monkeypatch.setattr("fedbib.cores._WORTH", 1)
    monkeypatch.setattr("fedbib.cores.count", lambda: 2)
    monkeypatch.setattr("fedbib.cores.can_fork", lambda: True)
    monkeypatch.setattr(Maker, "__call__", _only_elsewhere(os.getpid()))
    there = Joined(collection._each, some, ())
    assert (every(there), there.told) == told


def _only_elsewhere(here: int) -> Callable[..., object]:
    make = Maker.__call__

    def made(self: Maker, *asked: Any) -> object:
        assert os.getpid() != here
        return make(self, *asked)

    return made


def test_a_text_that_was_lost_is_put_together_again(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    before = every(Joined(collection._each, halves(collection), ()))
    found = Joined(collection._each, halves(collection), ())
    monkeypatch.setattr(Kept, "find", lambda self, names: iter([None for _ in names]))
    assert every(found) == before


def test_what_is_kept_batch_by_batch_is_what_is_made_of_each(collection: Collection) -> None:
    some = halves(collection)
    for kind in (SETTLED, CHECKED):
        made = collection._each.of((kind,), some)[0]
        assert of_all(collection._each, kind, some) == made
        assert of_all(collection._each, kind, some) == made
        assert of_all(collection._each, kind, some[1:]) == made[1:]
