"""What changed between two states: told apart, read from git and folders, and told."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from fedbib.changes import compare, git
from fedbib.errors import BadFile, BadValue, FedbibError
from fedbib.model.date import PartialDate
from fedbib.model.work import ItemType, Status, Work
from fedbib.report import changes as report
from tests.commands.conftest import Runner, run

__all__ = ["run"]

POSTED = Work(
    key="posted",
    type=ItemType.ARTICLE,
    title="Posted <i>First</i>",
    arxiv="2310.15080",
    issued=PartialDate(2023),
    container_title_short="arXiv",
    status=Status.PREPRINT,
)
PUBLISHED = replace(
    POSTED,
    type=ItemType.PAPER_CONFERENCE,
    container_title_short="ICML",
    issued=PartialDate(2024),
    status=Status.PUBLISHED,
)
OTHER = Work(key="other", title="Other", issued=PartialDate(2020), status=Status.PUBLISHED)


def test_added_published_changed_and_removed_are_told_apart() -> None:
    old = [POSTED, OTHER, Work(key="gone", title="Gone"), Work(key="was", title="Renamed")]
    new = [PUBLISHED, replace(OTHER, volume="7"), Work(key="new"), Work(key="is", title="Renamed", aliases=("was",))]
    found = compare(old, new)
    assert (found.before, found.now) == (4, 4)
    assert [work.key for work in found.added] == ["new"]
    assert [(change.before.key, change.now.key, change.fields) for change in found.changed] == [
        ("was", "is", ("key", "aliases")),
        ("other", "other", ("volume",)),
    ]
    assert [change.now for change in found.published] == [PUBLISHED]
    assert [work.key for work in found.removed] == ["gone"]
    assert compare(new, new) == compare(reversed(new), new)
    assert not compare(new, new).changed


def test_a_key_that_another_paper_took_is_that_paper_s() -> None:
    found = compare([Work(key="a", title="A")], [Work(key="a", title="A"), Work(key="b", aliases=("a",))])
    assert [work.key for work in found.added] == ["b"]
    assert not found.removed


def test_changes_are_told_as_text_markdown_and_json() -> None:
    found = compare([POSTED, OTHER], [PUBLISHED, Work(key="n", title="A [new] one")])
    assert report.as_text(found) == (
        "2 papers, 2 before: 1 added, 1 published, 0 changed, 1 removed\n"
        "added      n  A [new] one\n"
        "removed    other  Other (2020)\n"
        "published  posted  Posted First (ICML 2024)\n"
    )
    lines = report.as_markdown(found).splitlines()
    assert lines[2:5] == ["## Added (1)", "", r"- A \[new\] one"]
    assert "- [Posted First](https://arxiv.org/abs/2310.15080) (ICML 2024), was arXiv 2023" in lines
    told = json.loads(report.as_json(found))
    assert told["published"][0]["fields"]["status"] == {"before": "preprint", "now": "published"}
    assert [work["key"] for work in told["added"] + told["removed"]] == ["n", "other"]


# Git ------------------------------------------------------------------------------------------------------------------


def said(folder: Path, *words: str) -> None:
    own = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
    own |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}
    subprocess.run(["git", *words], cwd=folder, env=os.environ | own, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder below that of a repository with one commit, tagged v1."""
    folder = tmp_path / "repository" / "below"
    folder.mkdir(parents=True)
    (folder / "file").write_text("one\n")
    said(folder.parent, "init", "-q")
    said(folder.parent, "add", ".")
    said(folder.parent, "commit", "-qm", "one")
    said(folder.parent, "tag", "v1")
    (folder / "file").write_text("two\n")
    return folder


def test_a_file_as_it_stood(repository: Path) -> None:
    assert git.blob(repository, "v1", "file", 100) == b"one\n"
    assert git.blob(repository, "HEAD", "file", 4) == b"one\n"
    with pytest.raises(BadFile, match="larger than 3 bytes"):
        git.blob(repository, "HEAD", "file", 3)
    with pytest.raises(BadFile, match="does not exist at that revision"):
        git.blob(repository, "HEAD", "nothing", 100)


@pytest.mark.parametrize("revision", ["v2", "--help", "--output=x", "-", "v1 v1", "v1:below/file", "^v1", "..", ""])
def test_what_is_no_revision_is_refused(repository: Path, revision: str) -> None:
    with pytest.raises(BadValue, match="neither a revision"):
        git.blob(repository, revision, "file", 100)
    assert sorted(path.name for path in repository.iterdir()) == ["file"]


def test_nothing_that_a_repository_configures_is_run(repository: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\ncat\n")
    program.chmod(0o755)
    (repository.parent / ".git" / "info" / "attributes").write_text("* filter=own diff=own\n")
    for name in (
        "core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "filter.own.smudge", "filter.own.clean",
        "diff.own.textconv", "diff.external", "alias.cat-file", "alias.rev-parse", "pager.cat-file",
    ):  # fmt: skip
        said(repository, "config", name, f"!{program}" if name.startswith("alias") else str(program))
    said(repository, "config", "extensions.partialClone", "origin")
    said(repository, "config", "remote.origin.url", f"ext::{program} %S")
    assert git.blob(repository, "v1", "file", 100) == b"one\n"
    with pytest.raises(FedbibError):
        git.blob(repository, "1" * 40, "file", 100)
    assert not (tmp_path / "ran").exists()


def test_without_git_a_folder_does(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "relative")
    with pytest.raises(FedbibError, match="git is not installed"):
        git.blob(repository, "v1", "file", 100)


# The command ----------------------------------------------------------------------------------------------------------


def test_a_collection_against_its_tag_and_another_folder(run: Runner, tmp_path: Path) -> None:
    book = '[pin]\ntype = "book"\ntitle = "{}"\nauthor = ["Ho, Ann"]\nissued = "2024"\n'
    run.put("entries/one.toml", book.format("One"))
    assert run("build").code == 0
    said(run.root, "init", "-q")
    said(run.root, "add", ".")
    said(run.root, "commit", "-qm", "one")
    said(run.root, "tag", "v1")
    run.put("entries/one.toml", book.format("One, Again"))
    run.put("entries/two.toml", book.format("Two"))
    wanted = "2 papers, 1 before: 1 added, 0 published, 1 changed, 0 removed\nadded      two  Two (2024)\nchanged    one  title\n"
    for words in (("v1..",), ("v1",)):
        assert run("changes", *words).out == wanted
    assert run("build").code == 0
    assert run("changes", "v1", str(run.root)).out == wanted
    assert run("changes", str(run.root)).out.startswith("2 papers, 2 before: 0 added")
    said(run.root, "add", ".")
    said(run.root, "commit", "-qm", "two")
    assert run("changes", "v1..HEAD").out == wanted
    assert json.loads(run("changes", "v1..HEAD", "--format", "json").out)["added"][0]["key"] == "two"
    assert run("changes", "v1..HEAD", "--format", "markdown").out.splitlines()[2] == "## Added (1)"
    for words, message in (
        (("v9..",), "'v9' is neither a revision"),
        (("v1..v9",), "'v9'"),
        ((str(tmp_path),), "no such file"),
    ):
        failed = run("changes", *words)
        assert failed.code in (1, 2)
        assert message in failed.err
