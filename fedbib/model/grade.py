"""How well two things agree."""

from __future__ import annotations

from enum import StrEnum


class Grade(StrEnum):
    """From the best to the worst."""

    PASS = "pass"
    WEAK = "weak"
    """Good enough where more than a search speaks for it."""
    UNSURE = "unsure"
    """Not known, or for a person to judge; never good enough."""
    FAIL = "fail"

    @property
    def rank(self) -> int:
        return list(Grade).index(self)
