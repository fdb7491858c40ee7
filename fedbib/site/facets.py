"""The pages that a paper's topics, venue, datasets, models and authors have, with the papers of each.

Where a value's page is, its text alone tells: a new paper changes no link of another.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
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


def groups(kind: str, works: Iterable[Grouped], gathered: Gathered) -> list[Group]:
    """The groups of a kind by name."""
    _, _, values = KINDS[kind]
    return _grouped(((page(kind, value), value, work.key) for work in works for value in values(work)), gathered)


def authors(works: Iterable[Grouped], gathered: Gathered) -> dict[str, list[Group]]:
    """The groups of authors by name, and these by the name of their page: the initial of the family name."""
    everybody = _grouped(((path, name, work.key) for work in works for path, name in work.people), gathered)
    found: dict[str, list[Group]] = {}
    for group in everybody:
        found.setdefault(PurePosixPath(group.page.partition("#")[0]).stem, []).append(group)
    return {letter: found[letter] for letter in sorted(found, key=lambda letter: (len(letter), letter))}


def _initial(name: Name) -> str:
    first = slug(name.family or name.literal or name.unsplit)[:1]
    return first if first.isalpha() else "other"


def _grouped(values: Iterable[tuple[str, str, str]], gathered: Gathered) -> list[Group]:
    """The groups of values whose page is the same, of page, value and key of each."""
    found: dict[str, tuple[dict[str, int], dict[str, None]]] = {}
    for path, value, key in values:
        group = found.get(path)
        if group is None:
            group = found[path] = {}, {}
        said, keys = group
        said[value] = said.get(value, 0) + 1
        keys[key] = None
    made = [
        Group(slug(min(said)), path, tuple(sorted(said, key=lambda name: (-said[name], name))), gathered([*keys]))
        for path, (said, keys) in found.items()
    ]
    return sorted(made, key=lambda group: (group.name.casefold(), group.page))
