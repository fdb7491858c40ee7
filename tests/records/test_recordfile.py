from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import Link, Work
from fedbib.records.filing import is_key
from fedbib.records.recordfile import (
    FIELDS,
    MOST_PROBLEMS,
    parse,
    places,
    render,
    with_id,
    with_rejected,
    without_waiting,
)

FILE = """\
# Petals: Collaborative Inference and Fine-tuning of Large Models
ids = { arxiv = "arXiv:2209.01188v2", acl = "2023.acl-demo.54" }
topics = ["framework"]
datasets = ["Synthetic"]
models = ["BLOOM-176B"]

[links]
code = "https://github.com/bigscience-workshop/petals"

[pin]
title = "Petals"
author = ["Borzunov, Alexander", "{BigScience Workshop}", "Strauss, Jr., Franz"]
"""


def test_a_file_of_people() -> None:
    record, problems = parse(FILE, "borzunov2023petals", "entries/borzunov2023petals.toml")
    assert problems == ()
    assert record == Record(
        key="borzunov2023petals",
        ids=(Identifier(Scheme.ACL, "2023.acl-demo.54"), Identifier(Scheme.ARXIV, "2209.01188")),
        topics=("framework",),
        datasets=("Synthetic",),
        models=("BLOOM-176B",),
        links=(Link("code", "https://github.com/bigscience-workshop/petals"),),
        pin=Work(
            title="Petals",
            author=(
                Name(family="Borzunov", given="Alexander"),
                Name(literal="BigScience Workshop"),
                Name(family="Strauss", given="Franz", suffix="Jr."),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        pytest.param('topics = ["a"]\ntilte = "x"\n', "R02", 2, "unknown field `tilte`", id="unknown-field"),
        pytest.param('[pin]\ntilte = "x"\n', "R02", 2, "did you mean `title`?", id="typo-in-pin"),
        pytest.param('topcis = ["a"]\n', "R02", 1, "did you mean `topics`?", id="typo"),
        pytest.param("[pin]\nissued = true\n", "R03", 2, "issued: must be a text, not true or false", id="bool"),
        pytest.param("[pin]\nissued = 2023\n", "R03", 2, "not a number", id="number"),
        pytest.param("[pin]\nissued = 2023-07-01\n", "R03", 2, "not a date or time", id="date"),
        pytest.param("[pin]\ntitle = nan\n", "R03", 2, "not a number", id="nan"),
        pytest.param("topics = 3\n", "R03", 1, "must be a list", id="not-a-list"),
        pytest.param('topics = ["a", 1]\n', "R03", 1, "must be a text", id="number-in-list"),
        pytest.param("a = " + "[" * 5000 + "]" * 5000, "R01", 1, "nested too deeply", id="deep"),
        pytest.param("a = " + "9" * 5000 + "\n", "R01", 1, "number", id="giant-integer"),
        pytest.param("a = 1\na = 2\n", "R01", 2, "is not TOML", id="twice"),
        pytest.param('a = "\x00"\n', "R01", 1, "is not TOML", id="nul"),
        pytest.param('topics = ["a\u202eb"]\n', "R05", 1, "U+202E RIGHT-TO-LEFT OVERRIDE", id="bidi"),
        pytest.param('topics = ["a\u200bb"]\n', "R05", 1, "U+200B ZERO WIDTH SPACE", id="zero-width"),
        pytest.param('[links]\ncode = "javascript:alert(1)"\n', "R06", 2, "'javascript'", id="javascript"),
        pytest.param('[links]\ncode = "data:text/html,x"\n', "R06", 2, "'data'", id="data"),
        pytest.param('[links]\ncode = "file:///etc/passwd"\n', "R06", 2, "'file'", id="file"),
        pytest.param('[links]\ncode = "https://u:p@github.com/x"\n', "R06", 2, "password", id="password"),
        pytest.param('[links]\ncode = "https://g\u0456thub.com/x"\n', "R06", 2, "no host", id="look-alike"),
        pytest.param('[links]\ncode = "https://x.org/a b"\n', "R06", 2, "U+0020", id="space"),
        pytest.param('aliases = ["../../x"]\n', "R04", 1, "cannot be a citation key", id="alias"),
        pytest.param('ids = { doi = "20.1234/x" }\n', "I01", 1, "20.1234/x", id="junk"),
        pytest.param('ids = { dio = "10.1145/1" }\n', "R02", 1, "did you mean `doi`?", id="scheme"),
        pytest.param("<<<<<<< ours\na = 1\n=======\n", "R07", 1, "unresolved merge conflict", id="conflict"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, code: str, line: int, words: str) -> None:
    _, problems = parse(text, "key", "entries/key.toml")
    first = problems[0]
    assert (first.code, first.line, first.path) == (code, line, "entries/key.toml")
    assert words in first.message


def test_one_bad_value_does_not_take_the_others_along() -> None:
    record, problems = parse(
        'topics = [1]\nmodels = ["GPT-2"]\n[links]\ncode = "ftp://x.org"\nvideo = "https://x.org/"\n', "k", "p"
    )
    assert [problem.code for problem in problems] == ["R03", "R06"]
    assert record == Record("k", models=("GPT-2",), links=(Link("video", "https://x.org/"),))


@pytest.mark.parametrize(
    "key",
    [
        "../../x",
        "/etc/x",
        "C:\\x",
        "CON",
        "con",
        "LPT1",
        "-rf",
        ".git",
        "x.",
        "x" * 300,
        "",
        "a b",
        "müller2023",
        "a/b",
        "a\n",
    ],
    ids=lambda key: repr(key[:10]),
)
def test_what_cannot_be_a_key(key: str) -> None:
    assert not is_key(key)


texts = st.text(min_size=1, max_size=30).map(lambda text: text.strip()).filter(bool)


@given(st.lists(texts, max_size=3), texts)
def test_a_new_file_reads_back(values: list[str], title: str) -> None:
    from fedbib.text.plain import clean

    cleaned = tuple(filter(None, map(clean, values)))
    record = Record(
        "k", topics=cleaned, note=clean(title), waiting=clean(title), links=(Link("code", "https://x.org/%22"),)
    )
    assert parse(render(record, clean(title)), "k", "p") == (record, ())


DOI = Identifier(Scheme.DOI, "10.1145/3637528.3671865")
FORUM = Identifier(Scheme.OPENREVIEW, "cit0hg4sEz")


def test_what_people_rejected() -> None:
    record, problems = parse(f'rejected = ["{FORUM}", "https://doi.org/{DOI.value}", "{DOI}"]\n', "k", "p")
    assert (record, problems) == (Record("k", rejected=(FORUM, DOI)), ())
    assert parse(render(Record("k", rejected=(FORUM, DOI))), "k", "p") == (Record("k", rejected=(FORUM, DOI)), ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param('rejected = ["nonsense"]\n', "I01", id="junk"),
        pytest.param('rejected = "doi:10.1145/1"\n', "R03", id="not-a-list"),
        pytest.param("rejected = [1]\n", "R03", id="number"),
        pytest.param('rejcted = ["doi:10.1145/1"]\n', "R02", id="typo"),
    ],
)
def test_what_cannot_be_rejected(text: str, code: str) -> None:
    record, problems = parse(text, "k", "p")
    assert (record, [problem.code for problem in problems]) == (Record("k"), [code])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            '# a\nids = { arxiv = "2209.01188" } # b\ntopics = []\n\n[pin]\ntitle = "x"\n',
            '# a\nids = { arxiv = "2209.01188", doi = "10.1145/3637528.3671865" } # b\ntopics = []\n\n[pin]\ntitle = "x"\n',
            id="on-one-line",
        ),
        pytest.param(
            'topics = ["a"]\n\n[ids]\narxiv = "2209.01188" # b\n\n[links]\ncode = "https://x.org/"\n',
            'topics = ["a"]\n\n[ids]\narxiv = "2209.01188" # b\ndoi = "10.1145/3637528.3671865"\n\n[links]\ncode = "https://x.org/"\n',
            id="table",
        ),
        pytest.param(
            'ids.arxiv = "2209.01188"\ntopics = ["a"]\n',
            'ids.arxiv = "2209.01188"\nids.doi = "10.1145/3637528.3671865"\ntopics = ["a"]\n',
            id="dotted",
        ),
        pytest.param(
            '# a\n[pin]\ntitle = "x"\n',
            '# a\nids = { doi = "10.1145/3637528.3671865" }\n\n[pin]\ntitle = "x"\n',
            id="no-ids",
        ),
    ],
)
def test_an_id_is_added_and_the_layout_stays(before: str, after: str) -> None:
    assert with_id(before, DOI) == after
    record, problems = parse(after, "k", "p")
    assert problems == ()
    assert record is not None
    assert DOI in record.ids


def test_a_rejection_is_added_and_the_layout_stays() -> None:
    text = '# a\ntopics = ["a"] # b\n\n[links]\ncode = "https://x.org/"\n'
    once = with_rejected(text, DOI)
    assert once == text.replace("# b\n", f'# b\nrejected = ["{DOI}"]\n')
    assert with_rejected(once, FORUM) == once.replace(f'"{DOI}"', f'"{DOI}", "{FORUM}"')


def test_the_day_a_paper_came_in() -> None:
    record, problems = parse("added = 2026-01-31\n", "k", "k.toml")
    assert record is not None
    assert (record.added, problems) == (date(2026, 1, 31), ())
    assert parse(render(record), "k", "k.toml")[0] == record
    for wrong in ('"2026-01-31"', "2026-01-31T10:00:00", "2026"):
        (problem,) = parse(f"added = {wrong}\n", "k", "k.toml")[1]
        assert (problem.code, problem.line) == ("R03", 1)
        assert "added = 2026-01-31" in problem.hint


def test_of_many_problems_a_hundred_are_told_and_the_rest_is_not_looked_at() -> None:
    record, problems = parse("".join(f"word{number} = 1\n" for number in range(5000)), "k", "entries/k.toml")
    assert record is None
    assert len(problems) == MOST_PROBLEMS + 1
    assert f"more than {MOST_PROBLEMS} problems" in problems[-1].message
    assert problems[41].line == 42


KNOWN = "known: " + ", ".join(FIELDS)


@pytest.mark.parametrize(
    ("text", "code", "line", "message", "field", "hint"),
    [
        ("zzzzz = 1\n", "R02", 1, "unknown field `zzzzz`", "zzzzz", KNOWN),
        ("topcis = []\n", "R02", 1, "unknown field `topcis`, did you mean `topics`?", "topcis", KNOWN),
        ('title = "x"\n', "R02", 1, "unknown field `title`", "title", "bibliographic fields go under [pin]: title"),
        ("note = 1\n", "R03", 1, "must be a text, not a number", "note", "put it in quotes"),
        ("note = 1.5\n", "R03", 1, "must be a text, not a number", "note", "put it in quotes"),
        ("waiting = true\n", "R03", 1, "must be a text, not true or false", "waiting", "put it in quotes"),
        ("\nnote = []\n", "R03", 2, "must be a text, not a list", "note", "put it in quotes"),
        ("note = {}\n", "R03", 1, "must be a text, not a table", "note", "put it in quotes"),
        ("note = 2026-01-31\n", "R03", 1, "must be a text, not a date or time", "note", "put it in quotes"),
        (
            'note = "a\u200bb\u202ec"\n',
            *("R05", 1, "contains invisible characters: U+200B ZERO WIDTH SPACE, U+202E RIGHT-TO-LEFT OVERRIDE"),
            *("note", "delete them"),
        ),
        ('topics = "a"\n', "R03", 1, "must be a list of texts, not a text", "topics", 'write topics = ["..."]'),
        ("pin = 1\n", "R03", 1, "must be a table, not a number", "pin", ""),
        ('links = "x"\n', "R03", 1, "must be a table, not a text", "links", ""),
        ('ids = {zzz = "1"}\n', "R02", 1, "unknown identifier `zzz`", "ids.zzz", "known: "),
        ('ids = {dio = "1"}\n', "R02", 1, "unknown identifier `dio`, did you mean `doi`?", "ids.dio", "known: "),
        (
            '[links]\n"C!" = "https://x.org/"\n',
            *(
                "R02",
                2,
                "`C!` cannot be the label of a link",
                "links.C!",
                "use lower-case letters, digits, '-' and '_'",
            ),
        ),
        ('aliases = ["a b"]\n', "R04", 1, "'a b' cannot be a citation key", "aliases", ""),
        (
            "added = 1\n",
            *("R03", 1, "must be a date, not a number", "added", "write added = 2026-01-31, no quotes"),
        ),
        ("[pin]\nzzzzz = 1\n", "R02", 2, "unknown field `zzzzz`", "pin.zzzzz", ""),
        ('[pin]\ntpye = "x"\n', "R02", 2, "unknown field `tpye`, did you mean `type`?", "pin.tpye", ""),
        (
            '[pin]\nauthor = "x"\n',
            "R03",
            2,
            "must be a list of texts, not a text",
            "pin.author",
            'write author = ["..."]',
        ),
        ("[pin]\nvolume = 3\n", "R03", 2, "volume: must be a text, not a number", "pin.volume", "put it in quotes"),
        (
            "a = 1\n<<<<<<< ours\n",
            *("R07", 2, "unresolved merge conflict", "", "keep one side and delete the markers"),
        ),
        ("a = 1\n>>>>>>> theirs\n", "R07", 2, "unresolved merge conflict", "", "keep one side and delete the markers"),
        ("a = 1\n=======\n", "R07", 2, "unresolved merge conflict", "", "keep one side and delete the markers"),
        ("a = " + "[" * 21 + "]" * 21, "R01", 1, "is nested too deeply", "", ""),
        ("a = 1\n\nb\n", "R01", 3, "is not TOML: ", "", ""),
        ("a = 1\nb = [", "R01", 2, "is not TOML: ", "", ""),
        ("a = " + "9" * 5000, "R01", 1, "is not TOML: a number is too long", "", ""),
    ],
)
def test_each_problem_is_told_whole(text: str, code: str, line: int, message: str, field: str, hint: str) -> None:
    _, (problem, *others) = parse(text, "k", "entries/k.toml")
    assert others == []
    shown = (problem.message, problem.hint)
    if message.endswith(": "):
        assert shown[0].startswith(message)
        assert "line" not in shown[0]
    else:
        assert shown[0] == message
    assert shown[1].startswith(hint) if hint == "known: " else shown[1] == hint
    assert (problem.code, problem.severity, problem.path, problem.line) == (
        code,
        Severity.ERROR,
        "entries/k.toml",
        line,
    )
    assert (problem.key, problem.field) == ("k", field)


def test_brackets_within_texts_and_one_after_another_are_not_nested() -> None:
    many = ", ".join(['"["'] * 50)
    assert parse(f"topics = [{many}]\n", "k", "p") == (Record("k", topics=("[",) * 50), ())
    nested = "a = " + "[" * 20 + "]" * 20
    assert [problem.code for problem in parse(nested, "k", "p")[1]] == ["R02"]
    beside = nested + "\nb = []\n"
    assert [problem.code for problem in parse(beside, "k", "p")[1]] == ["R02", "R02"]
    apart = "".join(f"a{number} = [[]]\n" for number in range(15))
    assert {problem.code for problem in parse(apart, "k", "p")[1]} == {"R02"}


def test_what_is_too_much_is_the_last_that_is_told() -> None:
    lines = MOST_PROBLEMS * "x{} = 1\n"
    text = "".join(f"x{number} = 1\n" for number in range(MOST_PROBLEMS - 1))
    record, problems = parse(text, "k", "p")
    assert record == Record("k")
    assert len(problems) == MOST_PROBLEMS - 1 == lines.count("\n") - 1
    record, problems = parse(text + "y = 1\n", "k", "p")
    assert record is None
    assert problems[-1] == Problem(
        "R01", Severity.ERROR, "has more than 100 problems; the others are not shown", "p", 100, "k"
    )


def test_where_each_value_stands() -> None:
    text = (
        'ids.arxiv = "1"\n ids . doi = "2"\n"note" = "a = b"\n\n[pin]\ntitle = "x"\ntitle = "y"\n'
        '[ "links" ]\n"my code" = "u"\nplain\n[pin]\n'
    )
    assert places(text) == {
        ("ids", "arxiv"): 1,
        ("ids",): 1,
        ("ids", "doi"): 2,
        ("note",): 3,
        ("pin",): 5,
        ("pin", "title"): 6,
        ("links",): 8,
        ("links", "mycode"): 9,
    }


def test_a_new_file_is_written_field_by_field() -> None:
    record = Record(
        "k",
        ids=(Identifier(Scheme.ACL, "2023.acl-demo.54"), Identifier(Scheme.ARXIV, "2209.01188")),
        topics=("a", 'b "c" \\'),
        datasets=("d",),
        models=("m",),
        comment='read "this" first',
        tldr="Does much",
        aliases=("old", "older"),
        rejected=(DOI, FORUM),
        waiting="nobody",
        note="one\x7f",
        added=date(2026, 1, 31),
        links=(Link("code", "https://x.org/"), Link("page 2", "https://x.org/2")),
        pin=Work(
            title="T",
            author=(Name(family="Ho", given="Ann"), Name(literal="A Team")),
            issued=PartialDate(2023, 7),
            page=Pages("1", "9"),
            container_title="C",
        ),
    )
    assert render(record, "Title") == (
        "# Title\n"
        'ids = { acl = "2023.acl-demo.54", arxiv = "2209.01188" }\n'
        'topics = ["a", "b \\"c\\" \\\\"]\n'
        'datasets = ["d"]\n'
        'models = ["m"]\n'
        'aliases = ["old", "older"]\n'
        f'rejected = ["{DOI}", "{FORUM}"]\n'
        'comment = "read \\"this\\" first"\n'
        'tldr = "Does much"\n'
        'waiting = "nobody"\n'
        'note = "one\\u007f"\n'
        "added = 2026-01-31\n"
        "\n[links]\n"
        'code = "https://x.org/"\n'
        '"page 2" = "https://x.org/2"\n'
        "\n[pin]\n"
        'title = "T"\n'
        'author = ["Ho, Ann", "{A Team}"]\n'
        'issued = "2023-07"\n'
        'container-title = "C"\n'
        'page = "1-9"\n'
    )
    assert render(Record("k")) == "\n"


def test_the_reason_to_wait_goes_and_the_rest_stays() -> None:
    text = '# a\nwaiting = "x" # b\nnote  = "c"\n'
    assert without_waiting(text) == '# a\nnote  = "c"\n'
    assert without_waiting('note  = "c"\n') == 'note  = "c"\n'


def test_identifiers_stand_in_the_order_of_their_schemes_each_once() -> None:
    record, problems = parse('[ids]\narxiv = "2209.01188"\nacl = "2023.acl-demo.54"\n', "k", "p")
    assert problems == ()
    assert record is not None
    assert [id.scheme for id in record.ids] == [Scheme.ACL, Scheme.ARXIV]


def test_the_longest_key_has_a_hundred_letters() -> None:
    assert is_key("x" * 100)
    assert not is_key("x" * 101)
    assert is_key("0-_")
    assert not is_key("_x")


def test_what_stands_behind_a_doi_is_told_and_left_out() -> None:
    doi = "10.1145/3637528.3671865"
    record, problems = parse(f'ids = {{ doi = "https://doi.org/{doi}/full" }}\n', "k", "p")
    assert problems == (
        Problem(
            "I04",
            Severity.WARNING,
            f"'/full' is not part of the DOI, which was read as {doi}",
            *("p", 1, "k", "ids.doi", f'write doi = "{doi}"'),
        ),
    )
    assert record == Record("k", ids=(Identifier(Scheme.DOI, doi),))
    assert parse(f'ids = {{ doi = "https://doi.org/{doi}" }}\n', "k", "p")[1] == ()
