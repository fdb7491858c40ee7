"""What the outputs are made of: the pieces of all records, and where there is more of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fedbib.build.ondisk import Checksums
from fedbib.build.outputs import Whole
from fedbib.build.piece import Piece
from fedbib.errors import FedbibError
from fedbib.made import settled, shown
from fedbib.made.each import Each
from fedbib.made.joined import Joined
from fedbib.made.names import SETTLED, SHEETS, SHOWN
from fedbib.made.one import Maker
from fedbib.model.problem import Problem
from fedbib.model.work import Work
from fedbib.records.folder import Halves
from fedbib.site import Source, kinds_of, nav_of
from fedbib.site.entry import Entry
from fedbib.site.facets import KINDS


class Gathered:
    """The records of a collection, for its outputs."""

    def __init__(self, each: Each, halves: Sequence[Halves], checksums: Checksums = dict) -> None:
        """`checksums` tells those of files on disk that were taken before."""
        self._each, self._halves = each, {one.key: one for one in halves}
        self._checksums = checksums
        self._entries: dict[str, Entry] = {}
        """Those that are shown otherwise than their records say."""
        self._hidden: set[str] = set()
        # A guess, which saves making all pages twice.
        self._nav = nav_of([kind for kind in KINDS if kind == "venues" or _is_said(kind, halves)])
        self._joined = self._load()

    def _load(self) -> Joined:
        return Joined(self._each, list(self._halves.values()), self._nav if self._each.settings.site else ())

    @property
    def problems(self) -> list[tuple[Problem, ...]]:
        """What is wrong with the files of each record."""
        return [problems for _, problems in self._joined.told]

    def checksums(self) -> Mapping[str, str]:
        """The SHA-256 of files on disk that were taken before, by path; told once, as they may change."""
        told, self._checksums = self._checksums, dict
        return told()

    def replace(self, works: Mapping[str, Work | None]) -> None:
        """Show other works in place of some records, or none; what only a record tells stays if it can be read."""
        self._hidden |= works.keys()
        for key, work in works.items():
            if work:
                halves = self._halves.get(key)
                read = self._maker.entry(halves) if halves else None
                self._entries[key] = replace(read or Entry(work), work=work)
        self._entries = {one.work.key: one for one in self._maker.with_references(list(self._entries.values()))}

    def whole(self) -> Whole:
        """All of it; raises RoundTripLost or BadFile for what stands in the way of a piece."""
        pieces = self._pieces()
        if self._each.settings.site:
            nav = nav_of(kinds_of([piece.page for piece in pieces if piece.page]))
            if nav != self._nav:
                self._nav = nav
                self._joined = self._load()
                pieces = self._pieces()
        source = Source(self._work, self._told)
        if self._hidden:
            return Whole.of(pieces, source, self._sheets)
        return Whole(pieces, self._joined.texts, source, self._sheets)

    def _pieces(self) -> list[Piece]:
        """All pieces by key; they have their texts where some are shown otherwise than their records say."""
        told = self._joined.told
        if self._hidden:
            (contents,) = self._each.of((SHOWN,), list(self._halves.values()), nav=self._joined.nav)
            told = list(map(shown.load, contents))
        found = {key: self._maker.piece(entry) for key, entry in self._entries.items()}
        for key, (piece, _) in zip(self._halves, told, strict=True):
            if isinstance(piece, FedbibError) and key not in self._hidden:
                raise piece
            if isinstance(piece, Piece) and key not in self._hidden:
                found[key] = piece
        return [found[key] for key in sorted(found)]

    @property
    def _maker(self) -> Maker:
        return self._each.maker(len(self._halves), self._nav)

    def _work(self, key: str) -> Work:
        if key in self._entries:
            return self._entries[key].work
        ((content,),) = self._each.of((SETTLED,), [self._halves[key]])
        return settled.load(content).work or Work()

    def _told(self, keys: Sequence[str]) -> list[Entry]:
        maker = self._maker
        read = [maker.entry(self._halves[key]) for key in dict.fromkeys(keys) if key not in self._entries]
        found = {one.work.key: one for one in maker.with_references(list(filter(None, read)))} | self._entries
        return [found[key] for key in keys]

    def _sheets(self, key: str) -> Sequence[bytes]:
        ((content,),) = self._each.of((SHEETS,), [self._halves[key]], nav=self._nav)
        return shown.load_sheets(content)


def _is_said(kind: str, halves: Iterable[Halves]) -> bool:
    return any(kind.encode() in one.own for one in halves)
