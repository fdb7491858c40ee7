"""A .bib taken apart: its entries and strings as they stand, whoever wrote it; nothing is decoded here.

Entries as programs write them are found here. What is left goes through bibtexparser's splitter, which takes long and
finds its way through damage.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from fedbib.model.problem import Problem, Severity
from fedbib.model.quick import quick
from fedbib.text.regex import regex

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry, ParsingFailedBlock


@quick
@dataclass(frozen=True, slots=True)
class Item:
    """An entry."""

    type: str
    """In lower case."""
    key: str
    fields: tuple[tuple[str, str], ...]
    """Names and right sides, with their braces or quotes; several of one name only where a comma is missing."""
    line: int


@dataclass(frozen=True, slots=True)
class Macro:
    """An @string."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class _Rest:
    """Fields behind the brace that ended their entry too early."""

    text: str
    line: int


def blocks(text: str) -> Iterator[Item | Macro | Problem]:
    """The entries and strings of a text with line ends as "\\n", in their order, and what could not be read (B01) or
    was mended or passed over (B02). Linear in the length of the text.
    """
    last: Item | None = None
    for found in _found(text):
        if isinstance(found, _Rest):
            last, problem = _continued(last, found)
            yield problem
            continue
        if last:
            yield last
            last = None
        if isinstance(found, Item):
            last = found
        else:
            yield found
    if last:
        yield last


def _continued(item: Item | None, rest: _Rest) -> tuple[Item | None, Problem]:
    """An entry with the fields that stand behind a brace too many, if they can be read, and what is told of that."""
    more = list(_split(f"@{_MORE}{{{_MORE},{rest.text}", rest.line, is_cut=False))
    if item and len(more) == 1 and isinstance(more[0], Item) and (fields := more[0].fields):
        names = [name.lower() for name, _ in (*item.fields, *fields)]
        if len(set(names)) == len(names):
            message = f"a brace too many stands before {fields[0][0]}; the fields behind it were read all the same"
            problem = Problem("B02", Severity.WARNING, message, line=rest.line, key=item.key)
            return replace(item, fields=(*item.fields, *fields)), problem
    shown = " ".join(rest.text.split())[:60]
    message = f"the entry before ends at a brace too many; what follows was left out: {shown}"
    return item, Problem("B02", Severity.WARNING, message, line=rest.line)


def _found(text: str) -> Iterator[Item | Macro | Problem | _Rest]:
    starts = list(_starts(text))
    gap = line = counted = 0
    for start, end in pairwise([*starts, len(text)]):
        found = _plain(text, start, end)
        if found is None:
            continue
        line += text.count("\n", counted, gap)
        if text[gap:start].strip():
            yield from _split(f"{text[gap:start]}{_NEXT}", line, is_cut=True)
        line += text.count("\n", gap, start)
        kind, key, fields, gap = found
        counted = start
        yield Item(kind, key, fields, line + 1)
    if text[gap:].strip():
        yield from _split(text[gap:], line + text.count("\n", counted, gap), is_cut=False)


def _starts(text: str) -> Iterator[int]:
    """Where an entry may begin, also one that the entry before swallows: there the splitter gives that up.

    That is the beginning of a line, which is looked for only before what opens an entry.
    """
    before = 0
    for match in _OPENING.finditer(text):
        line = text.rfind("\n", before, match.start()) + 1
        if (line or not before) and not text[line : match.start()].strip():
            yield line
        before = match.end()


_OPENING = regex(r"@\w*+[ \t]*+[{(]")
_START = regex(rf"^[^\S\n]*+{_OPENING.pattern}", re.MULTILINE)
_LONGEST_START = 100
"""So far behind the blanks before it an entry has begun."""
_BLANKS = regex(r"\s*+")
_NEXT = "@next{"
_MORE = "more"

_BRACED = r"(?:[^{}\\]++|\\(?![{}]))*+"
_IN_QUOTES = r'(?:[^{}\\"]++|\\"|\\(?![{}]))*+'
for _ in range(5):
    _BRACED = rf"(?:[^{{}}\\]++|\\(?![{{}}])|\{{{_BRACED}\}})*+"
    _IN_QUOTES = rf'(?:[^{{}}\\"]++|\\"|\\(?![{{}}])|\{{{_IN_QUOTES}\}})*+'
_NAME = r'[^\s{}()",=@#%\\]++'
_PIECE = rf'(?:\{{{_BRACED}\}}|"{_IN_QUOTES}"|{_NAME})'
_FIELD = regex(rf"\s*+({_NAME})\s*+=\s*+({_PIECE}(?:\s*+#\s*+{_PIECE})*+)\s*+(?:,(?:\s*+,)*+|(?=\}}))")
_HEAD = regex(
    rf"\s*+@(?!comment\b|preamble\b|string\b)(\w++)[ \t]*+\{{\s*+({_NAME}(?: ++{_NAME})*+)\s*+,(?:\s*+,)*+",
    re.IGNORECASE,
)
_CLOSE = regex(r"\s*+\}")


def _plain(text: str, start: int, end: int) -> tuple[str, str, tuple[tuple[str, str], ...], int] | None:
    """Type, key and fields of the entry between two places, and where it ends; None for one that is not plain.

    Plain is what every reader takes apart alike: no brace behind a backslash, nothing between fields but blanks.
    """
    head = _HEAD.match(text, start, end)
    if not head:
        return None
    fields: list[tuple[str, str]] = []
    at = head.end()
    while field := _FIELD.match(text, at, end):
        fields.append((field[1], field[2]))
        at = field.end()
    close = _CLOSE.match(text, at, end)
    if not close or len({name for name, _ in fields}) < len(fields):
        return None
    return head[1].lower(), head[2], tuple(fields), close.end()


def _split(text: str, line: int, *, is_cut: bool) -> Iterator[Item | Macro | Problem | _Rest]:
    """What the splitter finds in a text behind so many lines; `is_cut` at the start of another entry."""
    from bibtexparser.model import ParsingFailedBlock
    from bibtexparser.splitter import Splitter

    # It would print what is reported here as problems.
    logging.getLogger("bibtexparser").addHandler(_SILENT)
    # It counts no line end behind a backslash, and takes @commentary for a @comment.
    text = _NO_KEY.sub(r"\1,", _without_comments(text.replace("\\\n", "\\ \n")))
    for match in _NO_COMMA.finditer(text):
        at = line + text.count("\n", 0, match.end()) + 1
        yield Problem("B02", Severity.WARNING, "a comma is missing behind the key", line=at, key=match[1])
    text = _NO_COMMA.sub(r"\g<0>,", text)
    splitter = Splitter(_LIKE_OWN.sub(_OTHER, text))
    found = splitter.split().blocks
    for block in found[:-1] if is_cut else found:
        at = line + (block.start_line or 0) + 1
        if type(block) is ParsingFailedBlock:  # others of its kind hold an entry that was read
            yield from _mended(block, at, splitter.bibstr)
        else:
            yield from _said(block, at)


_SILENT = logging.NullHandler()
_OTHER = "@_"
_LIKE_OWN = regex(r"@(?=(?:comment|preamble|string)\w)", re.IGNORECASE)
_NO_KEY = regex(r"^([ \t]*@(?!(?i:string)\b)\w+[ \t]*[{(])(?=\s*[A-Za-z][\w-]*\s*=)", re.MULTILINE)

_NO_COMMA = regex(
    r"^[ \t]*+@(?!(?:comment|preamble|string)\b)\w++[ \t]*+\{\s*+([^\s,;{}()=\"#%@\\]++)"
    r"(?=\s++[A-Za-z][\w-]*+\s*+=\s*+[{\"\w])",
    re.MULTILINE | re.IGNORECASE,
)
"""A key of which the next word is surely the name of a field."""


def _said(block: Block, line: int) -> Iterator[Item | Macro | Problem | _Rest]:
    """An entry or a string; what is neither is passed over or reported."""
    from bibtexparser import model

    if isinstance(block, model.DuplicateFieldKeyBlock):
        again = ", ".join(sorted(block.duplicate_keys))
        inner = block.ignore_error_block
        key = inner.key if isinstance(inner, model.Entry) else ""
        message = f"has {again} more than once; the first counts"
        yield Problem("B02", Severity.WARNING, message, line=line, key=key)
        block = inner or block
    elif isinstance(block, model.DuplicateBlockKeyBlock):
        block = block.ignore_error_block or block  # each is read; the reader of entries reports the key
    if isinstance(block, model.String):
        yield Macro(block.key.lower(), block.value)
    elif isinstance(block, model.Entry):
        yield _item(block, line)
    elif isinstance(block, model.ImplicitComment) and (match := _UNBRACED.search(block.comment)):
        at = line + block.comment.count("\n", 0, match.start(1))
        yield Problem("B01", Severity.ERROR, f"entry skipped: no braces after @{match.group(1)}", line=at)
    elif isinstance(block, model.ImplicitComment) and (match := _MORE_FIELDS.match(block.comment)):
        yield _Rest(block.comment if match[1].strip("}") else block.comment[match.end() :], line)
    elif isinstance(block, model.Preamble):
        yield Problem("B02", Severity.NOTE, "the @preamble is TeX and was left out", line=line)


_MORE_FIELDS = regex(r"\s*+([^\s@%=,]*+)\s*+,(?=\s*+[A-Za-z][\w-]*+\s*+=)")
_UNBRACED = regex(r"^\s*@\s*(?!(?i:comment)\b)(\w+)", re.MULTILINE)


def _item(entry: Entry, line: int) -> Item:
    fields = tuple((field.key, field.value) for field in entry.fields)
    return Item(entry.entry_type.lower().removeprefix("_"), entry.key, fields, line)


_TOO_MUCH = regex(r"(?:,|(?<!\s)(?=\s*?\n))\s*+[A-Za-z]++\s*+=\s*+[{\"]")


def _mended(block: ParsingFailedBlock, line: int, text: str) -> Iterator[Item | Problem]:
    """An entry of which only the last brace is missing, or why there is none; `text` is what was split."""
    end = getattr(block.error, "end_index", 0)
    blank = _BLANKS.match(text, end)
    behind = blank.end() if blank else end
    following = _START.search(text, end, behind + _LONGEST_START)
    is_all = behind == len(text) or (following is not None and following.start() <= behind)
    if is_all and (entry := _closed(block)):
        yield Problem("B02", Severity.WARNING, "the closing brace is missing", line=line, key=entry.key)
        yield _item(entry, line)
        return
    error = str(block.error).strip()
    reason = error.splitlines()[0] if error else "a brace or quote is not closed"
    yield Problem("B01", Severity.ERROR, f"entry skipped: {reason}", line=line)


def _closed(block: Block) -> Entry | None:
    """The entry with the brace that is missing at its end."""
    from bibtexparser.model import Entry
    from bibtexparser.splitter import Splitter

    raw = (block.raw or "").rstrip()
    if len(raw) > 100_000 or raw.count("{") - raw.count("}") != 1 or raw[-1:] not in ("}", '"', ",", *"0123456789"):
        return None
    found = Splitter(f"{raw}\n}}").split().blocks
    if len(found) != 1 or not isinstance(found[0], Entry) or not found[0].fields:
        return None
    if any(_TOO_MUCH.search(field.value) for field in found[0].fields):
        return None  # a brace in the middle is missing, and where cannot be told
    return found[0]


def _without_comments(text: str) -> str:
    """The text without what stands between % and the end of the line where biber takes that for a comment: in an
    entry, outside of the values of its fields.
    """
    if "%" not in text:
        return text
    kept: list[str] = []
    start = depth = 0
    quoted = False
    for match in _COMMENTED.finditer(text):
        sign = match.group()
        if match.start() < start:
            continue
        if sign.startswith("@"):
            depth, quoted = (1, False) if depth <= 1 else (depth + 1, quoted)
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(depth - 1, 0)
        elif sign == '"' and depth == 1:
            quoted = not quoted
        elif sign == "%" and depth == 1 and not quoted:
            end = text.find("\n", match.start())
            kept.append(text[start : match.start()])
            start = end if end >= 0 else len(text)
    return "".join((*kept, text[start:]))


_COMMENTED = regex(r"^[ \t]*@\w+[ \t]*\{|\\.|[{}\"%]", re.DOTALL | re.MULTILINE)
