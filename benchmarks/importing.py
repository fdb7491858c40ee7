"""Measure the import: `python -m benchmarks.importing [LIST.md ...]`.

A .bib of 10,000 and 100,000 entries, lists of 1,000 to 100,000 rows in three layouts (rows a second stay the same when
time is linear), and the lists named. Each is read in a process of its own, whose peak memory is told.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fedbib.formats.bib import bibtex
from fedbib.formats.lists import markdown
from fedbib.intake.drafts import decide
from fedbib.intake.known import Known
from fedbib.sources.rules import rules
from fedbib.words.venues import register


def bib(count: int) -> str:
    return "".join(
        f"@article{{key{number},\n  title = {{Paper {number} on {{LLM}} Tuning of Kind {number * 7919 % 997}}},\n"
        f'  author = {{Smith, J{chr(97 + number % 26)}ohn and M{{\\"u}}ller{number % 89}, Karl}},\n'
        f"  journal = {{Journal of Things}},\n  year = {{20{number % 25:02d}}},\n  doi = {{10.1000/x{number}}},\n"
        f"  pages = {{1--10}}\n}}\n\n"
        for number in range(count)
    )


_NAMES = ("Ann Author", "Bob Writer", "Zoë Kravitz", "Wei Li", "Robert Okafor")
_LAYOUTS: dict[str, tuple[str, str]] = {
    "bullets": (
        "",
        "- **{title}.** {people}. *[ICML'{short}]* [[Paper]]({url}) [[Code]](https://github.com/a/b{number})\n",
    ),
    "numbers": ("", "1. [{title}]({url}), {people}, NeurIPS 20{short}\n   - [code](https://github.com/a/b{number})\n"),
    "table": (
        "| Title | Authors | Venue | Link |\n|---|---|---|---|\n",
        "| {title} | {people} | KDD 20{short} | [pdf]({url}) |\n",
    ),
}


def rows(layout: str, count: int) -> str:
    """A list of so many papers."""
    head, form = _LAYOUTS[layout]
    parts = [f"# A list\n\n## Papers\n\n{head}"]
    for number in range(count):
        names = [f"{_NAMES[number * step % 5]}{chr(97 + number % 26) * (step > 1)}" for step in (1, 2, 3)]
        parts.append(
            form.format(
                title=f"Paper {number} on Tuning of Kind {number * 7919 % 997} from Few Labels",
                people=", ".join(names),
                short=10 + number % 15,
                url=f"https://arxiv.org/abs/{15 + number // 90_000}{number % 12 + 1:02d}.{number % 90_000 + 1:05d}",
                number=number,
            )
        )
    return "".join(parts)


def timed(what: str, made: Callable[[], str], kind: str) -> None:
    """Print what it takes to read a text and to decide what becomes of its papers."""
    text = made()
    parse = bibtex.parse if kind == "bib" else markdown.parse
    parse(text[: 3000 if kind == "bib" else 600])  # tables and imports are there before the clock starts
    start = time.process_time()
    reading = parse(text)
    read = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    decisions = decide(reading.works, Known((), rules(register())), "x")
    end = time.process_time()
    count = len(reading.works) + len(reading.doubts) + len(reading.problems)
    print(
        f"{what:<34}{count:>8} entries   read {read - start:6.2f} s {count / (read - start):7.0f}/s {memory:5.0f} MB   "
        f"decide {end - read:6.2f} s   {len(decisions)} decided",
        flush=True,
    )


def main(paths: list[str]) -> None:
    jobs: list[tuple[str, Callable[[], str], str]] = [
        (f".bib of {count:,} entries", partial(bib, count), "bib") for count in (10_000, 100_000)
    ]
    for layout in _LAYOUTS:
        jobs += [(f"{layout}, {n:,} rows", partial(rows, layout, n), "list") for n in (1_000, 10_000, 100_000)]
    jobs += [(path[-34:], partial(Path(path).read_text, "utf-8"), "list") for path in paths]
    for job in jobs:
        process = multiprocessing.get_context("spawn").Process(target=timed, args=job)
        process.start()
        process.join()


if __name__ == "__main__":
    main(sys.argv[1:])
