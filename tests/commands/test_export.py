from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Runner


def keys(text: str) -> list[str]:
    return [item["id"] for item in json.loads(text)]


def test_a_part_to_standard_output(full: Runner) -> None:
    assert keys(full("export", "--format", "csl-json", "--year", "2023", "--status", "published").out) == [
        "borzunov2023petals",
        "che2023federated",
    ]
    assert keys(full("export", "--format", "csl-json", "--venue", "EMNLP").out) == ["che2023federated"]
    assert keys(full("export", "--format", "csl-json", "--search", "qin kilobytes").out) == ["qin2024federated"]


def test_exactly_what_a_document_cites(full: Runner) -> None:
    aux = full.put("paper.aux", "\\citation{che2023federated}\n\\citation{che2023federatd}\n")
    result = full("export", "--cited", str(aux), "-o", str(full.root / "refs.bib"))
    assert result.code == 1
    assert "che2023federatd: no work has this key, did you mean che2023federated?" in result.err
    bib = (full.root / "refs.bib").read_text()
    assert "@inproceedings{che2023federated," in bib
    assert "qin2024federated" not in bib


@pytest.mark.parametrize("content", ["", "\\relax\n", "%PDF-1.5\n\x00\x01", "<bcf:controlfile"])
def test_a_document_that_cites_nothing_replaces_no_file(full: Runner, content: str) -> None:
    kept = full.put("refs.bib", "kept")
    result = full("export", "--aux", str(full.put("paper.aux", content)), "-o", str(kept))
    assert result.code == 1
    assert "paper.aux: cites nothing" in result.err
    assert kept.read_text() == "kept"
    assert full("export", "nokey2020", "-o", str(kept)).code == 1
    assert kept.read_text() == "kept"


@pytest.mark.parametrize("name", ["--cited", "--aux", "--tex"])
def test_files_that_a_document_takes_in(full: Runner, name: str) -> None:
    suffix = "tex" if name == "--tex" else "aux"
    command = {"tex": ("cite", "input"), "aux": ("citation", "@input")}[suffix]
    full.put(f"one.{suffix}", f"\\{command[0]}{{qin2024federated}}\n\\{command[1]}{{main.{suffix}}}")
    main = full.put(
        f"main.{suffix}",
        f"\\{command[0]}{{che2023federated}}\n\\{command[1]}{{one.{suffix}}}\n\\{command[1]}{{two.{suffix}}}",
    )
    result = full("export", name, str(main), "--format", "csl-json")
    assert set(keys(result.out)) == {"che2023federated", "qin2024federated"}
    assert f"two.{suffix}: is taken in by" in result.err
    assert result.code == 0


def test_an_earlier_key_still_works(full: Runner) -> None:
    full("rename", "che2023federated", "fedpeptao")
    tex = full.put("paper.tex", "\\cite{che2023federated}")
    result = full("export", "--cited", str(tex))
    assert result.code == 0
    assert "{che2023federated," in result.out


def test_everything_is_what_build_writes(full: Runner) -> None:
    full("build")
    assert full("export").out == (full.root / "output/fedllm.bib").read_text()


def test_a_year_that_is_none(full: Runner) -> None:
    result = full("export", "--year", "soon")
    assert result.code == 1
    assert "is no year" in result.err


@pytest.mark.parametrize(
    ("form", "title"),
    [
        ("bibtex", "title = {Federated learning of large language models with parameter-efficient prompt tuning"),
        ("csl-json", '"title": "Federated learning of large language models with parameter-efficient prompt tuning'),
    ],
)
def test_titles_in_sentence_case(full: Runner, form: str, title: str) -> None:
    assert title in full("export", "che2023federated", "--format", form, "--titles", "sentence").out
    assert title not in full("export", "che2023federated", "--format", form).out


def test_a_filter_that_nothing_matches_writes_nothing(full: Runner, tmp_path: Path) -> None:
    path = tmp_path / "kept.bib"
    path.write_text("mine")
    result = full("export", "--venue", "EMNPL", "-o", str(path))
    assert result.code == 1
    assert "did you mean EMNLP?" in result.err
    assert full("export", "--year", "1999", "-o", str(path)).code == 1
    assert full("export", "--status", "nonsense").code == 2
    assert path.read_text() == "mine"
