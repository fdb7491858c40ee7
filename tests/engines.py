"""Programs that others wrote: without one a test is skipped with a word, and fails where CI=true."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import citeproc
import pytest

SECONDS = 300


def missing(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is not installed, so nothing was tried with it")


def need(program: str) -> str:
    """The path of a program."""
    return shutil.which(program) or missing(program)


def run(command: Sequence[str], text: str = "", folder: Path | None = None) -> tuple[str, str]:
    """What a program printed on standard output and on standard error; it must succeed."""
    done = subprocess.run(command, input=text.encode(), cwd=folder, capture_output=True, timeout=SECONDS, check=False)
    out, err = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
    assert done.returncode == 0, f"{command[:2]}: {(out + err)[-3000:]}"
    return out, err


def node(script: str, text: str, *modules: str) -> str:
    """What a script that reads standard input prints; `modules` are those of npm that it needs, in NODE_PATH."""
    program = need("node")
    for module in modules:
        found = subprocess.run([program, "-e", f'require.resolve("{module}")'], capture_output=True, check=False)
        if found.returncode:
            missing(f"{module} (of npm, in NODE_PATH)")
    return run([program, "-e", script], text)[0]


_CITEPROC_JS = """
const CSL = require("citeproc"), {style, items, locale} = JSON.parse(require("fs").readFileSync(0, "utf8"))
const system = {retrieveLocale: () => locale, retrieveItem: id => items.find(item => item.id === id)}
const engine = new CSL.Engine(system, style)
engine.setOutputFormat("text")
engine.updateItems(items.map(item => item.id))
const [about, entries] = engine.makeBibliography()
console.log(JSON.stringify(about.entry_ids.map(([id], number) => [id, entries[number].trim()])))
"""


def citeproc_js(style: str, items: str) -> dict[str, str]:
    """What citeproc-js writes for each item of CSL-JSON, by its id, as plain text."""
    locale = Path(citeproc.LOCALES_PATH, "locales-en-US.xml").read_text("utf-8")
    asked = json.dumps({"style": style, "items": json.loads(items), "locale": locale})
    return dict(json.loads(node(_CITEPROC_JS, asked, "citeproc")))
