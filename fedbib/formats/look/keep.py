"""A list kept up with its collection: its own text stays, and of its rows what is true.

A row stays as it is while all that it says is true of its paper. What is no longer true is written anew: by the form
that the row follows, or else in the row's own words around it. A paper that has no row gets one, where the headings
and the order of the list say; the row of a paper that left the collection goes. Everything else is the keeper's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fedbib.errors import BadFile, RoundTripLost
from fedbib.formats.lists.edits import Edit
from fedbib.formats.lists.lexicon import Lexicon
from fedbib.formats.lists.roles import spread
from fedbib.formats.look import placing
from fedbib.formats.look.pattern import Pattern, addresses_in, cleaned, pattern_of
from fedbib.formats.look.people import Style, style_of
from fedbib.formats.look.placing import Section
from fedbib.formats.look.rows import Row, rows_of
from fedbib.formats.look.values import Fill, Find, Paper, Truth, own_text, said, values_of
from fedbib.formats.readme import region
from fedbib.ids.landing import named
from fedbib.model.identifier import Identifier
from fedbib.model.work import Work
from fedbib.text.ascii import folded
from fedbib.text.markup import plain

_PASSES = 6
_TELLING = 20
"""Letters of a title that is nothing else."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a list is kept."""

    forms: tuple[str, ...]
    """The names of its forms."""
    lexicon: Lexicon
    order: str = ""
    """newest-first, newest-last or title; "" for the one that the list has."""
    rest: str = ""
    """The heading of papers that belong under no other."""


@dataclass(frozen=True, slots=True)
class Kept:
    text: str
    edits: tuple[Edit, ...] = ()
    """What people changed in rows since the last build, and rows that they took out."""
    notes: tuple[tuple[int, str], ...] = ()
    """Lines with what a person may want to know of them."""


def kept(
    text: str, papers: Sequence[Paper], before: Mapping[str, Work], look: Look, fill: Fill, find: Find,
    spellings: Callable[[str], tuple[str, ...]],
) -> Kept:  # fmt: skip
    """The list with its rows as the papers are now; `before` are the works of the last build by key.

    Where the text has fedbib's markers, only what stands between them is the list. Raises BadFile for line ends of
    several kinds, RoundTripLost for a form that makes rows which do not read back.
    """
    plain_text, ends = _with_plain_ends(text)
    body = region.region(plain_text) if region.BEGIN in plain_text else plain_text
    known = _Known(papers, before, look, fill, find, spellings)
    found = _kept(body, known)
    whole = plain_text.replace(body, found.text, 1) if body else plain_text
    first = plain_text[: plain_text.index(body)].count("\n")
    return Kept(
        whole.replace("\n", ends),
        tuple(replace(edit, line=edit.line + first if edit.line else 0) for edit in found.edits),
        tuple((line + first, note) for line, note in found.notes),
    )


def _with_plain_ends(text: str) -> tuple[str, str]:
    if "\r" not in text:
        return text, "\n"
    if not text.count("\r") == text.count("\r\n") == text.count("\n"):
        raise BadFile("has different kinds of line ends", hint="have your editor convert all line ends to one kind")
    return text.replace("\r\n", "\n"), "\r\n"


def _kept(body: str, known: _Known) -> Kept:
    banned: set[int] = set()
    first = plan = _Pass(body, known, banned)
    for _ in range(_PASSES):
        if not plan.changes:
            break
        text, starts = _composed(body.split("\n"), plan.changes)
        after = _Pass(text, known, set())
        bad = [change for change, start in zip(plan.changes, starts, strict=True) if not after.holds(change, start)]
        if not bad:
            return Kept(text, first.edits, plan.notes)
        for change in bad:
            if change.is_new:
                raise RoundTripLost(
                    f"the new row of {change.keys[0]} cannot be read back: {change.lines[0][:100]}",
                    hint=f"check the template {change.form!r}: a row needs the title, and a link or the venue",
                )
            banned.add(change.start)
        plan = _Pass(body, known, banned)
    return Kept(body, first.edits, plan.notes)


@dataclass(slots=True)
class _Change:
    """Lines that take the place of others."""

    start: int
    end: int
    lines: list[str]
    keys: list[str]
    """The papers whose rows the lines are."""
    form: str = ""
    is_new: bool = False


def _composed(lines: Sequence[str], changes: Sequence[_Change]) -> tuple[str, list[int]]:
    """The text with the changes, and where the lines of each begin in it."""
    out: list[str] = []
    starts: list[int] = []
    at = 0
    for change in changes:
        out += lines[at : change.start]
        starts.append(len(out))
        out += change.lines
        at = max(at, change.end)
    return "\n".join([*out, *lines[at:]]), starts


class _Known:
    """The collection, to be found by what rows say."""

    def __init__(
        self, papers: Sequence[Paper], before: Mapping[str, Work], look: Look, fill: Fill, find: Find,
        spellings: Callable[[str], tuple[str, ...]],
    ) -> None:  # fmt: skip
        self.papers = {paper.work.key: paper for paper in papers}
        self.before = before
        self.look, self.fill, self.find, self.spellings = look, fill, find, spellings
        aliases = {alias for paper in papers for alias in paper.work.aliases}
        gone = [Paper(work) for key, work in before.items() if key not in self.papers and key not in aliases]
        self._now, self._gone = _Index(papers), _Index(gone)

    def paper(self, says: Work) -> Paper | None:
        return self._now.find(says)

    def is_gone(self, says: Work) -> bool:
        """Whether a row is of a paper that the last build had, and the collection has no more."""
        return self._gone.find(says) is not None


class _Index:
    def __init__(self, papers: Iterable[Paper]) -> None:
        self._ids: dict[Identifier, Paper] = {}
        self._urls: dict[str, Paper] = {}
        self._titles: dict[str, Paper] = {}
        for paper in papers:
            for id in (*paper.work.ids, *paper.versions):
                self._ids.setdefault(id, paper)
            if paper.work.URL:
                self._urls.setdefault(paper.work.URL, paper)
            for title in (plain(paper.work.title), *paper.titles):
                self._titles.setdefault(folded(title), paper)

    def find(self, says: Work) -> Paper | None:
        for id in says.ids:
            if paper := self._ids.get(id):
                return paper
        if says.URL and (paper := self._urls.get(says.URL)):
            return paper
        paper = self._titles.get(folded(says.title)) if says.title else None
        if paper:
            own = {id.scheme for id in (*paper.work.ids, *paper.versions)}
            if any(id.scheme in own for id in says.ids):  # another paper of this name
                return None
        return paper


@dataclass(slots=True)
class _Seen:
    """A row with what is known of it."""

    row: Row
    paper: Paper | None
    pattern: Pattern | None = None
    form: str = ""


class _Pass:
    """What is to change in one state of the list."""

    def __init__(self, body: str, known: _Known, banned: set[int]) -> None:
        self._known, self._banned = known, banned
        self._lines = body.split("\n")
        rows = rows_of(body, known.look.lexicon)
        whole = [row for row in rows if row.is_whole]
        self._style = style_of((row.text, row.says.author) for row in spread(whole))
        self._hits: Counter[str] = Counter(dict.fromkeys(known.look.forms, 0))
        self.rows = [_Seen(row, known.paper(row.says)) for row in rows]
        self._by_row = {id(seen.row): seen for seen in self.rows}
        self.changes: list[_Change] = []
        self.edits: tuple[Edit, ...] = ()
        self._notes: list[tuple[int, str]] = []
        self._look_at_rows()
        self._add()
        self.changes.sort(key=lambda change: (change.start, change.end))

    @property
    def notes(self) -> tuple[tuple[int, str], ...]:
        return tuple(self._notes)

    def holds(self, change: _Change, start: int) -> bool:
        """Whether the lines of a change, which begin at `start` here, read as the rows that they are to be."""
        here = [seen for seen in self.rows if start <= seen.row.start < start + len(change.lines)]
        found = [seen.paper.work.key if seen.paper else "" for seen in here if seen.row.is_alone]
        touched = {at for other in self.changes for at in range(other.start, other.end)}
        return found == change.keys and not any(seen.row.start in touched for seen in here)

    # Rows that are there

    def _look_at_rows(self) -> None:
        edits: list[Edit] = []
        for seen in self.rows:
            row = seen.row
            if not row.is_whole:
                continue
            seen.pattern = pattern_of(row, self._style, self._known.spellings)
            if seen.pattern:
                seen.form = self._form(row, seen.pattern, seen.paper)
            if seen.paper is None:
                if self._known.is_gone(row.says):
                    self.changes.append(_Change(row.start, self._end(row), [], []))
                continue
            if not seen.paper.is_called(row.says.title):
                title = plain(seen.paper.work.title)
                self._notes.append((row.start + 1, f"was not changed: its link is that of {title!r}"))
                continue
            new = self._anew(seen, seen.paper)
            if new == row.text or row.start in self._banned:
                if new != row.text:
                    self._notes.append(
                        (row.start + 1, f"cannot be updated; according to the record it would be: {new.strip()}")
                    )
                continue
            key = seen.paper.work.key
            old = self._known.before.get(key)
            if old and self._anew(seen, replace(seen.paper, work=old)) != row.text:
                edits.append(Edit(row.start + 1, row.text.split("\n")[0]))
            lines = (new + row.tail).split("\n")
            self.changes.append(_Change(row.start, row.end, lines, [key], seen.form))
        self._shown = self._keys_shown()
        gone = [key for key in self._known.papers if key in self._known.before and key not in self._shown]
        edits += [Edit(0, self._known.papers[key].work.title, is_gone=True) for key in gone]
        self.edits = tuple(edits)

    def _keys_shown(self) -> frozenset[str]:
        """The papers that stand in the list, be it in running text or beside another one."""
        shown = {seen.paper.work.key for seen in self.rows if seen.paper}
        missing = [paper for key, paper in self._known.papers.items() if key not in shown]
        if missing:
            text = "\n".join(self._lines)
            ids = {named(cleaned(url)) for _, url in addresses_in(text)}
            words = folded(text)
            shown |= {
                paper.work.key
                for paper in missing
                if not ids.isdisjoint((*paper.work.ids, *paper.versions))
                or (len(title := folded(plain(paper.work.title))) >= _TELLING and title in words)
            }
        return frozenset(shown)

    def _form(self, row: Row, pattern: Pattern, paper: Paper | None) -> str:
        """The form that makes the row of what it says, "" for none."""
        values = said(row.says, pattern) | ({"key": paper.work.key} if paper else {})
        for name, _ in self._hits.most_common():
            if self._known.fill(name, values) == row.text:
                self._hits[name] += 1
                return name
        return ""

    def _anew(self, seen: _Seen, paper: Paper) -> str:
        """The row as it is true of a paper; as it is where it cannot be written."""
        row, pattern = seen.row, seen.pattern
        if pattern is None:
            return row.text
        before = self._known.before.get(paper.work.key)
        values = Truth(paper, self._known.find, before).told(row.says, pattern, is_html=_is_html(row.text))
        if seen.form:
            return self._known.fill(seen.form, values)
        return own_text(row.says, pattern, values, self._style or Style()) or row.text

    def _end(self, row: Row) -> int:
        """Behind a row and the blank lines that keep it apart from the next one."""
        end = row.end
        if row.start == 0 or not self._lines[row.start - 1].strip():
            while end < len(self._lines) and not self._lines[end].strip():
                end += 1
        return end

    # Rows that are not there yet

    def _add(self) -> None:
        new = [paper for key, paper in self._known.papers.items() if key not in self._shown]
        if not new:
            return
        new.sort(key=lambda paper: (placing.date_of(paper.work), paper.work.key))
        whole = [seen for seen in self.rows if seen.row.is_whole]
        self._forms = {id(seen.row): seen.form for seen in whole}
        sections = placing.sections_of((seen.row, seen.paper.work if seen.paper else seen.row.says) for seen in whole)
        order = self._known.look.order or placing.order_of(sections)
        years: dict[int, list[Paper]] = {}
        for paper in new:
            section = placing.section_for(paper.work, sections, self._known.find, self._known.look.rest)
            if section is None and paper.work.year and any(each.year for each in sections):
                years.setdefault(paper.work.year, []).append(paper)
                continue
            if section is None:
                section = max(sections, key=lambda each: len(each.rows), default=None)
            if section is None:
                raise BadFile("has no row to put a new one next to", hint="write its first row by hand")
            self._put(paper, section, order)
        for section in sections:
            self.changes += self._inserted(section)
        for year, papers in sorted(years.items()):
            self.changes.append(self._new_year(year, papers, sections, order))

    def _put(self, paper: Paper, section: Section, order: str) -> None:
        at = placing.place_in(paper.work, section, order)
        form = self._form_of(section)
        text = self._text(paper, form, section, at)
        row = Row(-1, -1, text, "", paper.work, "item", section.heading, True, True)
        self._forms[id(row)] = form
        section.rows.insert(at, (row, paper.work))

    def _form_of(self, section: Section) -> str:
        """The form that most rows of a section follow, else that of the list."""
        forms = Counter(form for row, _ in section.rows if (form := self._forms.get(id(row), "")))
        return (forms or self._hits).most_common(1)[0][0]

    def _text(self, paper: Paper, form: str, section: Section, at: int) -> str:
        beside = [row.text for row, _ in section.rows[max(0, at - 1) : at + 1]] or [""]
        values = values_of(paper.work, is_html=_is_html(beside[-1]))
        values["number"] = self._number(section, at)
        return self._known.fill(form, values)

    def _number(self, section: Section, at: int) -> str:
        """What a numbered row would have for its number: one more than the row before, or what all have."""
        numbers = []
        for row, _ in section.rows[:at]:
            seen = self._by_row.get(id(row))
            if seen and seen.pattern and "number" in seen.pattern.values:
                numbers.append(int(seen.pattern.values["number"]))
        if not numbers:
            return "1"
        return str(numbers[-1] + (len(numbers) < 2 or numbers[-1] != numbers[-2]))

    def _inserted(self, section: Section) -> Iterator[_Change]:
        """The new rows of a section, each run of them before the row that follows or behind the last one."""
        gap = [""] * self._gap(section)
        waiting: list[Row] = []
        last: Row | None = None
        for row, _ in section.rows:
            if row.start < 0:
                waiting.append(row)
                continue
            if waiting:
                lines = [line for new in waiting for line in (*new.text.split("\n"), *gap)]
                yield self._new(row.start, lines, waiting)
                waiting = []
            last = row
        if waiting and last:
            lines = [line for new in waiting for line in (*gap, *new.text.split("\n"))]
            yield self._new(last.end, lines, waiting)

    def _new(self, at: int, lines: list[str], rows: Iterable[Row]) -> _Change:
        rows = list(rows)
        return _Change(at, at, lines, [row.says.key for row in rows], self._forms[id(rows[0])], is_new=True)

    def _gap(self, section: Section | None) -> int:
        """The number of blank lines between the rows of a section, or of the list."""
        rows = [row for row, _ in section.rows if row.start >= 0] if section else [seen.row for seen in self.rows]
        gaps = Counter(
            after.start - row.end
            for row, after in pairwise(rows)
            if not any(line.strip() for line in self._lines[row.end : after.start])
        )
        if not gaps:
            return self._gap(None) if section else 0
        return gaps.most_common(1)[0][0]

    def _new_year(self, year: int, papers: Sequence[Paper], sections: Sequence[Section], order: str) -> _Change:
        """A section for a year that the list has not, in the form of the one that stands next to it."""
        dated = [section for section in sections if section.year and section.heading]
        newer = [section for section in dated if (section.year or 0) > year]
        is_falling = all((one.year or 0) >= (other.year or 0) for one, other in pairwise(dated))
        beside = (newer[-1] if newer else dated[0]) if is_falling else dated[-1]
        heading = beside.heading
        assert heading
        first = next(row for row, _ in beside.rows if row.start >= 0)
        line = placing.year_heading(self._lines[heading.line - 1], beside.year or 0, year)
        section = Section(heading, [pair for pair in beside.rows if pair[0] is first])
        for paper in papers:
            self._put(paper, section, order)
        rows = [row for row, _ in section.rows if row.start < 0]
        if not line:
            return self._new(first.start, [part for row in rows for part in row.text.split("\n")], rows)
        before = self._lines[heading.line : first.start]
        kept_lines = [part for part in before if not part.strip() or part.lstrip().startswith("|")]
        kept_lines = [part for part, after in zip(kept_lines, [*kept_lines, "|"][1:], strict=True) if part or after]
        gap = [""] * self._gap(beside)
        body = [part for row in rows for part in (*row.text.split("\n"), *gap)]
        body = body[: len(body) - len(gap)] if gap else body
        made = [line, *kept_lines, *body]
        if newer or not is_falling:
            last = max(row.end for row, _ in beside.rows if row.start >= 0)
            return self._new(last, ["", *made], rows)
        return self._new(heading.line - 1, [*made, ""], rows)


def _is_html(text: str) -> bool:
    return text.lstrip().startswith("<")
