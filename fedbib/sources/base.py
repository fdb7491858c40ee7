"""What every source is: two pure functions, one that says what to ask and one that reads the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.net.messages import Body, Request


@dataclass(frozen=True, slots=True)
class NotFound:
    """The source answered and does not know the identifier."""

    id: Identifier


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The source answered with something that is no answer: nothing may be concluded from it."""

    id: Identifier
    reason: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The identifier is kept by another source (an agency of doi.org)."""

    id: Identifier
    agency: str
    """As doi.org names it: "Crossref", "DataCite", "JaLC"."""


Answer = Claim | NotFound | Unreadable | Elsewhere


class Source(Protocol):
    """A module of `fedbib.sources`."""

    @property
    def NAME(self) -> str:
        """As written in claims and settings."""

    @property
    def TITLE(self) -> str:
        """As shown to people: "ACL Anthology"."""

    @property
    def SCHEMES(self) -> frozenset[Scheme]:
        """The identifiers it may be asked about."""

    @property
    def BASES(self) -> Mapping[str, str]:
        """Base URLs by name (`api`, ...), without a final slash; a setting can replace each."""

    def requests(self, ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
        """What to ask: every id in at least one request, in batches where the source takes them."""

    def parse(self, body: Body, request: Request) -> Mapping[Identifier, Answer]:
        """Exactly one answer per id of the request, matched by identifier, never by position. Never raises."""
