"""What every scheme promises: its example is in normal form, and its page, prefix and links lead back to it."""

from __future__ import annotations

import ast
from dataclasses import MISSING, fields, replace
from pathlib import Path

import pytest

from fedbib.errors import BadIdentifier
from fedbib.ids import schemes
from fedbib.ids.identify import identify, normal
from fedbib.ids.landing import named
from fedbib.ids.schemes import SCHEMES, pmlr
from fedbib.ids.schemes.base import Notation
from fedbib.model.identifier import KNOWN, Identifier, Scheme
from fedbib.model.work import FIELDS, ID_FIELDS, Work, id_fields
from fedbib.schema import schema
from tests.madeup.scheme import HAL
from tests.madeup.scheme import NOTATION as MADE_UP

EVERY = pytest.mark.parametrize("notation", [*SCHEMES.values(), MADE_UP], ids=lambda notation: notation.scheme)


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SCHEMES, HAL, MADE_UP)


@EVERY
def test_example_page_and_prefix_lead_back(notation: Notation) -> None:
    id = Identifier(notation.scheme, notation.example)
    assert normal(notation.scheme, notation.example) == id
    assert identify(str(id)) == named(id.url) == identify(id.url) == id
    assert str(identify(f"{notation.scheme.upper()} : {notation.example}")) == str(id)
    assert Work(**id_fields([id])).ids == (id,)


@EVERY
def test_one_alone_is_told_where_the_scheme_says_so(notation: Notation) -> None:
    if notation.alone:
        assert identify(notation.example) == Identifier(notation.scheme, notation.example)
        return
    with pytest.raises(BadIdentifier):
        identify(notation.example)


@EVERY
def test_the_record_schema_describes_it(notation: Notation) -> None:
    described = schema()["properties"]["ids"]["properties"][notation.scheme]["description"]
    assert notation.example in described


@EVERY
def test_messages_name_it(notation: Notation) -> None:
    with pytest.raises(BadIdentifier, match=f"is not {notation.noun}") as refused:
        identify(f"{notation.scheme}: neither this nor that")
    assert f"{notation.label}" in refused.value.hint


FACTS = {field.name: getattr(pmlr.NOTATION, field.name) for field in fields(Notation)}
NEEDED = [field.name for field in fields(Notation) if field.default is field.default_factory is MISSING]


@pytest.mark.parametrize("fact", NEEDED)
def test_a_description_that_lacks_a_fact_is_refused(fact: str) -> None:
    Notation(**FACTS)
    with pytest.raises(TypeError, match=fact):
        Notation(**{name: value for name, value in FACTS.items() if name != fact})


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        pytest.param("scheme", Scheme("PM LR", "https://proceedings.mlr.press/{}.html"), id="a name with a space"),
        pytest.param("scheme", Scheme("pmlr", "http://proceedings.mlr.press/{}.html"), id="an address without https"),
        pytest.param(
            "scheme", Scheme("pmlr", "https://proceedings.mlr.press/"), id="an address without a place for the value"
        ),
        pytest.param("scheme", Scheme("title", "https://proceedings.mlr.press/{}.html"), id="the name of a field"),
        pytest.param("label", "", id="no label"),
        pytest.param("noun", "PMLR id", id="a noun without its article"),
        pytest.param("example", "V235/qin24a", id="an example that is not in normal form"),
        pytest.param("example", "2310.15080", id="an example of another scheme"),
        pytest.param("description", "PMLR volume and page id", id="a description without the example"),
        pytest.param("read", lambda text: None, id="a reader that knows no example"),
        pytest.param("hosts", {}, id="no links"),
    ],
)
def test_a_description_that_contradicts_itself_is_refused(fact: str, value: object) -> None:
    with pytest.raises(ValueError, match="is not described well"):
        Notation(**{**FACTS, fact: value})


@pytest.mark.parametrize(
    ("fact", "value", "wrong"),
    [
        (
            "scheme",
            Scheme("PM LR", "http://x.example/"),
            "the scheme 'PM LR' is not described well: name, address, read",
        ),
        ("label", "", "the scheme 'pmlr' is not described well: label"),
        ("noun", "PMLR id", "the scheme 'pmlr' is not described well: noun"),
        ("example", "2310.15080", "the scheme 'pmlr' is not described well: normal, read"),
        ("description", "x", "the scheme 'pmlr' is not described well: description"),
        ("hosts", {}, "the scheme 'pmlr' is not described well: hosts"),
    ],
)
def test_a_refusal_names_what_is_wrong_with_a_description(fact: str, value: object, wrong: str) -> None:
    with pytest.raises(ValueError, match="not described") as caught:
        Notation(**{**FACTS, fact: value})
    assert str(caught.value) == wrong


def test_every_fact_is_used() -> None:
    """A fact that nothing reads is one that somebody wrote for nothing."""
    read = set()
    for path in Path(schemes.__file__).parents[2].rglob("*.py"):
        if path.parent.name != "schemes":
            tree = ast.parse(path.read_text("utf-8"))
            read |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert {field.name for field in fields(Notation)} <= read


def test_identifiers_are_shown_in_the_order_of_the_registry() -> None:
    assert [notation.scheme for notation in SCHEMES.values()] == [*KNOWN, HAL]
    assert list(SCHEMES) == sorted(SCHEMES, key=lambda name: SCHEMES[name].scheme.place)
    assert Scheme("new", "https://new.example/{}").place < Scheme.ARXIV.place < HAL.place


def test_a_work_has_one_identifier_of_a_scheme() -> None:
    ids = [Identifier(HAL, "hal-00000002"), Identifier(Scheme.DOI, "10.1/x"), Identifier(HAL, "hal-00000001")]
    work = Work(**id_fields(ids))
    assert work == replace(Work(), DOI="10.1/x", other_ids=(ids[0],))
    assert work.ids == (ids[1], ids[0])
    assert {*ID_FIELDS.values(), "other_ids"} <= FIELDS.keys()
