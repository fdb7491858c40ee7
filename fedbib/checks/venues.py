"""W07: venues of works that the register does not have; they stand in the outputs as their sources write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from fedbib.model.problem import Problem, Severity
from fedbib.model.work import Status, Work
from fedbib.words.venues import Register

_HINT = "if it is written well, do nothing; otherwise add the venue, or the spelling, under [venues] in the settings"


def check(works: Sequence[Work], paths: Callable[[str], str], register: Register) -> Iterator[Problem]:
    """One finding per venue, at the first work that has it."""
    return together([(work.key, missing(work, register)) for work in works], paths)


def missing(work: Work, register: Register) -> str:
    """The venue of a work if it is published and the register does not have it, else ""."""
    name = work.container_title or work.container_title_short
    return name if name and work.status is Status.PUBLISHED and not _known(work, register) else ""


def unknown(works: Sequence[Work], register: Register) -> Mapping[str, Sequence[str]]:
    """The venues of published works that the register does not have, each with the keys of its works."""
    return _by_name((work.key, missing(work, register)) for work in works)


def together(named: Iterable[tuple[str, str]], paths: Callable[[str], str]) -> Iterator[Problem]:
    """As `check`, of the keys of all works, each with its venue if that is unknown."""
    for name, keys in _by_name(named).items():
        others = f", nor for {len(keys) - 1} more" if len(keys) > 1 else ""
        message = f'"{name}" is not a known venue{others}'
        field = "container-title"
        yield Problem("W07", Severity.NOTE, message, paths(keys[0]), key=keys[0], field=field, hint=_HINT)


def _by_name(named: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for key, name in named:
        if name:
            found.setdefault(name, []).append(key)
    return found


def _known(work: Work, register: Register) -> bool:
    return bool(register.find(work.container_title, work.acl) or register.find(work.container_title_short))
