"""The program as a person runs it, in this process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from fedbib.cli import cli, guarded

SEED = Path(__file__).parents[1] / "cases" / "seed.md"
"""A list in the layout that `fedbib import` must read: two sections by year, the traps of real lists."""


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


class Runner:
    """Runs commands in one collection's folder."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self._capsys, self._monkeypatch = root, capsys, monkeypatch

    def __call__(self, *words: str, stdin: str = "") -> Result:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        self._capsys.readouterr()
        code = guarded(lambda: cli.main(["-C", str(self.root), *words], prog_name="fedbib", standalone_mode=False))
        captured = self._capsys.readouterr()
        return Result(code, captured.out, captured.err)

    def put(self, path: str, text: str) -> Path:
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, encoding="utf-8")
        return full

    def files(self) -> dict[str, bytes]:
        """Every file of the folder with its content."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    """A runner in a new, empty collection."""
    runner = Runner(tmp_path / "collection", capsys, monkeypatch)
    result = runner("init", "--name", "fedllm", "--title", "FedLLM")
    assert result.code == 0, result.err
    return runner


@pytest.fixture
def at() -> Callable[[Mapping[str, Mapping[str, str]]], str]:
    """The settings that point the sources at other addresses."""

    def settings(bases: Mapping[str, Mapping[str, str]]) -> str:
        tables = (
            f"[sources.{name}]\n" + "".join(f'{base} = "{url}"\n' for base, url in urls.items())
            for name, urls in bases.items()
        )
        return 'name = "fedllm"\ntitle = "FedLLM"\n\n' + "\n".join(tables)

    return settings


@pytest.fixture
def full(run: Runner) -> Runner:
    """The same with the papers of `SEED`."""
    assert run("import", str(SEED)).code == 0
    return run
