"""CSL-YAML: what pandoc and Quarto read beside a document, for people to look at and change. Written only.

The members are those of CSL-JSON. pandoc takes every text for Markdown, so each is written as that: titles with its
own marks for styles and for what keeps its capitals, all else inert.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from fedbib.formats import csl_json, yaml
from fedbib.formats.base import Shape
from fedbib.model.about import About
from fedbib.model.work import Work
from fedbib.text.markup import segments

_VERBATIM = frozenset({"id", "citation-key", "type", "page"})
_MARKS = {"nocase": ("[", "]{.nocase}"), "i": ("*", "*"), "b": ("**", "**"), "sub": ("~", "~"), "sup": ("^", "^")}
# What begins something within a line of pandoc's Markdown, or becomes a typographer's sign.
_ACTIVE = re.compile(r"[\\`*_\[\]<>$^~@#|{}\"'&]|(?<=-)-|(?<=\.)\.|(?<=:):")
# What begins a block: a list, in any of pandoc's ways to number it, a heading, a quotation, a definition.
_LEADING = re.compile(r"\(?[A-Za-z0-9#]{1,20}[.)](?=\s|$)|[-+:%=](?=\s|$)")


def shaped(works: Sequence[Work], about: About, shape: Shape) -> str:
    items: list[dict[str, Any]] = json.loads(csl_json.shaped(works, about, shape))
    return yaml.dump({"references": [_item(item) for item in items]})


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    return {member: _value(member, value) for member, value in item.items()}


def _value(member: str, value: Any) -> Any:
    match value:
        case str() if member in _VERBATIM:
            return value
        case str() if member == "title":
            return _led("".join(_marked(run.text, run.styles) for run in segments(value)))
        case str():
            return _led(_inert(value))
        case {"date-parts": [[*parts], *_]}:
            return dict(zip(("year", "month", "day"), parts, strict=False))
        case dict():
            return {part: _value(part, inner) for part, inner in value.items()}
        case list():
            return [_value(member, inner) for inner in value]
        case _:
            return value


def _marked(text: str, styles: Sequence[str]) -> str:
    said = _inert(text)
    if "sub" in styles or "sup" in styles:
        said = said.replace(" ", "\\ ")
    for style in reversed(styles):
        before, after = _MARKS[style]
        said = f"{before}{said}{after}"
    return said


def _inert(text: str) -> str:
    return _ACTIVE.sub(lambda found: f"\\{found.group()}", text)


def _led(text: str) -> str:
    """A text that begins no block."""
    match = _LEADING.match(text)
    return f"{text[: match.end() - 1]}\\{text[match.end() - 1 :]}" if match else text
