"""Count the faults that tests notice: `python -m benchmarks.mutants ROOM [COUNT [SEED]]`, with mutmut installed.

A room is `disk`, `ids`, `match`, `net`, `records`, `settings`, `settle` or `text`. mutmut makes its faults in `mutants/`, one
at a time, and runs the tests that reach the function it is in; the settings are in `pyproject.toml`. All of them take hours,
so COUNT of them (150) are drawn, the same ones for the same code and SEED (8): tests that were written for the faults of one
seed are measured with another. Printed are those that no test noticed, to be read with `mutmut show NAME`, and the share of
those that were.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

MUTANTS = Path("mutants")
SURVIVED = (0, 33)
"""The exit codes for a mutant under which all its tests pass, or that no test reaches."""
STOPPED = -24
"""The exit code for one that did not come to an end: noticed, where the machine was not busy with something else."""


def results(room: str) -> Iterator[tuple[str, int | None]]:
    """Every mutant of a room with the exit code of its tests, None before they ran."""
    folder = MUTANTS / "fedbib" / room
    for path in sorted([*folder.rglob("*.py.meta"), *folder.parent.glob(f"{room}.py.meta")]):
        yield from json.loads(path.read_text("utf-8"))["exit_code_by_key"].items()


def mutmut(names: Sequence[str]) -> None:
    # One at a time: a test that waits for a lock or a server of its own must not wait for a neighbour.
    subprocess.run([Path(sys.executable).with_name("mutmut"), "run", "--max-children", "1", *names], check=False)


def main(room: str, count: int = 150, seed: int = 8) -> None:
    if not any(results(room)):
        mutmut([f"fedbib.{room}.none"])  # makes them, and learns which tests reach which function
    names = sorted(name for name, _ in results(room))
    drawn = set(random.Random(seed).sample(names, min(count, len(names))))
    mutmut(sorted(drawn))
    found = {name: code for name, code in results(room) if name in drawn}
    survivors = [name for name, code in found.items() if code in SURVIVED]
    print(*survivors, sep="\n")
    stopped = sum(code == STOPPED for code in found.values())
    noticed = f"{len(found) - len(survivors)} of {len(found)} noticed ({stopped} by the time they took)"
    print(f"{room}: {noticed}, drawn from {len(names)}")


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 4:
        raise SystemExit(__doc__)
    main(sys.argv[1], *map(int, sys.argv[2:]))
