"""A claim: the data that one source gives for a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fedbib.model.finding import Finding
from fedbib.model.identifier import Identifier
from fedbib.model.quick import quick
from fedbib.model.work import Work

IMPORT = "import"
"""The source of a claim that a person's file made: a list, a .bib."""


class Version(StrEnum):
    """The version of a paper that a claim is about. Versions are never mixed in one work."""

    PUBLISHED = "published"
    PREPRINT = "preprint"
    UNKNOWN = "unknown"
    """The source names neither a venue nor a preprint server; used for title and authors only."""


class Effect(StrEnum):
    """The effect of a notice on a paper."""

    CORRECTED = "corrected"
    ADDED_TO = "added-to"
    CONCERN = "concern"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Notice:
    """A publication that corrects, supplements, questions or retracts a paper."""

    effect: Effect
    id: Identifier


class State(StrEnum):
    """The state of a submission."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken-back"
    """Withdrawn after acceptance."""
    SUBMITTED = "submitted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Submission:
    """The submission of a paper to a venue."""

    state: State
    at: str
    """The venue as its service names it: "ICLR.cc/2025/Conference"."""


@quick
@dataclass(frozen=True, slots=True)
class Hints:
    """What an answer contains beside the fields, for searches, tests and people. It does not affect the work."""

    names: tuple[Identifier, ...] = ()
    """Identifiers that may be the same paper's, beside those in `says`."""
    notices: tuple[Notice, ...] = ()
    submission: Submission | None = None
    journal_ref: str = ""
    """Where it appeared, according to the authors."""
    venue: str = ""
    """Where it appeared, according to an index."""
    note: str = ""
    """A text for people."""
    accepted: str = ""
    """The venue that accepted the preprint, according to its authors."""
    abstract: str = ""
    """Only from a source with free metadata: arXiv's are CC0 (https://info.arxiv.org/help/license)."""


@quick
@dataclass(frozen=True, slots=True)
class Claim:
    """The data that one source gives for a paper, with the evidence that they are about this paper."""

    source: str
    """Name of the source whose body was read (a key of `fedbib.sources.SOURCES`), or `import`."""
    says: Work
    """The bibliographic fields and identifiers of the answer; no key, no facets."""
    id: Identifier | None = None
    """The identifier asked for; None for an import."""
    origin: str = ""
    """Where the answer is from if not from the source's own service: a file, or a public repository and path."""
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
