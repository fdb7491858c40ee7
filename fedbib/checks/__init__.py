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
        "B01": "a BibTeX entry was skipped or read only in part",
        "B02": "a part of a BibTeX entry is ambiguous",
        "C01": "a CSL-JSON item was skipped or read only in part",
        "I01": "an identifier is not well-formed",
        "I02": "two records are about the same paper",
        "I03": "a record has identifiers of different papers",
        "I04": "a DOI is followed by text that is probably not part of it, or is a short DOI",
        "L01": "a line of a list was skipped",
        "L02": "a file to import contains no papers",
        "L03": "a line of a list seems to name no paper",
        "L04": "a part of a line of a list was left out",
        "N01": "a pinned value differs from that of the best source",
        "N02": "an imported entry differs from the record",
        "N03": "a correction of the paper was published",
        "N04": "registries disagree",
        "O01": "an output is out of date",
        "P01": "a publication was found and linked",
        "P02": "a possible publication needs your decision",
        "R01": "a file cannot be read",
        "R02": "a field is unknown",
        "R03": "a value has the wrong type",
        "R04": "a citation key is not allowed",
        "R05": "a value contains invisible characters",
        "R06": "a link is unsafe",
        "R07": "a file has an unresolved merge conflict",
        "R08": "a claims file has no record",
        "S01": "an identifier is not known at its source",
        "S02": "a source no longer gives a field",
        "S03": "a record was not refreshed",
        "T01": "an RIS record was skipped or read only in part",
        "W01": "the title is missing",
        "W02": "the authors are missing",
        "W03": "the year is missing",
        "W04": "the venue of a publication is missing",
        "W05": "a paper has neither identifier nor address",
        "W06": "a value was decoded with the wrong encoding",
        "W07": "a venue is not known",
        "W08": "records wait for review",
        "W09": "a topic, dataset or model is not in the settings",
        "W10": "a paper is confirmed by only one source",
        "W11": "a paper was withdrawn or retracted",
        "W12": "the .bib for BibTeX spells a letter differently",
        "W13": "one person may be spelt in two ways",
        "W14": "letters only look like Latin ones",
        "W15": "a name is written all in capitals or all in lower case",
        "W16": "a name may be that of two people",
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
