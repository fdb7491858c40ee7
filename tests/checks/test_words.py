from __future__ import annotations

from fedbib.checks import words
from fedbib.model.problem import Severity
from fedbib.model.record import Record
from fedbib.words.vocabulary import Vocabularies, Vocabulary

KNOWN: Vocabularies = {"datasets": Vocabulary.of({"Databricks-dolly-15k": ["Dolly-15K"], "GSM8K": []})}


def path(key: str) -> str:
    return f"entries/{key}.toml"


def test_an_unknown_word_is_named_with_the_nearest() -> None:
    record = Record("k", datasets=("Dolly-15K", "GSM8", "zzz"), models=("anything",))
    near, far = words.check((record,), path, KNOWN)
    assert (near.code, near.severity, near.path, near.field) == ("W09", Severity.WARNING, "entries/k.toml", "datasets")
    assert "`GSM8`" in near.message
    assert "did you mean `GSM8K`?" in near.message
    assert "did you mean" not in far.message


def test_the_nearest_is_a_term_though_an_alias_is_nearer() -> None:
    (problem,) = words.check((Record("k", datasets=("dolly-15",)),), path, KNOWN)
    assert "did you mean `Databricks-dolly-15k`?" in problem.message


def test_without_a_vocabulary_every_word_is_fine() -> None:
    assert list(words.check((Record("k", topics=("x",)),), path, {})) == []
