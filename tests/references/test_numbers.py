"""The arXiv id of a reference: a preprint's once at most beside its addresses, a published work's never."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from fedbib import Collection
from fedbib.model.work import Work
from fedbib.references.pandoc import references
from fedbib.references.style import SHORT_NAMES, named
from tests.thorough import some

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"https?://\S+|10\.48550/\S+")


@pytest.fixture(scope="module")
def works() -> Mapping[str, Work]:
    found = [work for work in Collection.open(ROOT).works if work.arxiv]
    return {work.key: work for work in some(found, 3)}


@pytest.mark.parametrize("style", [*SHORT_NAMES, "apa", "ieee", "nature"])
def test_a_number_has_one_carrier(works: Mapping[str, Work], style: str) -> None:
    printed = references(tuple(works.values()), named(style))
    assert len(printed) == len(works)
    for reference in printed:
        work = works[reference.key]
        assert ADDRESS.sub("", reference.text).count(work.arxiv) <= work.is_preprint, reference.text
