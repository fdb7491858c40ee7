"""Measure the import: `python -m benchmarks.importing`. A .bib of 10,000 and 100,000 entries, a README of 4,000 lines."""

from __future__ import annotations

import time

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


def readme(lines: int) -> str:
    parts = ["# A list\n"]
    for number in range(lines // 4):
        parts.append(
            f"- **Paper {number} on Tuning of Kind {number * 7919 % 997}.** Ann Author, Bob Writer. "
            f"*[ICML'{10 + number % 15}]* [[Paper]](https://arxiv.org/abs/24{number % 12 + 1:02d}.{number:05d}) "
            f"[[Code]](https://github.com/a/b{number})"
        )
        parts.append(
            f"- [Another Paper {number} with a Title](https://openreview.net/forum?id=abc{number}) [NeurIPS 2024]"
        )
        parts.append("")
        row = f"| A Paper in a Table {number} | KDD | [pdf](https://doi.org/10.1145/{number}.1) |"
        parts.append(row if number % 3 else "### A heading")
    return "\n".join(parts)


def timed(what: str, text: str, parse: object) -> None:
    assert callable(parse)
    start = time.perf_counter()
    works = parse(text).works
    read = time.perf_counter()
    decisions = decide(works, Known((), rules(register())), "x")
    end = time.perf_counter()
    print(
        f"{what:<28}{len(works):>8} works   read {read - start:6.2f} s   decide {end - read:6.2f} s   {len(decisions)} decided"
    )


def main() -> None:
    timed(".bib of 10,000 entries", bib(10_000), bibtex.parse)
    timed(".bib of 100,000 entries", bib(100_000), bibtex.parse)
    timed("README of 4,000 lines", readme(4_000), markdown.parse)


if __name__ == "__main__":
    main()
