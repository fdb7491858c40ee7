"""A bibliography that somebody else made, read: as text, or as a file in the encodings that people still use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fedbib.disk import files
from fedbib.errors import BadFile
from fedbib.formats import READERS, sniff
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Reading
from fedbib.references import pandoc

_LIMIT = 200_000_000
_MARKUP = {".rst": "rst", ".org": "org"}
"""Endings of files that pandoc turns into Markdown, with its names for them."""


def read(text: str, format: str | None = None, name: str = "") -> Reading:
    """What a text says, in the format named, or else in the one that it and the name of its file look like.

    Raises UnknownFormat, or BadFile for a text that looks like none.
    """
    found = format or sniff.kind(text, name)
    return replace(_telling(READERS[found].parse(text)), format=found)


def _telling(reading: Reading) -> Reading:
    """The reading without the works that say nothing of a paper; each is an error (L02)."""
    kept, problems = [], []
    for place, (work, line) in enumerate(zip(reading.works, reading.lines, strict=True)):
        if work.title or work.author or work.editor or work.ids or work.URL or work.links:
            kept.append(place)
        else:
            message = "names no paper: no title, no author, no identifier, no address"
            problems.append(Problem("L02", Severity.ERROR, message, line=line, key=work.key))
    if not problems:
        return reading
    return replace(
        reading,
        works=tuple(reading.works[place] for place in kept),
        lines=tuple(reading.lines[place] for place in kept),
        values=tuple(reading.values[place] for place in kept) if reading.values else (),
        problems=(*reading.problems, *problems),
    )


def read_file(path: Path, format: str | None = None) -> Reading:
    """What a regular file says; raises as `read`, and BadFile for a file that cannot be read."""
    # A link that a person names is followed; only links inside a collection are not.
    text, problems = _text(files.read(path.resolve(), limit=_LIMIT), str(path))
    if markup := _MARKUP.get(path.suffix.lower()) if format in (None, "list") else None:
        text, format = pandoc.markdown(text, markup, str(path)), "list"
    reading = read(text, format, str(path))
    return replace(reading, problems=(*problems, *reading.problems))


def read_text(path: Path) -> str:
    """The text of a list, in Markdown; raises as `read_file`."""
    text, _ = _text(files.read(path.resolve(), limit=_LIMIT), str(path))
    markup = _MARKUP.get(path.suffix.lower())
    return pandoc.markdown(text, markup, str(path)) if markup else text


def _text(content: bytes, where: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, and what to look at when its encoding is not the one it should have."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace").replace("\r\n", "\n"), ()
    try:
        return files.text(content, where), ()
    except BadFile as error:
        if b"\0" in content:
            raise
        message = "is not UTF-8 and was read as Latin-1 (Windows-1252)"
        problem = Problem("W06", Severity.WARNING, message, line=error.line, hint="look at the accented letters")
        text = content.decode("cp1252", "replace").replace("\ufffd", " ")
        return text.replace("\r\n", "\n"), (problem,)
