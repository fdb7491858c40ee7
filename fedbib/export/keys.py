"""Citation keys by a pattern, for documents whose authors have a rule of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

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
        key = next(key for key in _candidates(_base(work, parts), endings) if key.casefold() not in taken)
        taken.add(key.casefold())
        out.append(work if key == work.key else replace(work, key=key, aliases=(work.key, *work.aliases)))
    return tuple(out)


def lasting(works: Sequence[Work], pattern: str, taken: Iterable[str]) -> dict[str, str]:
    """Old keys to new ones by the pattern, for works of a collection that are to keep them.

    A key that is by the pattern already, with an ending or without, stays, so that keys once given do not wander.
    `taken` are the keys and aliases of the whole collection; no work gets one of another's. Raises BadValue for a
    pattern that is none.
    """
    parts = _parts(pattern)
    used = {name.casefold() for name in taken}
    endings: dict[str, Iterator[str]] = {}
    found: dict[str, str] = {}
    for work in works:
        base = _base(work, parts)
        if re.fullmatch(re.escape(base) + r"(?:[b-z]\d*+)?", work.key, re.IGNORECASE):
            continue
        own = {alias.casefold() for alias in work.aliases}
        candidates = chain([base] if base.casefold() in own else [], _candidates(base, endings))
        key = next(key for key in candidates if key.casefold() in own or key.casefold() not in used)
        used.add(key.casefold())
        found[work.key] = key
    return found


def _candidates(base: str, endings: dict[str, Iterator[str]]) -> Iterator[str]:
    """The base with one ending after another, from where the last work with this base, in whatever case, left off."""
    return (base + suffix for suffix in endings.setdefault(base.casefold(), citekeys.suffixes()))


def _base(work: Work, parts: Sequence[Callable[[Work], str]]) -> str:
    return "".join(part(work) for part in parts) or "anonymous"


def _parts(pattern: str) -> list[Callable[[Work], str]]:
    found = list(_PART.finditer(pattern))
    if "".join(match.group() for match in found) != pattern or not any(match[1] for match in found):
        hint = "combine author, year, title and venue, with - _ . : + or / between them: authorYearTitle"
        raise BadValue("is not a pattern for keys", where=pattern, hint=hint)
    return [_word(match[1]) if match[1] else _sign(match[2]) for match in found]


def _sign(sign: str) -> Callable[[Work], str]:
    return lambda _: sign


def _word(word: str) -> Callable[[Work], str]:
    said = WORDS[word.lower()]
    if word.islower():
        return said
    return (lambda work: said(work).upper()) if word.isupper() else (lambda work: said(work).capitalize())
