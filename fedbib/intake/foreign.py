"""A bibliography that somebody else made, read: as text, or as a file in the encodings that people still use."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from fedbib.disk import files
from fedbib.errors import BadFile
from fedbib.formats import LISTS, READERS, sniff
from fedbib.intake.encoding import text_of
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Reading
from fedbib.model.work import Work
from fedbib.references import pandoc
from fedbib.text.serials import isbn, issn
from fedbib.words.publication import honest

if TYPE_CHECKING:
    from fedbib.formats.lists.lexicon import Lexicon

_LIMIT = 200_000_000
STDIN = "-"
"""The source that is no file but what is piped in."""
_MARKUP = {
    ".rst": "rst",
    ".org": "org",
    ".html": "html",
    ".htm": "html",
    ".textile": "textile",
    ".mediawiki": "mediawiki",
}
"""Endings of files that pandoc turns into Markdown, with its names for them."""
_PAGE = re.compile(r"<!doctype html|<html", re.IGNORECASE)
_ADDRESS = re.compile(r"https?:/{1,2}([^/]+)/?([^?#]*)", re.IGNORECASE)


def read(text: str, format: str | None = None, name: str = "", lexicon: Lexicon | None = None) -> Reading:
    """What a text says, in the format named, or else in the one that it and the name of its file look like.

    `lexicon` are a collection's words, for lists. Raises UnknownFormat, or BadFile for a text that looks
    like none.
    """
    if markup := _markup(text, name) if format in (None, "list") else "":
        text, format = pandoc.markdown(text, markup, name), "list"
    found = format or sniff.kind(text, name)
    reading = _telling(LISTS[found].parse(text, lexicon) if found in LISTS else READERS[found].parse(text))
    return replace(reading, works=tuple(map(_numbered, map(honest, reading.works))), format=found)


def _numbered(work: Work) -> Work:
    """The work with one ISBN and one ISSN, each in its own field; what is neither stays as it is."""
    if not work.ISBN and not work.ISSN:
        return work
    book = isbn(work.ISBN) or isbn(work.ISSN) or ("" if issn(work.ISBN) else work.ISBN)
    series = issn(work.ISSN) or issn(work.ISBN) or ("" if isbn(work.ISSN) else work.ISSN)
    return work if (book, series) == (work.ISBN, work.ISSN) else replace(work, ISBN=book, ISSN=series)


def _telling(reading: Reading) -> Reading:
    """The reading without the works that say nothing of a paper; each is an error (L02)."""
    kept, problems = [], []
    for place, (work, line) in enumerate(zip(reading.works, reading.lines, strict=True)):
        if work.title or work.author or work.editor or work.ids or work.URL or work.links:
            kept.append(place)
        else:
            message = "names no paper: it has no title, author, identifier or address"
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
    return _read(_file(path), str(path), format)


def read_source(source: str, format: str | None = None, encoding: str = "", lexicon: Lexicon | None = None) -> Reading:
    """What a file says, or standard input for "-"; raises as `read_file`."""
    return _read(_content(source), source, format, encoding, lexicon)


def _read(content: bytes, name: str, format: str | None, encoding: str = "", lexicon: Lexicon | None = None) -> Reading:
    text, problems = text_of(content, name, encoding)
    reading = read(text, format, name, lexicon)
    return replace(reading, problems=(*problems, *reading.problems))


def read_text(source: str, encoding: str = "") -> str:
    """The text of a list, in Markdown; raises as `read_source`."""
    text, _ = text_of(_content(source), source, encoding)
    markup = _markup(text, source)
    return pandoc.markdown(text, markup, source) if markup else text


def _content(source: str) -> bytes:
    if source == STDIN:
        content = sys.stdin.buffer.read(_LIMIT + 1)
        if len(content) > _LIMIT:
            raise BadFile(f"is larger than {_LIMIT:,} bytes, the most that can be read", where="standard input")
        return content
    if match := _ADDRESS.match(source):
        host, path = match.group(1).lower().removeprefix("www."), match.group(2)
        raise BadFile("is an address, but only files can be read", where=source, hint=_download(host, path))
    return _file(Path(source))


def _file(path: Path) -> bytes:
    # A link that a person names is followed; only links inside a collection are not.
    return files.read(path.resolve(), limit=_LIMIT)


def _download(host: str, path: str) -> str:
    """How to get the list that a repository shows on its page."""
    parts = path.strip("/").split("/")
    if host == "github.com" and len(parts) >= 2:
        branch, file = (
            (parts[3], "/".join(parts[4:])) if len(parts) > 4 and parts[2] == "blob" else ("HEAD", "README.md")
        )
        url = f"https://raw.githubusercontent.com/{parts[0]}/{parts[1]}/{branch}/{file}"
        return f"download the raw file and import that: curl -O {url}"
    return "download the file itself, not the page that shows it, and import that"


def _markup(text: str, source: str) -> str:
    """Pandoc's name of the markup of a file that has to become Markdown first, "" where none has."""
    return _MARKUP.get(PurePath(source).suffix.lower(), "") or ("html" if _PAGE.match(text.lstrip()[:40]) else "")
