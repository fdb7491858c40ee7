"""W06: text that some program on the way decoded wrongly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.model.name import Name
from fedbib.model.problem import Problem, Severity
from fedbib.model.work import FIELDS, Link, Work
from fedbib.text.plain import damaged

_HINT = "write the correct text under [pin], or correct it in the record"


def check(works: Sequence[Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    """One finding per field, which shows the first damaged piece."""
    for work in works:
        for field in FIELDS:
            text = _text(getattr(work, field))
            if not text.isascii() and (piece := damaged(text)):
                name = field.replace("_", "-")
                message = f"{name} contains {piece!r} ({_points(piece)}), which was decoded with the wrong encoding"
                yield Problem("W06", Severity.WARNING, message, paths(work.key), key=work.key, field=name, hint=_HINT)


def _points(piece: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in piece)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(map(_text, value))
    match value:
        case Name():
            return value.display
        case Link():
            return value.label
        case str():
            return value
        case _:
            return ""
