from __future__ import annotations

from dataclasses import replace

from fedbib.checks import disagreements
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Problem
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work

SAYS = Work(
    type=ItemType.PAPER_CONFERENCE,
    title="Petals: Collaborative Inference",
    author=(Name(family="Borzunov", given="Alexander"),),
    issued=PartialDate(2023),
    page=Pages("558", "568"),
)
ACL = Claim("acl", SAYS)


def found(*claims: Claim, pin: Work | None = None) -> list[Problem]:
    record = Record("k", claims=claims, pin=pin or Work())
    return list(disagreements.check([record], lambda key: f"entries/{key}.toml"))


def test_two_registries_that_differ_are_both_shown() -> None:
    (problem,) = found(ACL, Claim("crossref", replace(SAYS, page=Pages("558", "569"))))
    assert (problem.code, problem.field) == ("N04", "page")
    assert problem.message == "page is 558-568 at acl, but 558-569 at crossref"


def test_spellings_are_no_disagreement() -> None:
    dblp = Claim(
        "dblp",
        replace(
            SAYS,
            title="Petals: collaborative inference.",
            author=(Name(unsplit="A. Borzunov"),),
            issued=PartialDate(2023, 7),
        ),
    )
    assert found(ACL, dblp) == []


def test_a_list_and_the_preprint_do_not_count() -> None:
    other = replace(SAYS, issued=PartialDate(2022))
    assert found(ACL, Claim(IMPORT, other), Claim("arxiv", replace(other, type=ItemType.ARTICLE))) == []


def test_a_pin_has_decided() -> None:
    assert found(ACL, Claim("crossref", replace(SAYS, page=Pages("1"))), pin=Work(page=Pages("558", "568"))) == []
