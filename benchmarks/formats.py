"""Measure the formats beside their peers: `python -m benchmarks.formats [--large]`.

10,000 works (with `--large` also 100,000) are written to each format and read back; bibtexparser with its LaTeX and name
middlewares, pybtex, pandoc and citation-js read or convert the very same .bib in the same run. What counts is the ratio.
A program of its own pays for its start, as ours does where it is compared with one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.run import best, measured, row
from benchmarks.synthetic import record
from fedbib.formats import FORMATS
from fedbib.model.about import About
from fedbib.model.work import Work
from fedbib.settle import settle
from fedbib.sources.rules import rules
from fedbib.words import venues

ABOUT = About(name="synthetic", title="Synthetic")
OURS = (
    "import sys; from fedbib.formats import bibtex, csl_json; from fedbib.formats.base import About; "
    "print(csl_json.render(bibtex.parse(open(sys.argv[1]).read()).works, About()))"
)
CITATION_JS = (
    'const {Cite} = require("@citation-js/core"); require("@citation-js/plugin-bibtex"); '
    'const text = require("fs").readFileSync(process.argv[1], "utf8"); '
    "console.log(JSON.stringify(new Cite(text, {generateGraph: false}).data))"
)


def works(count: int) -> list[Work]:
    by = rules(venues.register())
    return [settle(record(number)[0], by) for number in range(count)]


def seconds(action: Callable[[], object], runs: int = 3) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def in_process(some: Sequence[Work]) -> dict[str, float]:
    """Seconds to write and to read each format, printed; those to read are given back."""
    found = {}
    for name, form in FORMATS.items():
        text = form.render(some, ABOUT)
        runs = 3 if len(some) <= 10_000 else 1
        writing = seconds(partial(form.render, some, ABOUT), runs)
        reading = seconds(partial(form.parse, text), runs)
        found[name] = reading
        print(
            f"{name:<12}{len(some):>9} works   written in {writing:7.2f} s   read in {reading:7.2f} s   {len(text) / 1e6:6.1f} MB"
        )
    return found


def bibtexparser(text: str) -> None:
    from bibtexparser import entrypoint, middlewares

    layers = [middlewares.LatexDecodingMiddleware(), middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    library = entrypoint.parse_string(text, append_middleware=layers)
    assert not library.failed_blocks


def pybtex(text: str) -> None:
    from pybtex.database import parse_string

    data = parse_string(text, "bibtex")
    # Its LaTeX is decoded when a person is asked for.
    for entry in data.entries.values():
        for people in entry.persons.values():
            for person in people:
                [str(part) for part in person.rich_last_names]


def beside_peers(some: Sequence[Work], ours: float, folder: Path) -> None:
    text = FORMATS["bibtex"].render(some, ABOUT)
    bib = folder / "works.bib"
    bib.write_text(text, "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, read in (("bibtexparser with middlewares", bibtexparser), ("pybtex with names", pybtex)):
            theirs = seconds(partial(read, text), runs=1)
            row(f".bib to works / {name}", (ours, 0), (theirs, 0), "<= 0.1 x" if "middlewares" in name else "<= 1 x")
    pandoc = shutil.which("pandoc") or sys.exit("pandoc is not installed: it is a peer of this benchmark")
    times = best(
        3,
        ours=lambda: measured([sys.executable, "-c", OURS, str(bib)]),
        pandoc=lambda: measured([pandoc, str(bib), "-f", "bibtex", "-t", "csljson"]),
    )
    row(".bib to CSL-JSON / pandoc", times["ours"], times["pandoc"], "<= 0.3 x")
    node = shutil.which("node")
    if not node or subprocess.run([node, "-e", 'require("@citation-js/plugin-bibtex")'], check=False).returncode:
        sys.exit("citation-js is not installed (npm, NODE_PATH): it is a peer of this benchmark")
    row(".bib to CSL-JSON / citation-js", times["ours"], measured([node, "-e", CITATION_JS, str(bib)]), "")


def main() -> None:
    some = works(10_000)
    read = in_process(some)
    print(f"\n{'':<44}{'ours':>11}{'theirs':>11}{'ratio':>10}   {'target':<8}{'memory':>11}")
    with tempfile.TemporaryDirectory() as folder:
        beside_peers(some, read["bibtex"], Path(folder))
    if "--large" in sys.argv:
        print()
        large = in_process(works(100_000))
        print("\n100,000 / 10,000, to read: " + ", ".join(f"{name} {large[name] / read[name]:.1f} x" for name in read))


if __name__ == "__main__":
    main()
