"""Field by field: what an entry says of a paper, and what is held of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import product

from fedbib.audit.held import Held
from fedbib.audit.series import PARTIAL, core, words
from fedbib.audit.verdict import Kind, Note
from fedbib.ids.same import same
from fedbib.match import authors
from fedbib.match.titles import Title
from fedbib.match.works import surname, title_words
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name, named
from fedbib.model.reading import Value
from fedbib.model.work import Status, Work
from fedbib.text.ascii import folded
from fedbib.text.markup import plain
from fedbib.text.names import split
from fedbib.words.publication import is_posted, is_server

_CONFERENCE = re.compile(r"\b(?:conference|symposium)\b", re.IGNORECASE)
_TO_FILL_IN = re.compile(r"x{4}|n{6}")
"""In a DOI: "10.48550/arXiv.2310.XXXXX", "10.1145/nnnnnnn.nnnnnnn"."""
_ENDING = 3
"""Letters that a word may differ by at its end; what is longer is a part of the title that was left out."""
_STEM = 4
"""Letters that two words of a venue's name share when one abbreviates the other; all of those of a shorter one."""
APART = 2
"""Years that an identifier's own year may not differ from the paper's, and people whose given names may not."""
_SPELT_OUT = 3
"""Letters from which on a given name is no initial."""
_NEARLY = 0.6
"""Share of the letters of two given names that are the same, from which on they may be one: "Yury", "Iurii"."""
_JMLR = re.compile(r"\bjmlr\.(?:org|csail\.mit\.edu)/papers/(?:volume|v)(\d{1,3})/")
_DATED = re.compile(r"(?:^|(?<=[./]))(20\d\d)(?=[./-])")
"""A year in a DOI, behind what names its series; a number behind a hyphen counts papers ("10.52202/068431-2005")."""


def is_conference(work: Work) -> bool:
    """Whether the entry's venue calls itself one."""
    return bool(_CONFERENCE.search(work.container_title))


def is_elsewhere(work: Work, held: Held) -> bool:
    """Whether the names of the two venues share no telling word.

    A name that is not known may be another spelling of the very same venue.
    """
    common = words()["shared"]
    ours, theirs = (
        {word for word in core(name).split() if not any(_abbreviates(word, each) for each in common)}
        for name in (work.container_title.partition(",")[0], held.work.container_title)
    )
    return bool(ours) and not any(_abbreviates(one, other) for one in ours for other in theirs)


def _abbreviates(one: str, other: str) -> bool:
    size = min(_STEM, len(one), len(other))
    return size >= _SPELT_OUT and one[:size] == other[:size]


def placeholders(work: Work, values: Sequence[Value] = ()) -> list[Note]:
    """Names and identifiers that are yet to be filled in."""
    found = [name.display for name in work.author if title_words(name.display) in words()["placeholders"]]
    notes = [Note(Kind.PLACEHOLDER, True, "author", ", ".join(found))] if found else []
    said = (value.text for value in values if value.name in ("doi", "eprint"))
    return notes + [Note(Kind.PLACEHOLDER, True, "DOI", text) for text in said if _TO_FILL_IN.search(text.lower())][:1]


def too_early(work: Work) -> list[Note]:
    """The entry of a preprint is years older than its identifier, which arXiv gives when a paper arrives.

    A paper that was published may come to arXiv at any time later.
    """
    match = re.match(r"(\d\d)(?:0[1-9]|1[0-2])\.", work.arxiv)
    if not match or not work.year or (work.container_title and not is_posted(work.container_title)) or work.DOI:
        return []
    given = 2000 + int(match[1])
    return (
        [Note(Kind.EARLY, True, "issued", str(work.year), f"{given} (arXiv:{work.arxiv})")]
        if work.year < given - 1
        else []
    )


def of_identifier(work: Work) -> list[Note]:
    """The entry's Anthology id says another year."""
    found = (id for id in same(work.ids) if id.scheme is Scheme.ACL)
    for id in found:
        match = re.match(r"(\d{4})\.|[A-Z](\d\d)-", id.value)
        if match and work.year:
            short = int(match[2] or 0)
            year = int(match[1] or (1900 + short if short > 50 else 2000 + short))
            if year != work.year:
                return [Note(Kind.YEAR, True, "issued", str(work.year), f"{year} ({id})")]
    return []


def labels(doi: str) -> set[str]:
    """The words of a DOI that may be a conference's label: "cvpr" of "10.1109/cvpr52688.2022.00751".

    None of a workshop's, of Findings and the like, nor of a server's.
    """
    text = doi.partition("/")[2]
    if not doi or PARTIAL.search(text) or is_server(Identifier(Scheme.DOI, doi)):
        return set()
    return set(re.findall(r"(?<![a-z])[a-z]{3,}(?![a-z])", text))


def _another_year(work: Work) -> int | None:
    """The year that the entry's DOI says, if it is years away from the entry's own.

    Of 62,685 DOIs with a year in 35 series none says another than its paper's.
    """
    if not work.DOI or not work.year or work.year < 2000 or is_server(Identifier(Scheme.DOI, work.DOI)):
        return None
    years = [int(year) for year in _DATED.findall(work.DOI.partition("/")[2])]
    return years[0] if years and all(abs(year - work.year) >= APART for year in years) else None


def volume(work: Work) -> int:
    """The number of the journal's volume, also as the address of a paper at JMLR has it; 0 without one."""
    match = _JMLR.search(work.URL)
    number = match[1] if match else work.volume
    return int(number) if number.isdecimal() and len(number) < 4 else 0


def shown(work: Work, field: str) -> str:
    """The value of a field as a person reads it."""
    match field:
        case "author":
            return people_shown(work.author)
        case "issued":
            return str(work.year or "")
        case "page":
            return work.page.text if work.page else ""
        case "title":
            return plain(work.title)
        case "container_title":
            year = str(work.year or "")
            return work.container_title if year in work.container_title else f"{work.container_title} {year}".strip()
        case _:
            return str(getattr(work, field))


def people_shown(names: Sequence[Name]) -> str:
    return ", ".join(name.display for name in names)


def note(kind: Kind, is_sure: bool, field: str, work: Work, held: Held) -> Note:
    return Note(kind, is_sure, field, shown(work, field), shown(held.work, field), held)


def told(work: Work, held: Held) -> list[Note]:
    """What is to be told of the paper whatever the entry says."""
    kinds = {Status.WITHDRAWN: Kind.WITHDRAWN, Status.RETRACTED: Kind.RETRACTED}
    found = kinds.get(held.work.status)
    return [note(found, True, "status", work, held)] if found else []


def title(work: Work, held: Held, *, is_sure: bool) -> list[Note]:
    """The titles differ in words; sure unless one is the beginning or the end of the other."""
    ours, theirs = Title.of(work.title), Title.of(held.work.title)
    short, long = sorted((ours.text, theirs.text), key=len)
    part = (long.startswith(short) or long.endswith(short)) and len(long) - len(short) > _ENDING
    formulas = any(sign in work.title + held.work.title for sign in ("$", "<su", "\\"))
    sure = is_sure and not part and not formulas
    return [note(Kind.TITLE, sure, "title", work, held)]


def people(work: Work, held: Held, *, is_sure: bool = False, is_whole: bool = False) -> list[Note]:
    """Authors that are left out, added, others, or in another order.

    `is_whole`: what is held names everybody; registries often keep but the first author.
    """
    ours, theirs = named(work.author), named(held.work.author)
    if not ours or not theirs:
        return []
    if len(ours) < len(theirs) and _are_lumped(ours, theirs):
        return []
    facts = dict(authors.grade(ours, theirs).facts)
    shared, few = int(facts["same"]), int(facts["of"])
    first, second = _surnames(ours, theirs)
    if shared < few and Counter(first) - Counter(second) and Counter(second) - Counter(first):
        return [note(Kind.AUTHORS, is_sure, "author", work, held)]
    if len(ours) < len(theirs):
        cut = any(name.is_others for name in work.author)
        return [] if cut else [note(Kind.AUTHORS_MISSING, is_sure, "author", work, held)]
    if len(ours) > len(theirs):
        # An index may itself have cut a long list.
        cut = any(name.is_others for name in held.work.author)
        return [] if cut else [note(Kind.AUTHORS_ADDED, is_sure and is_whole, "author", work, held)]
    if first == second and len(_others(ours, theirs)) >= max(APART, len(ours) // 4):
        return [note(Kind.AUTHORS, is_sure, "author", work, held)]
    if first != second and sorted(first) == sorted(second) and len(set(first)) == len(first):
        return [note(Kind.AUTHOR_ORDER, is_sure, "author", work, held)]
    return []


def _are_lumped(ours: Sequence[Name], theirs: Sequence[Name]) -> bool:
    """Whether all are there, several of them as one name: what is between them is a comma, say, and no "and"."""
    said = Counter(folded(word) for name in ours for word in name.display.split())
    last = Counter(map(surname, theirs))
    return last <= said


def _others(ours: Sequence[Name], theirs: Sequence[Name]) -> list[str]:
    """Who has another given name, spelt out on both sides: of one a name may have changed, of several it has not."""
    found = []
    for one, other in zip(ours, theirs, strict=True):
        mine, yours = _given(one), _given(other)
        whole = mine and yours and min(len(mine[0]), len(yours[0])) >= _SPELT_OUT
        if whole and not any(_fits(*pair) for pair in product(mine, yours)):
            found.append(one.display)
    return found


def _given(name: Name) -> list[str]:
    """The given names, folded."""
    parts = split(name.unsplit) if name.unsplit else name
    return [word for part in parts.given.replace("-", " ").replace(".", " ").split() if (word := folded(part))]


def _fits(one: str, other: str) -> bool:
    """Whether two given names may be one: an initial, the beginning, nearly the same letters, a short form."""
    short, long = sorted((one, other), key=len)
    names = words()["short_names"]
    known = other in names.get(one, ()) or one in names.get(other, ())
    return known or long.startswith(short) or SequenceMatcher(None, one, other).ratio() >= _NEARLY


def _surnames(ours: Sequence[Name], theirs: Sequence[Name]) -> tuple[list[str], list[str]]:
    """The last names of both sides; who stands at the same place with the same given name has the other's.

    People change their family names, and their given names; an index follows them later or not at all.
    """
    first, second = [surname(name) for name in ours], [surname(name) for name in theirs]
    if len(ours) == len(theirs):
        pairs = [
            (name.display.split()[:1], other.display.split()[:1]) for name, other in zip(ours, theirs, strict=True)
        ]
        mine, more = Counter(first), Counter(second)
        renamed = [
            place
            for place, (one, other) in enumerate(pairs)
            if one == other and mine[first[place]] > more[first[place]] and first[place] != second[place]
        ]
        if len(renamed) == 1:
            first[renamed[0]] = second[renamed[0]]
    return first, second


def details(work: Work, held: Held) -> list[Note]:
    """Identifier and pages of one publication."""
    notes = []
    ours, theirs = work.DOI, held.work.DOI
    mine, other = work.page, held.work.page
    if ours and theirs and ours != theirs and not any(is_server(Identifier(Scheme.DOI, doi)) for doi in (ours, theirs)):
        notes.append(note(Kind.IDENTIFIER, True, "DOI", work, held))
    if not theirs and (year := _another_year(work)):
        notes.append(Note(Kind.NAMES_ANOTHER, True, "DOI", ours, str(year), held))
    if mine and other and mine.first.isdecimal() and other.first.isdecimal() and mine.first != other.first:
        notes.append(note(Kind.PAGES, False, "page", work, held))
    return notes
