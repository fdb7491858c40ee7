from __future__ import annotations

import pytest

from fedbib.checks import capitals
from fedbib.model.name import OTHERS, Name
from fedbib.model.work import Work


@pytest.mark.parametrize(
    ("name", "case"),
    [
        (Name(unsplit="YANG CAO"), "all in capitals"),
        (Name(family="CAO", given="YANG"), "all in capitals"),
        (Name(unsplit="minghao zhu"), "all in lower case"),
    ],
)
def test_a_name_without_a_difference_of_case_is_told(name: Name, case: str) -> None:
    (problem,) = capitals.check([Work(key="k", author=(Name("Doe", "Jo"), name))], lambda key: f"entries/{key}.toml")
    assert (problem.code, problem.field, case in problem.message) == ("W15", "author", True)


@pytest.mark.parametrize(
    "name",
    [
        Name(unsplit="ZHANG Wei"),
        Name(family="Zhu", given="Minghao"),
        Name(family="LI", given="J."),
        Name(literal="NVIDIA TEAM"),
        Name(family="NVIDIA"),
        Name(unsplit="王 伟"),
        OTHERS,
    ],
    ids=lambda name: name.display,
)
def test_other_names_are_left_alone(name: Name) -> None:
    assert not list(capitals.check([Work(key="k", author=(name,))], str))
