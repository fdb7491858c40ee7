"""How the hints of a claim are written as data; see `fedbib.model.claim.Hints` for what each is."""

from __future__ import annotations

from typing import Any

from fedbib.errors import BadValue
from fedbib.model.claim import Effect, Hints, Notice, State, Submission
from fedbib.records.members import Members, check, identifier, table, tables, text, values, word

NAMES = ("names", "notices", "submission", "journal-ref", "venue", "note", "accepted", "abstract")


def load(item: Members) -> Hints:
    """The hints in an object; raises BadValue or BadIdentifier."""
    check(item, frozenset(NAMES))
    return Hints(
        names=tuple(identifier(_text(value)) for value in values(item, "names")),
        notices=tuple(_notice(value) for value in tables(item, "notices")),
        submission=_submission(table(item, "submission")),
        journal_ref=text(item, "journal-ref"),
        venue=text(item, "venue"),
        note=text(item, "note"),
        accepted=text(item, "accepted"),
        abstract=text(item, "abstract"),
    )


def _text(value: object) -> str:
    return text({"names": value}, "names")


def _notice(item: Members) -> Notice:
    check(item, frozenset({"effect", "id"}))
    return Notice(word(Effect, item, "effect"), identifier(text(item, "id")))


def _submission(item: Members) -> Submission | None:
    if not item:
        return None
    check(item, frozenset({"state", "at"}))
    if not text(item, "at"):
        raise BadValue("a submission needs its venue", where="at")
    return Submission(word(State, item, "state"), text(item, "at"))


def dump(hints: Hints) -> dict[str, Any]:
    """The hints that are given, as an object; `load` of it gives them back."""
    submission = hints.submission
    said = (
        [str(id) for id in hints.names],
        [{"effect": notice.effect.value, "id": str(notice.id)} for notice in hints.notices],
        {"state": submission.state.value, "at": submission.at} if submission else {},
        hints.journal_ref,
        hints.venue,
        hints.note,
        hints.accepted,
        hints.abstract,
    )
    return {name: value for name, value in zip(NAMES, said, strict=True) if value}
