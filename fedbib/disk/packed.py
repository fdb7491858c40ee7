"""Files of any size, packed with gzip or not, piece by piece."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from fedbib.disk import files
from fedbib.errors import BadFile

_GZIP = b"\x1f\x8b"
_PIECE = 1 << 20
_LARGEST = 500_000_000_000
"""Bytes of a file, unpacked; DBLP's dump has 5,000 million, Crossref's all in all 1,000,000 million."""


def unpacked(path: Path) -> Iterator[bytes]:
    """The file in pieces, unpacked where it is gzip. Raises BadFile for one that is damaged or without end."""
    unpack = None
    size = 0
    for number, piece in enumerate(files.pieces(path)):
        if not number and piece.startswith(_GZIP):
            unpack = zlib.decompressobj(wbits=31)
        for part in _parts(unpack, piece, path) if unpack else (piece,):
            size += len(part)
            if size > _LARGEST:
                raise BadFile(f"is larger than {_LARGEST:,} bytes when unpacked", where=str(path))
            yield part
    if unpack and not unpack.eof:
        raise BadFile("ends too early", where=str(path), hint="download it again")


def _parts(unpack: zlib._Decompress, piece: bytes, path: Path) -> Iterator[bytes]:
    while piece and not unpack.eof:
        try:
            part = unpack.decompress(piece, _PIECE)
        except zlib.error as error:
            raise BadFile("is not a valid compressed file", where=str(path), hint="download it again") from error
        piece = unpack.unconsumed_tail
        if part:
            yield part
