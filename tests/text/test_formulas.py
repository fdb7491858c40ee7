from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.text import formulas, latex
from fedbib.text.latex import decode, encode, respelt
from tests import engines

READ = {
    "\\mathds R^n": "\\mathbb{R}^n",
    "\\Bbb{Z}/p": "\\mathbb{Z}/p",
    "\\mathbbm{1}_{x}": "\\mathbb{1}_{x}",
    "x \\leqslant y": "x \\leq y",
    "\\dfrac{1}{2}": "\\frac{1}{2}",
    "\\operatorname*{argmax}_x": "\\mathrm{argmax}_x",
    "\\bm{x}": "\\mathbf{x}",
    "\\text{a b}": "\\mbox{a b}",
    "a \\stackrel{<}{\\sim} b": "a \\lesssim b",
    "A \\implies B": "A \\Longrightarrow B",
    "\\mathbf{R}^n": "\\mathbf{R}^n",
    "\\mathbbR": "\\mathbbR",
    "\\textit{a}": "\\textit{a}",
}


@pytest.mark.parametrize(("said", "meant"), READ.items())
def test_many_spellings_of_a_formula_are_one(said: str, meant: str) -> None:
    assert formulas.read(said) == meant
    assert formulas.read(formulas.written(said)) == meant


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("$\\mathbb{Z}$-graded rings", "ℤ-graded rings"),
        ("Over \\ensuremath{\\mathbb{Q}} and $\\mathfrak g$", "Over ℚ and 𝔤"),
        ("For $\\lesssim 5$ and $\\gtrsim$", "For $\\lesssim 5$ and ≳"),
        ("Sums in \\(\\mathbb{R}^n\\) and \\(\\alpha\\)", "Sums in $\\mathbb{R}^n$ and α"),
        ("$\\mathbf{R}$ is bold", "R is bold"),
        ("$95\\%$ of $12.5\\%$ at 30\\,$^\\circ$C, $\\{x\\}$", "95% of 12.5% at 30 °C, $\\{x\\}$"),
    ],
)
def test_a_sign_that_unicode_has_is_that_and_a_formula_stays_one(tex: str, text: str) -> None:
    assert decode(tex, rich=False) == text


@pytest.mark.parametrize("raw", [True, False])
@pytest.mark.parametrize("title", ["ℤ, 𝔤, 𝟙, ≲, ∤ and ℏ", "$\\mathbb{R}^n$, $x \\gtrsim y$ and $\\mathfrak{sl}_2$"])
def test_what_needs_packages_is_written_without_them_and_read_back(title: str, raw: bool) -> None:
    tex = encode(title, raw=raw)
    assert tex.isascii()
    assert not {"mathbb", "mathfrak", "gtrsim", "lesssim", "nmid"} & set(tex.replace("{", "\\").split("\\"))
    assert "textbackslash" not in tex
    assert decode(tex, braces=True) == title


def test_a_formula_of_others_is_written_in_the_one_spelling() -> None:
    title = "On $\\mathds R^n$ and $\\begin{x}\\leqslant\\end{x}$"
    assert respelt(title) == "On $\\mathbb{R}^n$ and $\\begin{x}\\leqslant\\end{x}$"
    assert decode(encode(title), braces=True) == respelt(title)


@pytest.mark.engine
def test_latex_knows_all_that_is_written_without_a_package(tmp_path: Path) -> None:
    program = engines.need("pdflatex")
    signs = "".join(map(chr, (code for code, tex in latex._SPELLING.items() if "$" in tex and code > 0x7F)))
    titles = [*signs, *(f"${content}$" for content in READ if "textit" not in content and "bbR" not in content)]
    tex = "\n\n".join(encode(title) for title in titles)
    assert "textbackslash" not in tex
    (tmp_path / "x.tex").write_text(f"\\documentclass{{article}}\n\\begin{{document}}\n{tex}\n\\end{{document}}\n")
    engines.run([program, "-halt-on-error", "-interaction=nonstopmode", "x.tex"], folder=tmp_path)
