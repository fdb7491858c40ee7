"""An identifier on three or more papers of a file is none's; on two it is a question."""

from __future__ import annotations

from random import Random

from fedbib.intake.shared import without_shared
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import Work

ARXIV = Identifier(Scheme.ARXIV, "1011.1669")
PAPERS = [
    Work(title=title, author=(Name(family, "Ann"),), arxiv=ARXIV.value, DOI=f"10.1000/{family}".lower())
    for title, family in (
        ("Rafts of sleeping otters", "Lee"),
        ("How beavers choose their trees", "Roe"),
        ("Tides and the hunting of seals", "Moss"),
    )
]


def test_what_three_papers_have_is_left_out_of_all_and_the_rest_stays() -> None:
    works, shared = without_shared([*PAPERS, Work(title="A fourth paper", DOI="10.1000/four")])
    assert shared == {ARXIV: (0, 1, 2)}
    assert [work.arxiv for work in works] == ["", "", "", ""]
    assert [work.DOI for work in works] == [*(paper.DOI for paper in PAPERS), "10.1000/four"]


def test_what_two_papers_or_spellings_of_one_have_stays() -> None:
    spelt = [PAPERS[0], Work(title="Rafts of Sleeping Otters.", author=PAPERS[0].author, arxiv=ARXIV.value)]
    for works in (PAPERS[:2], spelt * 3, [*spelt, PAPERS[1]], [Work(arxiv=ARXIV.value)] * 3):
        assert without_shared(works) == (tuple(works), {})


def test_the_order_of_the_papers_does_not_count() -> None:
    works = [*PAPERS * 2, Work(title="Rafts of sleeping otters, a study", arxiv=ARXIV.value)]
    for seed in range(5):
        mixed = Random(seed).sample(works, len(works))
        assert set(without_shared(mixed)[0]) == set(without_shared(works)[0])
