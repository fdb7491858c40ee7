"""W08: how many records wait for review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record

_HINT = "see `fedbib list --waiting`; accept one with `fedbib accept KEY`"


def check(records: Sequence[Record], paths: Callable[[str], str]) -> Iterator[Problem]:
    """One finding, at the first of them."""
    return together([record.key for record in records if record.is_waiting], paths)


def together(keys: Sequence[str], paths: Callable[[str], str]) -> Iterator[Problem]:
    """As `check`, of the keys of those that wait."""
    if keys:
        message = f"{len(keys)} records wait for review" if len(keys) > 1 else "one record waits for review"
        yield Problem("W08", Severity.NOTE, message, paths(keys[0]), key=keys[0], field="waiting", hint=_HINT)
