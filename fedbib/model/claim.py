"""A claim: what one source says of a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fedbib.model.identifier import Identifier
from fedbib.model.work import ItemType, Status, Work

IMPORT = "import"
"""The source of a claim that a person's file made: a list, a .bib."""


LINKED = "linked: "
"""How the evidence of a claim begins that `sync` linked: its id is not in the people's file."""

DOUBTED = "doubted: "
"""How the evidence of a claim begins that is kept, but may be about another paper."""


class Version(StrEnum):
    """Which version of a paper a claim speaks of. Versions are never mixed in one work."""

    PUBLISHED = "published"
    PREPRINT = "preprint"
    UNKNOWN = "unknown"
    """The source names neither a venue nor a preprint server; used for title and authors only."""


@dataclass(frozen=True, slots=True)
class Claim:
    source: str
    """Name of the source whose body was read (a key of `fedbib.sources.SOURCES`), or `import`."""
    says: Work
    """The bibliographic fields and identifiers the body states; no key, no facets."""
    id: Identifier | None = None
    """The identifier that was asked; None for an import."""
    origin: str = ""
    """Where the body came from when it was not the source's own service: a file, a public repository and path."""
    evidence: str = ""
    """Where in the origin, or why the claim belongs to this record."""
    since: date | None = None
    """The day on which a paper that was known as a preprint was found published; only on the claim that told."""

    @property
    def version(self) -> Version:
        if self.says.is_preprint or self.says.status is Status.PREPRINT:
            return Version.PREPRINT
        named = self.says.container_title or self.says.container_title_short
        typed = self.says.type is not ItemType.DOCUMENT or self.says.status is not Status.UNRESOLVED
        return Version.PUBLISHED if named or typed else Version.UNKNOWN

    @property
    def slot(self) -> tuple[str, str, str]:
        """What a newer claim must share to replace this one: the source, the id asked, the origin of an import."""
        doubt = f" {self.evidence}" if self.is_doubted else ""
        return self.source, str(self.id or ""), self.origin + doubt if self.id is None else ""

    @property
    def is_doubted(self) -> bool:
        """Whether it is shown to people and takes no part in settling."""
        return self.evidence.startswith(DOUBTED)

    @property
    def is_linked(self) -> bool:
        """Whether `sync` linked the claim's id to the record."""
        return self.id is not None and self.evidence.startswith(LINKED)
