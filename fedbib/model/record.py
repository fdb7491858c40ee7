"""A record: what people and sources say of one paper, before it is settled."""

from __future__ import annotations

from dataclasses import dataclass

from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.work import Link, Work


@dataclass(frozen=True, slots=True)
class Record:
    """`entries/<key>.toml` (people's) and `entries/claims/<key>.json` (the program's) together."""

    key: str
    ids: tuple[Identifier, ...] = ()
    topics: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""
    """For the people who keep the collection; in no output."""
    pin: Work = Work()
    """Values that win over every source; only the fields that are set count."""
    claims: tuple[Claim, ...] = ()
