"""What one paper gives to the outputs, as bytes and back, in columns: each is read by who needs it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from fedbib.build.piece import FILES, Piece
from fedbib.errors import BadFile, FedbibError, RoundTripLost
from fedbib.formats.frames import frame
from fedbib.formats.readme.document import Part as Bullet
from fedbib.made import values
from fedbib.model.about import About
from fedbib.model.identifier import Identifier
from fedbib.model.problem import Problem
from fedbib.site import kinds_of
from fedbib.site.feed import News
from fedbib.site.part import ITEMS, REFERENCE, TEXTS, Part, Sheet

TOLD, BULLET, PAGE, LISTED, SHEETS = "told", "bullet", "page", "listed", "sheets"
COLUMNS = (TOLD, BULLET, PAGE, LISTED, *FILES, *TEXTS, *ITEMS, SHEETS)
"""What is told of each record; for the README; for the page; its files with their checksums; its texts by name; and
those of its files. Empty where a record has none: where it is in no output, where no page is built, or, for `ITEMS`,
where templates of the collection draw its lists.
"""
JOINTS: Mapping[str, bytes] = {name: frame(name, About()).joint.encode() for name in FILES} | dict(TEXTS)
"""What stands between the texts of neighbours in a file, by column."""
_ERRORS: Mapping[str, type[FedbibError]] = {error.__name__: error for error in (BadFile, RoundTripLost)}


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a record."""

    problems: tuple[Problem, ...] = ()
    """What is wrong with its files."""
    error: FedbibError | None = None
    """Why it can have no piece."""
    has_piece: bool = False
    """Not if it is in no output."""
    kinds: tuple[str, ...] = ()
    """The kinds of values that its page has."""


def dump(piece: Piece | None, problems: Sequence[Problem]) -> bytes:
    """As bytes, which `values.unpacked` gives as `COLUMNS`."""
    wrong = list(map(values.of_problem, problems))
    if piece is None:
        return _packed({TOLD: values.encoded([wrong, None, False, ()])})
    bullet, page = piece.bullet, piece.page
    versions = [(str(id.scheme), id.value) for id in piece.versions]
    said = [bullet.key, bullet.section, bullet.year, bullet.topics, bullet.label, bullet.lines, piece.titles, versions]
    made = {**piece.texts, TOLD: values.encoded([wrong, None, True, kinds_of([page]) if page else ()])}
    made[BULLET] = values.encoded(said)
    if page:
        made[PAGE] = values.encoded(
            [
                [page.key, page.year, page.topics, page.datasets, page.models],
                [page.venue, page.people, page.container_title_short, page.is_preprint, page.arxiv],
                [(one.day.isoformat(), one.kind) for one in page.news],
                [page.costs, page.cost, page.marks],
            ]
        )
        made[LISTED] = values.encoded([(sheet.path, sheet.checksum) for sheet in page.sheets])
        texts = [(sheet.text or "").encode() for sheet in page.sheets]
        made[SHEETS] = zlib.compress(values.packed(texts), 1)
    return _packed(made)


def refused(error: BadFile | RoundTripLost, problems: Sequence[Problem]) -> bytes:
    """As bytes that there can be no piece, and why."""
    said = [type(error).__name__, error.message, error.where, error.line, error.hint]
    return _packed({TOLD: values.encoded([list(map(values.of_problem, problems)), said, False, ()])})


def _packed(made: Mapping[str, bytes]) -> bytes:
    return values.packed([made.get(name, b"") for name in COLUMNS])


def told(column: Iterable[bytes]) -> Iterator[Told]:
    """What `TOLD` has of some records."""
    return map(_told, filter(None, column))


@lru_cache(maxsize=1 << 10)  # of most records the same is told
def _told(said: bytes) -> Told:
    wrong, error, has_piece, kinds = values.decoded(said)
    problems = tuple(map(values.to_problem, wrong))
    if error:
        name, message, where, line, hint = error
        return Told(problems, _ERRORS[name](message, where=where, line=line, hint=hint))
    return Told(problems, None, has_piece, tuple(kinds))


def pieces(column: Iterable[bytes]) -> Iterator[Piece]:
    """The pieces of `BULLET`, without their pages and texts."""
    for key, section, year, topics, label, lines, titles, versions in values.all_decoded(column):
        bullet = Bullet(key, section, year, tuple(topics), label, lines)
        others = tuple([Identifier(values.scheme(scheme), value) for scheme, value in versions])
        yield Piece(bullet, tuple(titles), others)


def parts(column: Iterable[bytes]) -> Iterator[Part]:
    """The parts of `PAGE`, without their files."""
    for said in values.all_decoded(column):
        (key, year, topics, datasets, models), (venue, people, short, is_preprint, arxiv), news, spent = said
        costs, cost, marks = spent
        days = tuple([News(_day(day), kind, key) for day, kind in news])
        yield Part(
            key, year, topics, datasets, models, venue, people, short, is_preprint, arxiv,
            days, costs, (), cost, marks,
        )  # fmt: skip


_day = lru_cache(maxsize=1 << 12)(date.fromisoformat)


def files(listed: Iterable[bytes]) -> Iterator[tuple[Sheet, ...]]:
    """The files of each record of `LISTED`, without their texts."""
    return (tuple([Sheet(path, checksum) for path, checksum in sheets]) for sheets in values.all_decoded(listed))


def references(rows: Iterable[Sequence[bytes]]) -> dict[bytes, str]:
    """The references of records of which all columns are given, by their pieces of CSL-JSON."""
    places = [COLUMNS.index(name) for name in ("csl-json", "details.js")]
    pairs = ([row[place] for place in places] for row in rows)
    return {piece: values.decoded(details).get(REFERENCE, "") for piece, details in pairs if piece and details}


def texts(sheets: bytes) -> list[bytes]:
    """The texts of the files of one record of `SHEETS`."""
    return values.unpacked(zlib.decompress(sheets)) if sheets else []
