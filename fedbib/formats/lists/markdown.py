"""Anybody's awesome list, read: bullets, headings, tables and HTML, whatever their shape.

Read only: our own list is written and read by `fedbib.formats.readme.document`. A paper is taken when it has a title
and at least one of: an identifier, a publisher's page, a venue, its authors. What has less is a doubt; what has no link
to a paper at all (tools, tables of contents, explanations) is left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fedbib.formats.bib import bibtex
from fedbib.formats.lists.items import LABELLED, Draft, Item
from fedbib.formats.lists.links import column_names, role_of_word, target_of, terms_of
from fedbib.formats.lists.phrases import SaidVenue, count_in, is_titled, people_in, title_in, venue_in
from fedbib.formats.lists.pieces import BLOCKS, CLOSED, EDGE, EMOJI, OPEN, Piece, pieces_of
from fedbib.formats.readme import document
from fedbib.formats.readme.tree import Node, tree
from fedbib.model.identifier import Scheme
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Doubt, Reading
from fedbib.model.work import ID_FIELDS, ItemType, Link, Work
from fedbib.text.plain import clean

_SEED_DETAIL = re.compile(
    r"^[ \t]+[-*+][ \t]+[*_]{0,3}(?:authors?|datasets?|models?)[*_]{0,3}[ \t]*:", re.MULTILINE | re.IGNORECASE
)
_MARKDOWN_BULLET = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_BIBTEX = re.compile(r"^[ \t]*@[A-Za-z]+\s*[{(]", re.MULTILINE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTAINERS = frozenset(
    (
        *("div", "center", "details", "section", "article", "blockquote", "main", "body", "html"),
        *("span", "font", "header", "footer", "strong", "b", "em", "i"),
    )
)


def parse(text: str) -> Reading:
    """The papers of a list; ours and the seed's layout are read as `fedbib.formats.readme.document` reads them."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if document.is_ours(text):
        return document.parse(text)
    if not _SEED_DETAIL.search(text):
        return _Reader(text).reading()
    seed = document.parse(text, only_bullets=True)
    if not seed.works:
        return _Reader(text).reading()
    return _joined(seed, _Reader(text, without_bullets=True).reading())


def _joined(seed: Reading, rest: Reading) -> Reading:
    """A list in the seed's layout, with what stands in tables, HTML and BibTeX beside the bullets."""
    taken = set(seed.lines)
    new = [(work, line) for work, line in zip(rest.works, rest.lines, strict=True) if line not in taken]
    both = sorted([*zip(seed.works, seed.lines, strict=True), *new], key=lambda pair: pair[1])
    return Reading(
        tuple(work for work, _ in both),
        tuple(line for _, line in both),
        tuple(sorted([*seed.problems, *rest.problems], key=lambda problem: problem.line or 0)),
        rest.doubts,
        rest.left_out,
    )


@dataclass(slots=True)
class _Context:
    """A heading, and what it says of all under it."""

    level: int
    topic: str = ""
    venue: SaidVenue | None = None


class _Reader:
    def __init__(self, text: str, *, without_bullets: bool = False) -> None:
        self._text = text
        self._source = text.split("\n") if without_bullets else []
        self.works: list[Work] = []
        self.lines: list[int] = []
        self.problems: list[Problem] = []
        self.doubts: list[Doubt] = []
        self.left_out = 0
        self._context: list[_Context] = []

    def reading(self) -> Reading:
        self._sections(list(_blocks(tree(self._text))))
        order = sorted(range(len(self.works)), key=lambda index: self.lines[index])
        return Reading(
            tuple(self.works[index] for index in order),
            tuple(self.lines[index] for index in order),
            tuple(sorted(self.problems, key=lambda problem: problem.line or 0)),
            tuple(sorted(self.doubts, key=lambda doubt: doubt.line)),
            self.left_out,
        )

    # Headings

    def _sections(self, blocks: Sequence[Node]) -> None:
        at = 0
        while at < len(blocks):
            block = blocks[at]
            if block.tag not in _HEADINGS:
                self._block(block)
                at += 1
                continue
            end = at + 1
            while end < len(blocks) and blocks[end].tag not in _HEADINGS:
                end += 1
            if self._is_paper(block, blocks[at + 1 : end]):
                at = end
                continue
            self._heading(block)
            at += 1

    def _heading(self, node: Node) -> None:
        level = int(node.tag[1])
        self._context = [known for known in self._context if known.level < level]
        text = title_in(re.sub(r"\{#[\w-]+\}|\(\d+\)\s*$|\(\d+ papers?\)", "", clean(EMOJI.sub(" ", node.text))))
        text = re.sub(
            r"^(?:part |chapter |section )?(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.:)]\s+|^\d+(?:\.\d+)+\s+"
            r"|^part \d+\s*[:.]?\s*",
            "",
            text,
            flags=re.IGNORECASE,
        )
        venue = venue_in(text) or venue_in(
            re.sub(r"\b(?:papers?|publications?|accepted)\b", "", text, flags=re.IGNORECASE)
        )
        words = set(re.findall(r"[a-z']+", text.casefold()))
        topic = "" if venue or level == 1 or not words or words <= terms_of("headings") or len(text) > 80 else text
        self._context.append(_Context(level, topic, venue))

    def _is_paper(self, heading: Node, blocks: Sequence[Node]) -> bool:
        """Read a heading that is a paper's title, with what stands under it."""
        if self._source:
            return False
        pieces = pieces_of(heading)
        draft = Item(pieces, heading.line).read()
        if not (draft.has_paper and draft.title and is_titled(draft.title)):
            plain = title_in(heading.text)
            if draft.has_paper or count_in(plain) < 4 or not blocks or len(blocks) > 8 or not self._is_details(blocks):
                return False
            draft = Item(pieces, heading.line).read()
            draft.title = draft.title or plain
        for node in _lines(blocks):
            self._detail(draft, node)
        for block in blocks:
            for inner in [block] if block.tag == "pre" else block.find("pre"):
                self._cited(draft, inner)
        self._conclude(draft)
        return True

    def _is_details(self, blocks: Sequence[Node]) -> bool:
        """Whether blocks lead to one paper and name no other."""
        papers = 0
        for node in _lines(blocks):
            draft = Item(pieces_of(node), node.line).read()
            if (
                draft.title
                and is_titled(draft.title)
                and draft.has_paper
                and not draft.is_loose
                and count_in(draft.title) > 3
                and not people_in(draft.title)
            ):
                return False
            papers += bool(draft.ids or draft.url)
        return papers > 0 and not any(block.tag == "table" or list(block.find("table")) for block in blocks)

    def _cited(self, draft: Draft, node: Node) -> None:
        """BibTeX under a paper: its own data."""
        if not _BIBTEX.search(node.text):
            return
        found = bibtex.parse(node.text).works
        if len(found) == 1 and not draft.author and found[0].title:
            draft.author = found[0].author
            if not draft.venue and (venue := venue_in(found[0].container_title, loose=True)):
                draft.said(venue)
            draft.issued = draft.issued or found[0].issued
            for id in found[0].ids:
                draft.ids.setdefault(id.scheme, [id])

    # Blocks

    def _block(self, node: Node) -> None:
        if node.tag in ("ul", "ol"):
            for item in node.nodes:
                self._list_item(item)
        elif node.tag == "table":
            self._table(node)
        elif node.tag == "pre":
            self._fence(node)
        elif node.tag == "dl":
            for inner in node.nodes:
                self._paragraph(inner)
        else:
            self._paragraph(node)

    def _fence(self, node: Node) -> None:
        text = node.text
        if not _BIBTEX.search(text):
            for number, line in enumerate(text.split("\n")):
                if _MARKDOWN_BULLET.match(line) and "](" in line and not self._source:
                    self._skipped(node.line + number, "stands in a code fence, so it is no paper", line)
            return
        shift = node.line
        reading = bibtex.parse(text)
        self.works += [replace(work, key="") for work in reading.works]
        self.lines += [line + shift for line in reading.lines]
        self.problems += [replace(problem, line=(problem.line or 0) + shift) for problem in reading.problems]

    def _paragraph(self, node: Node) -> None:
        """A paragraph is a paper when it begins like one; a paper named within a sentence is for a person to see."""
        pieces = pieces_of(node)
        links = [piece for piece in pieces if piece.kind == "link" and not piece.badge]
        if self._source or not links:
            self.left_out += bool(pieces) and not self._source
            return
        if len(starts := _starts(pieces)) > 1 and all(
            start == 0 or pieces[start - 1].kind == "break" or pieces[start - 1].text.endswith("\n") for start in starts
        ):
            for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
                self._conclude(Item(pieces[start:end], pieces[start].line).read())
            return
        words = sum(count_in(piece.text) for piece in pieces)
        draft = Item(pieces, node.line).read()
        first = next(
            (piece for piece in pieces if piece.kind == "link" or piece.text.strip(EDGE + OPEN + CLOSED)), pieces[0]
        )
        begins = (
            (first.kind == "link" and is_titled(first.text))
            or (first.kind == "text" and (first.strong or re.match(r"\s*\[?\d{1,4}[\].]", first.text)))
            or any(piece.kind == "link" and role_of_word(piece.text) == "paper" for piece in pieces)
        )
        if draft.has_paper and draft.title and begins and words <= count_in(draft.title) + 60 and not draft.is_loose:
            self._conclude(draft)
            return
        named_papers = [
            piece for piece in links if is_titled(piece.text) and target_of(piece.url, piece.text).role == "paper"
        ]
        for piece in named_papers:
            draft = Draft(piece.line or node.line, title=title_in(piece.text))
            draft.link(piece)
            self._doubt(draft, "is named in running text, which may be no entry of the list")
        self.left_out += not named_papers

    # Lists

    def _list_item(self, node: Node) -> None:
        if node.tag != "li":
            if node.tag in ("ul", "ol"):
                self._block(node)
            return
        if self._source and node.line <= len(self._source) and _MARKDOWN_BULLET.match(self._source[node.line - 1]):
            return
        pieces = pieces_of(node)
        first = next((piece for piece in pieces if piece.kind == "link"), None)
        nested = [inner for inner in _nested(node) if inner.tag != "pre"]
        if first and first.url.startswith("#"):
            self.left_out += 1
            self._blocks(nested)
            return
        if len(starts := _starts(pieces)) > 1:
            self._several(pieces, starts, node.line)
            draft = None
        else:
            draft = Item(pieces, node.line).read()
        children = [
            child for inner in nested if inner.tag in ("ul", "ol") for child in inner.nodes if child.tag == "li"
        ]
        own = [child for child in children if self._is_entry(child)]
        if own and not (draft and draft.has_paper):
            self._group(draft, nested)
        else:
            self._entry(draft, node, nested, children, own)

    def _blocks(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            self._block(node)

    def _group(self, draft: Draft | None, nested: Iterable[Node]) -> None:
        """An item that is a heading: the papers are those under it."""
        topic = title_in(draft.title) if draft else ""
        self.left_out += draft is not None
        self._context.append(_Context(9, topic if 0 < len(topic) <= 60 else ""))
        self._blocks(nested)
        self._context.pop()

    def _entry(
        self,
        draft: Draft | None,
        node: Node,
        nested: Iterable[Node],
        children: Iterable[Node],
        own: Sequence[Node],
    ) -> None:
        """An item that is a paper, or several in a row; what is under it says more of it, or is one of its `own`."""
        for child in children:
            if child in own:
                self._list_item(child)
            elif draft:
                for line in [child, *child.find("li")]:
                    self._detail(draft, line)
        for inner in nested:
            if inner.tag == "table":
                self._table(inner)
        if draft:
            for fence in node.find("pre"):
                self._cited(draft, fence)
            self._conclude(draft)

    def _is_entry(self, node: Node) -> bool:
        """Whether an item under another one is a paper of its own."""
        pieces = pieces_of(node)
        text = "".join(piece.text for piece in pieces)
        if not pieces or LABELLED.match(text.lstrip("*_ ")):
            return False
        draft = Item(pieces, node.line).read()
        if draft.title and (is_titled(draft.title) or draft.ids) and draft.has_paper and not people_in(draft.title):
            return True
        return any(self._is_entry(child) for child in node.find("li"))

    def _several(self, pieces: Sequence[Piece], starts: Sequence[int], line: int, *, is_title: bool = True) -> None:
        """Papers in a row, each beginning with a link; what stands between belongs to the one before."""
        for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
            part = list(pieces[start:end])
            draft = Draft(line, title=title_in(part[0].text))
            draft.link(part[0])
            for piece in part[1:]:
                if piece.kind == "link":
                    draft.link(piece, piece.text if role_of_word(piece.text) else "")
            draft.is_nickname = not is_title and count_in(draft.title) < 6
            self._conclude(draft)

    def _detail(self, draft: Draft, node: Node) -> None:
        pieces = pieces_of(node)
        item = Item(pieces, node.line)
        item.draft = draft
        item._after(item.pieces)

    # Tables

    def _table(self, node: Node) -> None:
        rows = _rows(node)
        if not rows:
            return
        head, *body = rows
        named_columns = [_column(cell.text) for cell in head]
        is_head = all(cell.tag == "th" for cell in head) or sum(map(bool, named_columns)) >= 2
        if not is_head:
            named_columns, body = [], rows
        carried: dict[int, str] = {}
        for cells in body:
            self._row(cells, named_columns, carried)

    def _row(self, cells: Sequence[Node], roles: Sequence[str], carried: dict[int, str]) -> None:
        line = min((cell.line for cell in cells), default=1)
        content = [_all_pieces(cell) for cell in cells]
        texts = ["".join(piece.text for piece in pieces if piece.kind != "image") for pieces in content]
        role = [roles[index] if index < len(roles) else "" for index in range(len(cells))]
        topics = []
        for index, name in enumerate(role):
            if name == "topic":
                carried[index] = clean(texts[index]).strip(EDGE) or carried.get(index, "")
                topics.append(carried[index])
        title = self._title_column(role, texts, content, bool(roles))
        if title is None:
            for index, pieces in enumerate(content):
                starts = _starts(pieces, nicknames=True)
                if starts and role[index] not in ("link", "code", "venue", "authors"):
                    self._several(pieces, starts, line, is_title=False)
            if not any(_starts(pieces, nicknames=True) for pieces in content):
                self._unnamed(content, texts, line)
            return
        starts = _starts(content[title])
        if len(starts or (starts := _starts(content[title], nicknames=True))) > 1:
            self._several(content[title], starts, line)
            return
        draft = Item(content[title], line).read()
        draft.line = line
        draft.is_loose = False
        draft.is_listed = role[title] in ("title", "paper")
        if role[title] == "name":
            draft.is_nickname = count_in(draft.title) < 5
        for index, name in enumerate(role):
            if index != title:
                self._cell(draft, name, content[index], texts[index])
        if topics:
            draft.facets.setdefault("topics", tuple(topic for topic in topics if topic))
        self._conclude(draft)

    @staticmethod
    def _title_column(
        role: Sequence[str], texts: Sequence[str], content: Sequence[Sequence[Piece]], has_head: bool
    ) -> int | None:
        def has_title(index: int) -> bool:
            return any(
                piece.kind != "image" and not piece.badge and count_in(piece.text) and not role_of_word(piece.text)
                for piece in content[index]
            )

        for wanted in ("title", "paper"):
            for index, name in enumerate(role):
                if name == wanted and has_title(index):
                    return index
        found = [
            index
            for index, pieces in enumerate(content)
            if any(p.kind == "link" and is_titled(p.text) and count_in(p.text) >= 4 for p in pieces)
        ]
        if found and "name" not in role:
            return found[0]
        if not has_head:
            long = [index for index, text in enumerate(texts) if count_in(text) >= 4]
            return max(long, key=lambda index: len(texts[index])) if long else None
        if (
            "name" in role
            and any(name in ("link", "venue", "authors", "paper") for name in role)
            and has_title(role.index("name"))
        ):
            return role.index("name")
        return None

    def _unnamed(self, content: Sequence[Sequence[Piece]], texts: Sequence[str], line: int) -> None:
        """A row without a title: a nickname with a link to a paper somewhere, or nothing."""
        draft = Draft(
            line, title=title_in(next((text for text in texts if text.strip()), "").partition("[")[0]), is_nickname=True
        )
        for pieces in content:
            for piece in pieces:
                if piece.kind == "link":
                    draft.link(piece)
        if any(piece.kind == "link" for pieces in content for piece in pieces):
            own = _plain(content[0])
            draft.title = own or draft.title
            self._conclude(draft)
        else:
            self.left_out += any(text.strip() for text in texts)

    @staticmethod
    def _cell(draft: Draft, role: str, pieces: Sequence[Piece], text: str) -> None:
        for piece in pieces:
            if piece.kind == "link" and (
                role in ("link", "paper", "code", "slides", "video", "poster", "page", "model", "venue", "title")
                or role_of_word(piece.text)
            ):
                known = role_of_word(piece.text)
                draft.link(
                    piece,
                    piece.text if known else {"link": "paper", "venue": "paper", "title": "paper"}.get(role, role),
                )
        if role == "venue" and (venue := venue_in(text, loose=True)):
            draft.said(venue)
        elif role == "date" and (venue := venue_in(text)):
            draft.issued = venue.issued or draft.issued
        elif role == "authors" and (people := people_in(text, labelled=True)):
            draft.people(people)
        elif role in ("datasets", "models") and (values := document.things(text)):
            draft.facets.setdefault(role, values)
        elif role == "" and (venue := venue_in(text)) and not draft.venue:
            draft.said(venue)

    # What becomes of an item

    def _skipped(self, line: int, reason: str, text: str) -> None:
        self.problems.append(Problem("L03", Severity.NOTE, f"{reason}: {clean(text)[:100]}", line=line))

    def _doubt(self, draft: Draft, reason: str) -> None:
        self.doubts.append(Doubt(self._work(draft), draft.line, reason))

    def _conclude(self, draft: Draft) -> None:
        if draft.unsafe:
            message = f"an address that cannot be trusted: {clean(draft.unsafe)[:100]}"
            self.problems.append(Problem("L04", Severity.WARNING, message, line=draft.line))
        if not draft.has_paper:
            is_cited = (
                count_in(draft.title) >= 4
                and not draft.is_loose
                and bool(draft.venue and (draft.issued or draft.author))
            )
            if is_cited:
                self._take(draft)
            elif draft.links and draft.title:
                self._skipped(draft.line, "leads to no paper (" + ", ".join(draft.links) + ")", draft.title)
            elif (
                draft.title
                and count_in(draft.title) >= 3
                and (draft.venue or draft.author or draft.is_listed)
                and not draft.is_loose
            ):
                self._doubt(draft, "has no link")
            else:
                self.left_out += 1
            return
        twice = [ids for ids in draft.ids.values() if len(ids) > 1]
        if twice:
            self._doubt(draft, "links to two papers: " + " and ".join(map(str, twice[0])))
        elif not draft.title:
            self._doubt(draft, "is a link to a paper without a title")
        elif draft.is_nickname or (
            count_in(draft.title) < 3 and not draft.author and not (draft.venue and count_in(draft.title) == 2)
        ):
            self._doubt(draft, "is only a nickname, not a title")
        elif draft.is_loose or len(draft.title) > 400:
            self._doubt(draft, "may hold more than the title")
        elif not (draft.ids or draft.is_published or draft.venue or draft.author):
            self._doubt(
                draft, "is named without an id, a venue or authors" + (": its link is empty" if not draft.url else "")
            )
        else:
            self._take(draft)

    def _take(self, draft: Draft) -> None:
        if draft.is_cut:
            self.problems.append(
                Problem("L04", Severity.NOTE, 'the authors end in "et al.", so they were left out', line=draft.line)
            )
        if draft.is_empty and not draft.ids and not draft.url:
            self.problems.append(Problem("L04", Severity.NOTE, "the link to the paper is empty", line=draft.line))
        self.works.append(self._work(draft))
        self.lines.append(draft.line)

    def _work(self, draft: Draft) -> Work:
        venue, issued = draft.venue, draft.issued
        for known in reversed(self._context):
            if known.venue:
                venue = venue or known.venue.label
                issued = issued or known.venue.issued
        ids: dict[str, Any] = {
            ID_FIELDS[scheme]: found[0].value for scheme, found in draft.ids.items() if len(found) == 1
        }
        only_preprint = set(draft.ids) <= {Scheme.ARXIV}
        topics = draft.facets.get("topics") or tuple(
            dict.fromkeys(known.topic for known in self._context[-1:] if known.topic)
        )
        facets: dict[str, Any] = {name: values for name, values in draft.facets.items() if name != "topics"}
        return Work(
            title=draft.title,
            author=() if draft.is_cut else draft.author,
            issued=issued,
            type=ItemType.ARTICLE if venue == "arXiv" else ItemType.DOCUMENT,
            container_title_short=venue,
            URL=draft.url if (not ids or (only_preprint and draft.is_published)) else "",
            topics=topics,
            links=tuple(Link(label, url) for label, url in draft.links.items()),
            **facets,
            **ids,
        )


def _plain(pieces: Iterable[Piece]) -> str:
    return title_in("".join(piece.text for piece in pieces if piece.kind == "text"))


def _column(text: str) -> str:
    """What a column's heading says it holds, "" when it is none of ours."""
    name = clean(EMOJI.sub(" ", text)).casefold().strip(EDGE)
    return column_names().get(name, "")


def _blocks(node: Node) -> Iterator[Node]:
    """Headings, paragraphs, lists, tables and code in order, whatever they are wrapped in."""
    loose = Node("p", node.line)
    for child in node.children:
        if isinstance(child, Node) and (child.tag in _HEADINGS or child.tag in BLOCKS or child.tag == "p"):
            if _has_content(loose):
                yield loose
            loose = Node("p", child.line)
            if child.tag == "p" and any(inner.tag in BLOCKS or inner.tag in _HEADINGS for inner in child.nodes):
                yield from _blocks(child)
            else:
                yield child
        elif isinstance(child, Node) and child.tag in _CONTAINERS and _holds_blocks(child):
            if _has_content(loose):
                yield loose
            loose = Node("p", child.line)
            yield from _blocks(child)
        else:
            if not loose.children:
                loose.line = child.line if isinstance(child, Node) else node.line
            loose.children.append(child)
    if _has_content(loose):
        yield loose


def _has_content(node: Node) -> bool:
    return any(isinstance(child, Node) or child.strip() for child in node.children)


def _holds_blocks(node: Node) -> bool:
    return next(node.find(*_HEADINGS, *BLOCKS, "p"), None) is not None


def _nested(node: Node) -> Iterator[Node]:
    """The lists, tables and code within an item."""
    return node.find(*BLOCKS)


def _lines(blocks: Iterable[Node]) -> Iterator[Node]:
    """Paragraphs and items of blocks, one by one."""
    for block in blocks:
        if block.tag in ("ul", "ol"):
            yield from block.find("li")
        elif block.tag in ("p", "dl", "div"):
            yield block


def _all_pieces(cell: Node) -> list[Piece]:
    """The content of a cell, that of the lists in it included."""
    found = pieces_of(cell)
    for inner in cell.find("ul", "ol"):
        for item in inner.find("li"):
            found += [Piece("break", "", item.line), *pieces_of(item)]
    return found


def _rows(table: Node) -> list[list[Node]]:
    """The cells of a table by row; one that spans rows stands in each."""
    rows: list[list[Node]] = []
    spanning: dict[int, tuple[int, Node]] = {}
    for row in table.find("tr"):
        cells: list[Node] = []
        waiting = [cell for cell in row.nodes if cell.tag in ("td", "th")]
        while waiting or len(cells) in spanning:
            place = len(cells)
            if place in spanning:
                left, cell = spanning.pop(place)
                if left > 1:
                    spanning[place] = (left - 1, cell)
                cells.append(replace(cell, line=row.line))
                continue
            cell = waiting.pop(0)
            cells.append(cell)
            span = cell.attrs.get("rowspan", "")
            if span.isdigit() and 1 < int(span) < 1000:
                spanning[place] = (int(span) - 1, cell)
        if cells:
            rows.append(cells)
    return rows


def _starts(pieces: Sequence[Piece], *, nicknames: bool = False) -> list[int]:
    """Where papers begin in a run: links to papers whose text is no label."""
    found = []
    for index, piece in enumerate(pieces):
        if (
            piece.kind != "link"
            or piece.badge
            or not piece.text.strip()
            or role_of_word(piece.text)
            or _is_version(piece.text)
        ):
            continue
        if not nicknames and not is_titled(piece.text):
            continue
        if target_of(piece.url, piece.text).role == "paper":
            found.append(index)
    return found


def _is_version(text: str) -> bool:
    """Whether a link names another version of the paper before it: "AAAI'24 version", "OpenReview"."""
    return venue_in(text, strict=True) is not None
