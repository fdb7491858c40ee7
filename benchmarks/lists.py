"""Count what is found in lists of papers: `python -m benchmarks.lists LIST.md ...`.

What is counted by hand beside it: bullets, rows and entries with the title of a paper. In seven lists that people wrote,
880 of 883 were found; what was left for a person were titles without a usable link, and nicknames in tables.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from fedbib.formats.lists import markdown


def main(paths: Sequence[str]) -> None:
    for path in paths:
        reading = markdown.parse(Path(path).read_text("utf-8"))
        odd = sum(len(work.title.split()) < 2 or len(work.title) >= 250 for work in reading.works)
        found, doubts, skipped = len(reading.works), len(reading.doubts), len(reading.problems)
        print(f"{found:>6} papers {doubts:>5} doubts {skipped:>5} skipped {odd:>3} titles odd  {path}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(sys.argv[1:])
