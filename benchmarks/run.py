"""Measure fedbib beside its peers, in one run on one machine: `python -m benchmarks.run [--large]`.

Start-up against a bare Python, a cold build of 10,000 records against pandoc turning the very same .bib into CSL-JSON
and, with `--large`, 100,000 records against 10,000. Each pair is run alternately; the best time of each counts, and what
is reported is the ratio.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.synthetic import write

FEDBIB = str(Path(sys.executable).with_name("fedbib"))


def measured(command: Sequence[str], before: Callable[[], object] = lambda: None) -> tuple[float, float]:
    """Wall-clock seconds and peak memory in MiB of a command."""
    before()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return seconds, usage.ru_maxrss / 1024


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


def startup() -> None:
    times = best(
        20,
        bare=lambda: measured([sys.executable, "-c", "pass"]),
        version=lambda: measured([FEDBIB, "--version"]),
        help=lambda: measured([FEDBIB, "--help"]),
    )
    row("fedbib --version / bare Python", times["version"], times["bare"], "<= 2 x")
    row("fedbib --help / bare Python", times["help"], times["bare"], "<= 5 x")


def building(folder: Path, *, large: bool) -> None:
    small, big = folder / "small", folder / "big"
    write(small, 10_000)
    pandoc = shutil.which("pandoc") or sys.exit("pandoc is not installed: it is the peer of this benchmark")

    def clean(root: Path) -> None:
        shutil.rmtree(root / "output", ignore_errors=True)
        (root / "README.md").unlink(missing_ok=True)

    def build(root: Path) -> tuple[float, float]:
        return measured([FEDBIB, "-C", str(root), "build"], lambda: clean(root))

    build(small)
    bib = folder / "synthetic.bib"
    shutil.copy(small / "output" / "synthetic.bib", bib)
    times = best(
        3, fedbib=lambda: build(small), pandoc=lambda: measured([pandoc, str(bib), "-f", "bibtex", "-t", "csljson"])
    )
    row("build of 10,000 records / pandoc on the .bib", times["fedbib"], times["pandoc"], "<= 1 x")
    if large:
        write(big, 100_000)
        row("build of 100,000 records / 10,000", build(big), times["fedbib"], "10-12 x")


def main() -> None:
    print(f"{'':<44}{'ours':>11}{'theirs':>11}{'ratio':>10}   {'target':<8}{'memory':>11}")
    startup()
    with tempfile.TemporaryDirectory() as folder:
        building(Path(folder), large="--large" in sys.argv)


if __name__ == "__main__":
    main()
