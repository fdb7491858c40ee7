"""How much is tried: what a person waits for, or with THOROUGH=true (`make thorough`) all there is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_THOROUGH = os.environ.get("THOROUGH") == "true"


def examples(number: int) -> int:
    """How many examples a property is tried with where each of them costs much."""
    return number * 10 if _THOROUGH else number


def some(cases: Sequence[T], step: int) -> Sequence[T]:
    """One of each `step` cases, the last one too."""
    return cases if _THOROUGH or not cases else [*cases[:-1:step], cases[-1]]
