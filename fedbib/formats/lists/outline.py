"""Lists in the wild: the headings above a row, and what they say of it: a topic, a venue, a year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from fedbib.formats.lists.links import terms_of
from fedbib.formats.lists.phrases import SaidVenue, evidence, title_in, venue_in
from fedbib.formats.lists.pieces import without_emoji
from fedbib.text.plain import clean
from fedbib.words.venues import Register

_COUNT = re.compile(r"\{#[\w-]+\}|\(\d+\)\s*$|\(\d+ papers?\)")
_NUMBER = re.compile(
    r"^(?:part |chapter |section )?(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.:)]\s+|^\d+(?:\.\d+)+\s+|^part \d+\s*[:.]?\s*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAPERS = re.compile(r"\b(?:papers?|publications?|accepted|year)\b|(?<=\d)\s?(?:年度?|년)$", re.IGNORECASE)


def heading_text(text: str) -> str:
    """The words of a heading without its number, its count and what else stands around them."""
    return _NUMBER.sub("", title_in(_COUNT.sub("", clean(without_emoji(text)))))


@dataclass(eq=False)
class Heading:
    """A heading with those above it; it learns of its siblings as they come, so ask it when all are there."""

    text: str
    level: int
    line: int
    register: Register
    above: Heading | None = None
    siblings: list[Heading] = field(default_factory=list)

    @classmethod
    def under(cls, last: Heading | None, level: int, text: str, line: int, register: Register) -> Heading:
        """A heading that follows `last`."""
        sibling = None
        above = last
        while above and above.level >= level:
            sibling = above if above.level == level else sibling
            above = above.above
        found = cls(text, level, line, register, above, sibling.siblings if sibling else [])
        found.siblings.append(found)
        return found

    @cached_property
    def said(self) -> SaidVenue | None:
        """The venue and date that the heading is, by the register; a word that is a venue's name needs siblings."""
        text = _bare(self)
        known = evidence(text, self.register)
        if known == "likely":
            dated = {evidence(_bare(one), self.register) for one in self.siblings if _YEAR.search(one.text)}
            if "venue" not in dated or not dated <= {"venue", "likely"}:
                return None
        elif known not in ("venue", "date"):
            return None
        venue = venue_in(text, self.register, strict=True)
        if venue and venue.label and not venue.issued and text.istitle():
            kin = sum(evidence(_bare(one), self.register) == "venue" for one in self.siblings)
            return venue if kin > 1 and kin * 2 >= len(self.siblings) else None
        return venue

    @cached_property
    def topic(self) -> str:
        words = set(re.findall(r"[a-z']+", self.text.casefold()))
        is_none = self.said or self.level == 1 or not words or words <= terms_of("headings") or len(self.text) > 80
        return "" if is_none else self.text

    @cached_property
    def is_event(self) -> bool:
        """Whether papers do not stand here: workshops, calls, venues."""
        heading: Heading | None = self
        while heading:
            words = set(re.findall(r"[a-z']+", heading.text.casefold()))
            if words & terms_of("events") and words <= terms_of("events") | terms_of("headings"):
                return True
            heading = heading.above
        return False


def _bare(heading: Heading) -> str:
    """The words of a heading without those for papers: "Accepted papers at ICML 2024"."""
    return clean(_PAPERS.sub("", heading.text))
