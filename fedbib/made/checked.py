"""What is found in one record alone, as bytes and back, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from fedbib.checks import Checked
from fedbib.checks.duplicates import Marks
from fedbib.checks.spellings import Person
from fedbib.made import values
from fedbib.model.problem import Problem

FAULTS, FOUND = "faults", "found"
COLUMNS = (FAULTS, FOUND)
"""What is wrong with the files of each record, and what is found in it."""
_person = lru_cache(maxsize=1 << 16)(Person)
"""The same people stand in many works."""


def dump(found: Checked | None, problems: Iterable[Problem]) -> bytes:
    """As bytes, which `values.unpacked` gives as `COLUMNS`; nothing is found in a record that cannot be read."""
    said = None
    if found:
        marks = found.marks
        said = [
            [marks.key, marks.ids, marks.title, marks.people, marks.aliases],
            [(place, values.of_problem(problem)) for place, problem in found.findings],
            found.is_waiting,
            [(person.display, person.family, person.given) for person in found.people],
            found.venue,
        ]
    return values.packed([values.encoded(list(map(values.of_problem, problems))), values.encoded(said)])


def faults(column: Iterable[bytes]) -> Iterator[tuple[Problem, ...]]:
    """What is wrong with the files of each record."""
    return (tuple(map(values.to_problem, problems)) for problems in values.all_decoded(column))


def load(column: Iterable[bytes]) -> Iterator[Checked]:
    """What is found in each record that can be read."""
    for (key, ids, title, names, aliases), findings, is_waiting, people, venue in filter(
        None, values.all_decoded(column)
    ):
        yield Checked(
            Marks(key, tuple(ids), title, tuple(names), tuple(aliases)),
            tuple((place, values.to_problem(problem)) for place, problem in findings),
            is_waiting,
            tuple([_person(*person) for person in people]),
            venue,
        )
