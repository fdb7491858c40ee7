"""Lists in the wild: one row, read with the layout that its group has taught."""

from __future__ import annotations

import re
from dataclasses import replace

from fedbib.formats.lists.draft import Draft
from fedbib.formats.lists.fields import (
    CUTS,
    Cut,
    Fields,
    bare_comma,
    begins_with_people,
    behind_year,
    fields_of,
    reference,
)
from fedbib.formats.lists.lexicon import Lexicon
from fedbib.formats.lists.links import role_of_word, target_of
from fedbib.formats.lists.phrases import (
    SaidVenue,
    count_in,
    evidence,
    is_honour,
    is_nothing,
    is_series,
    people_in,
    title_in,
    venue_in,
)
from fedbib.formats.lists.pieces import EDGE
from fedbib.formats.lists.places import listed, placed
from fedbib.formats.lists.roles import Layout
from fedbib.formats.lists.shape import Shape, Slot, named_on
from fedbib.formats.readme import document

_YEAR = re.compile(r"(?:19|20)\d\d|['’‘`´]\s?\d\d\b")
_BROKEN_YEAR = re.compile(r"['’‘`´]\s?\d\b")
_VOLUME = re.compile(r"(?!v\d)(?:(?:vol|no|pp?)\b\.?\s?)?[a-z]?\d[\w\s.:–—-]*", re.IGNORECASE)
_BY = re.compile(r"by\s", re.IGNORECASE)
_IN = re.compile(r"(?:^|[\s,.])(?:In:?|in)$")
_COUNTED = re.compile(r"^\[\d{1,4}\]\s+(?=\S)")
"""A number in front of a title that is set in bold with it."""
_CITED = re.compile(r"\D{2,80}[,\s]((?:19|20)\d\d)[a-z]?")
"""What a paper is cited as: "Lee et al., 2021"."""
_GROUP_BEHIND = re.compile(r"(?<!\s)\s*+[\[(（【]([^()\[\]（）【】]{2,80})[\])）】]\s*+(?:[.]\s*+)?$")
_TAGS = frozenset({"review", "survey", "blog", "benchmark"})
_FILED = re.compile(
    r"(?P<year>(?:19|20)\d\d)[-_](?P<venue>[A-Za-z][\w& -]{1,24}?(?P<more>-[A-Z](?=-))?+)[-_](?=[^\W_])"
)
"""The name of a file in front of a title: "2019-ICML-A Title"."""
_GROUP_BEFORE = re.compile(r"^\s*[\[(（【]([^()\[\]（）【】]{2,80})[\])）】]\s*(?=\S)")


def read(shape: Shape, layout: Layout, line: int, lexicon: Lexicon) -> Draft:
    """What a row says, by its group's layout."""
    return _Reader(shape, layout, line, lexicon).read()


class _Reader:
    def __init__(self, shape: Shape, layout: Layout, line: int, lexicon: Lexicon) -> None:
        self._shape = shape
        self._layout = layout
        self._register = lexicon.register
        self._draft = Draft(line, lexicon)
        self._behind: Slot | None = None
        """What stands behind the title."""
        self._before: Slot | None = None
        """What stands before the slot that is read."""
        self._is_last = True
        """Whether the title is the last that its place says."""
        self._is_reference = False
        """Whether the title stands behind its people and the year."""

    def read(self) -> Draft:
        draft = self._draft
        title = self._title()
        if title is not None:
            self._take_title(title)
        slots = [slot for slot in self._shape.slots if slot is not title]
        pairs = zip(self._shape.slots, self._shape.slots[1:], strict=False)
        self._behind = next((behind for slot, behind in pairs if slot is title), None)
        after = title is None
        numbers: list[str] = []
        for slot in self._shape.slots:
            if slot is title:
                after = True
            elif self._is_reference and after and not slot.known and _VOLUME.fullmatch(slot.text.strip(EDGE)):
                numbers.append(slot.text.strip(EDGE))
            elif not (slot.kind == "link" and self._is_person(slot)):
                self._slot(slot, title if after else None)
            self._before = slot
        draft.others += [" ".join(numbers)] if numbers else []
        names = [slot.text.strip(" ,") for slot in slots if slot.kind == "link" and self._is_person(slot)]
        if names and (people := people_in(", ".join(names), learnt=True)):
            draft.people(people)
        for url, label in self._shape.links:
            draft.link(url, label)
        for badge in self._shape.badges:
            if venue := venue_in(named_on(badge), self._register):
                self._said_beside(venue)
        return draft

    def _is_person(self, slot: Slot) -> bool:
        """Whether a link leads to the page of an author."""
        if slot.url is None or slot.known not in ("", "people") or slot.key == self._layout.title:
            return False
        return bool(
            people_in(slot.text.strip(" ,"), learnt=True)
            and 2 <= count_in(slot.text) <= 4
            and target_of(slot.url, "").role != "paper"
        )

    # The title

    def _title(self) -> Slot | None:
        slots = self._shape.slots
        if cited := next(
            (slot for slot in slots if slot.kind == "text" and reference(slot.text, self._register)), None
        ):
            self._is_reference = True
            return cited
        if led_by := self._shape.led:
            people, place, title = led_by
            self._draft.people(people)
            self._is_reference = True
            self._shape = replace(self._shape, slots=tuple(slot for slot in slots if slot is not place))
            return title
        wanted = [slot for slot in slots if slot.key == self._layout.title and self._is_free(slot)]
        if wanted:
            return wanted[0]
        if "authors" not in self._layout.roles.values():
            texts = (slot for slot in slots if slot.key == self._layout.title and slot.kind == "text")
            if led := next((slot for slot in texts if self._first_cut(slot.text, learnt=True)), None):
                return led
        others = [
            slot
            for slot in slots
            if slot.kind in ("link", "strong", "em", "text", "label:title")
            and not slot.known
            and not (slot.kind == "text" and fields_of(slot.text, self._register).is_whole)
            and slot.text[:1] not in ",，"
            and any(map(str.isalpha, slot.text))
        ]
        known = [slot for slot in slots if slot.key == self._layout.title and slot.known != "date"]
        return next(iter(others or known), None)

    def _is_free(self, slot: Slot) -> bool:
        """Whether what stands in the place of titles may be one: in a link or run, it may look like names."""
        is_set_off = slot.kind in ("link", "strong", "em") or (slot.kind == "text" and self._layout.is_bare)
        return not slot.known or (slot.known == "people" and is_set_off and slot.key[1] == 0)

    def _take_title(self, slot: Slot) -> None:
        draft, text = self._draft, slot.text
        if slot.url is not None:
            draft.link(slot.url, slot.text)
        elif slot.kind == "text" and (cut := self._cut(slot)):
            text = cut.title
            self._is_last = slot.text.rstrip(EDGE).endswith(text.rstrip(EDGE))
            self._fields(cut.fields)
        if (match := _GROUP_BEHIND.search(text)) and (self._heard(match[1]) or is_honour(match[1])):
            text = text[: match.start()]
        text = self._freed(text)
        draft.title = title_in(_COUNTED.sub("", text))
        draft.is_loose = slot.kind == "text" and count_in(text) > 40

    def _freed(self, text: str) -> str:
        """A title without the venue, year or tag in front of it."""
        if filed := _FILED.match(text):
            name, end = filed["venue"], filed.end()
            if filed["more"] and evidence(name[:-2], self._register) == "venue":
                name, end = name[:-2], filed.end() - 2
            if self._heard(f"{name} {filed['year']}"):
                return text[end:]
        if match := _GROUP_BEFORE.search(text):
            is_tag = evidence(match[1], self._register) == "label" or match[1].casefold() in _TAGS
            if self._heard(match[1]) or is_tag:
                return text[match.end() :]
        return text

    def _heard(self, text: str) -> bool:
        """Whether a text is a venue or a date, which is taken then."""
        if evidence(text, self._register) not in ("venue", "date", "likely"):
            return False
        venue = venue_in(text, self._register, strict=True)
        if venue:
            self._draft.said(venue)
        return venue is not None

    def _cut(self, slot: Slot) -> Cut | None:
        """The title in a running text: without doubt, or else as far as the group has taught."""
        text = slot.text
        if self._is_reference:
            return self._placed(slot, reference(text, self._register) or behind_year(text, self._register))
        found = self._first_cut(text, learnt=False)
        if self._layout.people and (not found or found.fields.rest or not found.fields.people):
            found = self._first_cut(text, learnt=True) or found
        if found and found.fields.people and self._is_beside_people(slot):  # "Mining Tests, Testing Books"
            found = None
        if not found and (quoted := CUTS["quoted"](text, self._register, False)) and quoted.fields.people:
            found = quoted
        if not found and "comma" in self._layout.cuts:
            found = listed(text, self._register)
        return self._placed(slot, found)

    def _placed(self, slot: Slot, cut: Cut | None) -> Cut | None:
        """A cut with its venue, known or not, where the group has venues."""
        return placed(cut, self._register) if cut and slot.key in self._layout.sources else cut

    def _first_cut(self, text: str, *, learnt: bool) -> Cut | None:
        cuts = (bare_comma if name == "comma" and self._layout.is_bare else CUTS[name] for name in self._layout.cuts)
        return next(filter(None, (cut(text, self._register, learnt) for cut in cuts)), None)

    # The rest

    def _slot(self, slot: Slot, title: Slot | None) -> None:
        draft = self._draft
        role = self._layout.roles.get(slot.key, "")
        known = slot.known
        may_be_venue = role == "venue" or slot.kind == "text"  # "IJCAI 2019: 12-34", and sites have the name "IJCAI"
        if slot.kind.startswith("label:"):
            self._labelled(slot)
        elif slot.url is not None:
            if known in ("venue", "likely", "date") and (venue := venue_in(slot.text, self._register, strict=True)):
                self._said_beside(venue)
                draft.link(slot.url, "paper")
            else:
                draft.link(slot.url, slot.text)
        elif slot.kind == "text" and begins_with_people(slot.text, self._register):
            self._running(slot, learnt=True)
        elif known == "people" or ((role == "authors" or _BY.match(slot.text)) and people_in(slot.text, learnt=True)):
            if people := people_in(slot.text, learnt=True) or people_in(slot.text):
                draft.people(people)
        elif known in ("venue", "date", "likely"):
            if venue := venue_in(slot.text, self._register, strict=True):
                draft.said(venue)
        elif is_honour(slot.text) or (known == "label" and not (may_be_venue and _YEAR.search(slot.text))):
            if slot.kind.startswith("group") and role_of_word(slot.text) == "paper":
                self._cited_year(slot)  # "(preprint, 2021)"
        elif self._is_place(slot, role):
            if venue := venue_in(slot.text, self._register, loose=True):
                draft.said(venue)
            else:
                self._fields(fields_of(slot.text, self._register))
        elif slot.kind.startswith("group") and slot.tied and title is not None and self._is_behind(slot, title):
            closes = {"(": ")", "[": "]", "（": "）", "【": "】"}.get(slot.opens, ")")
            colon = ":" if title.text.rstrip().endswith(":") and not draft.title.endswith(":") else ""
            draft.title = f"{draft.title}{colon} {slot.opens or '('}{slot.text}{closes}"
        elif slot.kind == "lead":
            self._cited_year(slot)
        else:
            self._running(slot, learnt=self._layout.people and not draft.author and not self._is_beside_people(slot))

    def _is_beside_people(self, slot: Slot) -> bool:
        """Whether the people of the row stand in another place."""
        roles = self._layout.roles
        return any(
            one is not slot and roles.get(one.key) == "authors" and people_in(one.text, learnt=True) is not None
            for one in self._shape.slots
        )

    def _running(self, slot: Slot, *, learnt: bool) -> None:
        """What a text says that holds no title."""
        fields = fields_of(slot.text, self._register, learnt=learnt)
        known = {name.display for name in self._draft.author}
        if known and fields.people and known.isdisjoint(name.display for name in fields.people.names):
            # "Acta Aquatica, 2019" behind the authors looks like somebody.
            fields = Fields(None, fields.venue, (fields.people.display, *fields.rest))
        cut = Cut("", fields)
        self._fields((self._placed(slot, cut) or cut).fields)

    def _said_beside(self, venue: SaidVenue) -> None:
        """A venue on a badge or a link, where the archive alone says only that the paper is there, too."""
        self._draft.is_archived |= not self._draft.venue and venue.label == "arXiv"
        self._draft.said(venue)

    def _cited_year(self, slot: Slot) -> None:
        if (match := _CITED.fullmatch(slot.text)) and (venue := venue_in(match.group(1), self._register)):
            self._draft.said(venue)

    def _is_place(self, slot: Slot, role: str) -> bool:
        """Whether words that are not known name where a paper was published."""
        if self._is_reference and slot is self._behind and slot.kind == "em" and not slot.tied:
            return True
        if (
            slot.kind == "em"
            and self._before
            and _IN.search(self._before.text)
            and (slot.text[:1].isupper() or slot.text[:1].isdigit())
        ):
            return count_in(slot.text) <= 16
        return (role == "venue" and self._is_like(slot)) or (_stands_apart(slot) and is_series(slot.text))

    def _is_behind(self, slot: Slot, title: Slot) -> bool:
        """Whether a group stands right behind the text of the title."""
        return title.kind == "text" and self._is_last and slot is self._behind

    def _is_like(self, slot: Slot) -> bool:
        """Whether words in a place of venues have the form that venues have there."""
        text = slot.text
        if _BROKEN_YEAR.search(text) or count_in(text) > 9:
            return False
        return _YEAR.search(text) is not None or not (slot.tied or slot.key in self._layout.dated)

    def _fields(self, fields: Fields) -> None:
        if fields.people:
            self._draft.people(fields.people)
        if fields.venue:
            self._draft.said(fields.venue)
        self._draft.comments += fields.rest

    def _labelled(self, slot: Slot) -> None:
        """What stands behind a label such as "*Authors*:"."""
        draft, role, text = self._draft, slot.kind.removeprefix("label:"), slot.text.strip(" *_")
        if role == "authors":
            if people := people_in(text, labelled=True):
                draft.people(people)
        elif role in ("venue", "date"):
            if venue := venue_in(text, self._register, loose=True):
                draft.said(venue)
        elif role in ("datasets", "models", "topics"):
            if values := tuple(value for value in document.things(text) if not is_nothing(value)):
                draft.facets.setdefault(role, values)
        elif role == "title":
            draft.title = draft.title or title_in(text)
        elif role == "comment":
            draft.comments.append(text)
        elif role == "tldr":
            draft.tldr = draft.tldr or text
        elif role == "":
            draft.others.append(text)


def _stands_apart(slot: Slot) -> bool:
    return slot.kind == "em" or slot.kind.startswith("group")
