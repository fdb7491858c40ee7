"""The identifiers that a note gives of the work itself.

A note of people and reference managers holds both "arXiv:2310.03123 [cs.LG]" and "Reply to arXiv:2310.03123", so an
identifier is the work's own where the note, or a part of it after a line's end or a semicolon, begins with it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fedbib.errors import BadIdentifier
from fedbib.ids.identify import normal
from fedbib.model.identifier import Scheme
from fedbib.text.regex import regex

_MOST = 2000
"""Characters of a note that are looked at."""
_PART = regex(r"[^;\n]++")
_LABEL = (
    r"(?:https?://(?:dx\.|www\.)?|(?:doi|arxiv)\.org/|(?:abs|pdf)/"
    r"|\b(?:arxiv|doi|url|pre-?print|e-?print|also|available|published|as|at|on|full|extended|version)\b|[\s:.,(/-])"
)
_ARXIV = regex(
    rf"{_LABEL}{{0,20}}+(?<![\w.])((?:\d{{4}}\.\d{{4,5}}(?!\d)|[a-z][a-z.-]{{1,20}}+/\d{{7}}(?!\d)))(?:v\d++)?(?:\.pdf\b)?"
    r"(?:\s*+\[([a-z-]{2,20}+(?:\.[a-z-]{2,20}+)?)(?:,[^\]]{0,99}+)?\])?",
    re.IGNORECASE,
)
_DOI = regex(rf"{_LABEL}{{0,20}}+(10\.\d{{4,9}}/[^\s,;]++)", re.IGNORECASE)


def doi(note: str) -> str:
    """The DOI of the work that a note gives, in its normal form, or ""."""
    return next((own.id for own in _own(note) if own.scheme is Scheme.DOI), "")


def arxiv(note: str) -> tuple[str, str]:
    """The arXiv id of the work, in its normal form, and the category behind it, or "" for each."""
    return next(((own.id, own.category) for own in _own(note) if own.scheme is Scheme.ARXIV), ("", ""))


_OF_AN_EXPORT = regex(
    r"(?:Cited By\s*+(?::\s*+)?\d+|(?:Total )?Times Cited(?: in [\w ]{1,60}+)?:\s*\d+|Cited Reference Count:\s*\d+"
    r"|Export Date:\s*\d{1,2} \w+ \d{4}|^ID:\s*\d+$)[;,.\s]*",
    re.IGNORECASE,
)
"""What a database tells of its own record."""


def rest(note: str, doi: str, arxiv: str) -> str:
    """A note without the parts that say nothing but these identifiers, or what a database counts, and without
    semicolons around what is left.
    """
    note = _OF_AN_EXPORT.sub("", note)
    said = {Scheme.DOI: doi, Scheme.ARXIV: arxiv}
    left, end = "", 0
    for own in _own(note):
        if own.is_all and own.id == said[own.scheme]:
            left, end = left + note[end : own.start], own.end
    return (left.rstrip(" ;\n") + "; " * bool(left.strip()) + note[end:].lstrip(" ;\n")).strip("; ")


def kept(note: str, doi: str, arxiv: str) -> str:
    """What a file with these identifiers can hold of a note: nothing, where another would be read from it."""
    said = {Scheme.DOI: doi, Scheme.ARXIV: arxiv}
    return rest(note, doi, arxiv) if all(said[own.scheme] for own in _own(note)) else ""


@dataclass(frozen=True, slots=True)
class _Own:
    """An identifier, and the part of the note that begins with it."""

    scheme: Scheme
    id: str
    category: str
    start: int
    end: int
    """Where the part begins and ends in the note."""
    is_all: bool
    """Whether the part says nothing else."""


@lru_cache(maxsize=16)  # the formats ask for the same notes
def _own(note: str) -> Sequence[_Own]:
    return tuple(_found(note))


def _found(note: str) -> Iterator[_Own]:
    for part in _PART.finditer(note[:_MOST]):
        text = part[0]
        if match := _ARXIV.match(text):
            if "arxiv" not in match[0].lower():
                continue
            scheme, category = Scheme.ARXIV, match[2] or ""
        elif match := _DOI.match(text):
            scheme, category = Scheme.DOI, ""
        else:
            continue
        with contextlib.suppress(BadIdentifier):
            id = normal(scheme, match[1].rstrip(".)")).value
            yield _Own(scheme, id, category, part.start(), part.end(), not text[match.end() :].strip(" .,)"))
