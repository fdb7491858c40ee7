"""What stands around and between the works of a file: put together from one piece per work, it is the file of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from fedbib.formats import FORMATS, full_json
from fedbib.model.about import About
from fedbib.model.work import Work


@dataclass(frozen=True, slots=True)
class Frame:
    head: str = ""
    joint: str = ""
    tail: str = ""

    def file(self, pieces: Iterable[bytes | memoryview]) -> bytes:
        """The file of some pieces, of which there is one at least."""
        return joined(self.head.encode(), self.joint.encode(), pieces, self.tail.encode())

    def around(self, piece: str) -> str:
        """The file of one piece."""
        return self.head + piece + self.tail

    def piece(self, file: str) -> str:
        """The piece in the file of one work."""
        return file[len(self.head) : -len(self.tail) or None]


FRAMES: Mapping[str, Frame] = {
    "biblatex": Frame(joint="\n"),
    "bibtex": Frame(joint="\n"),
    "csl-json": Frame("[\n", ",\n", "\n]\n"),
    "ris": Frame(),
}
"""Those that are the same for every collection."""


def frame(name: str, about: About) -> Frame:
    """The frame of a format's file."""
    return Frame(*full_json.frame(about)) if name == "full-json" else FRAMES[name]


def piece(name: str, work: Work, about: About) -> str:
    """The piece of a work."""
    return frame(name, about).piece(FORMATS[name].render([work], about))


def file(name: str, pieces: Iterable[bytes | memoryview], about: About) -> bytes:
    """The file that `render` makes of the works of some pieces."""
    some = tuple(pieces)
    return frame(name, about).file(some) if some else FORMATS[name].render((), about).encode()


def joined(head: bytes, joint: bytes, pieces: Iterable[bytes | memoryview], tail: bytes) -> bytes:
    """Pieces with something before, between and behind them; each byte is copied once, as there are millions."""
    between = chain.from_iterable((joint, piece) for piece in pieces)
    next(between, None)
    return b"".join(chain((head,), between, (tail,)))
