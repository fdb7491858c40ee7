"""How the work of a call grows with its input, as a ratio: what no machine and no neighbour on it changes."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import thread_time

TIMES = 8
"""How much larger the larger input is; a square is 64 times as much, which no noise hides, where of 2 and 4 times it might."""
LINEAR = 3.0 * TIMES
"""More than that is not linear: twice the work for each piece is n log n and caches, squares would be 64 times."""
_ROUNDS = 20


def growth(call: Callable[[int], object], size: int) -> float:
    """How many times the CPU time of this thread for `TIMES` the size: the best of some rounds, each of other sizes.

    What disturbs a measurement makes it longer, so the shortest of each size is the truest; a cache that knows an input
    makes it too short, so no input comes twice.
    """
    call(size // TIMES)
    small = large = float("inf")
    for number in range(_ROUNDS):
        small = min(small, _seconds(call, size + number))
        large = min(large, _seconds(call, TIMES * (size + number)))
        if large < LINEAR * small:
            break
    return large / small


def _seconds(call: Callable[[int], object], size: int) -> float:
    """Without the collection of garbage, which goes through all that the other tests hold."""
    gc.disable()
    try:
        start = thread_time()
        call(size)
        return max(thread_time() - start, 1e-6)
    finally:
        gc.enable()
