from __future__ import annotations

from fedbib.checks import lookalikes
from fedbib.model.name import Name
from fedbib.model.problem import Severity
from fedbib.model.work import Work


def test_a_look_alike_is_noted_once_per_field() -> None:
    work = Work(key="a", title="Fed\u0435rated L\u0435arning", author=(Name("\u041do", "Ann"), Name("Li", "Bo")))
    found = list(lookalikes.check([work, Work(key="b", title="On β-VAE")], "entries/{}.toml".format))
    assert [(problem.code, problem.severity, problem.path, problem.field) for problem in found] == [
        ("W14", Severity.NOTE, "entries/a.toml", "title"),
        ("W14", Severity.NOTE, "entries/a.toml", "author"),
    ]
    assert "U+0435 CYRILLIC SMALL LETTER IE for e" in found[0].message
