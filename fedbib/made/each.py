"""What is made of each record: found where it was kept, else made, on as many processors as there are, and kept."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from itertools import chain, islice
from typing import TYPE_CHECKING

from fedbib import cores
from fedbib.cores import can_fork
from fedbib.disk.kept import Kept
from fedbib.made.names import context, stamp

if TYPE_CHECKING:
    from fedbib.build.inputs import Inputs
    from fedbib.made.one import Maker
    from fedbib.records.folder import Halves
    from fedbib.settings import Settings
    from fedbib.site.part import Nav

_MANY = 300
"""From so many records on, starting other processes pays."""
_TOGETHER = 400
"""So many are made at once: where references are set, pandoc is started for them, which takes as long as 50 of them."""
_YOUNG = 50_000
"""So many values are made before rubbish is looked for: nearly all of a record's go by themselves."""


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
    beside: dict[bytes, bytes] = field(default_factory=dict)
    """What was made beside what was asked for, to be found when it is."""

    def of(
        self, kinds: Sequence[str], halves: Sequence[Halves], also: Sequence[str] = (), nav: Nav = ()
    ) -> list[list[bytes]]:
        """What is made of each record: a list for each kind, in the order of the records.

        What is missing is made with what else is likely to be asked for `also`.
        """
        return self.begun(kinds, halves, also, nav)()

    def begun(
        self,
        kinds: Sequence[str],
        halves: Sequence[Halves],
        also: Sequence[str] = (),
        nav: Nav = (),
        *,
        aside: bool = False,
    ) -> Callable[[], list[list[bytes]]]:
        """Gives what `of` gives, when it is called; `aside` another process makes what is missing, beginning now."""
        stamps = [stamp(one) for one in halves]
        names = [self._names(kind, stamps, nav) for kind in (*kinds, *also)]
        found = [self._found(some) for some in names[: len(kinds)]]
        missing = [place for place in range(len(halves)) if any(column[place] is None for column in found)]
        results = [[content or b"" for content in column] for column in found]
        missed = [halves[place] for place in missing]
        made = self._made((*kinds, *also), missed, lambda: self.maker(len(halves), nav), aside)

        def end() -> list[list[bytes]]:
            places = iter(missing)
            while some := list(zip(islice(places, _TOGETHER), made)):  # noqa: B905 - `made` is as long as `places`
                for place, contents in some:
                    for column, content in zip(results, contents, strict=False):
                        column[place] = content
                    for name, content in zip(names[len(kinds) :], contents[len(kinds) :], strict=True):
                        self.beside[name[place]] = content
                if self.program:
                    self.kept.keep(
                        (name[place], content)
                        for place, contents in some
                        for name, content in zip(names, contents, strict=True)
                    )
            return results

        return end

    def names(self, kind: str, halves: Iterable[Halves], nav: Nav = ()) -> list[bytes]:
        """Under which name what is made of each record is kept: a hash of all that it depends on."""
        return self._names(kind, map(stamp, halves), nav)

    def _found(self, names: Sequence[bytes]) -> list[bytes | None]:
        if self.beside or self.anew or not self.program:
            here = [self.beside.get(name) for name in names]
            if self.anew or not self.program or None not in here:
                return here
        return list(self.kept.find(names))

    def _names(self, kind: str, stamps: Iterable[bytes], nav: Nav) -> list[bytes]:
        key = self._name(context(kind, self.settings, self.inputs, nav))
        return [blake2b(one, key=key, digest_size=16).digest() for one in stamps]

    def _name(self, content: bytes) -> bytes:
        return blake2b(content, key=self.program, digest_size=16).digest()

    def find(self, name: bytes) -> bytes | None:
        """What is kept under another name, which tells all that it was made of beside the program."""
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

    def _made(
        self, kinds: Sequence[str], halves: Sequence[Halves], make: Callable[[], Maker], aside: bool
    ) -> Iterator[list[bytes]]:
        if not halves:
            return iter(())
        if len(halves) >= _MANY and self.processors > 1 and can_fork():
            return self._made_by_all(kinds, halves, make())
        maker = cache(make)
        batches = list(_batches(halves, 1))
        made = (cores.aside if aside else map)(lambda some: maker()(kinds, some), batches)
        return chain.from_iterable(made)

    def _made_by_all(self, kinds: Sequence[str], halves: Sequence[Halves], maker: Maker) -> Iterator[list[bytes]]:
        # With the first, all is imported, read and compiled that every other process would have to.
        yield from maker(kinds, halves[:1])
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        fork = multiprocessing.get_context("fork")
        pool = ProcessPoolExecutor(self.processors, fork, _begin, (maker, tuple(kinds)))
        try:
            for contents in pool.map(_made_there, _batches(halves[1:], self.processors)):
                yield from contents
        finally:
            pool.shutdown(cancel_futures=True)


def _batches(halves: Sequence[Halves], processors: int) -> Iterator[Sequence[Halves]]:
    """Batches of nearly the same size, as many for each processor."""
    rounds = -(-len(halves) // (_TOGETHER * processors))
    size = -(-len(halves) // (rounds * processors))
    return (halves[start : start + size] for start in range(0, len(halves), size))


# In another process ---------------------------------------------------------------------------------------------------


class _There:
    maker: Maker
    kinds: tuple[str, ...]


def _begin(maker: Maker, kinds: tuple[str, ...]) -> None:
    gc.freeze()  # what both processes have is not touched, and so not copied
    gc.set_threshold(_YOUNG)
    _There.maker, _There.kinds = maker, kinds


def _made_there(halves: Sequence[Halves]) -> list[list[bytes]]:
    return _There.maker(_There.kinds, halves)
