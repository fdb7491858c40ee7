from __future__ import annotations

from fedbib.checks import check, waiting
from fedbib.model.problem import Severity
from fedbib.model.record import Record
from fedbib.settle import settle
from tests.rules import RULES


def path(key: str) -> str:
    return f"entries/{key}.toml"


def test_the_records_that_wait_are_counted() -> None:
    records = (Record("a"), Record("b", waiting="no authors"), Record("c", waiting="no id"))
    (problem,) = waiting.check(records, path)
    assert (problem.code, problem.severity, problem.path) == ("W08", Severity.NOTE, "entries/b.toml")
    assert problem.message == "2 records wait for review"
    (one,) = waiting.check(records[:2], path)
    assert one.message == "one record waits for review"
    assert list(waiting.check(records[:1], path)) == []


def test_what_a_waiting_record_lacks_is_no_finding() -> None:
    shown, held = Record("a"), Record("b", waiting="nobody is named")
    problems = check((shown, held), [settle(record, RULES) for record in (shown, held)], path, RULES)
    assert {problem.key for problem in problems if problem.code == "W01"} == {"a"}
