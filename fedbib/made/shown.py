"""What one paper gives to the outputs, as bytes and back: first what is told of it, then texts as they are."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from datetime import date

from fedbib.build.piece import FILES, Piece
from fedbib.errors import BadFile, FedbibError, RoundTripLost
from fedbib.formats.readme.document import Part as Bullet
from fedbib.ids.schemes import SCHEMES
from fedbib.made import values
from fedbib.model.identifier import Identifier
from fedbib.model.problem import Problem
from fedbib.site.feed import News
from fedbib.site.part import SCRIPTED, Part, Sheet

Shown = tuple[Piece | FedbibError | None, tuple[Problem, ...]]
"""The piece, or why there can be none, or None for a record that is in no output; what is wrong with its files."""

_ERRORS: Mapping[str, type[FedbibError]] = {error.__name__: error for error in (BadFile, RoundTripLost)}


def dump(piece: Piece | None, problems: Sequence[Problem]) -> bytes:
    """As bytes; `load` gives them back but for the texts of the sheets, which `sheets` has."""
    wrong = list(map(values.of_problem, problems))
    if piece is None:
        return _packed([values.encoded([wrong, None, None, None])])
    bullet, page = piece.bullet, piece.page
    versions = [(str(id.scheme), id.value) for id in piece.versions]
    told = [bullet.key, bullet.section, bullet.year, bullet.topics, bullet.label, piece.titles, versions]
    texts = [*(piece.formats[name] for name in FILES), bullet.lines.encode()]
    if page is None:
        return _packed([values.encoded([wrong, None, told, None]), *texts])
    said = [
        [page.key, page.year, page.topics, page.datasets, page.models],
        [page.venue, page.people, page.container_title_short, page.is_preprint, page.arxiv, page.days],
        [(one.day.isoformat(), one.kind, one.told) for one in page.news],
        [(sheet.path, sheet.checksum) for sheet in page.sheets],
        [page.costs, page.cost],
    ]
    more = (page.data, page.details, *page.scripts, *page.items)
    return _packed([values.encoded([wrong, None, told, said]), *texts, *more])


def refused(error: BadFile | RoundTripLost, problems: Sequence[Problem]) -> bytes:
    """As bytes that there can be no piece, and why."""
    said = [type(error).__name__, error.message, error.where, error.line, error.hint]
    return _packed([values.encoded([list(map(values.of_problem, problems)), said, None, None])])


def load(content: bytes) -> Shown:
    head, *texts = _unpacked(content)
    problems, error, told, said = values.decoded(head)
    wrong = tuple(map(values.to_problem, problems))
    if error:
        name, message, where, line, hint = error
        return _ERRORS[name](message, where=where, line=line, hint=hint), wrong
    if told is None:
        return None, wrong
    key, section, year, topics, label, titles, versions = told
    formats, (lines, *rest) = dict(zip(FILES, texts, strict=False)), texts[len(FILES) :]
    bullet = Bullet(key, section, year, tuple(topics), label, lines.decode())
    others = tuple(Identifier(SCHEMES[scheme].scheme, value) for scheme, value in versions)
    return Piece(formats, bullet, tuple(titles), others, _page(said, rest) if said else None), wrong


def _page(said: Sequence[values.Plain], texts: Sequence[bytes]) -> Part:
    (key, year, topics, datasets, models), (venue, people, short, is_preprint, arxiv, days), news, sheets, spent = said
    data, details, *rest = texts
    scripts, items = rest[: len(SCRIPTED)], rest[len(SCRIPTED) :]
    return Part(
        key, year, tuple(topics), tuple(datasets), tuple(models), venue, tuple((path, name) for path, name in people),
        short, is_preprint, arxiv, tuple(days),
        tuple(News(date.fromisoformat(day), kind, key, told) for day, kind, told in news),
        data, details, tuple(scripts), tuple(items), tuple(spent[0]),
        tuple(Sheet(path, checksum) for path, checksum in sheets), spent[1],
    )  # fmt: skip


def sheets(piece: Piece | None) -> bytes:
    """The texts of the files that are about the paper alone."""
    texts = [(sheet.text or "").encode() for sheet in piece.page.sheets] if piece and piece.page else []
    return zlib.compress(_packed(texts), 1)


def load_sheets(content: bytes) -> list[bytes]:
    """What `sheets` was given."""
    return _unpacked(zlib.decompress(content))


def _packed(texts: Sequence[bytes]) -> bytes:
    return b"".join((struct.pack(f"<{len(texts) + 1}I", len(texts), *map(len, texts)), *texts))


def _unpacked(content: bytes) -> list[bytes]:
    (count,) = struct.unpack_from("<I", content)
    texts, at = [], 4 * (count + 1)
    for size in struct.unpack_from(f"<{count}I", content, 4):
        texts.append(content[at : at + size])
        at += size
    return texts
