"""The shipped collection, out and in again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fedbib.build.piece import FILES
from tests.commands.conftest import Runner

ROOT = Path(__file__).parents[2]
OF_THE_COLLECTION = ("%", ' "title": ', ' "description": ')
"""How the lines begin that say whose works these are."""


def _of_works(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith(OF_THE_COLLECTION)]


def _built_from(run: Runner, file: Path, path: str) -> str:
    """An output of a new collection that holds what a file does; no page and no references, which hold no more and
    are most of the work."""
    run.put("fedbib.toml", 'name = "fedllm"\ntitle = "FedLLM"\nstyle = ""\nsite = false\n')
    result = run("import", "--tags", str(file))
    assert result.code == 0, result.err
    assert " new, 0 known, 0 unsure" in result.err
    assert run("build").code == 0
    return (run.root / path).read_text("utf-8")


def test_the_shipped_outputs_are_what_the_shipped_records_give(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = Runner(ROOT, capsys, monkeypatch)("build", "--check")
    assert result.code == 0, result.err


@pytest.mark.parametrize("path", [*(f"output/fedllm{ending}" for ending in FILES.values()), "README.md"])
def test_import_and_build_give_the_same_bytes(run: Runner, tmp_path: Path, path: str) -> None:
    file = tmp_path / Path(path).name
    shutil.copy(ROOT / path, file)
    first = _built_from(run, file, path)
    if path != "README.md":
        assert _of_works(first) == _of_works((ROOT / path).read_text("utf-8"))
        return
    file.write_text(first, encoding="utf-8")
    again = Runner(tmp_path / "again", run._capsys, run._monkeypatch)
    assert again("init", "--name", "fedllm", "--title", "FedLLM").code == 0
    assert _built_from(again, file, path) == first
