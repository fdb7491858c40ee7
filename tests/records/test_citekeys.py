from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.work import Work
from fedbib.records.citekeys import Keys, make
from fedbib.records.filing import is_key


def work(name: Name, title: str, year: int | None = 2023) -> Work:
    return Work(author=(name,), title=title, issued=PartialDate(year) if year else None)


@pytest.mark.parametrize(
    ("made_of", "wanted"),
    [
        (work(Name(unsplit="Tianshi Che"), "Federated Learning of Large Language Models"), "che2023federated"),
        (work(Name(family="Ling"), "On the Convergence of Zeroth-Order", 2024), "ling2024convergence"),
        (work(Name(family="van der Maaten"), "A t-SNE"), "vandermaaten2023tsne"),
        (work(Name(family="Müller-Straße"), "Ünder"), "mullerstrasse2023under"),
        (work(Name(family="Nguyễn"), '<span class="nocase">LoRA</span>: x'), "nguyen2023lora"),
        (work(Name(literal="BigScience Workshop"), "BLOOM"), "bigscienceworkshop2023bloom"),
        (work(Name(family="张"), "联邦"), "2023"),
        (work(Name(family="张"), "联邦", None), "anonymous"),
        (work(Name(family="Con"), "", None), "keycon"),
    ],
)
def test_a_key_is_made_of_family_year_and_word(made_of: Work, wanted: str) -> None:
    assert make(made_of, set()) == wanted


def test_a_book_without_authors_has_its_editors_key() -> None:
    book = Work(editor=(Name(family="Yang"), Name(family="Fan")), title="Federated Learning", issued=PartialDate(2020))
    assert make(book, set()) == "yang2020federated"


def test_a_letter_on_a_clash() -> None:
    paper = work(Name(family="Che"), "Federated")
    assert make(paper, {"che2023federated"}) == "che2023federatedb"
    assert make(paper, {"che2023federated", "che2023federatedb"}) == "che2023federatedc"


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_the_text_it_is_a_key(family: str, title: str) -> None:
    assert is_key(make(work(Name(family=family), title), set()))


def test_clashes_are_numbered_without_a_gap() -> None:
    taken: set[str] = set()
    made = []
    for _ in range(5000):
        made.append(make(Work(title="Another Paper"), taken))
        taken.add(made[-1])
    endings = ["", *"bcdefghijklmnopqrstuvwxyz", *(f"z{number}" for number in range(26, 5000))]
    assert made == [f"another{ending}" for ending in endings]


def test_a_key_that_is_made_like_ours_stays() -> None:
    work = Work(key="lee2020titleb", title="Title", author=(Name("Lee", "Ann"),), issued=PartialDate(2020))
    assert make(work, set()) == "lee2020titleb"
    assert make(work, {"lee2020titleb"}) == "lee2020title"
    assert make(replace(work, key="lee2020"), set()) == "lee2020title"


def test_keys_of_a_file_are_those_made_one_by_one() -> None:
    lee = work(Name("Lee", "Ann"), "Paper", 2020)
    cited = {"lee2020paperc", "lee2020paperf"}
    used: dict[str, str] = {"lee2020paperb": ""}
    keys = Keys(used, cited)
    for own in (*[()] * 130, ("lee2020paperc",), ("lee2020paperf", "x"), ()):
        key = keys.make(lee, own)
        assert key == make(lee, used.keys() | (cited - set(own)))
        used[key] = ""
