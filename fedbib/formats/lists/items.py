"""Lists in the wild: one item, a paper as a list shows it, with what is unsure about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fedbib.formats.lists.links import role_of_word, target_of
from fedbib.formats.lists.phrases import (
    YEAR,
    People,
    SaidVenue,
    count_in,
    is_name,
    is_titled,
    people_in,
    title_in,
    venue_in,
)
from fedbib.formats.lists.pieces import BAR, CLOSED, EDGE, EMOJI, OPEN, TRACKING, Piece
from fedbib.formats.readme import document
from fedbib.ids.landing import safe
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.text.plain import clean


@dataclass(slots=True)
class Draft:
    """What one item of a list says so far."""

    line: int
    title: str = ""
    author: tuple[Name, ...] = ()
    is_cut: bool = False
    venue: str = ""
    issued: PartialDate | None = None
    ids: dict[Scheme, list[Identifier]] = field(default_factory=dict)
    url: str = ""
    """The publisher's page or file of the paper."""
    is_published: bool = False
    links: dict[str, str] = field(default_factory=dict)
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_empty: bool = False
    """A label for the paper leads nowhere."""
    is_nickname: bool = False
    is_loose: bool = False
    is_listed: bool = False
    """Stands where only papers stand: in a column of titles."""
    unsafe: str = ""

    @property
    def has_paper(self) -> bool:
        return bool(self.ids or self.url or self.is_empty)

    def link(self, piece: Piece, label: str = "") -> None:
        url = piece.url.strip()
        if match := _LINK_AS_TARGET.search(url):  # a whole link as the target of another
            url = match.group(1)
        url = TRACKING.sub("", url)
        if "?" not in url and "&" in url:
            url = url.partition("&")[0]
        label = label or piece.text
        if not url:
            self.is_empty |= role_of_word(label) == "paper"
            return
        if url.startswith("#") or not re.match(r"https?:", url, re.IGNORECASE):
            if re.match(r"[a-z]+:", url, re.IGNORECASE):
                self.unsafe = url
                self.is_empty |= role_of_word(label) == "paper"
            return
        if not safe(url):
            self.unsafe = url
            self.is_empty |= role_of_word(label) == "paper"
            return
        target = target_of(url, label)
        if target.id:
            known = self.ids.setdefault(target.id.scheme, [])
            if target.id not in known:
                known.append(target.id)
        elif target.role == "paper":
            if not self.url or (target.is_published and not self.is_published):
                self.url, self.is_published = url, target.is_published
        elif target.role in ("code", "slides", "video", "poster", "page", "dataset", "model", "supplement"):
            self.links.setdefault(target.role, url)

    def said(self, venue: SaidVenue) -> None:
        if venue.id:
            known = self.ids.setdefault(venue.id.scheme, [])
            if venue.id not in known:
                known.append(venue.id)
        if venue.label and (not self.venue or self.venue == "arXiv"):
            self.venue = venue.label
            self.issued = venue.issued or self.issued
        if venue.issued and not self.issued:
            self.issued = venue.issued

    def people(self, people: People) -> None:
        self.is_cut |= people.is_cut
        if not self.author:
            self.author = people.names


_NUMBERED = re.compile(r"^\s*(?:\[\s*+(?:[xX]\s*+)?\]\s+|\[?\(?\d{1,4}[.)\]]+\s+|[-*+•·▪◦►]\s+|#+\s+)+")
_FIRST_GROUP = re.compile(r"^\s*(?:[\[【]([^\[\]【】]{2,80})[\]】]|[(（]([^()（）]{2,80})[)）])\s*[:.,–—-]?\s*")
_FIRST_DATE = re.compile(
    rf"^\s*({YEAR}(?:[./-]\d{{1,2}}){{0,2}})\s*[:|,–—-]+\s*|^\s*({YEAR}[./-]\d{{2}}(?:[./-]\d{{2}})?)\s+"
)
_GROUPS = re.compile(r"[\[【]([^\[\]【】]{1,160})[\]】]|[(（]([^()（）]{1,160})[)）]")
_SENTENCE = re.compile(r"(?<![A-Z])(?<!\b[Vv]s)(?<!\bal)(?<!\be\.g)(?<!\bi\.e)[.?!]\s+(?=[A-Z\d*“\"À-Þ(\[])|\.\s*$")
LABELLED = re.compile(
    r"^\W*(authors?|venue|conference|journal|publication|published(?: in)?|publisher|paper(?: link)?|title|links?|"
    r"code|github|pdf|arxiv|"
    r"datasets?|models?|topics?|tags?|keywords?|year|date|abstract|tl;?dr|summary|affiliations?|institutions?|institutes?|organizations?|orgs?|"
    r"project(?: page)?|page|website|slides?|video|doi|url|bibtex|citation|notes?|comments?|task|method|key ?words|"
    r"contributions?|"
    r"main idea|description|highlights?|作者|发表)\s*[*_]*\s*[:：]\s*[*_]*\s*",
    re.IGNORECASE,
)


_BROKEN = re.compile(r"(?<!\[)\[++([^\[\]\n]{1,300})\]+\(([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)?)\)")
_LINK_AS_TARGET = re.compile(r"\((https?://[^\s()]+)\)$")


def _mended(pieces: list[Piece]) -> list[Piece]:
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


class Item:
    """Reads the pieces of one item."""

    def __init__(self, pieces: Sequence[Piece], line: int) -> None:
        self.pieces = _mended([piece for piece in pieces if piece.kind != "image" or piece.badge])
        self.draft = Draft(line)

    def read(self) -> Draft:
        self._before()
        self._take_title()
        self._after(self.pieces)
        return self.draft

    def _before(self) -> None:
        """Numbers, marks, and a venue or date in front."""
        for _ in range(8):
            if not self.pieces:
                return
            first = self.pieces[0]
            if first.kind in ("break", "image") or (first.kind == "text" and not first.text.strip(EDGE + "[]()")):
                if first.kind == "image" and (venue := venue_in(first.text)):
                    self.draft.said(venue)
                if first.kind == "text" and first.text.strip() in ("[", "(", "[[") and self._led_by_link():
                    continue
                self.pieces.pop(0)
                continue
            if first.kind == "link":
                if (first.badge or not is_titled(first.text)) and len(self.pieces) > 1 and self._is_label(first):
                    self.pieces.pop(0)
                    self._label(first)
                    continue
                return
            if (first.strong or first.light) and (venue := venue_in(first.text)) and len(self.pieces) > 1:
                self.draft.said(venue)
                self.pieces.pop(0)
                continue
            text = _NUMBERED.sub("", EMOJI.sub(" ", first.text)) if not first.light else first.text
            match = _FIRST_GROUP.match(text) or _FIRST_DATE.match(text)
            if match and (venue := venue_in(match.group(1) or match.group(2))):
                self.draft.said(venue)
                text = text[match.end() :]
            elif match := LABELLED.match(text):
                if match.group(1).casefold() not in ("title", "paper"):
                    return
                text = text[match.end() :]
            elif text == first.text:
                return
            self.pieces[0] = replace(first, text=text)

    def _led_by_link(self) -> bool:
        """`[` and a link, such as `[[ICLR 2024](...)]`: the bracket goes."""
        self.pieces.pop(0)
        return True

    def _is_label(self, piece: Piece) -> bool:
        return bool(role_of_word(piece.text) or venue_in(piece.text, strict=True))

    def _label(self, piece: Piece) -> None:
        """A link with a label: what it leads to, and a venue where the label is one."""
        if not role_of_word(piece.text) and (venue := venue_in(piece.text, strict=True)):
            self.draft.said(venue)
            self.draft.link(piece, "paper")
        else:
            self.draft.link(piece)

    def _take_title(self) -> None:
        if not self.pieces:
            return
        first = self.pieces[0]
        if first.kind == "link" and not self._is_label(first) and count_in(first.text) >= 1:
            self.draft.title = title_in(first.text)
            self.draft.link(first)
            self.pieces.pop(0)
            return
        if first.kind != "text":
            return
        if len(self.pieces) > 1 and self._leads(first, self.pieces[1]):
            self.pieces.pop(0)
            self.draft.title = title_in(self.pieces[0].text)
            self.draft.link(self.pieces.pop(0))
            return
        if first.strong and not LABELLED.match(first.text + ":"):
            self._strong_title()
            return
        self._plain_title()

    def _leads(self, first: Piece, second: Piece) -> bool:
        """Whether a few words only lead to the link that has the title: "FedIT: [Towards ...](...)"."""
        lead = first.text.strip()
        ends = lead.endswith((":", "-", "–", "—", "|", "：", "“", '"')) or first.strong or first.light
        return second.kind == "link" and is_titled(second.text) and count_in(lead) <= 5 and ends

    def _strong_title(self) -> None:
        taken: list[str] = []
        while self.pieces and self.pieces[0].kind == "text" and self.pieces[0].strong:
            taken.append(self.pieces.pop(0).text)
        text = "".join(taken)
        follows = self.pieces[0].text.lstrip() if self.pieces and self.pieces[0].kind == "text" else ""
        if follows.startswith(":") or text.rstrip().endswith(":"):
            self._plain_title(text)
        elif count_in(text) <= 2 and self.pieces and self.pieces[0].kind == "link" and is_titled(self.pieces[0].text):
            self.draft.title = title_in(self.pieces[0].text)
            self.draft.link(self.pieces.pop(0))
        else:
            self.draft.title = title_in(text)

    def _plain_title(self, start: str = "") -> None:
        """Text up to what can no longer belong to a title."""
        text = start
        while self.pieces:
            piece = self.pieces[0]
            if piece.kind != "text" or (piece.text.startswith("\n") and text.strip() and self._breaks(piece.text)):
                break
            said = piece.text.strip()
            is_bracket = said.startswith("[") and said.endswith("]")
            if (piece.light or piece.strong) and text.strip() and (is_bracket or venue_in(said) or people_in(said)):
                break
            head, rest = self._cut(piece.text)
            text += head
            self.pieces.pop(0)
            if rest:
                self.pieces.insert(0, replace(piece, text=rest))
                break
        self._split_plain(text)

    @staticmethod
    def _breaks(text: str) -> bool:
        return people_in(text) is not None

    @staticmethod
    def _cut(text: str) -> tuple[str, str]:
        """The text before a bracket that holds a venue, a date or a label, and from there on."""
        for match in _GROUPS.finditer(text):
            inner = match.group(1) or match.group(2)
            if venue_in(inner) or role_of_word(inner) or people_in(inner):
                return text[: match.start()], text[match.start() :]
        for match in BAR.finditer(text):
            if match.start():
                return text[: match.start()], text[match.end() :] or " "
        return text, ""

    def _split_plain(self, text: str) -> None:
        """ "Title. Authors. Venue, year" and what else stands in one run of text."""
        text = text.strip()
        if "“" in text[:600] or '"' in text[:600]:
            match = re.search(r"[“\"]([^“”\"]{8,400})[”\"]", text)
            before = text[: match.start()].strip(EDGE) if match else ""
            people = people_in(before) or (people_in(before, labelled=True) if "." in before[:4] else None)
            if match and (people or not before):
                if people:
                    self.draft.people(people)
                self.draft.title = title_in(match.group(1))
                self.pieces.insert(0, Piece("text", text[match.end() :], self.draft.line))
                return
        for match in _SENTENCE.finditer(text):
            head, rest = text[: match.end()].strip(), text[match.end() :].strip()
            if not rest:
                break
            if self._is_apparatus(rest):
                if people_in(head) and count_in(rest) >= 4:  # authors first
                    continue
                self.draft.title = title_in(head)
                self.pieces.insert(0, Piece("text", rest, self.draft.line))
                return
        if (match := re.search(r",\s++(?=[^,]*\bet\.? al\b)", text)) and count_in(text[: match.start()]) >= 3:
            self.draft.title = title_in(text[: match.start()])
            self.pieces.insert(0, Piece("text", text[match.end() :], self.draft.line))
            return
        parts = re.split(r",\s+|(?<!\s)\s+[-–—]\s+", text)
        if (
            len(parts) > 1
            and (venue := venue_in(parts[-1], free=True))
            and venue.label
            and count_in(parts[-1]) < count_in(text) / 2
        ):
            self.draft.said(venue)
            text = text[: text.rfind(parts[-1])]
            head, _, rest = text.partition(",")
            if count_in(head) >= 3 and (people := people_in(rest)):
                self.draft.people(people)
                text = head
        self.draft.is_loose = len(_SENTENCE.findall(text.rstrip(". "))) > 1 or count_in(text) > 40
        self.draft.title = title_in(text)

    def _is_apparatus(self, text: str) -> bool:
        """Whether a text after a title is authors, venue or date."""
        sentence = _SENTENCE.split(text, maxsplit=1)[0]
        return bool(
            people_in(sentence)
            or venue_in(sentence, free=True)
            or people_in(re.split(r"\.\s+|(?<!\s)\s+[-–—|(\[]", text, maxsplit=1)[0])
        )

    def _after(self, pieces: Sequence[Piece]) -> None:
        """Links, venues, authors and details after the title."""
        run: list[str] = []
        label = ""
        for piece in pieces:
            if piece.kind == "text" and not piece.light and not piece.strong:
                run.append(piece.text)
                continue
            if piece.kind == "text":
                if match := LABELLED.match(piece.text.strip() + ("" if ":" in piece.text else ":")):
                    run.append("\n" + match.group(1) + ": ")
                elif (not run and label == "") or venue_in(piece.text):
                    self._say(piece.text)
                else:
                    run.append(piece.text)
                continue
            if (
                piece.kind == "link"
                and piece.text
                and not self._is_label(piece)
                and is_name(clean(piece.text).strip(", "), labelled=False)
            ):
                run.append(piece.text)  # authors who are linked to their pages
                continue
            if piece.kind == "link":
                lead = "".join(run).rstrip().removesuffix("[").removesuffix("(")
                said = lead.rstrip()
                word = re.search(r"([A-Za-z ]{2,20})$", said[:-1]) if said.endswith((":", "：")) else None
                self._flush(run)
                if word and role_of_word(word.group(1)) and not role_of_word(piece.text):
                    self.draft.link(piece, word.group(1))
                else:
                    self._label(piece)
            elif piece.kind == "image":
                self._flush(run)
                if venue := venue_in(piece.text):
                    self.draft.said(venue)
            else:
                run.append("\n")
        self._flush(run)

    def _flush(self, run: list[str]) -> None:
        text, run[:] = "".join(run), []
        for line in text.split("\n"):
            if line.strip(EDGE + OPEN + CLOSED):
                self._sentence(line)

    def _sentence(self, text: str) -> None:
        match = LABELLED.match(text)
        if match and self._detail(match.group(1).casefold(), text[match.end() :]):
            return
        for match in _GROUPS.finditer(text):
            inner = match.group(1) or match.group(2)
            if venue := venue_in(inner):
                self.draft.said(venue)
            elif people := people_in(inner):
                self.draft.people(people)
        rest = _GROUPS.sub(" ", text)
        rest = rest.strip(" \t,;:|–—·•-[(")
        if not rest:
            return
        if people := people_in(rest):
            self.draft.people(people)
            return
        if venue := venue_in(rest, free=True):
            self.draft.said(venue)
            return
        parts = [part for part in re.split(_SENTENCE, rest) if part] if _SENTENCE.search(rest) else BAR.split(rest)
        if len(parts) > 1:
            for part in parts[:6]:
                self._say(part, free=True)
            return
        # "A. Author, B. Author, Venue 2024": names as far as they go.
        words = re.split(r"(?:,|\s[-–—]|;)\s+", rest)
        if len(words) > 1 and (venue := venue_in(words[-1], free=True)):
            self.draft.said(venue)
            if people := people_in(rest[: rest.rfind(words[-1])]):
                self.draft.people(people)
        elif people := people_in(words[0]):
            self.draft.people(people)

    def _say(self, text: str, *, free: bool = False) -> None:
        if people := people_in(text):
            self.draft.people(people)
        elif venue := venue_in(text, free=free):
            self.draft.said(venue)

    def _detail(self, name: str, text: str) -> bool:
        """A line such as "*Authors*: ..."; whether it was read."""
        text = text.strip(" *_")
        if name.startswith(("author", "作者")):
            if people := people_in(text, labelled=True):
                self.draft.people(people)
            return True
        if name.startswith(("venue", "conference", "journal", "publi", "year", "date", "发表")):
            if name.startswith("publisher"):
                return True
            if venue := venue_in(text, loose=True):
                self.draft.said(venue)
            return True
        if name.rstrip("s") in ("dataset", "model", "topic", "tag"):
            facet = {"tag": "topics"}.get(name.rstrip("s"), name.rstrip("s") + "s")
            if values := document.things(text):
                self.draft.facets.setdefault(facet, values)
            return True
        return not name.startswith(
            (
                "paper",
                "link",
                "code",
                "github",
                "pdf",
                "arxiv",
                "project",
                "page",
                "website",
                "slide",
                "video",
                "doi",
                "url",
            )
        )
