"""Pure work on several cores: a forked process does a share of a long list. The results are those of one process."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain, islice
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_WORTH = 1000
"""So many items pay for another process."""
_MOST = 4
_TOGETHER = 250
"""So many results are told at once."""


def each(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """What `work` makes of each item, in their order; it must be pure, and its results must be such as pickle takes."""
    shares = min(_MOST, len(items) // _WORTH)
    if shares < 2 or (shares := min(shares, _cores())) < 2:
        return [work(item) for item in items]
    size = -(-len(items) // shares)
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    others = [_Aside(work, part) for part in parts[1:]]
    try:
        return [*map(work, parts[0]), *chain.from_iterable(others)]
    finally:
        for other in others:
            other.end()


def ahead(work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """As `each`, one by one: another process makes them while those before are used, beginning now."""
    return aside(work, items) if is_worth(len(items)) else map(work, items)


def aside(work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """As `ahead`, however few the items are; for none there is no other process."""
    return _told(_Aside(work, items)) if items and _cores() > 1 else map(work, items)


def _told(aside: _Aside[T, R]) -> Iterator[R]:
    try:
        yield from aside
    finally:
        aside.end()


def is_worth(count: int) -> bool:
    """Whether work on so many items pays for another process."""
    return count >= _WORTH


def can_fork() -> bool:
    """Whether this process can be copied as it is: not where a new one would run the calling script again, and not
    where the copy would lack its threads.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def count() -> int:
    """On how many cores this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cores() -> int:
    return count() if can_fork() else 1


class Second(Generic[T]):
    """Pieces of work that another process does one after the other.

    It can begin before it is known what the work is about, and makes itself ready meanwhile. What it cannot tell is
    done here when it is asked for, as is everything where it was not begun.
    """

    def __init__(
        self,
        names: Sequence[str],
        there: Callable[[T], Mapping[str, Callable[[], Any]]],
        ready: Callable[[], object] = lambda: None,
    ) -> None:
        """`there` gives the pieces of work, of which the other process does those of `names`."""
        self._names, self._there, self._ready = names, there, ready
        self._told: dict[str, Any] = {}
        self._results: Iterator[tuple[str, Any]] = iter(())
        self._talk: _Talk | None = None

    @property
    def is_begun(self) -> bool:
        return self._talk is not None

    def begin(self) -> None:
        """Begin another process, if there is a processor for it."""
        if self._names and not self._talk and _cores() > 1 and hasattr(os, "memfd_create"):
            talk, there, ready = _Talk(), self._there, self._ready
            work = cache(lambda: there(talk.heard()))
            aside = _Aside(lambda name: work()[name]() if name else bool(ready()), ["", *self._names], together=1)
            talk.speak()
            self._talk, self._results = talk, zip(["", *self._names], aside.told(), strict=False)

    def tell(self, about: T) -> None:
        """Tell what the work is about, once."""
        if self._talk:
            self._talk.tell(about)

    def __call__(self, name: str, here: Callable[[], R]) -> R:
        """The result of a piece of work, which `here` does, too."""
        while name not in self._told:
            told = next(self._results, None)
            if told is None:
                return here()
            self._told[told[0]] = told[1]
        result: R = self._told[name]
        return result


class _Talk:
    """What one process tells another one once: a file in memory takes all of it, whoever listens."""

    def __init__(self) -> None:
        self._file = os.memfd_create("fedbib")
        self._hear, self._speak = os.pipe()
        weakref.finalize(self, os.close, self._file)

    def speak(self) -> None:
        """From now on this process is the one that tells."""
        os.close(self._hear)
        weakref.finalize(self, os.close, self._speak)

    def tell(self, said: object) -> None:
        with open(self._file, "wb", closefd=False) as file:
            pickle.dump(said, file, pickle.HIGHEST_PROTOCOL)
        with suppress(BrokenPipeError):  # nobody listens any more
            os.write(self._speak, b".")

    def heard(self) -> Any:
        """What is told, when it is; EOFError when it never will be."""
        os.close(self._speak)
        if not os.read(self._hear, 1):
            raise EOFError
        with open(self._file, "rb", closefd=False) as file:
            file.seek(0)
            return pickle.load(file)


class _Aside(Generic[T, R]):
    """A share of the work, in a process of its own."""

    def __init__(self, work: Callable[[T], R], items: Sequence[T], together: int = _TOGETHER) -> None:
        self._work, self._items = work, items
        self._end, end = os.pipe()
        process = os.fork()
        if not process:
            os.close(self._end)
            _work_aside(work, items, end, together)
        os.close(end)
        self.end = weakref.finalize(self, _stop, self._end, process, os.getpid())
        """Stops the process; what it has not told by now nobody waits for."""

    def told(self) -> Iterator[R]:
        """The results, as far as the process can tell them."""
        told = 0
        with open(self._end, "rb", closefd=False) as file:
            while told < len(self._items):
                try:
                    results: list[R] = pickle.load(file)
                except (EOFError, pickle.UnpicklingError):
                    break
                yield from results
                told += len(results)
        self.end()

    def __iter__(self) -> Iterator[R]:
        """The results; those that the process cannot tell are made here."""
        told = 0
        for result in self.told():
            yield result
            told += 1
        yield from map(self._work, self._items[told:])


def _stop(end: int, process: int, owner: int) -> None:
    if os.getpid() == owner:  # and not one that was copied from it
        os.close(end)
        os.kill(process, signal.SIGKILL)  # those begun later hold its pipe open, too
        os.waitpid(process, 0)


def _work_aside(work: Callable[[T], R], items: Sequence[T], end: int, together: int) -> None:
    """Tell the results and leave: nothing of what the process was copied from may be finished here.

    A pipe takes little, and whoever reads it may be at work on a share of his own for long: what it does not take yet
    waits here, and the work goes on. Results that are told one by one are waited for, and told at once.
    """
    code = 1
    try:
        gc.disable()
        os.set_blocking(end, together == 1)
        rest, waiting = iter(items), bytearray()
        while some := list(islice(rest, together)):
            waiting += pickle.dumps([work(item) for item in some], pickle.HIGHEST_PROTOCOL)
            with suppress(BlockingIOError):
                _tell(waiting, end)
        os.set_blocking(end, True)
        _tell(waiting, end)
        code = 0
    finally:
        os._exit(code)


def _tell(waiting: bytearray, end: int) -> None:
    while waiting:
        del waiting[: os.write(end, waiting)]
