"""Commands that LaTeX lacks around words of a value: of a journal's class, of a package, of the writer's own."""

from __future__ import annotations

import re

from fedbib.text.latex import closings, is_command

_CALL = re.compile(
    r"\\\\|\\\$|\$(?:[^$\\]|\\.)*+\$|\\(?P<name>[A-Za-z]++)\*?\s*+(?:\[[^\[\]]*+\])?+(?P<brace>\{)", re.DOTALL
)
# Commands whose argument is not for a reader: it names, measures, includes, defines or draws something.
_NO_WORDS = frozenset(
    ["begin", "end", "input", "include", "includegraphics", "write", "def", "edef", "gdef", "let", "newcommand",
    "renewcommand", "providecommand", "newenvironment", "csname", "catcode", "special", "label", "ref", "eqref",
    "pageref", "autoref", "cref", "index", "bibitem", "usepackage", "documentclass", "vspace", "hspace", "vskip",
    "hskip", "rule", "color", "pagecolor", "fontsize", "fontfamily", "fontseries", "fontshape", "selectlanguage",
    "setlength", "phantom", "hphantom", "vphantom", "hypertarget", "directlua", "openin", "openout", "read"]
)  # fmt: skip


def unwrapped(tex: str) -> tuple[str, tuple[str, ...]]:
    """The TeX without the unknown commands that have one argument, whose braces stay; and these commands, each once.

    In mathematics nothing is changed, nor where two arguments follow, as only one of them may be for a reader.
    """
    if "\\" not in tex:
        return tex, ()
    ends: dict[int, int] = {}
    found: dict[str, None] = {}

    def without(match: re.Match[str]) -> str:
        name = match["name"]
        if not name or name in _NO_WORDS or name.startswith("cite") or is_command(name):
            return match.group()
        ends.update(ends or closings(tex))
        end = ends.get(match.start("brace"))
        if not end or tex[end : end + 1] == "{":
            return match.group()
        found[f"\\{name}"] = None
        return "{"

    return _CALL.sub(without, tex), tuple(found)
