"""What fedbib costs, cold and after an edit, beside its peers: `python -m benchmarks [--records N]... [--write FOLDER]`.

One table of one run on one machine: seconds of the clock, seconds of processors (of all processes together), memory of
the largest process, and the ratio to a peer that does the nearest work on the very same records, measured right after.
With `--write` the table and a picture of how cost grows go to `performance.md` and `performance.svg` in a folder.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.importing import rows as listed
from benchmarks.run import FEDBIB, Cost, cost
from benchmarks.synthetic import write

BEGIN, END = "<!-- measured:begin -->", "<!-- measured:end -->"
BIBTEXPARSER = (
    "import sys; from bibtexparser import entrypoint, middlewares as m; "
    "entrypoint.parse_string(open(sys.argv[1]).read(), "
    "append_middleware=[m.LatexDecodingMiddleware(), m.SeparateCoAuthors(), m.SplitNameParts()])"
)
_SHOWN = ("build, cold", "build, one record changed", "check, one record changed", "list")


@dataclass(frozen=True, slots=True)
class Row:
    """What one command cost."""

    records: int
    what: str
    ours: Cost
    peer: str = ""
    theirs: Cost | None = None
    target: str = ""

    @property
    def ratio(self) -> str:
        return f"{self.ours.seconds / self.theirs.seconds:.2f}" if self.theirs else ""


class Made:
    """A made-up collection on disk, with a cache of its own."""

    def __init__(self, folder: Path, records: int) -> None:
        self.root, self.records = folder / str(records), records
        write(self.root, records)
        self._cache = folder / f"cache{records}"
        self._edits = 0
        self._keys = sorted(path.stem for path in (self.root / "entries").glob("*.toml"))

    @property
    def key(self) -> str:
        return self._keys[len(self._keys) // 2]

    def run(self, *words: str) -> Cost:
        return cost(
            [FEDBIB, "-C", str(self.root), *words], self._cache, well=(0, 1)
        )  # 1: something to fix, as after an edit

    def forget(self) -> None:
        """Neither outputs nor what past runs kept. They are put aside: on some file systems new files take long to make
        where many were deleted a moment ago.
        """
        aside = tempfile.mkdtemp(dir=self.root.parent)
        for path in (self._cache, self.root / "output", self.root / "README.md"):
            if path.exists():
                shutil.move(path, aside)

    def edit(self) -> None:
        """A person gives one record another topic."""
        self._edits += 1
        path = self.root / "entries" / f"{self._keys[self._edits]}.toml"
        path.write_text(path.read_text("utf-8").replace("topics = [", 'topics = ["split", ', 1), "utf-8")

    def without_references(self) -> None:
        (self.root / "fedbib.toml").write_text('name = "synthetic"\ntitle = "Synthetic"\nstyle = ""\n')

    @property
    def bib(self) -> str:
        """The path of its .bib."""
        return str(self.root / "output" / "synthetic.bib")

    def imported(self, path: str, *words: str) -> Cost:
        """Import a file into a collection that has nothing."""
        empty = tempfile.mkdtemp(dir=self.root.parent)
        Path(empty, "fedbib.toml").write_text('name = "empty"\n')
        return cost([FEDBIB, "-C", empty, "import", path, *words], self._cache)


def best(runs: int, action: Callable[[], Cost], before: Callable[[], object] = lambda: None) -> Cost:
    found = []
    for _ in range(runs):
        before()
        found.append(action())
    return min(found, key=lambda one: one.seconds)


def startup(runs: int = 12) -> Iterator[Row]:
    """In turns, so that what else the machine does falls on all alike."""
    commands = {"": [sys.executable, "-c", "pass"], "--version": [FEDBIB, "--version"], "--help": [FEDBIB, "--help"]}
    turns = [{words: cost(command) for words, command in commands.items()} for _ in range(runs)]
    least = {words: min((turn[words] for turn in turns), key=lambda one: one.seconds) for words in commands}
    for words, target in (("--version", "1.5 x"), ("--help", "4.5 x")):
        yield Row(0, f"fedbib {words}", least[words], "bare Python", least[""], target)


def costs(made: Made) -> Iterator[Row]:
    """Each command on one collection."""
    count, large = made.records, made.records > 20_000
    targets = _TARGETS if count == 10_000 else {}
    runs = 1 if large else 2

    def row(what: str, *words: str, before: Callable[[], object] = lambda: None, runs: int = runs) -> Row:
        return Row(count, what, best(runs, lambda: made.run(*words), before), target=targets.get(what, ""))

    yield row("list, cold", "list", before=made.forget, runs=1)
    cold = row("build, cold", "build", before=made.forget)
    peer = shutil.which("pandoc")
    pandoc = best(runs, lambda: cost([peer, made.bib, "-f", "bibtex", "-t", "csljson"])) if peer else None
    beside = partial(replace, peer="pandoc, .bib to CSL-JSON" * bool(pandoc), theirs=pandoc)
    yield beside(cold)
    yield row("build, nothing changed", "build")
    yield row("build, one record changed", "build", before=made.edit)
    yield row("check, one record changed", "check", before=made.edit)
    yield row("list", "list", before=made.edit)
    yield row("show KEY", "show", made.key)
    yield row("cite KEY", "cite", made.key)
    yield beside(row("build --cold", "build", "--cold", runs=1))
    yield from imports(made, runs, targets)
    if not large:
        made.without_references()
        yield beside(row("build, cold, without references", "build", before=made.forget))


def imports(made: Made, runs: int, targets: Mapping[str, str]) -> Iterator[Row]:
    """As many entries of a .bib, and rows of a list, taken into a new collection; read and told alone, and written."""
    path = made.root.parent / "list.md"
    path.write_text(listed("bullets", made.records), "utf-8")
    theirs = None if made.records > 20_000 else cost([sys.executable, "-c", BIBTEXPARSER, made.bib])
    peer = "bibtexparser, .bib with names" * bool(theirs)
    for kind, file, beside in ((".bib", made.bib, theirs), ("list", str(path), None)):
        for what, words in ((f"import of a {kind}, dry run", ["--dry-run"]), (f"import of a {kind}", [])):
            ours = best(runs, partial(made.imported, file, *words))
            yield Row(made.records, what, ours, peer * bool(beside), beside, targets.get(what, ""))


_TARGETS = {
    "build, cold": "20 s",
    "build, cold, without references": "12 s",
    "build, one record changed": "1.0 s",
    "check, one record changed": "1.0 s",
    "list": "1.0 s",
    "show KEY": "0.3 s",
    "cite KEY": "0.3 s",
    "import of a .bib, dry run": "5 s",
    "import of a list, dry run": "5 s",
}

# What is printed ------------------------------------------------------------------------------------------------------

HEAD = ("records", "what", "seconds", "processor", "MiB", "target", "peer", "its seconds", "ratio")


def cells(row: Row) -> tuple[str, ...]:
    theirs = f"{row.theirs.seconds:.2f}" if row.theirs else ""
    numbers = (f"{row.ours.seconds:.2f}", f"{row.ours.processor:.2f}", f"{row.ours.memory:.0f}")
    return (f"{row.records:,}" if row.records else "", row.what, *numbers, row.target, row.peer, theirs, row.ratio)


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown."""
    lines = [HEAD, tuple("-" * len(name) for name in HEAD), *map(cells, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{platform.system()} on {platform.machine()}, {len(os.sched_getaffinity(0))} processors, {memory:.0f} GiB, "
        f"Python {platform.python_version()}; load when it began {load:.1f}"
    )


def exponents(rows: Sequence[Row]) -> Mapping[str, float]:
    """By which power of the records the processors' seconds grow, from the smallest to the largest collection."""
    found = {}
    for what in _SHOWN:
        points = [(row.records, row.ours.processor) for row in rows if row.what == what]
        if len(points) > 1:
            (first, least), (last, most) = points[0], points[-1]
            found[what] = math.log(most / least) / math.log(last / first)
    return found


def picture(rows: Sequence[Row]) -> str:
    """Seconds of processors over records, both logarithmic."""
    import pygal

    def shown(number: float) -> str:
        return f"{number:,.0f}" if number >= 1 else f"{number:.1f}"

    chart = pygal.XY(
        logarithmic=True, xrange=(100, 200_000), range=(0.1, 2000), js=(), width=720, height=420, legend_at_bottom=True,
        title="Seconds of processors by number of records", x_title="records", x_labels=[100, 1000, 10_000, 100_000],
        y_labels=[0.1, 1, 10, 100, 1000], x_value_formatter=shown, value_formatter=shown,
    )  # fmt: skip
    for what in _SHOWN:
        chart.add(what, [(row.records, row.ours.processor) for row in rows if row.what == what])
    return re.sub(r"<!--.*?-->", "", chart.render(is_unicode=True), flags=re.DOTALL) + "\n"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--records", type=int, action="append", help="may be given several times")
    arguments.add_argument("--write", type=Path, metavar="FOLDER")
    given = arguments.parse_args()
    where, rows = machine(), []
    print(f"{where}\n\n{table(())}", end="")
    with tempfile.TemporaryDirectory() as folder:
        for found in (startup(), *(costs(Made(Path(folder), count)) for count in given.records or (408, 10_000))):
            for row in found:
                rows.append(row)
                print(f"| {' | '.join(cells(row))} |", flush=True)
    growth = "".join(f"- {what}: {power:.2f}\n" for what, power in exponents(rows).items())
    print(f"\nPower of the number of records by which the processors' seconds grow:\n\n{growth}", end="")
    if given.write:
        (given.write / "performance.svg").write_text(picture(rows), "utf-8")
        path = given.write / "performance.md"
        before, _, rest = path.read_text("utf-8").partition(BEGIN)
        said = f"{BEGIN}\n{where}\n\n{table(rows)}\nPower of the number of records by which the processors' seconds grow:\n\n{growth}"
        path.write_text(f"{before}{said}{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main()
