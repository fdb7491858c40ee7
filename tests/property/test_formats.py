"""The law of formats over generated collections, and a second reader that says the same of the .bib."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, example, given, settings
from pybtex.database import parse_string

from fedbib.formats import ENTERED, FORMATS
from fedbib.formats.bib import biblatex, bibtex
from fedbib.model.about import About, Section
from fedbib.model.name import Name
from fedbib.model.work import FIELDS, ItemType, Work
from fedbib.text.latex import _SAFE_MATH, _SAFE_MATH_SIGNS
from tests.madeup.registered import registered
from tests.property import strategies
from tests.thorough import examples

SECTIONS = (
    Section("Published Papers", "published"),
    Section("Preprints", "preprints"),
    Section("Applications", "topic", topic="application"),
)
ABOUT = About(name="fedllm", title="Federated @learning {for} LLMs", description="What is known.", sections=SECTIONS)


@pytest.fixture(autouse=True)
def _registered() -> Iterator[None]:
    """Some works have an identifier of a scheme that `Work` has no field for."""
    with registered():
        yield


slow = settings(deadline=None, max_examples=examples(30), suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", FORMATS)
@slow
@example(works=(Work(key="blank", editor=(Name("Müller", "Ann; a~b", "Jr."),)),))
@example(works=(Work(key="parted", note="; x", arxiv="2312.06353"),))
@example(works=(Work(key="posted", type=ItemType.DOCUMENT, medium="arXiv:2312.06353", editor=(Name("Lee", "Ann"),)),))
@example(works=(Work(key="unprintable", author=(Name("\U00014647", "van der Maaten"),)),))
@given(works=strategies.collections())
def test_what_is_written_reads_back_as_what_the_format_carries(name: str, works: tuple[Work, ...]) -> None:
    """What was carried once is carried whole, and has no field that the format does not name."""
    form = FORMATS[name]
    text = form.render(works, ABOUT)
    assert text.endswith("\n")
    assert form.parse(text).works == tuple(form.carry(work) for work in form.arrange(works, ABOUT))
    for work in works:
        kept = form.carry(work)
        assert form.carry(kept) == kept
        assert {field for field in FIELDS if getattr(kept, field) != FIELDS[field]} <= form.CARRIES


@pytest.mark.parametrize("name", ENTERED)
@slow
@given(works=strategies.collections(), data=st.data())
def test_equal_entries_are_equal_works(name: str, works: tuple[Work, ...], data: st.DataObject) -> None:
    """So `build` compares the entries where a format has them, also of a text in which something was lost."""
    form, wanted = FORMATS[name], [ENTERED[name].entry(work) for work in works]
    text = form.render(works, ABOUT)
    start = data.draw(st.integers(0, len(text)))
    for some in (text, text[:start] + text[start + data.draw(st.integers(1, 9)) :]):
        if ENTERED[name].entries(some) == wanted:
            assert form.parse(some).works == tuple(map(form.carry, works))


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
@slow
@given(works=strategies.collections())
def test_plain_entries_are_taken_apart_as_the_splitter_does(name: str, works: tuple[Work, ...]) -> None:
    text = FORMATS[name].render(works, ABOUT)
    for some in (text, text.replace("},\n", "},\n\n", 1), text.replace("}\n", "}}\n", 1), text.replace("},", "}},", 1)):
        found = FORMATS[name].parse(some)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("fedbib.formats.bib.blocks._plain", lambda *_: None)
            assert FORMATS[name].parse(some) == found


@pytest.mark.parametrize("name", FORMATS)
@slow
@given(text=strategies.hostile_text())
def test_any_text_is_read_without_an_exception(name: str, text: str) -> None:
    reading = FORMATS[name].parse(text)
    assert len(reading.works) == len(reading.lines)


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "csl-json", "ris"])
@slow
@given(data=st.data())
def test_what_is_read_of_anybody_obeys_the_law_too(name: str, data: st.DataObject) -> None:
    form = FORMATS[name]
    works = form.parse(data.draw(strategies.foreign(name))).works
    assert form.parse(form.render(works, ABOUT)).works == tuple(form.carry(work) for work in works)


@slow
@given(works=strategies.collections())
def test_pybtex_reads_the_same_entries_fields_and_people_from_the_bib(works: tuple[Work, ...]) -> None:
    text = bibtex.render(works, ABOUT)
    ours = [bibtex.carry(work) for work in works]
    theirs = parse_string(text, "bibtex")
    assert list(theirs.entries) == [work.key for work in ours]
    for work, entry in zip(ours, theirs.entries.values(), strict=True):
        written = f"@{entry.original_type}{{{work.key},"
        assert written in text
        assert len(entry.persons.get("author", [])) == len(work.author)
        assert len(entry.persons.get("editor", [])) == len(work.editor)
        assert ("title" in entry.fields) == bool(work.title)
        assert entry.fields.get("year", "") == (str(work.year) if work.year else "")
        for field in ("doi", "eprint", "url"):
            assert f"{field} = {{{entry.fields.get(field, '')}}}" in text or field not in entry.fields


ACCENTS = frozenset("\"'^`~=.cdkbHruvtij")
LETTERS = frozenset(
    [
        "AA",
        "SS",
        "aa",
        "AE",
        "ae",
        "DH",
        "dh",
        "DJ",
        "dj",
        "i",
        "j",
        "L",
        "l",
        "NG",
        "ng",
        "O",
        "o",
        "OE",
        "oe",
        "ss",
        "TH",
        "th",
    ]
)
SIGNS = frozenset("#$%&_{}-/, ") | {
    "S",
    "P",
    "copyright",
    "dag",
    "ddag",
    "ldots",
    "pounds",
    "symbol",
    "slash",
    "guillemotleft",
    "guillemotright",
    "guilsinglleft",
    "guilsinglright",
    "quotesinglbase",
    "quotedblbase",
}
ACTIVE = frozenset(
    [
        "input",
        "include",
        "write",
        "immediate",
        "openout",
        "openin",
        "read",
        "csname",
        "endcsname",
        "catcode",
        "def",
        "edef",
        "let",
        "begin",
        "end",
        "special",
        "directlua",
        "expandafter",
        "newwrite",
        "usepackage",
        "loop",
        "futurelet",
        "jobname",
        "scantokens",
    ]
)


@pytest.mark.parametrize("form", [bibtex, biblatex])
@slow
@given(works=strategies.collections())
def test_braces_balance_and_only_control_words_of_a_list_are_written(form: Any, works: tuple[Work, ...]) -> None:
    allowed = ACCENTS | LETTERS | SIGNS | _SAFE_MATH | _SAFE_MATH_SIGNS
    assert not allowed & ACTIVE
    for line in form.render(works, ABOUT).splitlines():
        if line.startswith("  "):
            assert line.count("{") == line.count("}"), line
        # Verbatim fields reach `\url` and `\href` alone; nothing in them begins a control word.
        for word in re.findall(r"\\([A-Za-z@]+|.)", line):
            assert word in allowed or re.fullmatch(r"text[a-z]+", word), line
