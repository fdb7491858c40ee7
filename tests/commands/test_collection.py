"""A collection from nothing to its outputs, without a network."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from fedbib.cli import cli, guarded
from tests.commands.conftest import SEED, Runner


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a collection with the papers of `SEED`, built once."""
    root = tmp_path_factory.mktemp("built") / "collection"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        for words in (("init", "--name", "fedllm", "--title", "FedLLM"), ("import", str(SEED)), ("build",)):
            command = partial(cli.main, ["-C", str(root), *words], prog_name="fedbib", standalone_mode=False)
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                assert guarded(command) == 0
    return root


@pytest.fixture
def full(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    """A copy of it."""
    return Runner(shutil.copytree(built, tmp_path / "collection"), capsys, monkeypatch)


def test_a_list_becomes_records_and_outputs(full: Runner) -> None:
    assert {
        path
        for path in full.files()
        if path.startswith(("entries/", "output/")) and not path.startswith(("entries/.gitkeep", "output/site/"))
    } == {
        "entries/che2023federated.toml",
        "entries/borzunov2023petals.toml",
        "entries/qin2024federated.toml",
        "entries/claims/che2023federated.json",
        "entries/claims/borzunov2023petals.json",
        "entries/claims/qin2024federated.json",
        "output/fedllm.bib",
        "output/fedllm-biblatex.bib",
        "output/fedllm.json",
        "output/fedllm.ris",
        "output/fedllm.full.json",
        "output/feed.xml",
        "output/built.sha256",
    }
    readme = (full.root / "README.md").read_text()
    assert '<a id="che2023federated"></a>' in readme
    assert readme.index("Published Papers") < readme.index("che2023federated") < readme.index("qin2024federated")


def test_what_a_list_says_becomes_a_record(full: Runner) -> None:
    assert (full.root / "entries/che2023federated.toml").read_text() == (
        "# Federated Learning of Large Language Models with Parameter-Efficient Prompt Tuning and Adaptive Optimization\n"
        'ids = { arxiv = "2310.15080" }\n'
        'datasets = ["QNLI", "SST-2", "BoolQ", "MPQA", "TREC", "MR"]\n'
        'models = ["RoBERTa", "GPT2", "LLaMA 7B"]\n'
        f"added = {date.today().isoformat()}\n"
        "\n[links]\n"
        'code = "https://github.com/llm-eff/FedPepTAO"\n'
    )
    claims = json.loads((full.root / "entries/claims/che2023federated.json").read_text())["claims"]
    assert [(claim["source"], claim["origin"]) for claim in claims] == [("import", "seed.md")]
    assert [name["unsplit"] for name in claims[0]["says"]["author"]][5] == "Victor S. Sheng"


def test_a_second_import_changes_no_byte(full: Runner) -> None:
    before = full.files()
    result = full("import", str(SEED))
    assert result.code == 0
    assert full.files() == before
    assert "0 new, 3 known, 0 unsure" in result.err


def test_what_was_skipped_is_listed_with_its_line(run: Runner) -> None:
    lines = SEED.read_text().split("\n")
    result = run("import", str(SEED), "--dry-run")
    fence = lines.index("- [title](paper link) [Venue]") + 1
    row = next(row for row in result.out.splitlines() if f"seed.md:{fence}\t" in row)
    assert row.startswith("skipped\t")
    assert "code block" in row
    assert "2 skipped; 3 other lines without a paper" in result.err


def test_lines_that_are_no_papers_are_listed_with_the_reason(run: Runner) -> None:
    text = "# L\n\nAbout otters.\n\n- [Otters on Ice in Winter](https://arxiv.org/abs/2401.00001)\n- [otters](https://github.com/a/b)\n"
    path = run.put("list.md", text)

    shown = run("import", str(path), "--dry-run", "--show", "left-out").out.splitlines()
    data = json.loads(run("import", str(path), "--dry-run", "--format", "json").out)

    assert [line.split("\t")[0] for line in shown if "list.md:" in line] == ["skipped", "left out"]
    assert data["other_lines"] == 1
    assert data["passed"] == [
        {"file": str(path), "line": 3, "reason": "is text without a link", "text": "About otters."}
    ]


def test_a_dry_run_writes_nothing(run: Runner) -> None:
    before = run.files()
    assert "new\tche2023federated" in run("import", str(SEED), "--dry-run").out
    assert run.files() == before


def test_building_again_changes_no_byte(full: Runner) -> None:
    before = full.files()
    result = full("build")
    assert full.files() == before
    assert "kept  output/fedllm.bib" in result.out
    assert full("build", "--check").code == 0


@pytest.mark.parametrize("name", ["fedllm.bib", "fedllm-biblatex.bib", "fedllm.json", "fedllm.ris", "fedllm.full.json"])
def test_an_output_imports_and_builds_to_the_same_bytes(full: Runner, name: str) -> None:
    before = full.files()
    exported = full.root.parent / name
    shutil.copy(full.root / "output" / name, exported)
    assert "3 known" in full("import", str(exported)).err
    assert full("build").code == 0
    after = full.files()
    for path in before:
        # Only the page tells that another file said the same, and so do the checksums.
        if path.startswith("output/") and not path.startswith(("output/site/", "output/built.sha256")):
            assert after[path] == before[path], path


def test_a_stale_output_is_named(full: Runner) -> None:
    with (full.root / "output/fedllm.bib").open("a") as bib:
        bib.write("% by hand\n")
    result = full("build", "--check")
    assert result.code == 1
    assert "output/fedllm.bib: is out of date" in result.err
    check = full("check", "--format", "json")
    assert check.code == 1
    assert [problem["path"] for problem in json.loads(check.out) if problem["code"] == "O01"] == ["output/fedllm.bib"]
    assert full("build").code == 0
    assert full("build", "--check").code == 0


def test_text_by_hand_around_the_list_stays(full: Runner) -> None:
    readme = full.root / "README.md"
    text = "# By hand\r\n\r\n" + readme.read_text() + "\nThe end, without a final newline"
    readme.write_bytes(text.encode())
    assert full("build").code == 0
    assert readme.read_bytes() == text.encode()


def test_doubled_markers_change_nothing(full: Runner) -> None:
    readme = full.root / "README.md"
    readme.write_text(readme.read_text() * 2)
    before = full.files()
    result = full("build")
    assert result.code == 1
    assert "README.md" in result.err
    assert full.files() == before


def test_missing_records_do_not_empty_the_outputs(full: Runner) -> None:
    shutil.rmtree(full.root / "entries")
    before = full.files()
    result = full("build")
    assert result.code == 1
    assert "has 3 works, but there are no records to build from" in result.err
    assert full.files() == before


def test_a_deleted_record_leaves_the_outputs(full: Runner) -> None:
    (full.root / "entries/qin2024federated.toml").unlink()
    (full.root / "entries/claims/qin2024federated.json").unlink()
    assert full("build").code == 0
    assert b"qin2024federated" not in full.files()["output/fedllm.bib"]
    assert b"che2023federated" in full.files()["output/fedllm.bib"]


def test_list(full: Runner) -> None:
    rows = [line.split("\t") for line in full("list").out.splitlines()]
    assert [row[:5] for row in rows] == [
        ["borzunov2023petals", "2023", "ACL Demo", "published", "Borzunov et al."],
        ["che2023federated", "2023", "EMNLP", "published", "Che et al."],
        ["qin2024federated", "2023", "arXiv", "preprint", "Qin et al."],
    ]
    data = json.loads(full("list", "--format", "json").out)
    assert data[1]["links"] == {"code": "https://github.com/llm-eff/FedPepTAO"}


def test_show_tells_who_said_what(full: Runner) -> None:
    full.put("entries/che2023federated.toml", 'ids = { arxiv = "2310.15080" }\n[pin]\ntitle = "Pinned"\n')
    out = full("show", "che2023federated").out
    assert "title: Pinned  [pin]" in out
    assert "but import, seed.md: Federated Learning of" in out
    assert "container-title-short: EMNLP  [" in out
    data = json.loads(full("show", "che2023federated", "--format", "json").out)
    assert data["work"]["title"] == "Pinned"


def test_a_mistyped_key_gets_the_nearest(full: Runner) -> None:
    result = full("show", "che2023federatd")
    assert result.code == 1
    assert "did you mean che2023federated?" in result.err


def test_rename_keeps_the_old_key_as_an_alias(full: Runner) -> None:
    assert full("rename", "che2023federated", "fedpeptao").code == 0
    assert full("show", "che2023federated").out.startswith("fedpeptao\n")
    assert full("build").code == 0
    assert b"{fedpeptao," in full.files()["output/fedllm.bib"]


def test_all_keys_are_changed_by_a_pattern_and_then_stay(full: Runner) -> None:
    before = full.files()
    shown = full("rename", "--pattern", "authorYear", "--dry-run")
    assert shown.code == 0
    assert "che2023federated would be che2023\n" in shown.out
    assert full.files() == before
    changed = full("rename", "--pattern", "authorYear")
    assert changed.out == shown.out.replace("would be", "is now")
    assert len(set(changed.out.splitlines())) == 3
    assert full("show", "che2023federated").out.startswith("che2023\n")
    assert full("rename", "--pattern", "authorYear").out == ""


def test_a_pattern_takes_the_records_that_are_named(full: Runner) -> None:
    assert full("rename", "--pattern", "authorYear", "che2023federated").out == "che2023federated is now che2023\n"


@pytest.mark.parametrize("words", [("one",), ("one", "two", "three"), ("one", "two", "--dry-run")])
def test_rename_wants_two_keys_or_a_pattern(full: Runner, words: tuple[str, ...]) -> None:
    result = full("rename", *words)
    assert result.code == 2
    assert "Give the old key and the new one, or --pattern." in result.err


def test_check_finds_two_records_for_one_work(full: Runner) -> None:
    full.put("entries/twice.toml", 'ids = { arxiv = "2310.15080v2" }\n')
    result = full("check")
    assert result.code == 1
    assert "I02" in result.out
    assert "che2023federated" in result.out
    assert "twice" in result.out


def test_check_counts_notes_by_code_and_prints_those_of_one_on_request(full: Runner) -> None:
    for number in range(5):
        full.put(
            f"entries/n{number}.toml", f'[pin]\ntype = "article"\ntitle = "SHOUTED {number}"\nauthor = ["DOE, JANE"]\n'
        )
    full.put("entries/n5.toml", '[pin]\ntype = "article"\nauthor = ["Doe, Jane"]\n')
    shown = full("check")
    assert "W15 5 notes: a name is written all in capitals or all in lower case\n" in shown.out
    assert "  entries/n0.toml, entries/n1.toml, entries/n2.toml and 2 more\n" in shown.out
    kinds = re.findall(r"^(?:\S+: \w\d\d (error|warning|note):|\w\d\d \d+ (note)s:)", shown.out, re.MULTILINE)
    order = ["error", "warning", "note"]
    assert [order.index(one or other) for one, other in kinds] == sorted(order.index(a or b) for a, b in kinds)
    assert full("check", "--code", "W15").out.count(" W15 note: ") == 5
    errors = full("check", "--errors")
    assert errors.code == 1
    assert set(re.findall(r"^\S+: \w\d\d (\w+):", errors.out, re.MULTILINE)) == {"error"}
    unknown = full("check", "--code", "W99")
    assert unknown.code == 1
    assert "W99: is not a code" in unknown.err


def test_a_collection_that_was_never_built_is_one_line(run: Runner) -> None:
    result = run("check")
    assert (
        result.out == "output: O01 error: nothing is built yet\n  hint: run `fedbib build` and commit what it writes\n"
    )


def test_check_names_a_typo_with_its_line(full: Runner) -> None:
    full.put("entries/typo.toml", '[pin]\ntilte = "x"\n')
    github = full("check", "--format", "github")
    assert github.code == 1
    assert "::error file=entries/typo.toml,line=2,title=R02::unknown field `tilte`, did you mean `title`?" in github.out


def test_ids_of_different_papers_in_one_record_are_an_error(full: Runner) -> None:
    full.put(
        "entries/mixed.toml",
        'ids = { acl = "2023.findings-acl.632", doi = "10.18653/v1/2023.acl-demo.54" }\n[pin]\ntitle = "x"\n',
    )
    result = full("check")
    assert result.code == 1
    (line,) = [line for line in result.out.splitlines() if "I03" in line]
    assert "2023.findings-acl.632" in line
    assert "2023.acl-demo.54" in line


def test_init_leaves_what_is_there(run: Runner, tmp_path: Path) -> None:
    result = run("init")
    assert result.code == 1
    assert "is already a collection" in result.err
    other = tmp_path / "other"
    other.mkdir()
    (other / "README.md").write_text("mine")
    runner = Runner(other, run._capsys, run._monkeypatch)
    assert "README.md exists already" in runner("init").err
    assert (other / "README.md").read_text() == "mine"


def test_a_file_without_papers_is_refused(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text("no entry here")
    result = run("import", str(tmp_path / "x.bib"))
    assert result.code == 1
    assert "contains no papers" in result.err


def test_no_collection_here(tmp_path: Path, run: Runner) -> None:
    (tmp_path / "nothing").mkdir()
    runner = Runner(tmp_path / "nothing", run._capsys, run._monkeypatch)
    result = runner("list")
    assert result.code == 1
    assert "hint: start one with `fedbib init`" in result.err


def test_the_schema_describes_what_is_read(run: Runner) -> None:
    import jsonschema

    from fedbib.records import recordfile

    schema = json.loads(run("schema").out)
    assert list(schema["properties"]) == list(recordfile.FIELDS)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    good = {
        "ids": {"arxiv": "2310.15080"},
        "pin": {"author": ["A, B"], "issued": "2023-07"},
        "links": {"code": "https://x.org"},
    }
    assert validator.is_valid(good)
    for bad in ({"tilte": "x"}, {"ids": {"dio": "x"}}, {"pin": {"issued": 2023}}, {"links": {"code": "javascript:x"}}):
        assert not validator.is_valid(bad)


def test_the_schema_of_works_describes_the_complete_output(full: Runner) -> None:
    import jsonschema

    schema = json.loads(full("schema", "--of", "works").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    built = json.loads((full.root / "output/fedllm.full.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(built)
    assert [work["key"] for work in built["works"]] == ["borzunov2023petals", "che2023federated", "qin2024federated"]
