"""The guide to using the files: its documents are written and its commands run as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from tests.engines import need, run

pytestmark = pytest.mark.engine

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "use.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"\A(?:%|//|<!--) (\S+)(?: -->)?\n")
TYPST = """#!{python}
import sys
import typst
source = sys.argv[2]
typst.compile(source, output=source.replace(".typ", ".pdf"))
"""


def commands() -> list[str]:
    blocks = [text for kind, text in BLOCK.findall(GUIDE) if kind == "console"]
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a reader's paper after all commands of the guide."""
    for program in {command.split()[0] for command in commands()} - {"fedbib", "typst"}:
        need(program)
    home = tmp_path_factory.mktemp("home")
    clone, desk, programs = home / "fedllm", home / "paper", home / "programs"
    for folder in (clone, desk, programs):
        folder.mkdir()
    shutil.copy(ROOT / "pyproject.toml", clone)
    shutil.copytree(ROOT / "entries", clone / "entries")
    for output in (ROOT / "output").glob("fedllm*"):
        shutil.copy(output, desk)
    for _, text in BLOCK.findall(GUIDE):
        if named := NAMED.match(text):
            (desk / named[1]).write_text(text if named[1].endswith((".tex", ".typ")) else text[named.end() :], "utf-8")
    # The compiler comes as a Python library without its command.
    (programs / "typst").write_text(TYPST.format(python=sys.executable))
    (programs / "typst").chmod(0o755)
    path = os.pathsep.join((str(programs), str(Path(sys.executable).parent), os.environ["PATH"]))
    for number, command in enumerate(commands()):
        out, _ = run(["env", f"PATH={path}", f"HOME={home}", "sh", "-c", command], folder=desk)
        (desk / f"said-{number}").write_text(f"{command}\n{out}", "utf-8")
    return desk


def pdf(path: Path) -> str:
    return " ".join(run([need("pdftotext"), str(path), "-"])[0].split())


@pytest.mark.parametrize("name", ["paper.pdf", "long.pdf"])
def test_latex_prints_what_is_cited(desk: Path, name: str) -> None:
    text = pdf(desk / name)
    assert "Z. Qin, " in text or "Zhen Qin, " in text
    assert "communication cost under 18" in text.lower()
    assert "Warning: Citation" not in (desk / name).with_suffix(".log").read_text("utf-8", "replace")


def test_typst_prints_what_is_cited(desk: Path) -> None:
    text = pdf(desk / "note.pdf")
    assert "Z. Qin, " in text
    assert ", , Ed." not in text


def test_typst_reads_its_own_format(desk: Path) -> None:
    assert "Qin, Z., " in pdf(desk / "own.pdf")


def test_word_and_html_have_the_references(desk: Path) -> None:
    document = zipfile.ZipFile(desk / "paper.docx").read("word/document.xml").decode()
    for text in (document, (desk / "paper.html").read_text("utf-8")):
        assert "Federated Full-Parameter Tuning" in text
        assert "10.18653/v1/2023.emnlp-main.488" in text


def test_only_what_is_cited_is_exported(desk: Path) -> None:
    keys = re.findall(r"^@\w+\{([^,]+),", (desk / "references.bib").read_text("utf-8"), re.MULTILINE)
    assert keys == ["che2023federated", "qin2024federated"]
    assert "Federated full-parameter tuning" in (desk / "references-biblatex.bib").read_text("utf-8")


def test_references_are_printed(desk: Path) -> None:
    said = [path.read_text("utf-8") for path in sorted(desk.glob("said-*"))]
    (apa,) = [text for text in said if " cite " in text and "--style apa" in text]
    assert "Federated full-parameter tuning of billion-sized language models" in apa
    (ieee,) = [text for text in said if " cite " in text and "--style ieee" in text]
    assert "<i>Proceedings" in ieee
