"""Commands that only read and build are closed: they reach no network and start no program but pandoc."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>T</title><id>t</id><link rel="independent-parent" href="http://127.0.0.1:9/parent.csl"/></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><text variable="title"/></layout></bibliography></style>"""

WATCHED = """
import json, sys

seen = []

def watch(event, args):
    if event.startswith(("socket.", "os.exec", "os.spawn", "os.posix_spawn", "os.system", "os.startfile", "urllib.")):
        seen.append([event, str(args)])
    elif event == "subprocess.Popen":
        seen.append([event, str(args[0])])

sys.addaudithook(watch)
from fedbib.cli import cli, guarded

code = guarded(lambda: cli.main(sys.argv[1:], prog_name="fedbib", standalone_mode=False))
with open("seen.json", "w") as file:
    json.dump([code, seen], file)
"""

COMMANDS = [
    ("build",),
    ("build", "--check"),
    ("check",),
    ("cite", "*", "--style", "own.csl"),
    ("cite", "one", "--style", "nature-digest"),
    ("list",),
    ("list", "--format", "json"),
    ("export", "--format", "csl-json"),
    ("export", "--tex", "paper.tex"),
    ("show", "one"),
    ("import", "more.bib"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_socket_and_no_program_but_pandoc(tmp_path: Path, words: tuple[str, ...]) -> None:
    entry = '[pin]\ntype = "book"\ntitle = "A Title"\nauthor = ["Ho, Ann"]\nissued = "2024"\npublisher = "P"\n'
    texts = {
        "fedbib.toml": 'name = "x"\nstyle = "own.csl"\ntemplates = "look"\ncontact = "http://127.0.0.1:9/"\n',
        "entries/one.toml": f'{entry}DOI = "10.1234/a"\nURL = "http://127.0.0.1.example:9/"\n',
        "own.csl": STYLE,
        "look/year.html": "{% extends 'base.html' %}",
        "paper.tex": r"\cite{one}\input{http://127.0.0.1:9/x}",
        "more.bib": "@book{two, title={Two}, author={B, A}, year=2020, url={http://127.0.0.1.example:9/}}",
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", WATCHED, *words]
    for _ in range(2 if words[-1] == "--check" else 1):
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=120, check=False)
    code, seen = json.loads((tmp_path / "seen.json").read_text("utf-8"))
    assert code in (0, 1), done.stderr
    assert b"Traceback" not in done.stderr
    programs = [Path(args).name.removesuffix(".exe") for event, args in seen if event == "subprocess.Popen"]
    others = [(event, args) for event, args in seen if event != "subprocess.Popen" and "pandoc" not in args]
    assert not others
    # What a first build made is known to the second.
    assert set(programs) == ({"pandoc"} if words[0] in ("build", "check", "cite") and words[-1] != "--check" else set())
