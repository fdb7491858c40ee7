"""How findings are written as data, in claims and proposals: `{"code": "year", "year": 2024, "preprint": 2023}`.

A grade is written where it is not "pass"; the facts of each code are those of `fedbib.model.finding.FACTS`.
"""

from __future__ import annotations

from fedbib.errors import BadValue
from fedbib.model.finding import FACTS, Code, Fact, Finding, Grade
from fedbib.records.members import Members, text, word


def load(item: Members) -> Finding:
    """The finding in an object; raises BadValue."""
    code = word(Code, item, "code")
    grade = word(Grade, item, "grade") if "grade" in item else Grade.PASS
    facts = FACTS[code]
    if item.keys() - {"code", "grade"} != facts.keys():
        raise BadValue(f"the facts of {code.value!r} are: {', '.join(facts) or 'none'}", where="code")
    return Finding.of(code, grade, **{name: _fact(item, name, kind) for name, kind in facts.items()})


def _fact(item: Members, name: str, kind: type[Fact]) -> Fact:
    value = item[name]
    if kind is str:
        return text(item, name)
    if kind is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if kind is float and isinstance(value, int | float) and 0 <= value <= 1:
        return float(value)
    raise BadValue("must be a whole number" if kind is int else "must be a number from 0 to 1", where=name)


def dump(finding: Finding) -> dict[str, Fact]:
    """The finding as an object; `load` of it gives it back."""
    grade = {} if finding.grade is Grade.PASS else {"grade": finding.grade.value}
    return {"code": finding.code.value, **grade, **dict(finding.facts)}
