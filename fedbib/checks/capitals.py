"""W15: names all in capitals or all in lower case, of which nobody can tell family name and initials."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.model.name import Name, named
from fedbib.model.problem import Problem, Severity
from fedbib.model.work import Work
from fedbib.text.regex import regex

_WORD = regex(r"[^\W\d_]{2,}")
_HINT = 'check the paper and write the authors under [pin] as "Family, Given"'


def check(works: Sequence[Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    for work in works:
        for name in named(work.author):
            if case := _case(name):
                message = f'"{name.display}" is written {case}: which is the family name?'
                yield Problem("W15", Severity.NOTE, message, paths(work.key), key=work.key, field="author", hint=_HINT)


def _case(name: Name) -> str:
    """How a name of several words is written that has no capitals, or nothing else."""
    words = _WORD.findall("" if name.literal or name.is_others else name.display)
    if len(words) < 2 or len(words) < len(name.display.split()):
        return ""
    if all(word.isupper() for word in words):
        return "all in capitals"
    return "all in lower case" if all(word.islower() for word in words) else ""
