"""`sync`: the plan, what is not asked again, interruptions, the report."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.commands.conftest import SEED, Runner
from tests.standin import server as faults
from tests.standin.server import Standin
from tests.standin.wire import Answer

Settings = Callable[[Mapping[str, Mapping[str, str]]], str]


@pytest.fixture
def listed(run: Runner, standin: Standin, at: Settings) -> Runner:
    """The list of the tests as records, not yet synced, whose sources are the stand-in."""
    run.put("fedbib.toml", at(standin.bases))
    assert run("import", str(SEED)).code == 0
    return run


def test_the_plan_asks_nothing(listed: Runner, standin: Standin) -> None:
    before = listed.files()
    result = listed("sync", "--plan")
    assert result.code == 0
    assert standin.asked == []
    assert listed.files() == before
    rows = [line.split("\t") for line in result.out.splitlines()]
    assert ["arxiv", "2", "1"] in [[row[0], row[2], row[3]] for row in rows]
    assert "requests, and at most" in result.err
    assert "not counted: requests about publications" in result.err


def test_the_plan_says_what_it_cannot_know(run: Runner, standin: Standin, at: Settings) -> None:
    run.put("fedbib.toml", at(standin.bases))
    run.put("entries/a.toml", 'ids = { arxiv = "2312.06353" }\n')
    assert "not counted: searches for 1 paper whose title is not known yet" in run("sync", "--plan").err
    run("sync")
    assert "title is not known" not in run("sync", "--plan").err


def test_the_plan_has_the_searches_that_the_run_makes(listed: Runner, standin: Standin) -> None:
    rows = [line.split("\t") for line in listed("sync", "--plan").out.splitlines()]
    planned = {
        row[0].removesuffix(" (titles)"): int(row[3].removeprefix("at most ")) for row in rows if "titles" in row[0]
    }
    certain = {row[0]: int(row[3]) for row in rows if "titles" not in row[0]}
    for paper in standin.papers:
        paper |= {"s2": None}  # type: ignore[operator]
    listed("sync")
    searched = [path for path in standin.asked if "query.bibliographic" in path]
    assert 0 < len(searched) <= planned["crossref"]
    assert len([path for path in standin.asked if path.startswith("/arxiv/")]) == certain["arxiv"] + 1
    assert listed("sync", "--plan").out == ""


def test_what_was_answered_is_not_asked_again_so_soon(listed: Runner, standin: Standin) -> None:
    listed("sync")
    standin.asked.clear()
    assert listed("sync").code == 0
    assert standin.asked == []
    listed("sync", "--all")
    assert standin.asked != []


def test_an_age_is_a_setting(listed: Runner, standin: Standin) -> None:
    text = (listed.root / "fedbib.toml").read_text()
    listed.put("fedbib.toml", text + "\n[ages]\nyoung-preprint = 0\npreprint = 0\nyoung = 0\npublished = 0\n")
    listed("sync")
    standin.asked.clear()
    listed("sync")
    assert standin.asked != []


def test_offline_asks_nobody(listed: Runner, standin: Standin) -> None:
    before = listed.files()
    result = listed("sync", "--offline")
    assert (result.code, standin.asked) == (0, [])
    assert listed.files() == before


def test_a_failed_question_is_asked_again_and_the_answered_ones_are_not(listed: Runner, standin: Standin) -> None:
    standin.fault("arxiv", faults.status(418), always=True)
    assert listed("sync").code == 1
    assert list((listed.root / "entries/claims").glob("borzunov*"))
    standin.asked.clear()
    standin._always.clear()
    assert listed("sync").code == 0
    assert {path.split("/")[1] for path in standin.asked} == {"arxiv"}


def test_a_dry_run_is_not_asked_for_twice(listed: Runner, standin: Standin) -> None:
    listed("sync", "--dry-run")
    standin.asked.clear()
    result = listed("sync")
    assert standin.asked == []
    assert "borzunov2023petals\tacl\tpage\t\t558-568" in result.out


def test_check_fails_when_something_would_change(listed: Runner) -> None:
    before = listed.files()
    assert listed("sync", "--check").code == 1
    assert listed.files() == before
    listed("sync")
    assert listed("sync", "--check").code == 0


def test_the_report_as_the_body_of_a_pull_request(listed: Runner, standin: Standin) -> None:
    standin.fault("arxiv", faults.status(418), always=True)
    body = listed("sync", "--format", "markdown").out
    assert body.startswith("3 records, 3 changed, ")
    titles = re.findall("^###? (.*)|<summary>(.*)</summary>", body, re.MULTILINE)
    assert ["".join(title).split(" (")[0] for title in titles] == [
        *("In the list", "Publications found", "Sources that did not answer", "Answers of the sources"),
    ]
    assert "- [Petals: Collaborative Inference and Fine-tuning of Large Models](https://" in body
    assert "(`borzunov2023petals`)" in body
    assert "| borzunov2023petals | acl | page |  | 558-568 |" in body
    assert "### Sources that did not answer\n\n- arXiv did not answer: HTTP 418" in body


def test_the_report_for_machines(listed: Runner) -> None:
    data = json.loads(listed("sync", "--format", "json").out)
    assert set(data) == {"records", "papers", "changes", "linked", "problems", "failed"}
    assert {"key", "title", "url", "changes"} == set(data["papers"][0])
    assert data["records"] == 3


def started(run: Runner, cache: Path) -> subprocess.Popen[str]:
    env = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-m", "fedbib", "-C", str(run.root), "sync"]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not done():
        assert time.monotonic() < deadline, "waited for too long"
        time.sleep(0.05)


def kept(cache: Path, source: str) -> int:
    """How many answers of a source are kept in the state below a cache folder."""
    for path in cache.rglob("answers.sqlite"):
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path)) as db:
            return int(db.execute("select count(*) from heard where source = ?", (source,)).fetchone()[0])
    return 0


@pytest.mark.parametrize(
    ("sent", "code"),
    [pytest.param(signal.SIGKILL, -9, id="kill"), pytest.param(signal.SIGINT, 130, id="ctrl-c")],
)
def test_an_interrupted_run_goes_on_where_it_was(
    listed: Runner, standin: Standin, tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    """arXiv hangs while the Anthology has answered; the next run does not ask the Anthology again."""
    standin.fault("arxiv", lambda handler, answer: time.sleep(30))
    before = listed.files()
    with started(listed, tmp_path / "cache") as process:
        until(lambda: "arxiv" in {path.split("/")[1] for path in standin.asked} and kept(tmp_path / "cache", "acl") > 0)
        process.send_signal(sent)
        process.communicate(timeout=20)
        assert process.returncode == code
    assert listed.files() == before
    once = {path for path in standin.asked if path.startswith("/anthology/")}
    standin.asked.clear()
    with started(listed, tmp_path / "cache") as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert once
    assert not once & set(standin.asked)
    assert list((listed.root / "entries/claims").glob("*.json"))
    assert "acl" in (listed.root / "entries/claims/borzunov2023petals.json").read_text()


def test_a_second_run_says_who_is_active(listed: Runner, standin: Standin, tmp_path: Path) -> None:
    standin.fault("arxiv", lambda handler, answer: time.sleep(20))
    with started(listed, tmp_path / "cache") as first:
        until(lambda: bool(standin.asked))
        with started(listed, tmp_path / "cache") as second:
            _, err = second.communicate(timeout=30)
        assert second.returncode == 1
        assert f"is in use by another run of fedbib (process {first.pid}, since" in err
        first.kill()


def test_a_person_who_saves_in_mid_sync_wins(listed: Runner, standin: Standin) -> None:
    """The record changes while the sources are asked: the answers are held against it as it is then."""
    saved = '# mine\nids = { acl = "2023.acl-demo.54" }\n[pin]\npage = "1-2"\n'

    def late(handler: faults.Handler, answer: Answer) -> None:
        listed.put("entries/borzunov2023petals.toml", saved)
        listed.put("entries/qin2024federated.toml", 'ids = { acl = "2023.emnlp-main.488" }\n')
        handler.reply(answer)

    standin.fault("arxiv", late)
    listed("sync")
    assert (listed.root / "entries/borzunov2023petals.toml").read_text() == saved
    claims = json.loads((listed.root / "entries/claims/qin2024federated.json").read_text())["claims"]
    assert [claim["source"] for claim in claims] == ["import"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_interrupted_at_any_write_nothing_is_half_written(
    listed: Runner, standin: Standin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str
) -> None:
    """Each file is the old one or the new one, and the run that follows ends where an undisturbed one would."""
    old = listed.files()
    listed("sync")
    new = listed.files()
    written = [path for path in new if new[path] != old.get(path)]
    assert len(written) >= 3
    for count in range(len(written)):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / f"{step}{count}"))
        for path in new:
            if path in old:
                (listed.root / path).write_bytes(old[path])
            else:
                (listed.root / path).unlink()
        owner = os if step == "fsync" else Path
        calls = itertools.count()
        real = getattr(owner, step)

        def die(
            *args: object, calls: Iterator[int] = calls, real: Callable[..., object] = real, last: int = count
        ) -> None:
            if next(calls) >= last:
                raise KeyboardInterrupt
            real(*args)

        with monkeypatch.context() as patched:
            patched.setattr(owner, step, lambda *args: die(*args))
            assert listed("sync").code == 130
        for path, content in listed.files().items():
            assert content in (old.get(path), new.get(path)), path
        standin.asked.clear()
        assert listed("sync").code == 0
        assert standin.asked == []
        assert listed.files() == new
