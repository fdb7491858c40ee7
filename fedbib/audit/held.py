"""A work that is held, as rows of a table and as a value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from fedbib.audit.volumes import Volume, Why
from fedbib.ids.schemes import SCHEMES
from fedbib.match.titles import Title
from fedbib.match.works import surname
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Status, Work, id_fields
from fedbib.text.markup import plain

COLUMNS = "key, type, status, title, people, year, venue, series, volume, issue, page, ids, source"
"""Of the table `work`, in the order in which `read` takes them."""

VOLUME = "series, year, works, why, title, source, number"
"""Of the table `volume`, in the order of `Volume`."""
DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What `read` raises for rows that fedbib did not write."""
_HEAD = re.compile(r"([^:\u2013\u2014]{2,200}?)(?:\s*+:\s|\s++[-\u2013\u2014]{1,3}\s)")
"""What stands before a subtitle."""
_FEWEST = 3
"""People of whom two papers in one volume are rare: of 128,000 such groups in 35 series, one in 200 has two."""


@dataclass(frozen=True, slots=True)
class Held:
    """A work that is held, and where."""

    work: Work
    series: str
    """Of the main proceedings or journal that it appeared in; "" for none that is known."""
    source: str
    """The name of the file or collection that it was read from."""


def volume(row: Sequence[Any]) -> Volume:
    """The volume of a row of `VOLUME`. Raises one of `DAMAGE` for a row of another make."""
    series, year, works, why, *rest = row
    return Volume(series, year, works, Why(why), *rest)


def head(title: str) -> str:
    """The text (`Title.text`) of a title without its subtitle; "" for one that has none."""
    match = _HEAD.match(plain(title))
    return Title.of(match[1]).text if match else ""


def team(names: Iterable[Name]) -> str:
    """A mark of exactly these people in this order, by their last names; "" for few, and where some are not named."""
    people = list(names)
    if len(people) < _FEWEST or any(name.is_others for name in people):
        return ""
    return blake2b("|".join(map(surname, people)).encode(), digest_size=8).hexdigest()


def read(row: Sequence[Any], sources: Mapping[int, str]) -> Held:
    """The work of a row of `COLUMNS`; `sources` names the files. Raises one of `DAMAGE` for a row of another make."""
    people, year, ids, source = json.loads(row[4]), int(row[5] or 0), json.loads(row[11]), row[12]
    key, kind, status, title, venue, series, volume, issue, page = map(str, (*row[:4], *row[6:11]))
    work = Work(
        key=key,
        type=ItemType(kind),
        status=Status(status),
        title=title,
        author=tuple(Name(*map(str, parts)) for parts in people),
        issued=PartialDate(year) if year else None,
        container_title=venue,
        volume=volume,
        issue=issue,
        page=Pages.parse(page),
        **id_fields(Identifier(SCHEMES[scheme].scheme, str(value)) for scheme, value in ids),
    )
    return Held(work, series, sources.get(source, ""))
