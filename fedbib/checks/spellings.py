"""W13: one person spelt in two ways. Nothing is merged: who is who only people can say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fedbib.model.problem import Problem, Severity
from fedbib.model.work import Work
from fedbib.text.ascii import folded

_HINT = "if they are the same person and it matters, pin the authors of one of the papers"
_NAMESAKES = 30
"""Of more spellings in one group most are other people, and to compare them all would take long."""
_CROWD = 100
"""So many authors of one paper do not know each other."""


@dataclass(frozen=True, slots=True)
class Person:
    """A name in Latin letters as it is written, with a given name."""

    display: str
    family: str
    given: str
    """Like `family` folded; words that a hyphen joins are one."""


def people(work: Work) -> tuple[Person, ...]:
    """The authors of a work of whom it can be told whether another spelling is of the same person."""
    found = []
    for name in dict.fromkeys(work.author):
        given = " ".join(word for part in name.given.replace(".", " ").split() if (word := folded(part)))
        family = folded(name.family)
        if family and given:
            found.append(Person(name.display, family, given))
    return tuple(dict.fromkeys(found))


@dataclass(slots=True, eq=False)
class _Spelling:
    """A name as it is written, and where."""

    display: str
    family: str
    given: tuple[str, ...]
    letters: str
    keys: list[str] = field(default_factory=list)
    """Of the papers, in their order."""
    coauthors: set[str] = field(default_factory=set)
    """Their letters."""

    @property
    def words(self) -> tuple[str, ...]:
        """Some write the family name first."""
        return tuple(sorted((self.family, *self.given)))

    @property
    def groups(self) -> tuple[str, ...]:
        """Two spellings of one person share one of these: letters, words, first name or initial."""
        first = self.given[0]
        return tuple({self.letters, " ".join(self.words), f"{self.family},{first}", f"{self.family},{first[0]}."})

    @property
    def rank(self) -> tuple[int, int, str]:
        """More papers speak for a spelling, then a longer name."""
        return len(self.keys), len(self.display), self.display


def check(works: Sequence[Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    """A note per rarer spelling, at the first paper that has it; linear in the number of names.

    Either the letters are the same but for accents, hyphens, capitals and order, and a co-author is shared; or given
    names are left out or shortened to initials, and two are shared. Two authors of one paper are two people.
    """
    return together([(work.key, people(work)) for work in works], paths)


def together(papers: Iterable[tuple[str, Sequence[Person]]], paths: Callable[[str], str]) -> Iterator[Problem]:
    """As `check`, of the keys of all papers with their people."""
    spellings = _spellings(papers)
    groups: dict[str, list[_Spelling]] = {}
    for spelling in spellings:
        for group in spelling.groups:
            groups.setdefault(group, []).append(spelling)
    for one in spellings:
        near = (other for group in one.groups if len(groups[group]) <= _NAMESAKES for other in groups[group])
        same = [other for other in near if other.rank > one.rank and _may_be_one(one, other)]
        if same:
            other = max(same, key=lambda spelling: spelling.rank)
            shared = len(one.coauthors & other.coauthors)
            message = f'"{one.display}" here and "{other.display}" in {other.keys[0]} may be one person: '
            message += f"{shared} shared co-author" + "s" * (shared != 1)
            yield Problem(
                "W13", Severity.NOTE, message, paths(one.keys[0]), key=one.keys[0], field="author", hint=_HINT
            )


def _spellings(papers: Iterable[tuple[str, Sequence[Person]]]) -> Sequence[_Spelling]:
    """Every way in which a person is written."""
    found: dict[Person, _Spelling] = {}
    for key, here in papers:
        known = []
        for person in here:
            spelling = found.get(person)
            if spelling is None:
                words = tuple(person.given.split(" "))
                letters = f"{person.family},{''.join(words)}"
                spelling = found[person] = _Spelling(person.display, person.family, words, letters)
            known.append(spelling)
        everybody = {spelling.letters for spelling in known} if len(known) <= _CROWD else set()
        for spelling in known:
            spelling.keys.append(key)
            spelling.coauthors |= everybody - {spelling.letters}
    return tuple(found.values())


def _may_be_one(one: _Spelling, other: _Spelling) -> bool:
    if not set(one.keys).isdisjoint(other.keys):
        return False
    shared = len(one.coauthors & other.coauthors)
    if one.letters == other.letters or one.words == other.words:
        return shared >= 1
    return shared >= 2 and one.family == other.family and all(map(_agree, one.given, other.given))


def _agree(one: str, other: str) -> bool:
    """Whether two given names are the same, or one is the other's initial."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
