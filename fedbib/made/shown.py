"""What one paper gives to the outputs, as bytes and back: first what is told of it, then texts as they are."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from fedbib.build.piece import FILES, Piece
from fedbib.errors import BadFile, FedbibError, RoundTripLost
from fedbib.formats.readme.document import Part as Bullet
from fedbib.ids.schemes import SCHEMES
from fedbib.made import values
from fedbib.model.identifier import Identifier
from fedbib.model.problem import Problem
from fedbib.site.feed import News
from fedbib.site.part import ITEMS, TEXTS, Part, Sheet

Shown = tuple[Piece | FedbibError | None, tuple[Problem, ...]]
"""The piece, or why there can be none, or None for a record that is in no output; what is wrong with its files."""

NAMES = (*FILES, *TEXTS, *ITEMS)
"""Of the texts of a piece, in the order in which they are kept; where no page is built, or templates of the collection
draw its lists, the last are missing.
"""
_ERRORS: Mapping[str, type[FedbibError]] = {error.__name__: error for error in (BadFile, RoundTripLost)}


def dump(piece: Piece | None, problems: Sequence[Problem]) -> bytes:
    """As bytes; `load` gives them back but for the texts of the sheets, which `sheets` has."""
    wrong = list(map(values.of_problem, problems))
    if piece is None:
        return values.packed([values.encoded([wrong, None, None, None])])
    bullet, page = piece.bullet, piece.page
    versions = [(str(id.scheme), id.value) for id in piece.versions]
    told = [bullet.key, bullet.section, bullet.year, bullet.topics, bullet.label, bullet.lines, piece.titles, versions]
    said = page and [
        [page.key, page.year, page.topics, page.datasets, page.models],
        [page.venue, page.people, page.container_title_short, page.is_preprint, page.arxiv],
        [(one.day.isoformat(), one.kind, one.told) for one in page.news],
        [(sheet.path, sheet.checksum) for sheet in page.sheets],
        [page.costs, page.cost, page.mark],
    ]
    texts = [piece.texts[name] for name in NAMES if name in piece.texts]
    return values.packed([values.encoded([wrong, None, told, said]), *texts])


def refused(error: BadFile | RoundTripLost, problems: Sequence[Problem]) -> bytes:
    """As bytes that there can be no piece, and why."""
    said = [type(error).__name__, error.message, error.where, error.line, error.hint]
    return values.packed([values.encoded([list(map(values.of_problem, problems)), said, None, None])])


def load(content: bytes) -> Shown:
    """What `dump` or `refused` was given."""
    head, *texts = values.unpacked(content)
    (one,) = read(head)
    piece, problems = one
    if isinstance(piece, Piece):
        piece = replace(piece, texts=dict(zip(NAMES, texts, strict=False)))
    return piece, problems


def read(heads: bytes) -> Iterator[Shown]:
    """What is told in the first of what `dump` packed, or in several of them with commas between; without the texts."""
    for wrong, error, told, said in values.decoded(b"[%b]" % heads):
        problems = tuple(map(values.to_problem, wrong))
        if error:
            name, message, where, line, hint = error
            yield _ERRORS[name](message, where=where, line=line, hint=hint), problems
        elif told is None:
            yield None, problems
        else:
            key, section, year, topics, label, lines, titles, versions = told
            bullet = Bullet(key, section, year, tuple(topics), label, lines)
            others = tuple([Identifier(SCHEMES[scheme].scheme, value) for scheme, value in versions])
            yield Piece(bullet, tuple(titles), others, _page(said) if said else None), problems


def _page(said: Sequence[values.Plain]) -> Part:
    (key, year, topics, datasets, models), (venue, people, short, is_preprint, arxiv), news, sheets, spent = said
    costs, cost, mark = spent
    return Part(
        key, year, tuple(topics), tuple(datasets), tuple(models), venue, tuple(map(tuple, people)),
        short, is_preprint, arxiv,
        tuple([News(date.fromisoformat(day), kind, key, told) for day, kind, told in news]),
        tuple(costs), tuple([Sheet(path, checksum) for path, checksum in sheets]), cost, mark,
    )  # fmt: skip


def sheets(piece: Piece | None) -> bytes:
    """The texts of the files that are about the paper alone."""
    texts = [(sheet.text or "").encode() for sheet in piece.page.sheets] if piece and piece.page else []
    return zlib.compress(values.packed(texts), 1)


def load_sheets(content: bytes) -> list[bytes]:
    """What `sheets` was given."""
    return values.unpacked(zlib.decompress(content))
