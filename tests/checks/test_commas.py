from __future__ import annotations

import pytest

from fedbib.checks import commas
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.name import Name
from fedbib.model.record import Record
from fedbib.model.work import Work

TWO = Name("Ada Byron", "Charles Babbage")
TURING = Name("Turing", "Alan")


def codes(author: tuple[Name, ...], *claims: Claim) -> list[str]:
    works = [Work(key="k", author=author)]
    return [problem.code for problem in commas.check([Record("k", claims=claims)], works, str)]


def test_a_name_that_may_be_two_is_told() -> None:
    assert codes((TWO, TURING)) == ["W16"]
    assert codes((TWO, TURING), Claim(IMPORT, Work(author=(TWO, TURING)), origin="refs.bib")) == ["W16"]


def test_what_a_source_or_a_person_says_is_sure() -> None:
    assert codes((TWO, TURING), Claim("acl", Work(author=(TWO, TURING)))) == []
    works = [Work(key="k", author=(TWO, TURING))]
    assert not list(commas.check([Record("k", pin=Work(author=(TWO,)))], works, str))


@pytest.mark.parametrize("author", [(TWO,), (TURING, Name("García Márquez", "Gabriel José")), (TURING, TURING)])
def test_one_person_alone_and_double_family_names_are_left_alone(author: tuple[Name, ...]) -> None:
    assert codes(author) == []
