"""Works as a document needs them: venues full, short or abbreviated, titles as published or in sentence case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fedbib.export.profiles import fields
from fedbib.model.date import PartialDate
from fedbib.model.work import FIELDS, Work
from fedbib.text.capitals import sentence
from fedbib.words.iso4 import abbreviated
from fedbib.words.venues import Register

VENUES = ("full", "short", "iso4")
TITLES = ("as-published", "sentence")


def dressed(
    works: Sequence[Work],
    register: Register,
    *,
    venues: str = "full",
    titles: str = "as-published",
    without: Collection[str] = (),
) -> tuple[Work, ...]:
    """The works with venues and titles in the wanted form, and without what is a field of a work.

    `venues` is one of `VENUES`: "short" is the label ("EMNLP") where there is one, "iso4" what the register has for the
    abbreviation, else that by ISO 4. `without` are names of `fedbib.export.profiles.fields`.
    """
    forms: Mapping[str, Callable[[Work], Work]] = {"short": _short, "iso4": lambda work: _abbreviated(work, register)}
    gone = {field: FIELDS[field] for name in without for field in fields()[name]}
    return tuple(
        _left(_titled(forms[venues](work) if venues in forms else work, titles), gone, "month" in without)
        for work in works
    )


def _short(work: Work) -> Work:
    return replace(work, container_title=work.container_title_short) if _is_named(work) else work


def _is_named(work: Work) -> bool:
    return bool(work.container_title and work.container_title_short)


def _abbreviated(work: Work, register: Register) -> Work:
    venue = register.find(work.container_title)
    # A pattern of proceedings has none: each year's title differs.
    known = venue.abbreviated if venue else ""
    title = known or abbreviated(work.container_title)
    return replace(work, container_title=title, collection_title=abbreviated(work.collection_title))


def _titled(work: Work, titles: str) -> Work:
    return replace(work, title=sentence(work.title)) if titles == "sentence" else work


def _left(work: Work, gone: Mapping[str, Any], month: bool) -> Work:
    if month and work.issued:
        work = replace(work, issued=PartialDate(work.issued.year))
    return replace(work, **gone) if gone else work
