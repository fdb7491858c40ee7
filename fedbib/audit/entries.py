"""The entries that an audit is about: of a bibliography, or what a document cites of those that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fedbib.disk import files
from fedbib.errors import BadFile
from fedbib.model.problem import Problem
from fedbib.model.reading import Reading, Value
from fedbib.model.work import Work
from fedbib.select import EVERYTHING, cited_by

DOCUMENTS = frozenset({".aux", ".bcf", ".tex"})
_LIMIT = 100_000_000
_BASES = re.compile(
    r"\\(?:bibdata|bibliography)\s*\{([^{}]*)\}|\\addbibresource\s*+(?:\[[^\][]*+\]\s*+)?\{([^{}]*)\}"
    r"|<bcf:datasource\b[^<>]*>([^<]*)</bcf:datasource>"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a file."""

    work: Work
    path: str
    line: int
    values: tuple[Value, ...] = ()
    """All that it says, in the words of its file."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of some files."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    """What could not be read, with file and line."""
    missing: tuple[str, ...] = ()
    """The keys that a document cites and no entry has."""


Reader = Callable[[Path], Reading]


def read(paths: Iterable[Path], reader: Reader) -> Read:
    """The entries of some files, in order; of a document (.aux, .bcf, .tex) those that it cites.

    `reader` reads a bibliography. Raises BadFile for a file that cannot be read, or a document that names none.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    missing: list[str] = []
    for path in paths:
        if path.suffix.lower() in DOCUMENTS:
            found, lost, said = _cited(path, reader)
            entries += found
            missing += lost
        else:
            found, said = _all(path, reader)
            entries += found
        problems += said
    return Read(tuple(entries), tuple(problems), tuple(missing))


def _all(path: Path, reader: Reader) -> tuple[list[Entry], list[Problem]]:
    reading = reader(path)
    values = reading.values or ((),) * len(reading.works)
    entries = [
        Entry(work, str(path), line, said)
        for work, line, said in zip(reading.works, reading.lines, values, strict=True)
    ]
    return entries, [replace(problem, path=str(path)) for problem in reading.problems]


def _cited(document: Path, reader: Reader) -> tuple[list[Entry], list[str], list[Problem]]:
    """What a document cites of the bibliographies that it names, and the keys that none of them has."""
    keys, _ = cited_by(document)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for path in _bases(document):
        found, said = _all(path, reader)
        entries += found
        problems += said
    if EVERYTHING in keys:
        return entries, [], problems
    wanted = {key.casefold() for key in keys}
    names = [{name.casefold() for name in (entry.work.key, *entry.work.aliases)} for entry in entries]
    known = set().union(*names) if names else set()
    cited = [entry for entry, own in zip(entries, names, strict=True) if own & wanted]
    return cited, [key for key in keys if key.casefold() not in known], problems


def _bases(document: Path) -> list[Path]:
    """The bibliographies that a document names, as LaTeX looks them up: from its folder."""
    text = files.read(document.resolve(), limit=_LIMIT).decode("utf-8", "replace")
    text = re.sub(r"(?<!\\)%.*", "", text) if document.suffix.lower() == ".tex" else text
    found = [folder for match in _BASES.finditer(text) for folder in _named(next(filter(None, match.groups()), ""))]
    if not found:
        hint = "name the .bib file itself"
        raise BadFile("names no bibliography", where=str(document), hint=hint)
    return [document.parent / (name if Path(name).suffix else f"{name}.bib") for name in dict.fromkeys(found)]


def _named(names: str) -> Iterator[str]:
    yield from filter(None, (name.strip() for name in names.split(",")))
