"""A finding: what a comparison came to, as values. `fedbib.report.findings` alone makes a sentence of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How well two things agree, from the best to the worst."""

    PASS = "pass"
    WEAK = "weak"
    """Good enough where more than a search speaks for it."""
    UNSURE = "unsure"
    """Not known, or for a person to judge; never good enough."""
    FAIL = "fail"

    @property
    def rank(self) -> int:
        return list(Grade).index(self)


class Code(StrEnum):
    """What was found. Claims files hold these words: they may become more, and none may change its meaning."""

    # How an identifier was found that may be a publication's.
    NAMED = "named"
    """A source names it beside the paper it was asked about."""
    HELD = "held"
    """An ACL Anthology id that a DOI holds, which a source names."""
    LISTED = "listed"
    """Only an imported file names it: such ids are often wrong."""
    SEARCHED = "searched"
    """A search by title found it: no id speaks for it."""

    TITLE_EQUAL = "title-equal"
    TITLE_EQUAL_LISTED = "title-equal-listed"
    """Equal to a title that only an imported file gives."""
    TITLE_ALIKE = "title-alike"
    TITLE_BUT_NUMBER = "title-but-number"
    TITLE_BUT_NAME = "title-but-name"
    """Alike, with another short name before the colon."""
    TITLE_BUT_KIND = "title-but-kind"
    """Alike, but one is marked as a poster or the like."""
    TITLE_SAME_NAME = "title-same-name"
    """Alike in little more than the short name."""
    TITLE_OTHER = "title-other"
    TITLE_OTHER_NUMBER = "title-other-number"
    TITLE_NOTICE = "title-notice"
    """One is an erratum, a supplement, a comment, ..."""
    TITLE_UNKNOWN = "title-unknown"

    AUTHORS = "authors"
    AUTHORS_UNKNOWN = "authors-unknown"

    YEAR = "year"
    YEAR_UNKNOWN = "year-unknown"
    YEAR_LISTED = "year-listed"
    """Beside the year that only an imported file gives."""

    ACCEPTED = "accepted"
    """Nothing speaks against it."""
    NOT_ACCEPTED = "not-accepted"
    """By a text of its registry: "Submitted to ICLR 2024"."""
    NOT_DECIDED = "not-decided"
    """By the state of its submission: rejected, withdrawn, not decided yet."""
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"

    VENUE = "venue"
    VENUE_UNKNOWN = "venue-unknown"
    PREPRINT = "preprint"
    NO_PAPER = "no-paper"
    WORKSHOP = "workshop"
    OTHER_VENUE = "other-venue"
    """An imported file says that the paper appeared elsewhere."""

    AT_REGISTRY = "at-registry"
    NOT_AT_REGISTRY = "not-at-registry"
    OTHER_ID = "other-id"
    """The registry's answer is about another identifier."""
    OTHER_PREPRINT = "other-preprint"
    """It is the publication of another preprint."""

    NOT_ALONE = "not-alone"
    """Other publications pass as well."""

    ANOTHER_PAPER = "another-paper"
    """An imported entry has this paper's identifier and another paper's title."""
    EARLIER = "earlier"
    """What an earlier version of the program noted in words."""


Fact = str | int | float
_PLACE: Mapping[str, type[Fact]] = {"venue": str}
_SCORE: Mapping[str, type[Fact]] = {"score": float}
_SOURCE: Mapping[str, type[Fact]] = {"source": str}
_TEXT: Mapping[str, type[Fact]] = {"text": str}

FACTS: Mapping[Code, Mapping[str, type[Fact]]] = {code: {} for code in Code} | {
    Code.NAMED: _SOURCE,
    Code.HELD: _SOURCE,
    Code.LISTED: {"origin": str},
    Code.SEARCHED: _SOURCE,
    Code.TITLE_ALIKE: _SCORE,
    Code.TITLE_BUT_NUMBER: _SCORE,
    Code.TITLE_BUT_NAME: _SCORE,
    Code.TITLE_BUT_KIND: {"score": float, "kind": str},
    Code.TITLE_SAME_NAME: _SCORE,
    Code.TITLE_OTHER: _SCORE,
    Code.AUTHORS: {"same": int, "of": int, "more": int, "respelt": int},
    Code.YEAR: {"year": int, "preprint": int},
    Code.YEAR_LISTED: {"year": int, "listed": int},
    Code.NOT_ACCEPTED: _TEXT,
    Code.NOT_DECIDED: {"state": str, "at": str},
    Code.VENUE: _PLACE,
    Code.PREPRINT: _PLACE,
    Code.NO_PAPER: {"type": str},
    Code.WORKSHOP: _PLACE,
    Code.OTHER_VENUE: _PLACE,
    Code.AT_REGISTRY: _SOURCE,
    Code.NOT_AT_REGISTRY: {"scheme": str},
    Code.OTHER_ID: {"id": str},
    Code.OTHER_PREPRINT: {"id": str},
    Code.NOT_ALONE: {"venues": str},
    Code.ANOTHER_PAPER: {"id": str, "key": str, "known": str, "title": str},
    Code.EARLIER: _TEXT,
}
"""The facts that belong to each code. Scores are 0 to 1 with two digits, identifiers are written "scheme:value"."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a gate or a search says of two things, without a sentence: `fedbib.report` makes those."""

    code: Code
    grade: Grade = Grade.PASS
    facts: tuple[tuple[str, Fact], ...] = ()
    """Those of `FACTS`, in that order."""

    @classmethod
    def of(cls, code: Code, grade: Grade = Grade.PASS, /, **facts: Fact) -> Finding:
        """A finding with its facts; KeyError when one of `FACTS` is missing."""
        return cls(code, grade, tuple((name, facts[name]) for name in FACTS[code]))
