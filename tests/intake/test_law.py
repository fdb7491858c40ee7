"""The input law over whole files: accounted for, nothing lost, invented, confused or forgotten; again is the same.

`LAW_FILES=10000 pytest tests/intake/test_law.py` reads so many files of each format.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from fedbib.intake.drafts import Outcome
from fedbib.intake.foreign import read
from fedbib.intake.known import Known
from fedbib.intake.run import Taken, Terms, take
from fedbib.model.record import Record
from fedbib.records import claimfile, recordfile
from fedbib.settle import settle
from tests.intake import law
from tests.rules import RULES

FILES = int(os.environ.get("LAW_FILES", "60"))
SETTLED = {Outcome.NEW, Outcome.MERGED, Outcome.KNOWN}


def imported(text: str, format: str, records: Iterable[Record] = ()) -> tuple[Taken, Known]:
    known = Known(records, RULES)
    return take(read(text, format), "file", "file", known, Terms(accept=False), {}), known


def words(text: str) -> set[str]:
    return {
        word for word in "".join(char if char.isalnum() else " " for char in text.casefold()).split() if len(word) > 2
    }


def written(record: Record) -> str:
    return json.dumps(json.loads(claimfile.render(record.claims)), ensure_ascii=False) + recordfile.render(record, "")


def shown(records: Mapping[str, Record]) -> list[str]:
    return sorted(written(record) for record in records.values())


@pytest.mark.parametrize("format", law.WRITERS)
def test_the_law_holds_for_files_made_of_everything(format: str) -> None:
    for seed in range(FILES):
        entries = law.entries(seed)
        try:
            check(entries, format)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}:\n{law.WRITERS[format](entries)}\n{error}") from error


def check(entries: list[law.Entry], format: str) -> None:
    write = law.WRITERS[format]
    taken, known = imported(write(entries), format)
    assert len(taken.decisions) == len(taken.rows) == len(entries), "an entry is not in the account"
    homes = [decision.record.key if decision.outcome in SETTLED else "" for decision in taken.decisions]
    for entry, home, decision in zip(entries, homes, taken.decisions, strict=True):
        assert decision.work.key == entry.key
        if home:
            assert known.owners[entry.key.casefold()] == home, (
                f"{entry.key} leads to {known.owners[entry.key.casefold()]}"
            )
    apart(entries, homes)
    kept(entries, homes, taken, known.records)
    for key, record in known.records.items():
        invented(record, write(entry for entry, home in zip(entries, homes, strict=True) if home == key))
    again, after = imported(write(entries), format, known.records.values())
    assert {decision.outcome for decision in again.decisions} <= {Outcome.KNOWN, Outcome.UNSURE}
    assert shown(after.records) == shown(known.records), "a second import changes a record"
    other = random.Random(len(entries)).sample(entries, len(entries))
    _, turned = imported(write(other), format)
    assert shown(turned.records) == shown(known.records), "another order makes other records"


def apart(entries: list[law.Entry], homes: list[str]) -> None:
    """Two papers are two records; entries of one paper are one, or a person is asked."""
    papers: dict[str, set[int]] = {}
    records: dict[int, set[str]] = {}
    for entry, home in zip(entries, homes, strict=True):
        if home:
            papers.setdefault(home, set()).add(entry.paper)
            records.setdefault(entry.paper, set()).add(home)
    assert all(len(found) == 1 for found in papers.values()), f"two papers became one: {papers}"
    assert all(len(found) == 1 for found in records.values()), f"one paper became two: {records}"


def kept(entries: list[law.Entry], homes: list[str], taken: Taken, records: Mapping[str, Record]) -> None:
    """Every word of a value stands in the record, or the row tells the value."""
    rows = {row.line: row for row in taken.rows}
    reading = {
        decision.work.key: row
        for decision, row in zip(taken.decisions, sorted(rows.values(), key=lambda row: row.line), strict=True)
    }
    for entry, home in zip(entries, homes, strict=True):
        if not home:
            continue
        told = words(" ".join(left.value.text for left in reading[entry.key].left))
        there = words(written(records[home])) | told
        values = [
            law._plain(entry.title),
            law._plain(entry.venue),
            *(name for pair in entry.authors for name in pair),
            entry.doi.casefold(),
            entry.arxiv,
        ]
        lost = words(" ".join(values)) - there
        assert not lost, f"{entry.key}: {lost} is in no record and not told"


def invented(record: Record, said: str) -> None:
    """What the record says stands in its entries."""
    work = settle(replace(record, waiting=""), RULES)
    there = words(said.replace("\\", "")) | words(law._plain(said))
    texts = [
        work.container_title,
        work.publisher,
        work.DOI,
        work.volume,
        work.issue,
        work.URL,
        *(name.family for name in work.author),
    ]
    more = words(" ".join(texts)) - there
    assert not more, f"{record.key}: {more} is in no entry"
