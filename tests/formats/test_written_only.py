"""The formats that are for other programs alone, each read back by a reader that others wrote."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from fedbib import Collection
from fedbib.formats import SHAPING, csl_json
from fedbib.formats.base import Shape
from fedbib.formats.yaml import dump
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.text.markup import plain
from tests.engines import missing, need, run
from tests.hard import WORKS
from tests.typst import printed

ROOT = Path(__file__).resolve().parents[2]
ABOUT = About(name="fedllm", title="FedLLM: a list")
FORMATS = ("cff", "csl-yaml", "hayagriva")


@pytest.fixture(scope="module")
def shipped() -> tuple[Work, ...]:
    return Collection.open(ROOT).works


PLAIN = Shape()


def loaded(form: str, works: Sequence[Work], shape: Shape = PLAIN) -> Any:
    return yaml.safe_load(SHAPING[form].shaped(works, ABOUT, shape))


@pytest.mark.parametrize(
    "value",
    [
        {
            "a": ["no", "1e3", "2023-10-01", "", "~", "- x: y", 'q"\\', "\u2028\x85é😀", "null"],
            "no": 1,
            "b: c": {"d": {}},
        },
        [],
        {},
        [[["a"], []], {"x": [{"y": 1, "z": "1"}]}],
    ],
)
def test_another_reader_of_yaml_reads_the_same_values(value: Any) -> None:
    assert yaml.safe_load(dump(value)) == value


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("works", [(), WORKS], ids=["none", "hard"])
def test_whatever_a_work_says_the_file_is_read(form: str, works: Sequence[Work]) -> None:
    text = SHAPING[form].shaped(works, ABOUT, Shape())
    data = yaml.safe_load(text)
    assert text.endswith("\n")
    found = {"cff": "references", "csl-yaml": "references"}.get(form)
    assert len((data.get(found, []) if found else data) or []) == len(works)


def test_yaml_says_what_json_says(shipped: tuple[Work, ...]) -> None:
    items = json.loads(SHAPING["csl-json"].shaped(shipped, ABOUT, Shape()))
    for ours, theirs in zip(loaded("csl-yaml", shipped)["references"], items, strict=True):
        assert ours.keys() == theirs.keys()
        assert (ours["id"], ours["type"], len(ours["author"])) == (theirs["id"], theirs["type"], len(theirs["author"]))


@pytest.mark.engine
@pytest.mark.parametrize("which", ["shipped", "hard"])
def test_pandoc_reads_from_yaml_what_it_reads_from_json(shipped: tuple[Work, ...], which: str, tmp_path: Path) -> None:
    program, works = need("pandoc"), shipped if which == "shipped" else WORKS
    text = f"---\n{SHAPING['csl-yaml'].shaped(works, ABOUT, Shape())}---\n"
    theirs = json.loads(run([program, "-f", "markdown", "-t", "csljson"], text)[0])
    ours = json.loads(run([program, "-f", "csljson", "-t", "csljson"], csl_json.render(works, ABOUT))[0])
    for one, other in zip(ours, theirs, strict=True):
        # From JSON pandoc takes the note for a variable of the name "arxiv".
        assert simple({**one, "note": ""} | {"arxiv": ""}) == simple({**other, "note": ""} | {"arxiv": ""})


def simple(value: Any) -> Any:
    """Without what typography there is: from JSON pandoc makes quotes of straight ones, and letters of what is raised."""
    match value:
        case str():
            tagless = unicodedata.normalize("NFKC", re.sub(r"</?su[bp]>", "", value))
            return re.sub(r"[\"\u201c\u201d'\u2018\u2019\s]", "", tagless)
        case list():
            return [simple(inner) for inner in value]
        case dict():
            return {name: simple(inner) for name, inner in value.items()}
        case _:
            return value


@pytest.mark.parametrize("style", ["ieee", "apa", "chicago-author-date", "association-for-computing-machinery"])
@pytest.mark.parametrize("which", ["shipped", "hard"])
def test_typst_prints_every_work_with_its_year_and_title(
    shipped: tuple[Work, ...], style: str, which: str, tmp_path: Path
) -> None:
    works = shipped if which == "shipped" else WORKS
    entries = printed(SHAPING["hayagriva"].shaped(works, ABOUT, Shape()), style, tmp_path, "yml")
    assert len(entries) == len(works)
    read = [(letters(text), text) for text in entries]
    for work in works:
        title = letters(plain(work.title))
        mine = [text for known, text in read if title in known]
        assert mine, work.key
        assert work.year is None or any(str(work.year) in text for text in mine), (work.key, mine)
        assert (
            not work.author
            or any(work.author[0].display.split()[-1] in text for text in mine)
            or work.author[0].literal
        )


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).casefold().replace("ı", "i")


def test_a_paper_stands_in_its_proceedings_and_its_series() -> None:
    work = Work(
        key="a",
        type=ItemType.PAPER_CONFERENCE,
        title='The <span class="nocase">LLM</span> of $x$ {y}<sup>3</sup>',
        author=(Name("Lee", "Ann"), Name("Doe", "Bo", "Jr."), Name(literal="Team, Inc.")),
        editor=(Name("Roe", "Cy"),),
        issued=PartialDate(2024, 7),
        container_title="Proceedings of ICML",
        collection_title="PMLR",
        volume="235",
        page=Pages("1", "9"),
        publisher="PMLR",
        publisher_place="Vienna",
        DOI="10.1000/x",
        arxiv="2312.06353",
    )
    assert loaded("hayagriva", [work])["a"] == {
        "type": "article",
        "title": r"The {LLM} of \$x\$ \{y\}³",
        "author": ["Lee, Ann", {"name": "Doe", "given-name": "Bo", "suffix": "Jr."}, {"name": "Team, Inc."}],
        "date": "2024-07",
        "page-range": "1-9",
        "parent": {
            "type": "proceedings",
            "title": "Proceedings of {ICML}",
            "editor": ["Roe, Cy"],
            "volume": "235",
            "publisher": {"name": "PMLR", "location": "Vienna"},
            "parent": {"type": "anthology", "title": "PMLR"},
        },
        "serial-number": {"doi": "10.1000/x"},
        "url": "https://doi.org/10.1000/x",
    }
    short = loaded("hayagriva", [work], Shape(frozenset({"doi", "url"})))["a"]
    assert "url" not in short
    assert "serial-number" not in short


@pytest.mark.parametrize("form", FORMATS)
def test_a_preprint_has_its_number(form: str) -> None:
    work = Work(key="a", type=ItemType.ARTICLE, title="T", arxiv="2312.06353", arxiv_class="cs.LG")
    whole, without = (
        SHAPING[form].shaped([work], ABOUT, Shape(frozenset(names))) for names in ((), ("doi", "url", "eprint"))
    )
    assert "2312.06353" in whole
    assert ("2312.06353" in without) == (form == "csl-yaml")  # there it is the number of the report, too


def schema() -> Any:
    spec = find_spec("cffconvert")
    if spec is None or not spec.origin:
        missing("cffconvert (pip install --no-deps cffconvert)")
    return json.loads((Path(spec.origin).parent / "schemas" / "1.2.0" / "schema.json").read_text("utf-8"))


@pytest.mark.engine
@pytest.mark.parametrize("number", [0, 1, None])
@pytest.mark.parametrize("which", ["shipped", "hard"])
def test_a_citation_file_is_valid(shipped: tuple[Work, ...], which: str, number: int | None) -> None:
    works = (shipped if which == "shipped" else WORKS)[:number]
    jsonschema.Draft7Validator(schema()).validate(loaded("cff", works))


def test_a_citation_file_of_one_work_is_about_that_work() -> None:
    work = Work(
        key="a",
        type=ItemType.ARTICLE,
        title="The <i>Title</i>",
        author=(Name("Lee", "Ann"),),
        issued=PartialDate(2024, 7, 3),
        arxiv="2312.06353",
        topics=("LoRA",),
    )
    one = loaded("cff", [work])
    assert (one["title"], one["authors"]) == ("The Title", [{"family-names": "Lee", "given-names": "Ann"}])
    assert one["preferred-citation"]["doi"] == "10.48550/arXiv.2312.06353"
    assert one["preferred-citation"]["date-published"] == "2024-07-03"
    assert one["preferred-citation"]["keywords"] == ["LoRA"]
    several = loaded("cff", [work, work])
    assert (several["title"], several["authors"]) == ("FedLLM: a list", [{"name": "FedLLM: a list"}])
    assert several["references"] == [one["preferred-citation"]] * 2


@pytest.mark.parametrize("style", ["apa", "chicago-author-date", "modern-language-association"])
def test_typst_keeps_blank_and_capitals_behind_first_words_that_keep_their_own(style: str, tmp_path: Path) -> None:
    titles = {
        "LoRA Is Good": '<span class="nocase">LoRA</span> Is Good',
        "LoRA GPU Use": '<span class="nocase">LoRA</span> <span class="nocase">GPU</span> Use',
        "FedX: Uses of LoRA": '<span class="nocase">FedX</span>: Uses of <span class="nocase">LoRA</span>',
    }
    works = [
        Work(key=f"k{at}", type=ItemType.ARTICLE_JOURNAL, title=title, container_title="IEEE Transactions on Computers")
        for at, title in enumerate(titles.values())
    ]
    entries = printed(SHAPING["hayagriva"].shaped(works, ABOUT, Shape()), style, tmp_path, "yml")
    for title in titles:
        assert any(title in text for text in entries), entries
    assert all("IEEE Transactions on Computers" in text for text in entries)


def test_a_page_of_a_site_keeps_its_own_title_and_a_book_its_edition() -> None:
    page = Work(key="p", type=ItemType.WEBPAGE, title="A page", container_title="A Blog")
    book = Work(key="b", type=ItemType.BOOK, title="A book", edition="3")
    tool = Work(key="t", type=ItemType.SOFTWARE, title="A tool", version="1.2")
    said = loaded("hayagriva", [page, book, tool])
    assert said["p"] == {"type": "web", "title": "A page", "parent": {"type": "web", "title": "A Blog"}}
    assert said["b"]["edition"] == "3"
    assert said["t"]["edition"] == "1.2"
    _, second, third = loaded("cff", [page, book, tool])["references"]
    assert second["edition"] == "3"
    assert third["version"] == "1.2"
