"""What is wrong or doubtful about records and works: findings with a stable code each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from fedbib.checks import (
    capitals,
    characters,
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
    }
)
"""Every code of a Problem and what it stands for."""


def check(
    records: Sequence[Record],
    works: Sequence[Work],
    paths: Callable[[str], str],
    rules: Rules,
    vocabularies: Vocabularies = MappingProxyType({}),
) -> tuple[Problem, ...]:
    """Every finding, by path; `works` are the settled records, `paths` gives a key's file.

    What a reader would miss is told only of works that are in the outputs, not of those that wait for review.
    """
    unseen = {record.key for record in records if record.is_waiting}
    shown = [work for work in works if work.key not in unseen]
    problems = [
        *duplicates.check(records, works, paths),
        *identifiers.check(records, paths),
        *required.check(shown, paths),
        *status.check(records, shown, paths),
        *disagreements.check(records, paths),
        *characters.check(shown, paths),
        *letters.check(shown, paths),
        *lookalikes.check(shown, paths),
        *capitals.check(shown, paths),
        *spellings.check(shown, paths),
        *pins.check(records, paths, rules),
        *venues.check(shown, paths, rules.register),
        *waiting.check(records, paths),
        *words.check(records, paths, vocabularies),
        *witnesses.check(records, paths),
    ]
    return tuple(sorted(problems, key=lambda problem: problem.path))
