"""LaTeX as .bib files hold it, to and from rich text.

`decode` reads what anybody wrote; `encode` writes what every reader of a .bib takes, and `decode` gives it back.
Neither runs anything: a macro that is no letter or simple markup is text, on the way in and on the way out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

from fedbib.text import formulas, units
from fedbib.text.markup import NOCASE
from fedbib.text.plain import clean
from fedbib.text.regex import regex

# Accent macros and the combining character of each.
_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "h": "\u0309",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "textcommabelow": "\u0326",
}
_MARK_MACROS = {mark: name for name, mark in _ACCENTS.items() if name != "h"}  # that only Vietnamese fonts have
# Other names of marks, only read.
_ACCENTS |= {
    "textcommaabove": "\u0312", "textogonekcentered": "\u0328", "textpolhook": "\u0328", "textsubdot": "\u0323",
    "G": "\u030f", "textdoublegrave": "\u030f", "f": "\u0311", "textroundcap": "\u0311", "textvbaraccent": "\u030d",
    "textsubring": "\u0325", "textsubbreve": "\u032e", "textsubtilde": "\u0330", "textsubcircum": "\u032d",
    "textsubumlaut": "\u0324", "U": "\u030d", "ocirc": "\u030a",
}  # fmt: skip
_MARKS = frozenset(_ACCENTS.values())
_MOST_MARKS = 8
_BELOW = frozenset("dckb")
# An accent over nothing.
_ALONE = {"\u0300": "`", "\u0301": "\u00b4", "\u0302": "^", "\u0303": "~", "\u0308": "\u00a8", "\u0304": "\u00af"}

# Letters and signs with a macro that plain pdfLaTeX knows (with T1 fonts), written in braces: `{\ss}`.
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ",
    "dj": "đ", "DJ": "Đ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ", "SS": "ẞ",
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">",
    "textbar": "|",
    "textasciicircum": "^", "textasciitilde": "~", "textasciigrave": "`",
    "textquoteleft": "‘", "textquoteright": "’", "quotesinglbase": "‚", "quotedblbase": "„",
    "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›",
    "ldots": "…", "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "dag": "†", "ddag": "‡", "textexclamdown": "¡",
    "textquestiondown": "¿", "textbullet": "•", "textperiodcentered": "·", "textdegree": "°", "texttrademark": "™",
    "textregistered": "®", "texteuro": "€", "textyen": "¥", "textcent": "¢", "textordfeminine": "ª",
    "textordmasculine": "º", "texttimes": "×", "textpm": "±", "textdiv": "÷", "textlnot": "¬", "textmu": "µ",
    "texttwosuperior": "²", "textthreesuperior": "³", "textonesuperior": "¹", "textonehalf": "½", "textonequarter": "¼",
    "textthreequarters": "¾", "textrightarrow": "→", "textleftarrow": "←", "textbrokenbar": "¦", "textcurrency": "¤",
}  # fmt: skip

# Other spellings of letters and signs, only read.
_READ = {
    "aa": "å", "AA": "Å", "textellipsis": "…", "dots": "…", "textendash": "–", "textemdash": "—",
    "textquotedblleft": "“",
    "textquotedblright": "”", "textquotedbl": '"', "textquotesingle": "'", "lq": "‘", "rq": "’",
    "textunderscore": "_", "textdollar": "$",
    "textpercent": "%", "textasteriskcentered": "*", "slash": "/", "space": " ", "quad": " ", "qquad": " ",
    "thinspace": " ", "enspace": " ", "enskip": " ", "nobreakspace": " ", "negthinspace": "",
    "newline": " ",
    "par": " ", "linebreak": " ", "textpilcrow": "¶", "textparagraph": "¶", "textsection": "§", "textcopyright": "©",
    "textsterling": "£", "euro": "€", "textdagger": "†", "textdaggerdbl": "‡",
    "textvisiblespace": "␣", "textnumero": "№", "cdot": "·", "relax": "",
    "protect": "", "noindent": "", "allowbreak": "", "nobreak": "", "nolinebreak": "", "sloppy": "",
    "ohorn": "ơ", "OHORN": "Ơ", "uhorn": "ư", "UHORN": "Ư", "textschwa": "ə", "hbar": "ħ", "textcrh": "ħ",
    "og": "«", "fg": "»", "textcompwordmark": "", "lbrace": "{", "rbrace": "}", "null": "", "hfill": " ",
}  # fmt: skip

# Names of programs and formats that are set in their own way, only read, and dashes of TUGboat.
_NAMES = {
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "LaTeXe": "LaTeX2e", "ConTeXt": "ConTeXt", "LuaTeX": "LuaTeX",
    "LuaLaTeX": "LuaLaTeX", "XeTeX": "XeTeX", "XeLaTeX": "XeLaTeX", "pdfTeX": "pdfTeX", "pdfLaTeX": "pdfLaTeX",
    "AmSTeX": "AMS-TeX", "AMSTeX": "AMS-TeX", "AmSLaTeX": "AMS-LaTeX", "eTeX": "e-TeX", "MF": "METAFONT",
    "METAFONT": "METAFONT", "MP": "METAPOST", "METAPOST": "METAPOST", "POSTSCRIPT": "PostScript",
    "Dash": "—", "dash": "—", "emdash": "—", "endash": "–",
}  # fmt: skip

# One sign of mathematics that is a character as well: `{$\alpha$}` is written for α.
_MATH = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "varpi": "ϖ", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ",
    "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "leq": "≤", "geq": "≥", "neq": "≠",
    "approx": "≈", "equiv": "≡", "sim": "∼", "simeq": "≃", "cong": "≅", "propto": "∝", "infty": "∞", "in": "∈",
    "notin": "∉",
    "ni": "∋", "subset": "⊂", "supset": "⊃", "subseteq": "⊆", "supseteq": "⊇", "cup": "∪", "cap": "∩", "emptyset": "∅",
    "forall": "∀", "exists": "∃", "neg": "¬", "wedge": "∧", "vee": "∨", "oplus": "⊕", "otimes": "⊗", "partial": "∂",
    "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "ell": "ℓ", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "perp": "⊥",
    "Rightarrow": "⇒", "Leftarrow": "⇐", "leftrightarrow": "↔", "Leftrightarrow": "⇔", "uparrow": "↑", "downarrow": "↓",
    "mapsto": "↦", "ll": "≪", "gg": "≫", "circ": "∘", "star": "⋆", "bullet": "∙", "diamond": "⋄", "langle": "⟨",
    "odot": "⊙", "ominus": "⊖", "oslash": "⊘", "angle": "∠", "triangle": "△", "sqcup": "⊔", "sqcap": "⊓", "uplus": "⊎",
    "asymp": "≍", "wp": "℘", "flat": "♭", "natural": "♮", "sharp": "♯", "rightleftharpoons": "⇌", "nearrow": "↗",
    "searrow": "↘", "dashv": "⊣", "bowtie": "⋈",
    "rangle": "⟩", "models": "⊨", "vdash": "⊢", "top": "⊤", "bot": "⊥", "mp": "∓", "prime": "′",
    "hbar": "ℏ", "preceq": "≼", "succeq": "≽", "Longrightarrow": "⟹", "Longleftarrow": "⟸",
    "heartsuit": "♡", "spadesuit": "♠", "clubsuit": "♣", "diamondsuit": "♢", "setminus": "∖", "prec": "≺", "succ": "≻",
}  # fmt: skip
_MATH_READ = {
    "le": "≤", "ge": "≥", "ne": "≠", "times": "×", "pm": "±", "div": "÷", "to": "→", "rightarrow": "→",
    "leftarrow": "←",
    "gets": "←", "iff": "⇔", "cdot": "·", "ldots": "…", "dots": "…", "cdots": "⋯", "lnot": "¬", "degree": "°",
    "dagger": "†",
    "ddagger": "‡", "mathsection": "§", "lbrace": "{", "rbrace": "}", "backslash": "\\", "land": "∧", "lor": "∨",
    "longrightarrow": "⟶", "longleftarrow": "⟵", "varnothing": "∅",
} | formulas.SIGNS  # fmt: skip

# Macros of mathematics that may stand in our .bib: they print and do nothing else, in plain LaTeX.
_SAFE_MATH = frozenset(
    ["mathcal", "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "sqrt", "frac", "log", "ln", "exp", "sin", "cos",
    "tan", "min", "max", "sup", "inf", "lim", "arg", "det", "dim", "gcd", "Pr", "hat", "tilde", "bar", "vec", "dot",
    "ddot", "check", "breve", "acute", "grave", "widehat", "widetilde", "overline", "underline", "left", "right",
    "quad", "qquad", "lfloor", "rfloor", "lceil", "rceil", "mid", "parallel", "ast", "colon", "vert", "Vert",
    "mbox", "stackrel", "not", "bmod", "deg", "ker", "hom", *_MATH, *_MATH_READ]
) - {"degree", "mathsection", "land", "lor", "varnothing", *formulas.SIGNS}  # fmt: skip
_SAFE_MATH_SIGNS = frozenset(",;:! {}|")

_MARKUP = {
    "textit": "i", "emph": "i", "textsl": "i", "textbf": "b", "textsubscript": "sub", "textsuperscript": "sup",
    "mkbibemph": "i", "mkbibitalic": "i", "mkbibbold": "b",
}  # fmt: skip
_SWITCHES = {"it": "i", "em": "i", "sl": "i", "itshape": "i", "slshape": "i", "bf": "b", "bfseries": "b"}
# Macros whose argument is shown as it is (some of R and the classes of its journals), and switches without a form in
# rich text.
_TRANSPARENT = frozenset(
    [
        "textsc",
        "texttt",
        "textgreek",
        "textcyrillic",
        "textlatin",
        "textrm",
        "textsf",
        "textnormal",
        "textup",
        "textmd",
        "text",
        "mbox",
        "hbox",
        "fbox",
        "mathrm",
        "mathsf",
        "mathtt",
        "mathbf",
        "mathit",
        "mathcal",
        "mathbb",
        "boldsymbol",
        "bm",
        "underline",
        "uline",
        "NoCaseChange",
        "MakeUppercase",
        "MakeLowercase",
        "uppercase",
        "lowercase",
        "acro",
        "ac",
        "pkg",
        "proglang",
        "code",
        "CRANpkg",
    ]
)
_SILENT = frozenset(
    [
        "rm",
        "sc",
        "tt",
        "sf",
        "tiny",
        "scriptsize",
        "footnotesize",
        "small",
        "normalsize",
        "large",
        "Large",
        "LARGE",
        "huge",
        "Huge",
        "rmfamily",
        "sffamily",
        "ttfamily",
        "scshape",
        "upshape",
        "mdseries",
        "normalfont",
        "selectfont",
        "boldmath",
        "unboldmath",
        "bgroup",
        "egroup",
        "begingroup",
        "endgroup",
    ]
)
# Macros whose argument is not shown: it sorts an entry, or is a colour.
_HIDDEN = frozenset(["noopsort", "NOOPsort", "SortNoop", "sortnoop", "Sortnoop", "color", "pagecolor"])
# Macros whose argument is how wide a gap is, or as wide as it.
_GAPS = frozenset(["hspace", "vspace", "phantom", "hphantom"])
# Macros that put signs around their argument (csquotes, R).
_AROUND = {
    "enquote": "“”", "textquote": "“”", "mkbibquote": "“”",
    "dQuote": "“”", "sQuote": "‘’", "mkbibparens": "()", "mkbibbrackets": "[]",
}  # fmt: skip
# Macros that say with a first argument how the second is shown.
_SECOND = frozenset(["foreignlanguage", "textcolor", "colorbox"])
_CHEMISTRY = frozenset(["ce", "ch", "cf"])
# Macros of siunitx.
_QUANTITIES = frozenset(["SI", "qty", "si", "unit", "num", "ang"])
# Macros that show their argument as an address: "~" is a letter there.
_ADDRESSES = frozenset(["url", "path", "nolinkurl"])
_TAGS = {"i": "<i>", "b": "<b>", "sub": "<sub>", "sup": "<sup>", "span": NOCASE}
_SIGNS = {sign: sign for sign in "&%#_${}"} | {
    ",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "\t": " ", "\\": " ", "!": "", "/": "", "-": "", "@": "",
    ">": " ",
}  # fmt: skip

_TOKEN = regex(
    r"""(?P<plain>[^\\{}$~`'\-?!]+)
      | \\(?P<macro>[A-Za-z]+)\*?(?P<gap>\s*)
      | \\(?P<sign>.)
      | (?P<brace>[{}])
      | \$\$(?P<display>(?:[^$\\]|\\.)++)\$\$
      | \$(?P<math>(?:[^$\\]|\\.)*+)\$
      | (?P<ligature>---?|``|''|[?!]`|[~`])
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_DIMENSIONED = frozenset(["kern", "hskip", "raise", "lower"])
_DIMENSION = regex(r"-?[\d.]++\s*+(?:em|ex|pt|mu|mm|cm|in)\s?")
_IN_TABBING = ("'", "`", "=")
"""Accents that `\\a` stands before where plain ones mean something else."""
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "~": " ", "`": "‘"}


class _Group:
    """An open brace, or the text as a whole."""

    __slots__ = ("closing", "ops", "start", "text")

    def __init__(self, start: int, text: str = "", ops: tuple[str, ...] = ()) -> None:
        self.start = start
        """Where its pieces begin."""
        self.text = text
        """Written after it: "}" when the braces are text themselves."""
        self.ops = ops
        """Accents waiting for its first letter, outermost first."""
        self.closing: list[str] = []
        """Tags to close."""


class _Decoder:
    def __init__(self, braces: bool, rich: bool) -> None:
        self.out: list[str] = []
        self.braces = braces
        self.rich = rich
        self.groups = [_Group(0)]
        self.closings: dict[int, int] | None = None
        self.pending: list[str] = []
        """What waits for its argument, outermost first: combining marks and names of tags."""
        self.open: set[str] = set()
        """Tags that are open, so that none stands in itself."""

    def run(self, tex: str) -> str:
        position = 0
        while position < len(tex):
            match = _TOKEN.match(tex, position)
            if match is None:  # every character is a token; this keeps the type checker at peace
                break
            position = match.end()
            kind = match.lastgroup
            if kind == "gap":
                position = self.macro(tex, match)
            elif kind == "plain" or kind == "other":
                position = self.text(match.group(), match.start())
            elif kind == "brace":
                position = self.brace(tex, match.start())
            elif kind == "math" or kind == "display":
                position = self.math(match)
            elif kind == "ligature":
                self.atom(_LIGATURES[match.group()])
            else:
                self.sign(match.group("sign"))
        self.flush()
        while self.groups:
            self.close(self.groups.pop())
        return clean("".join(self.out))

    def text(self, text: str, start: int) -> int:
        """Take plain text; only its first letter when a macro waits for it. Returns where to go on."""
        if not self.pending:
            self.out.append(text)
            return start + len(text)
        stripped = text.lstrip()
        if not stripped:
            return start + len(text)
        self.atom(stripped[0])
        return start + len(text) - len(stripped) + 1

    def atom(self, text: str) -> None:
        """Take one letter, under the macros that wait."""
        if not self.pending:
            self.out.append(text)
            return
        accents = tuple(op for op in self.pending if op in _MARKS)
        tags = [op for op in self.pending if op not in _MARKS]
        self.pending = []
        self.out.extend(_TAGS[tag] for tag in tags)
        self.out.append(_accented(text, accents))
        self.out.extend(f"</{tag}>" for tag in reversed(tags))

    def flush(self) -> None:
        """Macros whose argument never came."""
        if self.pending:
            self.out.extend(_ALONE.get(op, "") for op in self.pending if op in _MARKS)
            self.pending = []

    def macro(self, tex: str, match: re.Match[str]) -> int:
        name = match.group("macro")
        end = match.end()
        letter = _LETTERS.get(name)
        if letter is None:
            letter = _READ.get(name, _NAMES.get(name))
        if letter is not None:
            self.atom(letter) if letter else None
        elif name in _ACCENTS:
            self.pending.append(_ACCENTS[name])
        elif name == "t" and tex[end : end + 1] == "{":
            pass  # a tie over two letters has no place in a bibliography
        elif name == "a" and tex[end : end + 1] in _IN_TABBING:
            self.pending.append(_ACCENTS[tex[end]])
            end += 1
        elif name in _MARKUP:
            self.markup(_MARKUP[name])
        elif name in _SWITCHES:
            self.switch(_SWITCHES[name])
        elif name in _SILENT or (name in _TRANSPARENT and tex[end : end + 1] == "{"):
            pass
        elif name in _WITH_ARGUMENT:
            return self.argument(tex, match)
        elif name in _DIMENSIONED and (dimension := _DIMENSION.match(tex, end)):
            self.out.append(" " if name == "hskip" else "")
            return dimension.end()
        elif name == "ensuremath" and tex[end : end + 1] == "{":
            return self.ensuremath(tex, end)
        elif name == "symbol" and (number := _SYMBOL.match(tex, end)):
            self.atom(chr(int(number.group(1))))
            return number.end()
        elif name == "href" and tex[end : end + 1] == "{":
            return self.closing(tex, end) or end + 1
        elif name in _MATH or name in _MATH_READ:
            self.atom(_MATH.get(name) or _MATH_READ[name])
        else:
            return self.unknown(tex, match)
        return end

    def argument(self, tex: str, match: re.Match[str]) -> int:
        """A macro that does something with its argument as a whole: hides it, quotes it, reads it as a formula or an
        address, or as the first of two of which the second is for a reader without TeX.
        """
        name, start = match.group("macro"), match.end()
        end = self.closing(tex, start) if tex[start : start + 1] == "{" else 0
        if not end:
            return start if name in _HIDDEN else self.unknown(tex, match)
        if name in _HIDDEN or name in _GAPS:
            self.out.append(" " if name in _GAPS else "")
            return end
        content = tex[start + 1 : end - 1]
        if name in _QUANTITIES:
            return self.quantity(tex, match, start, end)
        if name == "ion":  # AASTeX: `\\ion{Ca}{2}` is Ca II
            last = self.closing(tex, end)
            stage = tex[end + 1 : last - 1].strip() if last else ""
            self.atom(f"{content} {_STAGES.get(stage, stage.upper())}" if stage.isalnum() else content)
            return last or end
        if name in _AROUND:
            self.atom(_AROUND[name][0])
            self.groups.append(_Group(len(self.out), _AROUND[name][1]))
            return start + 1
        if name in _SECOND:
            if tex[end : end + 1] != "{":
                return self.unknown(tex, match)
            self.groups.append(_Group(len(self.out)))
            return end + 1
        if name == "texorpdfstring":
            self.atom(decode(content, rich=self.rich))
            return self.closing(tex, end) or end
        self.atom(address(content) if name in _ADDRESSES else _formula(content, self.rich))
        return end

    def quantity(self, tex: str, match: re.Match[str], start: int, end: int) -> int:
        """A number, a unit or both; what is not known to siunitx stays TeX."""
        name, content = match.group("macro"), tex[start + 1 : end - 1]
        if name in ("SI", "qty"):
            last = self.closing(tex, end)
            shown = units.quantity(content, tex[end + 1 : last - 1]) if last else ""
            end = last
        else:
            shown = units.unit(content) if name in ("si", "unit") else units.number(content) + "°" * (name == "ang")
        if not shown:
            return self.unknown(tex, match)
        self.atom(_RAISED.sub(r"<sup>\1</sup>" if self.rich else r"^\1", shown))
        return end

    def unknown(self, tex: str, match: re.Match[str]) -> int:
        name = match.group("macro")
        letter = _listed(name)
        if letter:
            self.atom(letter)
            return match.end()
        self.flush()
        self.out.append("\\" + name)
        argument = _ARGUMENT.match(tex, match.start("gap"))
        if argument:
            self.out.append(argument.group())
            self.groups.append(_Group(len(self.out), "}"))
            return argument.end()
        if _GLUED.match(tex, match.start("gap")):
            self.out.append(" ")  # what follows its group is no part of its name
        return match.start("gap")

    def sign(self, sign: str) -> None:
        if sign in _ACCENTS:
            self.pending.append(_ACCENTS[sign])
        elif sign in _SIGNS:
            if _SIGNS[sign]:
                self.atom(_SIGNS[sign])
        elif sign not in "()[]":
            self.atom("\\" + sign)
        else:
            self.out.append("$" if sign in "()" else "")

    def markup(self, tag: str) -> None:
        if self.rich and tag not in self.open and tag not in self.pending:
            self.pending.append(tag)

    def switch(self, tag: str) -> None:
        if self.rich and tag not in self.open:
            self.enter(self.groups[-1], tag)

    def enter(self, group: _Group, tag: str) -> None:
        self.out.append(_TAGS[tag])
        self.open.add(tag)
        group.closing.append(tag)

    def brace(self, tex: str, start: int) -> int:
        if tex[start] == "}":
            self.flush()
            if len(self.groups) > 1:
                self.close(self.groups.pop())
            return start + 1
        argument = bool(self.pending)
        ops, self.pending = self.pending, []
        group = _Group(len(self.out), ops=tuple(op for op in ops if op in _MARKS))
        for op in ops:
            if op not in _MARKS:
                self.enter(group, op)
        following = tex[start + 1 : start + 2]
        if not argument and following == "$":
            match = _TOKEN.match(tex, start + 1)
            if (
                match
                and match.lastgroup == "math"
                and tex[match.end() : match.end() + 1] == "}"
                and _balanced(match.group("math"))
            ):
                self.atom(_braced_math(_newer(match.group("math")).strip(), self.rich))
                return match.end() + 1
        if self.braces and self.rich and not argument and "span" not in self.open and following not in ("\\", "}", ""):
            previous = tex[max(start - 12, 0) : start]
            if not _OWN_ARGUMENT.search(previous):
                self.enter(group, "span")
        self.groups.append(group)
        return start + 1

    def close(self, group: _Group) -> None:
        if group.ops:
            index = next(
                (at for at in range(group.start, len(self.out)) if self.out[at] and self.out[at][0] != "<"), None
            )
            if index is None:
                self.out.extend(_ALONE.get(op, "") for op in group.ops)
            else:
                self.out[index] = _accented(self.out[index], group.ops)
        for tag in reversed(group.closing):
            self.open.discard(tag)
            if self.out[-1] == _TAGS[tag]:
                self.out.pop()
            else:
                self.out.append(f"</{tag}>")
        if group.text:
            self.out.append(group.text)

    def math(self, match: re.Match[str]) -> int:
        content = _newer(match.group("math") or match.group("display") or "")
        if not content.strip() or not _balanced(content):
            self.atom("$")
            return match.start() + 1
        shown = _simple_math(content.strip(), self.rich) or _textual(content.strip(), self.rich, "span" in self.open)
        self.atom(shown or f"${content}$")
        return match.end()

    def closing(self, tex: str, start: int) -> int:
        """After the brace that closes the one at `start`, or 0."""
        if self.closings is None:
            self.closings = closings(tex)
        return self.closings.get(start, 0)

    def ensuremath(self, tex: str, start: int) -> int:
        end = self.closing(tex, start)
        if not end:
            return start
        content = _newer(tex[start + 1 : end - 1])
        self.atom(_simple_math(content.strip(), self.rich) or f"${content}$")
        return end


_WITH_ARGUMENT = (
    _HIDDEN | _CHEMISTRY | _ADDRESSES | _AROUND.keys() | {"texorpdfstring", "ion"} | _QUANTITIES | _SECOND | _GAPS
)
_STAGES = {
    "1": "I",
    "2": "II",
    "3": "III",
    "4": "IV",
    "5": "V",
    "6": "VI",
    "7": "VII",
    "8": "VIII",
    "9": "IX",
    "10": "X",
}
_TILDE = regex(r"\{?\\(?:textasciitilde|~)(?:\{\}|\s+|(?![A-Za-z]))\}?|\$\{?\\sim\}?\$|\\string~")
_ESCAPED = regex(r"\{\\([&%#_$])\}|\\([&%#_${}])")


def address(tex: str) -> str:
    """The address in the argument of `\\url`, where people write signs as TeX wants them elsewhere: `\\_`, `\\~{}`."""
    if "\\" not in tex:
        return tex
    return _ESCAPED.sub(lambda match: match[1] or match[2], _TILDE.sub("~", tex))


_GLUED = regex(r"\}(?=[A-Za-z])")
_SYMBOL = regex(r"\{(3[2-9]|[4-9]\d|1[01]\d|12[0-6])\}")
# The start of the argument of a macro nobody knows: `{`, or `18{` of `\\write18{`.
_ARGUMENT = regex(r"\d{0,3}\{")
# A brace that is the argument of a macro that shows it as it is protects nothing by itself.
_OWN_ARGUMENT = regex(r"\\(?:text(?:sc|tt|rm|sf|up|md|normal)?|mbox|url|href|t|uline)\*?\s*\Z")


_ENTITY = regex(
    r"(?<!\\)&((?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});)"
    r"|(?:\{\\&\}|\\&)((?:amp|lt|gt|quot|apos|nbsp|#x?[0-9A-Fa-f]{1,7});)"
)
_LINE_END = regex(r"\$\\backslash\$[nr](?=[A-Z0-9(])")
_HTML = regex(r"<(i|em|italic|b|strong|bold|sub|sup)>([^<>]*)</\1>", re.IGNORECASE)
_AS_MACRO = {"sub": "textsubscript", "sup": "textsuperscript", "b": "textbf", "strong": "textbf", "bold": "textbf"}
_JATS = regex(r"</?(?:inline-formula|tex-math|monospace|roman|sans-serif|sc)\b[^<>]*+>", re.IGNORECASE)
"""Tags of the publishers' XML that stand in IEEE's exports, around what is TeX already."""


def _without_html(tex: str) -> str:
    """The TeX with the tags and entities that web pages leave in a .bib as macros and characters, and with blanks for
    the ends of lines as Mendeley writes them.
    """
    if "backslash$" in tex:
        tex = _LINE_END.sub(" ", tex)
    if "&" in tex:
        tex = _ENTITY.sub(lambda match: _as_tex(unescape("&" + (match[1] or match[2]))), tex)
    return _HTML.sub(_tagged, _JATS.sub("", tex)) if "</" in tex else tex


def _as_tex(text: str) -> str:
    return _WRITTEN.get(text) or ("\\" + text if len(text) == 1 and text in "&%#_${}" else text)


def _tagged(match: re.Match[str]) -> str:
    macro = _AS_MACRO.get(match[1].lower(), "textit")
    return f"\\{macro}{{{match[2]}}}" if _balanced(match[2]) else match.group()


@lru_cache(maxsize=2048)
def decode(tex: str, braces: bool = False, rich: bool = True) -> str:
    """The rich text of a TeX value of a .bib, in the normal form of `clean`.

    With `braces`, a group that guards capitals (`{LoRA}`, not the special character `{\\'E}`) is a `nocase` span.
    Without `rich` the answer is plain text: markup is dropped. Mathematics that is one sign or a sub- or superscript
    becomes that, and so does text that was set as mathematics (`$\\texttt{FedBC}$`); other stays as `$...$`. Tags and
    entities of HTML are read. What is no letter, sign or markup is shown as it stands. Takes linear time.
    """
    tex = _without_html(tex)
    if "\\(" in tex:
        tex = _PARENTHESES.sub(r"$\1$", tex)
    if "\n" in tex:
        tex = _BREAK.sub(" ", tex)
    guards = braces and "{" in tex
    if _READ_AS_TEX.search(tex) or (guards and not (rich and _FLAT.fullmatch(tex))):
        return _Decoder(braces, rich).run(tex)
    if "--" in tex:
        tex = tex.replace("---", "—").replace("--", "–")
    if guards:
        tex = _GROUP.sub(rf"{NOCASE}\1</span>", tex)
    return clean(tex.replace("{", "").replace("}", ""))


_BREAK = regex(r"(?<![\s\\])[^\S\n]*+\n\s*+")
_PARENTHESES = regex(r"(?<!\\)\\\(((?:[^\\$]|\\[^()])*+)\\\)")
_READ_AS_TEX = regex(r"[\\$~`]|''")
_FLAT = regex(r"[^{}]*+(?:\{[^{}<]*+\}[^{}]*+)*+")
"""Groups that hold neither another nor a tag."""
_GROUP = regex(r"\{([^{}]+)\}")


def _accented(text: str, accents: tuple[str, ...]) -> str:
    """The text with the accents on its first letter, the last of them innermost."""
    if not text or not accents or text[0].isspace():
        return text
    end = 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
        if end > _MOST_MARKS:
            return text
    marks = "".join(reversed(accents))
    return {"ı": "i", "ȷ": "j"}.get(text[0], text[0]) + text[1:end] + marks + text[end:]


_BRACES = regex(r"\\.|[{}]", re.DOTALL)


def _balanced(tex: str) -> bool:
    if "{" not in tex and "}" not in tex:
        return True
    depth = 0
    for sign in _BRACES.findall(tex):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def closings(tex: str) -> dict[int, int]:
    """For each open brace the place after the one that closes it."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACES.finditer(tex):
        if match.group() == "{":
            stack.append(match.start())
        elif match.group() == "}" and stack:
            found[stack.pop()] = match.end()
    return found


_SCRIPT = regex(r"([_^])(?:\{([A-Za-z0-9+\-]+)\}|([A-Za-z0-9]))")
_COMMAND = regex(r"\\([A-Za-z]+)")
_PERCENT = regex(r"[\d.,]*+\\%")


def _simple_math(content: str, rich: bool = True) -> str:
    """The text of mathematics that is one sign, a percentage, or one sub- or superscript; "" for any other."""
    if content in ("^\\circ", "^{\\circ}"):
        return "°"
    if _PERCENT.fullmatch(content):
        return content.replace("\\", "")
    if content.startswith("\\"):
        match = _COMMAND.fullmatch(content)
        name = match.group(1) if match else ""
        return _MATH.get(name) or _MATH_READ.get(name) or formulas.letter(content)
    match = _SCRIPT.fullmatch(content)
    if not match:
        return ""
    text = match.group(2) or match.group(3)
    tag = "sub" if match.group(1) == "_" else "sup"
    return f"<{tag}>{text}</{tag}>" if rich else text


_RAISED = regex(r"\^\{([^{}]*)\}")
_OLD_FONT = regex(r"\{\s*+\\(rm|bf|it|sf|tt|cal)(?![A-Za-z])\s*+([^{}]*+)\}")


def _newer(content: str) -> str:
    """Mathematics in one spelling, without the fonts of LaTeX 2.09, which newer classes refuse: `{\\rm Gal}` is
    `{\\mathrm{Gal}}`.
    """
    return formulas.read(_OLD_FONT.sub(r"{\\math\1{\2}}", content) if "{\\" in content else content)


_TEXT_MACRO = regex(
    r"\\(?:text(?:tt|sf|rm|bf|it|sc|normal|up)?|math(?:tt|sf|rm|bf|it|normal)|mbox|operatorname)\s*\{([^{}$\\]*)\}"
)
_SPACE_MACRO = regex(r"\\[,;:! ]|~")


def _textual(content: str, rich: bool, guarded: bool = False) -> str:
    """The text of mathematics that is nothing but text in some font with its sub- and superscripts, its capitals kept.

    "" for any other: a formula stays one.
    """
    out, words, position = [], 0, 0
    while position < len(content):
        if match := _TEXT_MACRO.match(content, position):
            if not match[1].strip():
                return ""
            words += 1
            out.append(f"{NOCASE}{match[1]}</span>" if rich and not guarded else match[1])
        elif match := _SCRIPT.match(content, position):
            out.append(_simple_math(match.group(), rich))
        elif match := _SPACE_MACRO.match(content, position):
            out.append(" ")
        else:
            return ""
        position = match.end()
    return "".join(out) if words else ""


_IN_DOLLARS = regex(r"\$([^$]+)\$")


def untexted(title: str) -> str:
    """A rich text in which text that was set as mathematics (`$\\texttt{FedBC}$`) is text, its capitals kept."""
    if "$\\" not in title:
        return title
    return _IN_DOLLARS.sub(lambda match: _textual(match[1].strip(), rich=True) or match.group(), title)


def respelt(title: str) -> str:
    """A rich text with its formulas as `decode` reads those that `encode` writes."""
    if "$" not in title or "\\" not in title:
        return title
    return _TEXT_MATH.sub(lambda match: f"${content}$" if (content := _written(match[1])[0]) else match[0], title)


def _written(content: str) -> tuple[str, str]:
    """A formula in one spelling and as it is written; ("", "") for one that may not stand in a .bib."""
    content = _newer(content)
    written = formulas.written(content)
    return (content, written) if is_safe_math(written) else ("", "")


_FORMULA = regex(
    r"\^\{?(?P<charge>[0-9]*[+-]|[0-9]+)\}?|(?<=[A-Za-z)\]}])_?\{?(?P<count>\d+)\}?|(?P<other>.)", re.DOTALL
)


def _formula(content: str, rich: bool) -> str:
    """A chemical formula as mhchem reads it: digits behind a letter are counts, what stands behind "^" is a charge."""
    out = []
    for match in _FORMULA.finditer(content):
        tag, text = ("sup", match["charge"]) if match["charge"] else ("sub", match["count"])
        if match["other"]:
            out.append("" if match["other"] in "{}$\\" else match["other"])
        else:
            out.append(f"<{tag}>{text}</{tag}>" if rich else text)
    return "".join(out)


def _core(content: str) -> tuple[str, int]:
    """The content without the braces around all of it, where that leaves simple mathematics, and their number."""
    depth = min(len(content) - len(content.lstrip("{")), len(content) - len(content.rstrip("}")))
    return content[depth : len(content) - depth], depth


def _braced_math(content: str, rich: bool) -> str:
    """What `{$content$}` stands for: `encode` writes mathematics as `{$...$}` and α as `{$\\alpha$}`."""
    core, depth = _core(content)
    simple = _simple_math(core, rich)
    if not simple:
        return f"${content}$"
    return simple if depth == 0 else f"${content[1:-1]}$"


_COMMANDS = (
    frozenset(["t", "ensuremath", "symbol", "href"])
    | _DIMENSIONED | _LETTERS.keys() | _READ.keys() | _NAMES.keys() | _ACCENTS.keys() | _MATH.keys() | _MATH_READ.keys()
    | _MARKUP.keys() | _SWITCHES.keys() | _SILENT | _TRANSPARENT | _WITH_ARGUMENT
)  # fmt: skip


def is_command(name: str) -> bool:
    """Whether `decode` knows what a command shows, so that it does not stay in the text."""
    return name in _COMMANDS or bool(_listed(name))


@lru_cache(maxsize=4096)
def _listed(name: str) -> str:
    """What pylatexenc's table says a macro without argument stands for, or ""."""
    from pylatexenc.latex2text import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(name)
    shown = getattr(spec, "simplify_repl", None)
    return shown if isinstance(shown, str) and "%" not in shown and len(shown) <= 2 else ""


# --- rich text to TeX


class _Spelling(dict[int, str]):
    """The TeX of each character, found when it is first met; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        tex = char if code < 0x80 else _cluster(unicodedata.normalize("NFD", char)) or _substitute(char)
        self[code] = tex
        return tex


_WRITTEN = {letter: f"{{\\{name}}}" for name, letter in _LETTERS.items()}
_FORMULAS = formulas.LETTERS | {formulas.SIGNS[name]: tex for name, tex in formulas.BUILT.items()}
_FORMULAS |= {char: f"\\{name}" for name, char in _MATH.items()}
"""The mathematics that stands for a character."""
_SPELLING = _Spelling(
    {ord(char): f"{{${tex}$}}" for char, tex in _FORMULAS.items()}
    | {ord(char): tex for char, tex in _WRITTEN.items()}
    | {ord(sign): "\\" + sign for sign in "&%#_$"}
    | {ord("–"): "--", ord("—"): "---", ord("“"): "``", ord("”"): "''", 0: "{}"}
    | {ord("‐"): "-", ord("‑"): "-", ord("−"): "-", ord("‒"): "--", ord("―"): "---", ord("″"): "{$\\prime$}{$\\prime$}"}
)


class _RawSpelling(dict[int, str]):
    """As `_Spelling`, where letters stay but for those with two marks, which LaTeX sets and does not know."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        decomposed = unicodedata.normalize("NFD", char)
        tex = _cluster(decomposed) or char if len(decomposed) > 2 and decomposed[0].isascii() else char
        self[code] = tex
        return tex


_RAW = _RawSpelling({code: tex for code, tex in _SPELLING.items() if code < 0x80 or chr(code) in _FORMULAS})
_COMBINED = regex("[^\u0300-\u036f][\u0300-\u036f]+")
_RUNS = regex(
    "[-‐‑−‒–—―](?=[-‐‑−‒–—―])|'(?=['”])|[?!](?=“)|,(?=,)|<(?=<)|>(?=>)|&(?=(?:amp|lt|gt|quot|apos|nbsp|#x?[0-9A-Fa-f]{1,7});)"
)
_ENCODED = regex("[&%#_$~^\\\\{}<>|`]|--|''|,,|[^\x20-\x7e]")
_PIECE = regex(r'(<(?:i|b|sub|sup|span class="nocase")>|</(?:i|b|sub|sup|span)>)')
_TEXT_MATH = regex(r"\$(?=[^\s$])((?:[^$\\]|\\[^$])++)(?<=\S)\$(?!\d)")
_SUBSCRIPT = regex(r"[+-]?[A-Za-z0-9]+|[+-]")
_SMALL = regex("([⁰¹²³⁴-⁹⁺⁻ⁿ]+|[₀-₉₊₋]+)")


@lru_cache(maxsize=2048)
def encode(text: str, rich: bool = True, raw: bool = False) -> str:
    """TeX for a field of a .bib from a text in the normal form of `clean`; `decode` gives the text back.

    Braces balance, no macro but letters, signs and markup is written, and the result is ASCII: what plain pdfLaTeX has
    no macro for (Chinese, Cyrillic, emoji, the hook of ả) is spelt in letters that it has, see `substitutes`. With
    `rich`, tags are markup, a `nocase` span is a group `{LoRA}` and `$...$` from a safe set stays mathematics, written
    `{$...$}`; without, all of it is plain text. With `raw`, letters stay as they are and nothing is lost.
    """
    if not _ENCODED.search(text):
        return text
    if not (raw or text.isascii()):
        text = _with_spelling(text)
    if not rich:
        return _plain(text, raw)
    pieces = _PIECE.split(text) if "<" in text else [text]
    pairs = _pairs(pieces)
    out: list[str] = []
    for index, piece in enumerate(pieces):
        if not piece:
            continue
        if index not in pairs:
            out.append(_with_math(piece, raw) if "$" in piece else _plain(piece, raw))
        elif piece[1] == "/":
            out.append("}$" if out and pairs[index] < 0 else "}")
        else:
            close = pairs[index]
            script = piece in ("<sub>", "<sup>") and close == index + 2 and _SUBSCRIPT.fullmatch(pieces[index + 1])
            if script:
                out.append("$_{" if piece == "<sub>" else "$^{")
                pairs[close] = -1
            else:
                out.append(_OPENING[piece])
    return _guard("".join(out))


def _with_spelling(text: str) -> str:
    """The text without characters that come to nothing, so that those around them are neighbours from the start."""
    return "".join([char for char in text if char.isascii() or _SPELLING[ord(char)] or _is_part(char)])


def _is_part(char: str) -> bool:
    """Whether a character is spelt with others."""
    return bool(unicodedata.combining(char) or _SMALL.match(char))


_OPENING = {
    "<i>": "\\textit{", "<b>": "\\textbf{", "<sub>": "\\textsubscript{", "<sup>": "\\textsuperscript{", NOCASE: "\x01{",
}  # fmt: skip


def _guard(tex: str) -> str:
    """Tell a group that guards capitals from a special character and from mathematics: `{{}\\textit{...}}`."""
    if "\x01" not in tex:
        return tex
    return _GUARD.sub(lambda match: "{{}" if match.group(1) else "{", tex)


_GUARD = regex(r"\x01\{(?=([\\$}\x01]?))")
_CLOSING = {"<i>": "</i>", "<b>": "</b>", "<sub>": "</sub>", "<sup>": "</sup>", NOCASE: "</span>"}


def _pairs(pieces: list[str]) -> dict[int, int]:
    """For each tag that has its partner, where that is; tags stand at odd places."""
    pairs: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for index in range(1, len(pieces), 2):
        tag = pieces[index]
        if tag in _CLOSING:
            stack.append((_CLOSING[tag], index))
        elif stack and stack[-1][0] == tag:
            start = stack.pop()[1]
            pairs[start], pairs[index] = index, start
    return pairs


def _plain(text: str, raw: bool) -> str:
    if not text.isascii() and _GREEK_WORD.search(text):
        parts = enumerate(_GREEK_WORD.split(text))
        return "".join(
            (part if raw else _transcribed(part)) if number % 2 else _plain(part, raw) for number, part in parts
        )
    if "'" in text or "-" in text or not text.isascii() or "," in text or "<" in text or ">" in text or "&" in text:
        text = _RUNS.sub(lambda match: match.group() + "\0", text)
    if raw:
        return text.translate(_RAW)
    if not text.isascii() and _SMALL.search(text):
        parts = enumerate(_SMALL.split(text))
        return "".join(_small(part) if number % 2 else _plain(part, raw) if part else "" for number, part in parts)
    if not text.isascii() and _COMBINED.search(text):
        return "".join(
            _cluster(unicodedata.normalize("NFD", part)) or part.translate(_SPELLING)
            if _COMBINED.fullmatch(part)
            else part.translate(_SPELLING)
            for part in re.split("([^\u0300-\u036f][\u0300-\u036f]+)", text)
        )
    return text.translate(_SPELLING)


def _small(signs: str) -> str:
    """The TeX of Unicode's raised or lowered signs: those that LaTeX's fonts have, else mathematics."""
    if all(sign in "¹²³" for sign in signs):
        return signs.translate(_SPELLING)
    said = unicodedata.normalize("NFKC", signs).replace("\N{MINUS SIGN}", "-")
    return f"${'_' if '₀' <= signs[0] <= '₋' else '^'}{{{said}}}$"


def _cluster(decomposed: str) -> str:
    """A letter with accents as TeX, `{\\'e}`; "" when plain LaTeX cannot write it."""
    base, marks = decomposed[0], decomposed[1:]
    if not marks or not ("a" <= base.lower() <= "z" or base in "æÆøØ"):
        return ""
    macros = [_MARK_MACROS.get(mark, "") for mark in marks]
    if not all(macros) or len(macros) > (2 if base.isascii() else 1):
        return ""
    letter = base if base.isascii() else _WRITTEN[base][1:-1]
    if len(macros) == 1:
        macro = macros[0]
        if macro == "H" and len(letter) == 1:
            return f"{{\\H {letter}}}"
        return f"{{\\{macro}{{{letter}}}}}" if macro.isalpha() or len(letter) > 1 else f"{{\\{macro}{letter}}}"
    # What goes below is set last: LaTeX sets accents over plain letters only. biber decodes the inner accent and LaTeX
    # then fails on the outer one, but for the blank.
    inner, outer = sorted(macros, key=lambda macro: macro in _BELOW)
    return f"{{\\{outer}{{\\{inner} {{{letter}}}}}}}"


def _substitute(char: str) -> str:
    """What is written for a character that plain LaTeX has not: its letter without the mark, or its transcription.

    That of a letter may be nothing (the soft sign of ь), and of a sign is only what TeX takes for no other.
    """
    decomposed = unicodedata.normalize("NFD", char)
    if len(decomposed) > 1 and ("a" <= decomposed[0].lower() <= "z" or decomposed[0] in "æÆøØ"):
        kept = decomposed[0]
        for mark in decomposed[1:]:
            kept += mark if _cluster(kept + mark) else ""
        return _cluster(kept) or _SPELLING[ord(kept)]
    if unicodedata.category(char).startswith("M"):
        return ""
    return _transcribed(char) or _signed(char)


def _transcribed(text: str) -> str:
    from anyascii import anyascii

    return _NOT_SPELT.sub("", anyascii(text))


def _signed(char: str) -> str:
    """The ASCII sign of a sign; a question mark only where the text has one of another script."""
    from anyascii import anyascii

    if unicodedata.category(char)[0] not in "PS":
        return ""
    sign = anyascii(char)
    if sign == "?" and "QUESTION MARK" in unicodedata.name(char, ""):
        return "?{}"
    return sign if _SAFE_SIGN.fullmatch(sign) else ""


# One or two letters are mathematics; a word set as such would be neither read nor sorted.
_GREEK_WORD = regex("([\u0370-\u03ff\u1f00-\u1fff][\u0370-\u03ff\u1f00-\u1fff\u0300-\u036f]{2,})")
_NOT_SPELT = regex(r"[^A-Za-z0-9]+")
_SAFE_SIGN = regex(r"[().:/+=*]+")


def substitutes(text: str) -> dict[str, str]:
    """What `encode` loses of a plain text in normal form, characters and words, each with what stands in its place."""
    if text.isascii():
        return {}
    words = _GREEK_WORD.findall(text)
    lost = (*words, *(char for char in _GREEK_WORD.sub("", text) if not char.isascii()))
    written = {part: decode(encode(part, rich=False), rich=False) for part in lost}
    return {part: shown for part, shown in written.items() if shown != part}


def printable(text: str, rich: bool = False) -> str:
    """The text as a reader of `encode`'s ASCII gets it back."""
    return text if text.isascii() else decode(encode(text, rich), rich)


def _with_math(text: str, raw: bool) -> str:
    out: list[str] = []
    position = 0
    for match in _TEXT_MATH.finditer(text):
        content, written = _written(match.group(1))
        if not written:
            continue
        out.append(_plain(text[position : match.start()], raw))
        core, _ = _core(content)
        out.append(f"{{${{{written}}}$}}" if _simple_math(core) else f"{{${written}$}}")
        position = match.end()
    out.append(_plain(text[position:], raw))
    return "".join(out)


def is_safe_math(content: str) -> bool:
    """Whether the inside of `$...$` may stand in a .bib as it is: ASCII, braces balance, only macros that print."""
    if not content.isascii() or re.search(r"[%#&~@\"`^_]{2}|[%#&~`]|\s{2}", content) or not _balanced(content):
        return False
    if re.search(r"[_^](?:[\s_^}]|\Z)", content):
        return False
    for match in re.finditer(r"\\(?:([A-Za-z]+)|(.?))", content, re.DOTALL):
        name, sign = match.group(1), match.group(2)
        if name and name not in _SAFE_MATH:
            return False
        if not name and (not sign or sign not in _SAFE_MATH_SIGNS):
            return False
    return True
