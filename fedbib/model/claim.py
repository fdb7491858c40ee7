"""A claim: what one source says of a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fedbib.model.finding import Finding
from fedbib.model.identifier import Identifier
from fedbib.model.work import Work

IMPORT = "import"
"""The source of a claim that a person's file made: a list, a .bib."""


class Version(StrEnum):
    """Which version of a paper a claim speaks of. Versions are never mixed in one work."""

    PUBLISHED = "published"
    PREPRINT = "preprint"
    UNKNOWN = "unknown"
    """The source names neither a venue nor a preprint server; used for title and authors only."""


class Effect(StrEnum):
    """What a notice does to a paper."""

    CORRECTED = "corrected"
    ADDED_TO = "added-to"
    CONCERN = "concern"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Notice:
    """A publication that corrects a paper, adds to it, doubts it or takes it back."""

    effect: Effect
    id: Identifier


class State(StrEnum):
    """How far a submission came."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken-back"
    """Withdrawn after acceptance."""
    SUBMITTED = "submitted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Submission:
    """A paper before the reviewers of a venue."""

    state: State
    at: str
    """The venue in its service's own words: "ICLR.cc/2025/Conference"."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What a body says beside the fields: for a search, a gate or a person. Nothing is settled from it."""

    names: tuple[Identifier, ...] = ()
    """Identifiers that may be the same paper's, beside those in `says`."""
    notices: tuple[Notice, ...] = ()
    submission: Submission | None = None
    journal_ref: str = ""
    """Where it appeared, in the authors' own words."""
    venue: str = ""
    """Where an index says that it appeared."""
    note: str = ""
    """Words for people."""
    accepted: str = ""
    """The venue that the authors of a preprint say has accepted it, in their own words."""
    abstract: str = ""
    """Of a source whose metadata anybody may pass on: arXiv's are CC0 (https://info.arxiv.org/help/license)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of a paper, and why it is taken for this one."""

    source: str
    """Name of the source whose body was read (a key of `fedbib.sources.SOURCES`), or `import`."""
    says: Work
    """The bibliographic fields and identifiers the body states; no key, no facets."""
    id: Identifier | None = None
    """The identifier that was asked; None for an import."""
    origin: str = ""
    """Where the body came from when it was not the source's own service: a file, a public repository and path."""
    place: str = ""
    """Where in the origin: a line or the key of an entry."""
    link: tuple[Finding, ...] = ()
    """Why `sync` took the id for the paper's: how it was found, then what each gate said. Empty when people gave it."""
    doubt: Finding | None = None
    """Why the claim may be about another paper."""
    hints: Hints = Hints()
    keys: tuple[str, ...] = ()
    """Citation keys under which people's documents may cite the paper, beside the record's own key and aliases."""
    alone: bool = False
    """Whether nobody but the entry itself vouches for it: of an import of a file that is not a person's word."""
    since: date | None = None
    """The day on which a paper that was known as a preprint was found published; only on the claim that told."""

    @property
    def slot(self) -> tuple[str, ...]:
        """What a newer claim must share to replace this one: the source and the id asked; of an import where it stands
        and, when it is doubted, its title.
        """
        if self.id is not None:
            return self.source, str(self.id)
        return self.source, "", self.origin, self.place, self.says.title if self.doubt else ""

    @property
    def is_doubted(self) -> bool:
        """Whether it is shown to people and takes no part in settling."""
        return self.doubt is not None

    @property
    def is_linked(self) -> bool:
        """Whether `sync` linked the claim's id to the record."""
        return self.id is not None and bool(self.link)
