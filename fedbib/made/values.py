"""Values as bytes and back, for results that are kept: quick, without loss, and nothing in them can act.

What comes back was written by this very program (`fedbib.disk.kept`), so nothing is checked again.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from fedbib.model.date import PartialDate
from fedbib.model.identifier import KNOWN, Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Problem, Severity
from fedbib.model.work import DATE_FIELDS, FIELDS, NAME_FIELDS, ItemType, Link, Status, Work

Plain = Any
"""What JSON has: a text, a number, a list, an object."""

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decoded = json.JSONDecoder().raw_decode


def encoded(data: Plain) -> bytes:
    return _encoded(data).encode("utf-8", "surrogatepass")


def decoded(content: bytes) -> Plain:
    return _decoded(content.decode("utf-8", "surrogatepass"))[0]


def all_decoded(column: Iterable[bytes]) -> list[Plain]:
    """What each of several has that is not empty."""
    found: list[Plain] = decoded(b"[%b]" % b",".join(filter(None, column)))
    return found


def of_work(work: Work) -> Plain:
    """The fields that are set, by name."""
    return {name: _plain(value) for name, unknown in FIELDS.items() if (value := getattr(work, name)) != unknown}


def _plain(value: object) -> Plain:
    match value:
        case str():
            return str(value)
        case PartialDate():
            return value.parts
        case Pages():
            return [value.first, value.last]
        case Name():
            return [value.family, value.given, value.suffix, value.literal, value.unsplit]
        case Identifier():
            return [str(value.scheme), value.value]
        case Link():
            return [value.label, value.url]
        case tuple():
            return list(map(_plain, value))
        case _:
            raise TypeError(f"no field of a work is a {type(value).__name__}")


def to_work(data: dict[str, Plain]) -> Work:
    """The work whose fields `of_work` gave, which are not those afterwards."""
    for name in data.keys() & _READERS.keys():
        data[name] = _READERS[name](data[name])
    return Work(**data)


def _names(data: Sequence[Sequence[str]]) -> tuple[Name, ...]:
    return tuple([_name(*parts) for parts in data])


def scheme(name: str) -> Scheme:
    """The scheme of a name."""
    known = _KNOWN.get(name)
    if known is None:
        from fedbib.ids.schemes import SCHEMES

        known = SCHEMES[name].scheme
    return known


_KNOWN: Mapping[str, Scheme] = {str(known): known for known in KNOWN}
_name, _date = lru_cache(maxsize=1 << 16)(Name), lru_cache(maxsize=1 << 12)(PartialDate)
"""The same people and dates stand in many works."""
_READERS: Mapping[str, Callable[[Plain], Any]] = {
    "type": {str(item): item for item in ItemType}.__getitem__,
    "status": {str(status): status for status in Status}.__getitem__,
    **dict.fromkeys(NAME_FIELDS, _names),
    **dict.fromkeys(DATE_FIELDS, lambda parts: _date(*parts)),
    "page": lambda parts: Pages(*parts),
    "other_ids": lambda ids: tuple(Identifier(scheme(name), value) for name, value in ids),
    "links": lambda links: tuple([Link(label, url) for label, url in links]),
    **dict.fromkeys(("topics", "datasets", "models", "aliases"), tuple),
}


def of_problem(problem: Problem) -> Plain:
    return [str(getattr(problem, name)) if name == "severity" else getattr(problem, name) for name in Problem.__slots__]


def to_problem(data: Sequence[Plain]) -> Problem:
    """The problem that `of_problem` gave."""
    code, severity, *rest = data
    return Problem(code, Severity(severity), *rest)


def packed(texts: Sequence[bytes], joint: bytes = b"") -> bytes:
    """Several in one; `unpacked` gives them back, and `joined` those that are not empty with the joint between them."""
    return b"".join((struct.pack(f"<{len(texts) + 1}I", len(texts), *map(len, texts)), joint.join(filter(None, texts))))


def unpacked(content: bytes, joint: bytes = b"") -> list[bytes]:
    """What `packed` was given with the same joint."""
    (count,) = struct.unpack_from("<I", content)
    texts, at = [], 4 * (count + 1)
    between = len(joint)
    for size in struct.unpack_from(f"<{count}I", content, 4):
        texts.append(content[at : at + size])
        at += size and size + between
    return texts


def joined(content: bytes) -> memoryview:
    """The texts of `packed`, joined."""
    (count,) = struct.unpack_from("<I", content)
    return memoryview(content)[4 * (count + 1) :]
