from __future__ import annotations

import pytest

from fedbib.match.works import Verdict, compare
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
