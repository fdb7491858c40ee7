from __future__ import annotations

import pytest
from hypothesis import given, settings

from fedbib.text.capitals import protect
from fedbib.text.markup import plain
from tests.property import strategies


def shown(title: str) -> str:
    """The title with spans as braces, as people read them."""
    return title.replace('<span class="nocase">', "{").replace("</span>", "}")


def marked(text: str) -> str:
    return text.replace("{", '<span class="nocase">').replace("}", "</span>")


@pytest.mark.parametrize(
    ("title", "protected"),
    [
        pytest.param(
            "A Survey of Large Models: A Study", "A Survey of Large Models: A Study", id="row30-ordinary-title-case"
        ),
        pytest.param(
            "Petals: Collaborative Inference", "Petals: Collaborative Inference", id="row30-ordinary-first-word"
        ),
        pytest.param("all in lower case", "all in lower case", id="row30-lower"),
        pytest.param("INVITED TALK ON THE STATE", "INVITED TALK ON THE STATE", id="row30-title-in-capitals"),
        pytest.param(r"On $O(N)$ Bounds", r"On $O(N)$ Bounds", id="row30-mathematics"),
        pytest.param("When FedPETuning Meets LLaMA", "When {FedPETuning} Meets {LLaMA}", id="row30-inner-capitals"),
        pytest.param("LLMs and GPT-4 on non-IID Data", "{LLMs} and {GPT-4} on {non-IID} Data", id="row30-acronyms"),
        pytest.param(
            "Byzantine, Shapley’s and Bayesian-Based",
            "{Byzantine}, {Shapley’s} and {Bayesian}-Based",
            id="row30-names-as-terms",
        ),
        pytest.param("Europe in English", "{Europe} in {English}", id="row30-places-and-languages"),
        pytest.param("Plan B for X in A Hurry", "Plan {B} for {X} in A Hurry", id="row30-single-letters"),
        pytest.param("{E}uropean {Frobnicate} Law", "{European} {Frobnicate} Law", id="row30-evidence-grows-to-words"),
        pytest.param("Using “LoRA” (BERT)", "Using “{LoRA}” ({BERT})", id="row30-punctuation-stays-outside"),
    ],
)
def test_protect(title: str, protected: str) -> None:
    assert shown(protect(marked(title))) == protected


@settings(deadline=None, max_examples=300)
@given(strategies.rich_text())
def test_protect_changes_no_letter_and_twice_changes_nothing(title: str) -> None:
    once = protect(title)
    assert plain(once) == plain(title)
    assert protect(once) == once
