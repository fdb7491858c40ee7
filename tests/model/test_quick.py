"""What is made quickly is what `dataclass` alone would have made."""

from __future__ import annotations

import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, replace
from typing import Any

import pytest

from fedbib.model.quick import quick


@dataclass(frozen=True, slots=True)
class Slow:
    first: str
    second: tuple[int, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    first: str
    second: tuple[int, ...] = ()


def test_it_takes_what_the_other_takes() -> None:
    assert Quick("a", (1,)) == Quick(second=(1,), first="a")
    assert Quick("a").second == ()
    assert inspect.signature(Quick) == inspect.signature(Slow)


@pytest.mark.parametrize("values", [{}, {"first": "a", "third": 1}])
def test_it_refuses_what_the_other_refuses(values: dict[str, Any]) -> None:
    for kind in (Slow, Quick):
        with pytest.raises(TypeError):
            kind(**values)


def test_it_is_frozen_and_a_value() -> None:
    made = Quick("a")
    with pytest.raises(FrozenInstanceError):
        made.first = "b"  # type: ignore[misc]
    assert type(made) is Quick
    assert hash(made) == hash(Quick("a"))
    assert replace(made, second=(2,)) == Quick("a", (2,))
    assert pickle.loads(pickle.dumps(made)) == made
