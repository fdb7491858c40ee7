"""What a list teaches of its look: the forms of its rows, by kind, each as a template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fedbib.formats.lists.lexicon import Lexicon
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
    lexicon: Lexicon,
    spellings: Callable[[str], tuple[str, ...]],
    filling: Callable[[Mapping[str, str], int], Fill],
) -> Learnt:
    """The forms of a list; `filling` makes of them by name what fills them in."""
    rows = rows_of(text.removeprefix("\ufeff").replace("\r\n", "\n"), lexicon)
    whole = [row for row in rows if row.is_whole]
    style = style_of((row.text, row.says.author) for row in spread(whole))
    patterns = [(row, pattern_of(row, style, spellings)) for row in whole]
    known = [(row, pattern) for row, pattern in patterns if pattern]
    kinds = dict.fromkeys((row.kind, row.text.lstrip()[:1] == "<") for row in whole)
    texts: dict[str, str] = {}
    for kind, is_html in kinds:
        some = [pattern for row, pattern in known if (row.kind, row.text.lstrip()[:1] == "<") == (kind, is_html)]
        texts |= dict(forms_of(some))
    rowed = _made(tuple(texts), known, filling)
    ordered = sorted(filter(rowed.__getitem__, texts), key=lambda text: -len(rowed[text]))[:MOST]
    found = tuple(dict.fromkeys(texts[text] for text in ordered))
    fitting = {start for starts in _made(found, known, filling).values() for start in starts}
    return Learnt(
        len(rows), found, len(fitting), tuple(sorted(row.start + 1 for row in rows if row.start not in fitting))
    )


def _made(
    texts: Sequence[str],
    known: Sequence[tuple[Row, Pattern]],
    filling: Callable[[Mapping[str, str], int], Fill],
) -> dict[str, list[int]]:
    """The first lines of the rows that each form makes, letter by letter; of several forms the first has the row."""
    forms = {str(number): text for number, text in enumerate(texts)}
    fill = filling(forms, len(known))
    made: dict[str, list[int]] = {text: [] for text in texts}
    for row, pattern in known:
        if name := _made_by(forms, fill, row, pattern):
            made[forms[name]].append(row.start)
    return made


def _made_by(forms: Iterable[str], fill: Fill, row: Row, pattern: Pattern) -> str | None:
    values = said(row.says, pattern)
    return next((name for name in forms if fill(name, values) == row.text), None)
