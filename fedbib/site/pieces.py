"""A format cut into one piece per work, from which the page puts together the file of any selection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fedbib.errors import RoundTripLost
from fedbib.formats import FORMATS
from fedbib.model.about import About
from fedbib.model.work import Work


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around and between the pieces of a file."""

    head: str = ""
    joint: str = ""
    tail: str = ""

    def text(self, pieces: Iterable[str]) -> str:
        return self.head + self.joint.join(pieces) + self.tail


FRAMES: Mapping[str, Frame] = {
    "bibtex": Frame(joint="\n"),
    "csl-json": Frame("[\n", ",\n", "\n]\n"),
    "ris": Frame(),
}
"""The formats in which a selection can be taken from the page."""

ENDINGS: Mapping[str, str] = {"bibtex": ".bib", "csl-json": ".json", "ris": ".ris"}
"""Of the files of a selection."""


def pieces(name: str, works: Sequence[Work], about: About, whole: str) -> tuple[str, ...]:
    """The piece of each work; `whole` is the file of all.

    Raises RoundTripLost when the pieces do not give `whole`: a selection would not be what `export` writes.
    """
    form, frame = FORMATS[name], FRAMES[name]
    cut = slice(len(frame.head), -len(frame.tail) or None)
    found = tuple(form.render([work], about)[cut] for work in works)
    if works and frame.text(found) != whole:
        raise RoundTripLost(
            f"{name} cannot be put together from one piece per work", hint="nothing was written; please report this"
        )
    return found
