"""Commands that LaTeX lacks: what they enclose is kept, and they are told."""

from __future__ import annotations

import pytest

from fedbib.formats.bib import bibtex
from fedbib.formats.bib.commands import unwrapped
from fedbib.text.markup import plain
from tests.effort import LINEAR, growth


@pytest.mark.parametrize(
    ("tex", "left", "found"),
    [
        (r"\mypkg{Otter} and \mypkg{Seal} in \lang[x]{R}", "{Otter} and {Seal} in {R}", (r"\mypkg", r"\lang")),
        (r"\one{\two{X}} {\three {Y}}", "{{X}} {{Y}}", (r"\one", r"\two", r"\three")),
        (r"\$5 \mine{x} \$6 \\\mine{y}", r"\$5 {x} \$6 \\{y}", (r"\mine",)),
    ],
)
def test_what_an_unknown_command_encloses_stays(tex: str, left: str, found: tuple[str, ...]) -> None:
    assert unwrapped(tex) == (left, found, ())


@pytest.mark.parametrize(
    ("tex", "left"),
    [
        (r"\textbf{x} \v{c} \enquote{y} \foreignlanguage{german}{Die Otter} \pkg{lme4} \ce{H2O} \num{3} \kern1em", ()),
        (r"$\mathmine{x}$ and \$5 \citep{a}", ()),
        (r"\mine{a}{b} \open{x", (r"\mine", r"\open")),
        (r"\MINE and {\yours}", (r"\MINE", r"\yours")),
        (r"\input{/etc/passwd} \write18{rm} \setlength{x}", (r"\input", r"\write", r"\setlength")),
    ],
    ids=["known", "mathematics", "unclear", "without an argument", "no words"],
)
def test_other_commands_are_left_as_they_are(tex: str, left: tuple[str, ...]) -> None:
    assert unwrapped(tex) == (tex, (), left)


def test_a_title_with_a_command_of_its_own_prints_no_tex_and_makes_a_plain_key() -> None:
    entry = r"@manual{k, author = {{\lang{R} Core Team}}, title = {\mypkg{otter}: Tools for \proglang{R}}, year = 2007}"
    reading = bibtex.parse(entry)
    (work,) = reading.works
    assert plain(work.title) == "otter: Tools for R"
    assert [name.display for name in work.author] == ["R Core Team"]
    assert [(problem.field, problem.message.split()[0]) for problem in reading.problems] == [
        ("author", r"\lang"),
        ("title", r"\mypkg"),
    ]


def test_a_command_that_stays_is_told() -> None:
    reading = bibtex.parse(r"@misc{k, title = {Fonts for \OTTER}}")
    assert plain(reading.works[0].title) == r"Fonts for \OTTER"
    assert [problem.message for problem in reading.problems] == [
        r"\OTTER is not known and stands in the title as it is"
    ]


def test_of_two_arguments_one_that_says_how_is_not_shown() -> None:
    (work,) = bibtex.parse(r"@misc{k, title = {On \textcolor{red}{Otters} and \foreignlanguage{german}{Seen}}}").works
    assert plain(work.title) == "On Otters and Seen"


@pytest.mark.parametrize("call", [r"\mine{x} ", r"\mine{ ", r"\mine "])
def test_the_time_for_many_commands_is_linear(call: str) -> None:
    assert growth(lambda size: unwrapped(call * size), 400) < LINEAR
