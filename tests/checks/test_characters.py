from __future__ import annotations

import pytest

from fedbib.checks import characters
from fedbib.model.name import Name
from fedbib.model.work import Link, Work


@pytest.mark.parametrize(
    ("work", "field"),
    [
        pytest.param(Work(title="Saidâ€œ"), "title", id="quotation-mark"),
        pytest.param(Work(author=(Name("MÃ¼ller", "A"),)), "author", id="umlaut"),
        pytest.param(Work(container_title="A\ufffdB"), "container-title", id="replacement-character"),
        pytest.param(Work(datasets=("a", "Ã©tude")), "datasets", id="facet"),
    ],
)
def test_damaged_text_is_named(work: Work, field: str) -> None:
    (problem,) = characters.check((work,), lambda key: f"entries/{key}.toml")
    assert (problem.code, problem.field) == ("W06", field)
    assert "U+" in problem.message


def test_leaves_alone() -> None:
    work = Work(
        title="Über Ãna: naïve 漢字 – “x”", author=(Name("Müller"),), links=(Link("code", "https://a.example/"),)
    )
    assert list(characters.check((work,), str)) == []
