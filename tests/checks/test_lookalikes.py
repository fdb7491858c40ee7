from __future__ import annotations

import pytest

from fedbib.checks import lookalikes
from fedbib.model.name import Name
from fedbib.model.problem import Severity
from fedbib.model.work import Link, Work


def test_a_look_alike_is_noted_once_per_field() -> None:
    work = Work(key="a", title="Fed\u0435rated L\u0435arning", author=(Name("\u041do", "Ann"), Name("Li", "Bo")))
    found = list(lookalikes.check([work, Work(key="b", title="On β-VAE")], "entries/{}.toml".format))
    assert [(problem.code, problem.severity, problem.path, problem.field) for problem in found] == [
        ("W14", Severity.NOTE, "entries/a.toml", "title"),
        ("W14", Severity.NOTE, "entries/a.toml", "author"),
    ]
    assert "U+0435 CYRILLIC SMALL LETTER IE for e" in found[0].message


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://g\u0456thub.com/a/b", id="one letter"),
        pytest.param("https://xn--gthub-n2e.com/a/b", id="as it is sent"),
        pytest.param("https://WWW.XN--GTHUB-N2E.com:8080", id="capitals and a port"),
        pytest.param("https://\u0430\u0440\u0440\u04cf\u0435.com", id="a whole label"),
        pytest.param("https://g\u0456thub." + "a" * 64 + ".com/x", id="no host that could be sent"),
    ],
)
def test_a_host_that_looks_like_another_is_noted(url: str) -> None:
    work = Work(key="a", URL="https://github.com/a/b", links=(Link("code", url),))
    (problem,) = lookalikes.check([work], "entries/{}.toml".format)
    assert (problem.code, problem.severity, problem.field) == ("W14", Severity.NOTE, "code")
    assert "the host of code is written with" in problem.message
    assert "CYRILLIC" in problem.message
    (problem,) = lookalikes.check([Work(key="a", URL=url)], "entries/{}.toml".format)
    assert problem.field == "URL"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/g\u0456thub",
        "https://b\u00fccher.example/",
        "https://xn--bcher-kva.example/",
        "https://\u0440\u043e\u0441\u0441\u0438\u044f.\u0440\u0444/",
        "https://xn--a.example/",
        "https://[xn--/",
    ],
)
def test_a_host_in_the_letters_of_one_language_is_none(url: str) -> None:
    assert not list(lookalikes.check([Work(key="a", URL=url)], "entries/{}.toml".format))
