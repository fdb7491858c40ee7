"""What records are settled and matched by: the register of venues, and what is known of the sources by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.capitals import Capitals
from fedbib.words.venues import Register

REGISTER = "venue register"
"""Who speaks where a field of a work comes from the register, among the sources."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Made once for a collection (`fedbib.sources.rules`) and handed in; nothing below reads another table of these."""

    register: Register
    capitals: Capitals
    """The words of titles that keep their capitals."""
    ranks: Mapping[str, Mapping[str, int]]
    """Per field of a work the place of each source and of the register of venues, the most trusted lowest; a source
    without a place comes last.
    """
    owners: Mapping[Scheme, tuple[tuple[str, str], ...]]
    """Per scheme the sources that keep its identifiers, each with how the values begin that it keeps."""
    indexes: frozenset[str]
    """Sources that point to registries and are none: what they say of a paper proves nothing."""

    def owning(self, id: Identifier) -> frozenset[str]:
        """The sources whose word on an identifier is its registry's."""
        return frozenset(name for name, start in self.owners.get(id.scheme, ()) if id.value.startswith(start))
