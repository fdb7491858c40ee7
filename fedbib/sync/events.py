"""What a run came upon, as values. `fedbib.report.events` makes sentences of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fedbib.match.linking import Judged
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.problem import Severity
from fedbib.model.work import Work


@dataclass(frozen=True, slots=True)
class Lost:
    """A source no longer says a field, which is kept."""

    severity: ClassVar[Severity] = Severity.NOTE
    key: str
    source: str
    field: str


@dataclass(frozen=True, slots=True)
class Stranger:
    """An answer about another paper, which is refused."""

    severity: ClassVar[Severity] = Severity.ERROR
    key: str
    claim: Claim
    known: Work


@dataclass(frozen=True, slots=True)
class Missing:
    """A source does not know an identifier that is its own to know."""

    key: str
    id: Identifier
    source: str
    optional: bool = False
    """Whether a run goes well without the source."""

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self.optional else Severity.ERROR


@dataclass(frozen=True, slots=True)
class Homeless:
    """Nor does the agency that doi.org says keeps it."""

    severity: ClassVar[Severity] = Severity.ERROR
    key: str
    id: Identifier
    agency: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A DOI of an agency that no source asks."""

    severity: ClassVar[Severity] = Severity.NOTE
    key: str
    id: Identifier
    agency: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A publication that was found and linked."""

    severity: ClassVar[Severity] = Severity.NOTE
    key: str
    judged: Judged


@dataclass(frozen=True, slots=True)
class Proposed:
    """A possible publication that waits for a person."""

    severity: ClassVar[Severity] = Severity.WARNING
    key: str
    judged: Judged


@dataclass(frozen=True, slots=True)
class Silent:
    """A source that did not answer, or not in full."""

    severity: ClassVar[Severity] = Severity.WARNING
    source: str
    reason: str
    count: int
    """How many questions are open."""
    partly: bool = False
    """Whether something came that is no whole answer."""


@dataclass(frozen=True, slots=True)
class Offline:
    """No source could be reached."""

    severity: ClassVar[Severity] = Severity.WARNING
    count: int


Answered = Lost | Stranger | Missing | Homeless | Foreign
"""What the answers about a record came to, beside its claims."""

Event = Answered | Linked | Proposed | Silent | Offline
