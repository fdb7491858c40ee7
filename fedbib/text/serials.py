"""ISBN and ISSN: whether a text is one, and the one that stands in a text with others or with words."""

from __future__ import annotations

import re

from fedbib.text.regex import regex

_ISBN = regex(r"(?<![\w-])(?:97[89](?:[ -]?\d){10}|\d(?:[ -]?\d){8}[ -]?[\dXx])(?![\w-])", re.ASCII)
_ISSN = regex(r"(?<![\w-])\d{4}[-\u2010-\u2013]?\d{3}[\dXx](?![\w-])", re.ASCII)
_LONGEST = 300
"""Characters of a field that are looked at."""


def is_isbn(text: str) -> bool:
    """Whether it is an ISBN-10 or ISBN-13 with its right check digit; blanks and hyphens may stand in it."""
    digits = re.sub(r"[- ]", "", text)
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return _is_right(digits, 10)
    if not re.fullmatch(r"97[89]\d{10}", digits):
        return False
    return sum(int(char) * (3 if at % 2 else 1) for at, char in enumerate(digits)) % 10 == 0


def is_issn(text: str) -> bool:
    """Whether it is an ISSN in its normal form, "2049-3630", with its right check digit."""
    return re.fullmatch(r"\d{4}-\d{3}[\dX]", text) is not None and _is_right(text.replace("-", ""), 8)


def _is_right(digits: str, weight: int) -> bool:
    return sum((weight - at) * (10 if char == "X" else int(char)) for at, char in enumerate(digits)) % 11 == 0


def isbn(text: str) -> str:
    """The ISBN in a text, of several the first of 13 digits; "" where there is none."""
    found = _isbns(text)
    return next((each for each in found if each.startswith("97")), found[0] if found else "")


def issn(text: str) -> str:
    """The first ISSN in a text, in its normal form; "" where there is none."""
    return next(iter(_issns(text)), "")


def all_in(text: str) -> list[str]:
    """Every ISBN and ISSN in a text."""
    return [*_isbns(text), *_issns(text)]


def _isbns(text: str) -> list[str]:
    return [each.upper() for each in _ISBN.findall(text[:_LONGEST]) if is_isbn(each.upper())]


def _issns(text: str) -> list[str]:
    digits = (re.sub(r"[^\dX]", "", each.upper()) for each in _ISSN.findall(text[:_LONGEST]))
    return [normal for each in digits if is_issn(normal := f"{each[:4]}-{each[4:]}")]
