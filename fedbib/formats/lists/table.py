"""Lists in the wild: tables, their columns by name and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fedbib.formats.lists.links import column_names, role_of_word, target_of
from fedbib.formats.lists.phrases import count_in, evidence, is_titled
from fedbib.formats.lists.pieces import EDGE, Piece, pieces_of, without_emoji
from fedbib.formats.lists.roles import column
from fedbib.formats.readme.tree import Node
from fedbib.text.plain import clean
from fedbib.words.venues import Register

_LONGEST_HEAD = 60
_WIDEST = 50
"""So many columns a cell may span."""
_TALLEST = 5
"""So many rows one paper may have."""


@dataclass(frozen=True, slots=True)
class Cell:
    pieces: tuple[Piece, ...]
    text: str
    role: str = ""
    """What its column holds: title, paper, name, venue, date, link, code, ...; "" when nothing tells."""
    is_named: bool = False
    """Whether the heading of the column says so."""


@dataclass(frozen=True, slots=True)
class TableRow:
    cells: tuple[Cell, ...]
    line: int
    heading: str = ""
    """What a row says that has no other cell: it stands above those that follow."""


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[TableRow, ...]
    titles: int | None
    """The column of the titles, None when there is none."""
    has_head: bool

    def title_of(self, row: TableRow) -> int | None:
        """The cell of a row that holds its title."""
        if self.titles is not None and self.titles < len(row.cells) and _has_title(row.cells[self.titles]):
            return self.titles
        if self.has_head:
            return None
        long = [index for index, cell in enumerate(row.cells) if count_in(cell.text) >= 4]
        return max(long, key=lambda index: len(row.cells[index].text)) if long else None


def read(node: Node, register: Register) -> Table:
    """A table: its rows with what each cell holds."""
    grid = _grid(node)
    if not grid:
        return Table((), None, False)
    head, *body = grid
    names = [_column(cell.text) for cell in head]
    has_head = all(cell.tag == "th" for cell in head) or (
        sum(map(bool, names)) >= 2 and not any(_leads(cell) for cell in head)
    )
    if not has_head:
        names, body = [], grid
    content = [[_pieces(cell) for cell in cells] for cells in body]
    texts = [[_text(pieces) for pieces in cells] for cells in content]
    width = max((len(cells) for cells in texts), default=0)
    names += [""] * (width - len(names))
    columns = ([row[index] for row in texts if index < len(row)] for index in range(width))
    roles = [_role(name, said, register) for name, said in zip(names, columns, strict=False)]
    titled = next((at for at, role in enumerate(roles) if role in ("title", "paper")), width)
    for at, role in enumerate(roles):
        linked = (piece.kind == "link" for row in content for piece in (row[at] if at < len(row) else ()))
        if role == "paper" and at > titled and not any(linked):  # where papers stand already: "Publication"
            roles[at] = "venue"
    rows: list[TableRow] = []
    carried: dict[int, str] = {}
    for cells, said, nodes in zip(content, texts, body, strict=True):
        line = min((cell.line for cell in nodes), default=1)
        if heading := _heading(nodes, cells, said, register):
            rows.append(TableRow((), line, heading))
            continue
        made = []
        for index, (pieces, text) in enumerate(zip(cells, said, strict=True)):
            if roles[index] == "topic":
                carried[index] = text = clean(text).strip(EDGE) or carried.get(index, "")
            made.append(Cell(tuple(pieces), text, roles[index], bool(names[index])))
        rows.append(TableRow(tuple(made), line))
    return Table(
        tuple(rows), _titles(roles, [row for row in rows if not row.heading], register, has_head=has_head), has_head
    )


def _role(name: str, said: Sequence[str], register: Register) -> str:
    """What a column holds, by its heading; by its values where that is missing or has two meanings ("Publication")."""
    if name == "paper":
        return column([text for text in said if not role_of_word(text)], register) or name
    return name or column(said, register)


def _heading(
    nodes: Sequence[Node], content: Sequence[Sequence[Piece]], texts: Sequence[str], register: Register
) -> str:
    """What the only cell of a row says when it is set off as a heading is, and leads to no paper."""
    full = [at for at, text in enumerate(texts) if text.strip(EDGE) or any(p.kind == "link" for p in content[at])]
    if len(full) != 1 or (len(texts) < 2 and "colspan" not in nodes[0].attrs) or count_in(texts[full[0]]) > 8:
        return ""
    node, pieces = nodes[full[0]], content[full[0]]
    is_strong = all(piece.strong for piece in pieces if piece.text.strip(EDGE))
    is_apart = (
        node.tag == "th" or "colspan" in node.attrs or is_strong or evidence(clean(texts[full[0]]), register) == "date"
    )
    leads = any(piece.kind == "link" and not piece.url.startswith("#") for piece in pieces)
    return clean(texts[full[0]]).strip(EDGE) if is_apart and not leads else ""


def _has_title(cell: Cell) -> bool:
    return any(
        piece.kind != "image" and not piece.badge and count_in(piece.text) and not role_of_word(piece.text)
        for piece in cell.pieces
    )


def _titles(roles: Sequence[str], rows: Sequence[TableRow], register: Register, *, has_head: bool) -> int | None:
    """The column of the titles: by its name, else by the titled links in it, else by its words."""
    for wanted in ("title", "paper"):
        for index, name in enumerate(roles):
            cells = [row.cells[index] for row in rows if index < len(row.cells)]
            if name == wanted and sum(map(_has_title, cells)) * 2 >= max(1, len(cells)):
                return index
    if "name" not in roles or "link" in roles:
        linked = _share(rows, lambda cell: any(p.kind == "link" and _is_title(p.text, register) for p in cell.pieces))
        if linked is not None:
            return linked
    if not has_head:
        return _share(rows, lambda cell: _is_title(cell.text, register))
    if "name" in roles and any(name in ("link", "venue", "authors", "paper") for name in roles):
        return roles.index("name")
    return None


def _is_title(text: str, register: Register) -> bool:
    return count_in(text) >= 4 and is_titled(text, register) and not evidence(text, register)


def _share(rows: Sequence[TableRow], holds: object) -> int | None:
    """The column in which most cells hold something, the first of several; None when no half does."""
    assert callable(holds)
    width = max((len(row.cells) for row in rows), default=0)
    counts = [sum(index < len(row.cells) and bool(holds(row.cells[index])) for row in rows) for index in range(width)]
    best = max(counts, default=0)
    return counts.index(best) if best and best * 3 >= len(rows) else None


def _column(text: str) -> str:
    """What a column's heading says it holds, "" when it is none of ours."""
    names = column_names()
    said = clean(without_emoji(text)).casefold().strip(EDGE)
    words = (names.get(word) for word in re.findall(r"\w+", said)) if len(said) < _LONGEST_HEAD else ()
    return names.get(said, "") or ("title" if "title" in words else "")


def _pieces(cell: Node) -> list[Piece]:
    """The content of a cell, that of the lists in it included."""
    found = pieces_of(cell)
    for inner in cell.find("ul", "ol"):
        for item in inner.find("li"):
            found += [Piece("break", "", item.line), *pieces_of(item)]
    return found


def _text(pieces: Sequence[Piece]) -> str:
    """What a cell says, without the labels of links where it says something else."""
    said = [piece for piece in pieces if piece.kind != "image"]
    words = "".join(piece.text for piece in said if piece.kind != "link" or not role_of_word(piece.text))
    return words if words.strip(EDGE) else "".join(piece.text for piece in said)


def _grid(table: Node) -> list[list[Node]]:
    """The cells of a table by row; one that spans rows stands in each."""
    rows: list[list[Node]] = []
    starts: list[int] = []
    spanning: dict[int, tuple[int, Node]] = {}
    for row in table.find("tr"):
        cells: list[Node] = []
        is_carried = 0 in spanning
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
            if down := _span(cell, "rowspan"):
                spanning[place] = (down, cell)
            cells += [Node("td", cell.line) for _ in range(min(_span(cell, "colspan"), _WIDEST))]
        if cells:
            starts.append(starts[-1] if is_carried and starts else len(rows))
            rows.append(cells)
    return _folded(rows, starts)


def _span(cell: Node, name: str) -> int:
    """Over how many more rows or columns a cell goes."""
    said = cell.attrs.get(name, "")
    return int(said) - 1 if said.isdigit() and len(said) < 4 and int(said) > 1 else 0


def _folded(rows: list[list[Node]], starts: Sequence[int]) -> list[list[Node]]:
    """The rows, those of one paper as one where the first column shows that a paper has several: only one of them
    leads to it, and not the one with its title.
    """
    groups: dict[int, list[list[Node]]] = {}
    for start, cells in zip(starts, rows, strict=True):
        groups.setdefault(start, []).append(cells)
    several = [group for group in groups.values() if len(group) > 1]
    whole = [group for group in several if len(group) < _TALLEST and _is_one(group)]
    if len(whole) * 2 <= len(several) or not any(count_in(cell.text) >= 3 for group in whole for cell in group[0]):
        return rows
    return [[*group[0], *(cell for row in group[1:] for cell in row[1:])] for group in groups.values()]


def _is_one(group: Sequence[Sequence[Node]]) -> bool:
    leading = [any(_leads(cell) for cell in row[1:]) for row in group]
    titled = [any(count_in(cell.text) for cell in row[1:]) for row in group]
    return leading.count(True) == 1 and any(title and not leads for title, leads in zip(titled, leading, strict=True))


def _leads(cell: Node) -> bool:
    return any(target_of(link.attrs.get("href", ""), link.text).role == "paper" for link in cell.find("a"))
