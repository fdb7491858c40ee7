"""Texts in ASCII, for keys and comparisons."""

from __future__ import annotations

import re
import unicodedata

# Letters that NFKD does not take apart.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n"}
)


def folded(text: str) -> str:
    """Lower-case ASCII letters and digits of a text: "Müller-Straße" is "mullerstrasse"."""
    if text.isascii() and text.isalnum():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]", "", spread)
