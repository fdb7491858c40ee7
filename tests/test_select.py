from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.errors import BadFile, BadValue
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.work import Status, Work
from fedbib.select import Selection, by_keys, cited, cited_by, inputs, years

LORA = Work(
    key="wang2024flora",
    title='<span class="nocase">FLoRA</span>: Federated Fine-Tuning',
    author=(Name("Wang", "Ziyao"),),
    issued=PartialDate(2024),
    container_title_short="NeurIPS",
    status=Status.PUBLISHED,
    topics=("LoRA",),
    datasets=("GLUE",),
    models=("LLaMA-7B",),
    aliases=("flora",),
)
PETALS = Work(key="borzunov2023petals", title="Petals", issued=PartialDate(2023), topics=("framework",))
BOTH = (PETALS, LORA)


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        (Selection(), BOTH),
        (Selection(topics=("lora",)), (LORA,)),
        (Selection(topics=("lora", "framework")), BOTH),
        (Selection(topics=("lora",), years=(2020, 2023)), ()),
        (Selection(venues=("neurips",)), (LORA,)),
        (Selection(statuses=("published",)), (LORA,)),
        (Selection(datasets=("GLUE",), models=("LLaMA-7B",)), (LORA,)),
        (Selection(years=(2023, 2023)), (PETALS,)),
        (Selection(text="wang flora"), (LORA,)),
        (Selection(text="nothing of the kind"), ()),
    ],
)
def test_what_is_taken(selection: Selection, wanted: tuple[Work, ...]) -> None:
    assert tuple(work for work in BOTH if selection.takes(work)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("2023", (2023, 2023)), ("2022-2024", (2022, 2024)), ("2022-", (2022, 9999)), ("-2024", (0, 2024))],
)
def test_years(text: str, wanted: tuple[int, int]) -> None:
    assert years(text) == wanted


@pytest.mark.parametrize("text", ["", "-", "23", "soon"])
def test_what_is_no_year(text: str) -> None:
    with pytest.raises(BadValue):
        years(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("\\relax\n\\citation{a,b}\n\\citation{a}\n\\bibdata{x}", ("a", "b"), id="bibtex-aux"),
        pytest.param("\\abx@aux@cite{0}{a}\n\\abx@aux@segm{0}{0}{a}\n\\abx@aux@cite{b}", ("a", "b"), id="biblatex-aux"),
        pytest.param('<bcf:section number="0"><bcf:citekey order="1">a</bcf:citekey></bcf:section>', ("a",), id="bcf"),
        pytest.param(
            "\\cite[p.~3]{a} \\citep*[see][]{ b , c } \\autocite{d} % \\cite{no}\n\\textcite{a}",
            ("a", "b", "c", "d"),
            id="tex",
        ),
        pytest.param("50\\% of \\cite{a}", ("a",), id="escaped-percent"),
        pytest.param("\\nocite{*}", ("*",), id="everything"),
        pytest.param("\\textcites(see)(x)[p]{a}{b} \\cite{c}", ("a", "b", "c"), id="several"),
        pytest.param("\\citestyle{acm} \\setcitestyle{x} \\citetext{see \\citealp{a}}", ("a",), id="no-keys"),
        pytest.param("\\newcommand{\\see}[1]{\\cite{#1}}", (), id="argument"),
        pytest.param(
            "\\begin{verbatim}\\cite{no}\\end{verbatim}\\verb|\\cite{no}|\\iffalse\\cite{no}\\fi\\cite{a}\\end{document}\\cite{no}",
            ("a",),
            id="not-typeset",
        ),
        pytest.param("\\section[\\cite{a}]{B} \\foo[x]{y\\Citeauthor*{b}}", ("a", "b"), id="inside-another-command"),
        pytest.param(
            "\\iffalse\\cite{no}\\filler\\cite{no}\\fi\\cite{a}\\begin{comment}\\cite{b}", ("a", "b"), id="not-closed"
        ),
        pytest.param("nothing", (), id="nothing"),
    ],
)
def test_what_a_document_cites(text: str, wanted: tuple[str, ...]) -> None:
    assert cited(text) == wanted


def test_what_a_document_takes_in() -> None:
    assert inputs("\\relax\n\\@input{one.aux}\n\\@input{b/two.aux}\n") == ("one.aux", "b/two.aux")
    assert inputs("\\input{one} \\include{two}\\input{one} % \\input{no}\n\\input{#1}") == ("one", "two")


def test_works_by_key_and_by_an_earlier_key() -> None:
    works, missing = by_keys(BOTH, ["flora", "borzunov2023petals", "gone"])
    assert [work.key for work in works] == ["borzunov2023petals", "flora"]
    assert missing == ("gone",)
    assert by_keys(BOTH, ["*"]) == (BOTH, ())
    works, missing = by_keys(BOTH, ["Borzunov2023Petals"])
    assert ([work.key for work in works], missing) == (["Borzunov2023Petals"], ())


def test_a_document_with_a_line_without_end_is_none(tmp_path: Path) -> None:
    long = "x" * 1_000_001
    (tmp_path / "paper.tex").write_text("\\cite{a}\n\\input{part}\n" + long[1:] + "\n")
    (tmp_path / "part.tex").write_text("\\cite{b}\n" + long)
    assert cited_by(tmp_path / "paper.tex") == (("a",), (tmp_path / "part.tex",))
    with pytest.raises(BadFile, match="a line of more than 1,000,000 characters") as caught:
        cited_by(tmp_path / "part.tex")
    assert (caught.value.where, caught.value.line) == (str(tmp_path / "part.tex"), 2)
