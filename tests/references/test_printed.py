from __future__ import annotations

import pytest

from fedbib.model.work import Work
from fedbib.references.printed import LONGEST, parts, read


def told(work: Work) -> tuple[object, ...]:
    people = "; ".join(f"{name.family}, {name.given}" if name.family else name.display for name in work.author)
    pages = work.page.text if work.page else ""
    return people, work.year, work.title, work.container_title, work.volume, work.issue, pages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Archer, A., & de Boer, C. D. (2017). Counting sheep at night. Journal of Wool, 12(3), 45–67.",
            ("Archer, A.; de Boer, C. D.", 2017, "Counting sheep at night", "Journal of Wool", "12", "3", "45-67"),
            id="APA, a journal",
        ),
        pytest.param(
            "Archer, A. and Becker, B. Counting sheep at night. In Proceedings of the International Conference on Wool, "
            "pp. 45–67, 2017.",
            ("Archer, A.; Becker, B.", 2017, "Counting sheep at night",
             "Proceedings of the International Conference on Wool", "", "", "45-67"),
            id="ICML, proceedings",
        ),
        pytest.param(
            '[12] A. Archer, B. B. Becker, and C.-D. Cooper, "Counting sheep at night," in Proc. Int. Conf. Wool, 2017, '
            "pp. 45-67.",
            ("Archer, A.; Becker, B. B.; Cooper, C.-D.", 2017, "Counting sheep at night", "Proc. Int. Conf. Wool", "",
             "", "45-67"),
            id="IEEE",
        ),
        pytest.param(
            "Ann Archer, Bo B. Becker, and Cy van Cooper. 2017. Counting sheep at night. In Proceedings of the Wool "
            "Conference, pages 45–67, Dublin, Ireland.",
            ("Archer, Ann; Becker, Bo B.; van Cooper, Cy", 2017, "Counting sheep at night",
             "Proceedings of the Wool Conference", "", "", "45-67"),
            id="ACL",
        ),
        pytest.param(
            "Archer A, Becker BB, Cooper C, et al. Counting sheep at night. J Wool Res. 2017;12(3):45-67.",
            ("Archer, A; Becker, BB; Cooper, C; et al.", 2017, "Counting sheep at night", "J Wool Res", "12", "3",
             "45-67"),
            id="Vancouver",
        ),
        pytest.param(
            "Archer, A., Becker, B.: Counting sheep at night. Journal of Wool 12, 45–67 (2017)",
            ("Archer, A.; Becker, B.", 2017, "Counting sheep at night", "Journal of Wool", "12", "", "45-67"),
            id="LNCS",
        ),
        pytest.param(
            "Archer, Ann, and Bo Becker. “Counting Sheep at Night.” Journal of Wool 12, no. 3 (2017): 45–67.",
            ("Archer, Ann; Becker, Bo", 2017, "Counting Sheep at Night", "Journal of Wool", "12", "3", "45-67"),
            id="Chicago",
        ),
        pytest.param(
            "A. Archer, Counting sheep at night, Journal of Wool 12 (2017) 45–67.",
            ("Archer, A.", 2017, "Counting sheep at night", "Journal of Wool", "12", "", "45-67"),
            id="Elsevier, commas alone",
        ),
    ],
)  # fmt: skip
def test_a_style_is_read(text: str, expected: tuple[object, ...]) -> None:
    work, is_whole = read(text)
    assert told(work) == expected
    assert is_whole == ("Ireland" not in text and not text.startswith("A. Archer,"))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Archer, A. (2017). Sheep. Wool, 3, 1-2. https://doi.org/10.1234/Wool.5", ["doi:10.1234/wool.5"]),
        ("Archer, A. (2017). Sheep. Wool, 3, 1-2. doi: 10.1234/wool.5.", ["doi:10.1234/wool.5"]),
        ("Ann Archer. Sheep count. arXiv preprint arXiv:1706.03762, 2017.", ["arxiv:1706.03762"]),
        ("Ann Archer. Sheep count. CoRR, abs/1706.03762, 2017.", ["arxiv:1706.03762"]),
        ("Ann Archer. Sheep count. 2017. URL https://example.org/sheep.pdf.", []),
    ],
)
def test_identifiers_are_read_wherever_they_stand(text: str, ids: list[str]) -> None:
    work, _ = read(text)
    assert [str(id) for id in work.ids] == ids
    assert work.year == 2017
    assert "http" not in work.title + work.container_title


@pytest.mark.parametrize(
    "text",
    [
        "See the discussion above.",
        "The Night of the Sheep. Dir. Ann Archer. Dublin, 2017.",
        "12",
        "",
        "x" * (LONGEST + 1),
    ],
)
def test_what_cannot_be_told_is_not_guessed(text: str) -> None:
    work, is_whole = read(text)
    assert (work.title, work.author, is_whole) == ("", (), False)


def test_editors_are_no_authors() -> None:
    for text in (
        "Archer, Ann, and Bo Becker, eds. Sheep and Their Habits. Dublin: Wool Press, 2017.",
        "Archer, A. & Becker, B. (Eds.). (2017). Sheep and Their Habits. Dublin: Wool Press.",
    ):
        work, is_whole = read(text)
        assert (work.title, work.year, work.author, is_whole) == ("Sheep and Their Habits", 2017, (), False)
        assert [name.family for name in work.editor] == ["Archer", "Becker"]


def test_dashes_for_the_same_people_leave_them_open() -> None:
    work, is_whole = read("———. Sheep and Their Habits. Journal of Wool 12 (2017): 1–9.")
    assert (work.title, work.author, work.year, is_whole) == ("Sheep and Their Habits", (), 2017, False)


def test_the_imprint_in_brackets_ends_the_title_of_a_book() -> None:
    work, _ = read("Ann Archer, Sheep, Dogs and Habits (Dublin: Wool Press, 2017).")
    assert (work.title, work.year, work.container_title) == ("Sheep, Dogs and Habits", 2017, "")


def test_a_title_of_commas_alone_is_left_where_any_comma_may_end_it() -> None:
    found = parts("A. Archer, Sheep, dogs, and wolves, Dublin, Ireland, 2017.")
    assert found.title == ""
    assert found.names


def test_a_book_has_a_title_and_its_publisher_is_no_container() -> None:
    work, is_whole = read("Archer, A. (2017). Sheep and their habits (2nd ed.). Dublin: Wool Press.")
    assert (work.title, work.container_title) == ("Sheep and their habits", "")
    assert not is_whole


def test_a_string_that_is_read_in_part_says_so() -> None:
    _, is_whole = read("Archer, A. (2017). Counting sheep. Journal of Wool, 12, 45-67. Translated by Bo Becker.")
    assert not is_whole
