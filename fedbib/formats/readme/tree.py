"""Anybody's Markdown, with the HTML that people mix into it, as one tree of HTML elements that know their lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from sys import intern
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_DEEPEST = 60
"""Elements deeper than this are read as if their parents held their content."""

_VOID = frozenset({"br", "img", "hr", "input", "col", "link", "meta", "wbr", "source"})
_UNREAD = frozenset({"script", "style", "template", "svg", "head", "title"})
# What an element that opens ends, up to the element that holds both.
_ENDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "p": (frozenset({"p"}), frozenset({"li", "td", "th", "div", "blockquote", "details"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
}
LONG_LINE = 500_000
"""Characters of a line that are read: no line of a list is that long."""


@dataclass(slots=True)
class Node:
    tag: str
    """Lower case; "#" for the root, "pre" for code with its text as the only child."""
    line: int
    """1-based."""
    attrs: Mapping[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def nodes(self) -> Iterator[Node]:
        return (child for child in self.children if isinstance(child, Node))

    def find(self, *tags: str) -> Iterator[Node]:
        """The elements of these tags below this one, in order; not those within one another."""
        for child in self.nodes:
            if child.tag in tags:
                yield child
            else:
                yield from child.find(*tags)

    @property
    def text(self) -> str:
        """All text below, images not counted."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


def tree(text: str, first: int = 1) -> Node:
    """The elements of a Markdown text: GitHub's tables and the HTML in it included, comments left out. `first` is the
    number of its first line.

    Never raises; linear in the length of the text.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable("table")
    parser.core.ruler.disable(["inline"])
    whole = parser.normalizeLink
    parser.normalizeLink = lambda url: url if _PLAIN_ADDRESS.fullmatch(url) else whole(url)  # type: ignore[method-assign]
    builder = _Builder()
    links: dict[str, Any] = {}  # the targets that stand apart from their links, "[1]: https://..."
    text, added = _apart(_tamed(text))
    for token in parser.parse(text, links):
        if token.map:
            builder.line = token.map[0] - bisect_left(added, token.map[0]) + first
        if token.type == "inline":
            _inline(builder, token.content, parser, links)
        elif token.type == "html_block":
            builder.html(token.content)
        elif token.type in ("fence", "code_block"):
            builder.start("pre", {"info": token.info.strip().lower()})
            if token.type == "fence":
                builder.line += 1
            builder.data(token.content)
            builder.end("pre")
        elif token.nesting == 1:
            builder.start(token.tag)
        elif token.nesting == -1:
            builder.end(token.tag)
    return builder.finish()


def _tamed(text: str) -> str:
    """The text with overlong lines cut off, and `<details>` on a line of their own as a part of the item above them:
    they would swallow the items below."""
    text = "\n".join(line[:LONG_LINE] for line in text.split("\n")) if len(text) > LONG_LINE else text
    return _ONE_LINE.sub(r"\1<wbr>", text) if "</details>" in text else text


def _apart(text: str) -> tuple[str, list[int]]:
    """The text with a blank line between the end of an element and the Markdown right below it, which would be a part
    of that HTML; and the numbers of these lines, from 0."""
    added: list[int] = []
    parts: list[str] = []
    at = line = 0
    for match in _END.finditer(text):
        line += text.count("\n", at, match.end()) + 1
        added.append(line - 1)
        parts += (text[at : match.end()], "\n")
        at = match.end()
    return "".join([*parts, text[at:]]), added


_END = re.compile(
    r"^</(?:ul|ol|dl|table|div|p|center|details)>[ \t]{0,99}+\n(?= {0,3}+(?:[-*+]|\d{1,9}[.)]|#{1,6}) )",
    re.MULTILINE | re.IGNORECASE,
)
_ONE_LINE = re.compile(
    r"^( {0,3}+)(?=<details\b[^\n]{0,20000}</details>[ \t]{0,99}+\n {0,3}+(?:[-*+]|\d{1,9}[.)]) )", re.MULTILINE
)


def overlong(text: str) -> list[int]:
    """The lines of a text, from 1, of which `tree` reads the first `LONG_LINE` characters alone."""
    if len(text) <= LONG_LINE:
        return []
    return [number for number, line in enumerate(text.split("\n"), start=1) if len(line) > LONG_LINE]


def _inline(builder: _Builder, content: str, parser: MarkdownIt, links: dict[str, Any]) -> None:
    """The content of a block; what no person writes is taken as plain text."""
    if not content:
        return
    if _is_hostile(content):
        builder.data(content)
        return
    if not links and (parts := _plain_parts(content)):
        _plainly(builder, parts)
        return
    tokens: list[Token] = []
    parser.inline.parse(content, parser, links, tokens)
    line = builder.line
    for child in tokens:
        match child.type:
            case "text" | "text_special":
                builder.data(child.content)
            case "softbreak":
                line += 1
                builder.line = line
                builder.data("\n")
            case "hardbreak":
                line += 1
                builder.line = line
                builder.start("br")
            case "html_inline":
                builder.html(child.content)
                line += child.content.count("\n")
            case "code_inline":
                builder.start("code")
                builder.data(child.content)
                builder.end("code")
            case "image":
                builder.start("img", {"src": str(child.attrs.get("src", "")), "alt": child.content})
            case "link_open":
                builder.start("a", {"href": str(child.attrs.get("href", ""))})
            case _ if child.nesting == 1:
                builder.start(child.tag)
            case _ if child.nesting == -1:
                builder.end(child.tag)


# What nearly all rows of lists are made of, for which CommonMark's rules leave no choice; what has anything else in it
# (markup within markup, escapes, HTML, references) is left to the parser.
_ADDRESS = r"https?://[A-Za-z0-9_.~:/?#@!$'*+,;=-]++"
_PLAIN_ADDRESS = re.compile(_ADDRESS)
_SHORT = 12
"""Links with so short a text are labels, such as "pdf": each is there once, however many rows have it."""
_WORDS = r"(?:[^\[\]*_`<&\\!\n]++|&(?![#A-Za-z]))"
_SAID = rf"(?:{_WORDS}|\[{_WORDS}*+\](?![\[(:]))++(?:(?<=[^\W_])|(?<=\S)(?=\*+(?:\s|$)))"
_LABEL = rf"(?:\[{_WORDS}*+\]|{_WORDS}++)"
_PLAIN = re.compile(
    rf"(?P<text>(?:{_WORDS}|!(?!\[)|(?<=[^\W_])_(?=[^\W_])|\[(?:{_WORDS}|!(?!\[))*+\](?![\[(:])|(?<=\S)\n(?=\S)"
    rf"|\[(?=\[{_LABEL}\]\({_ADDRESS}\)\](?![(:]))|(?<=\))\](?![(:]))++)"
    rf"|\[(?P<label>{_LABEL}|\*\*(?=\S){_WORDS}++(?<=\S)\*\*)\]\((?P<url>{_ADDRESS})\)"
    rf"|(?<!\S)\*\*\[(?P<bold>{_LABEL})\]\((?P<bold_url>{_ADDRESS})\)\*\*(?=[\s.,;:]|$)"
    rf"|(?:(?<!\S)\*\*(?=\S)|\*\*(?=[^\W_]))(?P<strong>{_SAID})\*\*(?!\*)"
    rf"|(?:(?<!\S)\*(?=\S)|\*(?=[^\W_]))(?P<em>{_SAID})\*(?!\*)"
    r"|`(?P<code>[^`\s](?:[^`\n]*+(?<=[^`\s]))?)`(?!`)"
)


def _plain_parts(content: str) -> list[tuple[str, str, str]]:
    """The content as (kind, text, address) where it is made of plain parts alone, else nothing."""
    parts = []
    at = 0
    while at < len(content):
        match = _PLAIN.match(content, at)
        if match is None or match.end() == at:
            return []
        kind = match.lastgroup or ""
        if kind == "url":
            parts.append(("link", match["label"], match["url"]))
        elif kind == "bold_url":
            parts.append(("bold link", match["bold"], match["bold_url"]))
        else:
            parts.append((kind, match[kind], ""))
        at = match.end()
    return parts


def _plainly(builder: _Builder, parts: Sequence[tuple[str, str, str]]) -> None:
    line = builder.line
    for kind, text, url in parts:
        if kind == "text":
            for number, part in enumerate(text.split("\n")):
                if number:
                    line += 1
                    builder.line = line
                    builder.data("\n")
                builder.data(part)
        elif kind == "link":
            builder.start("a", {"href": url})
            if text[:2] == "**":
                builder.start("strong")
                builder.data(text[2:-2])
                builder.end("strong")
            else:
                builder.data(intern(text) if len(text) < _SHORT else text)
            builder.end("a")
        elif kind == "bold link":
            builder.start("strong")
            builder.start("a", {"href": url})
            builder.data(text)
            builder.end("a")
            builder.end("strong")
        else:
            builder.start(kind)
            builder.data(text)
            builder.end(kind)


def _is_hostile(content: str) -> bool:
    """Whether a block holds so many openers that reading it as Markdown could take long."""
    if len(content) < 2000:
        return False
    return content.count("[") > content.count("](") * 4 + 400 or any(content.count(sign) > 2000 for sign in "*_`[<!")


class _Builder:
    def __init__(self) -> None:
        self.line = 1
        self._root = Node("#", 1)
        self._stack = [self._root]
        self._skipped = 0
        self._html = _Html(self)

    def html(self, content: str) -> None:
        self._html.read(content, self.line)

    def start(self, tag: str, attrs: Mapping[str, str] | None = None) -> None:
        if self._skipped or tag in _UNREAD:
            self._skipped += tag in _UNREAD
            return
        if tag in _ENDS:
            self._close(*_ENDS[tag])
        node = Node(tag, self.line, attrs or {})
        self._stack[-1].children.append(node)
        if tag not in _VOID and len(self._stack) < _DEEPEST:
            self._stack.append(node)

    def _close(self, ended: frozenset[str], holders: frozenset[str]) -> None:
        for depth in range(len(self._stack) - 1, 0, -1):
            tag = self._stack[depth].tag
            if tag in holders:
                return
            if tag in ended:
                del self._stack[depth:]

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= tag in _UNREAD
            return
        for depth in range(len(self._stack) - 1, 0, -1):
            if self._stack[depth].tag == tag:
                del self._stack[depth:]
                return
            if self._stack[depth].tag in ("td", "th", "table") and tag not in ("tr", "table", "tbody", "thead"):
                return

    def data(self, text: str) -> None:
        if not self._skipped and text:
            self._stack[-1].children.append(text)

    def finish(self) -> Node:
        self._html.close()
        del self._html  # it holds this builder: without the circle a tree is let go as soon as nobody has it
        return self._root


class _Html(HTMLParser):
    """HTML as it comes in pieces, handed to the builder."""

    def __init__(self, builder: _Builder) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = builder
        self._shift = 0

    def read(self, content: str, line: int) -> None:
        if content.count("<") > 4000 and content.count(">") * 4 < content.count("<"):
            self._builder.data(content)
            return
        self._shift = line - self.getpos()[0]
        self.feed(content.replace("<![", "&lt;!["))  # a section of SGML, which the parser may refuse
        self.close()
        self.reset()

    def _here(self) -> None:
        self._builder.line = max(1, self.getpos()[0] + self._shift)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self._here()
        self._builder.start(tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self._here()
        self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        self._here()
        self._builder.data(data)
