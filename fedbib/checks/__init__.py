"""What is wrong or doubtful about records and works: findings with a stable code each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from fedbib.checks import characters, duplicates, identifiers, pins, required
from fedbib.model.problem import Problem
from fedbib.model.record import Record
from fedbib.model.work import Work

CODES: Mapping[str, str] = MappingProxyType(
    {
        "B01": "a BibTeX entry that was skipped or read in part",
        "B02": "a part of a BibTeX entry without clear meaning",
        "C01": "a CSL-JSON item that was skipped or read in part",
        "I01": "a bad identifier",
        "I02": "two records for one work",
        "I03": "identifiers of different papers in one record",
        "L01": "a line of a list that was skipped",
        "L02": "a file to import without a paper",
        "N01": "a pinned value that the best source contradicts",
        "O01": "a stale output",
        "R01": "an unreadable file",
        "R02": "an unknown field",
        "R03": "a value of the wrong type",
        "R04": "a bad citation key",
        "R05": "invisible characters",
        "R06": "an unsafe link",
        "R07": "an unresolved merge conflict",
        "R08": "claims without a record",
        "S01": "an identifier unknown at its source",
        "S02": "a source that says less than before",
        "S03": "a record that was not refreshed",
        "W01": "a missing title",
        "W02": "a missing author",
        "W03": "a missing year",
        "W04": "a published work without its venue",
        "W05": "a work without identifier or address",
        "W06": "text that was decoded wrongly",
    }
)
"""Every code of a Problem and what it stands for."""


def check(records: Sequence[Record], works: Sequence[Work], paths: Callable[[str], str]) -> tuple[Problem, ...]:
    """Every finding, by path; `works` are the settled records, `paths` gives a key's file."""
    problems = [
        *duplicates.check(records, works, paths),
        *identifiers.check(records, paths),
        *required.check(works, paths),
        *characters.check(works, paths),
        *pins.check(records, paths),
    ]
    return tuple(sorted(problems, key=lambda problem: problem.path))
