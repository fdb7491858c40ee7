"""Proceedings in DBLP's own layout, whose truth is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from fedbib.audit import bulk
from fedbib.audit.index import Index, build
from fedbib.audit.judge import Judge
from fedbib.audit.verdict import Audited
from fedbib.formats.bib import bibtex
from fedbib.intake.foreign import read_file
from fedbib.words.venues import register

PEOPLE = ("Ann Archer", "Bo Becker", "Cy Cooper", "Di Draper", "Ed Elder", "Flo Fisher", "Gus Glover", "Hal Hunter")
TOPICS = (
    *("Sparse", "Robust", "Federated", "Causal", "Bayesian", "Graph", "Neural", "Private", "Adaptive", "Convex"),
    *("Spectral", "Temporal", "Symbolic", "Discrete", "Geometric", "Modular", "Latent", "Hybrid", "Stable", "Fair"),
)
TITLE = "ICML {0}: Proceedings of the International Conference on Machine Learning, ICML {0}, Vienna, July 1-5, {0}"


def title(number: int) -> str:
    return (
        f"{TOPICS[number % 20]} Estimation of {TOPICS[(number * 7 + 3) % 20]} Kernels under Budget Constraint {number}"
    )


def people(number: int) -> list[str]:
    return [PEOPLE[(number + step) % len(PEOPLE)] for step in range(3)]


def paper(number: int, year: int = 2021, doi: str = "") -> str:
    first = 10 * (number % 30) + 1
    lines = [
        f"  author    = {{{' and '.join(people(number))}}}",
        f"  title     = {{{title(number)}}}",
        f"  booktitle = {{{TITLE.format(year)}}}",
        f"  pages     = {{{first}--{first + 9}}}",
        f"  year      = {{{year}}}",
        *([f"  doi       = {{{doi}}}"] if doi else []),
        "  bibsource = {dblp computer science bibliography, https://dblp.org}",
    ]
    return f"@inproceedings{{DBLP:conf/icml/P{number}y{year},\n" + ",\n".join(lines) + "\n}\n"


def head(year: int = 2021) -> str:
    return (
        f"@proceedings{{DBLP:conf/icml/{year},\n  title     = {{{TITLE.format(year)}}},\n  year      = {{{year}}}\n}}\n"
    )


def volume(numbers: Iterable[int] = range(30), year: int = 2021, *, whole: bool = True) -> str:
    papers = [paper(number, year, f"10.1234/icml.{year}.{number}") for number in numbers]
    return "\n".join([*papers, head(year)] if whole else papers)


def index(folder: Path, *texts: str) -> Index:
    files = []
    for place, text in enumerate(texts):
        file = folder / f"volume{place}.bib"
        file.write_text(text, "utf-8")
        files.append(file)
    path = folder / "index.sqlite"
    build(path, ((file.name, bulk.works(file, read_file)) for file in files), register())
    return Index.open(path, register())


def judged(base: Index | Sequence[Index], entry: str) -> Audited:
    """The verdict on the first entry of a .bib."""
    reading = bibtex.parse(entry)
    bases = (base,) if isinstance(base, Index) else tuple(base)
    return Judge(bases, 2026).judged(reading.works[0], reading.values[0], "a.bib", reading.lines[0])


def entry(number: int = 5, kind: str = "inproceedings", **more: str) -> str:
    """An entry that describes a paper of the volume; a field that is given replaces its own, "" leaves it out."""
    fields = {
        "author": " and ".join(people(number)),
        "title": title(number),
        "booktitle": "ICML",
        "year": "2021",
    } | more
    inner = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{key{number},\n{inner}}}\n"
