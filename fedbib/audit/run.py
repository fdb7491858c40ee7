"""An audit of some entries: judged one by one, and summed up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fedbib.audit.entries import Entry
from fedbib.audit.held import Held
from fedbib.audit.judge import Judge, verdict
from fedbib.audit.online import Answers
from fedbib.audit.verdict import Audited, Kind, Note
from fedbib.model.identifier import Scheme


@dataclass(frozen=True, slots=True)
class Result:
    """What an audit came to."""

    audited: tuple[Audited, ...]
    """In the order of the files."""
    accepted: int = 0
    """How many notes a baseline had, which are left out."""
    out: tuple[str, ...] = ()
    """The sources that were asked and did not answer, each with its reason."""

    @property
    def code(self) -> int:
        """0: nothing to fix; 1: something to fix; 4: nothing to fix was found, but sources were out."""
        if any(each.is_fault for each in self.audited):
            return 1
        return 4 if self.out else 0


def audit(entries: Sequence[Entry], judge: Judge) -> tuple[Audited, ...]:
    """The verdicts on entries, by what is held alone."""
    return tuple(_judged(entry, judge) for entry in entries)


def _judged(entry: Entry, judge: Judge, more: Sequence[Held] = ()) -> Audited:
    found = judge.judged(entry.work, entry.values, entry.path, entry.line, more)
    if not entry.text:
        return found
    # Of a string that was read in part, what looks like a fault may be the reader's.
    notes = found.notes if entry.is_whole else tuple(replace(note, is_sure=False) for note in found.notes)
    return replace(found, notes=notes, verdict=verdict(found.held, notes), text=entry.text)


def again(entries: Sequence[Entry], audited: Sequence[Audited], judge: Judge, answers: Answers) -> tuple[Audited, ...]:
    """The verdicts with what registries answered."""
    found = []
    for place, (entry, before) in enumerate(zip(entries, audited, strict=True)):
        more, unknown = answers.held.get(place, ()), answers.unknown.get(place, ())
        after = _judged(entry, judge, more) if more else before
        fields = [(id, "DOI" if id.scheme is Scheme.DOI else str(id.scheme)) for id in unknown]
        notes = tuple(Note(Kind.UNKNOWN_IDENTIFIER, True, field, str(id)) for id, field in fields)
        notes = (*after.notes, *notes)
        asked = (*after.asked, *answers.asked)
        found.append(replace(after, notes=notes, verdict=verdict(after.held, notes), asked=asked))
    return tuple(found)


def result(audited: Sequence[Audited], accepted: frozenset[str] = frozenset(), out: Sequence[str] = ()) -> Result:
    """What it came to; notes whose mark is `accepted` are left out, and `out` are the sources that did not answer."""
    kept = [_without(each, accepted) for each in audited] if accepted else audited
    number = sum(len(each.notes) for each in audited) - sum(len(each.notes) for each in kept)
    return Result(tuple(kept), number, tuple(out))


def _without(each: Audited, accepted: frozenset[str]) -> Audited:
    notes = tuple(note for note in each.notes if mark(each, note) not in accepted)
    return replace(each, notes=notes, verdict=verdict(each.held, notes)) if len(notes) < len(each.notes) else each


def mark(each: Audited, note: Note) -> str:
    """What tells a note from all others, whatever line its entry stands at: key, kind, and what both sides say."""
    return " | ".join((each.work.key, note.kind, note.ours, note.theirs))


def marks(audited: Sequence[Audited]) -> list[str]:
    """Those of all notes, sorted."""
    return sorted({mark(each, note) for each in audited for note in each.notes})
