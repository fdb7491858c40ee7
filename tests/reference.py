"""The page of commands that `make reference` writes to docs/commands.md: what each `--help` prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from fedbib.cli import COMMANDS, cli

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
_WIDTH = 100

INTRODUCTION = """\
# Commands

The `--help` of each command, written by `make reference`. `fedbib -C FOLDER COMMAND` runs a command in another folder.

## Exit codes

| code | means |
| --- | --- |
| 0 | success |
| 1 | something failed, has to be fixed, or needs your decision; the messages give the details |
| 2 | the command line is wrong |
| 3 | a bug in fedbib |
| 4 | `audit` only: nothing has to be fixed, but some sources did not answer |
| 130 | interrupted; what was finished is kept |

Results go to standard output and messages to standard error, so a pipe gets only results. `--format json` is for programs.
Colours and progress bars are shown only on a terminal; `NO_COLOR` turns colours off.
"""


def page() -> str:
    blocks = (f"\n## {' '.join(path)}\n\n```text\n{text}\n```\n" for path, text in _helps())
    return INTRODUCTION + "".join(blocks)


def _helps() -> Iterator[tuple[tuple[str, ...], str]]:
    names = ["-h", "--help"]
    top = click.Context(
        cli, info_name="fedbib", terminal_width=_WIDTH, max_content_width=_WIDTH, help_option_names=names
    )
    for name in COMMANDS:
        command = cli.get_command(top, name)
        assert command is not None
        yield from _of(click.Context(command, parent=top, info_name=name), (name,))


def _of(context: click.Context, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    yield path, context.get_help()
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            yield from _of(click.Context(command, parent=context, info_name=name), (*path, name))


if __name__ == "__main__":
    sys.stdout.write(page())
