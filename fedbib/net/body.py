"""Reading a body, unpacked, within its limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import requests

from fedbib.net.failed import Failed

LIMIT = 32_000_000
"""Bytes a body may have, unpacked. The largest real ones, Anthology collections as XML, have 5 million."""

_PIECE = 65536
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})


def content(answer: requests.Response) -> bytes:
    """The body, unpacked here so that its size is known before it is there. Raises Failed."""
    coding = answer.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", *_PACKED):
        raise Failed("the answer is compressed in an unknown way")
    has_body = answer.status_code != 304
    unpack = _Unpacker() if coding in _PACKED and has_body else None
    pieces: list[bytes] = []
    received = size = 0
    while piece := answer.raw.read(_PIECE, decode_content=False):
        received += len(piece)
        for part in unpack.fed(piece) if unpack else (piece,):
            size += len(part)
            if size > LIMIT:
                raise Failed(f"the answer is larger than {LIMIT:,} bytes", again=False)
            pieces.append(part)
    if (has_body and received != _length(answer, received)) or (unpack and received and not unpack.ended):
        raise Failed("the answer is incomplete")
    return b"".join(pieces)


def media_type(answer: requests.Response) -> str:
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _length(answer: requests.Response, received: int) -> int:
    """How many bytes the header says there are; as many as came when it says nothing."""
    length = answer.headers.get("content-length", "").strip()
    return int(length.lstrip("0")[:18] or 0) if length.isascii() and length.isdigit() else received


class _Unpacker:
    """Unpacks gzip and zlib in small parts. Raises Failed for what is neither."""

    def __init__(self) -> None:
        self._unpack = zlib.decompressobj(wbits=47)  # 32 + 15: either header

    @property
    def ended(self) -> bool:
        return self._unpack.eof

    def fed(self, piece: bytes) -> Iterator[bytes]:
        while piece and not self._unpack.eof:
            try:
                part = self._unpack.decompress(piece, _PIECE)
            except zlib.error as error:
                raise Failed("the answer is not compressed as declared") from error
            piece = self._unpack.unconsumed_tail
            yield part
        # What follows the end is padding, or another gzip member.
        rest = self._unpack.unused_data or piece
        if self._unpack.eof and rest.startswith(b"\x1f\x8b"):
            self._unpack = zlib.decompressobj(wbits=47)
            yield from self.fed(rest)
