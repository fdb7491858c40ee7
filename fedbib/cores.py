"""Pure work on several cores: a forked process does a share of a long list. The results are those of one process."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_WORTH = 1000
"""So many items pay for another process."""
_MOST = 4


def each(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """What `work` makes of each item, in their order; it must be pure, and its results must be such as pickle takes."""
    shares = min(_MOST, _cores(), len(items) // _WORTH)
    if shares < 2:
        return [work(item) for item in items]
    size = -(-len(items) // shares)
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    others = [_Aside(work, part) for part in parts[1:]]
    try:
        results = [work(item) for item in parts[0]]
        for other in others:
            results += other.results()
    finally:
        for other in others:
            other.end()
    return results


def _cores() -> int:
    """On how many cores this process may run; 1 where it cannot be copied, and where a copy would lack its threads."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


class _Aside(Generic[T, R]):
    """A share of the work, in a process of its own."""

    def __init__(self, work: Callable[[T], R], items: Sequence[T]) -> None:
        self._work, self._items = work, items
        self._end, end = os.pipe()
        self._process = os.fork()
        if not self._process:
            os.close(self._end)
            _work_aside(work, items, end)
        os.close(end)

    def results(self) -> list[R]:
        """The results; made here where the process could not."""
        with open(self._end, "rb", closefd=False) as file:
            data = file.read()
        try:
            made: list[R] = pickle.loads(data)
        except (EOFError, pickle.UnpicklingError):
            return [self._work(item) for item in self._items]
        return made

    def end(self) -> None:
        """Let the process go; what it has not told by now nobody waits for."""
        os.close(self._end)
        os.waitpid(self._process, 0)


def _work_aside(work: Callable[[T], R], items: Sequence[T], end: int) -> None:
    """Write the results and leave: nothing of what the process was copied from may be finished here."""
    code = 1
    try:
        gc.disable()
        with open(end, "wb") as file:
            file.write(pickle.dumps([work(item) for item in items], pickle.HIGHEST_PROTOCOL))
        code = 0
    finally:
        os._exit(code)
