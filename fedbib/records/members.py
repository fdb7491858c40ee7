"""The members of an object in a claims file, each read as what it must be; BadValue, with its name in `where`, else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from fedbib.errors import BadValue
from fedbib.ids.identify import normal
from fedbib.ids.schemes import SCHEMES
from fedbib.model.identifier import Identifier
from fedbib.text.plain import clean

Members = Mapping[str, object]

_Word = TypeVar("_Word", bound=StrEnum)


def check(item: Members, known: frozenset[str]) -> None:
    """Refuse members that nobody reads."""
    for name in item.keys() - known:
        raise BadValue("unknown member", where=name)


def text(item: Members, name: str) -> str:
    """A text on one line; "" where there is none."""
    value = item.get(name, "")
    if not isinstance(value, str):
        raise BadValue("must be a text", where=name)
    return clean(value)


def values(item: Members, name: str) -> list[object]:
    value = item.get(name, [])
    if not isinstance(value, list):
        raise BadValue("must be a list", where=name)
    return value


def texts(item: Members, name: str) -> list[str]:
    found = []
    for value in values(item, name):
        if not isinstance(value, str) or not clean(value):
            raise BadValue("must be a list of texts", where=name)
        found.append(clean(value))
    return found


def flag(item: Members, name: str) -> bool:
    """true, or false where there is none."""
    value = item.get(name, False)
    if not isinstance(value, bool):
        raise BadValue("must be true or false", where=name)
    return value


def table(item: Members, name: str) -> Members:
    value = item.get(name, {})
    if not isinstance(value, dict):
        raise BadValue("must be an object", where=name)
    return value


def tables(item: Members, name: str) -> list[Members]:
    found: list[Members] = []
    for value in values(item, name):
        if not isinstance(value, dict):
            raise BadValue("must be a list of objects", where=name)
        found.append(value)
    return found


def word(words: type[_Word], item: Members, name: str) -> _Word:
    """One of a closed set of words."""
    value = text(item, name)
    try:
        return words(value)
    except ValueError:
        raise BadValue(f"unknown word {value!r}", where=name) from None


def identifier(text: str) -> Identifier:
    """The identifier that is written "scheme:value"; raises BadIdentifier too."""
    scheme, _, value = text.partition(":")
    if scheme not in SCHEMES:
        raise BadValue(f"{text!r} does not begin with a scheme such as doi: or arxiv:", where="id")
    return normal(SCHEMES[scheme].scheme, value)
