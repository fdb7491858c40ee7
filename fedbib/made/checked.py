"""What is found in one record alone, as bytes and back."""

from __future__ import annotations

from fedbib.checks import Checked
from fedbib.checks.duplicates import Marks
from fedbib.checks.spellings import Person
from fedbib.made import values
from fedbib.model.problem import Problem

Found = tuple[Checked | None, tuple[Problem, ...]]
"""What is found, None in a record that cannot be read, and what is wrong with its files."""


def dump(found: Found) -> bytes:
    """As bytes; `load` gives them back."""
    checked, problems = found
    said = None
    if checked:
        marks = checked.marks
        said = [
            [marks.key, marks.ids, marks.title, marks.people, marks.aliases],
            [(place, values.of_problem(problem)) for place, problem in checked.findings],
            checked.is_waiting,
            [(person.display, person.family, person.given) for person in checked.people],
            checked.venue,
        ]
    return values.packed([values.encoded(list(map(values.of_problem, problems))), values.encoded(said)])


def problems(content: bytes) -> tuple[Problem, ...]:
    """What is wrong with the files of a record."""
    return tuple(map(values.to_problem, values.decoded(values.unpacked(content)[0])))


def load(content: bytes) -> Found:
    said = values.decoded(values.unpacked(content)[1])
    if said is None:
        return None, problems(content)
    (key, ids, title, names, aliases), findings, is_waiting, people, venue = said
    checked = Checked(
        Marks(key, tuple(ids), title, tuple(names), tuple(aliases)),
        tuple((place, values.to_problem(problem)) for place, problem in findings),
        is_waiting,
        tuple(Person(*person) for person in people),
        venue,
    )
    return checked, problems(content)
