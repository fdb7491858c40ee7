from __future__ import annotations

import pytest

from fedbib.match.titles import Title, grade, spelt_alike
from fedbib.model.finding import Code, Finding, Grade
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


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        pytest.param(
            "FedX+: Tuning the Models \u2014 Part II with GPT-3 and 18 Phases",
            Title(
                "fedxplustuningthemodelspartiiwithgpt3and18phases",
                "fedxplus",
                ("tuning", "model", "part", "ii", "gpt", "3", "18", "phase"),
                ("fedx", "plu", "tuning", "model", "part", "ii", "gpt", "3", "18", "phase"),
                ("18", "3", "ii"),
                notice=False,
                kind="",
            ),
            id="a short name, small words and numbers",
        ),
        pytest.param(
            "Part One: Phase B", Title("partonephaseb", "partone", ("phase", "b"), ("part", "one", "phase", "b"),
            ("part one", "phase b"), notice=False, kind=""), id="parts in words",
        ),
        pytest.param(
            "Poster: Glass Classes", Title("posterglassclasses", "poster", ("glass", "classe"),
            ("poster", "glass", "classe"), (), notice=False, kind="poster"), id="a kind, and words that end in ss",
        ),
        pytest.param(
            "Vision-Language Models: A Survey", Title("visionlanguagemodelsasurvey", "visionlanguagemodels",
            ("survey",), ("vlm", "survey"), (), notice=False, kind=""), id="words with an abbreviation",
        ),
        pytest.param(
            "Tuning It (Corrigendum)", Title("tuningitcorrigendum", "", ("tuning", "it", "corrigendum"),
            ("tuning", "it", "corrigendum"), (), notice=True, kind=""), id="a notice at the end",
        ),
        pytest.param(
            "A B C D: Long", Title("abcdlong", "", ("b", "c", "d", "long"), ("b", "c", "d", "long"), (),
            notice=False, kind=""), id="four words are no short name",
        ),
        pytest.param(
            "\u03b1-Fed:Tuning", Title("alphafedtuning", "alphafed", ("tuning",), ("alpha", "fed", "tuning"), (),
            notice=False, kind=""), id="Greek, and no blank",
        ),
    ],
)  # fmt: skip
def test_a_title_taken_apart(title: str, parts: Title) -> None:
    assert Title.of(title) == parts


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Erratum: a b", "a b", Finding.of(Code.TITLE_NOTICE, Grade.FAIL)),
        ("A-b!", "ab", Finding.of(Code.TITLE_EQUAL)),
        ("GPT-3 for All", "GPT-4 for All", Finding.of(Code.TITLE_OTHER_NUMBER, Grade.FAIL)),
        (
            "Nine two three four five six seven",
            "Nine two three four five six eight",
            Finding.of(Code.TITLE_ALIKE, Grade.WEAK, score=0.86),
        ),
        (
            "FedTune: two three four five six",
            "FedTune: two three four five nine",
            Finding.of(Code.TITLE_ALIKE, Grade.WEAK, score=0.83),
        ),
        (
            "FedA: two three four five six seven x",
            "FedA: two three four five eight nine y",
            Finding.of(Code.TITLE_SAME_NAME, Grade.UNSURE, score=0.62),
        ),
        (
            "Abc: two three four five six seven x",
            "Abc: two three four five eight nine y",
            Finding.of(Code.TITLE_OTHER, Grade.FAIL, score=0.62),
        ),
        ("one two three four five", "one two three nine ten", Finding.of(Code.TITLE_ALIKE, Grade.UNSURE, score=0.6)),
        ("one two three four", "one two nine ten", Finding.of(Code.TITLE_OTHER, Grade.FAIL, score=0.5)),
        ("Poster: b c d e", "b c d e", Finding.of(Code.TITLE_BUT_KIND, Grade.UNSURE, score=1.0, kind="poster")),
        (
            "FedTune: Models under 18 of many large",
            "FedTune: Models under many large",
            Finding.of(Code.TITLE_BUT_NUMBER, Grade.UNSURE, score=0.89),
        ),
        ("FedA: b c d e f g", "FedB: b c d e f g", Finding.of(Code.TITLE_BUT_NAME, Grade.UNSURE, score=1.0)),
        ("one one two three", "one two three", Finding.of(Code.TITLE_ALIKE, Grade.WEAK, score=0.86)),
    ],
)
def test_how_titles_agree_is_told_with_its_score(one: str, other: str, found: Finding) -> None:
    assert grade(Title.of(one), Title.of(other)) == found


def test_what_stands_behind_a_thousand_characters_does_not_count() -> None:
    long = "word " * 200
    assert Title.of(long + "one") == Title.of(long + "other")
    assert Title.of(long[:-5] + "one ") != Title.of(long[:-5] + "two ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Multi-agent learning of plans", "Multiagent Learning of a Plan"),
        ("Federeated learning of quaterly plans", "Federated Learning of Quarterly Plans"),
        ("Casual optimisation of colour", "Causal Optimization of Color"),
        ("Tuning large language models by tides", "Tuning LLMs by Tides"),
        ("Otters with GPT 4 in ponds", "Otters with GPT4 in Ponds"),
    ],
)
def test_a_slip_of_the_pen_makes_no_other_title(one: str, other: str) -> None:
    assert spelt_alike(one, other)
    assert spelt_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A circumscriptive theory of otters", "A formal theory of otters"),
        ("A theory of otters", "A theory of otters and its implementation"),
        ("Supervised otters in ponds", "Unsupervised otters in ponds"),
        ("Micro models of ponds", "Macro models of ponds"),
        ("Otters of the first pond", "Otters of the fourth pond"),
        ("Otters of pond12345 in spring", "Otters of pond1234 in spring"),
        ("Otters in ponds in spring", "Otters in spring"),
    ],
)
def test_another_word_makes_another_title(one: str, other: str) -> None:
    assert not spelt_alike(one, other)
    assert not spelt_alike(other, one)
