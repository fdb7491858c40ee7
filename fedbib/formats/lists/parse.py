"""Lists in the wild: Markdown and the HTML in it as rows, each what may be one paper, under its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from fedbib.formats.bib import bibtex
from fedbib.formats.lists import table
from fedbib.formats.lists.fields import reference
from fedbib.formats.lists.links import role_of_word, target_of
from fedbib.formats.lists.outline import Heading, heading_text
from fedbib.formats.lists.parts import parts_of
from fedbib.formats.lists.phrases import count_in, evidence, is_said, is_titled, title_in
from fedbib.formats.lists.pieces import BLOCKS, CLOSED, EDGE, OPEN, Piece, pieces_of
from fedbib.formats.lists.shape import MOST, Shape, label_in, labelled, shape
from fedbib.formats.readme.tree import LONG_LINE, Node, overlong, tree
from fedbib.model.identifier import Identifier
from fedbib.model.problem import Problem
from fedbib.model.reading import Passed
from fedbib.model.work import Work
from fedbib.text.plain import clean
from fedbib.words.venues import Register

_BULLET = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_BIBTEX = re.compile(r"^[ \t]*@[A-Za-z]+\s*[{(]", re.MULTILINE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTAINERS = frozenset(
    (
        *("div", "center", "details", "section", "article", "blockquote", "main", "body", "html"),
        *("span", "font", "header", "footer", "strong", "b", "em", "i"),
    )
)
_BULLET_LEVEL = 9
"""Of an item that is a heading of those below it; one within another is deeper."""
_BESIDE_PAPERS = frozenset({"paper", "slides", "video", "poster"})
_MOST_DETAILS = 8
"""Blocks under a heading that is one paper's title."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line or block that may be one paper."""

    line: int
    kind: str
    """item, run (one of several in an item), paragraph, heading, table."""
    shape: Shape
    heading: Heading | None = None
    cells: tuple[table.Cell, ...] = ()
    cited: tuple[Work, ...] = ()
    """BibTeX under it."""
    column: str = ""
    """What a table calls the column of the titles."""
    text: str = ""


@dataclass(slots=True)
class Parsed:
    """A list as rows, with what stands for itself or was passed over."""

    rows: list[Row] = field(default_factory=list)
    mentions: list[tuple[Piece, int]] = field(default_factory=list)
    """Papers named within running text, with their lines."""
    works: list[tuple[Work, int]] = field(default_factory=list)
    """Entries of BibTeX, whole."""
    problems: list[Problem] = field(default_factory=list)
    skipped: list[tuple[int, str, str]] = field(default_factory=list)
    """Lines passed over with the reason and their text."""
    passed: list[Passed] = field(default_factory=list)

    def pass_over(self, line: int, reason: str, text: str) -> None:
        """Account for a line that is no paper, if it says anything."""
        if said := clean(text)[:_SHOWN]:
            self.passed.append(Passed(line, reason, said))


_DATED = re.compile(r"\w\s\((?:19|20)\d\d\)\s*$")
_SHOWN = 100
"""Characters of a line that was passed over."""


def rows_of(text: str, register: Register) -> Parsed:
    """The rows of a list in order. Never raises; linear in the length of the text."""
    walker = _Walker(register)
    for first, part in parts_of(text):
        walker.sections(list(_blocks(tree(part, first), register)))
    reason = f"has more than {LONG_LINE:,} characters; the rest was not read"
    walker.parsed.skipped += [(line, reason, "") for line in overlong(text)]
    return walker.parsed


class _Walker:
    def __init__(self, register: Register) -> None:
        self.parsed = Parsed()
        self._register = register
        self._heading: Heading | None = None
        self._bullet: Heading | None = None
        """The last item that was a heading."""

    # Headings

    def sections(self, blocks: Sequence[Node]) -> None:
        ends = _ends(blocks)
        papers = _paper_levels(blocks, ends, self._register)
        at = 0
        while at < len(blocks):
            block = blocks[at]
            if block.tag in _HEADINGS:
                under = blocks[at + 1 : ends[at]]
                if self._is_paper(block, under, papers):
                    own = _own(under, self._register)
                    self._row("heading", block, own)
                    at += 1 + len(own)
                    continue
                self._heading = Heading.under(
                    self._heading, int(block.tag[1]), heading_text(block.text), block.line, self._register
                )
            elif block.tag == "details":
                summary, *folded = block.nodes
                self._row("heading", summary, folded)
            elif at + 1 < len(blocks) and _stands_above(block, blocks[at + 1], self._register):
                self._row("heading", block, blocks[at + 1 : at + 2])
                at += 1
            else:
                self._block(block)
            at += 1

    def _is_paper(self, heading: Node, under: Sequence[Node], papers: frozenset[str]) -> bool:
        """Whether a heading is a paper's title, what stands under it saying more of it."""
        pieces = pieces_of(heading)
        if _leads_to_paper(pieces):
            return count_in(heading.text) > 3 or any(
                _is_title(piece, self._register) for piece in pieces if not piece.badge
            )
        if not under or not ((heading.tag != "h1" and count_in(title_in(heading.text)) >= 4) or heading.tag in papers):
            return False
        own = _own(under, self._register)
        has_own = len(own) < len(under) and all(map(_is_label, own)) and _are_details(own, self._register, heading)
        return has_own or _are_details(under, self._register, heading)

    def _row(self, kind: str, node: Node, under: Sequence[Node]) -> None:
        pieces = pieces_of(node)
        for line in _lines(under):
            pieces += [Piece("break", "", line.line), *pieces_of(line)]
        fences = [inner for block in under for inner in ([block] if block.tag == "pre" else block.find("pre"))]
        self._add(kind, pieces, node.line, fences)

    def _add(self, kind: str, pieces: Sequence[Piece], line: int, fences: Iterable[Node] = ()) -> None:
        cited = tuple(work for fence in fences for work in _cited(fence))
        text = "".join(piece.text for piece in pieces if piece.kind != "image")
        found = replace(shape(pieces, self._register), is_headed=kind == "heading")
        row = Row(line, kind, found, self._heading, (), cited, text=text[:_SHOWN])
        self.parsed.rows.append(row)
        if row.shape.is_cut:
            reason = f"has more than {MOST:,} links and texts; the rest was not read"
            self.parsed.skipped.append((line, reason, text))

    # Blocks

    def _block(self, node: Node) -> None:
        if node.tag in ("ul", "ol"):
            for item in node.nodes:
                self._item(item)
        elif node.tag == "table":
            self._table(node)
        elif node.tag == "pre":
            self._fence(node)
        elif node.tag == "dl":
            self._defined(node)
        else:
            self._paragraph(node)

    def _defined(self, node: Node) -> None:
        """A list of terms with what is said of each: a paper, or a heading above several."""
        term: Node | None = None
        said: list[Node] = []
        for child in (*node.nodes, None):
            if child is not None and child.tag != "dt":
                said.append(child)
                continue
            if term is not None and len(said) > 1 and all(_is_entry(one, self._register) for one in said):
                self._group(pieces_of(term), term, said)
            elif term is not None:
                self._row("item", term, said)
            else:
                for one in said:
                    self._paragraph(one)
            term, said = child, []

    def _fence(self, node: Node) -> None:
        text = node.text
        if not _BIBTEX.search(text):
            for number, line in enumerate(text.split("\n")):
                if _BULLET.match(line) and "](" in line:
                    reason = "is in a code block, so it was not read as a paper"
                    self.parsed.skipped.append((node.line + 1 + number, reason, line))
            return
        reading = bibtex.parse(text)
        found = zip(reading.works, reading.lines, strict=True)
        self.parsed.works += [(replace(work, key=""), line + node.line) for work, line in found]
        self.parsed.problems += [replace(problem, line=(problem.line or 0) + node.line) for problem in reading.problems]

    def _paragraph(self, node: Node) -> None:
        """A paragraph may be a paper when it begins like one; one within a sentence is for a person to see."""
        pieces = pieces_of(node)
        links = [piece for piece in pieces if piece.kind == "link" and not piece.badge]
        if not any(piece.kind == "link" for piece in pieces):
            self._pass(node, "is text without a link")
            return
        starts = _starts(pieces, self._register)
        if len(starts) > 1 and all(_begins_line(pieces, start) for start in starts):
            for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
                self._add("paragraph", pieces[start:end], pieces[start].line)
            return
        lines = _bold_lines(pieces)
        if len(lines) > 1:
            for start, end in zip(lines, [*lines[1:], len(pieces)], strict=True):
                self._add("paragraph", pieces[start:end], pieces[start].line)
            return
        words = sum(count_in(piece.text) for piece in pieces if piece.kind != "image" and not piece.badge)
        if words < 2:
            self._pass(node, "has no words beside its links")
            return
        if _begins_like_paper(pieces, self._register) and words <= 75 and (_leads_to_paper(pieces) or not starts):
            self._add("paragraph", pieces, node.line)
            return
        mentions = [
            piece
            for piece in links
            if is_titled(piece.text, self._register) and target_of(piece.url, piece.text).role == "paper"
        ]
        self.parsed.mentions += [(piece, piece.line or node.line) for piece in mentions]
        if not mentions and any(target_of(link.url, link.text).role in _BESIDE_PAPERS for link in links):
            self.parsed.skipped.append((node.line, "is running text and may not be an entry of the list", node.text))
        elif not mentions:
            self._pass(node, "is running text that leads to no paper")

    # Lists

    def _item(self, node: Node) -> None:
        if node.tag != "li":
            if node.tag in ("ul", "ol"):
                self._block(node)
            return
        pieces = pieces_of(node)
        first = next((piece for piece in pieces if piece.kind == "link"), None)
        nested = [inner for inner in node.find(*BLOCKS) if inner.tag != "pre"]
        if first and first.url.startswith("#"):
            self._pass(node, "leads to another place of the list")
            for inner in nested:
                self._block(inner)
            return
        children = [
            child for inner in nested if inner.tag in ("ul", "ol") for child in inner.nodes if child.tag == "li"
        ]
        own = [child for child in children if _is_entry(child, self._register)]
        if own and not _leads_to_paper(pieces):
            self._group(pieces, node, nested)
            return
        if starts := _several(pieces, self._register):
            for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
                self._add("run", pieces[start:end], node.line)
        else:
            for child in children:
                for line in _own_lines(child) if child not in own else ():
                    pieces += [Piece("break", "", line.line), *pieces_of(line)]
            self._add("item", pieces, node.line, node.find("pre"))
        for child in own:
            self._item(child)
        for inner in nested:
            if inner.tag == "table":
                self._table(inner)

    def _group(self, pieces: Sequence[Piece], node: Node, nested: Iterable[Node]) -> None:
        """An item that is a heading: the papers are those under it."""
        above = self._heading
        text = title_in("".join(piece.text for piece in pieces if piece.kind == "text"))
        self.parsed.pass_over(node.line, "is a heading of what stands below it", text)
        level = max(_BULLET_LEVEL, above.level + 1 if above else 0)
        last = self._bullet if self._bullet and self._bullet.above is above else above
        self._heading = Heading.under(last, level, text if len(text) <= 60 else "", node.line, self._register)
        here = self._heading
        for inner in nested:
            self._block(inner)
        self._heading, self._bullet = above, here

    # Tables

    def _table(self, node: Node) -> None:
        found = table.read(node, self._register)
        above = self._heading
        for row in found.rows:
            if row.heading:
                self._heading = Heading.under(self._heading, 8, heading_text(row.heading), row.line, self._register)
            else:
                self._table_row(found, row)
        self._heading = above

    def _table_row(self, found: table.Table, row: table.TableRow) -> None:
        title = found.title_of(row)
        if title is None:
            starts = [
                (cell.pieces, start)
                for cell in row.cells
                if cell.role not in ("link", "code", "venue", "authors")
                for start in _starts(cell.pieces, self._register, nicknames=True)
            ]
            if not starts:
                self._nameless(row)
            for cell in row.cells:
                if cell.role not in ("link", "code", "venue", "authors"):
                    self._run(cell.pieces, row.line)
            return
        cell = row.cells[title]
        if _several(cell.pieces, self._register, nicknames=True):
            self._run(cell.pieces, row.line)
            return
        cells = tuple(other for index, other in enumerate(row.cells) if index != title)
        text = "".join(piece.text for piece in cell.pieces)
        self.parsed.rows.append(
            Row(
                row.line,
                "table",
                shape(cell.pieces, self._register),
                self._heading,
                cells,
                (),
                cell.role,
                text=text[:_SHOWN],
            )
        )

    def _run(self, pieces: Sequence[Piece], line: int) -> None:
        starts = _starts(pieces, self._register, nicknames=True)
        for start, end in zip(starts, [*starts, len(pieces)][1:], strict=True):
            self.parsed.rows.append(
                Row(
                    line,
                    "run",
                    shape(pieces[start:end], self._register),
                    self._heading,
                    (),
                    (),
                    "name",
                    text=pieces[start].text,
                )
            )

    def _nameless(self, row: table.TableRow) -> None:
        """A row without a title: a nickname with a link to a paper somewhere, or nothing."""
        if any(piece.kind == "link" for cell in row.cells for piece in cell.pieces):
            first = row.cells[0]
            self.parsed.rows.append(
                Row(
                    row.line,
                    "table",
                    shape(first.pieces, self._register),
                    self._heading,
                    tuple(row.cells[1:]),
                    (),
                    "name",
                    first.text,
                )
            )
        else:
            text = " | ".join(filter(None, (cell.text.strip() for cell in row.cells)))
            self.parsed.pass_over(row.line, "is a row without a title and a link", text)

    def _pass(self, node: Node, reason: str) -> None:
        pieces = pieces_of(node)
        words = "".join(piece.text for piece in pieces).strip()
        self.parsed.pass_over(node.line, reason, words or next((piece.url for piece in pieces if piece.url), ""))


# What a block looks like ----------------------------------------------------------------------------------------------


def _own(under: Sequence[Node], register: Register) -> Sequence[Node]:
    """Of the blocks under a heading that is a paper those that say more of it: up to one that names another."""
    for at, block in enumerate(under):
        if block.tag in ("table", "details") or any(_is_entry(line, register) for line in _lines([block])):
            return under[:at]
    return under


def _ends(blocks: Sequence[Node]) -> list[int]:
    """For each block the position of the next heading."""
    found = [len(blocks)] * len(blocks)
    end = len(blocks)
    for at in range(len(blocks) - 1, -1, -1):
        found[at] = end
        if blocks[at].tag in _HEADINGS:
            end = at
    return found


def _paper_levels(blocks: Sequence[Node], ends: Sequence[int], register: Register) -> frozenset[str]:
    """The levels of headings that are papers' titles, by what most of them are."""
    all_of: Counter[str] = Counter()
    titled: Counter[str] = Counter()
    for at, block in enumerate(blocks):
        if block.tag in _HEADINGS:
            all_of[block.tag] += 1
            if (
                count_in(block.text) >= 2
                and not is_said(block.text.strip(), register)
                and _are_details(blocks[at + 1 : ends[at]], register, block)
            ):
                titled[block.tag] += 1
    return frozenset(tag for tag, count in titled.items() if count >= 2 and count * 2 >= all_of[tag])


def _is_label(node: Node) -> bool:
    """Whether a block consists of badges, links that say what they are and what stands behind labels."""
    if node.tag in ("ul", "ol"):
        return all(label_in(item.text.lstrip("*_ ")) or _is_label(item) for item in node.nodes)
    said = [piece for piece in pieces_of(node) if piece.kind == "link" or piece.text.strip(EDGE + OPEN + CLOSED)]
    return node.tag in ("p", "li") and all(
        piece.badge or (piece.kind == "link" and role_of_word(piece.text)) for piece in said if piece.kind != "image"
    )


def _is_strong(node: Node) -> bool:
    """Whether a paragraph begins bold, or is what shows of `<details>`, and has no link."""
    if node.tag != "p":
        return False
    pieces = pieces_of(node)
    said = [piece for piece in pieces if piece.text.strip(EDGE) or piece.kind == "link"]
    is_summary = any(child.tag == "summary" for child in node.nodes)
    return bool(said) and (said[0].strong or is_summary) and not any(piece.kind == "link" for piece in said)


def _stands_above(node: Node, under: Node, register: Register) -> bool:
    """Whether a paragraph is the title of what stands under it: bold, or plain above links that all have a label."""
    if not _are_details([under], register):
        return False
    if _is_strong(node):
        return True
    plain = node.tag == "p" and not any(piece.kind in ("link", "break") for piece in pieces_of(node))
    items = [item for item in under.nodes if item.tag == "li"]
    is_labelled = bool(items) and all(label_in(item.text) for item in items)
    text = node.text.strip()
    return (
        plain
        and is_labelled
        and 2 <= count_in(text) <= 30
        and "\n" not in text
        and text[-1] not in ":："
        and not is_said(text, register)
    )


def _is_title_alone(node: Node, register: Register) -> bool:
    """Whether a paragraph is a title that stands above its links."""
    if not _is_strong(node) or is_said(node.text.strip(EDGE), register) or count_in(node.text) < 2:
        return False
    return all(piece.strong for piece in pieces_of(node) if piece.text.strip(EDGE))


def _are_details(blocks: Sequence[Node], register: Register, above: Node | None = None) -> bool:
    """Whether blocks lead to one paper and name no other: what is bold below a title with its year, is who wrote it."""
    is_dated = above is not None and _DATED.search(above.text) is not None
    if not blocks or len(blocks) > _MOST_DETAILS:
        return False
    papers = 0
    ids: dict[str, Identifier] = {}
    for block in blocks:
        if block.tag in ("table", "details") or next(block.find("table"), None):
            return False
        if _is_title_alone(block, register) and not (is_dated and block is blocks[0]):
            return False
    for node in _lines(blocks):
        if _is_entry(node, register):
            return False
        pieces = pieces_of(node)
        papers += _leads_to_paper(pieces, local=True)
        for piece in pieces:
            id = target_of(piece.url, piece.text).id if piece.kind == "link" else None
            if id and ids.setdefault(id.scheme, id) != id:
                return False
    return papers > 0


def _leads_to_paper(pieces: Sequence[Piece], *, local: bool = False) -> bool:
    """Whether a link leads to a paper or says that it does; with `local` also one to a file beside the list."""
    for piece in pieces:
        if piece.kind == "link" and (piece.url or role_of_word(piece.text) == "paper"):
            target = target_of(piece.url, piece.text)
            if target.role == "paper" and (local or not piece.url.startswith("#")):
                return True
    return False


def _is_entry(node: Node, register: Register) -> bool:
    """Whether a line under another one is a paper of its own."""
    pieces = pieces_of(node)
    text = "".join(piece.text for piece in pieces if piece.kind != "image")
    if not pieces:
        return False
    if label := label_in(text.lstrip("*_ ")):
        return labelled(label.group(1)) == "title" and _leads_to_paper(pieces)
    if _leads_to_paper(pieces):
        if any(piece.kind == "link" and not piece.badge and _is_title(piece, register) for piece in pieces):
            return True
        plain = "".join(piece.text for piece in pieces if piece.kind == "text")
        head = re.split(r"[\[(|]", plain, maxsplit=1)[0] or plain
        if _names_paper(head, register):
            return True
    return any(_is_entry(child, register) for child in node.find("li"))


_NUMBERED = re.compile(r"(?:[A-Za-z]{2,12}[:\s]\s?)?\d[\d./v-]{4,}")
"""An identifier as the text of a link: "PMID:37258682"."""


def _is_title(link: Piece, register: Register) -> bool:
    """Whether a link to a paper shows its title, or at least its nickname."""
    text = link.text.strip()
    if not text or evidence(text, register) in _APPARATUS:
        return False
    target = target_of(link.url, text)
    is_id = target.id is not None and target.id.value.casefold() in text.casefold()
    return target.role == "paper" and not is_id and not _NUMBERED.fullmatch(text)


def _names_paper(text: str, register: Register) -> bool:
    return (
        count_in(text) >= 3
        and not evidence(text.strip(EDGE), register)
        and not label_in(text)
        and is_titled(text, register)
    )


def _bold_lines(pieces: Sequence[Piece]) -> list[int]:
    """Where the lines of a paragraph begin that each have a bold title and lead to a paper; none when not all do."""
    found = [
        at for at, piece in enumerate(pieces) if piece.kind == "text" and piece.strong and _begins_line(pieces, at)
    ]
    whole = found[:1] == [0] and all(
        _leads_to_paper(pieces[start:end]) for start, end in zip(found, [*found[1:], len(pieces)], strict=True)
    )
    return found if whole else []


def _begins_line(pieces: Sequence[Piece], start: int) -> bool:
    return start == 0 or pieces[start - 1].kind == "break" or pieces[start - 1].text.endswith("\n")


def _begins_like_paper(pieces: Sequence[Piece], register: Register) -> bool:
    first = next(
        (piece for piece in pieces if piece.kind == "link" or piece.text.strip(EDGE + OPEN + CLOSED)), pieces[0]
    )
    if (first.kind == "link" and is_titled(first.text, register)) or (
        first.kind == "text" and reference(first.text, register)
    ):
        return True
    at = next((at for at, piece in enumerate(pieces) if piece.kind == "link" and not piece.badge), 0)
    before = "".join(piece.text for piece in pieces[:at]).strip()
    if (not before.strip(EDGE) or is_said(before.strip(EDGE + OPEN + CLOSED), register)) and _leads_to_paper(
        pieces[at : at + 1]
    ):
        return True
    if first.kind == "text" and (first.strong or first.light or re.match(r"\s*\[?\d{1,4}[\].]", first.text)):
        return True
    return any(
        piece.kind == "link"
        and (role_of_word(piece.text) == "paper" or (not piece.text and target_of(piece.url, "").role == "paper"))
        for piece in pieces
    )


def _starts(pieces: Sequence[Piece], register: Register, *, nicknames: bool = False) -> list[int]:
    """Where papers begin in a run: links to papers whose text is no label."""
    return [
        index for index in _worded(pieces, nicknames) if _begins_paper(pieces[index], register, nicknames=nicknames)
    ]


def _several(pieces: Sequence[Piece], register: Register, *, nicknames: bool = False) -> list[int]:
    """Where papers begin in a run of several, by their titles or else by their nicknames; nowhere for one alone."""
    if len(_worded(pieces, nicknames)) < 2:  # nearly every row: what its links are need not be known yet
        return []
    starts = _starts(pieces, register) or (_starts(pieces, register, nicknames=True) if nicknames else [])
    if len(starts) < 2:
        return []
    return starts if nicknames else sorted({*starts, *_short(pieces, starts, register)})


def _short(pieces: Sequence[Piece], starts: Sequence[int], register: Register) -> Iterator[int]:
    """Where, beside such starts, links stand to papers with other identifiers whose titles have two words."""
    known = {target_of(pieces[at].url, pieces[at].text).id for at in starts}
    for at, piece in enumerate(pieces):
        if (
            piece.kind == "link"
            and not piece.badge
            and count_in(piece.text) == 2
            and not evidence(piece.text, register)
        ):
            id = target_of(piece.url, piece.text).id
            if id and id not in known:
                known.add(id)
                yield at


def _worded(pieces: Sequence[Piece], nicknames: bool) -> list[int]:
    """Where links stand whose text is as long as a title's, or not empty where it may be a nickname."""
    return [
        index
        for index, piece in enumerate(pieces)
        if piece.kind == "link" and not piece.badge and (piece.text.strip() if nicknames else count_in(piece.text) >= 3)
    ]


def _begins_paper(link: Piece, register: Register, *, nicknames: bool) -> bool:
    if evidence(link.text, register) in _APPARATUS or not (nicknames or is_titled(link.text, register)):
        return False
    return target_of(link.url, link.text).role == "paper"


_APPARATUS = frozenset({"label", "venue", "likely", "date"})


def _cited(node: Node) -> tuple[Work, ...]:
    """The one entry of BibTeX under a paper: its own data."""
    if not _BIBTEX.search(node.text):
        return ()
    found = bibtex.parse(node.text).works
    return found if len(found) == 1 and found[0].title else ()


def _own_lines(node: Node) -> Iterator[Node]:
    yield node
    for inner in node.find("ul", "ol"):
        for child in inner.nodes:
            if child.tag == "li":
                yield from _own_lines(child)


def _lines(blocks: Iterable[Node]) -> Iterator[Node]:
    """Paragraphs and items of blocks, one by one."""
    for block in blocks:
        if block.tag in ("ul", "ol"):
            yield from block.find("li")
        elif block.tag in ("p", "dl", "div"):
            yield block
        elif block.tag == "dd":
            yield block
            yield from _lines(block.nodes)


def _blocks(node: Node, register: Register) -> Iterator[Node]:
    """Headings, paragraphs, lists, tables and code in order, whatever they are wrapped in."""
    loose = Node("p", node.line)
    for child in node.children:
        if isinstance(child, Node) and (child.tag in _HEADINGS or child.tag in BLOCKS or child.tag == "p"):
            if _has_content(loose):
                yield loose
            loose = Node("p", child.line)
            if child.tag == "p" and any(inner.tag in BLOCKS or inner.tag in _HEADINGS for inner in child.nodes):
                yield from _blocks(child, register)
            else:
                yield child
        elif isinstance(child, Node) and child.tag in _CONTAINERS and _holds_blocks(child):
            if _has_content(loose):
                yield loose
            loose = Node("p", child.line)
            folded = _folded(child, register) if child.tag == "details" else None
            yield from (folded,) if folded else _blocks(child, register)
        else:
            if not loose.children:
                loose.line = child.line if isinstance(child, Node) else node.line
            loose.children.append(child)
    if _has_content(loose):
        yield loose


def _folded(node: Node, register: Register) -> Node | None:
    """`<details>` whose summary is a paper's title and that say more of it: the summary, and their blocks."""
    summary = next((child for child in node.nodes if child.tag == "summary"), None)
    if summary is None or count_in(summary.text) < 3 or next(summary.find("a"), None):
        return None
    if evidence(summary.text.strip(), register) in _APPARATUS or next(node.find("details"), None):
        return None
    children = [child for child in node.children if child is not summary]
    blocks = list(_blocks(Node("div", node.line, children=children), register))
    return Node("details", node.line, children=[summary, *blocks]) if _are_details(blocks, register) else None


def _has_content(node: Node) -> bool:
    return any(isinstance(child, Node) or child.strip() for child in node.children)


def _holds_blocks(node: Node) -> bool:
    return next(node.find(*_HEADINGS, *BLOCKS, "p"), None) is not None
