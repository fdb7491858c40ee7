"""Neighbouring records, for which what is made of each is kept together: an edit leaves most batches as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any
from zlib import crc32

from fedbib.disk.held import Held
from fedbib.made import values
from fedbib.made.each import MANY, Each
from fedbib.made.names import CHECKED, SETTLED, SHOWN
from fedbib.records.filing import Filed, Halves

if TYPE_CHECKING:
    from fedbib.site.part import Nav

_SIZE = 64
"""So many records are in a batch, more or less."""
_HASH = 16


@dataclass(frozen=True, slots=True)
class Batch:
    name: bytes
    """A hash of the stamps of its records."""
    filed: Sequence[Filed]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is not kept of some table."""

    batches: Sequence[int]
    """By number."""
    records: int
    """How many of theirs have to be made."""


class Batches:
    """All records of a collection."""

    def __init__(self, each: Each, filed: Sequence[Filed], place: bytes) -> None:
        """`place` tells this collection from others: what its last run kept is known by it."""
        self.each, self.all, self.place = each, list(divided(filed)), place
        self.fresh = Held()
        """What this run made, by name."""
        self._tables: dict[tuple[str, Nav], Table] = {}

    def __len__(self) -> int:
        return sum(len(batch.filed) for batch in self.all)

    def name(self, what: str, kind: str) -> bytes:
        """Under which name something is kept that is told of all of them by what is made of each in one way."""
        said = blake2b(self.each.context(kind), digest_size=_HASH)
        for batch in self.all:
            said.update(batch.name)
        return b"%b %b" % (what.encode("utf-8", "surrogateescape"), said.digest())

    def table(self, kind: str, nav: Nav = ()) -> Table:
        """What is made of them in one way; `nav` is what stands above every page."""
        return self._tables.setdefault((kind, nav), Table(self, kind, nav))

    @cached_property
    def by_key(self) -> Mapping[str, tuple[int, int]]:
        """The number of the batch of each key, and its place there."""
        return {
            one.key: (number, place) for number, batch in enumerate(self.all) for place, one in enumerate(batch.filed)
        }

    def halves(self, key: str) -> Halves:
        """The files of a record; raises BadFile where they changed meanwhile."""
        number, place = self.by_key[key]
        return self.all[number].filed[place].halves()


def columns_of(kind: str) -> tuple[Sequence[str], Mapping[str, bytes]]:
    """The columns that the result of a kind consists of, and what stands between the texts of neighbours in some.

    By columns it is kept: few readers need all of them.
    """
    if kind == SETTLED:
        return (SETTLED,), {}
    if kind == CHECKED:
        from fedbib.made import checked

        return checked.COLUMNS, {}
    from fedbib.made import shown

    return shown.COLUMNS, shown.JOINTS


class Table:
    """What is made of all records in one way: found where a run kept it, else made when it is asked for."""

    def __init__(self, batches: Batches, kind: str, nav: Nav = ()) -> None:
        self.kind, self._batches, self._nav = kind, batches, nav
        self._last: tuple[int, str, list[bytes]] = (-1, "", [])
        """Number and column of the batch that one record was asked of."""

    @cached_property
    def _shape(self) -> tuple[Sequence[str], Mapping[str, bytes]]:
        return columns_of(self.kind)

    @property
    def columns(self) -> Sequence[str]:
        return self._shape[0]

    @property
    def _joints(self) -> Mapping[str, bytes]:
        return self._shape[1]

    def read(
        self,
        reads: Mapping[str, Callable[[list[bytes]], Any]],
        also: Sequence[Table] = (),
        meanwhile: Callable[[], object] = lambda: None,
    ) -> dict[str, list[Any]]:
        """What is read of some columns, batch by batch.

        What is missing is made, together with what is likely to be asked for `also`, unless it is there when what
        somebody makes while the rest is read is waited for (`meanwhile`).
        """
        found = {column: list(self._find(column)) for column in reads}
        missing = sorted({number for rows in found.values() for number, row in enumerate(rows) if row is None})
        told = {
            column: [None if row is None else reads[column](self._unpacked(row, column)) for row in rows]
            for column, rows in found.items()
        }
        if missing:
            meanwhile()
            rows = list(zip(*(self._find(column, missing) for column in reads), strict=True))
            self.make([number for number, row in zip(missing, rows, strict=True) if None in row], also)
        for column, read in reads.items():
            for number, row in zip(missing, self._find(column, missing), strict=True):
                told[column][number] = read(self._unpacked(row or b"", column))
        return told

    def lacking(self) -> Lacking:
        """What has to be made."""
        missing = [number for number, row in enumerate(self._find(self.columns[0])) if row is None]
        before = self._before() if missing else {}
        records = (one for number in missing for one in self._batches.all[number].filed)
        return Lacking(missing, sum(one.stamp not in before for one in records))

    def column(self, column: str, also: Sequence[Table] = ()) -> list[bytes]:
        """What is in a column for each record."""
        return list(chain.from_iterable(self.read({column: lambda some: some}, also)[column]))

    def joined(self, column: str) -> Iterator[memoryview]:
        """What a column has of neighbours, with what stands between them in a file; each found when it is asked for."""
        return filter(None, map(values.joined, self._rows(column)))

    def rows(self, column: str) -> Iterator[list[bytes]]:
        """As `column`, batch by batch, each found when it is asked for."""
        return (self._unpacked(row, column) for row in self._rows(column))

    def _rows(self, column: str) -> Iterator[bytes]:
        for number, row in enumerate(self._find(column)):
            if row is None:  # it was damaged, or had to go
                self.make([number])
                row = self._fresh(number, column)
            yield row or b""

    def _unpacked(self, row: bytes, column: str) -> list[bytes]:
        return values.unpacked(row, self._joints.get(column, b""))

    def one(self, column: str, key: str) -> bytes:
        """What is in a column for a key."""
        number, place = self._batches.by_key[key]
        if self._last[:2] != (number, column):
            (row,) = self._find(column, [number])
            if row is None:
                filed = self._batches.all[number].filed[place]
                return self._apart(next(self._make([filed]))[0])[self.columns.index(column)]
            self._last = number, column, self._unpacked(row, column)
        return self._last[2][place]

    def beside(self, column: str, key: str) -> dict[str, bytes]:
        """What is in a column for a key and its neighbours, by their keys."""
        self.one(column, key)
        number, _ = self._batches.by_key[key]
        if self._last[:2] != (number, column):  # it was lost, and made for this one
            return {key: self.one(column, key)}
        return {one.key: said for one, said in zip(self._batches.all[number].filed, self._last[2], strict=True)}

    def name(self, batch: bytes, column: str) -> bytes:
        """Under which name a column of a batch is kept."""
        return b"%b %b %b" % (self._context, column.encode(), batch)

    def _fresh(self, number: int, column: str) -> bytes | None:
        return self._batches.fresh.get(self.name(self._batches.all[number].name, column))

    @cached_property
    def _context(self) -> bytes:
        return self._batches.each.context(self.kind, self._nav)

    def _find(self, column: str, numbers: Sequence[int] | None = None) -> Iterator[bytes | None]:
        batches = self._batches.all if numbers is None else [self._batches.all[number] for number in numbers]
        names = [self.name(batch.name, column) for batch in batches]
        here = [self._batches.fresh.get(name) for name in names]
        found = self._batches.each.find_all([name for name, row in zip(names, here, strict=True) if row is None])
        return (next(found) if row is None else row for row in here)

    def make(self, missing: Sequence[int], also: Sequence[Table] = ()) -> None:
        """Make what batches lack, and keep it."""
        if not missing:
            return
        tables, batches = (self, *also), [self._batches.all[number] for number in missing]
        before = [table._before() for table in tables]
        new_ones = [one for batch in batches for one in batch.filed if one.stamp not in before[0]]
        made = self._make(new_ones, also, self._gone(batches, before[0]) if len(new_ones) < MANY else ())
        for batch in batches:
            old = self._old(batch, before[0])
            new = {one.stamp: next(made) for one in batch.filed if one.stamp not in before[0]}
            lost = [one for one in batch.filed if one.stamp not in new and one.stamp not in old]
            new |= zip([one.stamp for one in lost], self._make(lost, also), strict=True)
            for place, table in enumerate(tables):
                known = table._old(batch, before[place]) if place else old
                table._keep(batch, known | {stamp: table._apart(one[place]) for stamp, one in new.items()})
        for table in tables:
            table._remember(whole=table is self)

    def _make(
        self, filed: Sequence[Filed], also: Sequence[Table] = (), gone: Iterable[Sequence[bytes]] = ()
    ) -> Iterator[list[bytes]]:
        kinds = (self.kind, *(table.kind for table in also))
        references: Mapping[bytes, str] = {}
        if SHOWN in kinds:
            from fedbib.made import shown

            references = shown.references(gone)
        return self._batches.each.make(kinds, filed, len(self._batches), self._nav, references)

    def _apart(self, content: bytes) -> Sequence[bytes]:
        """The result for a record as its columns."""
        return values.unpacked(content) if len(self.columns) > 1 else (content,)

    # What the last run kept, of whose batches some records are as they were -------------------------------------------

    def _before(self) -> dict[bytes, tuple[bytes, int]]:
        """The batch that each stamp stood in, and its place there; a batch's name proves what it consists of."""
        stamps = [_cut(together) for together in self._last_stamps()]
        names = list(map(_name, stamps))
        there = self._batches.each.find_all([self.name(name, self.columns[0]) for name in names])
        return {
            stamp: (name, place)
            for name, some, row in zip(names, stamps, there, strict=True)
            if row is not None
            for place, stamp in enumerate(some)
        }

    def _old(self, batch: Batch, before: Mapping[bytes, tuple[bytes, int]]) -> dict[bytes, Sequence[bytes]]:
        """The columns of those records of a batch that stood in one whose columns are all there, by stamp."""
        stood = {one.stamp: before[one.stamp] for one in batch.filed if one.stamp in before}
        rows = {name: found for name in {name for name, _ in stood.values()} if (found := self._there(name))}
        return {stamp: rows[name][place] for stamp, (name, place) in stood.items() if name in rows}

    def _gone(self, batches: Sequence[Batch], before: Mapping[bytes, tuple[bytes, int]]) -> Iterator[Sequence[bytes]]:
        """The columns of records that stood beside those of some batches, and do so no more."""
        here = {before[one.stamp] for batch in batches for one in batch.filed if one.stamp in before}
        for name in {name for name, _ in here}:
            yield from (row for place, row in enumerate(self._there(name)) if (name, place) not in here)

    def _there(self, name: bytes) -> list[Sequence[bytes]]:
        """The columns of each record of a batch; nothing unless all are there."""
        found = list(self._batches.each.find_all([self.name(name, column) for column in self.columns]))
        if None in found:
            return []
        said = (self._unpacked(row or b"", column) for row, column in zip(found, self.columns, strict=True))
        return list(zip(*said, strict=True))

    def _keep(self, batch: Batch, known: Mapping[bytes, Sequence[bytes]]) -> None:
        """Keep the columns of a batch, if those of each record are known by its stamp."""
        if all(one.stamp in known for one in batch.filed):
            columns = zip(*(known[one.stamp] for one in batch.filed), strict=True)
            made = {
                self.name(batch.name, column): values.packed(said, self._joints.get(column, b""))
                for column, said in zip(self.columns, columns, strict=True)
            }
            self._batches.fresh.update(made)
            self._batches.each.keep_all(made.items())

    def _remember(self, *, whole: bool) -> None:
        """Note which batches are kept, all of them if it is `whole`; where one is not, the last with its records."""
        last = self._last_stamps()
        known = {_name([stamps]) for stamps in last} | {batch.name for batch in self._batches.all if whole}
        fresh, first = self._batches.fresh, self.columns[0]
        there, lacking = [], set[bytes]()
        for batch in self._batches.all:
            stamps = [one.stamp for one in batch.filed]
            if batch.name in known or self.name(batch.name, first) in fresh:
                there.append(b"".join(stamps))
            else:
                lacking.update(stamps)
        there += [stamps for stamps in last if lacking and not lacking.isdisjoint(_cut(stamps))]
        self._batches.each.keep(self._lastly, values.packed(there))

    def _last_stamps(self) -> list[bytes]:
        kept = self._batches.each.find(self._lastly)
        return values.unpacked(kept) if kept else []

    @property
    def was_made(self) -> bool:
        """Whether a past run made it, too."""
        return bool(self._last_stamps())

    @property
    def _lastly(self) -> bytes:
        return b"last %b %b" % (self._context, self._batches.place)


def divided(filed: Sequence[Filed]) -> Iterator[Batch]:
    """The batches. Keys alone decide where they begin and end, so that a record more or less changes one of them."""
    start = 0
    for end, one in enumerate(filed, 1):
        if end == len(filed) or not crc32(one.key.encode()) % _SIZE:
            some = filed[start:end]
            yield Batch(_name([one.stamp for one in some]), some)
            start = end


def _name(stamps: Sequence[bytes]) -> bytes:
    return blake2b(b"".join(stamps), digest_size=_HASH).digest()


def _cut(stamps: bytes) -> list[bytes]:
    return [stamps[at : at + _HASH] for at in range(0, len(stamps), _HASH)]
