from __future__ import annotations

import pytest

from fedbib.match.titles import Title, grade
from fedbib.model.finding import Grade
from tests.effort import LINEAR, growth

PETUNING = (
    "FedPETuning: When Federated Learning Meets the Parameter-Efficient Tuning Methods of Pre-trained Language Models"
)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        pytest.param("CLIP-Guided FL", "Clip-guided  FL.", Grade.PASS, id="case-and-punctuation"),
        pytest.param("FedP²EFT: Learning", "FedP$^2$EFT: Learning", Grade.PASS, id="superscript"),
        pytest.param("$\\alpha$-fair Tuning", "α-Fair Tuning", Grade.PASS, id="greek"),
        pytest.param('<span class="nocase">LoRA</span> <i>in vivo</i>', "LoRA in vivo", Grade.PASS, id="markup"),
        pytest.param(
            "Retraction in Federated Learning", "Retraction in federated learning", Grade.PASS, id="notice-in-both"
        ),
        pytest.param(
            PETUNING,
            "When Federated Learning Meets Pre-trained Language Models' Parameter-Efficient Tuning Methods",
            Grade.WEAK,
            id="retitled",
        ),
        pytest.param(
            "On the Convergence of Zeroth-Order Federated Tuning in Large Language Models",
            "On the Convergence of Zeroth-Order Federated Tuning for Large Language Models",
            Grade.WEAK,
            id="one-small-word",
        ),
        pytest.param(
            "FLASC: Federated LoRA with Sparse Communication",
            "Federated LoRA with Sparse Communication",
            Grade.WEAK,
            id="short-name-dropped",
        ),
        pytest.param(
            "FedEx-LoRA: Exact Aggregation for Federated and Efficient Fine-Tuning of Foundation Models",
            "FedEx-LoRA: Exact Aggregation for Federated and Efficient Fine-Tuning of Large Language Models",
            Grade.WEAK,
            id="same-short-name-nearly",
        ),
        pytest.param(
            "FedMLSecurity: A Benchmark for Attacks and Defenses in Federated Learning and Federated LLMs",
            "FedSecurity: A Benchmark for Attacks and Defenses in Federated Learning and Federated LLMs",
            Grade.UNSURE,
            id="another-short-name",
        ),
        pytest.param(
            "SplitLoRA: A Split Parameter-Efficient Fine-Tuning Framework for Large Language Models",
            "HSplitLoRA: A Heterogeneous Split Parameter-Efficient Fine-Tuning Framework for Large Language Models",
            Grade.UNSURE,
            id="extension-of-another-name",
        ),
        pytest.param(
            "FwdLLM: Efficient FedLLM using Forward Gradient",
            "FwdLLM: Efficient Federated Finetuning of Large Language Models with Perturbed Inferences",
            Grade.UNSURE,
            id="same-short-name-another-subtitle",
        ),
        pytest.param(
            "Tuning Models under 18 Kilobytes of Communication",
            "Tuning Models under Kilobytes of Communication",
            Grade.UNSURE,
            id="a-number-less",
        ),
        pytest.param("FedX+: Tuning of Models", "FedX: Tuning of Models", Grade.UNSURE, id="plus-counts"),
        pytest.param(
            "Poster: Tuning of Models", "Tuning of Models", Grade.UNSURE, id="poster"
        ),
        pytest.param(
            "Evaluating GPT-3 on Federated Prompts", "Evaluating GPT-4 on Federated Prompts", Grade.FAIL, id="gpt-3-gpt-4"
        ),
        pytest.param("Deep Learning, Part I", "Deep Learning, Part II", Grade.FAIL, id="part-i-part-ii"),
        pytest.param("Deep Learning, Part One", "Deep Learning, Part Two", Grade.FAIL, id="part-one-part-two"),
        pytest.param(
            "Petals: Collaborative Inference and Fine-tuning of Large Models",
            "Collaborative Inference and Fine-tuning of Large Models: Supplementary Material",
            Grade.FAIL,
            id="supplement",
        ),
        pytest.param("Erratum: Tuning of Models", "Tuning of Models", Grade.FAIL, id="erratum"),
        pytest.param("Correction to: Tuning of Models", "Tuning of Models", Grade.FAIL, id="correction"),
        pytest.param("Tuning of Models (Corrigendum)", "Tuning of Models", Grade.FAIL, id="corrigendum"),
        pytest.param(
            "SLoRA: Federated Parameter Efficient Fine-Tuning of Language Models",
            "S-LoRA: Serving Thousands of Concurrent LoRA Adapters",
            Grade.UNSURE,
            id="slora-s-lora",
        ),
        pytest.param(
            "RBLA: Rank-Based-LoRA-Aggregation for Fine-tuning Heterogeneous Models in FLaaS",
            "RB-LoRA: Rank-Balanced Aggregation for Low-Rank Adaptation with Federated Fine-Tuning",
            Grade.FAIL,
            id="rbla-rb-lora",
        ),
        pytest.param("", "Tuning", Grade.FAIL, id="nothing"),
        pytest.param("!!!", "???", Grade.FAIL, id="only-punctuation"),
    ],
)  # fmt: skip
def test_grades(one: str, other: str, wanted: Grade) -> None:
    assert grade(Title.of(one), Title.of(other)).grade is wanted
    assert grade(Title.of(other), Title.of(one)).grade is wanted


def test_the_sister_of_petals_is_not_nearly_the_same() -> None:
    sister = "Distributed Inference and Fine-tuning of Large Language Models Over The Internet"
    found = grade(Title.of("Petals: Collaborative Inference and Fine-tuning of Large Models"), Title.of(sister))
    assert found.grade in (Grade.UNSURE, Grade.FAIL)


@pytest.mark.parametrize("piece", ["a", "a ", ": ", "{", "\\", "<i>", "part ", "- "], ids=repr)
def test_long_titles_take_linear_time(piece: str) -> None:
    assert growth(lambda count: grade(Title.of(piece * 2 * count), Title.of(piece * (count + 1))), 4_000) < LINEAR
