"""What every format is: a pair of pure functions, and the law that holds between them.

parse(render(works, about)).works == tuple(carry(work) for work in arrange(works, about))
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from fedbib.model.about import About
from fedbib.model.reading import Reading
from fedbib.model.work import Work

if TYPE_CHECKING:
    from fedbib.formats.lists.lexicon import Lexicon

T = TypeVar("T")

RECENT = 16
"""So many results a function remembers that is asked the same while a work is written, read back and compared."""

URL, DOI, EPRINT, SECOND_URL = "url", "doi", "eprint", "url-with-doi"


@dataclass(frozen=True, slots=True)
class Shape:
    """How the same works are written for one document."""

    without: frozenset[str] = frozenset()
    """Of `URL`, `DOI`, `EPRINT` (the arXiv id beside a title) and `SECOND_URL` (the address of what has a DOI)."""
    macros: bool = False
    """In a .bib: what many entries say stands once, as @string."""

    def kept(self, values: Mapping[str, T], carriers: Mapping[str, Sequence[str]]) -> dict[str, T]:
        """The values of an entry but for those that are left out; `carriers` are a format's names of each."""
        if not self.without:
            return dict(values)
        gone = {name for word in self.without if word in carriers for name in carriers[word]}
        if SECOND_URL in self.without and any(values.get(name) and name not in gone for name in carriers[DOI]):
            gone |= set(carriers[URL])
        return {name: value for name, value in values.items() if name not in gone}


class Reader(Protocol):
    """A module of `fedbib.formats` that reads."""

    def parse(self, text: str) -> Reading:
        """Read this format, ours or anybody's; never raises for what a text holds."""


class ListReader(Protocol):
    """One that reads lists."""

    def parse(self, text: str, lexicon: Lexicon | None = ...) -> Reading:
        """As `Reader.parse`, with a collection's words; without them with those that come with fedbib."""


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


class Entered(Protocol):
    """A module whose `parse` and `carry` make works of entries by one pure function, so that equal entries are equal
    works.
    """

    def entry(self, work: Work) -> Hashable:
        """What `carry` makes the work of."""

    def entries(self, text: str) -> Sequence[Hashable]:
        """What `parse` makes the works of, which have a key each."""


class Shaping(Protocol):
    """A module that writes the works in other shapes too; in the plain one as `Format.render`."""

    def shaped(self, works: Sequence[Work], about: About, shape: Shape) -> str:
        """The text, ending in a newline. Opens nothing."""
