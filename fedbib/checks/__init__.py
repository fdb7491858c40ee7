"""What is wrong or doubtful about records and works: findings with a stable code each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fedbib.checks import (
    capitals,
    characters,
    commas,
    disagreements,
    duplicates,
    identifiers,
    letters,
    lookalikes,
    pins,
    required,
    spellings,
    status,
    venues,
    waiting,
    witnesses,
    words,
)
from fedbib.model.problem import Problem
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.words.rules import Rules
from fedbib.words.vocabulary import Vocabularies

CODES: Mapping[str, str] = MappingProxyType(
    {
        "B01": "a BibTeX entry that was skipped or read in part",
        "B02": "a part of a BibTeX entry without clear meaning",
        "C01": "a CSL-JSON item that was skipped or read in part",
        "I01": "a bad identifier",
        "I02": "two records for one work",
        "I03": "identifiers of different papers in one record",
        "I04": "a DOI with a tail that is hardly its own, or a short one",
        "L01": "a line of a list that was skipped",
        "L02": "a file to import without a paper",
        "L03": "a line of a list that names no paper as far as can be told",
        "L04": "a part of a line of a list that was not taken",
        "N01": "a pinned value that the best source contradicts",
        "N02": "an import that says something else than what is known",
        "N03": "a paper that was corrected",
        "N04": "registries that say different things",
        "O01": "a stale output",
        "P01": "a publication was found and linked",
        "P02": "a possible publication that a person has to judge",
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
        "T01": "an RIS record that was skipped or read in part",
        "W01": "a missing title",
        "W02": "a missing author",
        "W03": "a missing year",
        "W04": "a published work without its venue",
        "W05": "a work without identifier or address",
        "W06": "text that was decoded wrongly",
        "W07": "a venue that is not in the register",
        "W08": "records that wait for review",
        "W09": "a word that is not in the collection's vocabulary",
        "W10": "a paper that only one source names",
        "W11": "a paper that was withdrawn or retracted",
        "W12": "a letter that the .bib for BibTeX spells otherwise",
        "W13": "one person who may be spelt in two ways",
        "W14": "letters that only look like Latin ones",
        "W15": "a name all in capitals, or all in small letters",
        "W16": "a name that may be two people's",
    }
)
"""Every code of a Problem and what it stands for."""


Paths = Callable[[str], str]
"""Gives a key's file."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is found in one record and its work alone, and what of them is held against the others."""

    marks: duplicates.Marks
    findings: tuple[tuple[int, Problem], ...] = ()
    """Each with the place of its check."""
    is_waiting: bool = False
    people: tuple[spellings.Person, ...] = ()
    venue: str = ""
    """If the register does not have it."""

    @property
    def key(self) -> str:
        return self.marks.key


def alone(record: Record, work: Work, paths: Paths, rules: Rules, vocabularies: Vocabularies) -> Checked:
    """What can be told of a record without the others.

    What a reader would miss is told only of works that are in the outputs, not of those that wait for review.
    """
    records = [record]
    shown = [] if record.is_waiting else [work]
    by_check: dict[int, Iterable[Problem]] = {
        1: identifiers.check(records, paths),
        2: required.check(shown, paths),
        3: status.check(records, shown, paths),
        4: disagreements.check(records, paths),
        5: characters.check(shown, paths),
        6: letters.check(shown, paths),
        7: lookalikes.check(shown, paths),
        8: capitals.check(shown, paths),
        10: pins.check(records, paths, rules),
        13: words.check(records, paths, vocabularies),
        14: witnesses.check(records, paths),
        15: commas.check(records, shown, paths),
    }
    return Checked(
        duplicates.marks(record, work),
        tuple((place, problem) for place, problems in by_check.items() for problem in problems),
        record.is_waiting,
        spellings.people(work) if shown else (),
        venues.missing(work, rules.register) if shown else "",
    )


def together(checked: Sequence[Checked], work_of: Callable[[str], Work], paths: Paths) -> tuple[Problem, ...]:
    """Every finding, by path, of what was found in each record alone; `work_of` gives the work of a key."""
    found = [pair for one in checked for pair in one.findings]
    shown = [one for one in checked if not one.is_waiting]
    for place, problems in (
        (0, duplicates.together([one.marks for one in checked], work_of, paths)),
        (9, spellings.together([(one.key, one.people) for one in shown], paths)),
        (11, venues.together([(one.key, one.venue) for one in shown], paths)),
        (12, waiting.together([one.key for one in checked if one.is_waiting], paths)),
    ):
        found += [(place, problem) for problem in problems]
    return tuple(problem for _, problem in sorted(found, key=lambda pair: (pair[1].path, pair[0])))


def check(
    records: Sequence[Record],
    works: Sequence[Work],
    paths: Paths,
    rules: Rules,
    vocabularies: Vocabularies = MappingProxyType({}),
) -> tuple[Problem, ...]:
    """Every finding, by path; `works` are the settled records."""
    by_key, by_work = {record.key: record for record in records}, {work.key: work for work in works}
    pairs = ((by_key.get(work.key) or Record(work.key), work) for work in works)
    checked = [alone(record, work, paths, rules, vocabularies) for record, work in pairs]
    return together(checked, by_work.__getitem__, paths)
