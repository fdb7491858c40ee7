"""Lists in the wild: a block of a list as pieces, each a text or a link, cleaned of emoji and badges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from fedbib.formats.readme.tree import Node

EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\u3030\u303d\ufe0f\u200d\u20e3]"
    "|:[a-z][a-z0-9_+-]{1,40}:"
)


def without_emoji(text: str) -> str:
    """The text with a blank for each emoji, picture or short code."""
    return EMOJI.sub(" ", text) if ":" in text or not text.isascii() else text


_DOI = re.compile(r"(?<![\w:/.])doi:\s?+(?=10\.\d{4,9}/)([^\s<>\[\]\"'|]++)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'|]+")
TRACKING = re.compile(r"[?&](?:utm_\w+|casa_token|usg|ref|fbclid)=[^&#]*")
EDGE = " \t\n\r，。；：、,;:|.-–—·•*_~`\"“”'>/"
OPEN, CLOSED = "([{（【［", ")]}）】］"
BAR = re.compile(r"(?:(?<!\s)\s+)?[|｜·•¦]\s*|(?<=[^\s/])\s/\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one item's content."""

    kind: str
    """text, link, image or break."""
    text: str
    line: int
    url: str = ""
    strong: bool = False
    light: bool = False
    """Emphasised or code."""
    badge: bool = False


BLOCKS = frozenset({"ul", "ol", "table", "pre", "dl"})
_STRONG = frozenset({"strong", "b"})
_CODE = frozenset({"code", "kbd"})
_LIGHT = frozenset({"em", "i"}) | _CODE


def pieces_of(node: Node) -> list[Piece]:
    """The running content of an element, without the lists and tables in it."""
    found: list[Piece] = []
    _gather(node, found, strong=False, light=False)
    return found


def _gather(node: Node, found: list[Piece], *, strong: bool, light: bool) -> None:
    for child in node.children:
        if isinstance(child, str):
            found += _texts(child, node.line, strong, light, is_code=node.tag in _CODE)
        elif child.tag in BLOCKS:
            continue
        elif child.tag == "a":
            found.append(_link(child, strong, light))
        elif child.tag == "img":
            found.append(_image(child))
        elif child.tag in ("br", "p", "div", "summary", "hr", "dt", "dd"):
            found.append(Piece("break", "", child.line))
            _gather(child, found, strong=strong, light=light)
        elif child.tag in ("sub", "sup", "small") and _is_small_print(child.text):
            _gather(child, found, strong=strong, light=True)
        elif child.tag in ("sub", "sup"):
            found.append(Piece("text", f"<{child.tag}>{child.text}</{child.tag}>", child.line, "", strong, light))
        else:
            _gather(child, found, strong=strong or child.tag in _STRONG, light=light or child.tag in _LIGHT)


def _is_small_print(text: str) -> bool:
    """Whether what is set small has words of its own, and is no mark, index or exponent."""
    return re.search(r"[^\W\d_]{3}", text) is not None


def _texts(text: str, line: int, strong: bool, light: bool, *, is_code: bool) -> Iterator[Piece]:
    """Plain text, the addresses in it as links; in code they lead nowhere, unless the code is an address."""
    end = 0
    if "oi:" in text or "OI:" in text:
        text = _DOI.sub(r"https://doi.org/\1", text)
    if "://" in text and not (is_code and " " in text.strip()):
        for match in _ADDRESS.finditer(text):
            if match.start() > end:
                yield Piece("text", text[end : match.start()], line, "", strong, light)
            url = match.group().rstrip(".,;:*_")
            yield Piece("link", "", line, url, strong, light)
            end = match.start() + len(url)
    if end < len(text):
        yield Piece("text", text[end:], line, "", strong, light)


def _link(node: Node, strong: bool, light: bool) -> Piece:
    images = list(node.find("img"))
    text = node.text
    inner = {child.tag for child in node.nodes}
    if images and not text.strip():
        image = _image(images[0])
        return Piece("link", image.text, node.line, node.attrs.get("href", ""), badge=True)
    strong, light = strong or bool(inner & _STRONG), light or bool(inner & _LIGHT)
    return Piece("link", text, node.line, node.attrs.get("href", "").strip(), strong, light)


_BADGE = re.compile(r"img\.shields\.io/badge/([^?#]*)")
_STARS = re.compile(r"img\.shields\.io/github/(?:stars|forks|last-commit|watchers)/([\w.-]+/[\w.-]+)")


def _image(node: Node) -> Piece:
    """A picture: a badge says something, and one that counts stars leads to its repository."""
    source = node.attrs.get("src", "")
    if match := _STARS.search(source):
        name = re.sub(r"\.(?:svg|png)$", "", match.group(1))
        return Piece("link", "code", node.line, f"https://github.com/{name}", badge=True)
    if match := _BADGE.search(source):
        words = unquote(match.group(1)).replace("__", "_").replace("--", "\0").rsplit("-", 1)[0]
        return Piece("image", words.replace("-", " ").replace("_", " ").replace("\0", "-"), node.line, badge=True)
    return Piece("image", node.attrs.get("alt", ""), node.line)
