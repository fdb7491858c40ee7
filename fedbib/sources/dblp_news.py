"""DBLP's new records of streams (conferences and journals), by the words of their titles: it has no abstracts."""

from __future__ import annotations

from collections.abc import Mapping

from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.listed import Listed
from fedbib.net.messages import Request
from fedbib.sources import answers, sparql
from fedbib.sources.base import Page, Wanted
from fedbib.text.markup import from_html
from fedbib.text.regex import regex

_NUMBER = regex(r" \d{4}$")
"""What tells namesakes apart."""


def request(wanted: Wanted, bases: Mapping[str, str], place: str) -> Request | None:
    """The records of a stream and year at a place whose titles have one of the phrases."""
    asked = _asked(wanted)
    number = int(place) if place.isdecimal() else 0
    if number >= len(asked) or not wanted.phrases or wanted.since >= wanted.until:
        return None
    return sparql.request(bases["sparql"], sparql.stream(*asked[number], wanted.phrases))


def _asked(wanted: Wanted) -> list[tuple[str, int]]:
    years = range(wanted.since.year, wanted.until.year + 1)
    return [(stream, year) for year in years for stream in wanted.streams]


def page(content: bytes, wanted: Wanted, place: str) -> Page:
    """The papers of one stream and year; a row for each author, in any order."""
    number = int(place) if place.isdecimal() else 0
    try:
        rows = sparql.rows(content)
    except answers.Short as error:
        raise answers.Wrong(str(error)) from error
    people: dict[str, dict[int, str]] = {}
    first: dict[str, Mapping[str, str]] = {}
    for row in rows:
        key = sparql.key(row.get("pub", ""))
        first.setdefault(key, row)
        place_of = row.get("place", "")
        people.setdefault(key, {})[int(place_of) if place_of.isdecimal() else 0] = _NUMBER.sub("", row.get("name", ""))
    papers = (_paper(key, row, people[key]) for key, row in first.items())
    following = str(number + 1) if number + 1 < len(_asked(wanted)) else ""
    return Page(tuple(paper for paper in papers if paper), following)


def _paper(key: str, row: Mapping[str, str], people: Mapping[int, str]) -> Listed | None:
    id: Identifier | None = answers.any_identifier(row.get("doi")) or answers.identifier(Scheme.DBLP, key)
    title = answers.undotted(from_html(row.get("title", "")))
    if id is None or not title:
        return None
    return Listed(id, title, tuple(people[place] for place in sorted(people) if people[place]))
