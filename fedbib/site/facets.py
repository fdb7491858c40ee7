"""The pages that a paper's topics, venue, datasets, models and authors have, with the papers of each.

Where a value's page is, its text alone tells: a new paper changes no link of another.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Protocol

from fedbib.disk import inside
from fedbib.model.name import Name
from fedbib.model.work import Work
from fedbib.text.regex import regex


class Grouped(Protocol):
    """What a work is grouped by."""

    @property
    def key(self) -> str: ...
    @property
    def topics(self) -> Sequence[str]: ...
    @property
    def datasets(self) -> Sequence[str]: ...
    @property
    def models(self) -> Sequence[str]: ...
    @property
    def venue(self) -> str: ...
    @property
    def people(self) -> Sequence[Sequence[str]]: ...


KINDS: Mapping[str, tuple[str, str, Callable[[Grouped], Sequence[str]]]] = {
    "topics": ("Topics", "topic", lambda work: work.topics),
    "venues": ("Venues", "venue", lambda work: (work.venue,) if work.venue else ()),
    "datasets": ("Datasets", "dataset", lambda work: work.datasets),
    "models": ("Models", "model", lambda work: work.models),
}
"""By the folder of their pages: the heading, the filter of the front page, and a work's values."""

AUTHORS = "authors"
LINKED = 100
"""How many authors of a paper lead to a page of theirs."""

_LONGEST = 80
# What parts words; whatever else is lost in a file's name must be told apart there: "C" and "C++".
_PARTING = regex(r"[\s\-‐-―./&',:;()\[\]@]+")


@dataclass(frozen=True, slots=True)
class Group:
    """The papers that share a value: a topic, a venue, an author."""

    slug: str
    page: str
    """The path of its page in the folder of the site."""
    names: tuple[str, ...]
    """Its spellings, the most frequent first."""
    works: Sequence[Work]
    """In the order given."""

    @property
    def name(self) -> str:
        return self.names[0]


def venue(work: Work) -> str:
    """The venue by its short name, where it has one."""
    return work.container_title_short or work.container_title


@lru_cache(maxsize=1 << 16)
def page(kind: str, value: str | Name) -> str:
    """The path of a value's page in the folder of the site, where many share one with its place there."""
    if isinstance(value, Name):
        return f"{kind}/{_initial(value)}.html#{slug(value.display)}"
    return f"{kind}/{slug(value)}.html"


def slug(value: str) -> str:
    """ASCII letters, digits and hyphens; the same for spellings that differ in case, accents, blanks and hyphens."""
    from anyascii import anyascii

    words = _PARTING.sub("-", anyascii(value).lower()).strip("-")
    found = re.sub(r"[^a-z0-9-]", "", words)
    if found and found == words and len(found) <= _LONGEST and not inside.is_device(found):
        return found
    return f"{found[:_LONGEST]}-{hashlib.sha256(value.encode()).hexdigest()[:8]}".lstrip("-")


Gathered = Callable[[Sequence[str]], Sequence[Work]]
"""Gives the works of some keys."""


def groups(kind: str, works: Sequence[Grouped], gathered: Gathered) -> list[Group]:
    """The groups of a kind by name."""
    _, _, values = KINDS[kind]
    found: dict[str, list[str]] = {}
    for work in works:
        for value in values(work):
            found.setdefault(value, []).append(work.key)
    return _grouped({(page(kind, value), value): keys for value, keys in found.items()}, works, gathered)


def authors(works: Sequence[Grouped], gathered: Gathered) -> dict[str, list[Group]]:
    """The groups of authors by name, and these by the name of their page: the initial of the family name."""
    people: dict[tuple[str, str], list[str]] = {}
    for work in works:
        for path, name in work.people:
            people.setdefault((path, name), []).append(work.key)
    everybody = _grouped(people, works, gathered)
    found: dict[str, list[Group]] = {}
    for group in everybody:
        found.setdefault(PurePosixPath(group.page.partition("#")[0]).stem, []).append(group)
    return {letter: found[letter] for letter in sorted(found, key=lambda letter: (len(letter), letter))}


def _initial(name: Name) -> str:
    first = slug(name.family or name.literal or name.unsplit)[:1]
    return first if first.isalpha() else "other"


def _grouped(
    values: Mapping[tuple[str, str], Sequence[str]], works: Sequence[Grouped], gathered: Gathered
) -> list[Group]:
    """The groups of values whose page is the same, of the keys of each page and value in the order of the works."""
    pages: dict[str, list[str]] = {}
    for path, value in values:
        pages.setdefault(path, []).append(value)
    places: dict[str, int] = {}
    made = []
    for path, names in pages.items():
        keys = dict.fromkeys(key for name in names for key in values[path, name])
        if len(names) > 1:
            places = places or {work.key: place for place, work in enumerate(works)}
            keys = dict.fromkeys(sorted(keys, key=places.__getitem__))
        names = sorted(names, key=lambda name: (-len(values[path, name]), name))
        made.append(Group(slug(min(names)), path, tuple(names), gathered([*keys])))
    return sorted(made, key=lambda group: (group.name.casefold(), group.page))
