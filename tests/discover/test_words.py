from __future__ import annotations

import pytest

from fedbib.discover.words import Phrases, Words, phrases
from fedbib.settings import Discover


@pytest.mark.parametrize(
    ("phrase", "text", "stands"),
    [
        pytest.param("federated", "Federated Learning", True, id="case does not count"),
        pytest.param("LLM", "of LLMs", True, id="a plural's s does not count"),
        pytest.param("split learning", "Split-Learning", True, id="a hyphen is a blank"),
        pytest.param("pre-train", "pretrain it", True, id="nor does it have to be there"),
        pytest.param("RAG", "a ragged edge", False, id="whole words only"),
        pytest.param("fine-tun*", "finetuning", True, id="an open ending"),
        pytest.param("*BERT", "RoBERTa and DistilBERT", True, id="an open beginning"),
        pytest.param("*BERT", "RoBERTa", False, id="which ends as written"),
        pytest.param("c++", "in C++ and C", True, id="signs are only signs"),
        pytest.param("a.b", "axb", False, id="and no patterns"),
        pytest.param("split learning", "split\nlearning", True, id="a line end is a blank"),
    ],
)
def test_phrases_are_found_as_people_write_them(phrase: str, text: str, stands: bool) -> None:
    assert Phrases.of((phrase,)).stand(text) is stands
    assert bool(Phrases.of((phrase,)).found(text)) is stands


def test_every_must_one_any_and_no_not() -> None:
    words = Words.of(Discover(must=("federated | decentralized", "model"), any=("LoRA", "prompt"), never=("blood",)))
    assert words.takes("Decentralized Models", "with a prompt")
    assert not words.takes("Decentralized Things", "with a prompt")
    assert not words.takes("Models", "with a prompt")
    assert not words.takes("Decentralized Models", "with nothing")
    assert not words.takes("Decentralized Models of Blood", "with a prompt")


def test_a_title_alone_need_not_have_an_any_word() -> None:
    words = Words.of(Discover(must=("federated",), any=("LoRA",)))
    assert words.takes("Federated Things", "")
    assert not words.takes("Things", "")


def test_without_words_everything_is_let_through() -> None:
    assert not Words()
    assert Words().takes("Anything", "at all")


def test_services_are_asked_for_phrases_without_open_endings() -> None:
    assert phrases(("federated | decentrali* | split learning", "model")) == ("federated", "split learning")
    assert phrases(()) == ()
