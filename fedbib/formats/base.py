"""What every format is: a pair of pure functions, and the law that holds between them.

parse(render(works, about)).works == tuple(carry(work) for work in arrange(works, about))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fedbib.model.about import About
from fedbib.model.reading import Reading
from fedbib.model.work import Work


class Reader(Protocol):
    """A module of `fedbib.formats` that reads."""

    def parse(self, text: str) -> Reading:
        """Read this format, ours or anybody's; never raises for what a text holds."""


class Format(Reader, Protocol):
    """One that writes as well."""

    @property
    def CARRIES(self) -> frozenset[str]:
        """The fields of `Work` the format can hold."""

    def render(self, works: Sequence[Work], about: About) -> str:
        """The text, ending in a newline; the same works give the same text. Opens nothing."""

    def arrange(self, works: Sequence[Work], about: About) -> Sequence[Work]:
        """The works in the order in which the text shows them."""

    def carry(self, work: Work) -> Work:
        """What the format keeps of a work."""
