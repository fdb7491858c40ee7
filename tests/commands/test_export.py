from __future__ import annotations

import json
import re
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
    assert "che2023federatd: no paper has this key, did you mean che2023federated?" in result.err
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
    assert f"two.{suffix}: is included by" in result.err
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
    assert "is not a year" in result.err


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


@pytest.fixture
def known(full: Runner) -> Runner:
    """The same, and one of the papers with a DOI, an Anthology id and editors."""
    path = full.root / "entries" / "che2023federated.toml"
    ids = 'ids = { arxiv = "2310.15080", doi = "10.18653/v1/2023.emnlp-main.488", acl = "2023.emnlp-main.488" }'
    path.write_text(re.sub(r"(?m)^ids = .*$", ids, path.read_text()) + '\n[pin]\neditor = ["Bouamor, Houda"]\n')
    return full


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "csl-json", "ris"])
@pytest.mark.parametrize(
    ("name", "said"),
    [("url", "https://aclanthology.org/2023.emnlp-main.488"), ("doi", "10.18653/v1/2023.emnlp-main.488")],
)
def test_an_identifier_is_left_out_and_nothing_else(known: Runner, form: str, name: str, said: str) -> None:
    whole = known("export", "che2023federated", "--format", form).out
    part = known("export", "che2023federated", "--format", form, "--without", name).out
    assert said in whole
    assert said not in part
    assert len(whole.splitlines()) == len(part.splitlines()) + 1


def test_the_arxiv_id_of_what_is_published_is_left_out(known: Runner) -> None:
    for form in ("bibtex", "biblatex", "csl-json", "ris"):
        assert "2310.15080" in known("export", "che2023federated", "--format", form).out
        assert "2310.15080" not in known("export", "che2023federated", "--format", form, "--without", "eprint").out


def test_a_profile_and_an_option_that_comes_before_it(known: Runner) -> None:
    text = known("export", "che2023federated", "--for", "ieee").out
    assert "booktitle = {Proc. 2023 Conf. Empir. Methods Nat. Lang. Process.}" in text
    assert "url = " not in text
    assert "doi = " in text
    text = known("export", "che2023federated", "--for", "ieee", "--with", "url", "--venues", "short").out
    assert "booktitle = {{EMNLP}}" in text
    assert "url = " in text
    assert "editor = {B" not in text


def test_a_bibliography_in_markdown_and_in_html(known: Runner) -> None:
    text = known("export", "--format", "markdown", "--style", "ieee").out
    assert [line[:5] for line in text.split("\n\n")] == ["\\[1\\]", "\\[2\\]", "\\[3\\]"]
    assert "[10.18653/v1/2023.emnlp-main.488](https://doi.org/" in text
    page = known("export", "--format", "html", "che2023federated", "--without", "doi").out
    assert re.fullmatch(r'<div class="references">\n<p id="ref-che2023federated">.*</p>\n</div>\n', page)
    assert "10.18653" not in page
    assert "https://aclanthology.org" in page
    assert "--style is for html and markdown" in known("export", "--style", "ieee").err


@pytest.mark.parametrize("form", ["cff", "csl-yaml", "hayagriva"])
def test_what_other_programs_read_is_written(known: Runner, form: str) -> None:
    text = known("export", "che2023federated", "--format", form, "--venues", "short", "--without", "url").out
    assert '"10.18653/v1/2023.emnlp-main.488"' in text
    assert "aclanthology" not in text
    assert "EMNLP" in text
    assert "Empirical" not in text


def test_only_the_fields_that_are_named(known: Runner) -> None:
    text = known("export", "che2023federated", "--fields", "author,title,journal,year").out
    names = re.findall(r"^  (\w+) = \{.", text, re.MULTILINE)
    assert [name for name in names if name != "editor"] == ["author", "title", "booktitle", "year"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--without", "ur"], "Did you mean url?"),
        (["--macros", "--format", "ris"], "--macros is for bibtex and biblatex"),
        (["--format", "full-json", "--without", "url"], "full-json always has all addresses"),
        (["--for", "elsevir"], "elsevir"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(
    known: Runner, tmp_path: Path, words: list[str], said: str
) -> None:
    result = known("export", *words, "-o", str(tmp_path / "x.bib"))
    assert result.code == 2
    assert said in result.err
    assert not (tmp_path / "x.bib").exists()


def test_other_keys_come_with_a_map(known: Runner, tmp_path: Path) -> None:
    output = tmp_path / "refs.bib"
    result = known("export", "che2023federated", "qin2024federated", "--keys", "AuthorYear", "-o", str(output))
    assert result.code == 0
    assert "@inproceedings{Che2023," in output.read_text()
    told = "che2023federated\tChe2023\nqin2024federated\tQin2023\n"
    assert (tmp_path / "refs.bib.keys.tsv").read_text() == told
    elsewhere = tmp_path / "map"
    known("export", "che2023federated", "--keys", "AuthorYear", "--key-map", str(elsewhere))
    assert elsewhere.read_text() == "che2023federated\tChe2023\n"
    assert "che2023federated\tChe2023\n" in known("export", "che2023federated", "--keys", "AuthorYear").err
    # biber finds a work by its old key as well.
    assert "ids = {che2023federated}" in output.read_text()


def test_a_list_takes_the_filters_of_an_export(known: Runner) -> None:
    assert known("list", "--venue", "EMNLP").out.split("\t")[0] == "che2023federated"
    assert len(known("list", "che2023federated", "qin2024federated").out.splitlines()) == 2
    aux = known.put("paper.aux", "\\citation{che2023federated}\n\\citation{nokey}\n")
    result = known("list", "--aux", str(aux))
    assert (result.code, len(result.out.splitlines())) == (1, 1)
    assert known("list", "--topic", "nonsense").code == 1
    assert known("list", "--search", "qin kilobytes").out.startswith("qin2024federated")


@pytest.mark.parametrize(
    ("words", "begun", "found"),
    [
        (["show"], "che2", "che2023federated"),
        (["export"], "che2", "che2023federated"),
        (["list", "--venue"], "em", "EMNLP"),
        (["list", "--dataset"], "dolly", "Dolly-15K"),
        (["cite", "--style"], "association-for-comp", "association-for-computational-linguistics"),
        (["export", "--for"], "iee", "ieee"),
    ],
)
def test_completion_knows_what_the_collection_has(
    known: Runner, monkeypatch: pytest.MonkeyPatch, words: list[str], begun: str, found: str
) -> None:
    from click.shell_completion import BashComplete

    from fedbib.cli import cli

    line = ["-C", str(known.root), *words]
    completed = BashComplete(cli, {}, "fedbib", "_FEDBIB_COMPLETE").get_completions(line, begun)
    assert found in [item.value for item in completed]
    # Where there is no collection nothing is completed, and nothing said.
    monkeypatch.chdir("/")
    assert BashComplete(cli, {}, "fedbib", "_FEDBIB_COMPLETE").get_completions(["show"], begun) == []
