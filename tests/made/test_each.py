from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path

import pytest

from benchmarks.edits import Edited, differences, told
from fedbib.build.inputs import Inputs
from fedbib.collection import Collection
from fedbib.disk.kept import Kept, place
from fedbib.made.each import Each
from fedbib.made.names import CHECKED, DECIDING, SETTLED, SHEETS, SHOWN
from fedbib.made.one import Maker
from fedbib.model.about import About
from fedbib.records.folder import Halves
from fedbib.settings import Settings
from fedbib.site.part import Nav

KINDS = (SETTLED, CHECKED, SHOWN, SHEETS)
PLAIN = 'name = "made"\nstyle = ""\n'


def halves(collection: Collection) -> list[Halves]:
    return [one for one, _ in collection.entries.files() if one]


def each(
    collection: Collection, maker: Callable[[int, Nav], Maker] | None = None, processors: int = 1, **said: object
) -> Each:
    usual = lambda records, nav: Maker(collection.settings, collection.rules, Inputs, records, nav)  # noqa: E731
    values: dict[str, object] = {"settings": collection.settings, "program": b"this one", "inputs": Inputs, **said}
    return Each(kept=Kept(place()), maker=maker or usual, processors=processors, **values)  # type: ignore[arg-type]


def never(records: int, nav: Nav) -> Maker:
    pytest.fail("nothing has to be made again")


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    return Edited(tmp_path / "made", 12, settings=PLAIN)


def test_what_was_kept_is_what_is_made_and_is_not_made_again(edited: Edited) -> None:
    collection = Collection.open(edited.root)
    first = each(collection).of(KINDS, halves(collection))
    assert each(collection, maker=never).of(KINDS, halves(collection)) == first
    assert [len(column) for column in first] == [12] * 4


def test_only_the_record_that_changed_is_made_again(edited: Edited) -> None:
    collection = Collection.open(edited.root)
    each(collection).of(KINDS, halves(collection))
    path = sorted((edited.root / "entries").glob("*.toml"))[3]
    path.write_text("# a remark\n" + path.read_text("utf-8"), "utf-8")
    seen: list[str] = []

    class Watched(Maker):
        def __call__(self, kinds: Sequence[str], several: Sequence[Halves]) -> list[list[bytes]]:
            seen.extend(one.key for one in several)
            return super().__call__(kinds, several)

    each(collection, lambda *_: Watched(collection.settings, collection.rules)).of(KINDS, halves(collection))
    assert seen == [path.stem]


def test_another_program_or_other_settings_make_everything_again(edited: Edited) -> None:
    collection = Collection.open(edited.root)
    each(collection).of(KINDS, halves(collection))
    for said in (
        {"program": b"another"},
        {"program": b""},
        {"settings": replace(collection.settings, entries="papers")},
        {"settings": replace(collection.settings, about=About("other"))},
        {"inputs": lambda: Inputs({"work.html": "mine"})},
    ):
        with pytest.raises(pytest.fail.Exception):
            each(collection, never, **said).of(KINDS, halves(collection))


def test_any_number_of_processors_makes_the_same(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fedbib.made.each._MANY", 2)
    monkeypatch.setattr("fedbib.made.each._TOGETHER", 5)
    monkeypatch.setattr("fedbib.made.each.can_fork", lambda: True)
    collection = Collection.open(edited.root)
    alone = each(collection, program=b"").of(KINDS, halves(collection))
    assert each(collection, program=b"", processors=2).of(KINDS, halves(collection)) == alone


def test_after_any_edits_what_is_kept_tells_what_is_made_anew(tmp_path: Path) -> None:
    """`python -m benchmarks.edits` makes a thousand of them."""
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
