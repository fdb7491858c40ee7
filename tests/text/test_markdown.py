from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fedbib.text.markdown import escape, escape_rich, led, line, shown, unescape, unescape_rich, without_emphasis
from fedbib.text.plain import clean
from tests.effort import LINEAR, growth

PIECES = st.sampled_from(
    [
        *(
            "[",
            "](x)",
            "*",
            "**",
            "_",
            "`",
            "\\",
            "<b>",
            "<!--",
            "&",
            "&amp;",
            "&#64;",
            "~~",
            "|",
            "$",
            "@a",
            "!",
            ":a:",
        ),
        *("://", "www.", "#", "-", "+", "1.", "1)", "=", ">", "---", " ", "a", "é", "<a@b.example>"),
        *("<https://a.example>", "\n"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=10).map(lambda pieces: clean("".join(pieces)))
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def kinds(tokens: list[Token]) -> list[str]:
    return [token.type for token in tokens]


@given(TEXTS)
def test_another_reader_sees_only_the_text(text: str) -> None:
    (token,) = READER.parseInline(f"x{escape(text)}x")
    children = token.children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == f"x{text}x"


@given(TEXTS.filter(bool))
def test_another_reader_sees_one_paragraph(text: str) -> None:
    assert kinds(READER.parse(line(text))) == ["paragraph_open", "inline", "paragraph_close"]


@given(TEXTS)
def test_escaped_text_reads_back(text: str) -> None:
    assert unescape(escape(text)) == text
    assert escape(text).isprintable() or not text.isprintable()


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("H<sub>2</sub>O &amp; <i>x</i>", id="markup-beside-an-entity"),
        pytest.param("a <i> b", id="tag-without-partner"),
        pytest.param("1 <b>2; 3</b> 4;", id="digits-and-semicolons"),
        pytest.param("\\<i>x\\</i>", id="backslashes-before-tags"),
    ],
)
def test_titles_read_back(title: str) -> None:
    kept = unescape_rich(escape_rich(title))
    assert unescape_rich(escape_rich(kept)) == kept
    assert clean(kept) == kept


def test_marks_of_capitals_are_not_shown() -> None:
    assert (
        shown('<span class="nocase">LLM</span>s and <i><span class="nocase">E</span>. coli</i>')
        == "LLMs and <i>E. coli</i>"
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**bold** and *it* and `code`", "bold and it and code"),
        (r"a \* b \* c", r"a \* b \* c"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("FL*", "FL*"),
    ],
)
def test_emphasis_of_others_is_taken_off(text: str, plain: str) -> None:
    assert without_emphasis(text) == plain


@pytest.mark.parametrize("char", [*"\\`*_[]<>&:$@ \t", "&a", "<i>", "a:"])
def test_long_runs_take_linear_time(char: str) -> None:
    def read(count: int) -> None:
        unescape_rich(escape(char * count))
        unescape_rich(char * count)
        without_emphasis(char * count)

    assert growth(read, 2_500) < LINEAR


def test_what_a_reader_of_the_source_sees_is_short() -> None:
    assert escape("a<b> [c] @d") == r"a&lt;b&gt; \[c\] &#64;d"
    assert unescape_rich(escape_rich("<i>a</i> 3; <b>4</b>;")) == "<i>a</i> 3; <b>4</b>;"


@pytest.mark.parametrize(
    ("text", "escaped"), [("# x", "\\# x"), ("12. x", "12\\. x"), ("- x", "\\- x"), ("x # y", "x # y"), ("", "")]
)
def test_a_text_that_would_begin_a_block_is_escaped(text: str, escaped: str) -> None:
    assert led(text) == escaped


def test_empty_code_marks_leave_nothing() -> None:
    assert without_emphasis("a `` b `c`") == "a  b c"
