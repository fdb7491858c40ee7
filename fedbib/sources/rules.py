"""The rules of settling and matching, made of what the sources say of themselves."""

from __future__ import annotations

from fedbib.model.claim import IMPORT
from fedbib.model.identifier import Scheme
from fedbib.model.work import FIELDS
from fedbib.sources import SOURCES
from fedbib.sources.base import Role
from fedbib.text.capitals import Capitals
from fedbib.words.rules import REGISTER, Rules
from fedbib.words.venues import Register

_REGISTER = {field: {REGISTER: 77} for field in ("container_title", "collection_title", "publisher")}
"""The place of the register of venues, by field: after who publishes, before who lists."""


def rules(register: Register, capitals: Capitals | None = None) -> Rules:
    """The rules by which records are settled and matched with a register of venues, and words with capitals."""
    owners: dict[Scheme, tuple[tuple[str, str], ...]] = {}
    for source in SOURCES.values():
        for scheme, start in source.keeps.items():
            owners[scheme] = (*owners.get(scheme, ()), (source.name, start))
    heard = [source for source in SOURCES.values() if source.role is not Role.RESOLVER]
    last = max(rank for source in heard for rank in (source.rank, *source.ranks.values())) + 1
    return Rules(
        register,
        capitals or Capitals.of(()),
        {
            field: {source.name: source.rank_for(field) for source in heard} | _REGISTER.get(field, {}) | {IMPORT: last}
            for field in FIELDS
        },
        owners,
        frozenset(source.name for source in heard if source.role is Role.INDEX),
    )
