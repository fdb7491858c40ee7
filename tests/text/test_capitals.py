from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from benchmarks.capitals import ALL_YEARS, part, scores
from fedbib.text.capitals import Capitals, _protected, pinned, protect, sentence
from fedbib.text.markup import plain
from tests.property import strategies

CASES = Path(__file__).parents[1] / "cases"
GOLDEN = (CASES / "capitals.txt").read_text("utf-8").splitlines()
"""Titles as they should become, braces around what keeps its capitals."""
HELD_OUT = {"2020+": "titles-2020.txt", "2010s": "titles-2010s.txt"}
"""Titles no word was learnt from, by years, with the braces that the ACL Anthology (CC BY 4.0) has given them."""


def shown(title: str) -> str:
    """The title with spans as braces, as people read them."""
    return title.replace('<span class="nocase">', "{").replace("</span>", "}")


def marked(text: str) -> str:
    return text.replace("{", '<span class="nocase">').replace("}", "</span>")


@pytest.mark.parametrize(
    ("title", "protected"),
    [
        pytest.param(
            "A Survey of Large Models: A Study", "A Survey of Large Models: A Study", id="ordinary-title-case"
        ),
        pytest.param("Petals: Collaborative Inference", "Petals: Collaborative Inference", id="ordinary-first-word"),
        pytest.param("all in lower case", "all in lower case", id="lower"),
        pytest.param("INVITED TALK ON THE STATE", "INVITED TALK ON THE STATE", id="title-in-capitals"),
        pytest.param(r"On $O(N)$ Bounds", r"On $O(N)$ Bounds", id="mathematics"),
        pytest.param("When FedPETuning Meets LLaMA", "When {FedPETuning} Meets {LLaMA}", id="inner-capitals"),
        pytest.param("LLMs and GPT-4 on non-IID Data", "{LLMs} and {GPT-4} on {non-IID} Data", id="acronyms"),
        pytest.param(
            "Byzantine, Shapley’s and Bayesian-Based",
            "{Byzantine}, {Shapley’s} and {Bayesian}-Based",
            id="names-as-terms",
        ),
        pytest.param("Europe in English", "{Europe} in {English}", id="places-and-languages"),
        pytest.param("Europeans and Bayesians", "{Europeans} and {Bayesians}", id="many-of-a-name"),
        pytest.param("From Plan A", "From Plan A", id="an-a-that-ends-the-title"),
        pytest.param("Plan B for X in A Hurry", "Plan {B} for {X} in A Hurry", id="single-letters"),
        pytest.param("{E}uropean {Frobnicate} Law", "{European} {Frobnicate} Law", id="evidence-grows-to-words"),
        pytest.param("Using “LoRA” (BERT)", "Using “{LoRA}” ({BERT})", id="punctuation-stays-outside"),
    ],
)
def test_protect(title: str, protected: str) -> None:
    assert shown(protect(marked(title))) == protected


@pytest.mark.parametrize("protected", GOLDEN)
def test_titles_of_papers(protected: str) -> None:
    title = protected.replace("{", "").replace("}", "")
    assert shown(protect(title)) == protected


@pytest.mark.parametrize(("years", "precision", "recall"), [("2020+", 0.985, 0.94), (ALL_YEARS, 0.975, 0.95)])
def test_titles_that_no_word_was_learnt_from(years: str, precision: float, recall: float) -> None:
    rows = [
        {"years": years, "title": line.replace("{", "").replace("}", ""), "protected": line}
        for years, name in HELD_OUT.items()
        for line in (CASES / name).read_text("utf-8").splitlines()
    ]
    assert {part(row["title"]) for row in rows} == {"held out"}
    score = scores(rows)["held out", years]
    assert score.theirs > 300
    assert score.precision >= precision
    assert score.recall >= recall


def test_an_ordinary_word_is_passed_over_as_looking_at_it_would(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line for name in HELD_OUT.values() for line in (CASES / name).read_text("utf-8").splitlines()]
    titles = [title for line in (*GOLDEN, *lines) for title in (marked(line), line.replace("{", "").replace("}", ""))]
    quick = [protect(title) for title in titles]
    monkeypatch.setattr("fedbib.text.capitals._is_ordinary", lambda *_: False)
    _protected.cache_clear()
    assert [protect(title) for title in titles] == quick


@settings(deadline=None, max_examples=300)
@given(strategies.rich_text())
def test_protect_changes_no_letter_and_twice_changes_nothing(title: str) -> None:
    once = protect(title)
    assert plain(once) == plain(title)
    assert protect(once) == once


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        pytest.param("Attention Is All You Need", "Attention is all you need", id="ordinary words"),
        pytest.param("LoRA: Low-Rank Adaptation", "{LoRA}: Low-rank adaptation", id="a subtitle begins with a capital"),
        pytest.param("pFedLoRA: a Study in Europe", "{pFedLoRA}: A study in {Europe}", id="protected words stay"),
        pytest.param("are We There Yet? “Not” in Time", "Are we there yet? “Not” in time", id="after a question"),
        pytest.param("Quick — Or Slow – Or Both", "Quick — Or slow – or both", id="long dash, not the short one"),
        pytest.param("DPO vs. Direct Methods", "{DPO} vs. direct methods", id="a full stop begins nothing"),
        pytest.param(r"$O(N)$ Bounds: $K$ Means", r"$O(N)$ bounds: $K$ means", id="mathematics"),
        pytest.param("18 Kilobytes and I", "18 kilobytes and {I}", id="digits come first"),
        pytest.param("INVITED TALK", "Invited talk", id="all in capitals"),
        pytest.param("<i>Über</i> Die ß", "<i>Über</i> die ß", id="other markup stays"),
        pytest.param("ß und ı", "ß und ı", id="letters without a capital of their own"),
    ],
)
def test_sentence_case(title: str, wanted: str) -> None:
    assert shown(sentence(protect(title))) == wanted


@settings(deadline=None, max_examples=300)
@given(strategies.rich_text())
def test_sentence_case_changes_case_alone_and_twice_changes_nothing(title: str) -> None:
    once = sentence(protect(title))
    assert plain(once).casefold() == plain(title).casefold()
    assert sentence(once) == once


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Falcon-7B and Qwen2.5-0.5B", "{Falcon-7B} and {Qwen2.5-0.5B}"),
        ("A Study at Kyoto University", "A Study at {Kyoto} {University}"),
        ("A Study at Any University", "A Study at Any University"),
        ("University of Tokyo", "{University} of {Tokyo}"),
        ("University of the Air", "University of the Air"),
        ("New York and new York", "{New} {York} and new York"),
        ("New Yorkers", "New Yorkers"),
        ("K-means, N-gram and K-NN", "K-means, N-gram and K-{NN}"),
        ("Plan A: A Plan", "Plan {A}: A Plan"),
        ("DNA's and DNA’s", "{DNA's} and {DNA’s}"),
        ("iPhone-Based and Bayesian-Based", "{iPhone}-Based and {Bayesian}-Based"),
        ("PrE-Text: Generation of PrE-Text", "{PrE-Text}: Generation of {PrE}-Text"),
        ("3D and 2d in the 21st Century", "{3D} and 2d in the 21st Century"),
        ("LLMs' (LoRA) “Europe”", "{LLMs}' ({LoRA}) “{Europe}”"),
        ("FedAvg/FedProx and AI/ML", "{FedAvg/FedProx} and {AI/ML}"),
        ("Europe's Europeans", "{Europe's} {Europeans}"),
        ("I", "{I}"),
        ("A", "A"),
    ],
)
def test_which_capitals_carry_meaning(title: str, wanted: str) -> None:
    assert protect(title) == wanted.replace("{", '<span class="nocase">').replace("}", "</span>")


@pytest.mark.parametrize(
    ("title", "wanted"),
    [("LoRA in Europe", "{LoRA} in {Europe}"), ("{LoRA} in Europe", "{LoRA} in Europe"), ("{}LoRA", "LoRA")],
)
def test_a_pinned_title_has_the_spans_it_was_given(title: str, wanted: str) -> None:
    rich = [text.replace("{", '<span class="nocase">').replace("}", "</span>") for text in (title, wanted)]
    assert pinned(rich[0]) == rich[1]


def test_own_words_are_known_beside_the_others_and_ordinary_ones_are_not() -> None:
    title = "Flower in Europe"
    for known, wanted in (
        (Capitals.of([]), "Flower in {Europe}"),
        (Capitals.of(["Flower"]), "{Flower} in {Europe}"),
        (Capitals.of([], ["Europe"]), "Flower in Europe"),
        (Capitals.of(["Flower"], ["Europe"]), "{Flower} in Europe"),
    ):
        assert protect(title, known) == wanted.replace("{", '<span class="nocase">').replace("}", "</span>")
