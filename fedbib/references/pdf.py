"""The edge to pypdf, which reads the text of a PDF. It is an extra: `pip install fedbib[pdf]`."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from fedbib.errors import BadFile, FedbibError, MissingExtra
from fedbib.references.pages import Line

_MOST_PAGES = 2000
_MOST_TEXT = 5_000_000
"""Characters of a document."""
_SAME_LINE = 2.0
"""Points by which letters of one line may stand higher or lower."""


def lines(content: bytes, where: str) -> Iterator[Line]:
    """The lines of a PDF in its own order. Raises BadFile for what is none, MissingExtra without pypdf."""
    try:
        import pypdf
    except ImportError:
        raise MissingExtra("pypdf, which reads PDF files, is not installed", extra="pdf", where=where) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    size = 0
    # pypdf raises whatever a damaged file leads it to: KeyError, TypeError, RecursionError, ...
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        for number, page in enumerate(reader.pages[:_MOST_PAGES], start=1):
            for line in _of_page(page, number):
                size += len(line.text)
                if size > _MOST_TEXT:
                    raise BadFile(f"has more than {_MOST_TEXT:,} characters of text", where=where)
                yield line
    except FedbibError:
        raise
    except Exception as error:
        raise BadFile(
            f"cannot be read as PDF ({type(error).__name__})", where=where, hint="save it again as PDF"
        ) from error


def _of_page(page: Any, number: int) -> Iterator[Line]:
    """The lines of a page: pieces of text that stand at one height, one behind the other."""
    found: list[tuple[float, float, str]] = []

    def piece(text: str, matrix: list[float], at: list[float], *_: object) -> None:
        if text:
            x = at[4] * matrix[0] + at[5] * matrix[2] + matrix[4]
            y = at[4] * matrix[1] + at[5] * matrix[3] + matrix[5]
            found.append((x, y, text))

    page.extract_text(visitor_text=piece)
    left, height, text = 0.0, 0.0, ""
    for x, y, said in found:
        first, *others = said.split("\n")
        if text and abs(y - height) > _SAME_LINE and first:
            yield Line(number, left, text)
            text = ""
        if not text:
            left, height = x, y
        text += first
        for other in others:
            if text.strip():
                yield Line(number, left, text)
            left, height, text = x, y, other
    if text.strip():
        yield Line(number, left, text)
