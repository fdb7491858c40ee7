"""A possible publication of a paper that a person has to judge."""

from __future__ import annotations

from dataclasses import dataclass

from fedbib.model.finding import Finding
from fedbib.model.identifier import Identifier
from fedbib.model.work import Work


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible publication of a paper, and why it was not linked."""

    id: Identifier
    findings: tuple[Finding, ...]
    """How it was found, then what each gate said; those that are not passed are why it was not linked."""
    says: Work = Work()
    """Title, authors, venue and date as the source gives them; takes no part in settling."""
