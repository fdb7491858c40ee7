from __future__ import annotations

from fedbib.checks import status
from fedbib.model.claim import Claim, Effect, Hints, Notice
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.problem import Problem
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Status, Work
from fedbib.settle import settle
from tests.rules import RULES


def found(*claims: Claim) -> list[Problem]:
    record = Record("k", claims=claims)
    return list(status.check([record], [settle(record, RULES)], lambda key: f"entries/{key}.toml"))


def test_a_withdrawn_preprint_is_named_with_its_source() -> None:
    (problem,) = found(Claim("arxiv", Work(type=ItemType.ARTICLE, title="T", status=Status.WITHDRAWN)))
    assert (problem.code, problem.path) == ("W11", "entries/k.toml")
    assert "withdrawn (according to arxiv)" in problem.message


def test_a_retraction_of_the_publication_is_named() -> None:
    retracted = Claim("crossref", Work(type=ItemType.ARTICLE_JOURNAL, title="T", status=Status.RETRACTED))
    assert "retracted (according to crossref)" in found(retracted)[0].message


def test_a_correction_is_a_note() -> None:
    claim = Claim(
        "crossref",
        Work(type=ItemType.ARTICLE_JOURNAL),
        hints=Hints(notices=tuple(Notice(effect, Identifier(Scheme.DOI, "10.1/y")) for effect in Effect)),
    )
    (problem,) = found(claim)
    assert (problem.code, problem.message) == ("N03", "corrected by 10.1/y, according to crossref")


def test_nothing_said_is_nothing_found() -> None:
    assert found(Claim("arxiv", Work(type=ItemType.ARTICLE, title="T"))) == []
