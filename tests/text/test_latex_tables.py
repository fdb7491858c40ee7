"""Every row of the tables of macros against readers that know LaTeX without us: pylatexenc, pandoc, and the names of Unicode."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import pypandoc
import pytest
from pylatexenc.latex2text import LatexNodes2Text

from fedbib.text import latex
from fedbib.text.latex import decode, encode

LETTERS = latex._LETTERS | latex._READ
SIGNS = latex._MATH | latex._MATH_READ
TEX = {
    **{name: f"\\{name}{{}}" for name in LETTERS},
    **{f"${name}$": f"$\\{name}$" for name in SIGNS},
    **{f"{name} o": f"\\{name}{{o}}" for name in latex._ACCENTS},
}
"""A use of each macro, by a name for it."""

NAMES = {
    "SS": "LATIN CAPITAL LETTER SHARP S",
    "textbraceleft": "LEFT CURLY BRACKET",
    "textbraceright": "RIGHT CURLY BRACKET",
    "textbar": "VERTICAL LINE",
    "ddag": "DOUBLE DAGGER",
    "textperiodcentered": "MIDDLE DOT",
    "textunderscore": "LOW LINE",
    "textpercent": "PERCENT SIGN",
    "textasteriskcentered": "ASTERISK",
    "textpilcrow": "PILCROW SIGN",
    "textcrh": "LATIN SMALL LETTER H WITH STROKE",
    "og": "LEFT-POINTING DOUBLE ANGLE QUOTATION MARK",
    "fg": "RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK",
    "ohorn": "LATIN SMALL LETTER O WITH HORN",
    "OHORN": "LATIN CAPITAL LETTER O WITH HORN",
    "uhorn": "LATIN SMALL LETTER U WITH HORN",
    "UHORN": "LATIN CAPITAL LETTER U WITH HORN",
    "$degree$": "DEGREE SIGN",
    "$mathsection$": "SECTION SIGN",
    "textcommabelow o": "COMBINING COMMA BELOW",
    "textcommaabove o": "COMBINING TURNED COMMA ABOVE",
    "textpolhook o": "LATIN SMALL LETTER O WITH OGONEK",
    "textsubdot o": "LATIN SMALL LETTER O WITH DOT BELOW",
    "textdoublegrave o": "LATIN SMALL LETTER O WITH DOUBLE GRAVE",
    "textroundcap o": "LATIN SMALL LETTER O WITH INVERTED BREVE",
    "textvbaraccent o": "COMBINING VERTICAL LINE ABOVE",
    "U o": "COMBINING VERTICAL LINE ABOVE",
    "textsubring o": "COMBINING RING BELOW",
    "textsubbreve o": "COMBINING BREVE BELOW",
    "textsubtilde o": "COMBINING TILDE BELOW",
    "textsubcircum o": "COMBINING CIRCUMFLEX ACCENT BELOW",
    "ocirc o": "COMBINING RING ABOVE",
    "textsubumlaut o": "COMBINING DIAERESIS BELOW",
}
"""What stands for a macro that neither reader knows: the character, or the mark over the o."""

BLANKS = frozenset(
    ["space", "quad", "qquad", "newline", "par", "linebreak", "hfill", "thinspace", "enspace", "enskip", "nobreakspace"]
)
WORDS = {"BibTeX": "BibTeX", "LaTeXe": "LaTeX2e"}


@lru_cache
def readings() -> dict[str, tuple[str, ...]]:
    """What pylatexenc and pandoc read between two x in a use of each macro."""
    asked = {name: f"x{tex}x" for name, tex in TEX.items() if name not in BLANKS}
    text = pypandoc.convert_text("\n\n".join(asked.values()), "plain", format="latex", extra_args=["--wrap=none"])
    theirs = [part.strip("\n") for part in text.split("\n\n")]
    assert len(theirs) == len(asked)
    other = LatexNodes2Text(math_mode="text")
    return {
        name: tuple(
            unicodedata.normalize("NFC", found.removeprefix("x").removesuffix("x"))
            for found in (pandoc, other.latex_to_text(tex))
        )
        for (name, tex), pandoc in zip(asked.items(), theirs, strict=True)
    }


def told(name: str) -> Iterator[str]:
    """What a macro stands for, by everybody who can tell."""
    yield from readings().get(name, ())
    if name in NAMES:
        char = unicodedata.lookup(NAMES[name])
        yield f"o{char}" if unicodedata.combining(char) else char
    if name in WORDS:
        yield WORDS[name]


@pytest.mark.parametrize("name", [name for name in TEX if name not in BLANKS])
def test_a_macro_stands_for_what_another_reader_says(name: str) -> None:
    assert decode(f"x{TEX[name]}x")[1:-1] in tuple(told(name))


@pytest.mark.parametrize("name", sorted(BLANKS))
def test_a_macro_of_space_is_a_blank(name: str) -> None:
    assert decode(f"x{TEX[name]}x") == "x x"


def test_every_character_of_the_tables_is_written_as_a_macro_that_gives_it_back() -> None:
    for char in {*latex._LETTERS.values(), *latex._MATH.values()}:
        assert "\\" in encode(char)
        assert decode(encode(char)) == char


def test_the_names_are_needed_where_nobody_else_can_tell() -> None:
    assert [name for name in NAMES if decode(TEX[name]) in readings()[name]] == []
