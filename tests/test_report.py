from __future__ import annotations

import json

import pytest

from fedbib.model.problem import Problem, Severity
from fedbib.report import FORMATS, inert, summary

PROBLEM = Problem("R02", Severity.ERROR, "unknown field `tilte`", "entries/a.toml", 2, "a", "tilte", "known: title")


def test_text() -> None:
    assert FORMATS["text"]([PROBLEM]) == "entries/a.toml:2: R02 error: unknown field `tilte`\n  hint: known: title\n"


def test_the_same_words_about_one_file_stand_once_with_every_line() -> None:
    def missing(path: str, line: int | None, name: str = "book") -> Problem:
        return Problem("B02", Severity.WARNING, f"inherits from {name}", path, line, f"key{line}", hint="export all")

    told = FORMATS["text"](
        [
            missing("a.bib", 3),
            missing("a.bib", 9, "other"),
            missing("a.bib", 12),
            missing("a.bib", 40),
            missing("b.bib", 3),
        ]
    )

    assert told == (
        "a.bib:3: B02 warning: inherits from book\n  also at lines 12, 40\n  hint: export all\n"
        "a.bib:9: B02 warning: inherits from other\n  hint: export all\n"
        "b.bib:3: B02 warning: inherits from book\n  hint: export all\n"
    )


def test_a_problem_without_a_line_has_only_its_file() -> None:
    assert (
        FORMATS["text"]([Problem("R01", Severity.ERROR, "is empty", "a.toml")] * 2) == "a.toml: R01 error: is empty\n"
    )


def test_json_holds_every_field() -> None:
    assert json.loads(FORMATS["json"]([PROBLEM]))[0] == {
        "code": "R02",
        "severity": "error",
        "message": "unknown field `tilte`",
        "path": "entries/a.toml",
        "line": 2,
        "key": "a",
        "field": "tilte",
        "hint": "known: title",
    }


def test_github() -> None:
    wanted = "::error file=entries/a.toml,line=2,title=R02::unknown field `tilte`%0Aknown: title\n"
    assert FORMATS["github"]([PROBLEM]) == wanted


HOSTILE = "x\x1b[31m\r\n::error::owned\x07\u202e"


@pytest.mark.parametrize("name", FORMATS)
def test_a_message_stays_one_line(name: str) -> None:
    text = FORMATS[name]([Problem("R01", Severity.ERROR, HOSTILE, f"entries/{HOSTILE}.toml", 1)])
    assert not {"\x1b", "\r", "\x07", "\u202e"} & set(text)
    if name != "json":
        assert text.count("\n") == 1
    assert not any(line.startswith("::error::owned") for line in text.split("\n"))


def test_a_line_is_no_workflow_command() -> None:
    assert inert("::set-output name=x::y").startswith(" ")
    assert inert("  ::warning::y").startswith("   ")
    assert inert("\x1b]0;title\x07") == "\\x1b]0;title\\x07"


def test_summary() -> None:
    assert summary([]) == "nothing to fix"
    assert summary([PROBLEM, PROBLEM, Problem("W01", Severity.WARNING, "x")]) == "2 errors, 1 warning"
