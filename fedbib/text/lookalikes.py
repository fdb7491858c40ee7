"""Letters of other scripts that look like Latin ones, where a word of Latin letters has them."""

from __future__ import annotations

from fedbib.text.regex import regex

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХаеорсухіјѕԁһӏԛԝ", "ABESIJKMHOPCTYXaeopcyxijsdhlqw", strict=True))
# Symbols are Greek in earnest ("α", "μ", "ν-SVM"): these letters are those that no formula uses for its own.
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
LATIN = _CYRILLIC | _GREEK
"""The Latin letter that each looks like."""

_WORD = regex(r"[^\W\d_]+")
_OTHERS = regex(r"[\u0370-\u03ff\u0400-\u052f]")
_LATIN = regex(r"[A-Za-z\u00c0-\u024f]")


def disguised(text: str) -> tuple[str, ...]:
    """The words of a text in which a letter only looks Latin, each once.

    That is a word of Latin letters and such ones; or, beside words in Latin letters alone, one of nothing but Cyrillic
    look-alikes. Words in the letters of one language are never among them.
    """
    if text.isascii() or not _OTHERS.search(text):
        return ()
    words = dict.fromkeys(_WORD.findall(text))
    found = {word for word in words if _LATIN.search(word) and any(char in LATIN for char in word)}
    other = [word for word in words if word not in found and _OTHERS.search(word)]
    is_latin = any(_LATIN.search(word) and word not in found for word in words)
    if is_latin and all(char in LATIN for word in other for char in word):
        found |= {word for word in other if all(char in _CYRILLIC for char in word)}
    return tuple(word for word in words if word in found)
