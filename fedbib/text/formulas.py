"""Mathematics of TeX with what only packages know (amsmath, amssymb, bm, dsfont, ...) in other words of the same sense.

`read` makes one spelling of the many; `written` says it in macros that LaTeX has without any package. `read` gives back
what `written` made.
"""

from __future__ import annotations

import re
import unicodedata

from fedbib.text.regex import regex

_RENAMED = {
    "leqslant": "leq", "geqslant": "geq", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "boldsymbol": "mathbf",
    "bm": "mathbf", "pmb": "mathbf", "operatorname": "mathrm", "text": "mbox", "implies": "Longrightarrow",
    "impliedby": "Longleftarrow", "lVert": "Vert", "rVert": "Vert", "lvert": "vert", "rvert": "vert",
    "overset": "stackrel", "varnothing": "emptyset", "thicksim": "sim", "thickapprox": "approx", "dotsc": "ldots",
    "dotsb": "cdots",
}  # fmt: skip
_ALPHABETS = {
    "mathbbm": "mathbb", "mathds": "mathbb", "mathbb": "mathbb", "Bbb": "mathbb", "mathfrak": "mathfrak",
    "frak": "mathfrak", "mathscr": "mathscr",
}  # fmt: skip
_STANDS_FOR = {"mathbb": "mathbf", "mathfrak": "mathrm", "mathscr": "mathcal"}
"""The alphabet that every LaTeX has, for each that it has not; an empty group behind the letters tells of it."""
BUILT = {
    "lesssim": r"\stackrel{<}{\sim}", "gtrsim": r"\stackrel{>}{\sim}", "lessapprox": r"\stackrel{<}{\approx}",
    "gtrapprox": r"\stackrel{>}{\approx}", "triangleq": r"\stackrel{\triangle}{=}", "nmid": r"\not\mid",
    "nparallel": r"\not\parallel", "nexists": r"\not\exists",
}  # fmt: skip
"""Signs of amssymb, each as LaTeX can build it."""
SIGNS = {
    "lesssim": "≲", "gtrsim": "≳", "lessapprox": "⪅", "gtrapprox": "⪆", "triangleq": "≜", "nmid": "∤", "nparallel": "∦",
    "nexists": "∄",
}  # fmt: skip
"""The characters that they are."""

_MACRO = regex(r"\\([A-Za-z]++)\*?")
_LETTERS = regex(rf"\\({'|'.join(_ALPHABETS)})(?![A-Za-z])\s*+(?:\{{\s*+([^{{}}\s]++)\s*+\}}|([A-Za-z0-9]))")
_OF_PACKAGE = regex(r"\\(mathbb|mathfrak|mathscr)\{([^{}]*+)\}")
_STANDING = regex(r"\\(mathbf|mathrm|mathcal)\{([^{}]++)\{\}\}")
_ORIGIN = {stands: name for name, stands in _STANDS_FOR.items()}
_SEEN = regex("|".join(map(re.escape, BUILT.values())))
_BUILT_AS = {tex: name for name, tex in BUILT.items()}


def read(content: str) -> str:
    """The inside of `$...$` in one spelling: `\\mathds R` is `\\mathbb{R}`, `\\leqslant` is `\\leq`."""
    if "\\" not in content:
        return content
    content = _SEEN.sub(lambda match: f"\\{_BUILT_AS[match.group()]}", content)
    content = _STANDING.sub(lambda match: f"\\{_ORIGIN[match[1]]}{{{match[2]}}}", content)
    content = _LETTERS.sub(lambda match: f"\\{_ALPHABETS[match[1]]}{{{match[2] or match[3]}}}", content)
    return _MACRO.sub(lambda match: f"\\{_RENAMED[match[1]]}" if match[1] in _RENAMED else match.group(), content)


def written(content: str) -> str:
    """The same in what LaTeX knows without packages, as far as there is something."""
    if "\\" not in content:
        return content
    content = _OF_PACKAGE.sub(lambda match: f"\\{_STANDS_FOR[match[1]]}{{{match[2]}{{}}}}", read(content))
    return _MACRO.sub(lambda match: BUILT.get(match[1], match.group()), content)


def letter(content: str) -> str:
    """The character that one letter of an alphabet is, as `read` has it: ℤ for `\\mathbb{Z}`; "" for anything else."""
    match = _OF_PACKAGE.fullmatch(content)
    return _CHARACTERS.get((match[1], match[2]), "") if match else ""


def _characters() -> dict[tuple[str, str], str]:
    """The characters of Unicode's mathematical alphabets, by alphabet and letter."""
    names = {"DOUBLE-STRUCK": "mathbb", "FRAKTUR": "mathfrak", "BLACK-LETTER": "mathfrak"}
    found: dict[tuple[str, str], str] = {}
    for code in (*range(0x2102, 0x2130), *range(0x1D504, 0x1D56C), *range(0x1D7D8, 0x1D7E2)):
        words = unicodedata.name(chr(code), "").removeprefix("MATHEMATICAL ").split(" ")
        if words[0] in names and words[1] in ("CAPITAL", "SMALL", "DIGIT"):
            found[names[words[0]], unicodedata.normalize("NFKC", chr(code))] = chr(code)
    return found


_CHARACTERS = _characters()
LETTERS = {char: f"\\{_STANDS_FOR[name]}{{{said}{{}}}}" for (name, said), char in _CHARACTERS.items()}
"""How each character of the alphabets is written."""
