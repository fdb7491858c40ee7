"""Verdicts on the entries of a bibliography, as values. `fedbib.report.audit` alone makes sentences of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fedbib.audit.held import Held
from fedbib.audit.volumes import Volume
from fedbib.model.work import Work


class Verdict(StrEnum):
    """What an audit says of an entry, the worst first."""

    CONTRADICTED = "contradicted"
    """Something that is held says that no such paper is as the entry has it."""
    DIFFERS = "differs"
    """The paper is held, and is described otherwise there."""
    UNDETERMINED = "undetermined"
    """Nothing that was asked knows it: no sign of a fault."""
    CONFIRMED = "confirmed"

    @property
    def rank(self) -> int:
        return list(Verdict).index(self)


class Kind(StrEnum):
    """What was seen. Baselines and reports hold these words: none may change its meaning."""

    # Contradictions.
    OTHER_PAPER = "other-paper"
    """An identifier of the entry is that of another paper."""
    NOT_IN_VOLUME = "not-in-volume"
    """The proceedings of that year are held whole and do not hold this title."""
    OTHER_WORK = "other-work"
    """Exactly these people have another paper in those proceedings, which do not hold this title."""
    NO_EDITION = "no-edition"
    """There are no proceedings of that year, and those of the years beside it do not hold this title."""
    FUTURE = "future"
    """The year has not come yet."""
    EARLY = "early"
    """The year is before the one in which the identifier was given."""
    OTHER_PEOPLE = "other-people"
    """The paper of that title is by other people."""

    # Differences.
    TITLE = "title"
    AUTHORS_MISSING = "authors-missing"
    AUTHORS_ADDED = "authors-added"
    AUTHORS = "authors"
    """Some are others."""
    AUTHOR_ORDER = "author-order"
    PLACEHOLDER = "placeholder"
    """An author's name is one that stands for others: "Firstname Lastname"."""
    VENUE = "venue"
    YEAR = "year"
    PAGES = "pages"
    IDENTIFIER = "identifier"
    NAMES_ANOTHER = "names-another"
    """The DOI is written like those of another conference or year."""
    UNKNOWN_IDENTIFIER = "unknown-identifier"
    """Who keeps identifiers of that kind answered, and does not know it."""
    PUBLISHED = "published"
    """A preprint is cited that has been published."""
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"


CONTRADICTIONS = frozenset(
    {
        *(Kind.OTHER_PAPER, Kind.OTHER_WORK, Kind.NOT_IN_VOLUME, Kind.NO_EDITION),
        *(Kind.FUTURE, Kind.EARLY, Kind.OTHER_PEOPLE),
    }
)


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was seen of an entry, and where."""

    kind: Kind
    is_sure: bool
    """Whether it is something to fix; else it is for a person to look at."""
    field: str
    """The field of `Work` that it is about."""
    ours: str = ""
    """What the entry says."""
    theirs: str = ""
    """What is held."""
    held: Held | None = None
    """The work that is held."""
    volume: Volume | None = None


@dataclass(frozen=True, slots=True)
class Audited:
    """An entry, the verdict on it, and what it rests on."""

    work: Work
    path: str
    line: int
    verdict: Verdict
    notes: tuple[Note, ...] = ()
    held: Held | None = None
    """The work that the entry describes, as it is held; None when none was found."""
    asked: tuple[str, ...] = ()
    """Where it was looked for."""
    silent: tuple[str, ...] = ()
    """Who was asked and did not answer."""
    text: str = ""
    """Of a reference in a document, the string itself."""

    @property
    def is_fault(self) -> bool:
        """Whether there is something to fix."""
        return any(note.is_sure for note in self.notes)
