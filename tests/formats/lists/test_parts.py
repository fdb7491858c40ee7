"""A long list is read in parts, and says what it says as a whole."""

from __future__ import annotations

import pytest

from fedbib.formats.lists import markdown, parts
from fedbib.formats.lists.parts import parts_of
from tests.effort import LINEAR, growth
from tests.formats.lists.layouts import made


def _item(number: int) -> str:
    return f"- [A Study of Kites of Kind {number}](https://arxiv.org/abs/2401.{number:05d}), ICML 2024\n"


def _row(number: int) -> str:
    return f"| A Study of Kites of Kind {number} | ICML | [pdf](https://arxiv.org/abs/2401.{number:05d}) |\n"


_LONG = {
    "items": "# L\n\n" + "".join(map(_item, range(1000))),
    "table": "# L\n\n| Title | Venue | Link |\n|---|---|---|\n" + "".join(map(_row, range(1000))),
    "sections": "# L\n" + "".join(f"\n## Part {at}\n\n" + "".join(map(_item, range(at, at + 20))) for at in range(0, 1000, 20)),
    "html": "# L\n\n<table>\n"
    + "".join(f"<tr><td>\n\n# {at}\n\n</td><td><a href='https://arxiv.org/abs/2401.{at:05d}'>A Study of Kites of Kind {at}</a></td></tr>\n" for at in range(300))
    + "</table>\n",
    "fence": "# L\n\n```bib\n" + "# a comment\n" * 3000 + "```\n\n" + _item(1),
    "references": "# L\n\n" + "".join(f"## P {at}\n\n- [A Study of Kites of Kind {at}][{at}]\n" for at in range(900))
    + "\n" + "".join(f"[{at}]: https://arxiv.org/abs/2401.{at:05d}\n" for at in range(900)),
}  # fmt: skip


@pytest.mark.parametrize("name", _LONG)
def test_parts_say_what_the_whole_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = markdown.parse(_LONG[name])
    monkeypatch.setattr(parts, "_LONG", 5000)
    assert (len(list(parts_of(_LONG[name]))) > 1) == (name not in ("html", "fence"))
    assert markdown.parse(_LONG[name]) == whole
    assert whole.works


@pytest.mark.parametrize("seed", range(30))
def test_lists_of_any_layout_are_cut_without_a_loss(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = made(seed).text
    whole = markdown.parse(text)
    monkeypatch.setattr(parts, "_LONG", 600)
    cut = markdown.parse(text)
    assert {work.title for work in cut.works} == {work.title for work in whole.works}
    assert cut.lines == whole.lines


def test_every_line_is_in_a_part_under_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_LONG", 2000)
    lines = _LONG["table"].split("\n")
    seen: set[int] = set()
    for first, part in parts_of(_LONG["table"]):
        body = part.split("\n")[2 if first > 1 else 0 :]
        at = first + (2 if first > 1 else 0)
        assert body == lines[at - 1 : at - 1 + len(body)]
        seen.update(range(at, at + len(body)))
    assert seen == set(range(1, len(lines) + 1))


def test_a_long_table_takes_linear_time() -> None:
    head = "| Title | Venue | Link |\n|---|---|---|\n"
    assert growth(lambda count: list(parts_of(head + _row(7) * count)), 20_000) < LINEAR


def test_papers_of_one_title_take_linear_time() -> None:
    def text(count: int) -> str:
        return "".join(
            f"- [A Study of Kites](https://arxiv.org/abs/{at // 90000 + 1000}.{at % 90000:05d})\n"
            for at in range(count)
        )

    assert growth(lambda count: markdown.parse(text(count)), 200) < LINEAR
