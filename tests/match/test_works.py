from __future__ import annotations

import pytest

from fedbib.match.works import Likeness, Verdict, compare, surname, title_words
from fedbib.model.name import Name
from fedbib.model.work import Work


def work(title: str, *people: str) -> Work:
    return Work(title=title, author=tuple(Name(unsplit=person) for person in people))


PETUNING = work(
    "FedPETuning: When Federated Learning Meets the Parameter-Efficient Tuning Methods of Pre-trained Language Models",
    "Zhuo Zhang", "Yuanhang Yang", "Yong Dai", "Qifan Wang", "Yue Yu", "Lizhen Qu", "Zenglin Xu",
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        pytest.param(
            PETUNING,
            work(
                "When Federated Learning Meets Pre-trained Language Models' Parameter-Efficient Tuning Methods",
                "Zhuo Zhang", "Yuanhang Yang", "Yong Dai", "Lizhen Qu", "Zenglin Xu",
            ),
            Verdict.SAME,
            id="retitled-with-two-more-authors",
        ),
        pytest.param(
            work("Petals: Collaborative Inference and Fine-tuning of Large Models", "Alexander Borzunov", "Maksim Riabinin"),
            work("Petals: collaborative inference and fine-tuning of large models.", "A. Borzunov", "Max Ryabinin"),
            Verdict.SAME,
            id="spellings",
        ),
        pytest.param(
            PETUNING,
            work("Attention Is All You Need", "Ashish Vaswani", "Noam Shazeer"),
            Verdict.DIFFERENT,
            id="another-paper",
        ),
        pytest.param(
            work("FLoRA: Federated Fine-Tuning Large Language Models with Heterogeneous Low-Rank Adaptations", "Ziyao Wang"),
            work("FLoRA: Low-Rank Core Space for N-dimension", "Chongjie Si"),
            Verdict.DIFFERENT,
            id="namesakes",
        ),
        pytest.param(work("A title"), work("A title"), Verdict.SAME, id="no-authors"),
        pytest.param(work(""), work("A title"), Verdict.UNSURE, id="no-title"),
        pytest.param(work("One title here", "Li Wei"), work("One title here", "Ann Smith"), Verdict.DIFFERENT, id="strangers"),
    ],
)  # fmt: skip
def test_verdicts(one: Work, other: Work, wanted: Verdict) -> None:
    assert compare(one, other).verdict is wanted
    assert compare(other, one).verdict is wanted


def test_equal_texts_compare_equal() -> None:
    assert compare(work("Caf\u00e9 \ufb01ne-tuning"), work("Cafe\u0301 fine\u2011tuning")).title == 1.0


def test_names_that_a_file_turned_round() -> None:
    one = work("Fair Selection in Federated Learning", "Singh Akshay", "Thakur Rahul")
    other = work("Fair Selection in Federated Learning", "Akshay Singh", "Rahul Thakur")
    assert compare(one, other).verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("title", "authors", "verdict"),
    [
        (None, None, Verdict.UNSURE),
        (1.0, None, Verdict.SAME),
        (1.0, 0.5, Verdict.SAME),
        (1.0, 0.49, Verdict.UNSURE),
        (1.0, 0.0, Verdict.DIFFERENT),
        (0.99, None, Verdict.UNSURE),
        (0.3, None, Verdict.UNSURE),
        (0.29, None, Verdict.DIFFERENT),
        (None, 0.3, Verdict.UNSURE),
        (None, 0.29, Verdict.DIFFERENT),
        (None, 1.0, Verdict.UNSURE),
        (0.6, 0.5, Verdict.SAME),
        (0.59, 0.5, Verdict.UNSURE),
        (0.6, 0.49, Verdict.UNSURE),
        (0.59, 0.49, Verdict.DIFFERENT),
        (0.6, 0.0, Verdict.DIFFERENT),
        (0.0, 1.0, Verdict.UNSURE),
    ],
)
def test_title_and_authors_speak_together(title: float | None, authors: float | None, verdict: Verdict) -> None:
    assert Likeness(title, authors).verdict is verdict


def test_likeness_in_numbers() -> None:
    one, other = work("one two three four", "Ann Ho", "Bo Li", "Cy Ng"), work("one two five", "A. Ho", "Xi Xu")
    assert compare(one, other) == Likeness(4 / 7, 0.5)
    assert compare(one, work("four three two one", "Ann Ho")) == Likeness(0.99, 1.0)
    assert compare(one, work("...")) == Likeness(None, None)
    assert compare(work("a b"), work("ab")) == Likeness(1.0, None)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("A_b-c: <i>D</i> &  E!", "a b c d e"),
        ("\ufb01ne \u2460 STRASSE \u00df", "fine 1 strasse ss"),
        ("", ""),
    ],
)
def test_the_words_of_a_title(title: str, words: str) -> None:
    assert title_words(title) == words


@pytest.mark.parametrize(
    ("name", "word"),
    [
        (Name("van der Maaten", "Laurens"), "maaten"),
        (Name(literal="BigScience Workshop"), "workshop"),
        (Name(unsplit="J\u00f6rg M\u00fcller"), "muller"),
        (Name(unsplit="\u5f20 \u4e09"), "\u4e09"),
        (Name(unsplit="\u5f20 \u4e09 \u4e30"), "\u4e30"),
        (Name(), ""),
    ],
)
def test_a_surname_is_the_last_word_in_plain_letters(name: Name, word: str) -> None:
    assert surname(name) == word


def test_the_word_in_capitals_is_the_surname() -> None:
    assert surname(Name(unsplit="ZHANG Wei")) == surname(Name("Zhang", "Wei")) == "zhang"
    assert surname(Name(unsplit="Wei Zhang")) == "zhang"
