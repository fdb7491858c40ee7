"""W07: venues of works that the register does not have; they stand in the outputs as their sources write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.model.problem import Problem, Severity
from fedbib.model.work import Status, Work
from fedbib.words.venues import Register

_HINT = "nothing to do if it is written well; a spelling of a known venue goes into fedbib/data/venues.toml"


def check(works: Sequence[Work], paths: Callable[[str], str], register: Register) -> Iterator[Problem]:
    """One finding per venue, at the first work that has it."""
    unknown: dict[str, list[str]] = {}
    for work in works:
        name = work.container_title or work.container_title_short
        if name and work.status is Status.PUBLISHED and not _known(work, register):
            unknown.setdefault(name, []).append(work.key)
    for name, keys in unknown.items():
        others = f", nor for {len(keys) - 1} more" if len(keys) > 1 else ""
        message = f'"{name}" is no venue of the register{others}'
        field = "container-title"
        yield Problem("W07", Severity.NOTE, message, paths(keys[0]), key=keys[0], field=field, hint=_HINT)


def _known(work: Work, register: Register) -> bool:
    return bool(register.find(work.container_title, work.acl) or register.find(work.container_title_short))
