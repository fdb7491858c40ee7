"""The edge to pandoc, which runs as a program of its own and sets references.

It is handed a style that we wrote and the works, both in one empty folder, and neither environment nor settings of the
user. Its Python package brings the program for most machines; on others an installed one is used.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fedbib.errors import BadFile, FedbibError
from fedbib.formats.base import Shape
from fedbib.model.work import Work
from fedbib.references import document
from fedbib.references.document import Reference
from fedbib.references.installed import program
from fedbib.references.style import Style, alone

_BLOCKS = '"blocks":'
_DECODER = json.JSONDecoder()
_SECONDS, _PER_WORK = 60, 0.2
"""How long it may take; a style of the CSL project takes a thousandth of a second for a work."""


def references(
    works: Sequence[Work], style: Style, *, listed: bool = True, shape: Shape = document.PLAIN
) -> tuple[Reference, ...]:
    """The works as the style writes and orders them, without those of which it has nothing to say.

    The style is not told what `shape` leaves out. Where they are not `listed`, they have no numbers and stay in their
    order. Raises BadFile for a style that pandoc cannot read or is not done with in time, FedbibError where
    there is no pandoc.
    """
    if not works:
        return ()
    used = style if listed else alone(style)
    return document.references(_run(document.items(works, shape), used, _SECONDS + _PER_WORK * len(works)), works)


def _run(items: str, style: Style, seconds: float) -> Sequence[Any]:
    """The blocks of the document that pandoc makes of CSL-JSON."""
    try:
        with TemporaryDirectory() as folder:
            Path(folder, "style.csl").write_bytes(style.xml)
            done = subprocess.run(
                [program("references"), *_MEMORY, *_OPTIONS], input=items.encode(), cwd=folder,
                env=_environment(folder), capture_output=True, timeout=seconds, check=False,
            )  # fmt: skip
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:300]
        if done.returncode:
            raise BadFile(f"pandoc cannot use this style: {said}", where=style.name, hint="try another style")
        # The larger part of it are the works as they were given (`meta`), which is not read.
        text = done.stdout.decode()
        made: Sequence[Any] = _DECODER.raw_decode(text, text.index(_BLOCKS) + len(_BLOCKS))[0]
    except subprocess.TimeoutExpired:
        message = f"pandoc did not finish with this style within {seconds:.0f} seconds"
        raise BadFile(message, where=style.name, hint="try another style") from None
    except (OSError, ValueError) as error:
        hint = "check that pandoc 3 is installed and that the temporary folder is writable"
        raise FedbibError(f"pandoc cannot be run: {error}", where="references", hint=hint) from None
    return made


def tree(content: bytes, markup: str, where: str) -> Mapping[str, Any]:
    """A document in one of pandoc's formats ("docx", "markdown", "typst") as its tree (https://pandoc.org/using-the-pandoc-api.html).

    Neither files nor addresses that it names are opened. Raises as `markdown`, also for one that takes too much memory.
    """
    made = _converted(
        content, [f"--from={markup}", "--to=json"], markup, where, "save it as PDF or plain text and try that"
    )
    try:
        found: Mapping[str, Any] = json.loads(made)
    except (ValueError, RecursionError):
        raise BadFile(f"the result of reading it as {markup} with pandoc cannot be used", where=where) from None
    return found


def markdown(text: str, markup: str, where: str) -> str:
    """A text in another markup ("rst", "org") in Markdown, one line for each of its paragraphs.

    Raises BadFile for a text that pandoc cannot read or is not done with in time, MissingExtra where pandoc is missing.
    """
    options = [f"--from={markup}", "--to=gfm", "--wrap=none"]
    return _converted(text.encode(), options, markup, where, "convert it to Markdown first").decode("utf-8", "replace")


def _converted(content: bytes, options: Sequence[str], markup: str, where: str, hint: str) -> bytes:
    """What pandoc makes of a document of somebody's, which it reads in an empty folder."""
    try:
        with TemporaryDirectory() as folder:
            done = subprocess.run(
                [program(where), *_BOUNDED, "--sandbox", "--data-dir=.", *options],
                input=content, cwd=folder, env=_environment(folder), capture_output=True, timeout=_SECONDS,
                check=False,
            )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise BadFile(f"pandoc did not finish within {_SECONDS} seconds", where=where, hint=hint) from None
    except OSError as error:
        raise FedbibError(f"pandoc cannot be run: {error}", where=where, hint=hint) from None
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:300]
        raise BadFile(f"pandoc cannot read it as {markup}: {said}", where=where, hint=hint)
    return done.stdout


_BOUNDED = ("+RTS", "-M1G", "-RTS")
"""Memory that a document may take (https://downloads.haskell.org/ghc/latest/docs/users_guide/runtime_control.html)."""
_MEMORY = ("+RTS", "-A4m", "-O128m", "-RTS")
"""New values of references in so little memory that it stays in the processor's cache, old ones in so much that pandoc
need not look among them for rubbish: a sixth of its time.
"""
_OPTIONS = (
    "--sandbox",
    "--data-dir=.",
    "--from=csljson",
    "--to=json",
    "--citeproc",
    "--csl=style.csl",
    "--metadata=link-bibliography:false",
)


def _environment(folder: str) -> dict[str, str]:
    own = {"HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder, "LC_ALL": "C.UTF-8"}
    # Windows starts no program without it.
    return own | {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
