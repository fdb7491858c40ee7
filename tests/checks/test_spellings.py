from __future__ import annotations

import pytest

from fedbib.checks import spellings
from fedbib.model.name import Name
from fedbib.model.problem import Severity
from fedbib.model.work import Work

ALICE, BOB = Name("Jakobsen", "Alice"), Name("Tanaka", "Bob")


def found(one: Name, other: Name, *shared: Name) -> list[str]:
    """The messages on two papers by somebody and the same others."""
    works = (Work(key="first2024", author=(one, *shared)), Work(key="second2025", author=(*shared, other)))
    return [problem.message for problem in spellings.check(works, str)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Name("Beaufays", "Françoise"), Name("Beaufays", "Francoise"), id="accents"),
        pytest.param(Name("Jacobsen", "Hans-Arno"), Name("Jacobsen", "Hans Arno"), id="hyphen"),
        pytest.param(Name("Xie", "Guosen"), Name("Xie", "Guo-Sen"), id="hyphen in one word"),
        pytest.param(Name("QIN", "ZHEN"), Name("Qin", "Zhen"), id="capitals"),
        pytest.param(Name("Zhen", "Qin"), Name("Qin", "Zhen"), id="order"),
    ],
)
def test_the_same_letters_and_one_co_author(one: Name, other: Name) -> None:
    assert len(found(one, other, ALICE)) == 1
    assert found(one, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Name("Lane", "N."), Name("Lane", "Nicholas D."), id="initial"),
        pytest.param(Name("Lane", "Nicholas D."), Name("Lane", "Nicholas Donald"), id="middle initial"),
        pytest.param(Name("Ganesh", "Madan"), Name("Ganesh", "Madan Ravi"), id="left out"),
        pytest.param(Name("Muñoz", "J Pablo"), Name("Munoz", "Juan Pablo"), id="initial and accent"),
    ],
)
def test_shorter_given_names_and_two_co_authors(one: Name, other: Name) -> None:
    assert len(found(one, other, ALICE, BOB)) == 1
    assert found(one, other, ALICE) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Name("Lane", "Nicholas"), Name("Lane", "Nicholas"), id="the same"),
        pytest.param(Name("Wang", "Yi"), Name("Wang", "Yu"), id="other given name"),
        pytest.param(Name("Zhang", "Xiao"), Name("Zhang", "Xiao-Ping"), id="a part of a Chinese name"),
        pytest.param(Name("Lane", "Nicholas D."), Name("Lane", "Nicholas K."), id="other initial"),
        pytest.param(Name("Lane", "N."), Name("Lang", "Nicholas"), id="other family"),
        pytest.param(Name(literal="Llama Team"), Name(literal="LLAMA TEAM"), id="organisations"),
        pytest.param(Name("李", "明"), Name("李", "明明"), id="letters that cannot be compared"),
    ],
)
def test_leaves_alone(one: Name, other: Name) -> None:
    assert found(one, other, ALICE, BOB) == []


def test_two_authors_of_one_paper_are_two_people() -> None:
    both = Work(key="both2024", author=(Name("Wang", "Y."), Name("Wang", "Yi"), ALICE, BOB))
    assert list(spellings.check((both, Work(key="one2025", author=(Name("Wang", "Yi"), ALICE, BOB))), str)) == []


def test_the_rarer_spelling_is_named_once_at_its_first_paper() -> None:
    full, short, plain = Name("Muñoz", "Juan Pablo"), Name("Muñoz", "J Pablo"), Name("Munoz", "Juan Pablo")
    names = (("a", full), ("b", full), ("c", short), ("d", plain))
    works = [Work(key=key, author=(name, ALICE, BOB)) for key, name in names]
    problems = list(spellings.check(works, lambda key: f"entries/{key}.toml"))
    assert [(problem.code, problem.severity, problem.path, problem.field) for problem in problems] == [
        ("W13", Severity.NOTE, "entries/c.toml", "author"),
        ("W13", Severity.NOTE, "entries/d.toml", "author"),
    ]
    assert problems[0].message == (
        '"J Pablo Muñoz" here and "Juan Pablo Muñoz" in a may be one person: 2 shared co-authors'
    )
