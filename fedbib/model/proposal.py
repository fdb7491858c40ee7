"""A possible publication of a paper that a person has to judge."""

from __future__ import annotations

from dataclasses import dataclass

from fedbib.model.identifier import Identifier
from fedbib.model.work import Work


@dataclass(frozen=True, slots=True)
class Proposal:
    id: Identifier
    reason: str
    """Why it was not linked."""
    evidence: str = ""
    """How it was found, and how it fares at each gate."""
    says: Work = Work()
    """Title, authors, venue and date as the source gives them; takes no part in settling."""
