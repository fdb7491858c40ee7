"""The works a collection has, found by identifier, by title or by citation key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from fedbib.ids.same import anthology
from fedbib.match.titles import spelt_alike
from fedbib.match.vetoes import Veto, by_kind, is_generic, kinds_differ, veto
from fedbib.match.works import Face, Verdict, surname, title_words
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.identifier import Identifier
from fedbib.model.name import named
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.settle import outline, settle
from fedbib.text.ascii import folded
from fedbib.text.markup import plain
from fedbib.words.rules import Rules

_Mark = TypeVar("_Mark")
_NOTHING = Work()
_LIKELY = (Verdict.SAME, Verdict.UNSURE)
_MOST = 12
"""So many works that look alike are compared with one; more share a phrase and nothing else."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that may be a work's, found by its title."""

    record: Record
    verdict: Verdict
    veto: Veto | None = None
    """Why it is another work all the same."""


@dataclass(frozen=True, slots=True)
class _Outline:
    """What of a work is looked at first: nearly always enough to see that it is another one."""

    title: str
    face: Face
    ids: Mapping[str, list[Identifier]]
    """By their kind."""

    @classmethod
    def of(cls, work: Work) -> _Outline:
        return cls(work.title, Face.of(work), by_kind(work.ids))


class Known:
    """The works a collection has, found by identifier or by title; learns new ones on the way."""

    def __init__(self, records: Iterable[Record], rules: Rules) -> None:
        self.rules = rules
        self.records: dict[str, Record] = {}
        self.owners: dict[str, str] = {}
        """The record of each citation key in lower case: its own, aliases, keys of imported entries."""
        self._settled: dict[str, Work] = {}
        self._outlines: dict[str, _Outline] = {}
        self._by_entry: dict[tuple[str, str], str] = {}
        self._untitled: dict[tuple[str, Work], str] = {}
        """By origin and what a claim without a title says, which no title can find."""
        self._by_id: dict[Identifier, str] = {}
        self._by_title: dict[tuple[str, str], list[str]] = {}
        self._by_phrase: dict[str, list[str]] = {}
        for record in records:
            self.add(record)

    @property
    def keys(self) -> dict[str, str]:
        """Every citation key in use, in lower case."""
        return self.owners

    def add(self, record: Record) -> None:
        """Learn a record, or what is new about one."""
        self.records[record.key] = record
        self._settled.pop(record.key, None)
        self._outlines.pop(record.key, None)
        for key in (record.key, *record.aliases, *(key for claim in record.claims for key in claim.keys)):
            self.owners.setdefault(key.casefold(), record.key)
        for claim in record.claims:
            if claim.source == IMPORT and claim.place and not claim.is_doubted:
                self._by_entry.setdefault((claim.origin, claim.place), record.key)
            elif claim.source == IMPORT and not title_words(claim.says.title):
                self._untitled.setdefault((claim.origin, claim.says), record.key)
        own = {id.scheme: id for id in record.ids}
        said = (id for claim in record.claims if not claim.is_doubted for id in claim.says.ids)
        # An identifier that contradicts the record's own may well be another paper's.
        for id in (*record.ids, *record.longer, *(id for id in said if own.get(id.scheme, id) == id)):
            for same in _spellings(id):
                self._by_id.setdefault(same, record.key)
        works = (record.pin, *(claim.says for claim in record.claims if not claim.is_doubted))
        people = {surname(name) for work in works for name in named(work.author)}
        for title in {title_words(work.title) for work in works} - {""}:
            for person in ("", *people) if people else ("", "?"):
                _learn(self._by_title, (title.replace(" ", ""), person), record.key)
            for phrase in _phrases(title):
                _learn(self._by_phrase, phrase, record.key)

    def settled(self, key: str) -> Work:
        """The work of a record."""
        if key not in self._settled:
            self._settled[key] = settle(self.records[key], self.rules)
        return self._settled[key]

    def _outline(self, key: str) -> _Outline:
        """Of the work of a record."""
        if key not in self._outlines:
            self._outlines[key] = _Outline.of(outline(self.records[key], self.rules))
        return self._outlines[key]

    def is_free(self, key: str, owner: str) -> bool:
        """Whether a citation key may lead to the record `owner`."""
        return self.owners.get(key.casefold(), owner) == owner

    def by_id(self, ids: Iterable[Identifier]) -> list[Record]:
        """The records that have one of the identifiers, each once."""
        keys = [self._by_id[same] for id in ids for same in _spellings(id) if same in self._by_id]
        return [self.records[key] for key in dict.fromkeys(keys)]

    def by_entry(self, origin: str, place: str) -> Record | None:
        """The record that an entry of a file made or went into."""
        key = self._by_entry.get((origin, place)) if place else None
        return self.records[key] if key else None

    def by_words(self, claim: Claim) -> Record | None:
        """The record with the same claim of an entry that has neither a key nor a title."""
        key = self._untitled.get((claim.origin, claim.says))
        return self.records[key] if key else None

    def by_title(self, work: Work) -> Twin | None:
        """The record that is most likely the work by its title: the very same one, else one that is nearly the same.

        One that a veto keeps apart is given only where there is no other, with the veto.
        """
        mine = _Outline.of(work)
        best, rank = None, (True, len(_LIKELY))
        for key, judged in self._candidates(work, mine):
            known = self._outline(key)
            other = kinds_differ(known.ids, mine.ids)
            if other and rank <= (True, 0):
                continue  # no better than what is found
            verdict = judged(known.face, mine.face)
            if verdict is Verdict.DIFFERENT:
                continue
            if judged is _alike and verdict is Verdict.SAME and not spelt_alike(known.title, mine.title):
                verdict = Verdict.UNSURE
            reason = Veto.IDS if other else self._veto(key, work)
            new = (reason is not None, _LIKELY.index(verdict))
            if new < rank and (judged is _equal or not reason or _nickname(known.title) == _nickname(mine.title)):
                best, rank = Twin(self.records[key], verdict, reason), new
            if rank == (False, 0):
                break
        return best

    def _candidates(self, work: Work, mine: _Outline) -> Iterator[tuple[str, Callable[[Face, Face], Verdict]]]:
        """The records that may be a work, and how each is judged: those of the same title, then those of like ones."""
        title, people = mine.face.title, mine.face.surnames
        marks = sorted(people | {"?"}) if people else [""]
        same = dict.fromkeys(key for person in marks for key in self._by_title.get((title, person), ()))
        yield from ((key, _equal) for key in (same if title else ()))
        like: dict[str, None] = {}
        for phrase in _phrases(title_words(work.title)):
            like.update(dict.fromkeys(self._by_phrase.get(phrase, ())))
        yield from ((key, _alike) for key in like)

    def namesake(self, work: Work) -> Record | None:
        """A record with the very same title, one that says something, and other people."""
        keys = self._by_title.get((title_words(work.title).replace(" ", ""), ""), ())
        if not keys or not named(work.author) or is_generic(work.title):
            return None
        face = Face.of(work)
        found = (key for key in keys if self._outline(key).face.author_likeness(face) == 0.0)
        return next((self.records[key] for key in found), None)

    def _veto(self, key: str, work: Work) -> Veto | None:
        """Why the record is another work than the one that its title says, where its identifiers do not tell."""
        record, works = self.records[key], [self.settled(key)]
        if len(record.claims) > 1 or record.pin != _NOTHING:  # else that is what its only claim says
            works += [claim.says for claim in record.claims if not claim.is_doubted]
        if not work.is_preprint:  # a preprint, which has no venue, says nothing for a publication in another one
            works = [one for one in works if not one.is_preprint] or works
        vetoes = [found for one in works if (found := veto(one, work, self.rules))]
        # One claim of the record that agrees in its identifiers, year and venue is enough.
        return vetoes[0] if len(vetoes) == len(works) or Veto.IDS in vetoes else None


def _learn(index: dict[_Mark, list[str]], mark: _Mark, key: str) -> None:
    known = index.setdefault(mark, [])
    if key not in known and len(known) < _MOST:
        known.append(key)


def _spellings(id: Identifier) -> Iterable[Identifier]:
    yield id
    if acl := anthology(id):
        yield acl


def _phrases(title: str) -> set[str]:
    """What two spellings of a title are likely to share: how it begins, how it ends, and its middle."""
    words = title.split()
    if len(words) < 4:
        return set()
    ends = {"^" + "".join(words[:4]), "$" + "".join(words[-4:]), "^" + "".join(words[1:5])}
    return ends | {"~" + "".join(words[2:6])} if len(words) > 6 else ends


@lru_cache(maxsize=1 << 15)
def _nickname(title: str) -> str:
    """What stands before the colon: SplitLoRA and HSplitLoRA have titles that differ in nothing else."""
    name, colon, _ = plain(title).partition(":")
    return folded(name) if colon else ""


def _equal(one: Face, other: Face) -> Verdict:
    """Whether two works with the same title are the same."""
    return one.likeness(other).verdict


def _alike(one: Face, other: Face) -> Verdict:
    """Whether two works with nearly the same title are the same; wrong merges are worse than missed ones."""
    title = one.title_likeness(other) or 0.0
    if title < 0.6 or title == 1.0:
        return Verdict.DIFFERENT
    authors = one.author_likeness(other)
    if authors is None:
        return Verdict.UNSURE if title >= 0.85 else Verdict.DIFFERENT
    if authors < 0.5:
        return Verdict.DIFFERENT
    return Verdict.SAME if title >= 0.8 else Verdict.UNSURE
