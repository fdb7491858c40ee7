"""The register of venues: which one a work's data names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from fedbib.model.venue import Venue

# What a full title has around the venue's own name: "Proceedings of the 30th ACM SIGKDD Conference on ...", "... 2024".
_PROCEEDINGS = re.compile(r"^(?:in )?(?:proceedings of )?(?:the )?")
_COUNT = re.compile(
    r"^(?:\d+(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty|seventy)-)?[a-z]+(?:st|nd|rd|th|ieth)) "
    r"(?=annual|international|acm|ieee|conference)"
)
_YEAR = re.compile(r"\s*\b(?:19|20)\d\d\b\s*")


@dataclass(frozen=True, slots=True)
class Register:
    venues: tuple[Venue, ...]
    by_spelling: Mapping[str, Venue]
    by_acl: Mapping[str, Venue]

    def find(self, title: str, acl: str = "") -> Venue | None:
        """The venue that an Anthology id or, failing that, a title or label names; None when it is not here."""
        if acl:
            volume = acl.partition(".")[2].rpartition(".")[0]
            if venue := self.by_acl.get(volume):
                return venue
        return self.by_spelling.get(_core(title)) if title else None


def _core(title: str) -> str:
    text = _PROCEEDINGS.sub("", _YEAR.sub(" ", title.casefold()).strip())
    return _COUNT.sub("", text).strip(" .,")


@cache
def register() -> Register:
    """The register that comes with fedbib (`data/venues.toml`)."""
    data = tomllib.loads(files("fedbib").joinpath("data/venues.toml").read_text("utf-8"))
    venues = tuple(_venue(id, table) for id, table in data.items())
    return Register(
        venues,
        {_core(spelling): venue for venue in venues for spelling in (venue.short, *venue.spellings)},
        {volume: venue for venue in venues for volume in venue.acl},
    )


def _venue(id: str, table: Mapping[str, Any]) -> Venue:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    return Venue(id, **values)
