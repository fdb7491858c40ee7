"""Formatted references: works in a CSL style, set by pandoc's citeproc (`fedbib.references.pandoc` runs it).

Each reference stands for itself, so that it can be copied alone: no letters after years, no dashes for names that an
entry before it has (`fedbib.references.style` takes them out of the style).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from fedbib.formats import csl_json
from fedbib.formats.base import Shape
from fedbib.ids.landing import landing, normalised
from fedbib.model.about import About
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import Work
from fedbib.text import markdown
from fedbib.text.markup import STYLES, Segment, join, plain, tidied, to_html
from fedbib.text.plain import clean
from fedbib.text.regex import regex

_RICH = {"Emph": "i", "Strong": "b", "Superscript": "sup", "Subscript": "sub"}
_BLANK = frozenset({"Space", "SoftBreak", "LineBreak"})
_VERBATIM = frozenset({"Code", "Math", "RawInline"})
_PARTS = frozenset({"Span", "Div", "Link"})
_JOINER = "\u2060"
# A quotation in straight single quotes, or a quote that is none: an apostrophe.
_QUOTED = regex(r"(?<![^\s(])'\w[^']*(?<=\w)'(?!\w)|'")


@dataclass(frozen=True, slots=True)
class Reference:
    """One work as a style writes it."""

    key: str
    rich: str
    """Rich text with `<i> <b> <sub> <sup>`."""
    links: Mapping[str, str] = field(default_factory=dict)
    """The work's own addresses as they may stand in it, and where each leads."""

    @property
    def text(self) -> str:
        return plain(self.rich)

    @property
    def html(self) -> str:
        """The work's addresses are links, all else is text in its styles."""
        return self._linked(to_html, lambda shown, url: f'<a href="{escape(url)}">{escape(shown)}</a>')

    @property
    def markdown(self) -> str:
        """A paragraph of Markdown; the work's addresses are links."""
        return markdown.led(self._linked(markdown.escape_rich, _markdown_link))

    def _linked(self, written: Callable[[str], str], link: Callable[[str, str], str]) -> str:
        if not self.links:
            return written(self.rich)
        shown = "|".join(re.escape(text) for text in sorted(self.links, key=len, reverse=True))
        parts = enumerate(re.split(f"({shown})", self.rich))
        return "".join(link(part, self.links[part]) if number % 2 else written(part) for number, part in parts)


def _markdown_link(shown: str, url: str) -> str:
    return f"[{markdown.escape(shown)}]({url})" if shown.startswith("10.") else f"<{url}>"


# References -----------------------------------------------------------------------------------------------------------


PLAIN = Shape()


def items(works: Sequence[Work], shape: Shape = PLAIN) -> str:
    """The works as the CSL-JSON that pandoc is given; ids are their places."""
    written = json.loads(csl_json.shaped(works, About(), shape))
    return json.dumps([_item(number, item) for number, item in enumerate(written)])


def references(blocks: Sequence[Any], works: Sequence[Work]) -> tuple[Reference, ...]:
    """The entries in the blocks that pandoc made of the `items` of some works, without those that say nothing."""
    found = ((works[int(id)], text) for id, text in _entries(blocks))
    return tuple(Reference(work.key, text, _links(work)) for work, text in found if text)


def as_markdown(references: Sequence[Reference]) -> str:
    """A bibliography in Markdown, a paragraph for each."""
    return "".join(f"{each.markdown}\n\n" for each in references)[:-1]


def as_html(references: Sequence[Reference]) -> str:
    """A bibliography as a piece of HTML; each reference has its key for an id to link to."""
    lines = (f'<p id="ref-{escape(each.key)}">{each.html}</p>\n' for each in references)
    return f'<div class="references">\n{"".join(lines)}</div>\n'


def _item(number: int, item: dict[str, Any]) -> dict[str, Any]:
    """An item of CSL-JSON as pandoc needs it: only titles hold rich text, no apostrophe is a quote, no note a list."""
    out: dict[str, Any] = {}
    for member, value in item.items():
        match value:
            case str() if member == "title":
                out[member] = _QUOTED.sub(lambda found: "’" if found.group() == "'" else found.group(), value)
            case str() if member != "type":
                out[member] = _inert(value)
            case [{}, *_]:
                out[member] = [_person(name) for name in value]
            case _:
                out[member] = value
    if "note" in out:
        out["note"] = out["note"].replace(":", f"{_JOINER}:")
    return out | {"id": str(number)}


def _person(name: Mapping[str, str]) -> dict[str, str]:
    family, given = name.get("family", ""), name.get("given", "")
    # These have no initials, and pandoc sets a full stop after the name for them.
    if Name(family, given).is_family_first:
        return {"literal": _inert(family + given)}
    return {part: _inert(text) for part, text in name.items()}


def _inert(text: str) -> str:
    return join((Segment(text),)) if "<" in text else text


def _links(work: Work) -> dict[str, str]:
    work = normalised(work)
    dois = [Identifier(Scheme.DOI, doi) for doi in (work.DOI, work.arxiv and f"10.48550/arXiv.{work.arxiv}") if doi]
    found = {shown: doi.url for doi in dois for shown in (f"https://doi.org/{doi.value}", doi.value)}
    landed = landing(work)
    return found | ({landed: landed} if landed else {})


def _entries(blocks: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Id and rich text of each entry of the bibliography among some blocks."""
    for block in blocks:
        if block["t"] == "Div" and block["c"][0][0] == "refs":
            for entry in block["c"][1]:
                text = join(_runs(entry["c"][1]))
                yield entry["c"][0][0].removeprefix("ref-"), tidied(clean(text.replace(_JOINER, "")))


def _runs(nodes: Sequence[Any], styles: frozenset[str] = frozenset()) -> Iterator[Segment]:
    """The text of some parts of pandoc's document, each run in its styles."""
    in_order = tuple(style for style in STYLES if style in styles)
    text: list[str] = []
    for node in nodes:
        kind = "" if isinstance(node, list) else node["t"]
        if kind == "Str":
            text.append(node["c"])
        elif kind in _BLANK:
            text.append(" ")
        elif kind in _VERBATIM:
            text.append(node["c"][1])
        else:
            yield Segment("".join(text), in_order)
            text.clear()
            yield from _runs(node, styles) if isinstance(node, list) else _inner(kind, node.get("c"), styles)
            if kind in _PARTS and "csl-left-margin" in node["c"][0][1]:
                text.append(" ")
    yield Segment("".join(text), in_order)


def _inner(kind: str, content: Any, styles: frozenset[str]) -> Iterator[Segment]:
    """The runs of a part that has parts itself."""
    if kind == "Quoted":
        opening, closing = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        quoted = [{"t": "Str", "c": opening}, *content[1], {"t": "Str", "c": closing}]
        return _runs(quoted, styles)
    if kind in _PARTS:
        return _runs(content[1], styles)
    return _runs(content, styles | {_RICH[kind]} if kind in _RICH else styles)
