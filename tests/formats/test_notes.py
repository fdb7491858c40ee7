"""Identifiers in notes: read as the work's own in every format, or left in the note."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from fedbib.formats import FORMATS, csl_json, ris
from fedbib.formats.bib import bibtex
from fedbib.model.about import About
from fedbib.model.work import ItemType, Work
from tests.ids.test_noted import OTHERS, OWN


def _read(note: str) -> list[Work]:
    item = {"id": "a", "type": "article-journal", "title": "On Otters", "note": note}
    lines = "".join(f"N1  - {line}\n" for line in note.split("\n"))
    found = (
        bibtex.parse(f"@article{{a, title={{On Otters}}, journal={{Otters}}, note={{{note}}}}}"),
        csl_json.parse(json.dumps([item])),
        ris.parse(f"TY  - JOUR\nTI  - On Otters\n{lines}ER  - \n"),
    )
    return [work for reading in found for work in reading.works]


@pytest.mark.parametrize("note", [note for note in OWN if "\n" not in note])
def test_the_id_in_a_note_is_the_works_in_every_format(note: str) -> None:
    assert [(work.arxiv, work.note) for work in _read(note)] == [(OWN[note][0], OWN[note][2])] * 3


@pytest.mark.parametrize("note", OTHERS)
def test_the_id_of_another_work_stays_in_the_note(note: str) -> None:
    assert [(work.ids, work.note) for work in _read(note)] == [((), note)] * 3


@pytest.mark.parametrize("name", FORMATS)
def test_every_note_reads_back_as_what_the_format_carries(name: str) -> None:
    notes = [*OWN, *OTHERS, "doi:10.1145/1; arXiv:2310.03123", "see; below"]
    kinds = (ItemType.ARTICLE, ItemType.ARTICLE_JOURNAL, ItemType.PAPER_CONFERENCE, ItemType.DOCUMENT)
    ids: tuple[dict[str, Any], ...] = (
        {},
        {"arxiv": "2310.03123"},
        {"arxiv": "2401.00001", "DOI": "10.1145/2"},
        {"DOI": "10.1145/1"},
    )
    works = [
        Work(
            key=f"a{number}",
            title="On Otters",
            container_title="Otters",
            note=note.replace("\n", " "),
            type=kind,
            **own,
        )
        for number, (note, kind, own) in enumerate(product(notes, kinds, ids))
    ]
    form, about = FORMATS[name], About(name="a", title="A", description="A.", sections=())

    read = form.parse(form.render(works, about)).works

    assert read == tuple(form.carry(work) for work in form.arrange(works, about))
