"""The shipped collection, out and in again."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from fedbib.build import FILES
from fedbib.collection import Collection
from tests.commands.conftest import Runner

ROOT = Path(__file__).parents[2]
OF_THE_COLLECTION = ("%", ' "title": ', ' "description": ')
"""How the lines begin that say whose works these are."""


def _shipped(path: str) -> str:
    """An output of the shipped records."""
    collection = Collection.open(ROOT)
    entries, _ = collection.shown()
    return next(output.text for output in collection.outputs(entries) if output.path == path)


@pytest.mark.parametrize("path", [*(f"output/fedllm{ending}" for ending in FILES.values()), "README.md"])
def test_import_and_build_give_the_same_bytes(run: Runner, tmp_path: Path, path: str) -> None:
    shipped = tmp_path / Path(path).name
    shipped.write_text(_shipped(path), encoding="utf-8")
    result = run("import", str(shipped))
    assert result.code == 0, result.err
    assert " new, 0 known, 0 unsure" in result.err
    assert run("build").code == 0
    before = _shipped(path).splitlines()
    first = (run.root / path).read_text("utf-8")
    if path != "README.md":
        changed = [line for line in difflib.ndiff(before, first.splitlines()) if line[0] in "+-"]
        assert [line for line in changed if not line[2:].startswith(OF_THE_COLLECTION)] == []
    again = Runner(tmp_path / "again", run._capsys, run._monkeypatch)
    assert again("init", "--name", "fedllm", "--title", "FedLLM").code == 0
    copy = tmp_path / Path(path).name
    copy.write_text(first, encoding="utf-8")
    again("import", str(copy))
    assert again("build").code == 0
    assert (again.root / path).read_text("utf-8") == first
