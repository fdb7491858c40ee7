"""Commands run and measured."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

FEDBIB = str(Path(sys.executable).with_name("fedbib"))


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    seconds: float
    """Of the clock."""
    processor: float
    """Seconds of processors, of the command and all that it started."""
    memory: float
    """MiB, of the largest process."""


def cost(command: Sequence[str], cache: Path | None = None, well: Collection[int] = (0,)) -> Cost:
    """What a command takes, which has to end `well`; `cache` is the folder of what it keeps."""
    # As a person starts it: what developers set would have every module compiled at every start.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"XDG_CACHE_HOME": str(cache)} if cache else {}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in well:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measured(command: Sequence[str]) -> tuple[float, float]:
    """Seconds of the clock and MiB of a command."""
    found = cost(command)
    return found.seconds, found.memory


def best(runs: int, **commands: Callable[[], tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The best of several runs of each command, run in turns."""
    results: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, run in commands.items():
            results[name].append(run())
    return {name: min(times) for name, times in results.items()}


def row(what: str, ours: tuple[float, float], theirs: tuple[float, float], limit: str) -> None:
    print(
        f"{what:<44}{ours[0]:>9.3f} s{theirs[0]:>9.3f} s{ours[0] / theirs[0]:>8.2f} x   {limit:<8}{ours[1]:>7.0f} MiB"
    )
