"""Values as YAML in block style, every text in double quotes.

So no reader, of YAML 1.1 or 1.2, takes a text for a number, a date or a word of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from fedbib.text.regex import regex

Value = str | int | Mapping[str, "Value"] | Sequence["Value"]

# What YAML's double quotes do not take as it is (YAML 1.2.2, 5.1), and line ends of YAML 1.1.
_UNPRINTABLE = regex("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN_KEY = regex(r"[A-Za-z][A-Za-z0-9_-]*")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])


def dump(value: Mapping[str, Value] | Sequence[Value]) -> str:
    """A document of mappings, lists, texts and whole numbers, ending in a newline; the order is kept."""
    return "\n".join(_lines(value)) + "\n" if value else f"{_scalar(value)}\n"


def _lines(value: Value) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if _is_scalar(inner):
                yield f"{_key(name)}: {_scalar(inner)}"
            else:
                yield f"{_key(name)}:"
                yield from (f"  {line}" for line in _lines(inner))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            for number, line in enumerate([_scalar(inner)] if _is_scalar(inner) else _lines(inner)):
                yield f"{'  ' if number else '- '}{line}"


def _is_scalar(value: Value) -> bool:
    return isinstance(value, str | int) or not value


def _scalar(value: Value) -> str:
    if isinstance(value, str):
        return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))
    return str(value) if isinstance(value, int) else "{}" if isinstance(value, Mapping) else "[]"


def _key(name: str) -> str:
    return name if _PLAIN_KEY.fullmatch(name) and name.lower() not in _WORDS else _scalar(name)
