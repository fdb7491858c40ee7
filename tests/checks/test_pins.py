from __future__ import annotations

import pytest

from fedbib.checks import pins
from fedbib.model.claim import Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work
from tests.rules import RULES

SAYS = Work(
    type=ItemType.PAPER_CONFERENCE,
    title="Petals: Collaborative Inference",
    author=(Name("Borzunov", "Alexander"),),
    issued=PartialDate(2023, 7),
    container_title="Proceedings",
    page=Pages("558", "568"),
)
CLAIM = Claim("acl", SAYS, id=Identifier(Scheme.ACL, "2023.acl-demo.54"))


def found(pin: Work) -> list[Problem]:
    return list(pins.check((Record("k", claims=(CLAIM,), pin=pin),), lambda key: f"entries/{key}.toml", RULES))


@pytest.mark.parametrize(
    ("pin", "field", "shown"),
    [
        pytest.param(Work(title="Petals"), "pin.title", '"Petals: Collaborative Inference"', id="title"),
        pytest.param(Work(issued=PartialDate(2022)), "pin.issued", "2023-07", id="date"),
        pytest.param(Work(page=Pages("1")), "pin.page", "558-568", id="pages"),
        pytest.param(Work(author=(Name("Ryabinin"),)), "pin.author", '"Alexander Borzunov"', id="author"),
        pytest.param(Work(type=ItemType.CHAPTER), "pin.type", '"paper-conference"', id="type"),
    ],
)
def test_a_pin_that_the_source_contradicts(pin: Work, field: str, shown: str) -> None:
    (problem,) = found(pin)
    assert (problem.code, problem.severity, problem.field) == ("N01", Severity.NOTE, field)
    assert shown in problem.message
    assert "acl" in problem.message


@pytest.mark.parametrize(
    "pin",
    [
        pytest.param(Work(), id="no-pin"),
        pytest.param(SAYS, id="pin-that-says-the-same"),
        pytest.param(Work(title='<span class="nocase">Petals</span>: Collaborative Inference'), id="marks-of-capitals"),
        pytest.param(Work(author=(Name(unsplit="Alexander Borzunov"),)), id="name-in-one-piece"),
        pytest.param(Work(genre="PhD thesis"), id="nobody-else-says"),
    ],
)
def test_leaves_alone(pin: Work) -> None:
    assert found(pin) == []
