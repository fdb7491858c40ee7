"""Dates as bibliographies know them: to the year, the month or the day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fedbib.errors import BadValue
from fedbib.model.quick import quick

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@quick
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, month or day (CSL `date-parts`, ISO 8601-1 without time)."""

    year: int
    """1000 to 9999."""
    month: int | None = None
    """1 to 12, never 0-based."""
    day: int | None = None
    """1 to 31; set only when `month` is."""

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read "2023", "2023-07" or "2023-07-10"; raise BadValue on anything else."""
        match = _ISO.fullmatch(text)
        date = match and cls.from_parts([int(part) for part in match.groups() if part])
        if not date or date.iso != text:
            raise BadValue(f"not a date: {text!r}", hint="write it as YYYY, YYYY-MM or YYYY-MM-DD")
        return date

    @classmethod
    def from_parts(cls, parts: Sequence[object]) -> PartialDate | None:
        """The surest part of `[year, month, day]` as servers send it; None without a year.

        Crossref sends `[null]`, zeros and numbers as text: what follows a part that is missing or out of
        range is dropped, and no month or day is made up.
        """
        numbers: list[int] = []
        for part, low, high in zip(parts, (1000, 1, 1), (9999, 12, 31), strict=False):
            try:
                number = part if type(part) is int else int(str(part)) if not isinstance(part, bool) else 0
            except ValueError:
                break
            if not low <= number <= high:
                break
            numbers.append(number)
        if not numbers:
            return None
        if len(numbers) == 3 and numbers[2] > _DAYS[numbers[1] - 1]:
            numbers.pop()
        return cls(*numbers)

    @property
    def parts(self) -> tuple[int, ...]:
        """CSL `date-parts`: (year,), (year, month) or (year, month, day)."""
        if self.month is None:
            return (self.year,)
        return (self.year, self.month) if self.day is None else (self.year, self.month, self.day)

    def holds(self, other: PartialDate) -> bool:
        """Whether another date is this one, or a day or month of it."""
        return other.parts[: len(self.parts)] == self.parts

    @property
    def iso(self) -> str:
        """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
        if self.month is None:
            return f"{self.year:04d}"
        month = f"{self.year:04d}-{self.month:02d}"
        return month if self.day is None else f"{month}-{self.day:02d}"
