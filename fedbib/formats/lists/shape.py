"""Lists in the wild: the shape of a row, its content as slots that can be compared from row to row.

A slot is what stands in one place: the text of a link, a bold run, a group in brackets, a stretch of plain text. Links
that are only labels ("[[pdf]](...)") are no slots: they stand anywhere and say themselves what they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice

from fedbib.formats.lists.links import role_of_word, roles_of_labels
from fedbib.formats.lists.phrases import POINT, People, evidence, is_said, is_titled, people_in
from fedbib.formats.lists.pieces import BAR, EDGE, Piece, without_emoji
from fedbib.text.plain import clean
from fedbib.words.venues import Register

Key = tuple[str, int]
"""A place in a row: the kind of its slot, and which of this kind it is, from 0."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a row with what it says."""

    key: Key
    text: str
    url: str | None = None
    """Of a link; "" where it leads nowhere."""
    tied: bool = False
    """A group that stands directly behind plain text: it may be the end of that text. A run that ends within a word."""
    opens: str = ""
    """The bracket that opens a group."""
    known: str = ""
    """What its text is by what is known (`fedbib.formats.lists.phrases.evidence`)."""

    @property
    def kind(self) -> str:
        """link, strong, em, text, lead (brackets in front), group and its bracket (brackets behind), or "label:" and
        what it labels."""
        return self.key[0]


@dataclass(frozen=True, slots=True)
class Shape:
    """The slots of a row in order, and the links that are labels: each its address and label."""

    slots: tuple[Slot, ...]
    links: tuple[tuple[str, str], ...]
    badges: tuple[str, ...]
    is_cut: bool = False
    """Whether the row has more than `MOST` pieces, of which the others were not read."""
    is_headed: bool = False
    """Whether it begins with a heading, which is no list of people."""

    @property
    def led(self) -> tuple[People, Slot, Slot] | None:
        """The people who lead a row with a year in brackets, their place and that of the title behind it: "Lee, Ann &
        Li, Bo. (2019). Title"."""
        first = list(islice((slot for slot in self.slots if slot.kind != "lead"), 3)) if not self.is_headed else []
        if [slot.kind for slot in first[:2]] != ["text", "group("] or len(first) < 3 or first[1].known != "date":
            return None
        place, _, title = first
        is_title = title.kind in ("link", "strong") or (title.kind == "text" and not title.known)
        people = people_in(POINT.sub("", place.text), learnt=True) if is_title else None
        return (people, place, title) if people else None


_NUMBERED = re.compile(
    r"^\s*(?:\[\s*+(?:[xX]\s*+)?\]\s+|(?![\[(](?:19[89]\d|20[0-4]\d)[)\]])\[?\(?\d{1,4}[.)\]]+\s+"
    r"|[-*+•·▪◦►]\s+|#+\s+)+"
)
_NAMES_BEFORE = re.compile(r"[^\W\d_]{2}(?:,(?:\s(?:and|&))?|\s(?:and|&))$")
_NAMES_BEHIND = re.compile(r"[*†]?(?:,\s|\s(?:and|&)\s)")
_NEXT_NAME = re.compile(r"[*†]?(?:,|\s(?:and|&))\s((?:[A-Z]\.[ -]?)*[^,;.\ue000-\uf8ff]{2,40})(?=,|\.|\sand\s|$)")
_FIRST = 0xE000
MOST = 5000
"""Pieces of a row that are read."""
_MARK = re.compile("[\ue000-\uf8ff]")
_OPEN = {"(": ")", "[": "]", "（": "）", "【": "】", "［": "］"}
_BROKEN = re.compile(r"(?<!\[)\[++([^\[\]\n]{1,300})\]+\(([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)?)\)")
_GOES_ON = re.compile(r"\s*(?:[^\W_]|[:：'’/\"”-])")
_WORD_BEFORE = re.compile(r"([A-Za-z ]{2,20}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8})$")
_BARE = re.compile(r"\s*+https?://\S++\s*+$")
"""An address as the text of a link says nothing."""
_SPACED_BAR = re.compile(r"\s[|｜]\s")


_SITES = frozenset({"acl", "arxiv", "biorxiv", "medrxiv"})
"""Names on links that are of a site, which has the papers of many venues, before they are of a venue."""


@cache
def _labels() -> re.Pattern[str]:
    names = sorted(map(re.escape, roles_of_labels()), key=lambda name: -len(name))
    held = r"\s*(?:\((?:oral|spotlight|poster|highlight)\))?[*_]*\s*[:：]\s*[*_]*\s*"
    return re.compile(rf"^\W*({'|'.join(names)}){held}", re.IGNORECASE)


def label_in(text: str) -> re.Match[str] | None:
    """The label in front of a text, with its colon; None without."""
    return _labels().match(text) if ":" in text or "：" in text else None


def labelled(name: str) -> str:
    """What a label says it labels, by the tables of `data/lists.toml`; "" for other words."""
    role = roles_of_labels().get(clean(name).casefold(), "")
    return "" if role == "other" else role


def named_on(badge: str) -> str:
    """What a badge says, without a word in front for what it is: "Conference NeurIPS 2023"."""
    word, _, behind = badge.partition(" ")
    return behind if labelled(word) == "venue" or word.casefold() == "paper" else badge


def mended(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, with links that Markdown does not take for links as such: without an address that can be used."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.kind != "text" or "](" not in piece.text:
            found.append(piece)
            continue
        end = 0
        for match in _BROKEN.finditer(piece.text):
            found.append(replace(piece, text=piece.text[end : match.start()]))
            url = match.group(2).strip()
            found.append(replace(piece, kind="link", text=match.group(1), url=url if re.match(r"[a-z]+:", url) else ""))
            end = match.end()
        found.append(replace(piece, text=piece.text[end:]))
    return [piece for piece in found if piece.kind != "text" or piece.text]


@lru_cache(256)
def _key(kind: str, number: int) -> Key:
    """One value for all places that are the same, as there are very many slots."""
    return kind, number


def shape(pieces: Sequence[Piece], register: Register) -> Shape:
    """The shape of a row."""
    parts = mended(pieces)
    found = _Shaper(parts[:MOST], register)
    found.read()
    return Shape(tuple(found.slots), tuple(found.links), tuple(found.badges), len(parts) > MOST)


class _Shaper:
    """Reads one row: its pieces stand in one string, each that is no plain text as one character."""

    def __init__(self, pieces: Sequence[Piece], register: Register) -> None:
        self._register = register
        self.slots: list[Slot] = []
        self.links: list[tuple[str, str]] = []
        self.badges: list[str] = []
        self._counts: Counter[str] = Counter()
        self._pieces: list[Piece] = []
        parts: list[str] = []
        for piece in pieces:
            if piece.kind == "text" and not (piece.strong or piece.light):
                parts.append(_MARK.sub("", without_emoji(piece.text)))
            elif piece.kind == "image" and not piece.badge:
                continue
            elif piece.kind == "text" and not piece.text.strip(EDGE):
                parts.append(_MARK.sub("", piece.text))
            elif parts and self._joins(piece, parts):
                self._pieces[-1] = replace(self._pieces[-1], text=self._pieces[-1].text + piece.text)
            else:
                parts.append(chr(_FIRST + len(self._pieces)))
                self._pieces.append(piece)
        self._flat = _NUMBERED.sub("", "".join(parts))
        self._text = ""
        self._label = ""

    def _joins(self, piece: Piece, parts: Sequence[str]) -> bool:
        """Whether a run goes on with the style of the one before it."""
        if not self._pieces or parts[-1] != chr(_FIRST + len(self._pieces) - 1) or piece.kind != "text":
            return False
        last = self._pieces[-1]
        return last.kind == "text" and last.strong == piece.strong and last.light == piece.light

    def read(self) -> None:
        lines = self._lines()
        for line in lines:
            self._label = ""
            self._scan(line)
            self._flush()

    def _lines(self) -> list[str]:
        """The row at its breaks; a break in the source alone is a blank, but not where a line has a label or style."""
        text = _MARK.sub(lambda match: "\n\n" if self._is_break(match.group()) else match.group(), self._flat)
        found: list[str] = []
        for part in text.split("\n\n"):
            for line in part.split("\n"):
                begins = line.lstrip()
                if found and found[-1] is not part and begins and not self._begins_anew(begins, found):
                    found[-1] += " " + line
                else:
                    found.append(line)
            found.append("")
        return [line for line in found if line.strip()]

    def _begins_anew(self, line: str, found: Sequence[str]) -> bool:
        if not found[-1].strip() or label_in(line):
            return True
        return bool(_MARK.match(line)) or is_said(_MARK.sub("", line), self._register)

    def _is_break(self, char: str) -> bool:
        return _FIRST <= ord(char) < 0xF900 and self._pieces[ord(char) - _FIRST].kind == "break"

    def _scan(self, text: str) -> None:
        at = 0
        while at < len(text):
            char = text[at]
            if _FIRST <= ord(char) < 0xF900:
                self._piece(self._pieces[ord(char) - _FIRST], text, at)
            elif char in _OPEN and (end := _closing(text, at)):
                if self._group(text, at, end):
                    at = end
                    continue
                self._text += char
            else:
                match = _PLAIN.match(text, at)
                if match:
                    self._text += match.group()
                    at = match.end()
                    continue
                self._text += char
            at += 1

    def _group(self, text: str, at: int, end: int) -> bool:
        """Take brackets as a slot, or as what is around links; False when they are part of the text."""
        inner = text[at + 1 : end - 1]
        if _MARK.search(inner):
            self._text = self._text.rstrip()
            self._scan(inner)
            return True
        before = self._text.strip(EDGE)
        rest = text[end:]
        if self._text.count("“") > self._text.count("”") or self._text.count('"') % 2:
            return False
        if not before and not self.slots:
            if re.match(r"\w", rest) and text[at] in "([" and text[at] == "(":
                return False
            self._flush()
            self._add("lead", clean(inner), opens=text[at])
            return True
        if before and _GOES_ON.match(rest) and evidence(inner, self._register) in ("", "label"):
            return False
        if not before or is_said(inner, self._register) or not _GOES_ON.match(rest):
            tied = bool(before)
            self._flush()
            self._add(f"group{text[at]}", clean(inner), tied=tied, opens=text[at])
            return True
        return False

    def _add(self, kind: str, text: str, url: str | None = None, *, tied: bool = False, opens: str = "") -> None:
        """Take a text as a slot."""
        self.slots.append(Slot(_key(kind, self._counts[kind]), text, url, tied, opens, evidence(text, self._register)))
        self._counts[kind] += 1

    def _piece(self, piece: Piece, text: str, at: int) -> None:
        if piece.kind == "image":
            self._flush()
            self.badges.append(piece.text)
        elif piece.kind == "link":
            self._link(piece)
        else:
            self._run(piece, text, at)

    def _run(self, piece: Piece, text: str, at: int) -> None:
        """A bold, light or code run: a label, a part of the text it stands in, or a slot."""
        said = piece.text
        follows = text[at + 1 :].lstrip()
        if not self._text.strip(EDGE) and label_in(said.strip() + (follows[:1] if follows[:1] in ":：" else "")):
            self._flush()
            self._text = said
            return
        inside = self._text.rstrip()
        goes_on = re.match(r"\s*[^\W\d_]", text[at + 1 :]) and not re.match(r"\s*by\s", text[at + 1 :])
        if inside and inside[-1] not in ",.;:|-–—(" and goes_on and not is_said(said, self._register):
            self._text += said
            return
        if piece.strong and self._is_named(inside, said, text[at + 1 :]):
            self._text += said
            return
        self._flush()
        kind = "strong" if piece.strong else "em"
        is_within = follows[:1].isalpha() and text[at + 1 : at + 2] == follows[:1]
        text = clean(without_emoji(said))
        if len(text) > 2 and text[0] in _OPEN and text[-1] == _OPEN[text[0]] and text.count(text[0]) == 1:
            place = f"group{text[0]}" if self.slots else "lead"
            self._add(place, text[1:-1], opens=text[0])
        else:
            self._add(kind, text, tied=said[-1:].isalpha() and is_within)

    def _is_named(self, before: str, said: str, behind: str) -> bool:
        """Whether a bold run is one of the people in the text around it: "Ann Lee, **Bo Li**, Cy Wu"."""
        first = _NAMES_BEFORE.search(before)
        if not first or not _NAMES_BEHIND.match(behind) or len(said.split()) > 4 or not people_in(said, learnt=True):
            return False
        names = before[: first.start() + 2].rsplit(",", 2)[-2:]
        follows = _NEXT_NAME.match(behind)
        sure = (",".join(names), names[-1])
        return any(map(people_in, sure)) or (follows is not None and people_in(follows[1], learnt=True) is not None)

    def _link(self, piece: Piece) -> None:
        said = self._text.rstrip()
        if match := label_in(said.lstrip("*_ ") if said.endswith((":", "：")) else ""):
            self._label = match.group(1)
            self._text = ""
        elif (
            said.endswith((":", "："))
            and (word := _WORD_BEFORE.search(said[:-1]))
            and role_of_word(word.group(1))
            and not is_titled(piece.text, self._register)
        ):
            self._label = word.group(1)
            self._text = said[: word.start()]
        self._flush()
        text = "" if _BARE.match(piece.text) else clean(without_emoji(piece.text))
        if (
            piece.badge
            and evidence(named_on(text), self._register) in ("venue", "likely")
            and any(map(str.isdigit, text))
        ):
            self.badges.append(text)
        is_label = role_of_word(text) != ""
        if piece.badge or not text or (is_label and not self._is_venue(text)) or self._label:
            self.links.append((piece.url, text if is_label else self._label or text))
            return
        self._add("link", text, piece.url)

    def _is_venue(self, text: str) -> bool:
        """Whether what stands on a link, and may be a label, is a venue here: it leads the row, or has its year."""
        leads = not (self.slots or self.links) and text.casefold() not in _SITES
        return (leads or any(map(str.isdigit, text))) and evidence(text, self._register) == "venue"

    def _flush(self) -> None:
        text, self._text = self._text, ""
        if not text.strip(EDGE + "[](){}"):
            return
        match = label_in(text)
        if match and self._starts_title(match):
            text, match = text[match.end() :], None
        if match:
            self._label = match.group(1)
            role = labelled(self._label)
            rest = text[match.end() :].strip()
            if role == "links" or not rest:
                return
            self._add(f"label:{role}", rest)
            return
        if self._label and labelled(self._label) not in ("", "links"):
            self._add(f"label:{labelled(self._label)}", text.strip())
            return
        is_first = all(slot.kind == "lead" for slot in self.slots)
        for part in (_SPACED_BAR if is_first else BAR).split(text):
            if part.strip(EDGE):
                self._add("text", part.strip())

    def _starts_title(self, match: re.Match[str]) -> bool:
        """Whether "Paper: ..." in front of a row leads to its title."""
        return not self.slots and match.group(1).casefold() in ("paper", "title")


_PLAIN = re.compile("[^\ue000-\uf8ff()\\[\\]（）【】［］]+")


def _closing(text: str, at: int) -> int:
    """The position behind the bracket that closes the one at `at`, 0 when there is none within reach."""
    opens, closes = text[at], _OPEN[text[at]]
    depth = 0
    for index in range(at, min(len(text), at + 400)):
        if text[index] == opens:
            depth += 1
        elif text[index] == closes:
            depth -= 1
            if depth == 0:
                return index + 1
    return 0
