"""Measure how names are divided: `python -m benchmarks.names NAMES.jsonl`.

Each line of the file has `name` (as displayed), `given`, `family` and `group`, a word for its kind.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from fedbib.text.names import split


def main(path: str) -> None:
    right, seen = Counter[str](), Counter[str]()
    for line in Path(path).read_text("utf-8").splitlines():
        row = json.loads(line)
        found = split(row["name"])
        for group in (row["group"], "all"):
            seen[group] += 1
            right[group] += (found.family, found.given) == (row["family"], row["given"])
    for group, count in sorted(seen.items()):
        print(f"{group:<12}{right[group]:>6} of {count:<6}{right[group] / count:.4f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
