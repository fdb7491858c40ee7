from __future__ import annotations

from dataclasses import replace

import pytest

from fedbib.checks import required
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.problem import Severity
from fedbib.model.work import ItemType, Status, Work

FULL = Work(
    key="k",
    type=ItemType.PAPER_CONFERENCE,
    title="T",
    author=(Name("Qin", "Zhen"),),
    issued=PartialDate(2023),
    container_title="Proceedings",
    publisher="ACL",
    acl="2023.acl-demo.54",
)


def codes(work: Work) -> list[str]:
    return [problem.code for problem in required.check((work,), lambda key: f"entries/{key}.toml")]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param(replace(FULL, title=""), "W01", id="title"),
        pytest.param(replace(FULL, author=()), "W02", id="author"),
        pytest.param(replace(FULL, issued=None), "W03", id="year"),
        pytest.param(replace(FULL, container_title=""), "W04", id="proceedings"),
        pytest.param(replace(FULL, type=ItemType.ARTICLE_JOURNAL, container_title=""), "W04", id="journal"),
        pytest.param(replace(FULL, type=ItemType.CHAPTER, container_title=""), "W04", id="book-of-a-chapter"),
        pytest.param(replace(FULL, type=ItemType.BOOK, publisher=""), "W04", id="publisher-of-a-book"),
        pytest.param(replace(FULL, type=ItemType.THESIS, publisher=""), "W04", id="school"),
        pytest.param(replace(FULL, type=ItemType.REPORT, publisher=""), "W04", id="institution"),
        pytest.param(
            replace(FULL, type=ItemType.DOCUMENT, status=Status.PUBLISHED, container_title=""),
            "W04",
            id="published-somewhere",
        ),
        pytest.param(replace(FULL, acl=""), "W05", id="nothing-to-find-it-by"),
    ],
)
def test_what_is_missing(changed: Work, code: str) -> None:
    assert codes(changed) == [code]


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(FULL, id="complete"),
        pytest.param(replace(FULL, acl="", URL="https://a.example/"), id="address-instead-of-id"),
        pytest.param(
            replace(FULL, type=ItemType.ARTICLE, container_title="", publisher=""), id="preprint-without-venue"
        ),
        pytest.param(replace(FULL, type=ItemType.DOCUMENT, container_title=""), id="unresolved-without-venue"),
        pytest.param(replace(FULL, type=ItemType.BOOK, author=(), editor=FULL.author), id="book-with-editors"),
    ],
)
def test_leaves_alone(work: Work) -> None:
    assert codes(work) == []


def test_a_missing_title_is_an_error_and_says_where() -> None:
    (problem,) = required.check((replace(FULL, title=""),), lambda key: f"entries/{key}.toml")
    assert problem.severity is Severity.ERROR
    assert (problem.path, problem.key, problem.field) == ("entries/k.toml", "k", "title")
    assert "[pin]" in problem.hint
