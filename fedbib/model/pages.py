"""Pages and article numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fedbib.model.quick import quick

# A part of a range: what publishers print as a page number ("7871", "e123", "S12", "12345:1", "xii").
_PART = r"[\w.:]+"
_RANGE = re.compile(rf"({_PART})(?:-+)({_PART})")
_NUMBERS = re.compile(r"(\d++)--?(\d++)", re.ASCII)
_DASHES = re.compile(r"(?:(?<!\s)\s+)?[\u2010-\u2015\u2212]\s*")
_SPACED_HYPHEN = re.compile(r"(?<!\s)\s+-+\s+|(?<=\d)\s*-{2,}\s*(?=\w)")


@quick
@dataclass(frozen=True, slots=True)
class Pages:
    """A page, an article number ("e123") or a range of pages.

    A range has two parts without hyphens; anything that is no plain range ("1-3, 5-7", "A-1-A-8") is kept whole
    in `first`, with single hyphens.
    """

    first: str
    last: str = ""

    @classmethod
    def parse(cls, text: str) -> Pages | None:
        """Read "1-12", "1–12", "1--12", "e123", "12345:1--12345:20"; None for a text without content."""
        if plain := _NUMBERS.fullmatch(text):
            return cls(plain[1]) if plain[1] == plain[2] else cls(plain[1], plain[2])
        text = _SPACED_HYPHEN.sub("-", _DASHES.sub("-", text.strip()))
        text = re.sub(r"-{2,}", "-", text).strip("- ")
        if not text:
            return None
        match = _RANGE.fullmatch(text)
        if not match:
            return cls(text)
        first, last = match.groups()
        return cls(first) if first == last else cls(first, last)

    @property
    def text(self) -> str:
        """CSL's `page`: a range with a single hyphen."""
        return f"{self.first}-{self.last}" if self.last else self.first
