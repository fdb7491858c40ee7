"""Lists in the wild: plain text behind or around a title, cut into people, venue and date as far as they are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from fedbib.formats.lists.phrases import (
    POINT,
    YEAR,
    People,
    SaidVenue,
    count_in,
    evidence,
    is_inverted,
    people_in,
    venue_in,
)
from fedbib.formats.lists.pieces import EDGE
from fedbib.model.name import OTHERS, Name
from fedbib.words.venues import Register

# The stop first, so that nothing is tried where none is.
SENTENCE = re.compile(
    r"[.?!。](?:(?<!。)(?<![A-Z]\.[.?!])(?<!\b[A-ZÀ-ÞĀ-Ž][.?!])(?<!\b[Vv]s[.?!])(?<!\bal[.?!])(?<!\be\.g[.?!])(?<!\bi\.e[.?!])"
    r"\s+(?=[A-Z\d*“\"À-ÞĀ-Ž(\[]|arXiv|bioRxiv|medRxiv)|(?<![?!])\s*$)"
)
COMMA = re.compile(r",\s+|[，、]\s*")
_WIDE_COMMA = re.compile(r",\s+|，\s*")
"""Where names are parted by "、", what parts them from the rest."""
_OF_YEAR = re.compile(rf"([^()]{{4,2000}}+)\(({YEAR})[a-z]?\)$")
_DASH = re.compile(r"\s[-–—]+\s|:\s")
_VENUES = frozenset({"venue", "date", "likely"})
_ET_AL = re.compile(r"([^.]{1,200}(?:\.[^.]{1,40}){0,6}?\bet\.? al\b\.?)[.,:;\s]+(?=[A-Z(\[\d])(.+)$")
_DEEPEST = 4
"""So many dashes and colons part what a text says; more of them are a sentence's."""
_PARTS = 400
"""A text in more parts than this is no title with its authors."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a text says beside a title."""

    people: People | None = None
    venue: SaidVenue | None = None
    rest: tuple[str, ...] = ()
    """What nothing is known of."""

    @property
    def is_whole(self) -> bool:
        return not self.rest and bool(self.people or self.venue)


@lru_cache(4096)
def fields_of(text: str, register: Register, *, learnt: bool = False) -> Fields:
    """People, venue and date in a text; with `learnt`, one person alone is one where people stand in other rows."""
    people: People | None = None
    venue: SaidVenue | None = None
    rest: list[str] = []
    for part in _sentences(_PAGES.sub("", text) if "p" in text or ":" in text else text):
        found = _part(part, register, learnt)
        if people and found.people:
            rest.append(part)
        people = people or found.people
        if found.venue and (venue is None or not venue.label):
            venue = _both(found.venue, venue)
        elif found.venue and venue:
            venue = _both(venue, found.venue)
        rest += found.rest
    return Fields(people, venue, tuple(rest))


_PAGES = re.compile(
    r"[,:;]\s(?:pp?\.|pages?)\s?+\d{1,6}(?:\s?[-–—]{1,3}\s?\d{1,6})?+\b"
    r"|(?<=\b(?:19|20)\d\d):\s?\d{1,6}(?:[-–—]\d{1,6})?+(?=[.\s]*$)"
)


def _both(one: SaidVenue, other: SaidVenue | None) -> SaidVenue:
    return SaidVenue(
        one.label, one.issued or (other.issued if other else None), one.id or (other.id if other else None)
    )


def _sentences(text: str) -> list[str]:
    found, start = [], 0
    for match in SENTENCE.finditer(text):
        found.append(text[start : match.start()])
        start = match.end()
    found.append(text[start:])
    return [part for part in (one.strip(EDGE) for one in found) if part]


def _part(text: str, register: Register, learnt: bool, depth: int = 0) -> Fields:
    known = evidence(text, register)
    if known == "people" or (learnt and not known and count_in(text) <= 4 and people_in(text, learnt=True)):
        return Fields(people_in(text, learnt=learnt) or people_in(text))
    if known in _VENUES:
        return Fields(venue=venue_in(text, register, strict=True))
    if known == "label":
        return Fields()
    if depth < _DEEPEST and (match := _ET_AL.match(text)) and (people := people_in(match.group(1))):
        behind = _part(match.group(2), register, learnt, depth + 1)
        return Fields(people, behind.venue, behind.rest)
    if (match := _OF_YEAR.match(text)) and (people := people_in(match[1], learnt=True)):
        return Fields(people, venue_in(match[2], register))
    parts = (_WIDE_COMMA if "、" in text else COMMA).split(text)
    if 1 < len(parts) <= _PARTS:
        for at in range(max(1, len(parts) - 3), len(parts)):
            tail = ", ".join(parts[at:])
            if evidence(tail, register) in _VENUES:
                head = ", ".join(parts[:at])
                people = people_in(head, learnt=True)
                return Fields(people, venue_in(tail, register, strict=True), () if people else (head,))
        for at in (1, 2):
            head, tail = ", ".join(parts[:at]), ", ".join(parts[at:])
            if evidence(head, register) in _VENUES and (people := people_in(tail, learnt=True)):
                return Fields(people, venue_in(head, register, strict=True))
        if found := _behind_people(", ".join(parts[:-1]), parts[-1], register):
            return found
    if people := people_in(text, learnt=True) if learnt else None:
        return Fields(people)
    if depth < _DEEPEST and (match := _DASH.search(text)):
        head, tail = text[: match.start()], text[match.end() :]
        one, other = _part(head, register, learnt, depth + 1), _part(tail, register, learnt, depth + 1)
        if one.is_whole or other.is_whole:
            twice = (tail,) if one.people and other.people else ()
            return Fields(one.people or other.people, one.venue or other.venue, (*one.rest, *other.rest, *twice))
    return Fields(rest=(text,))


def _behind_people(head: str, tail: str, register: Register) -> Fields | None:
    """Several people with a year behind them, beside what nobody knows: "Ann Ho, Bo Li, Pond Days 2018"."""
    said = venue_in(tail, register, loose=True)
    people = people_in(head, learnt=True) if said and said.issued else None
    if not said or not people or len(people.names) < 2:
        return None
    return Fields(people, SaidVenue("", said.issued), (said.label,) if said.label else ())


# Where a title ends --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cut:
    """A title with what stands beside it in the same text."""

    title: str
    fields: Fields


def _sentence(text: str, register: Register, learnt: bool) -> Cut | None:
    """ "Title. Authors. Venue, year" """
    for count, match in enumerate(SENTENCE.finditer(text)):
        if count > 6:
            break
        head, rest = text[: match.end()].rstrip(), text[match.end() :]
        # "Stop! Sampling Is All You Learn": behind these marks a title often goes on.
        taught = learnt and not head.endswith(("!", "?"))
        if not rest.strip(EDGE):
            continue
        fields = fields_of(rest, register, learnt=taught)
        # Behind people who are such without doubt nothing is a title, known or not.
        if fields.is_whole or begins_with_people(rest, register):
            return Cut(head.removesuffix(".") if not head.endswith("..") else head, fields)
    return None


_SURE_END = re.compile(r"\s(?=[^\Waeiouy]*+[aeiouy])[\w’'-]{2,}+$|\s[\w’'-]{4,}+$", re.IGNORECASE)
"""The last word of a name that is no abbreviation ("Hans Th. Müller")."""


def begins_with_people(text: str, register: Register) -> bool:
    """Whether a list of people is the first sentence of a text, and what stands behind it goes on with no names."""
    first, *behind = _sentences(text)[:2]
    if not behind or evidence(first, register) != "people" or not _SURE_END.search(first):
        return False
    people = people_in(first)
    return people is not None and len(people.names) > 1 and count_in(behind[0]) > 1 and not COMMA.search(behind[0])


def _comma(text: str, register: Register, learnt: bool, *, is_bare: bool = False) -> Cut | None:
    """ "Title, Authors, Venue, year" """
    starts = list(islice(COMMA.finditer(text), 40))
    for match in starts:
        fields = fields_of(text[match.end() :], register, learnt=learnt)
        head = text[: match.start()]
        # "Private, Efficient and Accurate, Ann Ho": one word, and what follows it are words and no names.
        goes_on = count_in(head) < 2 and fields.people is not None and any(map(_is_one_word, fields.people.names))
        # "Indexing Keys, Joining Tables, and Cleaning Lakes", where no other row has people behind its title.
        if is_bare and fields.people is not None and len(fields.people.names) < 4:
            goes_on |= " and " in text[match.start() :]
        if fields.is_whole and (fields.people or fields.venue) and not goes_on:
            return Cut(head, fields)
    return None


def bare_comma(text: str, register: Register, learnt: bool) -> Cut | None:
    """ "Title, Venue, year" where people stand behind hardly any title, so that no part of one is taken for them"""
    return _comma(text, register, learnt, is_bare=True)


def _is_one_word(name: Name) -> bool:
    return name != OTHERS and count_in(name.display) < 2


def _dash(text: str, register: Register, learnt: bool) -> Cut | None:
    """ "Title - Authors - Venue" """
    for match in list(re.finditer(r"\s[-–—|]+\s", text))[:6]:
        rest = text[match.end() :]
        fields = fields_of(rest, register, learnt=learnt)
        if fields.is_whole or (fields.people and evidence(_DASH.split(rest, 1)[0], register) == "people"):
            return Cut(text[: match.start()], fields)
    return None


_GOES_ON = re.compile(r"\s++[^\W\d_]")
_QUOTED = re.compile(
    r"[“\"「]([^“”\"「」]{2,400})[”\"」]"
    r"|(?<![\w’])[‘'](?=\S)((?:[^‘’'\n]|(?<=\w)[’'](?=\w)){2,400}+)[’'](?=[,.;]|\s*$)"
)


def _quoted(text: str, register: Register, learnt: bool) -> Cut | None:
    """ "Authors, “Title,” Venue, year", the people before it or none"""
    match = _QUOTED.search(text)
    if not match:
        return None
    before, after = text[: match.start()].strip(EDGE), text[match.end() :].strip(EDGE)
    if before and text[: match.start()].rstrip()[-1] not in ",.:;-–—，。：、":
        return None
    people = people_in(before, learnt=True) if before else None
    if before and not people and count_in(before) > 3:
        return None
    after = re.sub(r"^in(?: the)?(?:\s|$)", "", after)
    if after[:1].islower():
        return None
    fields = fields_of(after, register, learnt=learnt) if after else Fields()
    # "“Why Swim?” Asking Otters": the title goes on.
    if not before and after and not fields.is_whole and _GOES_ON.match(text, match.end()):
        return None
    twice = (after,) if people and fields.people else ()
    return Cut(match[1] or match[2], Fields(people or fields.people, fields.venue, (*fields.rest, *twice)))


def _parts(text: str, register: Register, learnt: bool) -> Cut | None:
    """ "Authors; Title; Venue, year" """
    first, *others = [part.strip(EDGE) for part in text.split("; ", 5)]
    people = people_in(first, learnt=learnt) if others else None
    if not people or not others[0]:
        return None
    if people.names[-1] != OTHERS and (evidence(others[0], register) or people_in(others[0], learnt=True)):
        return None
    fields = fields_of("; ".join(others[1:]), register) if len(others) > 1 else Fields()
    return Cut(others[0], Fields(people, fields.venue, fields.rest)) if not fields.rest else None


def _people_first(text: str, register: Register, learnt: bool) -> Cut | None:
    """ "Authors. Title. Venue, year" """
    for match in list(re.finditer(r"(?<!\b[A-ZÀ-ÞĀ-Ž])[.:]\s+|\s\(", text))[:3]:
        people = people_in(text[: match.start()], learnt=learnt)
        if not people:
            continue
        rest = re.sub(r"^\(?((?:19|20)\d\d)\)[.:]?\s+", r"", text[match.end() :].lstrip("("))
        if cut := _sentence(rest, register, learnt) or _comma(rest, register, learnt):
            # "Acta Aquatica, 2019" looks like somebody.
            twice = (cut.fields.people.display,) if cut.fields.people else ()
            return Cut(cut.title, Fields(people, cut.fields.venue, twice))
        if count_in(rest) >= (2 if learnt else 3):
            return Cut(rest, Fields(people))
    return None


_REFERENCE = re.compile(
    rf"(?P<people>\D{{4,2000}}+)(?P<year>{YEAR})[a-z]?\)?(?:,\s(?P<month>[A-Z][a-z]{{2,8}})\b\.?(?:\s\d{{1,2}})?)?[.,:]\s(?P<rest>\S.+)"
)
_STOP = re.compile(r"(?<![A-Z]\.)(?<!\b[A-ZÀ-ÞĀ-Ž])(?<!\b[Vv]s)\.(?:\s+(?=[A-ZÀ-Þ\d]|arXiv|bioRxiv|medRxiv)|\s*$)")
_RAISED = re.compile(r"<sup>[^<]{0,20}</sup>")
_STOP_IN = re.compile(r"\. In\b")
_IN = re.compile(r"in:?(?:\s+|$)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:(?:vol|no|pp?)\.?)?\(?[a-z]?\d[\d().,:–—-]*|(?:vol|no|pp?)\.?", re.IGNORECASE)
"""A volume, an issue or pages, or the word in front of them."""


@lru_cache(4096)
def reference(text: str, register: Register) -> Cut | None:
    """A reference whose people and year lead: "Lee, A. and Li, B., 2019, May. Title. In Series, pp. 1-9"."""
    match = _REFERENCE.match(_RAISED.sub("", text).lstrip(EDGE) if "<su" in text else text.lstrip(EDGE))
    if not match:
        return None
    head = POINT.sub("", match["people"].strip(" ,("))
    people = people_in(head, learnt=is_inverted(head) or _STOP_IN.search(match["rest"]) is not None)
    issued = venue_in(f"{match['month'] or ''} {match['year']}", register)
    rest = match["rest"].strip()
    stop = _STOP.search(rest)
    title, tail = (rest[: stop.start()], rest[stop.end() :]) if stop else (rest, "")
    if not people or issued is None or issued.label or count_in(title) < 2:
        return None
    venue, words = _container(tail.strip(EDGE), register)
    return Cut(title, Fields(people, _both(venue or issued, issued), words))


_AGAIN = re.compile(rf",\s{YEAR}$")


def behind_year(text: str, register: Register) -> Cut | None:
    """What stands behind the people and the year of a reference: "Title. Series, pp. 1-9"."""
    text = text.lstrip(EDGE)
    stop = _STOP.search(text)
    if not stop or count_in(text[: stop.start()]) < 2:
        return None
    venue, words = _container(text[stop.end() :].strip(EDGE), register)
    return Cut(_AGAIN.sub("", text[: stop.start()]), Fields(None, venue, words))


def _container(text: str, register: Register) -> tuple[SaidVenue | None, tuple[str, ...]]:
    """What a reference says behind its title, the venue without volume and pages; what else it says."""
    says_in = _IN.match(text)
    words = (text[says_in.end() :] if says_in else text).split()
    while words and (_NUMBER.fullmatch(words[-1]) or not words[-1].strip(EDGE)):
        words.pop()
    name = " ".join(words).strip(EDGE)
    if not name:
        return None, ()
    is_named = says_in and name[0].isupper() and count_in(name) <= 16 and ". " not in name
    venue = (
        venue_in(name, register, loose=True)
        if is_named
        else venue_in(name, register, strict=True)
        if evidence(name, register) in _VENUES
        else None
    )
    return venue, () if venue else (text,)


CUTS: Mapping[str, Callable[[str, Register, bool], Cut | None]] = MappingProxyType(
    {
        "parts": _parts,
        "quoted": _quoted,
        "people first": _people_first,
        "sentence": _sentence,
        "dash": _dash,
        "comma": _comma,
    }
)
"""The ways in which a text goes on behind a title, by name; each gives None for a text that does not."""
