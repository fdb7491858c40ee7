"""docs/promises.md names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_each_promise_has_a_number_and_a_test() -> None:
    text = (ROOT / "docs" / "promises.md").read_text("utf-8")
    promises = re.findall(r"^(\d+)\. .* `(tests/[\w/]+\.py)::(\w+)`$", text, re.MULTILINE)
    assert [int(number) for number, _, _ in promises] == list(range(1, len(promises) + 1))
    assert len(promises) == len(re.findall(r"^\d+\. ", text, re.MULTILINE)) > 0
    for _, path, name in promises:
        assert f"def {name}(" in (ROOT / path).read_text("utf-8"), f"{path} has no {name}"
