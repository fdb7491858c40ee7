from __future__ import annotations

import pytest

from fedbib.checks import duplicates
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.settle import settle
from tests.effort import LINEAR, growth
from tests.rules import RULES

ACL = Identifier(Scheme.ACL, "2023.acl-demo.54")
DOI = Identifier(Scheme.DOI, "10.18653/v1/2023.acl-demo.54")
ARXIV = Identifier(Scheme.ARXIV, "2209.01188")
QIN, CHEN, LI = Name("Qin", "Zhen"), Name("Chen", "Daoyuan"), Name(unsplit="Yaliang Li")


def path(key: str) -> str:
    return f"entries/{key}.toml"


def found(*records: Record) -> list[Problem]:
    return list(duplicates.check(records, [settle(record, RULES) for record in records], path))


def said(key: str, title: str, *author: Name) -> Record:
    return Record(key, claims=(Claim("import", Work(title=title, author=author), origin="list.md"),))


@pytest.mark.parametrize(
    "records",
    [
        pytest.param((Record("a", ids=(ARXIV,)), Record("b", ids=(ARXIV,))), id="same-id"),
        pytest.param((Record("a", ids=(ACL,)), Record("b", ids=(DOI,))), id="doi-that-wraps-the-anthology-id"),
        pytest.param((Record("a", ids=(DOI,)), Record("b", ids=(ACL,))), id="the-other-way-round"),
        pytest.param(
            (Record("a", ids=(ARXIV,)), Record("b", claims=(Claim("acl", Work(arxiv=ARXIV.value), id=ACL),))),
            id="id-in-a-claim",
        ),
        pytest.param(
            (said("a", "Federated  Tuning!", QIN, CHEN), said("b", "federated tuning", QIN, LI)),
            id="same-title-and-authors",
        ),
        pytest.param((said("a", "Federated Tuning", QIN), said("b", "Federated Tuning")), id="same-title-no-authors"),
        pytest.param((said("a", "Federated Tuning"), said("b", "Federated Tuning", QIN)), id="no-authors-same-title"),
        pytest.param((said("a", "Federated Tuning"), said("b", "Federated Tuning")), id="titles-alone"),
    ],
)
def test_two_records_for_one_work(records: tuple[Record, ...]) -> None:
    (problem,) = found(*records)
    assert (problem.code, problem.severity, problem.path, problem.key) == ("I02", Severity.ERROR, path("b"), "b")
    assert path("a") in problem.message
    assert path("b") in problem.message


@pytest.mark.parametrize(
    "records",
    [
        pytest.param((Record("a", ids=(ACL, DOI, ARXIV)),), id="all-ids-of-one"),
        pytest.param((Record("a", ids=(ACL,)), Record("b", ids=(ARXIV,))), id="different-ids"),
        pytest.param((said("a", "Editorial", QIN), said("b", "Editorial", LI)), id="same-title-other-people"),
        pytest.param((said("a", "Federated Tuning", QIN), said("b", "Federated Tuning Again", QIN)), id="other-title"),
        pytest.param((Record("a"), Record("b")), id="nothing-known"),
    ],
)
def test_leaves_alone(records: tuple[Record, ...]) -> None:
    assert found(*records) == []


def test_one_shared_author_of_many_is_only_a_doubt() -> None:
    others = [Name(f"Family{number}") for number in range(4)]
    (problem,) = found(said("a", "Editorial", QIN, *others[:2]), said("b", "Editorial", QIN, *others[2:]))
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    "records",
    [
        pytest.param((Record("a"), Record("b", aliases=("A",))), id="alias-is-a-key"),
        pytest.param((Record("c", aliases=("old",)), Record("b", aliases=("old",))), id="alias-twice"),
    ],
)
def test_an_alias_names_one_work(records: tuple[Record, ...]) -> None:
    (problem,) = found(*records)
    assert (problem.code, problem.field, problem.path) == ("I02", "aliases", path("b"))


def test_thousands_of_namesakes_take_linear_time() -> None:
    records = [said(f"k{number}", "Editorial", Name(f"Family{number}")) for number in range(3_300)]
    works = [Work(key=record.key, title="Editorial", author=record.claims[0].says.author) for record in records]

    def check(count: int) -> None:
        assert list(duplicates.check(records[:count], works[:count], path)) == []

    assert growth(check, 400) < LINEAR
