"""A row taken apart, the form of many rows, and how authors stand in a line."""

from __future__ import annotations

import pytest

from fedbib.build.look import filling, spelled
from fedbib.formats.lists.lexicon import built_in
from fedbib.formats.look.learn import learnt
from fedbib.formats.look.pattern import pattern_of
from fedbib.formats.look.people import Style, people, style_of
from fedbib.formats.look.rows import rows_of
from fedbib.model.name import OTHERS, Name

LEXICON = built_in()
VENUES = spelled(LEXICON.register)


def names(*displayed: str) -> tuple[Name, ...]:
    return tuple(OTHERS if name == "et al." else Name(unsplit=name) for name in displayed)


def parts(text: str, style: Style | None = None) -> dict[str, str]:
    """What the first row of a list says, by expression."""
    pattern = pattern_of(rows_of(text, LEXICON)[0], style, VENUES)
    assert pattern
    assert (
        "".join(part if isinstance(part, str) else part[1] for part in pattern.parts) == rows_of(text, LEXICON)[0].text
    )
    return pattern.values


@pytest.mark.parametrize(
    ("row", "says"),
    [
        pytest.param(
            "- [**A Study of Small Things**](https://arxiv.org/abs/2405.00001) (ICML'24) 🔥",
            {
                "title": "A Study of Small Things",
                "url": "https://arxiv.org/abs/2405.00001",
                "venue": "ICML",
                "yy": "24",
            },
            id="bold title, short year",
        ),
        pytest.param(
            "- (2024.05) A Study of Small Things. [[Paper](https://arxiv.org/pdf/2405.00001v2)]"
            "[[Code](https://github.com/a/b)] ![](https://img.shields.io/github/stars/a/b)",
            {
                "year": "2024",
                "month": "05",
                "title": "A Study of Small Things",
                "url": "https://arxiv.org/pdf/2405.00001v2",
                "links.code": "https://github.com/a/b",
                "repo": "a/b",
            },
            id="month, code and its badge",
        ),
        pytest.param(
            "| # | Title | Date | Link |\n|---|---|---|---|\n"
            "| 7 | A Study of Small Things | May 2024 | [2405.00001](https://arxiv.org/abs/2405.00001) |",
            {
                "number": "7",
                "title": "A Study of Small Things",
                "month_name": "May",
                "year": "2024",
                "url": "https://arxiv.org/abs/2405.00001",
            },
            id="a number, the name of a month",
        ),
        pytest.param(
            "- A Study of *Small* Things &amp; More of Them [[pdf]](https://arxiv.org/pdf/2405.00001) "
            "[[abs]](https://arxiv.org/abs/2405.00001)",
            {
                "title": "A Study of *Small* Things &amp; More of Them",
                "url": "https://arxiv.org/pdf/2405.00001",
                "arxiv": "2405.00001",
            },
            id="markup in a title, two addresses",
        ),
    ],
)
def test_a_row_is_taken_apart(row: str, says: dict[str, str]) -> None:
    assert parts(f"# L\n\n## Papers\n\n{row}\n") == says


@pytest.mark.parametrize(
    ("author", "style", "text"),
    [
        pytest.param(names("Ann Ho", "Bo Li"), Style(), "Ann Ho, Bo Li", id="commas"),
        pytest.param(names("Ann Ho", "Bo Li", "C Wu"), Style(last=" and "), "Ann Ho, Bo Li and C Wu", id="and"),
        pytest.param(names("Ann Ho", "Bo Li"), Style(most=1), "Ann Ho et al.", id="cut"),
        pytest.param(names("Ann Ho", "et al."), Style(others=", et al."), "Ann Ho, et al.", id="cut there already"),
        pytest.param(names("Ann B. Ho", "Jan-Per de Li"), Style("initials"), "A. B. Ho, J.-P. de Li", id="initials"),
        pytest.param(names("Ann B. Ho", "Jan de Li"), Style("families", between="; "), "Ho; de Li", id="families"),
    ],
)
def test_authors_in_a_line(author: tuple[Name, ...], style: Style, text: str) -> None:
    assert style.written(author) == text


def test_the_style_is_that_of_most_rows() -> None:
    rows = [
        ("x, Ann Ho, Bo Li, and Cy Wu. y", names("Ann Ho", "Bo Li", "Cy Wu")),
        ("x, Ann Ho. y", names("Ann Ho")),
        ("x, Ann Ho, Bo Li, Cy Wu et al. y", names("Ann Ho", "Bo Li", "Cy Wu", "et al.")),
    ]
    found = style_of(rows)
    assert found == Style(most=3, last=", and ")
    assert found.expression == 'authors|people(most=3, last=", and ")'
    assert style_of([("no names", names("Ann Ho"))]) is None


def test_what_stands_between_names_is_short() -> None:
    assert len(people(["a", "b"], between="x" * 1000)) < 100


def test_parts_that_some_rows_lack_stand_only_where_there_is_a_value() -> None:
    rows = []
    for number in range(10):
        code = f" [[code](https://github.com/a/b{number})]" if number % 2 else ""
        page = f" [[page](https://b{number}.github.io)]" if number % 3 else ""
        title = f"A Study of Small Things and {'abcdefghij'[number]}{number}"
        rows.append(f"- **{title}** [[pdf](https://arxiv.org/abs/2405.0000{number})]{code}{page}")
    found = learnt("# L\n\n" + "\n".join(rows) + "\n", LEXICON, VENUES, filling)
    (form,) = found.forms
    assert form == (
        "- **{{ title }}** [[pdf]({{ url }})]{% if links.code %} [[code]({{ links.code }})]{% endif %}"
        "{% if links.page %} [[page]({{ links.page }})]{% endif %}"
    )
    assert (found.rows, found.fitting, found.others) == (10, 10, ())


def test_text_of_the_list_is_no_template() -> None:
    rows = [
        f"- {{{{ x }}}} {{% A Study of Small Things {n} [pdf](https://arxiv.org/abs/2405.0000{n}) {{#" for n in range(4)
    ]
    found = learnt("# L\n\n" + "\n".join(rows) + "\n", LEXICON, VENUES, filling)
    assert (len(found.forms), found.fitting) == (1, 4)


def test_rows_that_no_form_makes_are_named() -> None:
    rows = [f"- [A Study of Small Things {n}](https://arxiv.org/abs/2405.0000{n})" for n in range(4)]
    odd = "- read 📖 this: [Another Study of Greater Things](https://arxiv.org/abs/2405.00009), really"
    found = learnt("\n".join(["# L", "", *rows, odd, ""]), LEXICON, VENUES, filling)
    assert (found.fitting, found.others) == (4, (7,))


def row(number: int, mark: str) -> str:
    title = f"A Study of {('Small', 'Large', 'Old')[number]} Things in Models"
    return f"- [{title}](https://arxiv.org/abs/2405.0000{number}) {mark}\n"


@pytest.mark.parametrize(
    ("marks", "form"),
    [
        pytest.param(["[__`cls.`__]", "[__`seg.`__]", "[__`det.`__]"], "- [{{ title }}]({{ url }}) ", id="tags"),
        pytest.param(
            ["[__`a.`__ __`b.`__]", "[__`c.`__]", "[__`d.`__ __`e.`__]"], "- [{{ title }}]({{ url }}) ", id="two-tags"
        ),
        pytest.param(["(Google)", "(OpenAI)", "(Meta)"], "- [{{ title }}]({{ url }}) ", id="institutes"),
        pytest.param(["new"] * 3, "- [{{ title }}]({{ url }}) new", id="a-word-of-all"),
        pytest.param(
            [f"[[{name}](https://github.com/a/b{name})]" for name in ("torch", "jax", "keras")],
            "- [{{ title }}]({{ url }}) [[code]({{ links.code }})]",
            id="names-of-links",
        ),
    ],
)
def test_a_form_has_no_words_of_a_single_row(marks: list[str], form: str) -> None:
    text = "".join(row(number, mark) for number, mark in enumerate(marks))
    found = learnt(text, LEXICON, VENUES, filling)
    assert found.forms[0].rstrip() == form.rstrip()
    assert all("__" not in each and "Google" not in each for each in found.forms)
