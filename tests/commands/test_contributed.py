"""Papers from people who never clone: the workflows that `fedbib init` writes, their scripts run here step by step."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from tests.commands.conftest import Runner
from tests.standin.server import Standin
from tests.test_project import ROOT

Settings = Callable[[Mapping[str, Mapping[str, str]]], str]

FORM = """### Identifier or address

{paper}

### Topics

prompt

### Code, slides, video

https://github.com/alibaba/FederatedScope

### What is to be corrected

@everybody `rm -rf /` $(touch owned) </details>
"""
ONE = '[pin]\ntype = "article"\ntitle = "{0}"\nauthor = ["Doe, Jane"]\nissued = "2024"\n'


class Hub:
    """A repository on a server, a clone of it, and a `gh` that notes what it is told."""

    def __init__(self, run: Runner, folder: Path) -> None:
        self.run, self.clone, self.folder, self.origin = run, run.root, folder, folder / "origin.git"
        (folder / "bin").mkdir()
        self._program("fedbib", f'exec "{sys.executable}" -m fedbib "$@"')
        self._program("gh", f'printf "%s " "$@" >> "{folder}/gh.txt"; echo >> "{folder}/gh.txt"')
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(self.origin)], check=True)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "A")
        self.git("config", "user.email", "a@b.c")
        self.git("remote", "add", "origin", str(self.origin))
        self.commit()

    def _program(self, name: str, text: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    @property
    def told(self) -> str:
        """The words that `gh` was given, a line for each call."""
        path = self.folder / "gh.txt"
        return path.read_text() if path.exists() else ""

    def git(self, *words: str) -> str:
        return subprocess.run(["git", *words], cwd=self.clone, check=True, capture_output=True, text=True).stdout

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "-qm", "x")
        self.git("push", "-q", "origin", "HEAD")

    def job(self, workflow: str, job: str, **env: str) -> dict[str, str]:
        """Run the scripts of a job but for what installs the program; the outputs they set."""
        steps = yaml.safe_load((self.clone / f".github/workflows/{workflow}.yml").read_text("utf-8"))["jobs"][job][
            "steps"
        ]
        output = self.folder / "output.txt"
        output.write_text("")
        for step in steps:
            if "run" in step and "pip install" not in step["run"]:
                subprocess.run(
                    ["bash", "-eo", "pipefail", "-c", step["run"]],
                    cwd=self.clone,
                    check=True,
                    env={
                        **os.environ,
                        "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
                        "PYTHONPATH": str(ROOT),
                        "RUNNER_TEMP": str(self.folder),
                        "GITHUB_OUTPUT": str(output),
                        "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
                        "GITHUB_REF_NAME": "main",
                        **env,
                    },
                )
        return dict(line.split("=", 1) for line in output.read_text().splitlines())


@pytest.fixture
def hub(run: Runner, tmp_path: Path) -> Hub:
    run.put("fedbib.toml", 'name = "fedllm"\nstyle = ""\nsite = false\n')
    return Hub(run, tmp_path)


def test_a_form_that_is_filled_in_becomes_a_pull_request(hub: Hub, standin: Standin, at: Settings) -> None:
    hub.run.put("fedbib.toml", at(standin.bases))
    hub.commit()
    body = FORM.format(paper="https://arxiv.org/abs/2310.15080")
    assert hub.job("paper", "read", BODY=body, NUMBER="7") == {"changed": "true"}
    hub.git("reset", "-q", "--hard")
    hub.git("clean", "-qfd")
    hub.job("paper", "propose", NUMBER="7")
    changed = hub.git("diff", "--name-only", "main", "origin/paper-7").split()
    assert changed == ["entries/che2023federated.toml", "entries/claims/che2023federated.json"]
    record = hub.git("show", "origin/paper-7:entries/che2023federated.toml")
    assert 'topics = ["prompt"]' in record
    assert 'code = "https://github.com/alibaba/FederatedScope"' in record
    assert "pr create --head paper-7" in hub.told
    shown = (hub.folder / "out/body.md").read_text()
    assert "    added che2023federated: Federated Learning of Large Language Models" in shown
    assert "\nFindings of `fedbib check`:\n\n    " in shown
    assert shown.endswith("\nCloses #7\n")
    assert "@everybody" not in shown
    assert not (hub.clone / "owned").exists()


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (FORM.format(paper="20.1234/x"), '    refused: 20.1234/x: "20.1234/x" is not a DOI'),
        ("Thank you for the list!", "    Error: nothing to add"),
        ("### Identifier or address\n\n```\n@everybody\n", "    refused: "),
    ],
    ids=["no-paper", "not-the-form", "a-fence"],
)
def test_a_form_without_a_paper_is_answered(hub: Hub, body: str, answer: str) -> None:
    assert hub.job("paper", "read", BODY=body, NUMBER="7") == {}
    shown = (hub.folder / "out/body.md").read_text()
    assert answer in shown
    assert all(line.startswith("    ") for line in shown.splitlines())
    hub.job("paper", "answer", NUMBER="7")
    assert hub.told.startswith("issue comment 7 --body-file ")


def test_two_pull_requests_do_not_conflict_and_the_main_branch_builds_them(hub: Hub) -> None:
    """Records alone stand in them, and no two write the same file."""
    hub.job("build", "build")
    for name in ("one", "two"):
        hub.git("switch", "-qc", name, "main")
        hub.run.put(f"entries/{name}.toml", ONE.format(name.title()))
        assert hub.run("check", "--no-outputs", "--format", "github").code == 0
        hub.commit()
    hub.git("switch", "-q", "main")
    hub.git("merge", "-q", "--no-edit", "one", "two")
    assert hub.run("build", "--check").code == 1
    hub.job("build", "build")
    assert hub.git("log", "-1", "--format=%s") == "Build\n"
    assert hub.git("rev-parse", "main") == hub.git("rev-parse", "origin/main")
    assert re.findall(r"@\w+\{(\w+),", (hub.clone / "output/fedllm.bib").read_text()) == ["one", "two"]
    assert hub.run("check").code == 0


def test_lines_that_a_pull_request_edits_in_the_readme_become_records(hub: Hub) -> None:
    hub.run.put("entries/one.toml", ONE.format("First Paper"))
    hub.job("build", "build")
    hub.git("switch", "-qc", "edit", "main")
    readme = (hub.clone / "README.md").read_text()
    item = next(line for line in readme.splitlines() if line.startswith("- ") and "First Paper" in line)
    new = "- [Federated Second Paper](https://arxiv.org/abs/2310.15080)\n  - *authors*: Jane Doe."
    hub.run.put("README.md", readme.replace(item, f"{new}\n{item}", 1))
    hub.commit()
    hub.job("check", "records")
    assert "Federated Second Paper" in (hub.folder / "summary.md").read_text()
    hub.git("switch", "-q", "main")
    hub.run.put("entries/three.toml", ONE.format("Third Paper"))
    hub.job("build", "build")
    hub.git("merge", "-q", "--no-edit", "edit")
    hub.job("build", "build")
    titles = re.findall(r"  title\s*= \{(.*)\}", (hub.clone / "output/fedllm.bib").read_text().replace("{F}", "F"))
    assert len(titles) == 3
    assert hub.run("build", "--check").code == 0


def test_init_writes_the_workflows_of_this_repository(run: Runner) -> None:
    found = sorted(path.name for path in (run.root / ".github/workflows").iterdir())
    assert found == [f"{name}.yml" for name in ("build", "check", "discover", "pages", "paper", "release", "sync")]
    for path in (*(f"workflows/{name}" for name in found), "ISSUE_TEMPLATE/paper.yml"):
        ours = (ROOT / ".github" / path).read_text("utf-8")
        wanted = re.sub(r"\|\| '\.' \}\} #.*", "|| 'fedbib' }} # what pip installs", ours)
        assert (run.root / ".github" / path).read_text("utf-8") == wanted, "make workflows"


def test_init_writes_what_gitlab_needs_or_nothing(run: Runner) -> None:
    assert run("init", "lab", "--ci", "gitlab").code == 0
    recipe = yaml.safe_load((run.root / "lab/.gitlab-ci.yml").read_text("utf-8"))
    assert recipe["check"]["script"][-1] == "fedbib check --no-outputs"
    assert (run.root / "lab/.gitlab/issue_templates/paper.md").exists()
    assert not (run.root / "lab/.github").exists()
    assert run("init", "alone", "--ci", "none").code == 0
    assert sorted(path.name for path in (run.root / "alone").iterdir()) == [
        *(".taplo.toml", "README.md", "entries", "fedbib.toml", "record.schema.json")
    ]
