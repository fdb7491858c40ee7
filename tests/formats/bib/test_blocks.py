"""A .bib taken apart: which entries there are and where, in a file that anybody wrote."""

from __future__ import annotations

import pytest

from fedbib.formats.bib.bibtex import parse
from fedbib.formats.bib.blocks import Item, Macro, blocks
from fedbib.model.problem import Problem
from fedbib.text.markup import plain

PLAIN = "@book{plain,\n  title = {A Plain Book},\n  year = 1999\n}\n"


def items(text: str) -> list[tuple[str, int]]:
    return [(found.key, found.line) for found in blocks(text) if isinstance(found, Item)]


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("Notes of mine.\n\n", id="words"),
        pytest.param("% all of it\n% @book{old, title = {Old}}\n", id="comments"),
        pytest.param("@string{a = {A \\\nB}}\n", id="a line end behind a backslash"),
        pytest.param('@preamble{"\\newcommand{\\x}{\\\n}"}\n', id="a preamble"),
        pytest.param("@comment{jabref-meta: groups:\n0 All;;\n}\n", id="a comment"),
        pytest.param("@article{cut, title = {Never closed,\n  year = 2001\n", id="a brace that is not closed"),
        pytest.param('@article{quoted, title = "Never closed,\n  year = 2001\n}\n', id="a quote that is not closed"),
        pytest.param("@article(round, title = {In \\} Parentheses})\n", id="parentheses"),
        pytest.param("@article{}\n", id="nothing in it"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_entry_is_found_at_its_line_whatever_stands_before_it(before: str) -> None:
    for text in (before + PLAIN, PLAIN + before + PLAIN.replace("{plain", "{other"), before + PLAIN + before):
        found = dict(items(text))
        lines = text.split("\n")
        assert "plain" in found
        assert all(
            f"{{{key}," in lines[line - 1] or f"({key}," in lines[line - 1] for key, line in found.items() if key
        )


@pytest.mark.parametrize("key", ["title = {Half", "a%\n,"])
def test_what_is_between_fields_is_no_part_of_them(key: str) -> None:
    text = f"@article{{{key}}}, year = 1}}\n{PLAIN}"
    assert items(text)[-1][0] == "plain"


def test_a_type_whose_name_begins_as_a_comment_does_is_read() -> None:
    text = "@commentary{gloss, title = {On \\{a\\} Gloss}, author = {Ann Lee}}\n@Comment{not this one}\n"
    assert [(found.type, found.key) for found in blocks(text) if isinstance(found, Item)] == [("commentary", "gloss")]


def test_a_string_that_is_defined_again_counts_for_what_follows() -> None:
    entry = "@article{%s, title = {T}, journal = j}\n"
    text = "@string{j = {First}}\n" + entry % "a" + "@string{J = {Second}}\n" + entry % "b"
    assert [work.container_title for work in parse(text).works] == ["First", "Second"]
    assert [found.name for found in blocks(text) if isinstance(found, Macro)] == ["j", "j"]


def test_a_field_that_is_there_twice_is_told_of_a_plain_entry() -> None:
    text = PLAIN.replace("year = 1999", "year = 1999,\n  year = 2001")
    assert [found.message for found in blocks(text) if isinstance(found, Problem)] == [
        "has year more than once; the first counts"
    ]


def test_commas_too_many_lose_no_field() -> None:
    (found,) = blocks("@article{k,, title = {T},,\n  year = 1999 ,\n, volume = 3,,}\n")
    assert isinstance(found, Item)
    assert [name for name, _ in found.fields] == ["title", "year", "volume"]


def test_an_entry_that_breaks_off_in_the_middle_is_not_taken_for_one_without_its_last_brace() -> None:
    found = list(blocks("@article{k, title = {T}, !, year = {1999}}\n" + PLAIN))
    assert [one.line for one in found if isinstance(one, Problem)] == [1]
    assert [one.key for one in found if isinstance(one, Item)] == ["plain"]


def test_a_brace_within_a_value_ends_neither_the_value_nor_the_entry() -> None:
    (work,) = parse("@article{k, title = {Half of} it}, author = {Lee, Ann}, year = 1999}\n").works
    assert (plain(work.title), [name.display for name in work.author], work.year) == ("Half of it", ["Ann Lee"], 1999)


@pytest.mark.parametrize("end", ["}},", "}}\n,", "}}},", "} } ,"])
def test_fields_behind_a_brace_too_many_are_read_and_it_is_told(end: str) -> None:
    text = f"@article{{a, title = {{On {{Otters}}{end} author = {{Lee, Ann}},\n year = 2011}}\n\n{PLAIN}"
    first, second = (found for found in blocks(text) if isinstance(found, Item))
    assert first.fields == (("title", "{On {Otters}}"), ("author", "{Lee, Ann}"), ("year", "2011"))
    assert second.key == "plain"
    (problem,) = (found for found in blocks(text) if isinstance(found, Problem))
    assert (problem.key, problem.code, "before author" in problem.message) == ("a", "B02", True)


@pytest.mark.parametrize("rest", [". , author = {Roe, Bo}}", ", title = {E}}", ", author = {Roe, Bo}", ', note = "x}}'])
def test_what_cannot_be_read_behind_a_brace_too_many_is_told(rest: str) -> None:
    found = list(blocks(f"@article{{a, title = {{T}}}}{rest}\n\n{PLAIN}"))
    assert next(item.fields for item in found if isinstance(item, Item)) == (("title", "{T}"),)
    assert any("left out" in problem.message for problem in found if isinstance(problem, Problem))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("@book{lee2011\n  title = {Wind},\n  year = 2011\n}\n", "lee2011"),
        ('@book{lee:11\tauthor = "Ann Lee",\n  title = "Wind"}\n', "lee:11"),
        ("@Book{ lee-11\r\n  Title = wind # {s}, year = {2011}\n}\n", "lee-11"),
    ],
)
def test_a_comma_that_is_missing_behind_a_key_is_read_and_told(text: str, key: str) -> None:
    found = [*blocks((text + PLAIN).replace("\r\n", "\n"))]
    assert [item.key for item in found if isinstance(item, Item)] == [key, "plain"]
    assert [(told.key, told.line) for told in found if isinstance(told, Problem)] == [(key, 1)]


def test_only_a_word_and_the_name_of_a_field_are_a_key_without_its_comma() -> None:
    for text in (
        "@string{jw = {A}}\n@string{jw x = {B}}\n",
        "@book{lee and wind}\n",
        "@book{lee wind x}\n",
        "@book{lee; title={A}}\n",
    ):
        assert not [told for told in blocks(text) if isinstance(told, Problem) and "comma" in told.message]


def test_fields_without_commas_between_them_are_read_and_it_is_told() -> None:
    reading = parse('@article{k, title = {Wind} year = 1999 month = jan journal = "J" volume = 3}')
    (work,) = reading.works
    assert (work.title, str(work.issued and work.issued.iso), work.container_title, work.volume) == (
        "Wind",
        "1999-01",
        "J",
        "3",
    )
    assert [each.message for each in reading.problems] == [
        f"a comma is missing before {name}" for name in ("year", "month", "journal", "volume")
    ]
