"""Listings that somebody saved: a feed, a harvest, a day's records as lines of JSON; each may be packed with gzip."""

from __future__ import annotations

import zlib
from pathlib import Path

from fedbib.disk import files
from fedbib.errors import BadFile
from fedbib.model.listed import Listed
from fedbib.sources import SOURCES, answers

_LIMIT = 500_000_000
"""Bytes of a file, also unpacked."""
_GZIP = b"\x1f\x8b"


def read(path: Path) -> tuple[str, tuple[Listed, ...]]:
    """The source whose listing a file holds, and its papers; raises BadFile."""
    content = files.read(path.resolve(), limit=_LIMIT)
    if content[:2] == _GZIP:
        content = _unpacked(content, path)
    reasons = []
    for name, source in SOURCES.items():
        if source.news and source.news.listed:
            try:
                return name, tuple(source.news.listed(content))
            except answers.Wrong as error:
                reasons.append(f"{source.title}: {error}")
    raise BadFile(
        f"is not a listing ({'; '.join(reasons)})",
        where=str(path),
        hint="give an Atom feed or an OAI-PMH answer of arXiv, or lines of JSON with id, title and abstract",
    )


def _unpacked(content: bytes, path: Path) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(content, _LIMIT + 1)
    except zlib.error as error:
        raise BadFile("is damaged: it cannot be unpacked", where=str(path)) from error
    if len(found) > _LIMIT:
        raise BadFile(f"is larger than {_LIMIT:,} bytes when it is unpacked", where=str(path))
    if not unpacker.eof:
        raise BadFile("is incomplete", where=str(path), hint="save it again")
    return found
