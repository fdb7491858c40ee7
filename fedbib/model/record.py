"""A record: the data on one paper from people and sources, from which a work is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.proposal import Proposal
from fedbib.model.quick import quick
from fedbib.model.work import Link, Work

UNCONFIRMED = "unconfirmed"
"""What a record waits for that has no identifier and that only one file tells of: somebody else's word."""


@quick
@dataclass(frozen=True, slots=True)
class Record:
    """The two files of a record: `entries/<key>.toml`, written by people, and `entries/claims/<key>.json`."""

    key: str
    ids: tuple[Identifier, ...] = ()
    topics: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    comment: str = ""
    """A comment for readers, in the list and on the page."""
    tldr: str = ""
    """A summary in one sentence, shown like the comment."""
    links: tuple[Link, ...] = ()
    aliases: tuple[str, ...] = ()
    rejected: tuple[Identifier, ...] = ()
    """Identifiers of other papers, which a person has rejected for this one."""
    waiting: str = ""
    """Why the record waits for review and is in no output; empty if it does not wait."""
    note: str = ""
    """A note for the maintainers of the collection; in no output."""
    added: date | None = None
    """The day on which the paper was added to the collection."""
    pin: Work = Work()
    """Values that take precedence over every source; only fields that are set count."""
    claims: tuple[Claim, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    """Possible publications that need a person's decision; they do not affect the work."""

    @property
    def longer(self) -> tuple[Identifier, ...]:
        """The DOIs that the short ones among its identifiers stand for, as far as a resolver has told."""
        short = {id for id in self.ids if id.is_short}
        said = (id for claim in self.claims if claim.id in short for id in claim.says.ids) if short else ()
        return tuple(dict.fromkeys(id for id in said if id.scheme is Scheme.DOI and not id.is_short))

    @property
    def is_waiting(self) -> bool:
        """Whether it stands in no output yet; what waited for somebody else's word waits no more once that is there."""
        return bool(self.waiting) and not (self.waiting == UNCONFIRMED and self.is_confirmed)

    @property
    def is_confirmed(self) -> bool:
        """Whether more than one entry's own word tells of the paper: an identifier, a source, a person, two origins."""
        claims = [claim for claim in self.claims if not claim.is_doubted]
        if self.ids or any(not claim.alone or claim.says.ids for claim in claims):
            return True
        return len({claim.origin for claim in claims}) > 1
