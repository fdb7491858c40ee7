"""Corrections of a person's own .bib: only wrong values change; order, comments, keys and layout stay.

What is made is a unified diff, so that nothing changes before somebody has read it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fedbib.audit.verdict import Audited, Kind, Note
from fedbib.match.titles import Title
from fedbib.match.works import title_words
from fedbib.model.name import Name
from fedbib.text.latex import encode
from fedbib.text.markup import plain
from fedbib.text.names import split, to_bibtex


class Extent(StrEnum):
    """Which corrections are made."""

    SAFE = "safe"
    """Year, DOI and pages of a paper that is held under the entry's own title."""
    ALL = "all"
    """Also title and authors, which want a look."""


_SAFE = frozenset({Kind.YEAR, Kind.IDENTIFIER, Kind.PAGES})
_PEOPLE = frozenset({Kind.AUTHORS, Kind.AUTHORS_MISSING, Kind.AUTHORS_ADDED, Kind.AUTHOR_ORDER})
_FIELDS = {"issued": ("year", "date"), "DOI": ("doi",), "page": ("pages",), "title": ("title",), "author": ("author",)}
_LONGEST = 200_000
"""Characters of an entry that is looked at."""
_NAME = re.compile(r"(?:[\s,]++|%[^\r\n]*+)*+([A-Za-z][\w-]*+)\s*+=\s*+")
_BARE = re.compile(r"[^\s,{}\"#]+")
_LINE = re.compile(r"[^\n]*+\n|[^\n]++")
"""A line as patch and git count them: nothing but a line feed ends one."""
_START = re.compile(r"\ufeff?\s*@\s*\w+\s*[{(]\s*[^\s,{}()\"]*")


@dataclass(frozen=True, slots=True)
class Span:
    """Where the value of a field stands in a text, without its braces or quotes."""

    start: int
    end: int


def fields(text: str, start: int) -> dict[str, Span]:
    """The fields of the entry that begins at `start`, in lower case, each with the place of its value.

    Values put together with # and what follows a fault are left out. Linear in the length of the entry.
    """
    found: dict[str, Span] = {}
    text_end = min(len(text), start + _LONGEST)
    begin = _START.match(text, start, text_end)
    at = begin.end() if begin else text_end
    while match := _NAME.match(text, at, text_end):
        span, at = _value(text, match.end(), text_end)
        if span is None:
            break
        after = re.compile(r"\s*").match(text, at)
        if after and text.startswith("#", after.end()):
            break
        found.setdefault(match[1].lower(), span)
    return found


def _value(text: str, at: int, stop: int) -> tuple[Span | None, int]:
    """The value at a place, and where it ends."""
    sign = text[at : at + 1]
    if sign not in ("{", '"'):
        match = _BARE.match(text, at, stop)
        return (Span(at, match.end()), match.end()) if match else (None, at)
    depth, place = 0, at + 1
    for found in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(text, at + 1, stop):
        what, place = found.group(), found.start()
        if (what == "}" and depth == 0 and sign == "{") or (what == '"' and depth == 0 and sign == '"'):
            return Span(at + 1, place), place + 1
        depth += {"{": 1, "}": -1}.get(what, 0)
    return None, at


@dataclass(frozen=True, slots=True)
class Edit:
    """A value of a file, and what it should be."""

    entry: Audited
    note: Note
    """What was seen of it."""
    span: Span
    field: str
    """As formats of BibTeX name it."""
    before: str
    after: str


def edits(text: str, audited: Iterable[Audited], extent: Extent) -> list[Edit]:
    """What puts a .bib right, in its order: the values that are wrong, where it can be told what they should be."""
    starts = _starts(text)
    found = [
        edit
        for each in audited
        if 0 < each.line <= len(starts)
        for edit in _edits(text, starts[each.line - 1], each, extent)
    ]
    return sorted(found, key=lambda edit: edit.span.start)


def corrected(text: str, changes: Iterable[Edit]) -> str:
    """The text of a .bib with some of its `edits` made."""
    for edit in sorted(changes, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.after + text[edit.span.end :]
    return text


def diff(path: str, before: str, after: str) -> str:
    """A unified diff of two texts of a file, as `patch -p1` and `git apply` take it; "" when they are equal."""
    name = path.replace("\\", "/").lstrip("/")
    lines = difflib.unified_diff(_LINE.findall(before), _LINE.findall(after), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _starts(text: str) -> list[int]:
    """Where each line begins; line ends are those that a reader of the file counts."""
    return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]


def _edits(text: str, start: int, each: Audited, extent: Extent) -> Iterator[Edit]:
    places = fields(text, start)
    for note in each.notes:
        if not note.held or not _is_wanted(note, each, extent):
            continue
        for name in _FIELDS.get(note.field, ()):
            if name in places:
                span = places[name]
                raw = text[span.start : span.end]
                value = _put_right(raw, note)
                if value is not None and value != raw:
                    yield Edit(each, note, span, name, raw, value)
                break


def _is_wanted(note: Note, each: Audited, extent: Extent) -> bool:
    held = each.held
    if held is None or note.held != held:
        return False
    equal = Title.of(held.work.title).text == Title.of(each.work.title).text
    if note.kind in _SAFE:
        return equal
    return extent is Extent.ALL and note.is_sure and (note.kind in _PEOPLE or note.kind is Kind.TITLE)


def _put_right(raw: str, note: Note) -> str | None:
    """The value as the file would have it, or None where that cannot be told."""
    assert note.held
    held = note.held.work
    match note.kind:
        case Kind.YEAR if held.year:
            return re.sub(r"\d{4}", str(held.year), raw, count=1)
        case Kind.IDENTIFIER if note.field == "DOI" and held.DOI:
            found = re.search(re.escape(note.ours), raw, re.IGNORECASE)
            return raw[: found.start()] + held.DOI + raw[found.end() :] if found else None
        case Kind.PAGES if held.page:
            return f"{held.page.first}--{held.page.last}" if held.page.last else held.page.first
        case Kind.TITLE:
            return _title(raw, note.ours, plain(held.title))
        case _ if note.kind in _PEOPLE:
            return _people(raw, held.author)
    return None


def _people(raw: str, names: Sequence[Name]) -> str:
    """The names as the file writes names: family first or last, in letters or in TeX."""
    parted = [split(name.unsplit) if name.unsplit else name for name in names]
    letters = not raw.isascii()
    if "," in raw:
        return to_bibtex(parted, letters)
    return " and ".join(encode(name.display, rich=False, raw=letters) for name in parted)


def _title(raw: str, ours: str, theirs: str) -> str | None:
    """The title with only the words changed that differ; None where the file writes them otherwise."""
    old, new = ours.split(), theirs.split()
    matcher = difflib.SequenceMatcher(
        None, [title_words(word) for word in old], [title_words(word) for word in new], False
    )
    for what, start, end, first, last in reversed(matcher.get_opcodes()):
        if what == "equal":
            continue
        if what in ("insert", "delete"):
            if not start or not first:
                return None
            start, first = start - 1, first - 1
        words = " ".join(old[start:end])
        if raw.count(words) != 1:
            return None
        raw = raw.replace(words, encode(" ".join(new[first:last]), rich=False, raw=not raw.isascii()))
    return raw
