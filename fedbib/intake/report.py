"""What became of a file's entries, as values: a row for each, and the figures over all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fedbib.intake.account import Entry, Fate
from fedbib.intake.drafts import Decision, Outcome
from fedbib.model.record import UNCONFIRMED
from fedbib.text.markup import plain

REFUSED, SKIPPED = "refused", "skipped"
FATES = (*Outcome, REFUSED, SKIPPED)
"""What can become of an entry, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one entry, or line, of a file."""

    what: str
    """One of `FATES`."""
    file: str
    line: int
    key: str = ""
    """Of the record."""
    was: str = ""
    """The entry's own key, where it has another one."""
    title: str = ""
    reason: str = ""
    waits: bool = False
    """Whether the new record stands in no output until somebody confirms it."""
    left: tuple[Entry, ...] = ()
    """The values that no record has, and the private ones."""
    says: frozenset[str] = frozenset()
    """Which of authors, year, venue and id the entry has."""

    def as_data(self) -> dict[str, object]:
        """For JSON: `left_out` and `private` name the values that were not taken; private ones by field only."""
        data: dict[str, object] = {
            "what": self.what,
            "key": self.key,
            "line": self.line,
            "title": self.title,
            "file": self.file,
            "reason": self.reason,
        }
        if self.was:
            data["was"] = self.was
        if self.waits:
            data["waits"] = True
        if out := [entry.value for entry in self.left if entry.fate is Fate.LEFT_OUT]:
            data["left_out"] = [{"field": value.name, "value": value.text} for value in out]
        if own := [entry.value.name for entry in self.left if entry.fate is Fate.PRIVATE]:
            data["private"] = own
        return data


def row(decision: Decision, file: str, line: int, left: Iterable[Entry] = ()) -> Row:
    """The row of a draft that was decided on; `left` are its values that no record has, and the private ones."""
    work, record = decision.work, decision.record
    venue = work.container_title or work.container_title_short
    said = {"authors": bool(work.author), "year": bool(work.issued), "venue": bool(venue), "id": bool(work.ids)}
    return Row(
        decision.outcome,
        file,
        line,
        record.key,
        work.key if work.key and work.key != record.key and decision.outcome is not Outcome.UNSURE else "",
        plain(work.title),
        decision.reason or "; ".join(conflict.message for conflict in decision.conflicts),
        record.waiting == UNCONFIRMED and record.is_waiting,
        tuple(left),
        frozenset(name for name, value in said.items() if value),
    )


def counts(rows: Sequence[Row]) -> Mapping[str, int]:
    """How many rows there are of each fate; those of the outcomes always."""
    found = Counter(row.what for row in rows)
    return {what: found[what] for what in FATES if found[what] or what in (Outcome.NEW, Outcome.KNOWN, Outcome.UNSURE)}


def coverage(rows: Sequence[Row]) -> Mapping[str, int]:
    """How many of the entries that were taken have authors, a year, a venue, an identifier."""
    taken = [row for row in rows if row.what in (Outcome.NEW, Outcome.KNOWN, Outcome.MERGED)]
    return {name: sum(name in row.says for row in taken) for name in ("authors", "year", "venue", "id")}


def fields(rows: Sequence[Row], fate: Fate) -> Mapping[str, int]:
    """How many values of each field have a fate, the most frequent first."""
    found = Counter(entry.value.name for row in rows for entry in row.left if entry.fate is fate)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
