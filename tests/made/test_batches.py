"""What is made of neighbouring records, kept together."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.edits import Edited
from fedbib import cores
from fedbib.build.inputs import Inputs
from fedbib.collection import Collection
from fedbib.disk.kept import Kept, place
from fedbib.errors import BadFile
from fedbib.made import batches, shown, values
from fedbib.made.batches import Batches, Table
from fedbib.made.each import Each
from fedbib.made.names import CHECKED, SETTLED, SHOWN
from fedbib.made.one import Maker
from fedbib.model.about import About
from fedbib.model.work import Work
from fedbib.records.filing import Filed, Halves, find
from fedbib.references import pandoc
from fedbib.references.document import Reference

KINDS = (SETTLED, CHECKED, SHOWN)
PLAIN = 'name = "made"\nstyle = ""\n'


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edited:
    monkeypatch.setattr(batches, "_SIZE", 4)
    return Edited(tmp_path / "made", 20, settings=PLAIN)


@pytest.fixture
def filed(edited: Edited) -> list[Filed]:
    return find(edited.root / "entries", "entries")[0]


@pytest.fixture
def each(edited: Edited) -> Each:
    collection = Collection.open(edited.root)
    maker = lambda records, nav: Maker(collection.settings, collection.rules, Inputs, records, nav)  # noqa: E731
    return Each(collection.settings, Inputs, b"this one", Kept(place()), maker)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of records of which something was made."""
    seen: list[str] = []
    make = Maker.__call__

    def watched(self: Maker, kinds: Sequence[str], several: Sequence[Halves], *known: Any) -> list[list[bytes]]:
        seen.extend(one.key for one in several)
        return make(self, kinds, several, *known)

    monkeypatch.setattr(Maker, "__call__", watched)
    return seen


def tables(each: Each, filed: Sequence[Filed], here: bytes = b"here") -> list[Table]:
    found = Batches(each, filed, here)
    return [found.table(kind) for kind in KINDS]


def every(each: Each, filed: Sequence[Filed], here: bytes = b"here") -> list[list[bytes]]:
    """All columns of all kinds, each asked for in two ways."""
    said = [(table, column) for table in tables(each, filed, here) for column in table.columns]
    told = [table.column(column) for table, column in said]
    assert [[one for row in table.rows(column) for one in row] for table, column in said] == told
    assert [[table.one(column, one.key) for one in filed] for table, column in said] == told
    return told


def alone(each: Each, filed: Sequence[Filed]) -> list[list[bytes]]:
    """What `every` gives, made of each record with nothing kept."""
    contents = [each.make(list(KINDS), [one], len(filed)) for one in filed]
    apart = [
        [part for kind, one in zip(KINDS, next(some), strict=True) for part in ([one] if kind == SETTLED else values.unpacked(one))]
        for some in contents
    ]  # fmt: skip
    return [list(column) for column in zip(*apart, strict=True)]


def lose(each: Each, table: Table, number: int, column: str) -> None:
    """Take a column of a batch out of what is kept."""
    name = each._name(table.name(table._batches.all[number].name, column))
    with sqlite3.connect(place()) as database:
        assert database.execute("DELETE FROM kept WHERE name = ?", (name,)).rowcount == 1
    database.close()


def edit(filed: Filed) -> Filed:
    halves = filed.halves()
    return Filed.of(Halves(halves.key, b"# a remark\n" + halves.own, halves.claims))


def test_what_is_kept_is_what_is_made_of_each_and_is_not_made_again(
    each: Each, filed: list[Filed], made: list[str]
) -> None:
    wanted = alone(each, filed)
    assert len(wanted[0]) == 20
    assert all(any(column) for column in wanted)
    assert every(each, filed) == wanted
    made.clear()
    assert every(each, filed) == wanted
    assert made == []


def test_only_what_changed_is_made_again(each: Each, filed: list[Filed], made: list[str]) -> None:
    before = every(each, filed)
    other = edit(filed[9])
    for changed, asked in (
        ([*filed[:9], other, *filed[10:]], [other.key] * len(KINDS)),
        ([*filed[:9], *filed[10:]], []),
        ([*filed[:9], other, *filed[10:]], []),
        (filed, []),
    ):
        made.clear()
        told = every(each, changed)
        assert made == asked
        assert told == alone(each, changed)
    assert told == before


def test_records_that_moved_to_another_batch_are_not_made_again(
    each: Each, filed: list[Filed], made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = every(each, filed)
    made.clear()
    monkeypatch.setattr(batches, "_SIZE", 7)
    assert every(each, filed) == before
    assert made == []


def test_another_collection_finds_whole_batches(each: Each, filed: list[Filed], made: list[str]) -> None:
    every(each, filed)
    made.clear()
    every(each, filed, b"there")
    assert made == []
    every(each, [*filed[:9], *filed[10:]], b"elsewhere")
    assert 0 < len(set(made)) < len(filed) - 1


def test_another_program_or_other_settings_make_everything_again(
    each: Each, filed: list[Filed], made: list[str]
) -> None:
    every(each, filed)
    for other in (
        replace(each, program=b"another"),
        replace(each, program=b""),
        replace(each, anew=True),
        replace(each, settings=replace(each.settings, entries="papers")),
        replace(each, settings=replace(each.settings, about=About("other"))),
        replace(each, inputs=lambda: Inputs({"work.html": "mine"})),
    ):
        made.clear()
        Batches(other, filed, b"here").table(SHOWN).column(shown.TOLD)
        assert made == [one.key for one in filed]


def test_a_column_that_was_lost_is_made_again_and_nothing_else(each: Each, filed: list[Filed], made: list[str]) -> None:
    before = every(each, filed)
    for column in (shown.TOLD, shown.BULLET, "data.js"):
        table = Batches(each, filed, b"here").table(SHOWN)
        lose(each, table, 1, column)
        made.clear()
        assert every(each, filed) == before
        assert made == [one.key for one in table._batches.all[1].filed]


def test_columns_that_were_lost_may_be_asked_for_side_by_side(each: Each, filed: list[Filed]) -> None:
    before = Batches(each, filed, b"here").table(SHOWN)
    names = ("data.js", "dates", shown.BULLET)
    wanted = list(zip(*map(before.column, names), strict=True))
    table = Batches(each, filed, b"here").table(SHOWN)
    lose(each, table, 1, names[0])
    rows = zip(*map(table.rows, names), strict=True)
    assert [one for batch in rows for one in zip(*batch, strict=True)] == wanted


def test_what_the_last_run_kept_is_believed_for_what_is_there_only(
    each: Each, filed: list[Filed], made: list[str]
) -> None:
    every(each, filed)
    place().unlink()
    for table in tables(each, filed):
        table._remember(whole=True)
    made.clear()
    assert every(each, filed) == alone(each, filed)
    assert set(made) == {one.key for one in filed}


def test_what_one_way_lacks_is_no_more_than_what_changed(each: Each, filed: list[Filed], made: list[str]) -> None:
    """Runs that make other things of a record leave what this way has of its neighbours."""
    assert every(each, filed)
    first = [*filed[:3], edit(filed[3]), *filed[4:]]
    Batches(each, first, b"here").table(SHOWN).column(shown.TOLD)
    both = [*first[:15], edit(filed[15]), *first[16:]]
    found = Batches(each, both, b"here")
    found.table(SHOWN).column(shown.TOLD, [found.table(CHECKED)])
    made.clear()
    found.table(CHECKED).column("found")
    assert made == [filed[3].key]


def test_a_reference_is_set_again_when_what_a_style_is_told_changed(
    edited: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    (edited.root / "fedbib.toml").write_text('name = "made"\n')
    asked: list[str] = []
    set_ = pandoc.references

    def watched(works: Sequence[Work], *how: Any, **more: Any) -> tuple[Reference, ...]:
        asked.extend(work.key for work in works)
        return set_(works, *how, **more)

    def details() -> list[bytes]:
        batches, _ = Collection.open(edited.root)._files()
        return batches.table(SHOWN).column("details.js")

    monkeypatch.setattr(pandoc, "references", watched)
    before = details()
    assert len(asked) == 20
    path = sorted((edited.root / "entries").glob("*.toml"))[9]
    for said, wanted in (('comment = "well"\n', []), ('pin = { title = "Another" }\n', [path.stem])):
        asked.clear()
        path.write_text(said + path.read_text("utf-8"), "utf-8")
        changed = [place for place, (old, new) in enumerate(zip(before, details(), strict=True)) if old != new]
        assert asked == wanted
        assert changed == ([9] if wanted else [])


def test_any_number_of_processors_makes_the_same(
    each: Each, filed: list[Filed], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = every(replace(each, program=b""), filed)
    monkeypatch.setattr("fedbib.made.each.MANY", 2)
    monkeypatch.setattr("fedbib.made.each._TOGETHER", 5)
    monkeypatch.setattr("fedbib.made.each.can_fork", lambda: True)
    assert every(replace(each, program=b"", processors=2), filed) == one


def test_what_another_process_makes_while_others_are_read_is_the_same(
    each: Each, filed: list[Filed], monkeypatch: pytest.MonkeyPatch
) -> None:
    every(each, filed)
    changed = [*filed[:9], edit(filed[9]), *filed[10:]]
    wanted = alone(each, changed)[-len(shown.COLUMNS) :]
    monkeypatch.setattr("fedbib.cores.count", lambda: 2)
    monkeypatch.setattr("fedbib.cores.can_fork", lambda: True)
    monkeypatch.setattr(Maker, "__call__", _only_elsewhere(os.getpid()))
    table = Batches(each, changed, b"here").table(SHOWN)
    lacking = table.lacking()
    assert (len(lacking.batches), lacking.records) == (1, 1)
    work = {"make": lambda: table.make(lacking.batches)}
    second = cores.Second[None](["make"], lambda _: work)
    second.begin()
    second.tell(None)
    told = table.read(dict.fromkeys(shown.COLUMNS, list), meanwhile=lambda: second("make", work["make"]))
    assert [[one for some in told[column] for one in some] for column in shown.COLUMNS] == wanted


def _only_elsewhere(here: int) -> Callable[..., object]:
    make = Maker.__call__

    def made(self: Maker, *asked: Any) -> object:
        assert os.getpid() != here
        return make(self, *asked)

    return made


def test_files_that_change_before_they_are_read_are_refused(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made of a file is never kept under the hash of another one."""
    monkeypatch.setattr("fedbib.disk.seen._TICK", -(10**12))
    collection = Collection.open(edited.root)
    collection._files()
    batches, _ = collection._files()
    path = sorted((edited.root / "entries").glob("*.toml"))[3]
    path.write_text("# a remark\n" + path.read_text("utf-8"), "utf-8")
    with pytest.raises(BadFile, match="was changed meanwhile"):
        batches.table(CHECKED).column("found")
