from __future__ import annotations

from fedbib.references.pages import Line, references

FIRST = "Archer, A. (2017). Counting sheep at"
SECOND = "Becker, B. (2018). Dogs of the moun-"


def lines(*rows: tuple[float, str], page: int = 3) -> list[Line]:
    return [Line(page, left, text) for left, text in rows]


def test_numbers_tell_references_apart() -> None:
    found = references(
        lines(
            (50, "Introduction"),
            (50, "References"),
            (50, f"[1] {FIRST}"),
            (50, "night. Wool, 12, 45-67."),
            (50, f"[2] {SECOND}"),
            (50, "tains. Wool, 13, 1-9."),
        )
    )
    assert [each.text for each in found] == [
        "[1] Archer, A. (2017). Counting sheep at night. Wool, 12, 45-67.",
        "[2] Becker, B. (2018). Dogs of the mountains. Wool, 13, 1-9.",
    ]
    assert {each.page for each in found} == {3}


def test_hanging_lines_tell_them_apart_in_two_columns_and_over_pages() -> None:
    found = references(
        [
            *lines((50, "7 References"), (50, FIRST), (60, "night. Wool, 12, 45-67."), (300, SECOND), (310, "tains.")),
            *lines((310, "Wool, 13, 1-9."), (50, "Cooper, C. (2019). Cats."), (60, "Wool, 14, 2-3."), page=4),
        ]
    )
    assert [each.text.rpartition(" ")[2] for each in found] == ["45-67.", "1-9.", "2-3."]
    assert [each.page for each in found] == [3, 3, 4]


def test_an_appendix_ends_the_list() -> None:
    rows = (
        (50.0, "References"),
        (50.0, "[1] One, A. 2017."),
        (50.0, "[2] Two, B. 2018."),
        (50.0, "Appendix"),
        (50.0, "[3] Not"),
    )
    assert len(references(lines(*rows))) == 2


def test_without_a_list_or_anything_that_tells_its_parts_there_are_none() -> None:
    assert references(lines((50, "Introduction"), (50, FIRST))) == []
    assert references(lines((50, "References"), (50, FIRST), (50, SECOND), (50, "tains."))) == []
    assert references([]) == []
