from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from fedbib.formats import full_json
from fedbib.ids.landing import normalised
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Severity
from fedbib.model.work import FIELDS, ItemType, Link, Status, Work
from fedbib.schema import works_schema
from tests.madeup.registered import registered
from tests.madeup.scheme import HAL
from tests.property import strategies
from tests.thorough import examples

ABOUT = About(name="fedllm", title="FedLLM", description="Papers.")
EVERY = Work(
    key="borzunov2023petals",
    type=ItemType.PAPER_CONFERENCE,
    title='<span class="nocase">Petals</span> & H<sub>2</sub>O',
    author=(Name("van der Maaten", "Laurens", "Jr."), Name(literal="Llama Team, AI"), Name(unsplit="Ada Lovelace")),
    editor=(Name("Lee", "Bob"),),
    issued=PartialDate(2023, 7, 10),
    container_title="Proceedings",
    container_title_short="ACL Demo",
    collection_title="Series",
    event_title="ACL",
    event_place="Toronto",
    publisher="ACL",
    publisher_place="Stroudsburg",
    volume="3",
    issue="2",
    page=Pages("558", "568"),
    number="7",
    genre="Demo",
    collection_number="4",
    number_of_volumes="2",
    number_of_pages="12",
    chapter_number="5",
    edition="2",
    version="1.1",
    medium="CD-ROM",
    archive="A library",
    archive_location="Shelf 3",
    accessed=PartialDate(2024, 1, 2),
    event_date=PartialDate(2023, 7, 10),
    translator=(Name("Roe", "Tim"),),
    container_author=(Name("Poe", "Ann"),),
    language="en",
    note="Best demo",
    ISBN="978-0-306-40615-7",
    ISSN="2049-3630",
    DOI="10.18653/v1/2023.acl-demo.54",
    URL="https://example.org/petals",
    arxiv="2209.01188",
    arxiv_class="cs.LG",
    acl="2023.acl-demo.54",
    openreview="cit0hg4sEz",
    pmlr="v235/qin24a",
    dblp="conf/acl/BorzunovBDRBCSR23",
    other_ids=(Identifier(HAL, "hal-01234567"),),
    status=Status.RETRACTED,
    topics=("framework", "a, b; c"),
    datasets=("Synthetic",),
    models=("BLOOM-176B",),
    comment="read *first*; <b>short</b>",
    tldr="Does much, *quickly*",
    links=(Link("code", "https://github.com/bigscience-workshop/petals"), Link("video", "https://example.org/v")),
    aliases=("petals2023old",),
)
with registered():
    VALIDATOR = jsonschema.Draft202012Validator(works_schema())


@pytest.fixture(autouse=True)
def _registered() -> Iterator[None]:
    with registered():
        yield


def test_a_work_with_everything_comes_back_whole() -> None:
    assert [field for field in FIELDS if getattr(EVERY, field) == FIELDS[field]] == [], "a field is not tried"
    reading = full_json.parse(full_json.render([EVERY, Work(key="a")], ABOUT))
    assert reading.works == (EVERY, Work(key="a"))
    assert (reading.lines, reading.problems) == ((7, 71), ())


@settings(deadline=None, max_examples=examples(30), suppress_health_check=list(HealthCheck))
@given(works=strategies.collections())
def test_nothing_is_lost_and_the_schema_holds(works: tuple[Work, ...]) -> None:
    usual = [
        replace(normalised(work), links=tuple({link.label: link for link in work.links}.values())) for work in works
    ]
    text = full_json.render(usual, ABOUT)
    assert full_json.parse(text).works == tuple(usual)
    VALIDATOR.validate(json.loads(text))


def test_the_layout() -> None:
    work = replace(Work(key="a"), title="T", author=EVERY.author[:2], topics=("x", "y"), links=EVERY.links[1:])
    assert full_json.render([work], ABOUT) == (
        '{\n "fedbib": 1,\n "name": "fedllm",\n "title": "FedLLM",\n "description": "Papers.",\n "works": [\n'
        '  {\n   "key": "a",\n   "title": "T",\n   "author": [\n'
        '    {"family": "van der Maaten", "given": "Laurens", "suffix": "Jr."},\n    {"literal": "Llama Team, AI"}\n   ],\n'
        '   "topics": ["x", "y"],\n   "links": {"video": "https://example.org/v"}\n  }\n ]\n}\n'
    )
    assert full_json.render([], About(title="")) == '{\n "fedbib": 1,\n "name": "bibliography",\n "works": []\n}\n'


def test_the_shipped_collection_fits_the_schema() -> None:
    from fedbib.build import outputs
    from fedbib.collection import Collection

    collection = Collection.open(Path(__file__).parents[2])
    text = outputs.rendered("full-json", collection.works, collection.settings.about)
    VALIDATOR.validate(json.loads(text))
    assert full_json.parse(text).works == collection.works, "settled works are kept to the letter"


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "a", "titel": "T"},
        {"title": "T"},
        {"key": "a", "issued": "July 2023"},
        {"key": "a", "author": [{"given": "Ann"}]},
        {"key": "a", "author": [{"family": "A", "literal": "B"}]},
        {"key": "a", "type": "opera"},
        {"key": "a", "topics": "LoRA"},
        {"key": "a", "links": {"code": "ftp://example.org"}},
        {"key": "a", "volume": 3},
    ],
)
def test_the_schema_refuses(wrong: Mapping[str, Any]) -> None:
    assert VALIDATOR.is_valid({"fedbib": 1, "works": [{"key": "a"}]})
    assert not VALIDATOR.is_valid({"fedbib": 1, "works": [wrong]})


@pytest.mark.parametrize(
    ("text", "works", "line"),
    [
        pytest.param("", 0, 1, id="empty"),
        pytest.param("[]", 0, 1, id="a-list"),
        pytest.param("{}", 0, 1, id="no-works"),
        pytest.param('{"fedbib": 2, "works": [{"key": "a"}]}', 0, 1, id="of-a-later-version"),
        pytest.param('{"works": [\n{"key": "a"},\n3\n]}', 1, 3, id="a-work-that-is-a-number"),
        pytest.param('{"works": [\n{"key": "a"},\n{"key": ', 1, 3, id="cut-short"),
        pytest.param('{"works": [\n{"key": "a"}]', 1, 2, id="not-closed"),
        pytest.param('{"works": [\n{"key": "a"}]}\nmore', 1, 3, id="text-after-the-end"),
        pytest.param('{"works": {"key": "a"}}', 0, 1, id="works-that-are-no-list"),
        pytest.param('{"works" [', 0, 1, id="colon-missing"),
        pytest.param('{"a":' * 100_000, 0, 1, id="deep-objects"),
        pytest.param('{"works": [' + "[" * 100_000, 0, 1, id="deep-lists"),
        pytest.param('{\n<<<<<<< HEAD\n"works": []}', 0, 2, id="conflict"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, works: int, line: int) -> None:
    reading = full_json.parse(text)
    assert len(reading.works) == works
    assert [(problem.code, problem.line) for problem in reading.problems if problem.severity is Severity.ERROR] == [
        ("C01", line)
    ]


@pytest.mark.parametrize(
    ("member", "says"),
    [
        pytest.param('"titel": "T"', "unknown field", id="unknown"),
        pytest.param('"issued": "July"', "not a date", id="date"),
        pytest.param('"author": ["Ann"]', "a name is an object", id="name"),
        pytest.param('"type": "opera"', "unknown type", id="type"),
        pytest.param('"DOI": "20.1/x"', "is not one", id="doi"),
        pytest.param('"URL": "javascript:alert(1)"', "starts with 'javascript'", id="url"),
        pytest.param('"links": {"code": "javascript:alert(1)"}', "starts with 'javascript'", id="link"),
        pytest.param('"links": {"A]": "https://example.org"}', "label of a link", id="label"),
        pytest.param('"links": []', "must be an object", id="links-that-are-a-list"),
        pytest.param('"topics": [1, null]', "must be a list of texts", id="null"),
    ],
)
def test_what_does_not_fit_is_left_out_and_named(member: str, says: str) -> None:
    reading = full_json.parse('{"fedbib": 1, "works": [{"key": "a", "title": "T", ' + member + "}]}")
    assert reading.works == (Work(key="a", title="T"),)
    (problem,) = reading.problems
    assert says in problem.message
    assert (problem.key, problem.line) == ("a", 1)


def test_order_and_layout_do_not_matter() -> None:
    data = json.loads(full_json.render([EVERY], ABOUT))
    assert full_json.parse(json.dumps(data, sort_keys=True)).works == (EVERY,)
    assert full_json.parse("\ufeff" + json.dumps(data, indent=8)).works == (EVERY,)
