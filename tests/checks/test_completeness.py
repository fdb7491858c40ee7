from __future__ import annotations

import re
from pathlib import Path

from fedbib.checks.completeness import ASKED, Row, completeness
from fedbib.collection import Collection
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work

ROOT = Path(__file__).parents[2]
PAPER = Work(type=ItemType.PAPER_CONFERENCE, title="T", container_title_short="EMNLP")
FULL = Work(
    type=ItemType.PAPER_CONFERENCE,
    title="T",
    editor=(Name("Bouamor", "Houda"),),
    issued=PartialDate(2023, 12),
    container_title_short="EMNLP",
    event_place="Singapore",
    publisher="Association for Computational Linguistics",
    page=Pages("1", "2"),
    ISBN="979-8-89176-332-6",
    DOI="10.18653/v1/2023.emnlp-main.488",
)


def test_what_is_asked_is_counted_by_venue() -> None:
    other = Work(type=ItemType.PAPER_CONFERENCE, container_title_short="AAAI", issued=PartialDate(2024), arxiv="2401.1")
    preprint = Work(type=ItemType.ARTICLE, container_title_short="arXiv", issued=PartialDate(2024, 1), arxiv="2401.2")
    every, none = (1,) * len(ASKED), (0,) * len(ASKED)
    assert completeness([other, PAPER, FULL, preprint]) == (
        Row("EMNLP", 2, every),
        Row("AAAI", 1, none),
        Row("published", 3, every),
        Row("preprints", 1, tuple(int(name == "month") for name in ASKED)),
    )


def test_a_venue_without_label_is_named_by_its_title() -> None:
    assert completeness([Work(type=ItemType.BOOK, container_title="A Book")])[0].name == "A Book"


def test_the_readme_tells_how_complete_the_collection_is() -> None:
    published, _ = completeness(Collection.open(ROOT).works)[-2:]
    had = dict(zip(ASKED, published.having, strict=True))
    numbers = (published.works, *(had[name] for name in ("pages", "DOI", "month", "editors", "address")))
    text = (ROOT / "README.md").read_text("utf-8").partition("<!-- fedbib:begin")[0]
    said = re.search(r"^Of \d+ published papers .*?`fedbib check --summary`", text, re.MULTILINE | re.DOTALL)
    assert said
    assert tuple(map(int, re.findall(r"\d+", said.group()))) == numbers
