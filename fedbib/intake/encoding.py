"""The bytes of a file as text: in the encoding that they show or say, and never in one that is guessed."""

from __future__ import annotations

import codecs
import re

from fedbib.disk import files
from fedbib.errors import BadFile
from fedbib.model.problem import Problem, Severity

# UTF-32 first: its mark for little ends begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAID = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,20})|<\?xml[^>]{0,80}encoding=["']([\w-]{2,20})""",
    re.IGNORECASE,
)
_STRAY = re.compile("[\udc80-\udcff]+")
"""Bytes that are not UTF-8, as `surrogateescape` has them."""
_LOOK = 4096
_HINT = "save it as UTF-8, or give its encoding: --encoding NAME (gb18030, big5, shift_jis, euc_kr, windows-1251, ...)"


def text_of(content: bytes, where: str, encoding: str = "") -> tuple[str, tuple[Problem, ...]]:
    """The text with `\\n` line ends, and what to look at when its encoding is not the one it should have.

    In `encoding` when it is given; else as its mark, its zero bytes or its own head say; else in UTF-8; else in
    Windows-1252 where its few letters beyond ASCII stand alone, as in Western languages (W06). Raises BadFile for any
    other.
    """
    if encoding:
        return _strictly(content, encoding, where), ()
    if marked := next((name for mark, name in _MARKS if content.startswith(mark)), "") or _wide(content):
        return _strictly(content, marked, where), ()
    try:
        return files.text(content, where), ()
    except BadFile as error:
        if b"\0" in content:
            raise BadFile("is not text", where=where, hint="export it as BibTeX, RIS or CSL JSON") from None
        if match := _SAID.search(content[:_LOOK]):
            return _strictly(content, (match[1] or match[2]).decode("ascii"), where), ()
        # Files that were put together from several have both: what is UTF-8 is read as such.
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
        if not _is_western(text):
            raise BadFile(error.message, where=where, line=error.line, hint=_HINT) from None
        message = "is not UTF-8 and was read as Latin-1 (Windows-1252)"
        hint = "check the accented letters; if they are wrong, give --encoding"
        problem = Problem("W06", Severity.WARNING, message, line=error.line, hint=hint)
        return _STRAY.sub(_western, text).replace("\r\n", "\n"), (problem,)


def _strictly(content: bytes, encoding: str, where: str) -> str:
    try:
        text = content.decode(encoding)
    except LookupError:
        raise BadFile(f"cannot be decoded: {encoding} is not an encoding", where=where, hint=_HINT) from None
    except ValueError as error:
        raise BadFile(f"is not {encoding}: {error}"[:200], where=where, hint=_HINT) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: of ASCII letters every other byte is zero."""
    start = content[:_LOOK]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 4 < len(start) or min(even, odd) * 20 > max(even, odd):
        return ""
    name = "utf-16-be" if even > odd else "utf-16-le"
    text = start[: len(start) // 2 * 2].decode(name, "replace")
    return name if all(char.isprintable() or char in "\t\r\n\ufffd" for char in text) else ""


def _is_western(text: str) -> bool:
    """Whether letters beyond ASCII that are not UTF-8 stand alone; those of other scripts stand together."""
    runs = [len(run) for run in _STRAY.findall(text)]
    return sum(length for length in runs if length > 1) * 4 <= sum(runs) and max(runs, default=0) < 5


def _western(stray: re.Match[str]) -> str:
    return stray[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace").replace("\ufffd", " ")
