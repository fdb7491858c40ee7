from __future__ import annotations

import pytest

from fedbib.text.verbatim import bare, plainest


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"\url{https://x.org/a_b}", "https://x.org/a_b"),
        (r"\href{https://x.org/a}{The \emph{page}}", "https://x.org/a"),
        (r"\doi{10.1145/1}", "10.1145/1"),
        (r"10.1145/a\_b", "10.1145/a_b"),
        (r"10.1145/a{\_}b", "10.1145/a_b"),
        (r"10.1145/a$\_$b", "10.1145/a_b"),
        (r"10.1145/a\textunderscore{}b", "10.1145/a_b"),
        (r"10.1145/a{\textunderscore}b", "10.1145/a_b"),
        (r"10.1145/a{_}b", "10.1145/a_b"),
        (r"10.1145/a$_$b", "10.1145/a_b"),
        (r"https://x.org/\textasciitilde{}ann", "https://x.org/~ann"),
        (r"https://x.org/{\textasciitilde}ann", "https://x.org/~ann"),
        (r"https://x.org/\~{}ann", "https://x.org/~ann"),
        (r"https://x.org/{\~}ann", "https://x.org/~ann"),
        (r"https://x.org/{~}ann", "https://x.org/~ann"),
        (r"https://x.org/$\sim$ann", "https://x.org/~ann"),
        (r"https://x.org\slash a\allowbreak b\/d", "https://x.org/ab/d"),
        (r"{{10.1145/1}}", "10.1145/1"),
        (r"{10.1145/1", "{10.1145/1"),
        (r"a\%b\&c\#d", "a%b&c#d"),
        ("<a href='https://x.org/a'>The page</a>", "https://x.org/a"),
        ('<a class="b" href="https://x.org/a">The page', "https://x.org/a"),
        ("<b>10.1145/1</b>", "10.1145/1"),
        ("https://x.org/a%20%20", "https://x.org/a"),
        ("https://x.org/a%20b", "https://x.org/a%20b"),
        ("https://x.org/?a=1&amp;amp;b=2", "https://x.org/?a=1&b=2"),
        ("plain text", "plain text"),
    ],
)
def test_what_stands_around_an_identifier_goes(text: str, wanted: str) -> None:
    assert bare(text) == plainest(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("\uff11\uff10.1145/1", "10.1145/1"),
        ("10.1145/a\u2010b\u2013c", "10.1145/a-b-c"),
        ("https%3A//x.org/a%2Fb", "https://x.org/a/b"),
        ("doi%3A10.1145/1", "doi:10.1145/1"),
        ("x%3Ay", "x%3Ay"),
        (r"a \textbf{10.1145/1}", "a 10.1145/1"),
        ("10.1145/1\\", "10.1145/1"),
        ("10.1145/&lt;1&gt;", "10.1145/<1>"),
        ("a{b", "a{b"),
    ],
)
def test_an_identifier_has_plain_letters(text: str, wanted: str) -> None:
    assert plainest(text) == wanted
