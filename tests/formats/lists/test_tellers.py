"""Lists in the ways of other people are read: measured over every habit, with the truth known."""

from __future__ import annotations

from collections import Counter

import pytest

from fedbib.formats.lists import markdown
from tests.formats.lists.tellers import HABITS, told
from tests.formats.lists.test_layouts import measured

SEEDS = range(2000, 2005)


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_is_read(habit: str) -> None:
    counts: Counter[str] = Counter()
    for seed in SEEDS:
        one = told(seed, habit)
        counts += measured(one, markdown.parse(one.text))
    assert counts["papers"] > 50
    assert counts["found"] >= 0.98 * counts["papers"]
    assert counts["exact"] >= 0.97 * counts["works"]
    assert [name for name in ("wrong ids", "extra", "silent", "invented venues") if counts[name]] == []
    assert counts["invented authors"] <= 0.01 * counts["works"]
    for name in ("missed venues", "missed authors", "wrong years", "missed code", "cut"):
        assert counts[name] <= 0.03 * counts["works"], name
