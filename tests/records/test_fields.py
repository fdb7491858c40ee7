from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from fedbib.errors import BadValue
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import FACETS, FIELDS, ItemType, Link, Status, Work
from fedbib.records import fields, members
from tests.madeup.registered import registered
from tests.property.strategies import works

SAID = [field for field in FIELDS if field not in FACETS and field not in ("key", "URL")]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(works())
def test_what_is_written_as_data_reads_back(work: Work) -> None:
    work = work.only(SAID)
    with registered():
        assert fields.load(fields.dump(work)) == work


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param({"tilte": "x"}, "unknown field", id="typo"),
        pytest.param({"container_title": "x"}, "unknown field", id="not-csl"),
        pytest.param({"title": True}, "must be a text, not true or false", id="bool"),
        pytest.param({"title": None}, "must be a text, not null", id="null"),
        pytest.param({"issued": "2023-13"}, "not a date", id="month"),
        pytest.param({"type": "paper"}, "unknown type", id="type"),
        pytest.param({"author": "A"}, "must be a list of names", id="names"),
        pytest.param({"author": [{}]}, "a name is an object", id="empty-name"),
        pytest.param({"author": [{"family": "A", "literal": "B"}]}, "exactly one of", id="two-forms"),
        pytest.param({"author": [{"given": "A"}]}, "exactly one of", id="no-family"),
        pytest.param({"URL": "javascript:x"}, "starts with 'javascript'", id="url"),
    ],
)
def test_what_does_not_fit_is_named(data: dict[str, object], words: str) -> None:
    with pytest.raises(BadValue, match=words) as error:
        fields.load(data)
    assert error.value.where == next(iter(data))


@given(works())
def test_a_value_is_told_as_its_data_is(work: Work) -> None:
    for field in fields.NAMES.values():
        value = getattr(work, field)
        assert fields.display(value) == fields.shown(fields.plain_value(value))


@pytest.mark.parametrize("title", ["0", "1e5", "null", "NaN", "true"])
def test_text_that_looks_like_something_else_is_text(title: str) -> None:
    assert fields.load({"title": title}).title == title


def test_everything_for_machines() -> None:
    work = Work(key="k", title="T", datasets=("A",), links=(Link("code", "https://x.org"),))
    assert fields.everything(work) == {"key": "k", "title": "T", "datasets": ["A"], "links": {"code": "https://x.org"}}


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        ({"title": 1}, "must be a text, not a number", "put it in quotes"),
        ({"title": 1.5}, "must be a text, not a number", "put it in quotes"),
        ({"title": []}, "must be a text, not a list", "put it in quotes"),
        ({"title": {}}, "must be a text, not a table", "put it in quotes"),
        ({"title": object()}, "must be a text, not a date or time", "put it in quotes"),
        ({"type": "paper"}, "unknown type 'paper'", "known: " + ", ".join(ItemType)),
        ({"status": "lost"}, "unknown status 'lost'", "known: " + ", ".join(Status)),
        ({"author": [3]}, "a name is an object with family and given, or literal, or unsplit", ""),
        ({"author": [{"name": "A"}]}, "a name is an object with family and given, or literal, or unsplit", ""),
        ({"author": [{"literal": "A", "suffix": "Jr."}]}, "a name has exactly one of family, literal and unsplit", ""),
        ({"author": [{"family": "", "given": "A"}]}, "a name has exactly one of family, literal and unsplit", ""),
        ({"author": [{"family": "A", "unsplit": "B"}]}, "a name has exactly one of family, literal and unsplit", ""),
        ({"author": [{"family": "A", "given": 3}]}, "must be a text, not a number", "put it in quotes"),
        ({"editor": "A"}, "must be a list of names", ""),
        ({"key": "k"}, "unknown field", ""),
        ({"topics": ["a"]}, "unknown field", ""),
        ({"other-ids": []}, "unknown field", ""),
    ],
)
def test_what_does_not_fit_is_told_whole(data: dict[str, object], message: str, hint: str) -> None:
    with pytest.raises(BadValue) as caught:
        fields.load({"volume": "1", **data})
    assert (caught.value.message, caught.value.hint, caught.value.where) == (message, hint, next(iter(data)))


def test_names_are_read_in_each_form_and_cleaned() -> None:
    people = [
        {"family": " Ho ", "given": "Ann  B."},
        {"family": "Strauss", "given": "Franz", "suffix": "Jr."},
        {"family": "Alone"},
        {"literal": "A\u200b Team"},
        {"unsplit": "Bo Li"},
    ]
    assert fields.load({"author": people, "editor": people[:1]}) == Work(
        author=(
            Name("Ho", "Ann B."),
            Name("Strauss", "Franz", suffix="Jr."),
            Name("Alone"),
            Name(literal="A Team"),
            Name(unsplit="Bo Li"),
        ),
        editor=(Name("Ho", "Ann B."),),
    )


def test_a_value_is_shown_on_one_line() -> None:
    assert fields.shown([{"family": "Ho", "given": "Ann"}, {"literal": "A Team"}]) == "Ann Ho; A Team"
    assert fields.shown({"code": "https://x.org", "page": "https://y.org"}) == "code https://x.org; page https://y.org"
    assert fields.shown("2023-07") == "2023-07"
    assert fields.shown(["a", "b"]) == "a; b"


def test_values_as_data() -> None:
    assert fields.plain_value(PartialDate(2023, 7)) == "2023-07"
    assert fields.plain_value(Pages("1", "9")) == "1-9"
    assert fields.plain_value((Name("Ho", "Ann"), Name(literal="T"))) == [
        {"family": "Ho", "given": "Ann"},
        {"literal": "T"},
    ]
    assert fields.plain_value(ItemType.THESIS) == "thesis"


def test_every_name_that_data_may_have() -> None:
    assert fields.is_name("container-title")
    assert not any(map(fields.is_name, ("container_title", "key", "topics", "other-ids", "doi", "")))
    with registered():
        own = set(fields.names()) - set(fields.NAMES)
        assert own
        assert all(map(fields.is_name, fields.names()))
        name = min(own)
        work = fields.load({name: "x1"})
        assert [(str(id.scheme), id.value) for id in work.other_ids] == [(name, "x1")]
        assert fields.dump(work) == {name: "x1"}


def test_all_of_a_work_with_its_facets() -> None:
    work = Work(
        key="k", title="T", topics=("a", "b"), models=("m",), links=(Link("code", "u"), Link("page", "v")), volume="3"
    )
    assert fields.everything(work) == {
        "key": "k",
        "title": "T",
        "volume": "3",
        "topics": ["a", "b"],
        "models": ["m"],
        "links": {"code": "u", "page": "v"},
    }
    assert fields.everything(Work(key="k")) == {"key": "k"}


@pytest.mark.parametrize(
    ("take", "item", "message"),
    [
        (members.text, {"a": 1}, "must be a text"),
        (members.texts, {"a": "x"}, "must be a list"),
        (members.texts, {"a": [1]}, "must be a list of texts"),
        (members.texts, {"a": ["x", " "]}, "must be a list of texts"),
        (members.flag, {"a": 1}, "must be true or false"),
        (members.table, {"a": []}, "must be an object"),
        (members.tables, {"a": {}}, "must be a list"),
        (members.tables, {"a": [{}, 1]}, "must be a list of objects"),
    ],
)
def test_a_member_of_another_kind_is_named(take: Callable[..., object], item: dict[str, object], message: str) -> None:
    with pytest.raises(BadValue) as caught:
        take(item, "a")
    assert (caught.value.message, caught.value.where) == (message, "a")


def test_a_member_that_is_not_there_is_empty() -> None:
    item: dict[str, object] = {"b": 1}
    takes = (members.text, members.texts, members.flag, members.table, members.tables)
    assert [take(item, "a") for take in takes] == ["", [], False, {}, []]
    with pytest.raises(BadValue) as caught:
        members.check({"a": 1, "x": 2}, frozenset({"a"}))
    assert (caught.value.message, caught.value.where) == ("unknown member", "x")
    members.check({"a": 1}, frozenset({"a", "b"}))


def test_a_word_and_an_identifier_of_a_closed_set() -> None:
    assert members.word(Status, {"a": "withdrawn"}, "a") is Status.WITHDRAWN
    with pytest.raises(BadValue) as caught:
        members.word(Status, {"a": "lost"}, "a")
    assert (caught.value.message, caught.value.where) == ("unknown word 'lost'", "a")
    assert str(members.identifier("doi:10.1145/1")) == "doi:10.1145/1"
    with pytest.raises(BadValue) as caught:
        members.identifier("10.1145/1")
    assert (caught.value.message, caught.value.where) == (
        "'10.1145/1' does not begin with a scheme such as doi: or arxiv:",
        "id",
    )
