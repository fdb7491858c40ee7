"""Are two identifiers one publication?"""

from __future__ import annotations

from collections.abc import Iterable

from fedbib.ids.schemes.acl import DOI_START, from_doi
from fedbib.model.identifier import Identifier, Scheme


def anthology(id: Identifier) -> Identifier | None:
    """The Anthology's id that a DOI of the ACL holds."""
    return from_doi(id.value) if id.scheme is Scheme.DOI else None


def same(ids: Iterable[Identifier]) -> frozenset[Identifier]:
    """The ids with the Anthology's that their DOIs hold, and the DOIs of Anthology ids."""
    found = set()
    for id in ids:
        found.add(id)
        if acl := anthology(id):
            found.add(acl)
        if id.scheme is Scheme.ACL:
            found.add(Identifier(Scheme.DOI, f"{DOI_START}v1/{id.value.lower()}"))
    return frozenset(found)


def same_publication(one: Identifier, other: Identifier) -> bool:
    """Whether two ids are one, or the DOI and the Anthology id of one paper."""
    return one in same([other])
