from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from fedbib.report.audit import FORMATS, schema
from tests.audit.made import entry, index, volume
from tests.commands.conftest import Runner


@pytest.fixture
def look(tmp_path: Path) -> tuple[str, ...]:
    index(tmp_path, volume()).close()
    return "--offline", "--index", str(tmp_path / "index.sqlite")


def written(folder: Path, *entries: str, name: str = "paper.bib") -> str:
    (folder / name).write_text("\n".join(entries), "utf-8")
    return str(folder / name)


WRONG = entry(5, author="Zoe Zimmer and Yan Young")


def test_the_worst_comes_first_and_fails(run: Runner, tmp_path: Path, look: tuple[str, ...]) -> None:
    path = written(tmp_path, entry(1), entry(2, author="Cy Cooper"), WRONG)
    result = run("audit", path, *look)
    lines = result.out.splitlines()
    assert result.code == 1
    assert lines[0] == "3 entries: 1 contradicted, 1 confirmed but described differently, 1 confirmed; 2 to fix"
    assert [line.rpartition(": ")[2] for line in lines if line.startswith(path)] == [
        "contradicted",
        "confirmed but described differently",
    ]


def test_what_is_clean_or_not_found_passes(run: Runner, tmp_path: Path, look: tuple[str, ...]) -> None:
    path = written(tmp_path, entry(1), entry(6, title="Sheep", booktitle="Sheep Quarterly"))
    result = run("audit", path, *look)
    assert result.code == 0
    assert "1 not found, which is no evidence against them; asked: " in result.out


def test_only_what_a_document_cites_is_audited(run: Runner, tmp_path: Path, look: tuple[str, ...]) -> None:
    written(tmp_path, entry(1), WRONG)
    for name, text in {
        "a.tex": r"\addbibresource{paper.bib} % \bibliography{other}" + "\n" + r"\cite{key1,gone}",
        "a.aux": "\\citation{key1,gone}\n\\bibdata{paper}\n",
        "a.bcf": '<bcf:datasource type="file">paper.bib</bcf:datasource><bcf:citekey>key1</bcf:citekey><bcf:citekey>gone</bcf:citekey>',
    }.items():
        (tmp_path / name).write_text(text)
        result = run("audit", str(tmp_path / name), *look)
        assert result.code == 0, name
        assert result.out.startswith("1 entry: 1 confirmed;")
        assert "gone: is cited" in result.err


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_the_same_fault(run: Runner, tmp_path: Path, look: tuple[str, ...], name: str) -> None:
    out = run("audit", written(tmp_path, WRONG), *look, "--format", name).out
    assert "Zoe Zimmer" in out
    assert "volume0.bib" in out


def test_the_json_fits_its_schema(run: Runner, tmp_path: Path, look: tuple[str, ...]) -> None:
    path = written(tmp_path, entry(1), WRONG, entry(7, title="Learning to Knit with Quantum Sheep"))
    data = json.loads(run("audit", path, *look, "--format", "json").out)
    jsonschema.validate(data, schema())
    assert data["counts"] == {"contradicted": 2, "differs": 0, "undetermined": 0, "confirmed": 1}
    assert json.loads(run("schema", "--of", "audit").out) == schema()


def test_sarif_points_to_the_line(run: Runner, tmp_path: Path, look: tuple[str, ...]) -> None:
    data = json.loads(run("audit", written(tmp_path, entry(1), WRONG), *look, "--format", "sarif").out)
    assert data["$schema"].endswith("sarif-2.1.0.json")
    (found,) = data["runs"][0]["results"]
    assert found["locations"][0]["physicalLocation"]["region"]["startLine"] == 8
    assert found["ruleId"] in [rule["id"] for rule in data["runs"][0]["tool"]["driver"]["rules"]]


def test_findings_of_a_baseline_are_left_out_and_new_ones_are_not(
    run: Runner, tmp_path: Path, look: tuple[str, ...]
) -> None:
    path, kept = written(tmp_path, WRONG), str(tmp_path / "looked-at.json")
    assert run("audit", path, *look, "--write-baseline", kept).code == 0
    written(tmp_path, entry(1), WRONG)
    result = run("audit", path, *look, "--baseline", kept)
    assert (result.code, "1 finding of the baseline left out" in result.out) == (0, True)
    written(tmp_path, WRONG.replace("Zimmer", "Zander"))
    assert run("audit", path, *look, "--baseline", kept).code == 1


def test_without_a_file_the_collection_is_audited(run: Runner, tmp_path: Path, look: tuple[str, ...]) -> None:
    run.put(
        "entries/one.toml",
        '[pin]\ntype = "paper-conference"\ntitle = "Learning to Knit with Quantum Sheep"\nauthor = ["Zimmer, Zoe"]\n'
        'issued = "2021"\ncontainer-title = "International Conference on Machine Learning"\n',
    )
    result = run("audit", *look)
    assert "entries/one.toml: one: contradicted" in result.out
    assert result.code == 1


def test_without_anything_to_look_in_it_says_so(run: Runner, tmp_path: Path) -> None:
    result = run("audit", written(tmp_path, WRONG), "--offline")
    assert result.code == 0
    assert "no collection and no index" in result.err


@pytest.mark.parametrize("content", [b"\0\1\2", b"@article{", b"", b"\xff" * 100, b"{" * 5000, b"%PDF-1.5"], ids=repr)
def test_hostile_files_end_in_words(run: Runner, tmp_path: Path, look: tuple[str, ...], content: bytes) -> None:
    (tmp_path / "a.bib").write_bytes(content)
    result = run("audit", str(tmp_path / "a.bib"), *look)
    assert result.code in (0, 1)
    assert "Traceback" not in result.err


@pytest.mark.parametrize("text", ["{", "[]", '{"fedbib_audit_baseline": 2, "accepted": []}', '{"accepted": [1]}'])
def test_what_is_no_baseline_ends_in_words(run: Runner, tmp_path: Path, look: tuple[str, ...], text: str) -> None:
    (tmp_path / "b.json").write_text(text)
    result = run("audit", written(tmp_path, WRONG), *look, "--baseline", str(tmp_path / "b.json"))
    assert result.code == 1
    assert "--write-baseline" in result.err


def test_index_build_and_info_tell_what_is_held(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "dblp").mkdir()
    written(tmp_path / "dblp", volume(), name="icml.bib")
    where = str(tmp_path / "i.sqlite")
    assert run("index", "build", str(tmp_path / "dblp"), "--index", where).code == 0
    out = run("index", "info", "--index", where, "--files").out
    assert out.splitlines() == ["31 works from 1 file", "icml: complete 2021", "icml.bib: 31 works"]
    assert run("index", "info", "--index", str(tmp_path / "none")).code == 1
    assert run("index", "build", str(tmp_path / "nothing"), "--index", where).code == 1


def test_kinds_are_all_explained(run: Runner) -> None:
    assert "not-in-volume" in run("audit", "--kinds").out


@pytest.mark.parametrize(
    ("answers", "years"),
    [
        ("y\ny\n", [2021, 2021]),
        ("n\ny\n", [2020, 2021]),
        ("a\n", [2021, 2021]),
        ("y\nq\n", [2021, 2020]),
        ("q\n", [2020, 2020]),
        ("y\n", [2021, 2020]),
    ],
)
def test_changes_are_taken_one_by_one(run: Runner, tmp_path: Path, answers: str, years: list[int]) -> None:
    index(tmp_path, volume(), volume(range(30, 60), 2020)).close()
    path = written(tmp_path, entry(1, year="2020"), entry(2, year="2020"))
    look = ("--offline", "--index", str(tmp_path / "index.sqlite"))
    found = run("audit", path, *look, "--fix", "safe", "--interactive", stdin=answers)
    assert "1 of 2: include it?" in found.err
    assert found.out.count("+  year = {2021}") == years.count(2021)
    assert found.out.count("-  year = {2020}") == years.count(2021)


def test_without_answers_nothing_is_printed_and_without_fix_there_is_nothing_to_ask(
    run: Runner, tmp_path: Path
) -> None:
    index(tmp_path, volume(), volume(range(30, 60), 2020)).close()
    look = ("--offline", "--index", str(tmp_path / "index.sqlite"))
    path = written(tmp_path, entry(1, year="2020"))
    stopped = run("audit", path, *look, "--fix", "safe", "--interactive")
    assert (stopped.code, stopped.out) == (130, "")
    assert run("audit", path, *look, "--interactive").code == 2


def test_the_page_runs_nothing_and_shows_what_is_hostile(run: Runner, tmp_path: Path, look: tuple[str, ...]) -> None:
    nasty = "Zoe <img src=x onerror=alert(1)> and \u202e& 'Young"
    out = run("audit", written(tmp_path, entry(5, author=f"{nasty} and Yan Young")), *look, "--format", "html").out
    page = ElementTree.fromstring(
        out.replace("<!doctype html>", "")
        .replace('<meta charset="utf-8">', "")
        .replace('width">', 'width"/>')
        .replace("'none'\">", "'none'\"/>")
    )
    style = page.findtext("head/style") or ""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = next(
        meta.get("content") for meta in page.iter("meta") if meta.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert {node.tag for node in page.iter()} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "p", "article", "h2", "ul", "li")
    }
    assert "onerror" in "".join(page.itertext())
    assert "\u202e" not in out


def test_a_bibliography_on_the_web_is_not_looked_for_in_the_folder(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_text(r"\addbibresource[location=remote]{https://example.org/a.bib}\cite{key1}")
    result = run("audit", str(path), "--offline")
    assert result.code == 1
    assert "names a bibliography on the web: https://example.org/a.bib" in result.err
