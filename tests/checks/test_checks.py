from __future__ import annotations

import re
from pathlib import Path

from fedbib.checks import CODES, check
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.settle import settle
from tests.rules import RULES

ROOT = Path(__file__).parents[2]


def path(key: str) -> str:
    return f"entries/{key}.toml"


def found(*records: Record) -> list[Problem]:
    return list(check(records, [settle(record, RULES) for record in records], path, RULES))


def test_every_code_is_explained_and_used() -> None:
    used: set[str] = set()
    for module in (ROOT / "fedbib").rglob("*.py"):
        if module.parent.name != "checks" or module.name != "__init__.py":
            used |= set(re.findall(r'"([BCILNOPRSW](?:0\d|1[01]))"', module.read_text("utf-8")))
    assert used <= CODES.keys()
    assert list(CODES) == sorted(CODES)


def test_findings_are_sorted_by_place_and_say_what_to_do() -> None:
    problems = found(Record("b"), Record("a"))
    assert [problem.path for problem in problems] == sorted(problem.path for problem in problems)
    assert {problem.key for problem in problems} == {"a", "b"}
    assert all(problem.code in CODES and problem.hint and problem.field for problem in problems)


def test_nothing_is_found_where_nothing_is() -> None:
    assert found() == []
    assert check((), (Work(key="k", title="T", URL="https://a.example/"),), path, RULES)[0].severity is Severity.WARNING
