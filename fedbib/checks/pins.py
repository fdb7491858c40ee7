"""N01: a pin that the best source contradicts. The pin stays; a person may see that it is not needed any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from fedbib.match.works import title_words
from fedbib.model.date import PartialDate
from fedbib.model.pages import Pages
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import FIELDS, Work
from fedbib.settle import Reason, explain
from fedbib.words.rules import Rules

_EMPTY = Work()
_OF_NOBODY = frozenset({"pin", "record", "venue register"})


def check(records: Sequence[Record], paths: Callable[[str], str], rules: Rules) -> Iterator[Problem]:
    for record in records:
        if record.pin == _EMPTY:
            continue
        for field, reason in _contradicted(record, rules):
            voice, name = reason.chosen, field.replace("_", "-")
            message = (
                f"the pinned {name} {_shown(getattr(record.pin, field))} is {_shown(voice.value)} at {voice.source}"
            )
            hint = "if the pin is right, do nothing; otherwise delete it"
            yield Problem(
                "N01", Severity.NOTE, message, paths(record.key), key=record.key, field=f"pin.{name}", hint=hint
            )


def _contradicted(record: Record, rules: Rules) -> Iterator[tuple[str, Reason]]:
    """The pinned fields with what would stand there without the pins; a pinned type still says which version it is."""
    without = {reason.field: reason for reason in explain(replace(record, pin=Work(type=record.pin.type)), rules)}
    if record.pin.type is not _EMPTY.type:
        without |= {r.field: r for r in explain(replace(record, pin=_EMPTY), rules) if r.field == "type"}
    for field, unknown in FIELDS.items():
        pinned = getattr(record.pin, field)
        reason = without.get(field)
        if pinned == unknown or reason is None or reason.chosen.source in _OF_NOBODY or reason.chosen.value == unknown:
            continue
        if _same(field, pinned) != _same(field, reason.chosen.value):
            yield field, reason


def _same(field: str, value: Any) -> Any:
    """What must be equal for two values to say the same: not the capitals' marks, nor how names were taken apart."""
    if field == "title":
        return title_words(value) or value
    return tuple(name.display for name in value) if isinstance(value, tuple) else value


def _shown(value: object) -> str:
    match value:
        case PartialDate():
            return value.iso
        case Pages():
            return value.text
        case tuple():
            shown = [name.display for name in value[:3]] + ["..."] * (len(value) > 3)
            return '"' + ", ".join(shown) + '"'
        case _:
            return f'"{value}"'
