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


class Second:
    """Pieces of work that another process does one after the other, beginning now.

    What it cannot tell is done here when it is asked for, as is everything where there is one processor.
    """

    def __init__(self, work: Mapping[str, Callable[[], Any]], *, begin: bool = True) -> None:
        """Without `begin`, there is no other process."""
        self._work = work
        self._told: dict[str, Any] = {}
        aside = _Aside(lambda name: work[name](), list(work), together=1) if begin and work and _cores() > 1 else None
        self._results = zip(work, aside.told(), strict=False) if aside else iter(())
        self.is_begun = aside is not None

    def __call__(self, name: str) -> Any:
        """The result of a piece of work."""
        while name not in self._told:
            told = next(self._results, None)
            if told is None:
                return self._work[name]()
            self._told[told[0]] = told[1]
        return self._told[name]


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
