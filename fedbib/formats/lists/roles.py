"""Lists in the wild: what each place in a shape holds, learnt from all rows of that shape together.

A place is a title, authors or a venue because most of its rows agree and what is known (the register of venues, dates,
lists of people) speaks for it, never because of how one row is spelt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from fedbib.formats.lists.fields import CUTS, Cut, behind_year, fields_of, reference
from fedbib.formats.lists.links import target_of
from fedbib.formats.lists.phrases import count_in, evidence, people_in
from fedbib.formats.lists.places import are_sources, is_place_like
from fedbib.formats.lists.shape import Key, Shape, Slot
from fedbib.words.venues import Register

_VOLUME = re.compile(r"[,;:\s]*(?:vol|no|pp?)\b\.?\s?\d", re.IGNORECASE)
_ENOUGH = 500
"""So many rows, spread over a group, show what it agrees on."""
_CARRIERS = ("link", "strong", "em", "text", "label:title")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a group of rows agrees on."""

    title: Key | None
    """Where titles stand."""
    roles: Mapping[Key, str] = field(default_factory=dict)
    """What other places hold: authors or venue."""
    support: Mapping[Key, float] = field(default_factory=dict)
    """The share of the rows with such a place that speaks for its role, 0 to 1."""
    dated: frozenset[Key] = frozenset()
    """Venues that stand with their year."""
    cuts: tuple[str, ...] = ()
    """How the text of a title goes on, the most frequent first."""
    people: bool = False
    """Whether people stand in the running text of most rows."""
    is_bare: bool = False
    """Whether people stand behind the title, in its text, in hardly any row."""
    sources: frozenset[Key] = frozenset()
    """Running texts in which venues stand, known or not."""


def group_of(shape: Shape) -> str:
    """What rows must share to be compared: whether people and their year lead them, else the kind of the first place,
    and whether a link stands behind it."""
    if shape.led:
        return "people and year"
    kinds = [slot.kind for slot in shape.slots if slot.kind != "lead" and slot.kind[:5] != "group"]
    first = kinds[0] if kinds else ""
    return first + (" link" if first not in ("link", "") and "link" in kinds else "")


_Row = TypeVar("_Row")


def spread(rows: Sequence[_Row]) -> Sequence[_Row]:
    """The rows, of very many some that are spread over them."""
    return rows[:: step_over(len(rows))]


def step_over(rows: int) -> int:
    """How far one of so many rows is from the next in `spread`."""
    return max(1, rows // _ENOUGH)


def learn(shapes: Sequence[Shape], register: Register) -> Layout:
    """The layout of rows of one group; of a large one, some of its rows tell."""
    shapes = spread(shapes)
    places: dict[Key, list[Slot]] = {}
    for one in shapes:
        for slot in one.slots:
            places.setdefault(slot.key, []).append(slot)
    title = _title(places, len(shapes), register)
    cuts, people, is_bare = _cuts(places.get(title, ()) if title and title[0] == "text" else (), register)
    roles: dict[Key, str] = {}
    support: dict[Key, float] = {}
    dated: set[Key] = set()
    led = Counter(
        one.key
        for shape in shapes
        for one, behind in zip(shape.slots, shape.slots[1:], strict=False)
        if behind.known == "date" or (behind.kind == "text" and _VOLUME.match(behind.text))
    )
    for key, slots in places.items():
        if key == title:
            continue
        role, share, is_dated = _role(slots, led[key], register)
        if role:
            roles[key], support[key] = role, share
        if is_dated:
            dated.add(key)
    is_peopled = any(role == "authors" and len(places[key]) * 4 >= len(shapes) for key, role in roles.items())
    said: dict[Key, list[Cut]] = {}
    for one in shapes:
        led_by = one.led
        for slot in one.slots:
            if slot.kind == "text":
                is_led = led_by is not None and slot is led_by[2]
                cut = _cut(slot.text, register, is_led=is_led, is_title=slot.key == title)
                said.setdefault(slot.key, []).append(cut)
    sources = frozenset(key for key, cuts_there in said.items() if are_sources(cuts_there, register))
    return Layout(title, roles, support, frozenset(dated), cuts, people or is_peopled, is_bare, sources)


def _cut(text: str, register: Register, *, is_led: bool, is_title: bool) -> Cut:
    """What a running text says: beside a title in it, which people and their year may lead, or alone."""
    cut: Cut | None = None
    if is_led:
        cut = behind_year(text, register)
    elif is_title:
        ways = (way(text, register, learnt) for learnt in (False, True) for way in CUTS.values())
        cut = reference(text, register) or next(filter(None, ways), None)
    return cut or Cut("", fields_of(text, register, learnt=True))


def _title(places: Mapping[Key, Sequence[Slot]], rows: int, register: Register) -> Key | None:
    """The place of the title: in most rows, long, not the same twice, nothing else that is known."""
    best, most = None, 0.0
    for key, slots in places.items():
        if key[0] not in _CARRIERS:
            continue
        plain = [slot for slot in slots if not slot.known and not _is_apparatus(slot, register)]
        if not plain:
            continue
        words = sum(min(count_in(slot.text), 8) for slot in plain) / len(plain)
        distinct = len({slot.text.casefold() for slot in plain}) / len(plain)
        score = len(plain) / rows * min(1.0, words / 4) * distinct * _bonus(plain)
        if score > most + 1e-9:
            best, most = key, score
    return best


def _is_apparatus(slot: Slot, register: Register) -> bool:
    return slot.kind == "text" and (slot.text[:1] in ",，" or fields_of(slot.text, register).is_whole)


def _bonus(slots: Sequence[Slot]) -> float:
    if slots[0].kind == "label:title":
        return 2.0
    links = [slot.url for slot in slots if slot.url is not None]
    papers = sum(target_of(url, "").role in ("paper", "") for url in links)
    return 1.4 if links and papers * 2 >= len(links) else 0.7 if links else 1.0


def _cuts(slots: Sequence[Slot], register: Register) -> tuple[tuple[str, ...], bool, bool]:
    """The ways in which the titles' text goes on that enough rows show without doubt; whether people stand there in
    many rows, and whether in hardly any."""
    found: Counter[str] = Counter()
    people = 0
    for slot in slots:
        for name, cut in CUTS.items():
            if known := cut(slot.text, register, False):
                found[name] += 1
                people += known.fields.people is not None
                break
    least = max(1, len(slots) // 8)
    cuts = tuple(name for name, count in found.most_common() if count >= least)
    if cuts[:1] == ("people first",):  # where people lead, no title stands in their place
        cuts = ("people first", "quoted")
    return cuts, people * 4 >= len(slots) > 0, len(slots) > 4 and people * 4 < len(slots)


def _role(slots: Sequence[Slot], led: int, register: Register) -> tuple[str, float, bool]:
    """What a place holds, with the share of its rows that say so and whether venues have their years there; `led` of
    its rows have a year or a volume behind it."""
    known = Counter(slot.known for slot in slots)
    venues = known["venue"] + known["likely"] + known["date"]
    dated = known["date"] + known["likely"]
    dated += sum(slot.known == "venue" and any(char.isdigit() for char in slot.text) for slot in slots)
    people = known["people"]
    if slots[0].kind == "text":
        people = sum(fields_of(slot.text, register).people is not None for slot in slots)
    # Tags such as "Program Repair" may be names, but they come again and again.
    differ = len(slots) < 6 or len({slot.text for slot in slots}) * 2 > len(slots)
    if people * 5 >= len(slots) * 2 or (people and differ and all(people_in(s.text, learnt=True) for s in slots)):
        return "authors", people / len(slots), False
    if known["venue"] and venues * 2 >= len(slots):
        return "venue", venues / len(slots), dated * 5 >= venues * 4
    if slots[0].kind == "em" and (known["venue"] * 5 >= len(slots) or led * 5 >= len(slots) * 4):
        venues += sum(is_place_like(slot.text, register) for slot in slots if not slot.known)
        return ("venue" if venues * 5 >= len(slots) * 4 else ""), venues / len(slots), False
    return "", 0.0, False


def column(texts: Sequence[str], register: Register) -> str:
    """What a column of a table holds, by its values: venue, date, authors, or "" where nothing is known."""
    said = [text for text in texts if text.strip()]
    known = Counter(evidence(text, register) for text in said)
    if known["date"] * 5 >= len(said) * 4 > 0:
        return "date"
    if known["venue"] and (known["venue"] + known["likely"] + known["date"]) * 2 >= len(said):
        return "venue"
    return "authors" if known["people"] * 2 >= len(said) > 0 else ""
