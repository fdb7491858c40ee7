"""The tutorials of CONTRIBUTING.md, followed to the letter on a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def tutorial(title: str) -> list[tuple[str, str, str]]:
    """The blocks of a section: the kind, the file they are for and the text."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return [(kind, file, block) for kind, file, block in _BLOCK.findall(section)]


def changed(text: str, diff: str) -> str:
    """A text with a diff applied that has no line numbers: the lines it keeps stand in the text once."""
    for hunk in diff.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] != "+")
        assert text.count(before) == 1, hunk
        text = text.replace(before, "".join(line[1:] for line in lines if line[0] != "-"))
    return text


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("fedbib", "tests", "benchmarks", "entries"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def followed(title: str, folder: Path) -> list[str]:
    """Write and change the files of a tutorial, and run its commands: tests pass, the others print what stands there.

    The Python files that are new.
    """
    written = []
    for kind, file, block in tutorial(title):
        path = folder / file
        if kind == "console":
            for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, wanted = step.partition("\n")
                printed = run(command, folder)
                if "pytest" in command:
                    assert re.search(r"^[1-9]\d* passed", printed, re.MULTILINE), printed
                else:
                    assert printed == wanted, command
        elif kind == "diff":
            path.write_text(changed(path.read_text("utf-8"), block), "utf-8")
            run(f"python -m ruff check --fix {file}", folder)
        else:
            assert not path.exists()
            path.parent.mkdir(exist_ok=True)
            path.write_text(block, "utf-8")
            written += [file] if kind == "python" else []
    assert written
    return written


def run(command: str, folder: Path) -> str:
    """What a command prints in the copy; `fedbib` is the copy's."""
    command = re.sub(r"^fedbib ", "python -m fedbib ", command)
    command = re.sub(r"^python ", f'"{sys.executable}" ', command)
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_a_format_and_a_source_are_added_as_the_tutorials_have_them(copy: Path) -> None:
    written = followed("Add a format", copy) + followed("Add a source", copy)
    for tool in ("ruff check", "ruff format --check", "mypy"):
        run(f"python -m {tool} {' '.join(written)}", copy)
    run("python -m pytest -q -p no:cacheprovider tests/test_architecture.py", copy)
