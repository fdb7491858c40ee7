"""Citation keys by a pattern, for documents whose authors have a rule of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from fedbib.errors import BadValue
from fedbib.model.work import Work
from fedbib.records import citekeys
from fedbib.text.ascii import folded

WORDS: Mapping[str, Callable[[Work], str]] = {
    "author": citekeys.family,
    "year": lambda work: str(work.year or ""),
    "title": citekeys.title_word,
    "venue": lambda work: folded(work.container_title_short),
}
_PART = re.compile(r"(author|year|title|venue)|([-_.:+/])", re.IGNORECASE)


def renamed(works: Sequence[Work], pattern: str) -> tuple[Work, ...]:
    """The works with keys by the pattern; the key of before is the first of the aliases.

    A pattern is of `WORDS` and of the signs - _ . : + /. A word is written as it stands in the pattern: `title` gives
    "federated", `Title` "Federated", `TITLE` "FEDERATED". Of keys that are the same, whatever their case, the later
    works' end in b, c, ... Raises BadValue for a pattern that is none.
    """
    parts = _parts(pattern)
    taken: set[str] = set()
    endings: dict[str, Iterator[str]] = {}
    out = []
    for work in works:
        base = "".join(part(work) for part in parts) or "anonymous"
        suffixes = endings.setdefault(base.lower(), citekeys.suffixes())
        key = next(key for suffix in suffixes if (key := base + suffix).lower() not in taken)
        taken.add(key.lower())
        out.append(work if key == work.key else replace(work, key=key, aliases=(work.key, *work.aliases)))
    return tuple(out)


def _parts(pattern: str) -> list[Callable[[Work], str]]:
    found = list(_PART.finditer(pattern))
    if "".join(match.group() for match in found) != pattern or not any(match[1] for match in found):
        hint = "put together author, year, title and venue, with - _ . : + or / between them: authorYearTitle"
        raise BadValue("is no pattern of keys", where=pattern, hint=hint)
    return [_word(match[1]) if match[1] else _sign(match[2]) for match in found]


def _sign(sign: str) -> Callable[[Work], str]:
    return lambda _: sign


def _word(word: str) -> Callable[[Work], str]:
    said = WORDS[word.lower()]
    if word.islower():
        return said
    return (lambda work: said(work).upper()) if word.isupper() else (lambda work: said(work).capitalize())
