"""What a judge looks in: something that holds works, wherever they lie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from fedbib.audit.held import Held
from fedbib.audit.series import Series
from fedbib.audit.volumes import Volume
from fedbib.match.titles import Title
from fedbib.model.identifier import Identifier


class Shelf(Protocol):
    """Works that are found by identifier or title, and volumes of which is known whether they are whole."""

    @property
    def name(self) -> str: ...

    @property
    def names(self) -> Series: ...

    def by_ids(self, ids: Iterable[Identifier]) -> list[Held]:
        """The works that have one of the identifiers."""
        ...

    def by_title(self, title: Title) -> list[Held]:
        """The works of the very same title but for case, blanks and punctuation."""
        ...

    def by_head(self, title: Title) -> list[Held]:
        """The works that have the title, and a subtitle after it."""
        ...

    def by_team(self, mark: str) -> list[Held]:
        """The works of exactly the people of a mark (`fedbib.audit.held.team`)."""
        ...

    def like(self, title: Title) -> list[Held]:
        """The works that share most of the rarest words of a title, those that share most first."""
        ...

    def within(self, title: Title, series: str, year: int) -> list[Held]:
        """The works of a volume that share most words with a title, the likest first."""
        ...

    def volume(self, series: str, year: int) -> Volume | None:
        """What is held of a volume; None for nothing."""
        ...
