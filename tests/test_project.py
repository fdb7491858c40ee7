"""What the project promises about itself."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import fedbib
from fedbib.cli import COMMANDS, cli
from tests import locked, reference

ROOT = Path(__file__).parents[1]


def test_the_version_is_one() -> None:
    assert f'version = "{fedbib.__version__}"' in (ROOT / "pyproject.toml").read_text()


def test_help_is_what_the_commands_say() -> None:
    context = click.Context(cli)
    for name, text in COMMANDS.items():
        command = cli.get_command(context, name)
        assert command is not None
        assert (command.name, command.short_help) == (name, text)
        assert "Example" in (command.help or "")


def test_starting_is_cheap() -> None:
    """`--help` imports no command and nothing slow; `--version` not even click."""
    code = "import sys, runpy; sys.argv = ['fedbib', {!r}]\ntry: runpy.run_module('fedbib', run_name='__main__')\nexcept SystemExit: pass\nprint(*sys.modules)"
    slow = {
        "requests",
        "rich",
        "bibtexparser",
        "pybtex",
        "pylatexenc",
        "defusedxml",
        "tomlkit",
        "fedbib.formats",
        "fedbib.sources",
    }
    for word, forbidden in (("--help", slow), ("--version", slow | {"click"})):
        run = subprocess.run([sys.executable, "-c", code.format(word)], capture_output=True, text=True, check=True)
        loaded = set(run.stdout.splitlines()[-1].split())
        assert "fedbib" in loaded
        assert not loaded & forbidden, word


def commands(document: str) -> list[str]:
    """The lines of the first block of shell commands in a document."""
    block = re.search(r"^```sh\n(.*?)^```", (ROOT / document).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert block is not None, document
    return block[1].splitlines()


def targets() -> dict[str, str]:
    """What each target of the Makefile does."""
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("$(BIN)", ".venv/bin")
    return dict(re.findall(r"^(\w+):[^\n]*\n((?:\t[^\n]*\n)*)", makefile, re.MULTILINE))


def test_the_readme_has_two_commands_and_make_test_is_the_second() -> None:
    setup, test = commands("README.md")
    assert setup.endswith("fedbib build")
    assert targets()["test"].strip() == test


@pytest.mark.parametrize("path", [".ci/run", ".github/workflows/ci.yml"])
def test_ci_calls_what_there_is(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    called = {word for line in re.findall(r"^\s*(?:- run: )?make (.+)$", text, re.MULTILINE) for word in line.split()}
    assert called or ".ci/run" in text
    assert {word for word in called if "=" not in word} <= targets().keys()


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "workflows").iterdir()), ids=lambda path: path.stem)
def test_a_workflow_trusts_little(path: Path) -> None:
    """Actions by commit, no permission but those of a job, an end to each job, and no token left in the clone."""
    text = path.read_text("utf-8")
    actions = re.findall(r"uses: (\S+)(.*)", text)
    assert actions
    for action, comment in actions:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action
    assert "\npermissions: {}\n" in text
    assert "\nconcurrency:\n" in text
    jobs = re.split(r"^  \w+:\n", text.split("\njobs:\n")[1], flags=re.MULTILINE)[1:]
    assert jobs
    for job in jobs:
        assert "\n    permissions:\n" in job
        assert "\n    timeout-minutes: " in job
        assert job.count("persist-credentials: false") == job.count("actions/checkout@")


def test_the_weekly_sync_works_in_another_repository() -> None:
    """It installs what a variable names, calls nothing of this repository, and keeps to one branch."""
    text = (ROOT / ".github/workflows/sync.yml").read_text("utf-8")
    assert 'pip install --disable-pip-version-check "${FEDBIB}[references]"' in text
    assert not re.search(r"\bmake \w|\.venv|Makefile", text)
    assert set(re.findall(r"git (?:switch -c|push -f origin) (\S+)|--head (\S+)", text)) == {
        ("fedbib-sync", ""),
        ("", "fedbib-sync"),
    }
    asking, proposing = text.split("\n  propose:\n")
    assert "write" not in asking.split("\njobs:\n")[1]
    assert "secrets." not in proposing


def test_the_page_of_commands_is_what_help_prints() -> None:
    assert reference.PAGE.read_text("utf-8") == reference.page(), "make reference"


PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_files_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^()\s]+)\)", text):
        if not re.match(r"[a-z]+:|#", target):
            assert (path.parent / target.partition("#")[0]).exists(), target


def test_the_site_of_the_documentation_has_every_page() -> None:
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:\n")[1]
    named = re.findall(r": (\S+\.md)$", nav, re.MULTILINE)
    assert sorted(named) == sorted(
        path.relative_to(ROOT / "docs").as_posix()
        for path in PAGES
        if "docs" in path.parts and path.name != "package.md"
    )


def test_ci_runs_each_python_that_the_package_names() -> None:
    named = [text.split(" :: ")[-1] for text in locked.PROJECT["classifiers"] if re.search(r":: 3\.\d+$", text)]
    matrix = re.search(r"python: \[(.*)\]", (ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    assert matrix is not None
    assert re.findall(r"[\d.]+", matrix[1]) == named
    assert locked.PROJECT["requires-python"] == f">={named[0]}"


def test_hooks_before_a_commit_are_the_checks_of_make() -> None:
    hooks = re.findall(r"entry: (.+)", (ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert len(hooks) == 3
    done = targets()["lint"] + targets()["types"]
    for hook in hooks:
        assert hook.removesuffix(" --force-exclude") in done


def test_the_text_for_the_package_index_is_short_and_its_commands_exist() -> None:
    assert locked.PROJECT["readme"] == "docs/package.md"
    assert len((ROOT / "docs" / "package.md").read_text("utf-8")) < 3000
    install, *lines = commands("docs/package.md")
    assert install.partition(" #")[0].strip() == f"pipx install {locked.PROJECT['name']}"
    assert lines
    for line in lines:
        program, *words = shlex.split(line)
        name, *arguments = words[2:] if words[0] == "-C" else words
        above = click.Context(cli, **cli.context_settings)  # click keeps the first help option of a command
        command = cli.get_command(above, name)
        assert (program, name) == ("fedbib", command and command.name)
        assert command
        command.make_context(name, arguments, parent=above)


def test_the_lock_names_everything_by_hash_and_no_host() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    packages = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    names = [package.partition("==")[0] for package in packages]
    assert set(names) == locked.locked().keys()
    assert {name for name in names if names.count(name) > 1} <= {"numpy", "scipy"}  # an older one for an older Python
    for package in packages:
        assert re.fullmatch(r"[a-z0-9-]+==[^\n]+( \\\n    --hash=sha256:[0-9a-f]{64})+\n", package), package[:60]


def test_the_lock_has_what_the_project_asks_for() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    versions = locked.locked()
    extras = locked.PROJECT["optional-dependencies"]
    own, *dev = extras["dev"]
    assert own == "fedbib[references]"
    for text in (*locked.PROJECT["dependencies"], *extras["references"], *dev, *build):
        requirement = Requirement(text)
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), text


def test_licences_are_those_of_what_is_installed() -> None:
    """A newer version may name its licence in other words, so only what the lock has is compared."""
    text = locked.PAGE.read_text("utf-8")
    listed, versions = locked.rows(text), locked.locked()
    assert listed.keys() == versions.keys()
    assert text.startswith(locked.INTRODUCTION)
    for name, version in versions.items():
        package = locked.installed(name)
        if package and package.version == version:
            assert listed[name] == locked.licence(package), name


def test_the_wheel_holds_the_data() -> None:
    assert {path.suffix for path in (ROOT / "fedbib" / "data").iterdir() if path.is_file()} <= {".sql", ".toml", ".txt"}
