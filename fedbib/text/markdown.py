"""Text in Markdown (GitHub's): written so that it is only text, and read back."""

from __future__ import annotations

import re
from html import unescape as _entity

from fedbib.text.markup import STYLES, Segment, is_simple, join, plain, segments
from fedbib.text.plain import clean
from fedbib.text.regex import regex

# What starts something in GitHub's Markdown within a line. An entity, not a backslash, where GitHub's own extensions
# read the source before the backslash counts (mathematics, mentions) or where a tag must not be seen.
_WRITTEN = {char: "\\" + char for char in "\\`*_[]|~"} | {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "@": "&#64;",
    "$": "&#36;",
}
_ACTIVE = regex(  # one set of signs first, which is found quickly
    r"[\\`*_\[\]|~<>@$&:.](?:(?<![&:.])|(?<=&)(?=#?\w{1,40};)|(?<=:)(?=//|[A-Za-z0-9_+-]{1,40}:)|(?<=[wW]{3}\.))"
)
_BLANKS = regex(r"\s{2,}|[\t-\r]")
_READ = regex(r"\\([!-/:-@\[-`{-~])|&#?\w{1,40};")
_TAG = regex(r"</?(?:i|b|sub|sup)>")
_EMPHASIS = regex(r"(?<![\\*])(\*{1,3})(?=[^\s*])([^*\\]*[^\s*\\])\1(?!\*)|`([^`]*)`")
_LEADING = regex(r"[#>+=:-]|\d{1,9}[.)]")


def escape(text: str) -> str:
    """The text as part of a line of Markdown: no markup, links, mentions, mathematics or raw HTML come of it."""
    if "  " in text or not text.isprintable():
        text = _BLANKS.sub(" ", text)
    return _ACTIVE.sub(_escaped, text) if _ACTIVE.search(text) else text


def _escaped(match: re.Match[str]) -> str:
    found = match.group()
    return _WRITTEN.get(found) or f"&#{ord(found)};"


def line(text: str) -> str:
    """The text as a block of its own: neither a heading, a quote, a rule nor a list comes of it."""
    return led(escape(text.strip()))


def led(escaped: str) -> str:
    """An escaped text so that it may begin a block."""
    match = _LEADING.match(escaped)
    return f"{escaped[: match.end() - 1]}\\{escaped[match.end() - 1 :]}" if match else escaped


def unescape(text: str) -> str:
    """The text that a piece of Markdown without markup shows."""
    if "\\" not in text and "&" not in text:
        return text
    return _READ.sub(lambda match: match.group(1) or _entity(match.group()), text)


def escape_rich(rich: str) -> str:
    """A title's rich text as part of a line, its styles as HTML tags. `shown` says which titles survive."""
    if "<" not in rich:
        return escape(rich)
    return join(Segment(escape(run.text), run.styles) for run in segments(rich))


def shown(rich: str) -> str:
    """A title's rich text as far as a page shows it: without the marks of what keeps its capitals."""
    if "<" not in rich:
        return rich
    if is_simple(rich):
        return clean(plain(rich))
    styles = [style for style in STYLES if style != "nocase"]
    runs = (Segment(run.text, tuple(style for style in run.styles if style in styles)) for run in segments(rich))
    return clean(join(runs))


def unescape_rich(text: str) -> str:
    """The rich text that `escape_rich` wrote, or that anybody's line shows."""
    if "<" not in text:
        return clean(unescape(text))
    end, runs = 0, []
    for match in _TAG.finditer(text):
        runs += [unescape(text[end : match.start()]), match.group()]
        end = match.end()
    runs.append(unescape(text[end:]))
    return clean(join(_styled(runs)))


def _styled(pieces: list[str]) -> list[Segment]:
    """Texts and tags in turn as runs; literal text that looks like a tag stays text."""
    skeleton = "".join(f"{index};" if index % 2 == 0 else piece for index, piece in enumerate(pieces))
    runs = []
    for run in segments(skeleton):
        runs += [Segment(pieces[int(number)], run.styles) for number in run.text.split(";")[:-1]]
    return runs


def without_emphasis(text: str) -> str:
    """A line without emphasis and code marks, as other people write them; what is in them stays."""
    if "*" not in text and "`" not in text:
        return text
    return _EMPHASIS.sub(lambda match: match.group(2) or match.group(3) or "", text)
