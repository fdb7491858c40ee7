"""Anybody's list, read by its own regularity: its rows are grouped by their shape, each group teaches its layout.

Read only: our own list is written and read by `fedbib.formats.readme.document`. A paper is taken when it has a title
and at least one of: an identifier, a publisher's page, a venue, its authors. What has less is a doubt; what leads to no
paper is named with its reason, and what has no link at all (contents, explanations) is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fedbib.formats.lists import ours
from fedbib.formats.lists.draft import Draft
from fedbib.formats.lists.lexicon import Lexicon, built_in
from fedbib.formats.lists.links import role_of_word
from fedbib.formats.lists.parse import Parsed, Row, rows_of
from fedbib.formats.lists.phrases import count_in, evidence, is_nothing, people_in, title_in, venue_in
from fedbib.formats.lists.pieces import CLOSED, EDGE, OPEN, without_emoji
from fedbib.formats.lists.read import read as read_row
from fedbib.formats.lists.roles import Layout, group_of, learn, spread, step_over
from fedbib.formats.lists.table import Cell
from fedbib.formats.lists.unite import united
from fedbib.formats.readme import document
from fedbib.ids.landing import is_index
from fedbib.model.identifier import Scheme
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Doubt, Reading
from fedbib.model.work import ItemType, Link, Work, id_fields, linked
from fedbib.text.plain import clean
from fedbib.words.private import is_private
from fedbib.words.venues import Register

_LONGEST_COMMENT = 400
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_AND = re.compile(r"\b(?:and|&)\b|[,:]")


def parse(text: str, lexicon: Lexicon | None = None) -> Reading:
    """The papers of a list; ours is read as `fedbib.formats.lists.ours` reads it."""
    return ours.parse(text, lexicon) if document.is_ours(text) else read(text, lexicon)


def read(text: str, lexicon: Lexicon | None = None) -> Reading:
    """The papers of a list that is anybody's."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lexicon = lexicon or built_in()
    return _Judge(rows_of(text, lexicon.register), lexicon).reading()


@dataclass(frozen=True, slots=True)
class Told:
    """A row that names a paper, and what it says of it."""

    work: Work
    row: Row
    is_sure: bool
    """Whether it is taken, or a doubt."""


def told(text: str, lexicon: Lexicon) -> tuple[Told, ...]:
    """Every row of a list, anybody's, that names a paper, in order; repeats stay apart."""
    judge = _Judge(rows_of(text, lexicon.register), lexicon, keeps_rows=True)
    judge.reading()
    return tuple(sorted(judge.told, key=lambda each: each.row.line))


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one shape, and what they taught."""

    name: str
    rows: tuple[Row, ...]
    layout: Layout


def groups(text: str, register: Register) -> tuple[Group, ...]:
    """The rows of a list by their shape, the largest group first."""
    return tuple(sorted(_grouped(rows_of(text, register).rows, register), key=lambda group: -len(group.rows)))


def _grouped(rows: Sequence[Row], register: Register) -> list[Group]:
    by_shape: dict[str, list[Row]] = {}
    for row in rows:
        by_shape.setdefault(f"{row.kind} {group_of(row.shape)}", []).append(row)
    return [Group(name, tuple(some), learn([row.shape for row in some], register)) for name, some in by_shape.items()]


@dataclass(slots=True)
class _Judge:
    """Decides what becomes of each row."""

    parsed: Parsed
    lexicon: Lexicon
    keeps_rows: bool = False
    """Whether `told` is asked for; else the rows are let go, as there may be very many."""
    works: list[tuple[Work, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    def reading(self) -> Reading:
        self.problems += self.parsed.problems
        for line, reason, text in self.parsed.skipped:
            self._skipped(line, reason, text)
        self._rows()
        for piece, line in self.parsed.mentions:
            draft = Draft(line, self.lexicon, title=title_in(piece.text))
            draft.link(piece.url, piece.text)
            self._doubt(draft, None, "is mentioned in running text and may not be an entry of the list")
        works = sorted([*self.works, *self.parsed.works], key=lambda pair: pair[1])
        works, repeats, left = united(works)
        self.doubts += repeats
        self.problems += left
        return Reading(
            tuple(work for work, _ in works),
            tuple(line for _, line in works),
            tuple(sorted(self.problems, key=lambda problem: problem.line or 0)),
            tuple(sorted(self.doubts, key=lambda doubt: doubt.line)),
            tuple(sorted(self.parsed.passed, key=lambda passed: passed.line)),
        )

    def _rows(self) -> None:
        """What becomes of the rows, group by group; each is let go when it is known."""
        groups = _grouped(self.parsed.rows, self.lexicon.register)
        self.parsed.rows.clear()
        under: Counter[int] = Counter()
        open_: list[tuple[Row, Draft, bool]] = []
        while groups:
            group = groups.pop()
            step = step_over(len(group.rows))
            some = [_draft(row, group.layout, self.lexicon) for row in spread(group.rows)]
            papers = sum(draft.has_paper for draft in some)
            is_most = papers * 2 > len(some) and papers > 1
            is_kin = _are_papers(some)
            is_long = len(some) > 2 and sum(count_in(draft.title) >= 4 for draft in some) * 2 >= len(some)
            layout, rows, drafts = group.layout, list(reversed(group.rows)), list(reversed(some))
            count = len(rows)
            del group, some
            while rows:
                is_read = (count - len(rows)) % step == 0
                row = rows.pop()
                draft = drafts.pop() if is_read else _draft(row, layout, self.lexicon)
                if draft.has_paper:
                    under[id(row.heading)] += 1
                    draft.is_kin = is_kin
                    self._leading(row, draft, is_long)
                else:
                    open_.append((row, draft, is_most))
        for row, draft, is_most in open_:
            self._pathless(row, draft, is_most or under[id(row.heading)] > 1)

    def _skipped(self, line: int, reason: str, text: str) -> None:
        self.problems.append(Problem("L03", Severity.NOTE, f"{reason}: {clean(text)[:100]}", line=line))

    def _doubt(self, draft: Draft, row: Row | None, reason: str) -> None:
        work = _work(draft, row)
        self.doubts.append(Doubt(work, draft.line, reason))
        if row and self.keeps_rows:
            self.told.append(Told(work, row, is_sure=False))

    def _leading(self, row: Row, draft: Draft, is_long: bool) -> None:
        """A row with a link that is known to lead to a paper."""
        self._unsafe(draft)
        if not draft.ids and row.heading and row.heading.is_event:
            self._skipped(draft.line, "is under a heading of events or venues", draft.title or row.text)
        else:
            self._paper(row, draft, is_long)

    def _unsafe(self, draft: Draft) -> None:
        if draft.unsafe:
            message = f"an address that cannot be trusted: {clean(draft.unsafe)[:100]}"
            self.problems.append(Problem("L04", Severity.WARNING, message, line=draft.line))

    def _pathless(self, row: Row, draft: Draft, among_papers: bool) -> None:
        """A row without such a link."""
        self._unsafe(draft)
        words = count_in(draft.title)
        is_event = bool(row.heading and row.heading.is_event)
        text = draft.title or row.text
        if is_event and (draft.pages or draft.links or draft.is_local):
            self._skipped(draft.line, "is under a heading of events or venues", text)
        elif words >= 4 and not draft.is_loose and draft.venue and (draft.issued or draft.author):
            self._take(row, draft)
        elif draft.is_listed and words >= 4 and draft.links:
            self._doubt(draft, row, _no_paper(draft))
        elif draft.links and not draft.pages:
            self._skipped(draft.line, _no_paper(draft), text)
        elif words >= 3 and not draft.is_loose and row.column == "title" and not (draft.pages or draft.is_local):
            self._doubt(draft, row, "has no link")
        elif draft.is_local and words >= 2:
            self._doubt(draft, row, "links to a file beside the list")
        elif draft.pages and words >= 2 and not draft.is_loose and (draft.issued or draft.author):
            self._doubt(draft, row, "links to a page that may not be a paper")
        elif draft.pages or draft.links or draft.is_local:
            self._skipped(draft.line, "links to a page that may not be a paper", text)
        elif not draft.is_loose and (draft.author or (words >= 3 and (draft.venue or draft.is_listed))):
            self._doubt(draft, row, "has no link")
        elif among_papers and 3 <= words <= 25:
            self._skipped(draft.line, "has no link", text)
        else:
            self.parsed.pass_over(row.line, "says too little to be a paper", text)

    def _paper(self, row: Row, draft: Draft, is_long: bool) -> None:
        twice = [ids for ids in draft.ids.values() if len(ids) > 1]
        words = count_in(draft.title)
        if twice:
            self._doubt(draft, row, "links to two papers: " + " and ".join(map(str, twice[0])))
        elif not draft.title:
            self._doubt(draft, row, "is a link to a paper without a title")
        elif draft.is_nickname or (words < 3 and not (is_long or _is_spoken_for(draft))):
            self._doubt(draft, row, "is only a nickname, not a title")
        elif draft.is_loose or len(draft.title) > 400:
            self._doubt(draft, row, "may contain more than the title")
        elif not (_is_sure(draft) or (draft.is_kin and draft.url and words >= 3)):
            reason = "has no identifier, venue or authors" + (": its link is empty" if not draft.url else "")
            self._doubt(draft, row, reason)
        else:
            self._take(row, draft)

    def _take(self, row: Row, draft: Draft) -> None:
        if draft.is_empty and not draft.ids and not draft.url:
            self.problems.append(Problem("L04", Severity.NOTE, "the link to the paper is empty", line=draft.line))
        self._words(draft)
        work = _work(draft, row)
        self._addresses(draft, work)
        self.works.append((work, draft.line))
        if self.keeps_rows:
            self.told.append(Told(work, row, is_sure=True))

    def _addresses(self, draft: Draft, work: Work) -> None:
        """Addresses of a paper for which its record has no place."""
        kept = {work.URL, *(link.url for link in work.links)}
        for url in dict.fromkeys((draft.url, *draft.more)):
            if url and url not in kept and not _is_private(url):
                self._told(draft, f"left out an address, as the record has another one for the paper: {url[:200]}")

    def _words(self, draft: Draft) -> None:
        """Words beside a paper: its comment is kept, and what no record has a place for is told."""
        kept: list[str] = []
        for words in draft.comments:
            bare = _AND.sub(" ", words)
            if role_of_word(bare):
                self._told(draft, f"mentioned without a link: {clean(bare)[:60]}")
            elif _is_private(words):
                self._told(draft, "left out words beside a paper, as they contain a private address")
            elif count_in(bare) >= 2 and len(words) <= _LONGEST_COMMENT:
                kept.append(unbracketed(clean(without_emoji(words)).strip(EDGE)))
            elif count_in(bare):
                draft.others.append(words)
        draft.comments = list(dict.fromkeys(kept))
        if _is_private(draft.tldr) or len(draft.tldr) > _LONGEST_COMMENT:
            self._told(draft, "left out a TL;DR, as it is too long or contains a private address")
            draft.tldr = ""
        draft.tldr = clean(without_emoji(draft.tldr))
        for url in draft.pages:
            if not _is_private(url):
                self._told(draft, f"left out a link, as records have no field for it: {url[:200]}")
        for words in draft.others:
            if count_in(words) and clean(words).strip(EDGE).casefold() not in draft.title.casefold():
                self._told(draft, f"left out words beside a paper: {clean(words)[:200]}")

    def _told(self, draft: Draft, message: str) -> None:
        self.problems.append(Problem("L04", Severity.NOTE, message, line=draft.line))


def unbracketed(words: str) -> str:
    """Words without the brackets around them all, or at an end where the other bracket is missing."""
    for opens, closes in ("()", "[]"):
        inner = words[1:-1]
        is_whole = inner.count(opens) == inner.count(closes) and inner.find(closes) >= inner.find(opens)
        if words[:1] == opens and words[-1:] == closes and is_whole:
            words = inner.strip(EDGE)
        if words.count(opens) < words.count(closes):
            words = words.removesuffix(closes).strip(EDGE)
        elif words.count(opens) > words.count(closes):
            words = words.removeprefix(opens).strip(EDGE)
    return words


def _is_private(words: str) -> bool:
    """Whether somebody's mail or an address that is nobody else's stands in words for readers."""
    return any(is_private("", word) or _MAIL.fullmatch(word.strip(EDGE + OPEN + CLOSED)) for word in words.split())


def _is_sure(draft: Draft) -> bool:
    return bool(draft.ids or draft.is_published or draft.venue or draft.author)


def _are_papers(some: Sequence[Draft]) -> bool:
    """Whether nearly all rows of a group are papers without doubt, so that the others with a paper's link are."""
    leading = [draft for draft in some if draft.has_paper]
    return len(leading) >= 5 and sum(map(_is_sure, leading)) * 4 >= len(leading) * 3


def _is_spoken_for(draft: Draft) -> bool:
    """Whether a title of one or two words is shown to be one by what stands beside it."""
    return bool(draft.author or draft.is_listed or ((draft.venue or draft.ids) and count_in(draft.title) == 2))


def _draft(row: Row, layout: Layout, lexicon: Lexicon) -> Draft:
    draft = read_row(row.shape, layout, row.line, lexicon)
    draft.is_listed = row.column in ("title", "paper")
    if row.kind == "table":
        draft.is_loose = False
    if row.column == "name":
        draft.is_nickname = count_in(draft.title) < (6 if row.kind == "run" else 5)
    for cell in row.cells:
        _cell(draft, cell, lexicon.register)
    for work in row.cited:
        _cited(draft, work, lexicon.register)
    return draft


def _cited(draft: Draft, work: Work, register: Register) -> None:
    """What BibTeX under a paper says of it, where the row says nothing."""
    draft.author = draft.author or work.author
    if not draft.venue and (venue := venue_in(work.container_title, register, loose=True)):
        draft.said(venue)
    draft.issued = draft.issued or work.issued
    for id in work.ids:
        draft.ids.setdefault(id.scheme, [id])


def _things(text: str) -> tuple[str, ...]:
    return tuple(value for value in document.things(text) if not is_nothing(value))


_LINKED = frozenset({"link", "paper", "code", "slides", "video", "poster", "page", "model", "venue", "title"})


def _cell(draft: Draft, cell: Cell, register: Register) -> None:
    """What another cell of the row says."""
    for piece in cell.pieces:
        if piece.kind == "link" and (cell.role in _LINKED or role_of_word(piece.text) or not piece.text):
            known = role_of_word(piece.text)
            label = {"link": "paper", "venue": "paper", "title": "paper"}.get(cell.role, cell.role)
            draft.link(piece.url, piece.text if known else label)
    text = clean(cell.text)
    if cell.role == "venue" and (venue := venue_in(text, register, loose=True)):
        draft.said(venue)
    elif cell.role == "date" and (venue := venue_in(text, register)) and venue.issued:
        # Beside "T-RO 2024" another year is that of the preprint.
        if not (draft.venue and draft.issued and draft.issued.year != venue.issued.year):
            draft.issued = venue.issued
    elif cell.role == "authors" and (people := people_in(text, labelled=cell.is_named, learnt=True)):
        draft.people(people)
    elif cell.role in ("datasets", "models") and (values := _things(text)):
        draft.facets.setdefault(cell.role, values)
    elif cell.role == "topic":
        draft.facets["topics"] = (*draft.facets.get("topics", ()), *((text,) if text else ()))
    elif cell.role == "" and evidence(text, register) in ("venue", "date") and not draft.venue:
        if venue := venue_in(text, register, strict=True):
            draft.said(venue)
    elif cell.role == "comment":
        draft.comments.append(text)
    elif cell.role == "tldr":
        draft.tldr = draft.tldr or text
    elif cell.role == "" and not evidence(text, register) and not any(piece.kind == "link" for piece in cell.pieces):
        draft.others.append(text)


def _no_paper(draft: Draft) -> str:
    return "does not link to a paper (" + ", ".join(link.label for link in draft.links) + ")"


def _work(draft: Draft, row: Row | None) -> Work:
    venue, issued, topic = draft.venue, draft.issued, ""
    heading = row.heading if row else None
    topic = heading.topic if heading else ""
    while heading:
        if said := heading.said:
            venue = said.label or venue if draft.is_archived and venue == "arXiv" else venue or said.label
            issued = issued or said.issued
        heading = heading.above
    ids = [found[0] for found in draft.ids.values() if len(found) == 1]
    topics = draft.facets.get("topics") or ((topic,) if topic else ())
    facets: dict[str, Any] = {name: values for name, values in draft.facets.items() if name != "topics"}
    links, url = draft.links, draft.url
    if is_index(url):
        links, url = linked(links, [Link("index", url)]), ""
    return Work(
        title=draft.title,
        author=draft.author,
        issued=issued,
        type=ItemType.ARTICLE if venue == "arXiv" else ItemType.DOCUMENT,
        container_title_short=venue,
        URL=url if (not ids or (set(draft.ids) <= {Scheme.ARXIV} and draft.is_published)) else "",
        topics=topics,
        comment="; ".join(draft.comments),
        tldr=draft.tldr,
        links=links,
        **facets,
        **id_fields(ids),
    )
