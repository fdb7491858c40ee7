"""Neighbouring records, whose results are kept together: an edit leaves most batches as they were."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from itertools import islice
from zlib import crc32

from fedbib.made import values
from fedbib.made.each import Each
from fedbib.records.folder import Halves

_SIZE = 64
"""So many records are in a batch, more or less."""


def of_all(each: Each, kind: str, halves: Sequence[Halves]) -> list[bytes]:
    """What is made of each record, as `Each.of` gives it, kept batch by batch."""
    batches = named(each.names(kind, halves), halves)
    found = list(each.find_all([part(name, kind) for name, _ in batches]))
    missing = [one for content, (_, some) in zip(found, batches, strict=True) if content is None for one in some]
    made = iter(each.of((kind,), missing)[0])
    contents: list[bytes] = []
    for content, (name, some) in zip(found, batches, strict=True):
        together = list(islice(made, len(some))) if content is None else values.unpacked(content)
        if content is None:
            each.keep(part(name, kind), values.packed(together))
        contents += together
    return contents


def named(names: Sequence[bytes], halves: Sequence[Halves]) -> list[tuple[bytes, Sequence[Halves]]]:
    """The batches of records, each with a hash of the names under which what is made of its records is kept.

    Keys alone decide where they begin and end, so that a record more or less changes one of them.
    """
    batches: list[tuple[bytes, Sequence[Halves]]] = []
    start = 0
    for end, one in enumerate(halves, 1):
        if end == len(halves) or not crc32(one.key.encode()) % _SIZE:
            batches.append((blake2b(b"".join(names[start:end]), digest_size=16).digest(), halves[start:end]))
            start = end
    return batches


def part(batch: bytes, kind: str) -> bytes:
    """Under which name a part of a batch is kept."""
    return b"%b %b" % (kind.encode(), batch)
