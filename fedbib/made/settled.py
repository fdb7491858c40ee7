"""What lists and selections need of one record: its work, as bytes and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fedbib.made import values
from fedbib.model.problem import Problem
from fedbib.model.work import Work


@dataclass(frozen=True, slots=True)
class Settled:
    """A record, read and settled."""

    work: Work | None = None
    """None for a record that cannot be read."""
    waiting: str = ""
    """What a record waits for that is in no output; "" for one that is."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with its files."""


def dump(settled: Settled) -> bytes:
    """As bytes; `load` gives them back."""
    work = values.of_work(settled.work) if settled.work else None
    return values.encoded([work, settled.waiting, list(map(values.of_problem, settled.problems))])


def load(content: bytes) -> Settled:
    return next(load_all([content]))


def load_all(column: Iterable[bytes]) -> Iterator[Settled]:
    for work, waiting, problems in values.all_decoded(column):
        found = values.to_work(work) if work is not None else None
        yield Settled(found, waiting, tuple(map(values.to_problem, problems)))
