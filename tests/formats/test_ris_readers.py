"""Programs that others wrote read what we write as RIS: bibutils and citation-js, on our records and on hard ones."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree

from fedbib.collection import Collection
from fedbib.formats import ris
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.text.markup import plain
from fedbib.text.names import split
from tests.engines import need, node, run
from tests.hard import OTHER_SCRIPTS, WORKS

pytestmark = pytest.mark.engine

ROOT = Path(__file__).parents[2]
MODS = "{http://www.loc.gov/mods/v3}"
SCRIPT = """
const {Cite} = require("@citation-js/core")
require("@citation-js/plugin-ris")
const text = require("fs").readFileSync(0, "utf8")
console.log(JSON.stringify(new Cite(text, {generateGraph: false}).data))
"""

TITLES = (
    "TY - JOUR ER - x",
    "ER -",
    "Tuning: A & B? <b>No</b>! 100% — “ok”",
    "H<sub>2</sub>O and $O(n)$ {braces} \\input{x}",
    "Übermäßig œ ế 中文 Ελλ",
    "0",
)
HARD = tuple(
    Work(
        key=f"hard{number}{place}",
        type=kind,
        title=title,
        author=(
            Name("van der Maaten", "Laurens", "Jr."),
            Name("Erdős", "P. L."),
            Name(literal="Llama Team, AI"),
            Name(unsplit="Nguyễn Văn An"),
            Name("Plato"),
        ),
        issued=PartialDate(2023, 7, 10) if place % 2 else PartialDate(2024),
        container_title=title,
        publisher=title,
        event_place=title,
        page=Pages("S12", "S20") if place % 2 else Pages("e123"),
        DOI=f"10.1234/a_b.{place}" if place % 3 else "",
        arxiv="2312.06353" if place % 2 else "",
        topics=(title, "R&D"),
    )
    for number, kind in enumerate(ItemType)
    for place, title in enumerate(TITLES)
)
PAGED = ("paper-conference", "article-journal", "chapter")


@pytest.fixture(params=["shipped", "hard", "hard in all formats"])
def works(request: pytest.FixtureRequest) -> tuple[Work, ...]:
    if request.param == "shipped":
        return Collection.open(ROOT).works
    return HARD if request.param == "hard" else WORKS + OTHER_SCRIPTS


def letters(text: str) -> str:
    """Letters and digits alone: programs cut titles and names in parts, and put their own signs between them.

    Digits that are raised are as others, as in titles of which only the markup raises them.
    """
    return "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text))).casefold()


def person(name: Name) -> str:
    name = split(name.unsplit) if name.unsplit else name
    return letters(name.literal or f"{name.given}{name.family}{name.suffix}")


def pages(work: Work) -> str:
    return letters(work.page.text) if work.page and work.type in PAGED else ""


def test_bibutils(works: tuple[Work, ...]) -> None:
    out, complaints = run([need("ris2xml"), "-i", "unicode"], ris.render(works, About()))
    # It knows no type for a dataset.
    complaints = re.sub(r".*'DATA'.*\n\s*Defaulting to STD\.\n", "", complaints)
    assert complaints == f"ris2xml: Processed {len(works)} references.\n"
    items = ElementTree.fromstring(out.removeprefix("\ufeff")).findall(f"{MODS}mods")
    assert [item.get("ID") for item in items] == [work.key for work in works]
    for work, item in zip(works, items, strict=True):

        def texts(path: str, item: Any = item) -> list[str]:
            found = item.findall("/".join(f"{MODS}{part}" for part in path.split("/")))
            return ["".join(one.itertext()) for one in found]

        assert letters("".join(texts("titleInfo"))) == letters(plain(work.title))
        # It takes an "and" in a name for two names, and RIS has nothing to say otherwise.
        people = [half for name in work.author for half in halves(name)]
        assert [person_of(name) for name in item.findall(f"{MODS}name")] == [*map(person, people)]
        dates = [one.text or "" for one in item.iter() if one.tag in (f"{MODS}dateIssued", f"{MODS}date")]
        assert {date[:4] for date in dates} == {str(work.year)}
        parts = [one for one in item.iter() if one.tag == f"{MODS}extent" or one.get("type") == "page"]
        assert letters("".join("".join(one.itertext()) for one in parts)) == pages(work)
        # Of DOIs it knows those of publishers with four digits.
        if re.match(r"10\.\d{4}/", work.DOI):
            identifiers = [one.text for one in item.findall(f"{MODS}identifier") if one.get("type") == "doi"]
            assert work.DOI in identifiers


def halves(name: Name) -> list[Name]:
    return [Name(literal=half) for half in name.literal.split(" and ")] if name.literal else [name]


def person_of(name: Any) -> str:
    parts = {"given": "", "family": "", "suffix": "", None: ""}
    for part in name.findall(f"{MODS}namePart"):
        parts[part.get("type")] += part.text or ""
    return letters("".join(parts.values()))


def test_citation_js(works: tuple[Work, ...]) -> None:
    out = node(SCRIPT, ris.render(works, About()), "@citation-js/core", "@citation-js/plugin-ris")
    items: list[Mapping[str, Any]] = json.loads(out)
    assert [item["id"] for item in items] == [work.key for work in works]
    for work, item in zip(works, items, strict=True):
        assert letters(item["title"]) == letters(plain(work.title))
        assert [
            letters("".join(said.get(part, "") for part in ("given", "family", "suffix", "literal")))
            for said in item["author"]
        ] == [*map(person, work.author)]
        assert item["issued"]["date-parts"][0][0] == work.year
        of_arxiv = f"10.48550/arXiv.{work.arxiv}" if work.arxiv and ris.carry(work).is_preprint else ""
        assert item.get("DOI", "") == (work.DOI or of_arxiv)
        assert letters(item.get("page", "")) == pages(work)
