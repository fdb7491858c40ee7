from __future__ import annotations

import pytest

from fedbib.model.work import Work
from fedbib.words.vocabulary import Vocabulary, named

MODELS = Vocabulary.of({"GPT-2": [], "LLaMA-7B": ["LLaMA 1 7B"], "BERT": []})
DATASETS = Vocabulary.of({"Databricks-dolly-15k": ["Dolly-15K"], "SST-2": []})


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("GPT-2", "GPT-2"),
        ("GPT2", "GPT-2"),
        ("gpt 2", "GPT-2"),
        ("Llama_7b", "LLaMA-7B"),
        ("llama-1 7b", "LLaMA-7B"),
        pytest.param("GPT-22", None, id="not-nearly"),
        pytest.param("", None, id="empty"),
        pytest.param("--", None, id="only-signs"),
    ],
)
def test_spellings_of_a_term(text: str, term: str | None) -> None:
    assert MODELS.term(text) == term


def test_a_work_is_named_in_the_words_of_the_collection() -> None:
    work = Work(key="k", models=("GPT2", "Mamba"), datasets=("dolly-15k", "SST2", "SST-2"), topics=("any",))
    renamed = named(work, {"models": MODELS, "datasets": DATASETS})
    assert renamed.models == ("GPT-2", "Mamba")
    assert renamed.datasets == ("Databricks-dolly-15k", "SST-2")
    assert renamed.topics == ("any",)
    assert named(renamed, {"models": MODELS, "datasets": DATASETS}) is renamed
    assert named(work, {}) is work


def test_a_spelling_belongs_to_one_term() -> None:
    with pytest.raises(ValueError, match="'GPT2' is a spelling of 'GPT-2' and of 'GPT'"):
        Vocabulary.of({"GPT-2": [], "GPT": ["GPT2"]})
