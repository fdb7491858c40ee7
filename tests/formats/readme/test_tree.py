"""The tree of a Markdown text is the parser's, whichever way it is made."""

from __future__ import annotations

import gc
import random

import pytest

from fedbib.formats.readme import tree as made
from fedbib.formats.readme.tree import tree

_BITS = (
    "a", "b c", " ", "*", "**", "_", "[", "]", "(", ")", "](https://x.org/a_b)", "`", "!", "\n", "'", '"', ".", "?", ":",
    "word", "é", "中", "[t](https://a.example/c)", "[[pdf]](https://a.example/d)", "[[pdf](https://a.example/d)]",
    "**bold**", "*em*", "*[KDD'24]*", "[**t**](https://a.example)", " **[t u](https://a.example/e)** ", "**[t](https://a.example/f)**", "[[a](https://a.example)][[b](https://a.example)]", " & ", "\\", "&", "<", "<!", "-", " **x.** ", "1", "#", "~", "|",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_what_is_plain_is_read_as_the_parser_reads_it(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(seed)
    texts = ["".join(draw.choices(_BITS, k=draw.randint(1, 9))) for _ in range(60)]
    plain = [tree(text) for text in texts]
    monkeypatch.setattr(made, "_plain_parts", lambda content: [])
    assert plain == [tree(text) for text in texts]


def test_rows_of_most_lists_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        "[**A Title: of Words?**](https://arxiv.org/abs/2401.00001), *Ann Lee*. *[KDD'24]* [[code]](https://a.example/c)",
        "**[Ants & Bees](https://arxiv.org/abs/2401.00002)**, [[code](https://a.example/d)][[talk](https://a.example/e)]",
    )
    monkeypatch.delattr("markdown_it.parser_inline.ParserInline.parse")
    assert [len(list(tree(f"- {row}\n").find("a"))) for row in rows] == [2, 3]


def test_a_section_of_sgml_is_text() -> None:
    assert "odd" in tree("<div>\n<![odd[ x ]]>\n</div>\n").text


def test_a_tree_that_nobody_has_is_let_go_at_once() -> None:
    def nodes() -> int:
        return sum(isinstance(each, made.Node) for each in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        before = nodes()
        assert len(list(tree("- [A](https://a.example)\n" * 50).find("li"))) == 50
        assert nodes() == before
    finally:
        gc.enable()
