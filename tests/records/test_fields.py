from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from fedbib.errors import BadValue
from fedbib.model.work import FACETS, FIELDS, Link, Work
from fedbib.records import fields
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


@pytest.mark.parametrize("title", ["0", "1e5", "null", "NaN", "true"])
def test_text_that_looks_like_something_else_is_text(title: str) -> None:
    assert fields.load({"title": title}).title == title


def test_everything_for_machines() -> None:
    work = Work(key="k", title="T", datasets=("A",), links=(Link("code", "https://x.org"),))
    assert fields.everything(work) == {"key": "k", "title": "T", "datasets": ["A"], "links": {"code": "https://x.org"}}
