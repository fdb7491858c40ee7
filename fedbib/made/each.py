"""What is made of each record: found where it was kept, else made, on as many processors as there are, and kept."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from fedbib.disk.kept import Kept
from fedbib.made.one import Maker, context, stamp
from fedbib.records.folder import Halves
from fedbib.settings import Settings

_MANY = 300
"""From so many records on, starting other processes pays."""
_TOGETHER = 50
"""So many are handed to a process at once."""


@dataclass(frozen=True, slots=True)
class Each:
    """Makes and keeps, for one collection; the results are the same with any number of processors."""

    settings: Settings
    program: bytes
    """Which program this is (`fedbib.disk.program`); with b"" nothing is found or kept."""
    kept: Kept
    maker: Callable[[], Maker]
    """Called when something has to be made."""
    processors: int = 1

    def of(self, kinds: Sequence[str], halves: Sequence[Halves]) -> list[list[bytes]]:
        """What is made of each record: a list for each kind, in the order of the records."""
        stamps = [stamp(one) for one in halves]
        names = [self._names(kind, stamps) for kind in kinds]
        found = [list(self.kept.find(some)) for some in names] if self.program else [[None] * len(halves)] * len(kinds)
        missing = [place for place in range(len(halves)) if any(column[place] is None for column in found)]
        results: list[list[bytes]] = [[content or b"" for content in column] for column in found]
        made = self._made(kinds, [halves[place] for place in missing])
        places = iter(missing)
        while some := list(zip(islice(places, _TOGETHER * 10), made)):  # noqa: B905 - `made` is as long as `places`
            for place, contents in some:
                for column, content in zip(results, contents, strict=True):
                    column[place] = content
            if self.program:
                self.kept.keep(
                    (column[place], content)
                    for place, contents in some
                    for column, content in zip(names, contents, strict=True)
                )
        return results

    def _names(self, kind: str, stamps: Sequence[bytes]) -> list[bytes]:
        key = blake2b(self.program + context(kind, self.settings), digest_size=32).digest()
        return [blake2b(one, key=key, digest_size=16).digest() for one in stamps]

    def _made(self, kinds: Sequence[str], halves: Sequence[Halves]) -> Iterator[list[bytes]]:
        if not halves:
            return
        maker = self.maker()
        if len(halves) < _MANY or self.processors < 2 or not _can_fork():
            yield from (maker(kinds, one) for one in halves)
            return
        fork = multiprocessing.get_context("fork")
        pool = ProcessPoolExecutor(self.processors, fork, _begin, (maker, tuple(kinds)))
        try:
            for contents in pool.map(_made_there, _batches(halves)):
                yield from contents
        finally:
            pool.shutdown(cancel_futures=True)


def _can_fork() -> bool:
    """Whether a process can be copied as it is: elsewhere the script that uses fedbib would be run again in each."""
    return sys.platform == "linux" and threading.active_count() == 1


def _batches(halves: Iterable[Halves]) -> Iterator[tuple[Halves, ...]]:
    rest = iter(halves)
    while some := tuple(islice(rest, _TOGETHER)):
        yield some


# In another process ---------------------------------------------------------------------------------------------------


class _There:
    maker: Maker
    kinds: tuple[str, ...]


def _begin(maker: Maker, kinds: tuple[str, ...]) -> None:
    gc.freeze()  # what both processes have is not touched, and so not copied
    _There.maker, _There.kinds = maker, kinds


def _made_there(halves: Sequence[Halves]) -> list[list[bytes]]:
    return [_There.maker(_There.kinds, one) for one in halves]
