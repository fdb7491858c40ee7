"""When a series has come out, and when it has not: what the volumes of the years around say of a year or a number."""

from __future__ import annotations

from collections.abc import Sequence

from fedbib.audit.volumes import Volume

NEAR = 5
"""Years around an entry's whose volumes count."""
_EDITIONS = 3
"""From which on a series is taken to go on in the same way."""
_REGULAR = 15
"""Papers from which on a journal's volume is one."""


def beside(volumes: Sequence[Volume], year: int) -> list[int]:
    """The years before and after one without a volume, if both are held whole and the series meets every other year."""
    met = {volume.year for volume in volumes}
    whole = sorted({volume.year for volume in volumes if volume.is_whole and abs(volume.year - year) == 1})
    return whole if len(met) >= _EDITIONS and len(whole) == 2 and all((then - year) % 2 for then in met) else []


def year_of(volumes: Sequence[Volume], number: int) -> int | None:
    """The year of a journal's volume, if those that are held are numbered one by one, a year each."""
    numbered = [volume for volume in volumes if volume.number.isdecimal() and volume.works >= _REGULAR]
    starts = {volume.year - int(volume.number) for volume in numbered}
    years = {volume.year for volume in numbered}
    if len(years) < _EDITIONS or len(starts) > 1:
        return None
    found = number + starts.pop()
    return found if min(years) - NEAR <= found <= max(years) + NEAR else None
