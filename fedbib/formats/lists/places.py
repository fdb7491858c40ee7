"""Lists in the wild: venues that nobody knows, told by where they stand: where the other rows have theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from fedbib.formats.lists.fields import COMMA, SENTENCE, Cut, Fields
from fedbib.formats.lists.links import terms_of
from fedbib.formats.lists.phrases import SaidVenue, count_in, evidence, people_in, venue_in
from fedbib.formats.lists.pieces import EDGE
from fedbib.words.publication import is_posted
from fedbib.words.venues import Register

_MOST_WORDS = 9
_SMALL = 4
"""Words with fewer letters may begin with a small letter in a name."""
_NO_NAME = re.compile(r"[:?!;“”\"()\[\]<>]|\.\s")
_CAPITALS = re.compile(r"[A-Z]\S*[A-Z]")
_MOST_COMMAS = 40
_LEAST = 4
"""So few rows show no rule."""


def is_place_like(text: str, register: Register) -> bool:
    """Whether words that are not known have the form of a journal's or a conference's name."""
    words = text.split()
    if is_posted(text) or text.casefold() in terms_of("journals"):
        return True
    if not 0 < len(words) <= _MOST_WORDS or _NO_NAME.search(text) or evidence(text, register) not in ("", "people"):
        return False
    if len(words) == 1 and not _CAPITALS.search(text):
        return False
    if not (text[0].isupper() or text[0].isdigit()) or words[-1].islower():
        return False
    plain = {word.casefold().strip(EDGE) for word in words}
    others = terms_of("organisations") | terms_of("publishers") | terms_of("elsewhere") | terms_of("writings")
    return plain.isdisjoint(others) and all(len(word) < _SMALL or not word[0].islower() for word in words)


def placed(cut: Cut, register: Register) -> Cut:
    """A title with what stands behind it, the words of which nothing is known as its venue if they have the form of
    one: beside people, a date or the title, behind people, or as the last sentence of the title itself. `cut` where
    there is none.
    """
    title, people, venue = cut.title, cut.fields.people, cut.fields.venue
    if (venue and venue.label) or len(cut.fields.rest) > 1:
        return cut
    name = cut.fields.rest[0] if cut.fields.rest else ""
    if not name:
        title, name = _apart(title)
    elif not people and (not (title or venue) or not is_place_like(name, register)):
        head, _, name = name.rpartition(", ")
        people = people_in(head, learnt=True)
        if not people:
            return cut
    is_known = evidence(name, register) == "venue"
    if not is_known and not is_place_like(name, register):
        return cut
    said = venue_in(name, register, loose=not is_known, strict=is_known)
    if not said or not said.label:
        return cut
    return Cut(title, Fields(people, replace(venue, label=said.label) if venue else said))


def listed(text: str, register: Register) -> Cut | None:
    """ "Title, Authors, Venue" with several people and a venue that nobody knows."""
    head, _, name = text.rpartition(", ")
    if not is_place_like(name, register):
        return None
    for match in islice(COMMA.finditer(head), _MOST_COMMAS):
        people = people_in(head[match.end() :])
        if people and len(people.names) > 1:
            return Cut(head[: match.start()], Fields(people, SaidVenue(name)))
    return None


def _apart(title: str) -> tuple[str, str]:
    """A title and its last sentence, "" where it has but one."""
    ends = [match.end() for match in SENTENCE.finditer(title) if match.end() < len(title)]
    head = title[: ends[-1]].rstrip().removesuffix(".") if ends else ""
    return (head, title[ends[-1] :].strip(EDGE)) if count_in(head) > 1 else (title, "")


def are_sources(cuts: Sequence[Cut], register: Register) -> bool:
    """Whether venues stand behind people or titles in nearly all rows of a group: of some it is known that they are,
    or the others come again and again, or each row has people and a date as well."""
    found = [(cut, placed(cut, register)) for cut in cuts]
    told = [pair for pair in found if pair[1].fields.people or pair[1].fields.venue]
    known = sum(cut.fields.venue is not None and cut.fields.venue.label != "" for cut, _ in told)
    new = [one.fields.venue.label for cut, one in told if one is not cut and one.fields.venue]
    if not new or len(told) < _LEAST or (known + len(new)) * 5 < len(told) * 4:
        return False
    is_regular = known + len(new) == len(told) and all(map(_has_both, (one for _, one in told)))
    return known * 5 >= len(told) or len({*new}) * 5 <= len(new) * 3 or is_regular


def _has_both(cut: Cut) -> bool:
    """Whether people and a date stand beside a venue."""
    return cut.fields.people is not None and cut.fields.venue is not None and cut.fields.venue.issued is not None
