"""What the outputs are made of: the pieces of all records, and where there is more of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import chain, compress
from typing import TYPE_CHECKING, Any

from fedbib import cores
from fedbib.build.ondisk import UNKNOWN, Checksums
from fedbib.build.outputs import Whole
from fedbib.build.piece import FILES, Piece
from fedbib.made import settled, shown
from fedbib.made.batches import Batches, Lacking
from fedbib.made.each import MANY
from fedbib.made.names import DRAW, MAKE, SETTLED, SHOWN
from fedbib.made.one import Maker
from fedbib.model.problem import Problem
from fedbib.model.work import Work
from fedbib.site import Source, kinds_of, nav_of
from fedbib.site.entry import Entry
from fedbib.site.facets import KINDS
from fedbib.site.part import ITEMS, TEXTS, Sheet

if TYPE_CHECKING:
    from fedbib.site.drawing import Page

Draw = Callable[[Whole], Sequence["Page"]]


def _all(read: Callable[[list[bytes]], Iterable[Any]], some: list[bytes]) -> list[Any]:
    return list(read(some))


class Gathered:
    """The records of a collection, for its outputs."""

    def __init__(self, batches: Batches, also: Sequence[str] = (SETTLED,)) -> None:
        """What has to be made is made with the kinds that are likely to be asked for `also`."""
        self._batches, self._each, self._also = batches, batches.each, [batches.table(kind) for kind in also]
        self._entries: dict[str, Entry] = {}
        """Those that are shown otherwise than their records say."""
        self._hidden: set[str] = set()
        self._kinds = self._guess()
        self._pages: Callable[[], Sequence[Page]] | None = None
        self._checksums, self._is_new = UNKNOWN, False
        self._set_table()

    def gather(
        self, checksums: Callable[[], Checksums], draw: Draw | None, second: cores.Second[Any] | None = None
    ) -> None:
        """Have all that the outputs are put together from; `checksums` gives those of files on disk taken before.

        Where there are many records, another process makes what few lack, and draws the pages about several of them:
        the `second` one, if that has begun already.
        """
        lacking = self._table.lacking()
        work = self.work(draw, lacking)
        self._is_new = lacking.records >= MANY
        if self._is_new:  # all processors make them
            work.pop(MAKE)()
        if self._is_new or not (second and second.is_begun):
            second = cores.Second(list(work), lambda _: work)
            if cores.is_worth(len(self._batches)):
                second.begin()
                second.tell(None)
        if draw and second.is_begun:
            self._pages = partial(second, DRAW, work[DRAW])
        self._checksums = checksums()
        self._load(partial(second, MAKE, work[MAKE]) if MAKE in work else lambda: None)

    def work(self, draw: Draw | None, lacking: Lacking | None = None) -> dict[str, Callable[[], Any]]:
        """What another process may do of it."""
        missing = (lacking or self._table.lacking()).batches
        work: dict[str, Callable[[], Any]] = {MAKE: partial(self._table.make, missing, self._also)}
        return work | {DRAW: lambda: draw(self._everything())} if draw else work

    def _set_table(self) -> None:
        self._nav = nav_of(self._kinds)
        self._table = self._batches.table(SHOWN, self._nav if self._each.settings.site else ())
        self._parts = cache(lambda: self._read({shown.PAGE: shown.parts})[0])

    def _load(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Make what is not kept, with what else is likely to be asked for."""
        reads: Mapping[str, Callable[[list[bytes]], Iterable[Any]]] = {
            shown.TOLD: shown.told,
            shown.BULLET: shown.pieces,
            shown.LISTED: shown.files,
        }
        told, pieces, sheets = self._read(reads, meanwhile)
        self._told: list[shown.Told] = told
        self._pieces: list[Piece] = pieces
        self._sheets: list[tuple[Sheet, ...]] = sheets

    def _read(
        self,
        reads: Mapping[str, Callable[[list[bytes]], Iterable[Any]]],
        meanwhile: Callable[[], object] = lambda: None,
    ) -> list[list[Any]]:
        """What some columns have of all records."""
        found = self._table.read({name: partial(_all, read) for name, read in reads.items()}, self._also, meanwhile)
        return [list(chain.from_iterable(found[column])) for column in reads]

    @property
    def problems(self) -> list[tuple[Problem, ...]]:
        """What is wrong with the files of each record."""
        return [one.problems for one in self._told]

    @property
    def batches(self) -> Batches:
        return self._batches

    @property
    def is_faultless(self) -> bool:
        """Whether the outputs are of all records, and nothing is wrong with these."""
        return not self._hidden and not any(self.problems)

    def checksums(self) -> Checksums:
        """Those of files on disk that were taken before; told once, as they may change."""
        told, self._checksums = self._checksums, UNKNOWN
        return told

    def replace(self, works: Mapping[str, Work | None]) -> None:
        """Show other works in place of some records, or none; what only a record tells stays if it can be read."""
        self._hidden |= works.keys()
        for key, work in works.items():
            if work:
                read = self._maker.entry(self._batches.halves(key)) if key in self._batches.by_key else None
                self._entries[key] = replace(read or Entry(work), work=work)
        self._entries = {one.work.key: one for one in self._maker.with_references(list(self._entries.values()))}

    def whole(self) -> Whole:
        """All of it; raises RoundTripLost or BadFile for what stands in the way of a piece."""
        self._refuse()
        others = self._others()
        if self._each.settings.site and (kinds := self._kinds_said(others)) != self._kinds:
            self._kinds, self._pages = kinds, None
            self._set_table()
            self._load()
            self._refuse()
            others = self._others()
        self._each.keep(self._place, " ".join(self._kinds).encode())
        if not self._hidden:
            return self._everything()
        found = {piece.key: piece for piece in self._whole_pieces() if piece.key not in self._hidden}
        found |= {piece.key: piece for piece in others}
        return Whole.of([found[key] for key in sorted(found)], self._source, self._contents)

    def _everything(self) -> Whole:
        """All of it where nothing is hidden."""
        pieces, sheets = lambda: self._pieces, lambda: self._sheets
        beside, source = self._table.beside, self._source
        return Whole(
            pieces, self._parts, sheets, self._texts, source, beside, self._contents, self._pages, self._is_new
        )

    @property
    def _source(self) -> Source:
        return Source(self._work, self._entries_of)

    def _refuse(self) -> None:
        for key, told in zip(self._batches.by_key, self._told, strict=True):
            if told.error and key not in self._hidden:
                raise told.error

    def _others(self) -> list[Piece]:
        return [self._maker.piece(entry) for entry in self._entries.values()]

    def _whole_pieces(self) -> Iterator[Piece]:
        """All pieces with their pages and texts."""
        names = [*FILES, *TEXTS, *ITEMS]
        texts = [dict(zip(names, said, strict=True)) for said in zip(*map(self._table.column, names), strict=True)]
        pages = (replace(part, sheets=sheets) for part, sheets in zip(self._parts(), self._sheets, strict=True))
        for piece, said in zip(self._pieces, compress(texts, [one.has_piece for one in self._told]), strict=True):
            yield replace(piece, page=next(pages, None), texts={name: text for name, text in said.items() if text})

    def _kinds_said(self, others: Sequence[Piece]) -> list[str]:
        """The kinds of values that papers have."""
        said = {
            kind
            for key, told in zip(self._batches.by_key, self._told, strict=True)
            if key not in self._hidden
            for kind in told.kinds
        }
        said.update(kinds_of([piece.page for piece in others if piece.page]))
        return [kind for kind in KINDS if kind in said]

    def _guess(self) -> list[str]:
        """The kinds of values that papers have, most likely: that saves making all pages twice."""
        kept = self._each.find(self._place)
        if kept is not None:
            return kept.decode().split()
        filed = [one for batch in self._batches.all for one in batch.filed]
        return [kind for kind in KINDS if kind == "venues" or any(kind.encode() in one.halves().own for one in filed)]

    @property
    def _place(self) -> bytes:
        return b"kinds " + self._batches.place

    @property
    def _maker(self) -> Maker:
        return self._each.maker(len(self._batches), self._nav)

    # What is asked for later --------------------------------------------------------------------------------------

    def _texts(self, name: str) -> Iterator[bytes | memoryview]:
        if name in shown.JOINTS:
            return self._table.joined(name)
        return filter(None, chain.from_iterable(self._table.rows(name)))

    def _contents(self, key: str) -> Sequence[bytes]:
        return shown.texts(self._table.one(shown.SHEETS, key))

    def _work(self, key: str) -> Work:
        if key in self._entries:
            return self._entries[key].work
        return settled.load(self._batches.table(SETTLED).one(SETTLED, key)).work or Work()

    def _entries_of(self, keys: Sequence[str]) -> list[Entry]:
        maker = self._maker
        read = [maker.entry(self._batches.halves(key)) for key in dict.fromkeys(keys) if key not in self._entries]
        found = {one.work.key: one for one in maker.with_references(list(filter(None, read)))} | self._entries
        return [found[key] for key in keys]
