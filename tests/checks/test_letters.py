from __future__ import annotations

from fedbib.checks import letters
from fedbib.model.name import Name
from fedbib.model.problem import Severity
from fedbib.model.work import Work


def test_letters_that_plain_latex_lacks_are_named() -> None:
    work = Work(key="k", title="On 王", author=(Name("Phở", "Müller"),))
    (problem,) = letters.check((work,), lambda key: f"entries/{key}.toml")
    assert (problem.code, problem.severity, problem.path) == ("W12", Severity.NOTE, "entries/k.toml")
    assert problem.message == "plain LaTeX cannot print 王 (Wang), ở (o)"


def test_leaves_alone() -> None:
    assert list(letters.check((Work(title="α-fair “naïve”", author=(Name("Nguyễn", "Tiến"),)),), str)) == []
