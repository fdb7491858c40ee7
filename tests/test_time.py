"""Reading takes time in step with the input: no pattern and no reader makes much work of little text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import thread_time

import pytest

from tests.effort import LINEAR, growth
from tests.pathological import Used, patterns, pumped
from tests.readers import READERS

SHORT, LONG = 24, 4000
"""Characters for a pattern. What doubles with each of them would never be done with the long ones."""
FILE = 20_000
"""Characters of a file."""
NOTHING, LITTLE = 0.003, 0.25
"""Seconds of processor time that are not worth a second look, for a pattern and for a file."""


@pytest.fixture(scope="module")
def found() -> Sequence[Used]:
    return patterns()


def seconds(call: Callable[[int], object], size: int) -> float:
    begin = thread_time()
    call(size)
    return thread_time() - begin


@pytest.mark.parametrize("part", range(4))
def test_no_pattern_takes_time_that_grows_with_the_square(found: Sequence[Used], part: int) -> None:
    bad = set()
    for used in found[part::4]:
        for run in used.runs():
            for text in pumped(used.pattern):

                def call(size: int, run: Callable[[str], object] = run, text: Callable[[int], str] = text) -> object:
                    return run(text(size))

                endless = all(seconds(call, SHORT) > NOTHING for _ in range(4))
                if endless or (seconds(call, LONG) > NOTHING and growth(call, LONG // 8) > LINEAR):
                    bad.add(f"{used.where}: {used.pattern.pattern[:200]!r} with {text(50)!r}")
                    break
    assert not bad, "\n".join(sorted(bad))


@pytest.mark.parametrize("name", READERS)
def test_no_reader_takes_time_that_grows_with_the_square(name: str) -> None:
    makers, read = READERS[name]
    calls = {case: (lambda size, make=make: read(make(size))) for case, make in makers.items()}
    assert not [
        case for case, call in calls.items() if seconds(call, FILE) > LITTLE and growth(call, FILE // 8) > LINEAR
    ]


def test_the_patterns_of_the_package_are_found(found: Sequence[Used]) -> None:
    assert len(found) > 250
    assert all(used.methods for used in found)
