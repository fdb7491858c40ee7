"""Measure indexes of an audit: `python -m benchmarks.batch ROWS [--entries 100000] [--engine duckdb|spark] [--folder DIR]`.

ROWS made-up works are put into an index in SQLite and exported as Parquet files. Printed are build time, size, the time to
find one title and titles like it, and how long ENTRIES made-up entries take as one batch, read, looked up and judged. Of the
entries half are works of the index, a quarter have a word changed, a quarter stand in no index. `--check` audits some of
them with the index in SQLite, too, and stops when a verdict differs.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import accumulate, islice
from pathlib import Path

from fedbib.audit import index, layout
from fedbib.audit.batch import Library
from fedbib.audit.engines import ENGINES
from fedbib.audit.entries import Entry
from fedbib.audit.judge import Judge
from fedbib.audit.run import audit
from fedbib.match.titles import Title
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.words.venues import register

YEAR = 2026
SYLLABLES = (
    "ra",
    "lo",
    "mi",
    "ten",
    "dor",
    "sa",
    "ke",
    "vi",
    "nu",
    "pa",
    "ler",
    "go",
    "shi",
    "ba",
    "zan",
    "fe",
    "tro",
    "qua",
)
WORDS = 60_000
SERIES = 200


def vocabulary(rng: random.Random) -> list[str]:
    found = {"".join(rng.choices(SYLLABLES, k=rng.randint(2, 5))) for _ in range(3 * WORDS)}
    return sorted(found)[:WORDS]


def works(count: int, seed: int = 1) -> Iterator[Work]:
    """Works whose words are as unevenly used as those of titles are (Zipf), in 200 series of 40 years."""
    rng = random.Random(seed)
    words = vocabulary(rng)
    rng.shuffle(words)
    weights = list(accumulate(1 / (place + 10) for place in range(len(words))))
    for number in range(count):
        title = " ".join(rng.choices(words, cum_weights=weights, k=rng.randint(5, 12))).capitalize()
        series, year = rng.randrange(SERIES), rng.randint(1985, 2024)
        yield Work(
            key=f"P{number}",
            type=ItemType.PAPER_CONFERENCE,
            title=title,
            author=tuple(
                Name(unsplit=f"{name.title()} {family.title()}")
                for name, family in zip(*[iter(rng.sample(words, 6))] * 2, strict=True)
            ),
            issued=PartialDate(year),
            container_title=f"International Conference on {words[series].title()} {words[series + 300].title()}, SER{series} {year}",
            page=Pages(str(10 * number), str(10 * number + 9)),
            DOI=f"10.1234/{number}",
        )


def entries(count: int, rows: int, seed: int = 2) -> Iterator[Entry]:
    """Entries: every other one is a work of the index, a quarter have a word changed, a quarter are in none."""
    rng = random.Random(seed)
    step = max(1, 2 * rows // max(count, 1))
    known = islice(works(rows), 0, None, max(1, step * 3 // 4)) if step > 1 else works(rows)
    strange = works(count, seed=99)
    for number in range(count):
        work = next(known, None) if number % 4 < 3 else None
        work = work or next(strange)
        if number % 4 == 2:
            head, _, rest = work.title.partition(" ")
            work = replace(work, title=f"{rng.choice(SYLLABLES)}{head} {rest}")
        yield Entry(replace(work, DOI="", key=f"e{number}"), "made-up", number)


def timed(what: str, start: tuple[float, float], unit: int = 1) -> None:
    """The time since a `now`; per unit for several."""
    wall, own = time.perf_counter() - start[0], time.process_time() - start[1]
    if unit > 1:
        print(f"  {what}: {own / unit * 1000:.2f} ms", flush=True)
    else:
        print(f"  {what}: {own:.1f} s of processor time, {wall:.1f} s in all", flush=True)


def now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def look_ups(path: Path, titles: list[Title]) -> None:
    with index.Index.open(path, register()) as base:
        for name, look in (("by title", base.by_title), ("like", base.like)):
            start = now()
            for title in titles:
                look(title)
            timed(f"SQLite, {name}", start, len(titles))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--engine", choices=list(ENGINES), default="duckdb")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        folder = asked.folder or Path(own)
        path, parquet = folder / "index.sqlite", folder / "parquet"
        if not path.exists():
            start = now()
            index.build(path, [("made-up", works(asked.rows))], register())
            timed(f"{asked.rows:,} rows: SQLite built", start)
        if not parquet.exists():
            start = now()
            with index.Index.open(path, register()) as base:
                layout.export(base, parquet)
            timed("Parquet exported", start)
        size = sum(file.stat().st_size for file in parquet.iterdir())
        print(f"  SQLite {path.stat().st_size / 1e6:.0f} MB, Parquet {size / 1e6:.0f} MB")
        look_ups(path, [Title.of(entry.work.title) for entry in entries(200, asked.rows)])
        with closing(ENGINES[asked.engine]()) as engine:
            library = Library(parquet, engine, register())
            for count in (1, 1000):
                some = list(entries(count, asked.rows))
                start = now()
                library.found(some)
                timed(f"{asked.engine}, {count:,} looked up", start)
            start = now()
            made = list(entries(asked.entries, asked.rows))
            timed(f"{len(made):,} entries made up (no part of the batch)", start)
            start = now()
            shelf = library.found(made)
            timed("all looked up", start)
            audited = audit(made, Judge((shelf,), YEAR))
            timed("and judged", start)
            print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")
        if asked.check:
            with index.Index.open(path, register()) as base:
                few = made[:2000]
                singly = audit(few, Judge((base,), YEAR))
            wrong = [
                one.work.key
                for one, other in zip(audited, singly, strict=False)
                if replace(one, asked=()) != replace(other, asked=())
            ]
            print(f"  {len(few):,} judged singly, too: {len(wrong)} verdicts differ")
            raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
