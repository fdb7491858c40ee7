"""What a list teaches of its look: the forms of its rows, by kind, each as a template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from fedbib.formats.lists.roles import spread
from fedbib.formats.look.form import MOST, forms_of
from fedbib.formats.look.pattern import Pattern, pattern_of
from fedbib.formats.look.people import style_of
from fedbib.formats.look.rows import Row, rows_of
from fedbib.formats.look.values import Fill, said


@dataclass(frozen=True, slots=True)
class Learnt:
    rows: int
    """Rows that name a paper."""
    forms: tuple[str, ...]
    """Templates, each of rows of one kind."""
    fitting: int = 0
    """Rows that one of them makes, letter by letter."""
    others: tuple[int, ...] = ()
    """The lines of those that none makes; they stay as they are."""


def learnt(
    text: str,
    spellings: Callable[[str], tuple[str, ...]],
    filling: Callable[[Mapping[str, str], int], Fill],
) -> Learnt:
    """The forms of a list; `filling` makes of them by name what fills them in."""
    rows = rows_of(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    whole = [row for row in rows if row.is_whole]
    style = style_of((row.text, row.says.author) for row in spread(whole))
    patterns = [(row, pattern_of(row, style, spellings)) for row in whole]
    known = [(row, pattern) for row, pattern in patterns if pattern]
    kinds = dict.fromkeys((row.kind, row.text.lstrip()[:1] == "<") for row in whole)
    texts: list[str] = []
    for kind, is_html in kinds:
        some = [pattern for row, pattern in known if (row.kind, row.text.lstrip()[:1] == "<") == (kind, is_html)]
        texts += forms_of(some)
    forms = {str(number): text for number, text in enumerate(dict.fromkeys(texts))}
    fill = filling(forms, len(known))
    counts: dict[str, int] = dict.fromkeys(forms, 0)
    others: list[int] = []
    for row, pattern in known:
        name = _made_by(forms, fill, row, pattern)
        if name is None:
            others.append(row.start + 1)
        else:
            counts[name] += 1
    ordered = sorted(forms, key=lambda name: -counts[name])[:MOST]
    others += [row.start + 1 for row, pattern in patterns if not pattern]
    others += [row.start + 1 for row in rows if not row.is_whole]
    found = tuple(forms[name] for name in ordered if counts[name])
    return Learnt(len(rows), found, sum(counts[name] for name in ordered), tuple(sorted(set(others))))


def _made_by(forms: Iterable[str], fill: Fill, row: Row, pattern: Pattern) -> str | None:
    values = said(row.says, pattern)
    return next((name for name in forms if fill(name, values) == row.text), None)
