"""Commands that LaTeX lacks around words of a value: of a journal's class, of a package, of the writer's own."""

from __future__ import annotations

import re

from fedbib.text.latex import closings, is_command
from fedbib.text.regex import regex

_CALL = regex(
    r"\\\\|\\\$|\$(?:[^$\\]|\\.)*+\$|\\(?P<name>[A-Za-z]++)\*?(?:\s*+(?:\[[^\[\]]*+\])?+(?P<brace>\{))?+", re.DOTALL
)
# Commands whose argument is not for a reader: it names, measures, includes, defines or draws something.
_NO_WORDS = frozenset(
    ["begin", "end", "input", "include", "includegraphics", "write", "def", "edef", "gdef", "let", "newcommand",
    "renewcommand", "providecommand", "newenvironment", "csname", "catcode", "special", "label", "ref", "eqref",
    "pageref", "autoref", "cref", "index", "bibitem", "usepackage", "documentclass", "vskip",
    "hskip", "rule", "fontsize", "fontfamily", "fontseries", "fontshape", "selectlanguage",
    "setlength", "vphantom", "hypertarget", "directlua", "openin", "openout", "read"]
)  # fmt: skip


def unwrapped(tex: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The TeX without the unknown commands that have one argument, whose braces stay; these commands, each once; and
    those that stay as they are.

    In mathematics nothing is changed, nor where two arguments follow, as only one of them may be for a reader.
    """
    if "\\" not in tex:
        return tex, (), ()
    ends: dict[int, int] | None = None
    taken: dict[str, None] = {}
    left: dict[str, None] = {}

    def without(match: re.Match[str]) -> str:
        nonlocal ends
        name = match["name"]
        if not name or name.startswith("cite") or is_command(name):
            return match.group()
        if match["brace"] and name not in _NO_WORDS:
            ends = closings(tex) if ends is None else ends
            end = ends.get(match.start("brace"))
            if end and tex[end : end + 1] != "{":
                taken[f"\\{name}"] = None
                return "{"
        left[f"\\{name}"] = None
        return match.group()

    return _CALL.sub(without, tex), tuple(taken), tuple(left)
