"""Are two lists of authors the same people? Order and number may change between a preprint and its publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.name import Name, named
from fedbib.text.ascii import folded
from fedbib.text.names import split

_PAIRS = 10_000
"""How many pairs of names are looked at for other spellings."""


@dataclass(frozen=True, slots=True)
class _Person:
    family: str
    given: str
    """All given names run together."""
    first: str
    words: tuple[str, ...]
    """All words, sorted: some sources turn names round."""

    @classmethod
    @lru_cache(maxsize=10_000)
    def of(cls, name: Name) -> _Person:
        if name.unsplit:
            name = split(name.unsplit)
        given = [word for part in name.given.replace(".", " ").split() if (word := _fold(part))]
        words = sorted(word for part in name.display.split() if (word := _fold(part)))
        return cls(_fold(name.family or name.literal), "".join(given), given[0] if given else "", tuple(words))

    @property
    def keys(self) -> tuple[str, ...]:
        """Two names that share one of these are one person's."""
        found = (f"{self.family},{self.given}", " ".join(self.words))
        return (*found, f"{self.family},{self.first}") if len(self.first) > 1 else found


def _fold(text: str) -> str:
    return folded(text) or "".join(text.casefold().split())


def grade(ours: Sequence[Name], theirs: Sequence[Name]) -> Finding:
    """How well two lists agree.

    PASS when everybody of the shorter list is in the longer, which has at most twice as many, and at most a quarter
    of them is written with initials or otherwise ("Maksim Riabinin", "Max Ryabinin"); WEAK when three of five are
    there; UNSURE when a list is not known, or one person stands against three and more; else FAIL.
    """
    ours, theirs = named(ours), named(theirs)
    if not ours or not theirs:
        return Finding.of(Code.AUTHORS_UNKNOWN, Grade.UNSURE)
    few, many = sorted(([_Person.of(name) for name in names] for names in (ours, theirs)), key=len)
    same, left, rest = _matched(few, many)
    alike = _nearly(left, rest) if left and len(left) * len(rest) <= _PAIRS else 0
    total, more = same + alike, len(many) - len(few)
    if total == len(few) and 4 * same >= 3 * len(few) and len(many) <= 2 * len(few) and (len(few) > 1 or not more):
        grade = Grade.PASS
    elif total == len(few) == 1 and more > 1:
        grade = Grade.UNSURE
    elif total == len(few) or (5 * total >= 3 * len(few) and total > 1):
        grade = Grade.WEAK
    else:
        grade = Grade.FAIL
    return Finding.of(Code.AUTHORS, grade, same=total, of=len(few), more=more, respelt=alike)


def _matched(few: Sequence[_Person], many: Sequence[_Person]) -> tuple[int, list[_Person], list[_Person]]:
    """How many of `few` are in `many` under the same name, and who is left on both sides."""
    by_key: dict[str, list[int]] = {}
    for place, person in enumerate(many):
        for key in person.keys:
            by_key.setdefault(key, []).append(place)
    taken: set[int] = set()
    left: list[_Person] = []
    for person in few:
        # Namesakes are few; that many are a hostile list's.
        places = (place for key in person.keys for place in by_key.get(key, ())[:20])
        found = next((place for place in places if place not in taken), None)
        if found is None:
            left.append(person)
        else:
            taken.add(found)
    return len(few) - len(left), left, [person for place, person in enumerate(many) if place not in taken]


def _nearly(few: Sequence[_Person], many: Sequence[_Person]) -> int:
    """How many of `few` are in `many` with initials, or spelt a little otherwise."""
    rest, found = list(many), 0
    for person in few:
        twin = next((other for other in rest if _is_initialed(person, other)), None)
        twin = twin or next((other for other in rest if _is_respelt(person, other)), None)
        if twin:
            rest.remove(twin)
            found += 1
    return found


def _is_initialed(one: _Person, other: _Person) -> bool:
    """ "V. Sheng" and "Victor S. Sheng"; a family name alone fits whoever has it."""
    if one.family != other.family or not one.family:
        return False
    if not one.given or not other.given:
        return True
    return min(len(one.first), len(other.first)) == 1 and one.first[0] == other.first[0]


def _is_respelt(one: _Person, other: _Person) -> bool:
    """ "Max Ryabinin" and "Maksim Riabinin", "Alex Iacob" and "Alexandru Iacob", "Lucas Grativol (Ribeiro)"."""
    if not one.first or one.first[:1] != other.first[:1]:
        return False
    if one.family == other.family:
        short, long = sorted((one.first, other.first), key=len)
        return (len(short) > 2 and long.startswith(short)) or _spelt(one.given, other.given) >= 0.8
    if one.first == other.first:
        shared = set(one.words) & set(other.words) - {one.first}
        return _spelt(one.family, other.family) >= 0.75 or any(len(word) > 1 for word in shared)
    return min(len(one.family), len(other.family)) > 5 and _spelt(one.family, other.family) >= 0.8


def _spelt(one: str, other: str) -> float:
    from difflib import SequenceMatcher  # for a few names only

    return SequenceMatcher(None, one[:40], other[:40], autojunk=False).ratio()
