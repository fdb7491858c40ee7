from __future__ import annotations

import os
from pathlib import Path

import pytest

from fedbib.errors import BadFile
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Link, Work
from fedbib.records.folder import Entries

ARXIV = Identifier(Scheme.ARXIV, "2310.15080")
CLAIM = Claim("arxiv", Work(type=ItemType.ARTICLE, title="A title", arxiv=ARXIV.value), ARXIV)


@pytest.fixture
def entries(tmp_path: Path) -> Entries:
    (tmp_path / "entries" / "claims").mkdir(parents=True)
    return Entries(tmp_path / "entries")


def put(entries: Entries, name: str, content: bytes = b'topics = ["a"]\n') -> Path:
    path = entries.folder / name
    path.write_bytes(content)
    return path


def test_both_halves_make_a_record(entries: Entries) -> None:
    record = Record("che2023federated", ids=(ARXIV,), claims=(CLAIM,))
    entries.write_new(record, "A title")
    assert entries.load().records == (record,)
    assert entries.load().problems == ()
    with pytest.raises(BadFile, match="exists already"):
        entries.write_new(record, "A title")


def test_a_new_file_begins_with_the_title_and_writes_plain_labels_without_quotes(entries: Entries) -> None:
    entries.write_new(Record("k", links=(Link("code", "https://x.org/"), Link("page 2", "https://x.org/2"))), "A title")
    text = (entries.folder / "k.toml").read_text("utf-8")
    assert text == '# A title\n\n[links]\ncode = "https://x.org/"\n"page 2" = "https://x.org/2"\n'


def test_records_stand_in_the_order_of_their_keys(entries: Entries) -> None:
    for key in ("a-b", "a", "a1", "b"):
        put(entries, f"{key}.toml")
    assert [record.key for record in entries.load().records] == ["a", "a-b", "a1", "b"]


def test_writing_the_same_claims_changes_no_byte(entries: Entries) -> None:
    assert entries.write_claims("k", (CLAIM,)) is True
    before = (entries.folder / "claims" / "k.json").stat()
    assert entries.write_claims("k", (CLAIM,)) is False
    after = (entries.folder / "claims" / "k.json").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'topics = ["a"]\r\n[links]\r\ncode = "https://x.org/"', id="crlf-no-final-newline"),
        pytest.param(b'\xef\xbb\xbftopics = ["a"]\n[links]\ncode = "https://x.org/"\n', id="bom"),
    ],
)
def test_line_ends_make_no_difference(entries: Entries, content: bytes) -> None:
    put(entries, "k.toml", b'topics = ["a"]\n[links]\ncode = "https://x.org/"\n')
    plain = entries.load()
    put(entries, "k.toml", content)
    assert entries.load() == plain
    assert plain.problems == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("-rf.toml", "R04", id="option"),
        pytest.param(".git.toml", "R04", id="dot"),
        pytest.param("CON.toml", "R04", id="device"),
        pytest.param("x" * 200 + ".toml", "R04", id="long"),
        pytest.param("mu\u0308ller.toml", "R04", id="normal-form"),
        pytest.param("x\u200b.toml", "R04", id="zero-width"),
    ],
)
def test_file_names_that_are_no_keys(entries: Entries, name: str, code: str) -> None:
    put(entries, name)
    put(entries, "good.toml")
    loaded = entries.load()
    assert [record.key for record in loaded.records] == ["good"]
    assert [problem.code for problem in loaded.problems] == [code]


def test_keys_that_differ_in_case_only_are_refused(entries: Entries) -> None:
    put(entries, "Key.toml")
    put(entries, "key.toml")
    loaded = entries.load()
    if len(list(entries.folder.glob("*.toml"))) == 2:
        assert len(loaded.records) == 1
        assert "Key.toml" in loaded.problems[0].message
        assert loaded.problems[0].path == "entries/key.toml"


def test_nothing_but_plain_files_is_read(entries: Entries, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("password")
    (entries.folder / "link.toml").symlink_to(secret)
    (entries.folder / "folder.toml").mkdir()
    os.mkfifo(entries.folder / "pipe.toml")
    put(entries, "good.toml")
    loaded = entries.load()
    assert [record.key for record in loaded.records] == ["good"]
    assert {problem.path: problem.message.split(",")[0] for problem in loaded.problems} == {
        "entries/link.toml": "is a symbolic link",
        "entries/folder.toml": "is a folder",
        "entries/pipe.toml": "is a pipe",
    }
    assert "password" not in str(loaded)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"\xff = 1\n", "is not UTF-8 (byte 0xff)", id="bad-utf8"),
        pytest.param(b"#" * 1_000_001, "is larger than", id="large"),
    ],
)
def test_files_that_cannot_be_read(entries: Entries, content: bytes, words: str) -> None:
    put(entries, "bad.toml", content)
    put(entries, "good.toml")
    loaded = entries.load()
    assert [record.key for record in loaded.records] == ["good"]
    assert words in loaded.problems[0].message


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        pytest.param("[" * 100_000, 1, "nested too deeply", id="deep"),
        pytest.param('{"claims": [], "claims": []}', 1, "stands twice", id="twice"),
        pytest.param('{"claims": [{"source": "x", "says": {"issued": NaN}}]}', 1, "NaN", id="nan"),
        pytest.param('{"claims": [{"source": "x",\n"says": {"title": true}}]}', 2, "true or false", id="bool"),
        pytest.param('{"claims": [{"source": "x",\n"says": {"tilte": "a"}}]}', 2, "unknown field", id="unknown"),
        pytest.param('{"claims": 3}', 1, "form of a claims file", id="wrong-type"),
        pytest.param("[]", 1, "form of a claims file", id="list"),
        pytest.param('{"claims": [\n<<<<<<< a\n', 2, "merge conflict", id="conflict"),
        pytest.param('{"claims": [{"source": "x", "id": "y:1", "says": {}}]}', 1, "scheme", id="scheme"),
    ],
)
def test_claims_that_cannot_be_read(entries: Entries, content: str, line: int, words: str) -> None:
    put(entries, "bad.toml")
    put(entries, "claims/bad.json", content.encode())
    put(entries, "good.toml")
    loaded = entries.load()
    assert [record.key for record in loaded.records] == ["good"]
    problem = loaded.problems[0]
    assert (problem.path, problem.line) == ("entries/claims/bad.json", line)
    assert words in problem.message


def test_claims_without_a_record_are_named(entries: Entries) -> None:
    entries.write_claims("gone", (CLAIM,))
    problem = entries.load().problems[0]
    assert (problem.code, problem.path) == ("R08", "entries/claims/gone.json")


def test_what_a_killed_run_left_is_no_record(entries: Entries) -> None:
    put(entries, ".fedbib-abc.toml")
    assert entries.load().problems == ()
    entries.sweep()
    assert list(entries.folder.glob(".fedbib-*")) == []


def test_renaming_keeps_comments_and_layout(entries: Entries) -> None:
    put(entries, "old.toml", b'# my comment\ntopics  =  ["a"] # why\n\n[links]\ncode = "https://x.org/"\n')
    entries.write_claims("old", (CLAIM,))
    entries.rename("old", "new")
    text = (entries.folder / "new.toml").read_text()
    assert text.startswith('# my comment\ntopics  =  ["a"] # why\naliases = ["old"]\n')
    loaded = entries.load()
    assert [record.key for record in loaded.records] == ["new"]
    assert loaded.records[0].claims == (CLAIM,)
    assert loaded.problems == ()


def test_renaming_keeps_the_line_ends(entries: Entries) -> None:
    put(entries, "old.toml", b'topics = ["a"]\r\nnote = "b"\r\n')
    entries.rename("old", "new")
    assert (entries.folder / "new.toml").read_bytes() == b'topics = ["a"]\r\nnote = "b"\r\naliases = ["old"]\r\n'


@pytest.mark.parametrize("new", ["other", "../x", "OLD", "alias"])
def test_a_key_that_cannot_be_taken(entries: Entries, new: str) -> None:
    put(entries, "old.toml")
    put(entries, "other.toml", b'aliases = ["alias"]\n')
    with pytest.raises(BadFile):
        entries.rename("old", new)
    assert sorted(record.key for record in entries.load().records) == ["old", "other"]
