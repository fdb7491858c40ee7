from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fedbib.errors import BadFile
from fedbib.model.claim import Claim
from fedbib.model.finding import Code, Finding
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.problem import Problem, Severity
from fedbib.model.proposal import Proposal
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Link, Work
from fedbib.records.filing import sweep
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


def test_for_some_keys_no_other_file_is_read(entries: Entries) -> None:
    entries.write_new(Record("a", claims=(CLAIM,), aliases=("old",)), "A title")
    put(entries, "b.toml", b"not TOML")
    assert [record.key for record in entries.pick(["a", "a"]).records] == ["a"]
    assert entries.pick(["a"]).problems == ()
    assert entries.pick(["a"]).records[0].claims == (CLAIM,)
    assert [problem.key for problem in entries.pick(["b"]).problems] == ["b"]
    by_alias = entries.pick(["old"])
    assert (by_alias.named(["old"])[0].key, [problem.key for problem in by_alias.problems]) == ("a", ["b"])


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
        pytest.param('{"claims": [], "claims": []}', 1, "occurs twice", id="twice"),
        pytest.param('{"claims": [{"source": "x", "says": {"issued": NaN}}]}', 1, "NaN", id="nan"),
        pytest.param('{"claims": [{"source": "x",\n"says": {"title": true}}]}', 2, "true or false", id="bool"),
        pytest.param('{"claims": [{"source": "x",\n"says": {"tilte": "a"}}]}', 2, "unknown field", id="unknown"),
        pytest.param('{"claims": 3}', 1, "not a claims file", id="wrong-type"),
        pytest.param("[]", 1, "not a claims file", id="list"),
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
    assert problem.hint.startswith("fedbib writes this file: ")
    assert words in problem.message


def test_claims_without_a_record_are_named(entries: Entries) -> None:
    entries.write_claims("gone", (CLAIM,))
    problem = entries.load().problems[0]
    assert (problem.code, problem.path) == ("R08", "entries/claims/gone.json")


def test_what_a_killed_run_left_is_no_record(entries: Entries) -> None:
    put(entries, ".fedbib-abc.toml")
    assert entries.load().problems == ()
    sweep(entries.folder)
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


# What a person decides ------------------------------------------------------------------------------------------------

DOI, ANOTHER = Identifier(Scheme.DOI, "10.1145/3637528.3671865"), Identifier(Scheme.DOI, "10.1145/1")
ACL = Identifier(Scheme.ACL, "2023.acl-demo.54")
PROPOSAL = Proposal(DOI, (Finding.of(Code.SEARCHED, source="dblp"),), Work(title="A title", DOI=DOI.value))
OTHER = Proposal(ACL, (), Work(title="A title", acl=ACL.value))
LINKED = Claim("crossref", Work(title="A title", DOI=DOI.value), DOI, link=(Finding.of(Code.NAMED, source="arxiv"),))
TEXT = b'# mine\r\nids = { arxiv = "2310.15080" }  # why\r\n'


def proposed(entries: Entries, *claims: Claim, text: bytes = TEXT) -> Path:
    path = put(entries, "k.toml", text)
    entries.write_claims("k", (CLAIM, *claims), (PROPOSAL, OTHER))
    return path


def test_what_is_accepted_stands_in_the_file_and_is_proposed_no_more(entries: Entries) -> None:
    path = proposed(entries)
    assert entries.accept("k", DOI) == PROPOSAL
    assert path.read_bytes() == TEXT.replace(b'0" }', b'0", doi = "10.1145/3637528.3671865" }')
    record = entries.known("k")
    assert (record.ids, record.claims, record.proposals) == ((DOI, ARXIV), (CLAIM,), (OTHER,))
    before = (entries.folder / "claims" / "k.json").read_bytes()
    assert entries.accept("k", DOI) is None
    assert (entries.folder / "claims" / "k.json").read_bytes() == before
    assert b"2310.15080" in before


def test_a_run_killed_after_the_file_is_finished_by_accepting_again(entries: Entries) -> None:
    proposed(entries)
    entries.add_id("k", DOI)
    assert b'"doi:10.1145' in (entries.folder / "claims" / "k.json").read_bytes()
    assert entries.accept("k", DOI) is None
    assert b'"doi:10.1145' not in (entries.folder / "claims" / "k.json").read_bytes()


def test_what_cannot_be_accepted_is_said_with_what_to_do(entries: Entries) -> None:
    proposed(entries)
    with pytest.raises(BadFile) as caught:
        entries.accept("k", ANOTHER)
    assert (caught.value.message, caught.value.where) == (f"{ANOTHER} is not proposed", "k")
    assert caught.value.hint == f"did you mean {DOI}?"
    with pytest.raises(BadFile) as caught:
        entries.accept("k", Identifier(Scheme.OPENREVIEW, "zzzzzzzzzz"))
    assert caught.value.hint in (f"known: {ACL}, {DOI}", f"known: {DOI}, {ACL}")
    path = proposed(entries, text=b'ids = { doi = "10.1145/1" }\n')
    with pytest.raises(BadFile) as caught:
        entries.accept("k", DOI)
    assert (caught.value.message, caught.value.where) == (f"already has {ANOTHER}", "entries/k.toml")
    assert caught.value.hint.endswith(f"if not: `fedbib reject k {DOI}`")
    assert path.read_bytes() == b'ids = { doi = "10.1145/1" }\n'
    put(entries, "bare.toml")
    with pytest.raises(BadFile) as caught:
        entries.accept("bare", DOI)
    assert caught.value.hint == "`fedbib review` lists what is"


def test_what_is_rejected_is_noted_and_what_the_program_has_of_it_goes(entries: Entries) -> None:
    path = proposed(entries, LINKED)
    entries.reject("k", DOI)
    assert path.read_bytes() == TEXT + f'rejected = ["{DOI}"]\r\n'.encode()
    record = entries.known("k")
    assert (record.rejected, record.claims, record.proposals) == ((DOI,), (CLAIM,), (OTHER,))
    entries.reject("k", DOI)
    assert entries.known("k") == record
    entries.reject("k", ACL)
    assert entries.known("k").rejected == (DOI, ACL)
    with pytest.raises(BadFile) as caught:
        entries.reject("k", ANOTHER)
    assert (caught.value.message, caught.value.where) == (f"{ANOTHER} is neither proposed nor linked", "k")


def test_a_claim_that_is_linked_can_be_rejected_though_nothing_is_proposed(entries: Entries) -> None:
    put(entries, "k.toml", TEXT)
    entries.write_claims("k", (CLAIM, LINKED))
    entries.reject("k", DOI)
    assert entries.known("k").claims == (CLAIM,)


def test_an_identifier_of_the_person_s_is_not_linked_by_the_program(entries: Entries) -> None:
    put(entries, "k.toml", b'ids = { doi = "10.1145/3637528.3671865" }\n')
    entries.write_claims("k", (LINKED,))
    with pytest.raises(BadFile, match="is neither proposed nor linked"):
        entries.reject("k", DOI)


def test_what_waits_is_confirmed_by_taking_the_reason_away(entries: Entries) -> None:
    path = put(entries, "k.toml", b'# mine\nwaiting = "nobody confirms it"\ntopics = ["a"]\n')
    assert entries.confirm("k") == "nobody confirms it"
    assert path.read_bytes() == b'# mine\ntopics = ["a"]\n'
    with pytest.raises(BadFile) as caught:
        entries.confirm("k")
    assert (caught.value.message, caught.value.where) == ("does not wait for review", "k")
    assert "fedbib list --waiting" in caught.value.hint


def test_a_file_with_a_fault_is_not_edited(entries: Entries) -> None:
    path = proposed(entries, text=b"tpoics = []\n")
    acts: tuple[Callable[[str, Identifier], object], ...] = (entries.accept, entries.reject)
    for act in acts:
        with pytest.raises(BadFile) as caught:
            act("k", DOI)
        assert caught.value.message.startswith("unknown field `tpoics`")
        assert (caught.value.where, caught.value.line) == ("entries/k.toml", 1)
        assert caught.value.hint == "nothing was written; correct the file first"
    assert path.read_bytes() == b"tpoics = []\n"


# Two records, one key --------------------------------------------------------------------------------------------------


def test_merging_keeps_the_first_file_s_layout_and_everything_of_both(entries: Entries) -> None:
    put(entries, "k.toml", b'# mine\r\ntopics = ["a"] # why\r\n')
    put(entries, "l.toml", b'ids = { arxiv = "2310.15080" }\ntopics = ["A", "b"]\n[links]\ncode = "https://x.org/"\n')
    entries.write_claims("l", (CLAIM,), (PROPOSAL,))
    assert entries.merge("k", "l") == ()
    text = (entries.folder / "k.toml").read_bytes()
    assert text.startswith(b'# mine\r\ntopics = ["a", "b"] # why\r\n')
    loaded = entries.load()
    assert loaded.problems == ()
    (record,) = loaded.records
    assert (record.key, record.ids, record.topics, record.aliases) == ("k", (ARXIV,), ("a", "b"), ("l",))
    assert (record.links, record.claims, record.proposals) == (
        (Link("code", "https://x.org/"),),
        (CLAIM,),
        (PROPOSAL,),
    )
    assert not (entries.folder / "claims" / "l.json").exists()
    assert entries.merge("k", "l") == ()


def test_notes_of_both_stand_in_the_merged_file(entries: Entries) -> None:
    put(entries, "k.toml", b'note = "one"\n')
    put(entries, "l.toml", b'note = "two"\n')
    entries.merge("k", "l")
    assert entries.known("k").note == "one / two"


def test_a_merge_that_was_killed_before_the_second_record_went_is_finished(entries: Entries) -> None:
    put(entries, "k.toml", b'aliases = ["l"]\n')
    entries.write_claims("l", (CLAIM,))
    assert entries.merge("k", "l") == ()
    assert not (entries.folder / "claims" / "l.json").exists()
    assert entries.load().problems == ()


def test_two_papers_are_merged_on_a_person_s_word_alone(entries: Entries) -> None:
    put(entries, "k.toml", b'ids = { arxiv = "2310.15080" }\n[pin]\ntitle = "A"\n')
    put(entries, "l.toml", b'ids = { arxiv = "2310.15081" }\n[pin]\ntitle = "B"\n')
    with pytest.raises(BadFile) as caught:
        entries.merge("k", "l")
    assert caught.value.message == "ids.arxiv: 2310.15080, and 2310.15081 in l"
    assert caught.value.where == "k and l"
    assert "--anyway" in caught.value.hint
    assert [record.key for record in entries.load().records] == ["k", "l"]
    assert entries.merge("k", "l", anyway=True) == (
        "ids.arxiv: 2310.15080, and 2310.15081 in l",
        "pin.title: A, and B in l",
    )
    (record,) = entries.load().records
    assert (record.ids, record.pin.title) == ((ARXIV,), "A")


def test_what_cannot_be_merged_is_said(entries: Entries) -> None:
    put(entries, "k.toml")
    with pytest.raises(BadFile) as caught:
        entries.merge("k", "k")
    assert (caught.value.message, caught.value.where) == ("is one record; give two", "k")
    with pytest.raises(BadFile, match="no record has this key"):
        entries.merge("k", "zzz")
    with pytest.raises(BadFile, match="no record has this key"):
        entries.merge("zzz", "k")
    assert [record.key for record in entries.load().records] == ["k"]


def test_why_a_key_cannot_be_taken_is_said(entries: Entries) -> None:
    put(entries, "old.toml")
    put(entries, "other.toml", b'aliases = ["alias"]\n')
    for new, message in (
        ("../x", "'../x' cannot be a citation key"),
        ("OLD", "'OLD' differs from 'old' only in the case of letters"),
        ("Other", "'Other' is the key or an alias of other"),
        ("alias", "'alias' is the key or an alias of other"),
    ):
        with pytest.raises(BadFile) as caught:
            entries.rename("old", new)
        assert caught.value.message == message
    with pytest.raises(BadFile) as caught:
        entries.rename("old", "a b")
    assert caught.value.hint == "use up to 100 letters, digits, '-' and '_'"


def test_an_earlier_key_can_be_taken_again(entries: Entries) -> None:
    put(entries, "old.toml", b'aliases = ["older", "oldest"]\n')
    entries.rename("old", "older")
    (record,) = entries.load().records
    assert (record.key, record.aliases) == ("older", ("oldest", "old"))


def test_claims_that_a_killed_run_left_under_the_new_key_are_not_the_record_s(entries: Entries) -> None:
    put(entries, "old.toml")
    entries.write_claims("new", (CLAIM,))
    entries.rename("old", "new")
    (record,) = entries.load().records
    assert (record.key, record.claims) == ("new", ())


def test_a_record_that_cannot_be_read_is_not_renamed(entries: Entries) -> None:
    put(entries, "old.toml", b"a = \n")
    with pytest.raises(BadFile) as caught:
        entries.rename("old", "new")
    assert caught.value.message.startswith("is not TOML")
    assert (caught.value.where, caught.value.line) == (str(entries.folder / "old.toml"), 1)


# Looking up -----------------------------------------------------------------------------------------------------------


def test_records_are_found_by_key_and_alias_each_once(entries: Entries) -> None:
    put(entries, "one.toml", b'aliases = ["eins"]\n')
    put(entries, "two.toml")
    loaded = entries.load()
    assert [record.key for record in loaded.named(["two", "eins", "two"])] == ["two", "one"]
    with pytest.raises(BadFile) as caught:
        loaded.named(["two", "onee"])
    assert (caught.value.message, caught.value.where) == ("no record has this key, did you mean one?", "onee")
    assert caught.value.hint == "`fedbib list` prints the keys"
    with pytest.raises(BadFile) as caught:
        loaded.named(["zzzzz"])
    assert caught.value.message == "no record has this key"


def test_a_key_that_nothing_has_comes_with_the_nearest(entries: Entries) -> None:
    put(entries, "borzunov2023petals.toml")
    put(entries, "notes.txt")
    put(entries, "bad.toml", b"a = \n")
    with pytest.raises(BadFile) as caught:
        entries.known("borzunov2023petal")
    assert caught.value.message == "no record has this key, did you mean borzunov2023petals?"
    assert caught.value.where == "borzunov2023petal"
    with pytest.raises(BadFile) as caught:
        entries.known("notes")
    assert caught.value.message == "no record has this key"
    with pytest.raises(BadFile) as caught:
        entries.known("bad")
    assert (caught.value.where, caught.value.line) == ("entries/bad.toml", 1)
    with pytest.raises(BadFile, match="cannot be a citation key"):
        entries.known("../x")


def test_problems_of_the_folder_are_told_whole(entries: Entries) -> None:
    put(entries, "a b.toml")
    put(entries, "Key.toml")
    put(entries, "key.toml")
    put(entries, "notes.txt", b"x")
    put(entries, "claims/notes.txt", b"x")
    entries.write_claims("gone", ())
    assert entries.load().problems == (
        Problem(
            "R04",
            Severity.ERROR,
            "'a b' cannot be a citation key",
            "entries/a b.toml",
            hint="rename it: use up to 100 letters, digits, '-' and '_', beginning with a letter or digit",
        ),
        Problem(
            "R04",
            Severity.ERROR,
            "the key differs from entries/Key.toml only in the case of letters",
            "entries/key.toml",
            key="key",
            hint="rename one of them",
        ),
        Problem(
            "R08",
            Severity.WARNING,
            "has no record",
            "entries/claims/gone.json",
            key="gone",
            hint="restore entries/gone.toml or delete this file",
        ),
    )


def test_a_folder_that_cannot_be_read_is_a_problem_and_one_that_is_not_there_is_empty(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (problem,) = Entries(tmp_path / "file", "papers").load().problems
    assert (problem.code, problem.message, problem.path) == ("R01", "not a directory", "papers")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "claims").write_text("")
    (problem,) = Entries(tmp_path / "folder", "papers").load().problems
    assert problem.path == "papers/claims"
    assert Entries(tmp_path / "nothing").load().records == ()


def test_what_was_decided_is_proposed_no_more_though_the_file_still_says_so(entries: Entries) -> None:
    put(entries, "k.toml", f'rejected = ["{DOI}"]\nids = {{ acl = "{ACL.value}" }}\n'.encode())
    entries.write_claims("k", (), (PROPOSAL, OTHER))
    assert entries.known("k").proposals == ()


def test_claims_are_written_beside_the_proposals_that_are_there(entries: Entries) -> None:
    put(entries, "k.toml")
    entries.write_claims("k", (), (PROPOSAL,))
    entries.write_claims("k", (CLAIM,))
    record = entries.known("k")
    assert (record.claims, record.proposals) == ((CLAIM,), (PROPOSAL,))
    entries.write_claims("k", (CLAIM,), ())
    assert entries.known("k").proposals == ()


def test_new_records_and_the_claims_of_known_ones_are_written_together(entries: Entries) -> None:
    put(entries, "known.toml")
    put(entries, "claims/bare.json", b"left by a run that was killed")
    new = [(Record("one", claims=(CLAIM,)), "One"), (Record("bare"), ""), (Record("known"), "")]
    with pytest.raises(BadFile) as caught:
        entries.take(new)
    assert (caught.value.message, caught.value.where) == ("exists already", str(entries.folder / "known.toml"))
    assert [record.key for record in entries.load().records] == ["bare", "known", "one"]
    assert entries.load().problems == ()
    entries.take([], [Record("known", claims=(CLAIM,))])
    assert entries.known("known").claims == (CLAIM,)
