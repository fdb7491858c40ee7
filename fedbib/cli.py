"""The command line: which commands there are, and what becomes of errors.

Each command is a module that is imported when it is called.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click

from fedbib import __version__
from fedbib.errors import BadFile, FedbibError

COMMANDS = {
    "init": "Start a new collection in a folder, empty or from an existing list.",
    "add": "Add papers by identifier, URL or title.",
    "import": "Import papers from README lists, .bib, JSON and RIS files.",
    "sync": "Refresh the records from the sources and find publications of preprints.",
    "discover": "Find new papers that are not in the collection.",
    "review": "List possible publications that need your decision.",
    "accept": "Accept a possible publication, or a record that waits for review.",
    "reject": "Reject a possible or linked publication.",
    "build": "Write all outputs: .bib, CSL-JSON, RIS, JSON, README list and web page.",
    "serve": "Serve the web page on this machine and rebuild it when a record changes.",
    "check": "Check records and outputs for errors.",
    "audit": "Check each entry of a bibliography against known papers and registries.",
    "index": "Build, export or describe the index that audit looks in.",
    "show": "Print one paper and the source of each of its fields.",
    "list": "List the papers of the collection.",
    "venues": "List known venues, and venues of the collection that are not known.",
    "changes": "List the papers that changed between two states of the collection.",
    "merge": "Merge two records of the same paper.",
    "cite": "Print papers as formatted references.",
    "export": "Write papers of the collection in any format.",
    "rename": "Change citation keys and keep the old ones as aliases.",
    "zotero": "Keep a library at zotero.org up to date with the collection.",
    "mcp": "Serve the collection to AI assistants by the Model Context Protocol.",
    "schema": "Print the JSON Schema of record files or of what fedbib writes.",
}
"""Name and one-line help of each command, so that `--help` need not import them (a test compares the two)."""


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            from fedbib.text.nearest import nearest

            close = nearest(cmd_name, COMMANDS)
            ctx.fail(f"No such command {cmd_name!r}." + (f" Did you mean {close!r}?" if close else ""))
        command: click.Command = import_module(f"fedbib.commands.{cmd_name}_").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.option("-C", "folder", type=click.Path(path_type=Path), default=Path(), help="Run as if started in this folder.")
@click.version_option(__version__, message="fedbib %(version)s")
@click.pass_context
def cli(ctx: click.Context, folder: Path) -> None:
    """Keep a curated bibliography as code.

    You write one short file per paper in entries/; fedbib fetches the data of each paper from its sources; one build
    makes a .bib file, CSL-JSON, RIS, the list in a README and a web page, all with the same data.

    \b
    Examples:
      fedbib add https://arxiv.org/abs/2310.15080
      fedbib sync
      fedbib build

    Shell completion: eval "$(_FEDBIB_COMPLETE=bash_source fedbib)" (also zsh_source, fish_source).
    """
    ctx.obj = folder


def run() -> int:
    """Run the command line and give the exit code; nothing a person or a server can cause ends in a traceback."""
    # Values are frozen and hold no cycles: walking all of them again and again would be a tenth of a large build.
    gc.set_threshold(100_000, 50, 100)
    return guarded(lambda: cli.main(prog_name="fedbib", standalone_mode=False))


def guarded(action: Callable[[], object]) -> int:
    """The exit code of an action; its errors are shown."""
    try:
        result = action()
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except FedbibError as error:
        _say(f"Error: {error}")
        return 1
    except (KeyboardInterrupt, click.Abort):
        _say("Interrupted; what was finished is kept.")
        return 130
    except OSError as error:
        return _refused(error)
    except Exception:
        # The one place for it: whatever arrives here is a bug of ours, and its exit code says so.
        import traceback

        traceback.print_exc()
        click.echo("This is a bug in fedbib: please report the lines above.", err=True)
        return 3
    return result if isinstance(result, int) else 0


def _say(text: str) -> None:
    """A message on standard error, as far as that takes one."""
    from fedbib.report import inert

    with suppress(OSError):
        click.echo("\n".join(inert(line) for line in text.split("\n")), err=True)


def _refused(error: OSError) -> int:
    """The exit code of what the system refused; when the reader of the output is gone, there is no message."""
    # Whatever still waits in the buffers would be refused at the end again, with a traceback.
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    # Files are written by `disk`, which says which one it was.
    where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "standard output"
    if not isinstance(error, BrokenPipeError):
        refusal = BadFile((error.strerror or "cannot be used").lower(), where=where)
        _say(f"Error: {refusal}")
    return 1
