"""What the project promises about itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click

import fedbib
from fedbib.cli import COMMANDS, cli

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


def test_the_public_functions() -> None:
    works, problems = fedbib.works(ROOT)
    assert problems == ()
    assert fedbib.parse("csl-json", fedbib.render("csl-json", works)).problems == ()


def test_ci_runs_the_commands_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    block = re.search(r"^```sh\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert block is not None
    setup, test = block[1].splitlines()
    assert setup.endswith("fedbib build")
    assert "pytest" in test


def test_the_wheel_holds_the_data() -> None:
    assert {path.suffix for path in (ROOT / "fedbib" / "data").iterdir() if path.is_file()} <= {".toml", ".txt"}
