from __future__ import annotations

import string

import pytest

from fedbib.model.claim import State
from fedbib.model.finding import FACTS, Code, Fact, Finding, Grade
from fedbib.report.findings import SENTENCES, STATES, against, sentence, told

EXAMPLES: dict[type[Fact], Fact] = {str: "words", int: 3, float: 0.456}


@pytest.mark.parametrize("code", Code)
def test_every_code_has_a_sentence_that_tells_its_facts(code: Code) -> None:
    """Placeholders and facts are the same, so a file that was read is a file that can be told."""
    named = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name is not None}
    assert named == set(FACTS[code])
    finding = Finding.of(code, **{name: EXAMPLES[kind] for name, kind in FACTS[code].items()})
    assert sentence(finding)
    assert "{" not in sentence(finding)


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding.of(Code.NAMED, source="semantic_scholar"), "by an id that Semantic Scholar gives"),
        (Finding.of(Code.SEARCHED, source="a-source-that-is-gone"), "by title at a-source-that-is-gone"),
        (Finding.of(Code.TITLE_ALIKE, score=1.0), "similar title (1.00)"),
        (Finding.of(Code.AUTHORS, same=5, of=5, more=0, respelt=0), "5 of 5 authors"),
        (Finding.of(Code.AUTHORS, same=4, of=5, more=2, respelt=1), "4 of 5 authors and 2 more (1 spelt differently)"),
        (Finding.of(Code.NOT_DECIDED, state=State.REJECTED.value, at="X"), "not accepted (rejected at X)"),
        (Finding.of(Code.NOT_DECIDED, state="a state that is gone", at="X"), "not accepted (a state that is gone X)"),
        (Finding.of(Code.EARLIER, text="{id} {0} {x!r:>9}"), "{id} {0} {x!r:>9}"),
    ],
)
def test_sentences(finding: Finding, words: str) -> None:
    assert sentence(finding) == words


def test_every_state_of_a_submission_has_words() -> None:
    assert set(STATES) == set(State)


def test_what_speaks_against_a_link_is_what_did_not_pass() -> None:
    findings = (
        Finding.of(Code.SEARCHED, source="dblp"),
        Finding.of(Code.TITLE_EQUAL),
        Finding.of(Code.YEAR_UNKNOWN, Grade.UNSURE),
        Finding.of(Code.WORKSHOP, Grade.UNSURE, venue="FL Workshop"),
    )
    assert told(findings) == "by title at DBLP, same title, year not known, a workshop (FL Workshop)"
    assert against(findings) == "year not known, a workshop (FL Workshop)"
