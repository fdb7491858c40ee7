"""Rich text of titles: `<i> <b> <sub> <sup> <span class="nocase">`; any other `<`, `>` or `&` is just a character."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape

from fedbib.model.quick import quick
from fedbib.text.plain import clean
from fedbib.text.regex import regex

STYLES = ("nocase", "i", "b", "sub", "sup")
"""In the order of nesting, the outermost first."""

NOCASE = '<span class="nocase">'
"""Opens what keeps its capitals; `</span>` closes it."""

_TAG = regex(r'<(?:/?(?:i|b|sub|sup)|/span|span class="nocase")>')
_OPEN = {style: f"<{style}>" for style in STYLES} | {"nocase": NOCASE}
_CLOSE = {style: f"</{style}>" for style in STYLES} | {"nocase": "</span>"}
_STYLE_OF = {tag: style for tags in (_OPEN, _CLOSE) for style, tag in tags.items()}


# What nearly every title is that has markup at all: apart from each other, words that keep their capitals.
_SIMPLE = regex(r'[^<]*+(?:<span class="nocase">(?!\u0338)[^<]++</span>(?![<\u0338])[^<]*+)*+')
_SIMPLE_TAG = regex(r'<span class="nocase">|</span>')
# What references are: apart from each other, words in one style.
_STYLED_WORDS = "|".join(f"<{style}>(?!\u0338)[^<]++</{style}>" for style in STYLES if style != "nocase")
_FLAT = regex(rf"[^<]*+(?:(?:{_STYLED_WORDS})(?![<\u0338])[^<]*+)*+")
_FLAT_TAG = regex(r"(</?(?:i|b|sub|sup)>)")


@quick
@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text in one style."""

    text: str
    styles: tuple[str, ...] = ()
    """Some of `STYLES`, in that order."""


_END = Segment("")


def plain(rich: str) -> str:
    """The text without its markup."""
    if "<" not in rich:
        return rich
    if _SIMPLE.fullmatch(rich):
        return _SIMPLE_TAG.sub("", rich)
    return "".join(segment.text for segment in segments(rich))


@lru_cache(maxsize=16)  # a page and lists show the same title
def to_html(rich: str) -> str:
    """The rich text as HTML: `<i> <b> <sub> <sup>`, and every other character as itself."""
    if is_simple(rich):
        return escape(plain(rich), quote=False)
    if _FLAT.fullmatch(rich):
        parts = enumerate(_FLAT_TAG.split(rich))
        return "".join([part if number % 2 else escape(part, quote=False) for number, part in parts])
    runs = (
        Segment(escape(run.text, quote=False), tuple(style for style in run.styles if style != "nocase"))
        for run in segments(rich)
    )
    return join(runs)


_SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def lettered(rich: str, known: str = "") -> str:
    """The rich text with Unicode's own small digits for those that are raised or lowered: "F<sup>3</sup>" is "F³".

    Where not every reader has all of them, with those alone that are `known`.
    """
    if "<su" not in rich:
        return rich
    return join(_lettered(run, known) for run in segments(rich))


def _lettered(run: Segment, known: str) -> Segment:
    for style, letters in (("sup", _SUPERSCRIPT), ("sub", _SUBSCRIPT)):
        if style in run.styles and all(ord(char) in letters for char in run.text):
            small = run.text.translate(letters)
            if not known or set(small) <= set(known):
                return Segment(small, tuple(other for other in run.styles if other != style))
    return run


def is_simple(rich: str) -> bool:
    """Whether a rich text is in normal form and has no markup but words that keep their capitals. Quick."""
    return "<" not in rich or bool(_SIMPLE.fullmatch(rich))


def tidied(rich: str) -> str:
    """The rich text in normal form: the same look gives the same text."""
    return rich if is_simple(rich) else clean(join(segments(rich)))  # a tag that was dropped may leave two blanks


def segments(rich: str) -> tuple[Segment, ...]:
    """The runs of a rich text: none empty, neighbours differ in style. A tag without its partner is dropped."""
    if "<" not in rich:
        return (Segment(rich),) if rich else ()
    if _SIMPLE.fullmatch(rich):
        texts = enumerate(_SIMPLE_TAG.split(rich))
        return tuple(Segment(text, ("nocase",) if number % 2 else ()) for number, text in texts if text)
    tokens, end = [], 0
    for match in _TAG.finditer(rich):
        tokens += [rich[end : match.start()], match.group()]
        end = match.end()
    tokens.append(rich[end:])
    tags = [(_STYLE_OF[tag], not tag.startswith("</")) for tag in tokens[1::2]]
    kept = _paired(tags)
    depth = dict.fromkeys(STYLES, 0)
    runs = [Segment(tokens[0])]
    for number, text in enumerate(tokens[2::2]):
        style, opens = tags[number]
        if number in kept:
            depth[style] += 1 if opens else -1
        runs.append(Segment(text, tuple(style for style in STYLES if depth[style])))
    return _merged(runs)


def join(runs: Iterable[Segment]) -> str:
    """The rich text of some runs, in normal form: the same look gives the same text."""
    out: list[str] = []
    open_: tuple[str, ...] = ()
    for run in (*_merged(runs), _END):
        if open_ or run.styles:
            common = 0
            while common < min(len(open_), len(run.styles)) and open_[common] == run.styles[common]:
                common += 1
            out += [_CLOSE[style] for style in reversed(open_[common:])]
            out += [_OPEN[style] for style in run.styles[common:]]
        out.append(run.text)
        open_ = run.styles
    return "".join(out)


def _paired(tags: Sequence[tuple[str, bool]]) -> frozenset[int]:
    """The numbers of the tags (style, whether it opens) that have a partner; styles may overlap."""
    waiting: dict[str, list[int]] = {style: [] for style in STYLES}
    kept: set[int] = set()
    for number, (style, opens) in enumerate(tags):
        if opens:
            waiting[style].append(number)
        elif waiting[style]:
            kept |= {number, waiting[style].pop()}
    return frozenset(kept)


def _merged(runs: Iterable[Segment]) -> tuple[Segment, ...]:
    texts: list[tuple[list[str], tuple[str, ...]]] = []
    for run in runs:
        styles = run.styles and tuple(style for style in STYLES if style in run.styles)
        # After a tag's ">" the long solidus would become one character with it ("≯").
        text = run.text.lstrip("\u0338") if (texts and texts[-1][1] != styles) or (styles and not texts) else run.text
        if not text:
            continue
        if texts and texts[-1][1] == styles:
            texts[-1][0].append(text)
        else:
            texts.append(([text], styles))
    return tuple([Segment(_untagged("".join(parts)), styles) for parts, styles in texts])


def _untagged(text: str) -> str:
    """Text that reads like a tag once its pieces are together is kept from being one."""
    return _TAG.sub(lambda match: "\u2039" + match.group()[1:], text) if "<" in text else text


# What providers send ------------------------------------------------------------------------------------------------

_ENTITY = regex(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ANY_TAG = regex(r"<(/?)(?:(jats|mml|m|xhtml|ce|tp):)?([A-Za-z][A-Za-z0-9-]*)(\s[^<>]*|/)?>|<[!?][^<>]*>")
_NOCASE = regex(r"""\sclass\s*=\s*["']nocase["']\s*""")
_ROUNDS = 4
_WORD_END = regex(r"[a-z]{2}$")
_WORD_START = regex(r"(?!(?:th|st|nd|rd|s)\b)[a-z]{2}")

_STYLED = {"i": "i", "em": "i", "italic": "i", "b": "b", "strong": "b", "bold": "b"} | {
    "sub": "sub", "inf": "sub", "subscript": "sub", "sup": "sup", "superscript": "sup"
}  # fmt: skip
_BLOCKS = frozenset(
    ["br", "break", "p", "div", "li", "ul", "ol", "title", "subtitle", "sec", "list", "list-item", "h1", "h2", "h3"]
)
# fmt: off
_STRIPPED = frozenset(
    [
        "a", "abbr", "alternatives", "article-title", "big", "center", "cite", "code", "ext-link", "fn", "font",
        "inline-formula", "ins", "kbd", "monospace", "named-content", "nobr", "overline", "q", "roman", "s",
        "samp", "sans-serif", "sc", "scp", "small", "span", "strike", "styled-content", "tex-math", "tt", "u",
        "underline", "var", "wbr", "xref", "html", "body", "fixed-case", "del", "small-caps", "smallcaps", "image",
        "img", "graphic", "inline-graphic", "disp-formula", "x",
    ]
)
# fmt: on
# fmt: off
_MATH = frozenset(
    [
        "math", "mi", "mn", "mo", "ms", "mtext", "mspace", "mrow", "mstyle", "mpadded", "mphantom", "merror",
        "menclose", "maction", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover",
        "munderover", "mmultiscripts", "mprescripts", "none", "mfenced", "mtable", "mtr", "mtd", "mlabeledtr",
        "semantics", "annotation", "annotation-xml", "mglyph",
    ]
)
# fmt: on
_DEEPEST = 40
_ACCENTS = {"\u00af": "\u0304", "\u203e": "\u0304", "_": "\u0304", "-": "\u0304", "\u2013": "\u0304", "^": "\u0302"} | {
    "\u02c6": "\u0302", "~": "\u0303", "\u02dc": "\u0303", "\u2192": "\u20d7", "\u20d7": "\u20d7", "\u02d9": "\u0307",
    ".": "\u0307", "\u00a8": "\u0308",
}  # fmt: skip

_OPENING = "([{/\u2018\u201c\u00ab\u00bf\u00a1"
_ENDING = ",.;:!?)]}\u2019\u201d\u00bb"


@dataclass(slots=True)
class _Frame:
    """An element of MathML while it is read: each child as its runs."""

    name: str
    children: list[list[Segment]] = field(default_factory=list)


def from_html(text: str) -> str:
    """A provider's title as clean rich text.

    Reads HTML, JATS and MathML tags and entities, also when escaped several times. Italics, bold, sub- and superscript
    stay, MathML becomes readable text with sub- and superscripts, other tags go; unknown ones are text. Blanks and line
    breaks that were put around tags do not survive before punctuation, inside brackets or before sub- and superscripts.
    """
    if "<" not in text and "&" not in text:
        return clean(text)
    text = _unescaped(text)
    if "<" not in text:
        return clean(text)
    if "<![CDATA[" in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    return join(_spaced(_pieces(text)))


def _unescaped(text: str) -> str:
    for _ in range(_ROUNDS):
        if "&" not in text:
            break
        once = _ENTITY.sub(lambda match: unescape(match.group()), text)
        if once == text:
            break
        text = once
    return text


def _pieces(text: str) -> list[Segment]:
    """The texts between the tags, in order, with their styles; blanks as they came."""
    has_math = "<math" in text.lower()
    texts: list[str] = []
    tags: list[tuple[str, bool]] = []
    names: list[str] = []
    spans: list[bool] = []
    end = 0
    for match in _ANY_TAG.finditer(text):
        closing, prefix, name, attributes = match.groups(default="")
        name = name.lower()
        empty = attributes.endswith("/")
        is_math = name in _MATH and (has_math or prefix in ("mml", "m"))
        if name and not (is_math or name in _STYLED or name in _BLOCKS or name in _STRIPPED):
            continue  # not a tag we know: it is what the authors wrote
        texts.append(text[end : match.start()])
        end = match.end()
        style = "" if empty else _STYLED.get(name, "")
        if name == "span" and not empty:
            if not closing:
                spans.append(bool(_NOCASE.fullmatch(attributes)))
            if spans and (spans[-1] if not closing else spans.pop()):
                style = "nocase"
        tags.append((style, not closing))
        names.append(("/" if closing else "") + ("math:" if is_math else "") + name + ("/" if empty else ""))
    texts.append(text[end:])
    return _styled(texts, tags, names)


def _styled(texts: Sequence[str], tags: Sequence[tuple[str, bool]], names: Sequence[str]) -> list[Segment]:
    styled = [number for number, (style, _) in enumerate(tags) if style]
    kept = {styled[number] for number in _paired([tags[number] for number in styled])}
    depth = dict.fromkeys(STYLES, 0)
    pieces = [Segment(texts[0])]
    math: list[_Frame] = []
    skipped = 0
    for number, text in enumerate(texts[1:]):
        style, opens = tags[number]
        name = names[number]
        if number in kept:
            depth[style] += 1 if opens else -1
        now = tuple(style for style in STYLES if depth[style])
        if "math:" in name:
            bare = name.strip("/").removeprefix("math:")
            if name.startswith("/"):
                if skipped:
                    skipped -= 1
                elif math:
                    done = _formula(math.pop())
                    if math:
                        math[-1].children.append(done)
                    else:
                        pieces += [
                            Segment(run.text, _both(run.styles, now)) for run in _apart(pieces[-1].text, done, text)
                        ]
            elif name.endswith("/"):
                if math:
                    math[-1].children.append(_formula(_Frame(bare)))
            elif len(math) >= _DEEPEST:
                skipped += 1
            else:
                math.append(_Frame(bare))
        elif name.strip("/") in _BLOCKS:
            text = " " + text
        if not math:
            pieces.append(Segment(text, now))
        elif word := " ".join(text.split()):
            math[-1].children.append([Segment(word)])
    for frame in math:
        pieces += [run for child in frame.children for run in child]
    return pieces


def _apart(before: str, formula: list[Segment], after: str) -> list[Segment]:
    """The formula with the blanks that a source lost around it ("the<math>N=88</math>nucleus")."""
    if not formula:
        return formula
    bare = not formula[0].styles or (len(formula) > 1 and not formula[1].styles)
    left = bare and formula[0].text[:1].isalnum() and _WORD_END.search(before[-2:])
    right = _WORD_START.match(after[:4])
    return [*([Segment(" ")] if left else []), *formula, *([Segment(" ")] if right else [])]


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(style for style in STYLES if style in one or style in other)


def _marked(runs: Iterable[Segment], style: str) -> list[Segment]:
    return [Segment(run.text, _both(run.styles, (style,))) for run in runs]


def _formula(frame: _Frame) -> list[Segment]:
    """An element of MathML as readable text."""
    children = frame.children
    flat = [run for child in children for run in child]
    arms = [*children, [], [], []]
    match frame.name:
        case "msub" | "munder":
            return [*arms[0], *_marked(arms[1], "sub")]
        case "msup":
            return [*arms[0], *_marked(arms[1], "sup")]
        case "mover":
            return _over(arms[0], arms[1])
        case "msubsup" | "munderover":
            return [*arms[0], *_marked(arms[1], "sub"), *_marked(arms[2], "sup")]
        case "mmultiscripts":
            return _scripts(children)
        case "mfrac":
            return [*_bracketed(arms[0]), Segment("/"), *_bracketed(arms[1])]
        case "msqrt":
            return [Segment("\u221a"), *_bracketed(flat)]
        case "mroot":
            return [*_marked(arms[1], "sup"), Segment("\u221a"), *_bracketed(arms[0])]
        case "mfenced":
            inner = [run for child in children for run in (Segment(","), *child)][1:]
            return [Segment("("), *inner, Segment(")")]
        case "mspace":
            return [Segment(" ")]
        case "mprescripts":
            return [Segment("\0")]
        case "annotation" | "annotation-xml" | "mphantom":
            return []
        case _:
            return flat


def _over(base: list[Segment], script: list[Segment]) -> list[Segment]:
    accent = _ACCENTS.get("".join(run.text for run in script).strip())
    letter = "".join(run.text for run in base).strip()
    if accent and len(letter) == 1:
        return [Segment(letter + accent, base[0].styles)]
    return [*base, *_marked(script, "sup")]


def _scripts(children: Sequence[list[Segment]]) -> list[Segment]:
    """Base, then pairs of sub- and superscripts; after `mprescripts` those that stand before the base."""
    after: list[Segment] = []
    before: list[Segment] = []
    target, number = after, 0
    for child in children[1:]:
        if child == [Segment("\0")]:
            target, number = before, 0
            continue
        target += _marked(child, ("sub", "sup")[number % 2])
        number += 1
    return [*before, *(children[0] if children else []), *after]


def _bracketed(runs: list[Segment]) -> list[Segment]:
    return (
        runs if len("".join(run.text for run in runs)) <= 1 or len(runs) == 1 else [Segment("("), *runs, Segment(")")]
    )


def _spaced(pieces: Iterable[Segment]) -> list[Segment]:
    """The pieces with single blanks, and none where only the layout of the source had put them."""
    out: list[Segment] = []
    gap = ""
    for piece in pieces:
        core = piece.text.strip()
        if not core:
            gap += piece.text
            continue
        gap += piece.text[: len(piece.text) - len(piece.text.lstrip())]
        core = clean(core)
        if not core:
            continue
        if out and gap and not _glued(out[-1], Segment(core, piece.styles), gap):
            out.append(Segment(" ", tuple(style for style in piece.styles if style in out[-1].styles)))
        out.append(Segment(core, piece.styles))
        gap = piece.text[len(piece.text.rstrip()) :]
    return out


def _glued(left: Segment, right: Segment, gap: str) -> bool:
    """Whether a gap next to a tag is layout of the source and not a blank between words."""
    before, after = left.text[-1], right.text[0]
    laid_out = "\n" in gap or "\r" in gap
    if after in _ENDING and not right.text[1:2].isalnum():
        return True
    if before in "([{" or after in ")]}":
        return True
    if not laid_out:
        return False
    if before in _OPENING or (after in "/-\u2010\u2011\u2013" and right.text[1:2] != " "):
        return True
    if before in "-\u2010\u2011\u2013/" and left.text[-2:-1] not in ("", " "):
        return True
    lowered = ("sub", "sup")
    return any(style in right.styles and style not in left.styles for style in lowered)
