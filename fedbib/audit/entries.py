"""The entries that an audit is about: of a bibliography, or what a document cites of those that it names, or lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fedbib.disk import files
from fedbib.errors import BadFile
from fedbib.model.problem import Problem
from fedbib.model.reading import Manuscript, Printed, Reading, Value
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
    text: str = ""
    """Of a reference in a document, the string itself."""
    is_whole: bool = True
    """Whether all of that string was read."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of some files."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    """What could not be read, with file and line."""
    missing: tuple[str, ...] = ()
    """The keys that a document cites and no entry has."""


Reader = Callable[[Path], Reading]
DocumentReader = Callable[[Path], Manuscript]


def read(paths: Iterable[Path], reader: Reader, documents: Mapping[str, DocumentReader]) -> Read:
    """The entries of some files, in order; of a document (.aux, .bcf, .tex) those that it cites.

    `reader` reads a bibliography, `documents` the documents of other endings, which may list references themselves.
    Raises BadFile for a file that cannot be read, or a document that names none.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    missing: list[str] = []
    for path in paths:
        if path.suffix.lower() in DOCUMENTS:
            found, lost, said = _cited(cited_by(path)[0], _bases(path), reader)
            entries += found
            missing += lost
        elif document := documents.get(path.suffix.lower()):
            found, lost, said = _of(path, document(path), reader)
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


def _of(path: Path, document: Manuscript, reader: Reader) -> tuple[list[Entry], list[str], list[Problem]]:
    """What a document cites, or lists; one that does neither is a list of papers itself."""
    if document.bibliographies:
        return _cited(document.cited, [path.parent / name for name in document.bibliographies], reader)
    if not document.references:
        found, problems = _all(path, reader)
        return found, [], problems
    listed = enumerate(document.references, start=1)
    return [_printed(path, number, one) for number, one in listed], [], []


def _printed(path: Path, number: int, one: Printed) -> Entry:
    """A reference is known by its number in the document, or its place in the list."""
    key = f"reference {one.work.key or number}" + (f", page {one.page}" if one.page else "")
    return Entry(replace(one.work, key=key), str(path), 0, (), one.text, one.is_whole)


def _cited(keys: Sequence[str], bases: Iterable[Path], reader: Reader) -> tuple[list[Entry], list[str], list[Problem]]:
    """What is cited of some bibliographies, and the keys that none of them has."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for path in bases:
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
        hint = "give the .bib file instead"
        raise BadFile("does not name a bibliography", where=str(document), hint=hint)
    if away := [name for name in found if "://" in name]:
        hint = "download it and give the .bib file instead"
        raise BadFile(f"names a bibliography on the web: {away[0]}", where=str(document), hint=hint)
    return [document.parent / (name if Path(name).suffix else f"{name}.bib") for name in dict.fromkeys(found)]


def _named(names: str) -> Iterator[str]:
    yield from filter(None, (name.strip() for name in names.split(",")))
