"""What stands around and between the works of a file: put together from one piece per work, it is the file of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fedbib.formats import FORMATS, full_json
from fedbib.model.about import About
from fedbib.model.work import Work


@dataclass(frozen=True, slots=True)
class Frame:
    head: str = ""
    joint: str = ""
    tail: str = ""

    def file(self, pieces: Iterable[bytes]) -> bytes:
        """The file of some pieces, of which there is one at least."""
        return self.head.encode() + self.joint.encode().join(pieces) + self.tail.encode()

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


def file(name: str, pieces: Iterable[bytes], about: About) -> bytes:
    """The file that `render` makes of the works of some pieces."""
    some = tuple(pieces)
    return frame(name, about).file(some) if some else FORMATS[name].render((), about).encode()
