"""A finding on a record, a work, an imported line or an output: a value, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How serious a problem is; `fedbib check` fails on errors and, with `--strict`, on warnings."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do next."""

    code: str
    """Stable short code, such as `R02`; the list is in `fedbib.checks.CODES`."""
    severity: Severity
    message: str
    path: str = ""
    """Relative to the collection's folder, with `/`."""
    line: int | None = None
    """1-based."""
    key: str = ""
    """Citation key of the record, if there is one."""
    field: str = ""
    hint: str = ""
