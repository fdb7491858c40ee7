from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fedbib.formats import csl_json
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import OTHERS, Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Severity
from fedbib.model.work import ItemType, Status, Work

CASES = Path(__file__).parents[1] / "cases"

KSEED = Work(
    key="qin2023federated",
    type=ItemType.ARTICLE,
    title='Federated Full-Parameter Tuning with <span class="nocase">FedKSeed</span>',
    author=(Name("Qin", "Zhen"), Name(unsplit="Daoyuan Chen")),
    issued=PartialDate(2023, 12, 11),
    container_title_short="arXiv",
    arxiv="2312.06353",
    arxiv_class="cs.LG",
)
PETALS = Work(
    key="borzunov2023petals",
    type=ItemType.PAPER_CONFERENCE,
    title="Petals: Collaborative Inference and Fine-tuning of Large Models",
    author=(Name("van der Maaten", "Laurens", "Jr."), Name(literal="BigScience Workshop")),
    issued=PartialDate(2023, 7),
    container_title="Proceedings of the 61st Annual Meeting (Volume 3: System Demonstrations)",
    container_title_short="ACL Demo",
    publisher="Association for Computational Linguistics",
    publisher_place="Toronto, Canada",
    page=Pages("558", "568"),
    DOI="10.18653/v1/2023.acl-demo.54",
    acl="2023.acl-demo.54",
    arxiv="2209.01188",
    arxiv_class="cs.LG",
    status=Status.PUBLISHED,
    topics=("framework",),
)
TOOL = Work(key="tool", type=ItemType.SOFTWARE, title="A & B < C", URL="https://a.example/x", status=Status.RETRACTED)

# csl-data.json of CSL 1.0.2, as far as an item of ours goes: members with their kinds.
TEXTS = frozenset(
    {"id", "citation-key", "title", "container-title", "container-title-short", "collection-title", "event-title"}
    | {"event-place", "publisher", "publisher-place", "volume", "issue", "number", "genre", "ISBN", "ISSN", "page"}
    | {"DOI", "URL", "status", "note", "archive", "archive_location", "edition", "version", "medium", "call-number"}
    | {"collection-number", "number-of-volumes", "number-of-pages", "chapter-number", "language"}
)
PEOPLE = ("author", "editor", "translator", "container-author")
TYPES = frozenset(
    {"article", "article-journal", "paper-conference", "chapter", "book", "thesis", "report", "webpage"}
    | {"dataset", "document", "patent"}
)


def check_schema(items: list[dict[str, Any]]) -> None:
    for item in items:
        assert {"id", "type"} <= item.keys()
        assert item["type"] in TYPES, "Zotero refuses a whole file for one item of type software"
        assert item.keys() <= TEXTS | {"type", *PEOPLE, "issued", "accessed", "event-date"}
        assert all(isinstance(item[name], str) for name in item.keys() & TEXTS)
        for person in (person for name in PEOPLE for person in item.get(name, ())):
            assert person.keys() <= {"family", "given", "suffix"} or person.keys() == {"literal"}
            assert all(isinstance(text, str) and text for text in person.values())
        if "issued" in item:
            (date,) = item["issued"]["date-parts"]
            assert 1 <= len(date) <= 3
            assert all(type(part) is int for part in date)


def items(*works: Work) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(csl_json.render(works, About()))
    return found


def test_items_fit_the_schema() -> None:
    every = [Work(key=f"k{number}", type=kind, title="T", number="1") for number, kind in enumerate(ItemType)]
    check_schema(items(KSEED, PETALS, TOOL, *every))
    assert items() == []


def test_golden() -> None:
    expected = (CASES / "csl.json").read_text("utf-8")
    assert csl_json.render([KSEED, PETALS, TOOL], About()) == expected


def test_a_preprint_is_found_by_every_style() -> None:
    (item,) = items(KSEED)
    assert item["type"] == "article"
    assert item["publisher"] == "arXiv"
    assert item["number"] == "arXiv:2312.06353"
    assert item["DOI"] == "10.48550/arXiv.2312.06353"
    assert item["URL"] == "https://arxiv.org/abs/2312.06353"
    assert item["note"] == "arXiv: 2312.06353 [cs.LG]"
    assert "container-title-short" not in item


def test_a_published_work_keeps_its_own_doi_and_the_arxiv_id() -> None:
    (item,) = items(PETALS)
    assert item["DOI"] == "10.18653/v1/2023.acl-demo.54"
    assert item["URL"] == "https://aclanthology.org/2023.acl-demo.54/"
    assert item["call-number"] == "arXiv: 2209.01188 [cs.LG]"
    assert "note" not in item
    assert item["page"] == "558-568"
    assert item["author"][0] == {"family": "van der Maaten", "given": "Laurens", "suffix": "Jr."}


def test_an_ordinary_work_comes_back_whole() -> None:
    (read,) = csl_json.parse(csl_json.render([PETALS], About())).works
    assert read == PETALS.only(csl_json.CARRIES - {"status"})


def test_lines_are_those_of_the_items() -> None:
    text = csl_json.render([KSEED, PETALS], About())
    lines = text.split("\n")
    assert [lines[number].strip() for number in csl_json.parse(text).lines] == [
        '"id": "qin2023federated",',
        '"id": "borzunov2023petals",',
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"id": "a", "title": "T"}', Work(key="a", title="T"), id="object-instead-of-list"),
        pytest.param('{"references": [{"id": "a"}]}', Work(key="a"), id="pandoc"),
        pytest.param(
            '[{"id": "a", "issued": "2023-07-01"}]',
            Work(key="a", issued=PartialDate(2023, 7, 1)),
            id="string-date",
        ),
        pytest.param(
            '[{"id": "a", "issued": {"raw": "July 2023"}}]',
            Work(key="a", issued=PartialDate(2023, 7)),
            id="raw-date",
        ),
        pytest.param('[{"id": "a", "issued": {"raw": "2022 or 2023"}}]', Work(key="a"), id="two-years-are-none"),
        pytest.param(
            '[{"id": "a", "author": [{"literal": "Llama Team"}]}]',
            Work(key="a", author=(Name(literal="Llama Team"),)),
            id="literal-name",
        ),
        pytest.param(
            '[{"id": "a", "title": "A &amp; <em>B</em>", "container-title": "C &amp; <i>D</i>"}]',
            Work(key="a", title="A & <i>B</i>", container_title="C & D"),
            id="html",
        ),
        pytest.param('[{"id": 7, "title": 0, "volume": 12}]', Work(key="7", title="0", volume="12"), id="numbers"),
        pytest.param(
            '[{"id": "a", "title": 1e5, "issue": NaN}]', Work(key="a", title="1e5", issue="NaN"), id="1e5-NaN"
        ),
        pytest.param('[{"id": "a", "title": "null"}]', Work(key="a", title="null"), id="null-as-text"),
        pytest.param('[{"id": "a", "title": true}]', Work(key="a", title="true"), id="true"),
        pytest.param('[{"id": "a", "issued": {"date-parts": [[null]]}}]', Work(key="a"), id="null"),
        pytest.param(
            '[{"id": "a", "issued": {"date-parts": [["2024", 0, 0]]}}]',
            Work(key="a", issued=PartialDate(2024)),
            id="zeros",
        ),
        pytest.param(
            '[{"id": "a", "author": [{"family": "Maaten", "non-dropping-particle": "van der", "given": "L"}]}]',
            Work(key="a", author=(Name("van der Maaten", "L"),)),
            id="particle-goes-with-the-family-name",
        ),
        pytest.param(
            '[{"id": "a", "author": [{"family": "Fontaine", "non-dropping-particle": "La", "dropping-particle": "de"}]}]',
            Work(key="a", author=(Name("de La Fontaine"),)),
            id="the-particle-that-may-drop-comes-first",
        ),
        pytest.param(
            '[{"id": "a", "author": [{"family": "Alembert", "dropping-particle": "d’", "given": "J"}]}]',
            Work(key="a", author=(Name("d’Alembert", "J"),)),
            id="no-blank-behind-an-elided-particle",
        ),
        pytest.param(
            '[{"id": "a", "DOI": "https://doi.org/10.48550/arXiv.2312.06353"}]',
            Work(key="a", arxiv="2312.06353"),
            id="arxiv-doi",
        ),
        pytest.param(
            '[{"id": "a", "DOI": "10.1145/X", "URL": "https://dl.acm.org/doi/10.1145/X"}]',
            Work(key="a", DOI="10.1145/x"),
            id="url",
        ),
        pytest.param('[{"id": "a", "URL": "javascript:alert(1)"}]', Work(key="a"), id="javascript"),
        pytest.param('[{"id": "a", "page": "1–12"}]', Work(key="a", page=Pages("1", "12")), id="en-dash"),
        pytest.param('\ufeff[{"id": "a"}]', Work(key="a"), id="bom"),
        pytest.param(
            '[{"id": "a", "type": "journal-article"}]',
            Work(key="a", type=ItemType.ARTICLE_JOURNAL),
            id="crossref-type",
        ),
        pytest.param('[{"id": "a", "type": "opera"}]', Work(key="a"), id="unknown-type"),
    ],
)
def test_what_others_write_is_read(text: str, expected: Work) -> None:
    assert csl_json.parse(text).works == (expected,)


def test_unknown_members_are_listed() -> None:
    reading = csl_json.parse('[\n{"id": "a", "title": "T", "type": "book", "abstract": "...", "license": "..."}]')
    assert [(problem.message, problem.line, problem.key) for problem in reading.problems] == [
        ("not kept: abstract, license", 2, "a")
    ]


@pytest.mark.parametrize(
    ("text", "works", "line"),
    [
        pytest.param("", 0, 1, id="empty"),
        pytest.param("not json", 0, 1, id="no-json"),
        pytest.param('[\n{"id": "a"},\n3,\n{"id": "b"}]', 2, 3, id="item-that-is-a-number"),
        pytest.param('[\n{"id": "a"},\n{"id": ', 1, 3, id="cut-short"),
        pytest.param('[\n{"id": "a"}\n{"id": "b"}]', 1, 3, id="comma-missing"),
        pytest.param('[{"id": "a"}]\n\nmore', 1, 3, id="text-after-the-list"),
        pytest.param("[" * 100_000, 0, 1, id="deep-nesting"),
        pytest.param('{"a":' * 100_000, 0, 1, id="deep-objects"),
        pytest.param('[\n<<<<<<< HEAD\n{"id": "a"}]', 0, 2, id="conflict"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, works: int, line: int) -> None:
    reading = csl_json.parse(text)
    assert len(reading.works) == works
    errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    assert [(problem.code, problem.line) for problem in errors] == [("C01", line)]


def test_huge_numbers_are_only_text() -> None:
    (work,) = csl_json.parse('[{"id": "a", "volume": ' + "9" * 10_000 + "}]").works
    assert len(work.volume) == 10_000


def test_markup_and_entities_of_a_title_stand_as_they_are() -> None:
    work = Work(key="a", title="a &amp; b <em> <i>c</i>")
    assert items(work)[0]["title"] == work.title
    assert csl_json.parse(csl_json.render([work], About())).works == (work,)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        pytest.param("{Twitter} as a {Corpus}", "Twitter as a {Corpus}", id="the capital that begins a title stays"),
        pytest.param("{LoRA} and {Twitter}", "{LoRA} and {Twitter}", id="inner capitals do not"),
        pytest.param("{Byzantine}-Resilient", "Byzantine-Resilient", id="before a hyphen"),
        pytest.param("{Fed}Avg", "{Fed}Avg", id="a part of a word"),
        pytest.param("On {2024} and {中文}", "On 2024 and 中文", id="no case to change"),
        pytest.param("On {iid} Data", "On {iid} Data", id="title case would change lower case"),
        pytest.param("{}", "", id="nothing"),
    ],
)
def test_nocase_stands_only_where_a_style_would_change_something(title: str, written: str) -> None:
    title, written = (text.replace("{", '<span class="nocase">').replace("}", "</span>") for text in (title, written))
    work = Work(key="a", type=ItemType.BOOK, title=title)
    (read,) = csl_json.parse(csl_json.render([work], About())).works
    assert read.title == csl_json.carry(work).title == written


def test_a_mark_around_a_blank_leaves_no_blank() -> None:
    work = Work(key="k", title='<span class="nocase"> </span>')
    assert csl_json.carry(work).title == ""
    assert csl_json.parse(csl_json.render([work], About())).works == (csl_json.carry(work),)


def test_a_name_in_markup_is_in_its_normal_form() -> None:
    text = '[{"author": ["<i></i>", "A<i>\\u0301</i>", {"family": "Zhao", "given": "U<b>\\u0308</b>"}]}]'
    (work,) = csl_json.parse(text).works
    assert work.author == (Name(unsplit="Á"), Name("Zhao", "Ü"))


def test_the_members_of_other_writers() -> None:
    item = {
        "title": ["Main", "other"],
        "issued": {"date-parts": ["2019", 3]},
        "event": "Gulls 2019",
        "author": [{"family": "Lee", "given": "Ann"}, {"literal": "et al."}],
    }
    reading = csl_json.parse(json.dumps([{"id": "a", "type": "paper-conference", **item}]))
    (work,) = reading.works
    assert (work.title, work.issued, work.event_title) == ("Main", PartialDate(2019, 3), "Gulls 2019")
    assert work.author == (Name("Lee", "Ann"), OTHERS)
    assert [value.text for value in reading.values[0] if value.name == "issued"] == ["2019-3"]


@pytest.mark.parametrize("name", ["items", "references"])
def test_the_items_of_an_object_have_lines_of_their_own(name: str) -> None:
    items = [{"id": key, "type": "book", "title": key} for key in "abc"]
    text = json.dumps({"config": {"items": []}, name: items}, indent=1)
    starts = [text[: text.index(f'"id": "{key}"')].count("\n") for key in "abc"]
    assert list(csl_json.parse(text).lines) == starts
