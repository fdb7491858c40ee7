"""One entry against what is held: is it the paper that it says it is?

A wrong accusation is worse than a missed one. That nothing is found accuses nobody. What does is something that is
held: the paper under another name, another paper under that identifier, whole proceedings without the title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fedbib.audit import editions, fields
from fedbib.audit.contents import is_slip
from fedbib.audit.held import Held, head, team
from fedbib.audit.index import shared
from fedbib.audit.series import PARTIAL, core, is_foreign, is_informal, words
from fedbib.audit.shelf import Shelf
from fedbib.audit.verdict import CONTRADICTIONS, Audited, Kind, Note, Verdict
from fedbib.audit.volumes import Volume
from fedbib.match import authors, titles, vetoes
from fedbib.match.titles import Title
from fedbib.match.works import compare, surname, title_words
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Scheme
from fedbib.model.name import named
from fedbib.model.reading import Value
from fedbib.model.work import ItemType, Work
from fedbib.words.publication import Standing, place

_TELLING = 5
"""Words that say something, from which on a title is one paper's: of 164,633 works of 35 conferences no two have the
same such title and nobody in common."""
_SHORTEST = 4
"""Words of a title that may speak against an identifier."""
_ALIKE = 0.6
"""Likeness of two titles of one volume, by the same people, from which on one is meant for the other."""
_UNLIKE = 0.4
"""Share of the words of two titles that are the same, up to which nobody can mean one by the other."""
_FORESEEN = 1
"""Years that a publication may lie ahead."""
_PAPERS = frozenset({ItemType.PAPER_CONFERENCE, ItemType.ARTICLE_JOURNAL, ItemType.CHAPTER, ItemType.DOCUMENT})
_REMARKS = frozenset(
    {"note", "howpublished", "booktitle", "series", "organization", "journal", "annote", "type", "pages"}
)
_OPEN = (Standing.PENDING, Standing.FORTHCOMING)


@dataclass(frozen=True, slots=True)
class Likely:
    """A work that may be the entry's, and how far they agree."""

    held: Held
    title: Finding
    people: Finding
    is_cut: bool = False
    """Whether the entry's title is that of the work without its subtitle, or short and a letter off."""
    is_kin: bool = False
    """Whether half of the entry's people have last names of the work's: given names change, and are shortened."""

    @property
    def is_same(self) -> bool:
        """Whether it is the entry's paper: title and people each speak for it."""
        if self.is_cut:
            return self.is_kin and self.people.grade in (Grade.PASS, Grade.WEAK)
        if self.title.code is Code.TITLE_EQUAL:
            return self.people.grade in (Grade.PASS, Grade.WEAK) or _shared(self.people) >= 0.5 or self.is_kin
        return self.title.grade is Grade.WEAK and self.people.grade is Grade.PASS

    @property
    def is_namesake(self) -> bool:
        """Whether it has the entry's title, and nobody of its people."""
        facts = dict(self.people.facts)
        nobody = self.people.code is Code.AUTHORS and facts["same"] == 0
        return nobody and not self.is_kin and self.title.code is Code.TITLE_EQUAL


def _shared(people: Finding) -> float:
    facts = dict(people.facts)
    return float(facts["same"]) / float(facts["of"]) if people.code is Code.AUTHORS and facts["of"] else 0.0


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges entries by some indexes, the first of which counts most."""

    indexes: Sequence[Shelf]
    year: int
    """The present one."""

    def judged(
        self,
        work: Work,
        values: Sequence[Value] = (),
        path: str = "",
        line: int = 0,
        more: Sequence[Held] = (),
    ) -> Audited:
        """The verdict on an entry.

        `values` is all that it says, as its file has it; `more` is what registries answered about it.
        """
        likely, series = self._likely(work, more), self._series(work)
        alike = _same(work, likely, series)
        if not alike:
            likely += self._within(work, series, likely)
            alike = _same(work, likely, series)
        home = _best(alike, series, work.year)
        notes = [*self._impossible(work), *fields.too_early(work), *fields.placeholders(work, values)]
        notes += self._misdated(work, series)
        notes += _strangers(work, likely, home) or self._named_elsewhere(work, series, values)
        if home:
            notes += self._differences(work, home, alike, series, values)
        else:
            notes += fields.of_identifier(work) + self._missing(work, likely, series, values)
        asked = tuple(index.name for index in self.indexes)
        return Audited(work, path, line, verdict(home, notes), tuple(notes), home.held if home else None, asked)

    def _likely(self, work: Work, more: Sequence[Held]) -> list[Likely]:
        """The works that have an identifier of the entry, its title, or one like it; each once."""
        title, found = Title.of(work.title), list[Held]()
        for index in self.indexes:
            found += index.by_ids(work.ids)
            equal = index.by_title(title)
            found += equal or [*index.by_head(title), *index.like(title)]
        found += more
        return [_compared(work, title, held) for held in dict.fromkeys(found)]

    def _within(self, work: Work, series: str, likely: Sequence[Likely]) -> list[Likely]:
        """The works of the volume that the entry names whose titles are like its own, but for those that are known."""
        if not work.year or any(one.title.code is Code.TITLE_EQUAL for one in likely):
            return []
        title, known = Title.of(work.title), {one.held for one in likely}
        whole = [index for index in self.indexes if (held := index.volume(series, work.year)) and held.is_whole]
        found = [held for index in whole for held in index.within(title, series, work.year)]
        return [_compared(work, title, held) for held in dict.fromkeys(found) if held not in known]

    def _series(self, work: Work) -> str:
        return next((found for index in self.indexes if (found := index.names.of_work(work))), "")

    def _volume(self, series: str, year: int | None) -> Volume | None:
        """The volume, if one of the indexes holds it whole."""
        if not series or not year:
            return None
        found = (index.volume(series, year) for index in self.indexes)
        return next((volume for volume in found if volume and volume.is_whole), None)

    def _around(self, series: str, year: int | None) -> list[Volume]:
        """What is held of a series in the years around one."""
        if not series or not year:
            return []
        years = range(year - editions.NEAR, year + editions.NEAR + 1)
        found = (index.volume(series, then) for index in self.indexes for then in years)
        return [volume for volume in found if volume]

    def _impossible(self, work: Work) -> list[Note]:
        if work.year and work.year > self.year + _FORESEEN:
            return [Note(Kind.FUTURE, True, "issued", str(work.year), str(self.year))]
        return []

    def _misdated(self, work: Work, series: str) -> list[Note]:
        """The volume of a journal that has one a year is not that year's."""
        number, year = fields.volume(work), work.year
        if not number or not year or self._kind(series) != "journal":
            return []
        expected = editions.year_of(self._around(series, year), number)
        if expected is None or abs(expected - year) < fields.APART:
            return []
        return [Note(Kind.YEAR, True, "issued", str(year), f"{expected} (volume {number})")]

    def _named_elsewhere(self, work: Work, series: str, values: Sequence[Value]) -> list[Note]:
        """The DOI itself names another conference than the entry."""
        if self._kind(series) != "conference" or _is_partial(work, values):
            return []
        # Of a label that stands for another series than its own, others have it, too.
        named = [label for label in sorted(fields.labels(work.DOI)) if self._label(label) == label]
        venue = {*title_words(f"{work.container_title} {work.event_title}").split(), *series.split("-")}
        if any(one in venue or series in words()["joint"].get(one, ()) for one in named):
            return []
        others = [one for one in named if self._kind(one) == "conference"]
        return [Note(Kind.NAMES_ANOTHER, True, "DOI", work.DOI, one.upper()) for one in others[:1]]

    def _label(self, label: str) -> str:
        """The series that a label stands for."""
        return next((name for index in self.indexes if (name := index.names.of(label))), "")

    def _differences(
        self, work: Work, home: Likely, alike: Sequence[Likely], series: str, values: Sequence[Value]
    ) -> list[Note]:
        """Where the entry and the paper that it describes say different things."""
        notes = fields.told(work, home.held)
        at_home = bool(series) and series == home.held.series and work.year == home.held.work.year
        if home.title.code is not Code.TITLE_EQUAL:
            notes += fields.title(work, home.held, is_sure=at_home)
        if not at_home:
            notes += self._place(work, home, alike, series, values)
        bare = not work.container_title and not work.is_preprint and len(Title.of(work.title).words) >= _TELLING
        sure = at_home or bare or bool(work.DOI and work.DOI == home.held.work.DOI)
        notes += fields.people(work, home.held, is_sure=sure, is_whole=at_home)
        return notes + (fields.details(work, home.held) if at_home else [])

    def _place(
        self, work: Work, home: Likely, alike: Sequence[Likely], series: str, values: Sequence[Value]
    ) -> list[Note]:
        """The entry is of another venue or year than the paper that is held."""
        held = home.held
        if held.work.is_preprint or not held.series:
            return self._absent(work, alike, series, values)
        if work.is_preprint or not work.container_title:
            return [] if not work.is_preprint else [_note(Kind.PUBLISHED, False, "container_title", work, held)]
        if _is_partial(work, values) and not _is_of(work, held):
            return []
        if series == held.series:
            sure = self._volume(series, work.year) is not None or abs((work.year or 0) - (held.work.year or 0)) > 1
            return [_note(Kind.YEAR, sure, "issued", work, held)] if work.year else []
        if any((series and one.held.series == series) or _is_named(work, one.held) for one in alike):
            return []
        return self._elsewhere(work, held, series)

    def _elsewhere(self, work: Work, held: Held, series: str) -> list[Note]:
        """The entry names another venue than the one that is held."""
        strange = not any(index.names.knows(work.container_title) for index in self.indexes)
        if not series and not (strange and fields.is_elsewhere(work, held)):
            return []
        # Two conferences do not print one paper; a journal may print it again, under another DOI.
        conference = self._kind(series) == "conference" if series else fields.is_conference(work)
        conference = conference and self._kind(held.series) == "conference"
        sure = conference or _is_of(work, held)
        return [_note(Kind.VENUE, sure, "container_title", work, held)]

    def _kind(self, series: str) -> str:
        return next((kind for index in self.indexes if series and (kind := index.names.kind(series))), "")

    def _missing(self, work: Work, likely: Sequence[Likely], series: str, values: Sequence[Value]) -> list[Note]:
        """Nothing that is held is the entry's paper: does anything say that there is none?"""
        telling = len(Title.of(work.title).words) >= _TELLING
        for one in (one for one in likely if one.is_namesake):
            # A review of a book has its title in a journal, and the reviewer's name.
            paper = bool(one.held.series) or one.held.work.is_preprint
            if _is_in(one, series, work.year) or (telling and paper):
                return [_note(Kind.OTHER_PEOPLE, True, "author", work, one.held)]
        for one in likely:
            if one.title.code is Code.TITLE_EQUAL and _is_in(one, series, work.year):
                return [_note(Kind.AUTHORS, True, "author", work, one.held)]
        nearly = [one for one in likely if _is_nearly(one, series, work.year)]
        if nearly:
            return fields.title(work, nearly[0].held, is_sure=True) + fields.people(work, nearly[0].held)
        absent = self._absent(work, likely, series, values)
        return absent if any(note.is_sure for note in absent) else self._of_others(work, series, values) or absent

    def _of_others(self, work: Work, series: str, values: Sequence[Value]) -> list[Note]:
        """The volume that the entry names is held, but for a few papers, and has another one by exactly its people."""
        volumes = [index.volume(series, work.year) for index in self.indexes] if series and work.year else []
        whole = any(volume and volume.is_nearly_whole for volume in volumes)
        if not whole or _is_partial(work, values) or is_foreign(work.title):
            return []
        mark, title = team(work.author), Title.of(work.title)
        held = [one for index in self.indexes for one in index.by_team(mark)]
        there = [one for one in held if one.series == series and one.work.year == work.year]
        if not title.text or any(_is_like(work.title, one.work.title) for one in there):
            return []
        return [_note(Kind.OTHER_WORK, True, "title", work, one) for one in there[:1]]

    def _absent(self, work: Work, likely: Sequence[Likely], series: str, values: Sequence[Value]) -> list[Note]:
        """The volume that the entry names is held whole, and does not hold its title."""
        if work.type not in _PAPERS or not title_words(work.title) or not named(work.author) or is_foreign(work.title):
            return []
        if _is_partial(work, values) or any(_is_beside(one, series, work.year) for one in likely):
            return []
        volume = self._volume(series, work.year)
        if volume is None:
            years = editions.beside(self._around(series, work.year), work.year or 0)
            shown = " and ".join(map(str, years))
            return [Note(Kind.NO_EDITION, True, "issued", str(work.year), shown)] if years else []
        alone = work.year not in words()["beside"].get(series, ())
        return [Note(Kind.NOT_IN_VOLUME, alone, "container_title", work.container_title, volume.title, volume=volume)]


def _same(work: Work, likely: Sequence[Likely], series: str) -> list[Likely]:
    """Those that are the entry's paper."""
    return [one for one in likely if one.is_same and not _has_own_id(work, one.held, series)]


def _compared(work: Work, title: Title, held: Held) -> Likely:
    theirs = Title.of(held.work.title)
    found = titles.grade(title, theirs)
    is_other = found.code is not Code.TITLE_EQUAL and title.text != ""
    is_cut = is_other and (head(held.work.title) == title.text or is_slip(title, theirs))
    is_kin = (is_cut or found.code is Code.TITLE_EQUAL) and _are_kin(work, held.work)
    return Likely(held, found, authors.grade(work.author, held.work.author), is_cut, is_kin)


def _are_kin(work: Work, other: Work) -> bool:
    ours, theirs = (Counter(map(surname, named(one.author))) for one in (work, other))
    return bool(ours) and 2 * (ours & theirs).total() >= ours.total()


def _has_own_id(work: Work, held: Held, series: str) -> bool:
    """Whether the entry has an identifier of its own in a venue of its own: a keynote has a paper's title, too."""
    return held.series != series and bool(vetoes.other_ids(work.ids, held.work.ids))


def _is_beside(one: Likely, series: str, year: int | None) -> bool:
    """Whether it stands, under a title nearly the same, in the volume of the year, the one before or the one after."""
    near = one.held.series == series and abs((one.held.work.year or 0) - (year or 0)) <= 1
    alike = one.is_cut or one.title.grade in (Grade.PASS, Grade.WEAK)
    return near and alike and one.people.grade is not Grade.FAIL


def _best(alike: Sequence[Likely], series: str, year: int | None) -> Likely | None:
    """The one to compare with: of the entry's venue and year, of its venue, published, with the likest title."""

    def rank(one: Likely) -> tuple[object, ...]:
        held = one.held
        return (
            not (series and held.series == series),
            held.work.year != year,
            one.title.code is not Code.TITLE_EQUAL,
            held.work.is_preprint,
            one.people.grade.rank,
        )

    return min(alike, key=rank, default=None)


def _strangers(work: Work, likely: Sequence[Likely], home: Likely | None) -> list[Note]:
    """Identifiers of the entry that are those of another paper."""
    own = set(work.ids)
    for one in likely:
        other = one.held.work
        shared = own & set(other.ids)
        if not shared or one is home or one.is_same or other.type is ItemType.BOOK or work.type is ItemType.BOOK:
            continue
        words = min(len(title_words(title).split()) for title in (work.title, other.title))
        likeness = compare(work, other)
        if words < _SHORTEST or (likeness.title or 0.0) >= 0.6 or not (named(work.author) and named(other.author)):
            continue
        if (likeness.authors or 0.0) < 0.5 or home:
            id = min(shared, key=lambda id: id.scheme.place)
            field = "DOI" if id.scheme is Scheme.DOI else str(id.scheme)
            kind = Kind.IDENTIFIER if home else Kind.OTHER_PAPER
            return [Note(kind, True, field, str(id), other.title, one.held)]
    return []


def _is_in(one: Likely, series: str, year: int | None) -> bool:
    """Whether it stands in the volume of a series and year."""
    return bool(series) and one.held.series == series and one.held.work.year == year


def _is_nearly(one: Likely, series: str, year: int | None) -> bool:
    """Whether it is by the entry's people in its very volume, or has its identifier, under a title that is like."""
    # Of numbers that were left out, a title is another one's elsewhere, but not in the volume of its own.
    alike = float(dict(one.title.facts).get("score", 0.0)) >= _ALIKE
    return _is_in(one, series, year) and alike and one.people.grade is Grade.PASS


def _is_like(ours: str, theirs: str) -> bool:
    """Whether two titles may be meant for one paper: words are the same, or one is the other without its subtitle."""
    one, other = Title.of(ours), Title.of(theirs)
    words = set(one.words)
    if head(theirs) == one.text:
        return True
    return titles.grade(one, other).grade is not Grade.FAIL or shared(words, other) >= _UNLIKE


def _is_named(work: Work, held: Held) -> bool:
    """Whether a work appeared in what the entry calls its venue, also if that is of no known series."""
    name = core(work.container_title)
    return bool(name) and name == core(held.work.container_title)


def _is_of(work: Work, held: Held) -> bool:
    """Whether the entry's DOI is that of a publication, or names the series in which it appeared."""
    return bool(work.DOI) and (work.DOI == held.work.DOI or held.series in fields.labels(work.DOI))


def _is_partial(work: Work, values: Sequence[Value]) -> bool:
    """Whether the entry names something else than the main proceedings, or says that it is not out yet."""
    texts = [work.container_title, work.container_title_short, work.event_title, work.collection_title, work.genre]
    texts += [value.text for value in values if value.name in _REMARKS]
    return any(PARTIAL.search(text) or is_informal(text) or place(text).standing in _OPEN for text in texts if text)


def _note(kind: Kind, is_sure: bool, field: str, work: Work, held: Held) -> Note:
    return fields.note(kind, is_sure, field, work, held)


def verdict(home: Likely | Held | None, notes: Sequence[Note]) -> Verdict:
    """What notes come to; `home` is the work that the entry describes."""
    if any(note.is_sure and note.kind in CONTRADICTIONS for note in notes):
        return Verdict.CONTRADICTED
    if notes and (home or any(note.held for note in notes)):
        return Verdict.DIFFERS
    return Verdict.CONFIRMED if home else Verdict.UNDETERMINED
