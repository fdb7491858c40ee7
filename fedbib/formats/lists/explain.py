"""Lists in the wild: what was learnt of a list, for people: its groups of rows, their shape, what each place holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fedbib.formats.lists.markdown import Group, groups
from fedbib.formats.lists.shape import Key
from fedbib.words.venues import Register

_EXAMPLES = 5
"""Rows named of those that do not fit."""


def explained(text: str, register: Register) -> Iterator[str]:
    """Lines that tell of each group of rows, the largest first."""
    for group in groups(text, register):
        yield from _group(group)


def _group(group: Group) -> Iterator[str]:
    count = len(group.rows)
    yield f"{count} {'row' if count == 1 else 'rows'}: {group.name}"
    layout = group.layout
    places = Counter(slot.key for row in group.rows for slot in row.shape.slots)
    for key, found in places.most_common():
        role = "title" if key == layout.title else layout.roles.get(key, "")
        support = f", {layout.support[key]:.0%} of them agree" if key in layout.support else ""
        yield f"  {_name(key)}: {role or 'read row by row'} ({found} of {count}{support})"
    if layout.cuts:
        yield "  after a title in running text: " + ", ".join(layout.cuts)
    other = [row.line for row in group.rows if layout.title not in {slot.key for slot in row.shape.slots}]
    if other:
        shown = ", ".join(map(str, other[:_EXAMPLES])) + (", ..." if len(other) > _EXAMPLES else "")
        yield f"  rows without a title in its place: {len(other)}, line {shown}"


def _name(key: Key) -> str:
    kind, number = key
    words = {"lead": "brackets in front", "em": "italics or code", "strong": "bold"}
    name = f"{kind[5:]} after" if kind.startswith("group") else words.get(kind, kind)
    return f"{name} {number + 1}" if number else name
