"""A paper that a source tells of unasked: what a person reads to judge it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fedbib.model.identifier import Identifier


@dataclass(frozen=True, slots=True)
class Listed:
    """A new paper in a listing, a feed or an index. An empty text means: not told."""

    id: Identifier
    title: str
    authors: tuple[str, ...] = ()
    """As written, unsplit."""
    abstract: str = ""
    """Kept on this machine only, never in a collection."""
    day: date | None = None
    """When it was announced, or first came out."""
    categories: tuple[str, ...] = ()
    """arXiv's, the primary one first."""
    comment: str = ""
    cites: frozenset[Identifier] = frozenset()
    """Identifiers of papers it cites, as far as an index was asked about them."""

    @property
    def text(self) -> str:
        """Title and abstract."""
        return f"{self.title}\n{self.abstract}" if self.abstract else self.title
