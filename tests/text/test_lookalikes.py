from __future__ import annotations

import unicodedata

import pytest

from fedbib.text.lookalikes import LATIN, disguised


@pytest.mark.parametrize(
    "text",
    [
        "α-divergence and β-VAE",
        "μTransfer of ν-SVM, λ2 and ΔE",
        "Λ for Ω, Σ and Π",
        "Учебник по федеративному обучению",
        "Сара",
        "Federated learning: Введение",
        "Ελληνικά and English",
        "Naïve Müller, Øre, Żółć",
        "联邦学习",
        "the Χ of a Greek name",
    ],
)
def test_letters_of_one_language_and_symbols_are_no_disguise(text: str) -> None:
    assert disguised(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fed\u0435rated Learning", ("Fed\u0435rated",)),
        ("\u0410ttention is all", ("\u0410ttention",)),
        ("\u0421\u0430\u0440\u0430 writes with Ann", ("\u0421\u0430\u0440\u0430",)),
        ("\u0391I and \u039coE", ("\u0391I", "\u039coE")),
        ("T\u03bfols", ("T\u03bfols",)),
    ],
)
def test_a_letter_that_looks_latin_among_latin_ones_is_a_disguise(text: str, words: tuple[str, ...]) -> None:
    assert disguised(text) == words


def test_each_look_alike_is_a_letter_of_another_script() -> None:
    for char, latin in LATIN.items():
        assert unicodedata.name(char).split()[0] in ("CYRILLIC", "GREEK")
        assert latin.isascii()
        assert char.isupper() == latin.isupper() or char == "\u04cf"
