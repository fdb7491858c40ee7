"""The arXiv id of a reference: a preprint's once at most beside its addresses, a published work's never."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fedbib import Collection
from fedbib.references.pandoc import references
from fedbib.references.style import SHORT_NAMES, named

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"https?://\S+|10\.48550/\S+")


@pytest.mark.parametrize("style", [*SHORT_NAMES, "apa", "ieee", "nature"])
def test_a_number_has_one_carrier(style: str) -> None:
    works = {work.key: work for work in Collection.open(ROOT).works if work.arxiv}
    printed = references(tuple(works.values()), named(style))
    assert len(printed) == len(works)
    for reference in printed:
        work = works[reference.key]
        assert ADDRESS.sub("", reference.text).count(work.arxiv) <= work.is_preprint, reference.text
