"""The action and the hooks run what the commands take."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from fedbib.cli import cli
from tests.audit.made import entry, index, volume

ROOT = Path(__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
SCRIPT: str = STEPS[-1]["run"]


def options(*path: str) -> set[str]:
    """The options that a command takes."""
    found: click.Command | None = cli
    for name in path:
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), name)
    assert found
    return {option for parameter in found.params for option in parameter.opts}


def test_every_step_of_others_is_pinned_and_the_same_as_in_the_workflows() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    workflows = "".join(path.read_text("utf-8") for path in (ROOT / ".github/workflows").glob("*.yml"))
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name) and name in workflows for name in used)


def test_no_input_stands_in_a_script() -> None:
    assert not [step["run"] for step in STEPS if "${{" in step.get("run", "")]
    given = str([step.get("env", {}) for step in STEPS]) + str([step.get("working-directory") for step in STEPS])
    assert {name for name in ACTION["inputs"] if f"inputs.{name}" in given} == set(ACTION["inputs"])


def test_the_options_of_the_action_are_those_of_the_commands() -> None:
    written = set(re.findall(r"(?<![\w-])--[a-z]+", SCRIPT))
    assert written <= options("audit") | options("check") | options("index", "build")
    assert {"--format", "--offline", "--baseline", "--index"} <= options("audit")
    assert "--format" in options("check")


def test_hooks_run_commands_with_options_that_they_take() -> None:
    assert {hook["id"] for hook in HOOKS} == {"fedbib-audit", "fedbib-check"}
    for hook in HOOKS:
        program, command, *rest = shlex.split(hook["entry"])
        assert program == "fedbib"
        assert set(rest) <= options(command)
    audit, check = HOOKS
    assert re.search(audit["files"], "paper/refs.bib")
    assert re.search(check["files"], "entries/one.toml")
    assert not check["pass_filenames"]


def ran(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """The last step of the action, as a runner runs it."""
    defaults = {name.upper(): value["default"] for name, value in ACTION["inputs"].items()}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"RUNNER_TEMP": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "PATH": path, "HOME": str(folder)}
    bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", SCRIPT]
    return subprocess.run(
        bash, cwd=folder, env=defaults | own | env, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the runner's bash")
def test_the_action_annotates_and_fails_only_for_faults(tmp_path: Path) -> None:
    (tmp_path / "proceedings").mkdir()
    index(tmp_path / "proceedings", volume()).close()
    (tmp_path / "good.bib").write_text(entry(1))
    (tmp_path / "-bad $(touch x).bib").write_text(entry(5, author="Zoe Zimmer and Yan Young"))
    given = {"INDEX": "proceedings/volume0.bib", "OFFLINE": "true"}
    assert ran(tmp_path, FILES="good.bib\n\n", **given).returncode == 0
    bad = ran(tmp_path, FILES="good.bib\n-bad $(touch x).bib", **given)
    assert (bad.returncode, bad.stdout.startswith("::error file=-bad ")) == (1, True), bad.stderr
    assert not (tmp_path / "x").exists()
    assert ran(tmp_path, COMMAND="audit; touch x", **given).returncode == 2
    assert "no collection" in ran(tmp_path, COMMAND="check").stderr or ran(tmp_path, COMMAND="check").returncode
