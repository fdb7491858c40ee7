"""Measure which capitals are kept: `python -m benchmarks.capitals TITLES.jsonl`.

Each line of the file has `title`, `protected` (the same with braces around what keeps its capitals) and `years`. Counted
is per capital letter, but for the first of a title and of a subtitle after ": ". A fifth of the titles, chosen by their
hash, is held out: no word may come into `fedbib/data/capitals.txt` because of them.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fedbib.text.capitals import protect
from fedbib.text.markup import segments

PARTS = ("tuning", "held out")
ALL_YEARS = "all years"
_FIRST = re.compile(r"^\W*(\w)|: \W*(\w)")


@dataclass(slots=True)
class Score:
    """Capital letters, by whether they are protected here and there."""

    both: int = 0
    ours: int = 0
    theirs: int = 0

    @property
    def precision(self) -> float:
        return self.both / self.ours if self.ours else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.theirs if self.theirs else 1.0


def part(title: str) -> str:
    """The part of the titles that one belongs to, whatever else is in the file."""
    return PARTS[hashlib.sha256(title.encode()).digest()[0] % 5 == 0]


def scores(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], Score]:
    """By part and years ("2020+", ..., and all years together)."""
    found: dict[tuple[str, str], Score] = {}
    for row in rows:
        title = row["title"]
        ours = [place for run in segments(protect(title)) for place in ["nocase" in run.styles] * len(run.text)]
        theirs = _inside_braces(row["protected"])
        first = {match.end() - 1 for match in _FIRST.finditer(title)}
        for years in (row["years"], ALL_YEARS):
            score = found.setdefault((part(title), years), Score())
            for place, char in enumerate(title):
                if char.isupper() and place not in first:
                    score.both += ours[place] and theirs[place]
                    score.ours += ours[place]
                    score.theirs += theirs[place]
    return found


def _inside_braces(text: str) -> list[bool]:
    inside, depth = [], 0
    for char in text:
        if char in "{}":
            depth += 1 if char == "{" else -1
        else:
            inside.append(depth > 0)
    return inside


def main(path: str) -> None:
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    for (which, years), score in sorted(scores(rows).items()):
        print(f"{which:<10}{years:<10} precision {score.precision:.4f}  recall {score.recall:.4f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
