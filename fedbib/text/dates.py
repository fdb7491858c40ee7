"""Dates as people and programs write them, read for what is certain in them.

The forms are those of biblatex (manual, section 2.3.8: ISO 8601-2 "Extended Date/Time Format" levels 0 and 1), of the
`year` and `month` fields of BibTeX as reference managers fill them, and of prose ("12 May 2006").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fedbib.model.date import PartialDate
from fedbib.text.plain import clean
from fedbib.text.regex import regex

_LONGEST = 200
"""Characters of a date that are looked at; no real one is longer."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan january", "feb febr february", "mar march", "apr april", "may", "jun june", "jul july"),
            *("aug august", "sep sept september", "oct october", "nov november", "dec december"),
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>[1-9]\d{3})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SEASONS = r"(?:spring|summer|autumn|fall|winter)"

# Each form with whether it says no more than its groups do.
_FORMS = tuple(
    (regex(pattern, re.ASCII | re.IGNORECASE), is_whole)
    for pattern, is_whole in (
        (rf"{_YEAR}", True),
        *((rf"{_YEAR}{sign}(?P<number>\d{{1,2}}){sign}(?P<day>\d{{1,2}})", True) for sign in ("-", "/", r"\.")),
        (rf"{_YEAR}[-/.](?P<number>\d{{1,2}})", True),
        (rf"{_YEAR}[a-rt-z]", False),
        (rf"{_YEAR}(?P<number>[01]\d)(?P<day>[0-3]\d)", True),
        (rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)T[\d:.]+(?:Z|[+-]\d\d(?::?\d\d)?)?", False),
        (rf"{_YEAR}-(?P<number>\d\d)-(?:XX|uu)", False),
        (rf"{_YEAR}-(?:XX|uu)(?:-(?:XX|uu))?", False),
        (rf"{_YEAR}[,\s]*{_MONTH}[,\s]*{_DAY}", True),
        (rf"{_YEAR}[,\s]*{_MONTH}", True),
        (rf"{_MONTH}[\s~-]*{_DAY}\s*,?\s*{_YEAR}", True),
        (rf"(?:\w+,\s+)?{_DAY}[\s~-]*(?:of\s+)?{_MONTH}[\s~,-]*{_YEAR}", True),
        (rf"{_MONTH}[\s~,-]*(?:of\s+)?{_YEAR}", True),
        (rf"{_SEASONS}\s+{_YEAR}", False),
        (rf"{_YEAR}\s*年\s*(?P<number>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日", True),
        (rf"{_YEAR}\s*[年년](?:\s*(?P<number>\d{{1,2}})\s*[月월])?", True),
    )
)
_WRAPPED = regex(r"[\[({](.*)[\])}]")
_QUALIFIED = regex(r"(?<!\w)(?:(?:ca?|circa|approx)\.?\s*|©\s*|copyright\s*)(?=\d)|(?<=[\dX])[?~%]$", re.IGNORECASE)
_RANGE = regex(
    r"(?:(?<!\s)\s+)?(?:/|--+|[\u2010-\u2015])\s*|(?<=\d{4})\s*-\s*(?=\d{4}(?!\d))|(?<!\s)\s+(?:to|until)\s+"
)
_ONLY_YEAR = regex(r"(?<![\d:])([12]\d{3})(?![\d:]|'?s\b)")
_SEASON_NUMBER = regex(r"[12]\d{3}-(?:2[1-9]|3\d|4[01])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dated:
    """What a text says of a date."""

    date: PartialDate | None = None
    """The part of it that is certain."""
    left: str = ""
    """The text itself where it says more than `date` holds: a range, a season, a time, a doubt; else ""."""


@lru_cache(maxsize=256)
def read(text: str) -> Dated:
    """The date in a text: of a range its beginning; None where no year is certain ("199X", "forthcoming")."""
    text = clean(text)[:_LONGEST]
    if not text:
        return Dated()
    if found := _plain(text):
        return found
    bare = _QUALIFIED.sub("", text)
    while match := _WRAPPED.fullmatch(bare):
        bare = _QUALIFIED.sub("", match[1].strip())
    if bare != text and (found := read(bare)).date:
        return Dated(found.date, text)
    start, *end = _RANGE.split(bare, maxsplit=1)
    if end and start and (found := read(start)).date:
        return Dated(found.date, text)
    years = set(_ONLY_YEAR.findall(bare))
    if len(years) == 1:
        return Dated(PartialDate(int(years.pop())), text)
    return Dated(None, text)


def _plain(text: str) -> Dated | None:
    """A text that is one date and nothing else."""
    if _SEASON_NUMBER.fullmatch(text) or _is_next_year(text):
        return Dated(PartialDate(int(text[:4])), text)
    for form, is_whole in _FORMS:
        if not (match := form.fullmatch(text)):
            continue
        said = match.groupdict()
        month = said.get("number") or _MONTHS.get((said.get("month") or "").lower())
        parts = [part for part in (said["year"], month, said.get("day")) if part]
        date = PartialDate.from_parts(parts)
        if date and len(date.parts) == len(parts):
            return Dated(date, "" if is_whole else text)
        if date and form.groups == 2 and text[4:5] != "/":
            continue  # "1999-00" is no month
        return Dated(date, text)
    return None


def _is_next_year(text: str) -> bool:
    """Whether a text may be two years and no month: "2006/07", "2006/7"."""
    year, _, after = text.partition("/")
    return after.isdecimal() and year.isdecimal() and len(after) <= 2 and str(int(year) + 1).endswith(after)


@lru_cache(maxsize=256)
def joined(year: str, month: str = "", day: str = "") -> Dated:
    """The date that the fields `year`, `month` and `day` of an entry tell together.

    A month may be a name, a number, or hold the day ("jan 5", "5~jan", "jan.\\ 5"); of two months the first counts.
    """
    dated = read(year)
    month = clean(month.replace("~", " ").replace("\\", " "))[:_LONGEST]
    if not dated.date or dated.date.month or not month:
        return Dated(dated.date, "; ".join(filter(None, (dated.left, "" if dated.date else month))))
    found = _month(month)
    if found is None:
        return Dated(dated.date, "; ".join(filter(None, (dated.left, month))))
    number, said_day, left = found
    parts = [dated.date.year, number]
    if (known := said_day or clean(day)) and known.isdecimal():
        parts.append(int(known))
    date = PartialDate.from_parts(parts) or dated.date
    return Dated(date, "; ".join(filter(None, (dated.left, left))))


_MONTH_AND_DAY = regex(rf"{_MONTH}\s*(?:{_DAY})?", re.ASCII | re.IGNORECASE)
_DAY_AND_MONTH = regex(rf"{_DAY}\s*(?:of\s+)?{_MONTH}", re.ASCII | re.IGNORECASE)
_MONTH_FIRST = regex(rf"(?:\d{{1,2}}\s*)?{_MONTH}", re.ASCII | re.IGNORECASE)


def _month(text: str) -> tuple[int, str, str] | None:
    """Number of the month, the day, and the text where it says more."""
    if text.isdecimal():
        return (int(text), "", "") if 1 <= int(text) <= 12 else None
    if match := _MONTH_AND_DAY.fullmatch(text) or _DAY_AND_MONTH.fullmatch(text):
        return _MONTHS[match["month"].lower()], match["day"] or "", ""
    if match := _MONTH_FIRST.match(text):
        return _MONTHS[match["month"].lower()], "", text
    return None
