"""A source's dump of everything, read from a file of any size; what it says of a collection is kept in the cache.

The file is read once, in pieces: memory does not grow with it. The index knows the file by size and time, and what was
wanted of it: the next run over the same dump and the same papers reads the index alone.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from fedbib.disk import files
from fedbib.disk.database import opened
from fedbib.disk.packed import unpacked
from fedbib.errors import BadFile
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.records import claimfile
from fedbib.sources import SOURCES
from fedbib.sources.answers import Wrong

_HEAD = 2000
"""Bytes in which a dump shows what it is."""


def dumped(paths: Sequence[Path]) -> str:
    """The source whose dumps all of these files are, by how they begin, or ""."""
    found = (name for name in SOURCES if paths and all(is_dump(path, name) for path in paths))
    return next(found, "")


def is_dump(path: Path, source: str) -> bool:
    """Whether a file begins as a source's dump does."""
    dump = SOURCES[source].dump
    with suppress(BadFile):
        return dump is not None and dump.mark in next(unpacked(path.resolve()), b"")[:_HEAD]
    return False


def of_dump(
    path: Path, source: str, index: Path, ids: Sequence[Identifier], titles: Iterable[str]
) -> Mapping[tuple[str, Identifier], Claim]:
    """The claims that a dump has about identifiers and papers with these titles. Raises BadFile for what is no dump."""
    dump = SOURCES[source].dump
    if dump is None:
        raise BadFile(f"is a dump, and fedbib cannot read dumps of {SOURCES[source].title}", where=str(path))
    path, titles = path.resolve(), sorted(set(titles))
    wanted = hashlib.sha256("\n".join([*sorted(map(str, ids)), "", *titles]).encode()).hexdigest()
    slot = (str(path), repr(files.state(path)), wanted)
    with closing(_opened(index)) as db:
        kept = db.execute("select claims from dump where path = ? and state = ? and wanted = ?", slot).fetchone()
        if kept:
            with suppress(BadFile):
                return _by_slot(claimfile.parse(str(kept[0]), "state"))
        try:
            claims = list(dump.read(unpacked(path), ids, titles))
        except Wrong as error:
            raise BadFile(str(error), where=str(path)) from error
        with suppress(sqlite3.Error), db:
            db.execute("insert or replace into dump values (?, ?, ?, ?)", (*slot, claimfile.render(claims)))
    return _by_slot(claims)


def _by_slot(claims: Iterable[Claim]) -> dict[tuple[str, Identifier], Claim]:
    return {(claim.source, claim.id): claim for claim in claims if claim.id}


def _opened(index: Path) -> sqlite3.Connection:
    """The index; one that cannot be used is as good as none."""
    try:
        return opened(index, _prepare)
    except (BadFile, sqlite3.Error):
        return opened(None, _prepare)


def _prepare(db: sqlite3.Connection) -> None:
    db.execute("create table if not exists dump (path text primary key, state text, wanted text, claims text)")
