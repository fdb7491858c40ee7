"""What is made of each record, on as many processors as there are, and where what was made is kept."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from fedbib.cores import can_fork
from fedbib.disk.kept import Kept
from fedbib.made.names import context

if TYPE_CHECKING:
    from fedbib.build.inputs import Inputs
    from fedbib.made.one import Maker
    from fedbib.records.filing import Filed, Halves
    from fedbib.settings import Settings
    from fedbib.site.part import Nav

MANY = 300
"""From so many records on, starting other processes pays."""
_TOGETHER = 800
"""So many are made at once: where references are set, pandoc is started for them, which takes as long as 50."""
_YOUNG = 500_000
"""So many values are made before rubbish is looked for: only templates of a collection leave any, 100 of a record."""


@dataclass(frozen=True, slots=True)
class Each:
    """Makes and keeps, for one collection; the results are the same with any number of processors."""

    settings: Settings
    inputs: Callable[[], Inputs]
    """What the outputs depend on; asked for when one of their kinds is."""
    program: bytes
    """Which program this is (`fedbib.disk.program`); with b"" nothing is found or kept."""
    kept: Kept
    maker: Callable[[int, Nav], Maker]
    """Called when something has to be made, with the number of all records and what stands above every page."""
    processors: int = 1
    anew: bool = False
    """Whether nothing is looked for in what past runs kept."""

    def make(
        self,
        kinds: Sequence[str],
        several: Sequence[Filed],
        records: int,
        nav: Nav = (),
        references: Mapping[bytes, str] = MappingProxyType({}),
    ) -> Iterator[list[bytes]]:
        """Makes of each record, in their order, one for each of the kinds, for a collection of so many records.

        `references` are those of works that are known, by their pieces of CSL-JSON.
        """
        if not several:
            return iter(())
        if len(several) >= MANY and self.processors > 1 and can_fork():
            return self._made_by_all(kinds, several, self.maker(records, nav))
        maker = cache(self.maker)
        batches = [several[start:end] for start, end in _batches(len(several), 1)]
        return chain.from_iterable(maker(records, nav)(kinds, _read(some), references) for some in batches)

    def context(self, kind: str, nav: Nav = ()) -> bytes:
        """A hash of what the results of a kind depend on beside the program and the files of the records."""
        return context(kind, self.settings, self.inputs, nav)

    def find(self, name: bytes) -> bytes | None:
        """What is kept under a name, which tells all that it was made of beside the program."""
        return next(self.find_all([name]))

    def find_all(self, names: Sequence[bytes]) -> Iterator[bytes | None]:
        """As `find` for each of many names."""
        if self.anew or not self.program:
            return iter([None] * len(names))
        return self.kept.find(map(self._name, names))

    def keep(self, name: bytes, content: bytes) -> None:
        """Keep something for `find`."""
        self.keep_all([(name, content)])

    def keep_all(self, results: Iterable[tuple[bytes, bytes]]) -> None:
        """As `keep` of many."""
        if self.program:
            self.kept.keep((self._name(name), content) for name, content in results)

    def _name(self, content: bytes) -> bytes:
        return blake2b(content, key=self.program, digest_size=16).digest()

    def _made_by_all(self, kinds: Sequence[str], several: Sequence[Filed], maker: Maker) -> Iterator[list[bytes]]:
        # With the first, all is imported, read and compiled that every other process would have to.
        yield from maker(kinds, _read(several[:1]))
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        fork = multiprocessing.get_context("fork")
        pool = ProcessPoolExecutor(self.processors, fork, _begin, (maker, tuple(kinds), several[1:]))
        try:
            for contents in pool.map(_made_there, _batches(len(several) - 1, self.processors)):
                yield from contents
        finally:
            pool.shutdown(cancel_futures=True)


def _batches(count: int, processors: int) -> Iterator[tuple[int, int]]:
    """Where batches of nearly the same size begin and end, as many for each processor."""
    rounds = -(-count // (_TOGETHER * processors))
    size = -(-count // (rounds * processors))
    return ((start, start + size) for start in range(0, count, size))


def _read(several: Sequence[Filed]) -> list[Halves]:
    return [one.halves() for one in several]


# In another process ---------------------------------------------------------------------------------------------------


class _There:
    maker: Maker
    kinds: tuple[str, ...]
    several: Sequence[Filed]


def _begin(maker: Maker, kinds: tuple[str, ...], several: Sequence[Filed]) -> None:
    gc.freeze()  # what both processes have is not touched, and so not copied
    gc.set_threshold(_YOUNG)
    _There.maker, _There.kinds, _There.several = maker, kinds, several


def _made_there(batch: tuple[int, int]) -> list[list[bytes]]:
    start, end = batch
    return _There.maker(_There.kinds, _read(_There.several[start:end]))
