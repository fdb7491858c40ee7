"""Venues: where works appear."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Venue:
    """A series of proceedings, a journal or a preprint server."""

    id: str
    short: str
    """Label without the year: "EMNLP"."""
    kind: str
    """conference, findings, demo, workshop, journal or preprint."""
    title: str = ""
    """Full title with {year} and {nth}; empty when it does not follow a pattern."""
    first: int = 0
    """Year of the first one, for {nth}; yearly since."""
    publisher: str = ""
    acl: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()

    def full_title(self, year: int) -> str:
        """The title of the proceedings of one year, or "" when it cannot be told."""
        if self.first and year < self.first:
            return ""
        return self.title.format(year=year, nth=ordinal(year - self.first + 1))


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, ..., 11th, ..., 21st, ..."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
