"""I02: two records for one work, and keys that more than one record claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fedbib.ids.same import anthology
from fedbib.match.works import Verdict, compare, title_words
from fedbib.model.identifier import Identifier
from fedbib.model.name import named
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.text.ascii import folded

_HINT = "keep one of them and give it the other's key under `aliases`"


@dataclass(frozen=True, slots=True)
class Marks:
    """What of a record and its work is held against all others."""

    key: str
    ids: tuple[str, ...] = ()
    """Everything that names it, with what a DOI of the Anthology wraps."""
    title: str = ""
    """The letters and digits of its title."""
    people: tuple[str, ...] = ()
    """Their last names."""
    aliases: tuple[str, ...] = ()


def marks(record: Record, work: Work) -> Marks:
    said = (*record.ids, *work.ids, *(id for claim in record.claims for id in _of(claim.says, claim.id)))
    ids = dict.fromkeys(str(one) for id in said for one in (id, anthology(id)) if one)
    people = dict.fromkeys(_surname(name.family or name.literal or name.unsplit) for name in named(work.author))
    return Marks(record.key, tuple(ids), title_words(work.title).replace(" ", ""), tuple(people), record.aliases)


def check(records: Sequence[Record], works: Sequence[Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    """A finding for each pair, at the second record, with both places named; linear in the number of records."""
    by_key = {work.key: work for work in works}
    seen = [marks(record, by_key[record.key]) for record in records if record.key in by_key]
    return together(seen, by_key.__getitem__, paths)


def together(seen: Sequence[Marks], work_of: Callable[[str], Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    """As `check`, of the marks of all records; `work_of` gives the work of a key, and few are asked for."""
    pairs: set[tuple[str, str]] = set()
    for first, second, id in _by_identifier(seen):
        if (first, second) not in pairs:
            pairs.add((first, second))
            message = f"{paths(first)} and {paths(second)} both have {id}"
            yield Problem("I02", Severity.ERROR, message, paths(second), key=second, field="ids", hint=_HINT)
    for first, second, verdict in _by_title(seen, work_of):
        if (first, second) not in pairs:
            pairs.add((first, second))
            if verdict is Verdict.SAME:
                message = f"{paths(first)} and {paths(second)} have the same title and authors"
                yield Problem("I02", Severity.ERROR, message, paths(second), key=second, field="title", hint=_HINT)
            else:
                message = f"{paths(first)} and {paths(second)} have the same title and may be the same paper"
                yield Problem("I02", Severity.WARNING, message, paths(second), key=second, field="title", hint=_HINT)
    yield from _by_alias(seen, paths)


def _by_identifier(seen: Sequence[Marks]) -> Iterator[tuple[str, str, str]]:
    owners: dict[str, str] = {}
    for one in seen:
        for id in one.ids:
            first = owners.setdefault(id, one.key)
            if first != one.key:
                yield first, one.key, id


def _of(says: Work, asked: Identifier | None) -> tuple[Identifier, ...]:
    return (*says.ids, asked) if asked else says.ids


def _by_title(seen: Sequence[Marks], work_of: Callable[[str], Work]) -> Iterator[tuple[str, str, Verdict]]:
    """Works with equal titles that may be the same; only those that share a name are compared."""
    by_person: dict[tuple[str, str], str] = {}
    by_title: dict[str, str] = {}
    times = Counter([one.title for one in seen])
    for one in seen:
        if not one.title or times[one.title] == 1:
            continue
        places = [(one.title, name) for name in one.people or ("",)]
        found = dict.fromkeys(other for place in places if (other := by_person.get(place)))
        twin = by_title.get(one.title)
        if twin and not (work_of(one.key).author and work_of(twin).author):
            found[twin] = None
        for other in found:
            verdict = compare(work_of(other), work_of(one.key)).verdict
            if verdict is not Verdict.DIFFERENT:
                yield other, one.key, verdict
        by_title.setdefault(one.title, one.key)
        for place in places:
            by_person.setdefault(place, one.key)


def _surname(name: str) -> str:
    words = name.split()
    return folded(words[-1]) or words[-1].casefold() if words else ""


def _by_alias(seen: Sequence[Marks], paths: Callable[[str], str]) -> Iterator[Problem]:
    owners = {one.key.casefold(): one.key for one in seen}
    for one in seen:
        for alias in one.aliases:
            owner = owners.setdefault(alias.casefold(), one.key)
            if owner != one.key:
                message = f"the alias {alias!r} of {paths(one.key)} is a key or an alias of {paths(owner)}"
                hint = "a key can name only one paper: delete the alias from one of them"
                yield Problem("I02", Severity.ERROR, message, paths(one.key), key=one.key, field="aliases", hint=hint)
