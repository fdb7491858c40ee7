from __future__ import annotations

import pytest

from fedbib.checks import witnesses
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.problem import Severity
from fedbib.model.record import Record
from fedbib.model.work import Work

SAYS = Work(title="T")


def codes(*claims: Claim) -> list[str]:
    return [problem.code for problem in witnesses.check((Record("k", claims=claims),), str)]


def listed(origin: str) -> Claim:
    return Claim(IMPORT, SAYS, origin=origin)


@pytest.mark.parametrize(
    "origins",
    [
        ("someone/list README.md",),
        ("someone/list README.md", "someone/list refs.bib"),
        ("https://arxiv.org/abs/2310.15080", "https://arxiv.org/html/2310.15080v1"),
    ],
)
def test_one_keeper_is_one_source(origins: tuple[str, ...]) -> None:
    (problem,) = witnesses.check((Record("k", claims=tuple(map(listed, origins))),), str)
    assert (problem.code, problem.severity, problem.key) == ("W10", Severity.NOTE, "k")
    assert origins[0] in problem.message


def test_two_keepers_are_two() -> None:
    assert codes(listed("someone/list README.md"), listed("another/list README.md")) == []


def test_a_registry_is_enough() -> None:
    id = Identifier(Scheme.ARXIV, "2310.15080")
    assert codes(Claim("arxiv", SAYS, id)) == []
    assert codes(Claim("arxiv", SAYS, id), listed("someone/list README.md")) == []
    assert codes() == []
