"""A work that is held, as rows of a table and as a value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from fedbib.ids.schemes import SCHEMES
from fedbib.match.works import surname
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Status, Work, id_fields

COLUMNS = "key, type, status, title, people, year, venue, series, volume, issue, page, ids, source"
"""Of the table `work`, in the order in which `read` takes them."""


DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What `read` raises for rows that fedbib did not write."""
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
