"""W07: venues of works that the register does not have; they stand in the outputs as their sources write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from fedbib.model.problem import Problem, Severity
from fedbib.model.work import Status, Work
from fedbib.words.venues import Register

_HINT = "nothing to do if it is written well; venues and spellings of your own go under [venues] in the settings"


def check(works: Sequence[Work], paths: Callable[[str], str], register: Register) -> Iterator[Problem]:
    """One finding per venue, at the first work that has it."""
    for name, keys in unknown(works, register).items():
        others = f", nor for {len(keys) - 1} more" if len(keys) > 1 else ""
        message = f'"{name}" is no venue of the register{others}'
        field = "container-title"
        yield Problem("W07", Severity.NOTE, message, paths(keys[0]), key=keys[0], field=field, hint=_HINT)


def unknown(works: Sequence[Work], register: Register) -> Mapping[str, Sequence[str]]:
    """The venues of published works that the register does not have, each with the keys of its works."""
    found: dict[str, list[str]] = {}
    for work in works:
        name = work.container_title or work.container_title_short
        if name and work.status is Status.PUBLISHED and not _known(work, register):
            found.setdefault(name, []).append(work.key)
    return found


def _known(work: Work, register: Register) -> bool:
    return bool(register.find(work.container_title, work.acl) or register.find(work.container_title_short))
