"""I02: two records for one work, and keys that more than one record claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.ids.same import anthology
from fedbib.match.works import Verdict, compare, title_words
from fedbib.model.identifier import Identifier
from fedbib.model.name import named
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.text.ascii import folded

_HINT = "keep one of them and give it the other's key under `aliases`"


def check(records: Sequence[Record], works: Sequence[Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    """A finding for each pair, at the second record, with both places named; linear in the number of records."""
    pairs: set[tuple[str, str]] = set()
    by_key = {work.key: work for work in works}
    for first, second, id in _by_identifier(records, by_key):
        if (first, second) not in pairs:
            pairs.add((first, second))
            message = f"{paths(first)} and {paths(second)} both have {id}"
            yield Problem("I02", Severity.ERROR, message, paths(second), key=second, field="ids", hint=_HINT)
    for first, second, verdict in _by_title(works):
        if (first, second) not in pairs:
            pairs.add((first, second))
            if verdict is Verdict.SAME:
                message = f"{paths(first)} and {paths(second)} have the same title and authors"
                yield Problem("I02", Severity.ERROR, message, paths(second), key=second, field="title", hint=_HINT)
            else:
                message = f"{paths(first)} and {paths(second)} have the same title and may be one work"
                yield Problem("I02", Severity.WARNING, message, paths(second), key=second, field="title", hint=_HINT)
    yield from _by_alias(records, paths)


def _by_identifier(records: Sequence[Record], works: dict[str, Work]) -> Iterator[tuple[str, str, Identifier]]:
    seen: dict[Identifier, str] = {}
    for record in records:
        work = works.get(record.key)
        said = (
            *record.ids,
            *(work.ids if work else ()),
            *(id for claim in record.claims for id in _of(claim.says, claim.id)),
        )
        for id in dict.fromkeys(said):
            wrapped = anthology(id)
            for same in (id, wrapped) if wrapped else (id,):
                first = seen.setdefault(same, record.key)
                if first != record.key:
                    yield first, record.key, same


def _of(says: Work, asked: Identifier | None) -> tuple[Identifier, ...]:
    return (*says.ids, asked) if asked else says.ids


def _by_title(works: Sequence[Work]) -> Iterator[tuple[str, str, Verdict]]:
    """Works with equal titles that may be the same; only those that share a name are compared."""
    by_person: dict[tuple[str, str], Work] = {}
    by_title: dict[str, Work] = {}
    for work in works:
        title = title_words(work.title).replace(" ", "")
        if not title:
            continue
        marks = {(title, _surname(name.family or name.literal or name.unsplit)) for name in named(work.author)} or {
            (title, "")
        }
        found = {other.key: other for mark in marks if (other := by_person.get(mark))}
        twin = by_title.get(title)
        if twin and not (work.author and twin.author):
            found[twin.key] = twin
        for other in found.values():
            verdict = compare(other, work).verdict
            if verdict is not Verdict.DIFFERENT:
                yield other.key, work.key, verdict
        by_title.setdefault(title, work)
        for mark in marks:
            by_person.setdefault(mark, work)


def _surname(name: str) -> str:
    words = name.split()
    return folded(words[-1]) or words[-1].casefold() if words else ""


def _by_alias(records: Sequence[Record], paths: Callable[[str], str]) -> Iterator[Problem]:
    owners = {record.key.casefold(): record.key for record in records}
    for record in records:
        for alias in record.aliases:
            owner = owners.setdefault(alias.casefold(), record.key)
            if owner != record.key:
                message = f"the alias {alias!r} of {paths(record.key)} is a key or an alias of {paths(owner)}"
                hint = "a key names one work: delete the alias from one of them"
                yield Problem(
                    "I02", Severity.ERROR, message, paths(record.key), key=record.key, field="aliases", hint=hint
                )
