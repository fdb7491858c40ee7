"""The law of formats for CSL-JSON and the README list, over works that no bibliography ever had."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fedbib.formats import csl_json
from fedbib.formats.base import Format
from fedbib.formats.readme import document
from fedbib.model.about import About, Section
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Link, Status, Work
from fedbib.text.markup import Segment, join, segments
from fedbib.text.plain import clean
from tests.thorough import examples

BITS = st.sampled_from(
    [
        "and",
        ",",
        ", ",
        ".",
        "-",
        "#",
        "1.",
        "[",
        "]",
        "](",
        ")",
        "\\",
        "`",
        "```",
        "*",
        "**",
        "_",
        "<",
        ">",
        "<i>",
        "</i>",
        "<br>",
        "&",
        "&amp;",
        "&#44;",
        "&lt;",
        "$x$",
        "@name",
        "|",
        "!",
        "![a](b)",
        "<!-- fedbib:end -->",
        "https://a.example/",
        "www.a.example",
        ":fire:",
        "2023",
        "{",
        "}",
        '"',
        "'",
        "é",
        "漢字",
        "e\u0301",
        "\u0338",
        "🎉",
        "[retracted]",
        '<a id="k"></a>',
        "None yet.",
        "~",
        "[EMNLP 2023]",
        "+",
        "=",
        "authors*: ",
        "arXiv",
        "0",
        "true",
    ]
)
WORDS = st.one_of(st.text(max_size=8), BITS, st.just(" "))
TEXTS = st.lists(WORDS, max_size=6).map(lambda words: clean("".join(words)))
FULL = TEXTS.filter(bool)
STYLES = st.lists(st.sampled_from(["nocase", "i", "b", "sub", "sup"]), unique=True, max_size=3).map(tuple)


def _normal(title: str) -> str:
    again = clean(join(segments(title)))
    return again if again == title else _normal(again)


TITLES = (
    st.lists(st.builds(Segment, st.one_of(TEXTS, st.just(" ")), STYLES), max_size=4).map(join).map(clean).map(_normal)
)
NAMES = st.one_of(
    st.builds(
        lambda family, given, suffix: Name(family, given, suffix), FULL, TEXTS, st.sampled_from(["", "Jr.", "III"])
    ),
    st.builds(lambda text: Name(literal=text), FULL),
    st.builds(lambda text: Name(unsplit=text), FULL),
)
DATES = st.none() | st.builds(PartialDate, st.integers(1000, 9999), st.none() | st.integers(1, 12))
ADDRESSES = st.sampled_from(
    [
        "https://a.example/x_(y)",
        "https://a.example/?a=1&amp;b=2",
        "https://a.example/*b*/_c_",
        "http://arxiv.org/abs/2310.15080v2",
        "https://a.example/[x]",
        "https://aclanthology.org/P18-1001.pdf",
        "https://doi.org/10.1145/3637528.3671865",
        "javascript:alert(1)",
        "https://u:p@a.example/",
        "https://a.example/((",
        "https://a.example/a)b",
        "https://a.example/$x$",
    ]
)
LINKS = st.builds(Link, st.sampled_from(["code", "slides", "arxiv", "doi", "a_b c"]), ADDRESSES)
FACETS = st.lists(FULL, max_size=3).map(tuple)


@st.composite
def works(draw: st.DrawFn) -> Work:
    def maybe(strategy: st.SearchStrategy[Any], missing: Any = "") -> Any:
        return draw(strategy) if draw(st.booleans()) else missing

    def known(strategy: st.SearchStrategy[str]) -> str:
        return draw(strategy) if has_ids and draw(st.booleans()) else ""

    has_ids = draw(st.booleans())

    return Work(
        key=draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,12}", fullmatch=True)),
        type=draw(st.sampled_from(ItemType)),
        title=draw(TITLES),
        author=tuple(draw(st.lists(NAMES, max_size=3))),
        editor=tuple(maybe(st.lists(NAMES, max_size=2), ())),
        issued=draw(DATES),
        container_title=maybe(TEXTS),
        container_title_short=maybe(st.one_of(TEXTS, st.sampled_from(["arXiv", "ArXiv", "EMNLP", "Foo 2000", "2023"]))),
        event_title=maybe(TEXTS),
        publisher=maybe(st.one_of(TEXTS, st.just("arXiv"))),
        volume=maybe(TEXTS),
        page=maybe(st.sampled_from([Pages("1", "12"), Pages("e12"), Pages("A-1-A-3")]), None),
        number=maybe(st.one_of(TEXTS, st.just("arXiv:2310.15080"))),
        genre=maybe(TEXTS),
        DOI=known(
            st.sampled_from(
                [
                    "10.1145/3637528.3671865",
                    "10.1002/(sici)1<1::aid>3.0.co;2-#",
                    "10.18653/v1/p18-1001",
                    "10.1/X",
                    "10.1145/A%b",
                ]
            )
        ),
        URL=known(ADDRESSES),
        arxiv=known(st.sampled_from(["2310.15080", "math/9501234"])),
        arxiv_class=maybe(st.sampled_from(["cs.LG", "math", "x y"])),
        acl=known(st.sampled_from(["P18-1001", "2023.acl-demo.54"])),
        openreview=known(st.sampled_from(["cit0hg4sEz", "dqgzfhHd2-"])),
        pmlr=known(st.just("v235/qin24a")),
        dblp=known(st.just("conf/icml/QinCQDLD24")),
        status=draw(st.sampled_from(Status)),
        topics=maybe(st.one_of(FACETS, st.just(("App",))), ()),
        datasets=maybe(FACETS, ()),
        models=maybe(FACETS, ()),
        links=tuple(maybe(st.lists(LINKS, max_size=3), ())),
    )


ABOUT = About(
    title="A list",
    sections=(
        Section("Published [x](y)", "published", text="# In this section"),
        Section("Preprints", "preprints"),
        Section("Applications", "topic", topic="app"),
    ),
)


@pytest.mark.parametrize("form", [csl_json, document])
@settings(
    max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(some=st.lists(works(), max_size=4))
def test_what_is_written_reads_back(form: Format, some: list[Work]) -> None:
    for about in (ABOUT, About(), About(sections=(Section("A", "topic", "app"),))):
        text = form.render(some, about)
        read = form.parse(text)
        assert read.works == tuple(form.carry(work) for work in form.arrange(some, about))
        assert [problem.message for problem in read.problems if problem.message != "no title"] == []
        assert len(read.lines) == len(some)
        assert list(read.lines) == sorted(read.lines)
        assert sorted(work.key for work in form.arrange(some, about)) == sorted(work.key for work in some)
        assert text.endswith("\n")
        assert form.render(some, about) == text


@pytest.mark.parametrize("form", [csl_json, document])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(work=works())
def test_what_a_format_keeps_is_kept_again(form: Format, work: Work) -> None:
    kept = form.carry(work)
    assert form.carry(kept) == kept
    assert kept.only(form.CARRIES) == kept


@pytest.mark.parametrize("form", [csl_json, document])
@settings(max_examples=200, deadline=None)
@given(
    text=st.lists(
        st.one_of(BITS, st.sampled_from(["\n- ", "\n  - ", "[", "{", '"a":', "null", "\r\n"])), max_size=30
    ).map("".join)
)
@example(text="\ufeff[")
def test_any_text_is_read_without_a_crash(form: Format, text: str) -> None:
    read = form.parse(text)
    assert len(read.works) == len(read.lines)
    assert all(problem.line for problem in read.problems)
