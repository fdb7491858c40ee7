from __future__ import annotations

import pytest

from fedbib.match.candidates import named
from fedbib.model.claim import Hints
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from tests.effort import LINEAR, growth

PREPRINT = Work(arxiv="2402.05926")
DOI = Identifier(Scheme.DOI, "10.1145/3637528.3671865")


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        (Hints(), ()),
        (Hints(names=(DOI, DOI)), (DOI,)),
        (Hints(names=(Identifier(Scheme.ARXIV, "2402.05926"),)), ()),
        (Hints(journal_ref="ActaAstron.56:1-50,2006"), ()),
        (Hints(journal_ref="Proc. KDD 2024, doi:10.1145/3637528.3671865"), (DOI,)),
        (Hints(journal_ref="https://doi.org/10.1145/3637528.3671865"), (DOI,)),
        (Hints(names=(DOI,), journal_ref="doi:10.1145/3637528.3671865"), (DOI,)),
        (Hints(note="doi:10.1145/3637528.3671865", venue="doi:10.1145/3637528.3671865"), ()),
    ],
    ids=str,
)
def test_identifiers_that_hints_name(hints: Hints, expected: tuple[Identifier, ...]) -> None:
    assert named(PREPRINT, hints) == expected


def test_what_the_work_itself_says_is_no_hint() -> None:
    assert named(Work(DOI=DOI.value), Hints(names=(DOI,))) == ()


def test_a_long_journal_reference_is_read_in_linear_time() -> None:
    assert growth(lambda count: named(PREPRINT, Hints(journal_ref="10.1000/x " * count)), 1_000) < LINEAR
