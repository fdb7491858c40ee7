"""Pure work on several cores: a forked process does a share of a long list. The results are those of one process."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import Generic, TypeVar

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


class _Aside(Generic[T, R]):
    """A share of the work, in a process of its own."""

    _end = -1
    """Where its results are read."""

    def __init__(self, work: Callable[[T], R], items: Sequence[T]) -> None:
        self._work, self._items = work, items
        self._end, end = os.pipe()
        self._process = os.fork()
        if not self._process:
            os.close(self._end)
            _work_aside(work, items, end)
        os.close(end)

    def __iter__(self) -> Iterator[R]:
        """The results; those that the process cannot tell are made here."""
        told = 0
        with open(self._end, "rb", closefd=False) as file:
            while told < len(self._items):
                try:
                    results: list[R] = pickle.load(file)
                except (EOFError, pickle.UnpicklingError):
                    break
                yield from results
                told += len(results)
        yield from map(self._work, self._items[told:])

    def end(self) -> None:
        """Stop the process; what it has not told by now nobody waits for."""
        if self._end >= 0:
            os.close(self._end)
            os.kill(self._process, signal.SIGKILL)  # those begun later hold its pipe open, too
            os.waitpid(self._process, 0)
            self._end = -1

    def __del__(self) -> None:
        self.end()


def _work_aside(work: Callable[[T], R], items: Sequence[T], end: int) -> None:
    """Tell the results and leave: nothing of what the process was copied from may be finished here.

    A pipe takes little, and whoever reads it may be at work on a share of his own for long: what it does not take yet
    waits here, and the work goes on.
    """
    code = 1
    try:
        gc.disable()
        os.set_blocking(end, False)
        rest, waiting = iter(items), bytearray()
        while some := list(islice(rest, _TOGETHER)):
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
