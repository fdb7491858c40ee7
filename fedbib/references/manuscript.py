"""What a document refers to, read from the tree that pandoc makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fedbib.model.reading import Manuscript, Printed
from fedbib.references import printed
from fedbib.text.plain import clean

HEADING = re.compile(
    r"(?:[\dIVX]+\.?\s*+)?(?:references?(?:\s+cited)?|bibliography|works\s+cited|literature(?:\s+cited)?|literaturverzeichnis|literatur"
    r"|références|referencias|bibliografía|bibliographie|referências|参考文献)\s*:?",
    re.IGNORECASE,
)
"""What stands over a list of references."""
_TYPST = re.compile(r"#?\bbibliography\s*+\(\s*+(\([^()]*+\)|[^()]*+)")
_NAME = re.compile(r'"([^"\n]{1,500})"')
_DEEPEST = 60
_BLANK = frozenset({"Space", "SoftBreak", "LineBreak"})


def read(tree: Mapping[str, Any], source: str = "") -> Manuscript:
    """The references of a document; `source` is its text, for what pandoc leaves out of the tree.

    A tree in which something is not where pandoc puts it has nothing there.
    """
    meta = tree.get("meta")
    names = [*_named(meta.get("bibliography") if isinstance(meta, dict) else None), *_typst(source)]
    blocks = tree.get("blocks")
    cited = tuple(dict.fromkeys(_cited(blocks)))
    listed = () if names else tuple(reference(text) for text in _listed(blocks if isinstance(blocks, list) else []))
    return Manuscript(tuple(dict.fromkeys(names)), cited, listed)


def reference(text: str, page: int = 0) -> Printed:
    """A reference as it stands in a document."""
    work, is_whole = printed.read(text)
    return Printed(work, text, is_whole, page)


def _typst(source: str) -> Iterator[str]:
    for match in _TYPST.finditer(source):
        # Named arguments such as `title: "References"` are no files.
        yield from _NAME.findall(re.sub(r"\b[\w-]+\s*+:\s*+\"[^\"\n]*+\"", "", match[1]))


def _named(value: Any) -> Iterator[str]:
    """The texts of a value of the metadata: one or several."""
    if not isinstance(value, dict):
        return
    if value.get("t") == "MetaList" and isinstance(value.get("c"), list):
        for each in value["c"]:
            yield from _named(each)
    elif text := clean(_text(value.get("c"))):
        yield text


def _cited(value: Any, depth: int = 0) -> Iterator[str]:
    if depth > 4 * _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _cited(each, depth + 1)
    elif isinstance(value, dict):
        if isinstance(key := value.get("citationId"), str) and key:
            yield key
        for each in value.values():
            yield from _cited(each, depth + 1)


def _listed(blocks: Sequence[Any]) -> Iterator[str]:
    """The paragraphs behind the last heading of a list of references, to the next heading."""
    heads = [place for place, block in enumerate(blocks) if _is_heading(block)]
    for block in blocks[heads[-1] + 1 :] if heads else _marked(blocks):
        if isinstance(block, dict) and block.get("t") == "Header":
            return
        yield from _paragraphs(block)


def _is_heading(block: Any) -> bool:
    """A heading, or a paragraph that is nothing else: many documents only set it in bold."""
    if not isinstance(block, dict) or block.get("t") not in ("Header", "Para", "Plain"):
        return False
    content = block.get("c")
    inlines = content[-1:] if block["t"] == "Header" and isinstance(content, list) else content
    return bool(HEADING.fullmatch(clean(_text(inlines))))


def _marked(blocks: Sequence[Any]) -> Iterator[Any]:
    """The blocks that citeproc marks as the list (`refs`)."""
    for block in blocks:
        if isinstance(block, dict) and block.get("t") == "Div" and "'refs'" in repr(block.get("c"))[:200]:
            yield block


def _paragraphs(block: Any, number: str = "", depth: int = 0) -> Iterator[str]:
    """The paragraphs of a block, those of a numbered list with their number."""
    if not isinstance(block, dict) or depth > _DEEPEST:
        return
    kind, content = block.get("t"), block.get("c")
    if kind in ("Para", "Plain"):
        if text := clean(_text(content)):
            yield number + text
    elif kind == "LineBlock" and isinstance(content, list):
        yield from filter(None, (clean(_text(line)) for line in content))
    elif kind in ("Div", "Figure") and isinstance(content, list):
        for each in content[-1] if isinstance(content[-1:], list) and isinstance(content[-1], list) else ():
            yield from _paragraphs(each, number, depth + 1)
    elif kind in ("BulletList", "OrderedList", "BlockQuote") and isinstance(content, list):
        yield from _items(kind, content, depth)


def _items(kind: str, content: list[Any], depth: int) -> Iterator[str]:
    if kind == "BlockQuote":
        items = [content]
    else:
        items = content[1] if kind == "OrderedList" and len(content) > 1 and isinstance(content[1], list) else content
    first = content[0][0] if kind == "OrderedList" and isinstance(content[0], list) and content[0] else None
    for place, item in enumerate(items):
        number = f"[{first + place}] " if isinstance(first, int) else ""
        texts = [text for each in (item if isinstance(item, list) else []) for text in _paragraphs(each, "", depth + 1)]
        yield from [f"{number}{text}" if at == 0 else text for at, text in enumerate(texts)]


def _text(value: Any, depth: int = 0) -> str:
    """The text of inline elements; of a link its text, and its address where that is another."""
    if depth > _DEEPEST:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(_text(each, depth + 1) for each in value)
    if not isinstance(value, dict) or not isinstance(value.get("t"), str):
        return ""
    kind, content = value.get("t"), value.get("c")
    if kind in _BLANK:
        return " "
    if kind in ("Note", "RawInline", "Image"):
        return ""
    if kind == "Quoted" and isinstance(content, list) and len(content) == 2:
        return f"“{_text(content[1], depth + 1)}”"
    if kind in ("Link", "Span", "Code", "Math", "Cite") and isinstance(content, list) and len(content) > 1:
        text = _text(content[1], depth + 1)
        target = (
            content[2][0] if kind == "Link" and len(content) > 2 and isinstance(content[2], list) and content[2] else ""
        )
        return (
            f"{text} {target}" if isinstance(target, str) and target.startswith("http") and target not in text else text
        )
    return _text(content, depth + 1)
