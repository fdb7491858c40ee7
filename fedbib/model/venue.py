"""Venues: where works appear."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("conference", "findings", "demo", "workshop", "journal", "preprint")
"""What a venue can be."""


@dataclass(frozen=True, slots=True)
class Venue:
    """A series of proceedings, a journal or a preprint server."""

    id: str
    short: str
    """Label without the year: "EMNLP"."""
    kind: str
    """One of `KINDS`."""
    title: str = ""
    """Full title with {year}, {nth} ("41st") and {word} ("Forty-First"); empty when it does not follow a pattern."""
    titles: tuple[tuple[int, str], ...] = ()
    """Full titles of single years that do not follow it."""
    first: int = 0
    """Year of the first one, for {nth} and {word}; yearly since."""
    since: int = 0
    """The year from which the pattern holds; 0: always."""
    publisher: str = ""
    series: str = ""
    """Of proceedings: the series they appear in."""
    abbreviated: str = ""
    """Of a journal: its name as indexes shorten it."""
    acl: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()

    def full_title(self, year: int) -> str:
        """The title of the proceedings of one year, or "" when it cannot be told."""
        for known, title in self.titles:
            if known == year:
                return title
        if year < max(self.first, self.since) or "{" not in self.title:
            return self.title if year >= max(self.first, self.since) else ""
        number = year - self.first + 1
        return self.title.format(year=year, nth=ordinal(number), word=ordinal_word(number))


_ONES = (
    *("", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh"),
    *("Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth"),
)
_TENS = ("", "", "Twent", "Thirt", "Fort", "Fift", "Sixt", "Sevent", "Eight", "Ninet")


def ordinal_word(number: int) -> str:
    """First, Second, ..., Twentieth, Twenty-First, ...; from the hundredth on as figures."""
    tens, ones = divmod(number, 10)
    if number < len(_ONES):
        return _ONES[number]
    if number >= 100:
        return ordinal(number)
    return f"{_TENS[tens]}y-{_ONES[ones]}" if ones else f"{_TENS[tens]}ieth"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, ..., 11th, ..., 21st, ..."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
