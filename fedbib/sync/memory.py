"""What this machine knows of past runs: who was asked what and when, and answers not yet used.

A row per source and question, written as the answer comes: a service that fails, or a run that is killed, makes nobody
else be asked again. A question is an identifier or, of a search, the words of a title.

Local, never part of a record, and always safe to delete: then everything is asked again.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fedbib.disk.database import opened
from fedbib.errors import BadFile
from fedbib.ids.schemes import SCHEMES
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.work import Work
from fedbib.records import claimfile
from fedbib.sources.asking import Reply
from fedbib.sources.base import Elsewhere, NotFound

_VERSION = 3
_LATEST = 10**11
"""Seconds since 1970 that no clock will show."""
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""What SQLite calls a file that is no database, or not a whole one (https://sqlite.org/rescode.html)."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The last answer of a source about an identifier."""

    at: float
    """Seconds since 1970."""
    kind: str
    """`claim`, `missing` or `elsewhere`."""
    reply: Reply | None = None
    """The answer, until it has been used."""


Asked = tuple[str, str]
"""A source that searches titles, and what it was asked for."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found."""

    at: float
    """Seconds since 1970."""
    works: tuple[Work, ...]


class State:
    """A file of answers; one that cannot be used is as good as empty, and `trouble` says so."""

    trouble: str = ""
    """What is wrong with the file, and what was done about it; a sentence. It may show at any use."""
    is_damaged: bool = False
    """Whether the file was no database any more, or not a whole one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._db = self._opened()

    def _opened(self) -> sqlite3.Connection:
        for _ in range(2):
            try:
                return opened(self._path, self._prepare, by_any_thread=True)
            except (BadFile, sqlite3.OperationalError):
                self.trouble = f"{self._path}: cannot be used, so answers are kept for this run only"
                break
            except sqlite3.Error:
                self._set_aside()
        return opened(None, self._prepare, by_any_thread=True)

    def _set_aside(self) -> None:
        """Keep a file that is truncated or not ours under another name."""
        aside = self._path.with_name(f"{self._path.name}.broken")
        self.is_damaged = True
        self.trouble = (
            f"{self._path}: is damaged; a new one was started, and the old one is kept beside it as {aside.name}"
        )
        with suppress(OSError):
            self._path.replace(aside)

    @staticmethod
    def _prepare(db: sqlite3.Connection) -> None:
        if db.execute("pragma user_version").fetchone()[0] != _VERSION:
            db.execute("drop table if exists heard")
            db.execute("drop table if exists searched")
        db.execute(
            "create table if not exists heard "
            "(source text, id text, at real, kind text, reply text, primary key (source, id)) without rowid"
        )
        db.execute(
            "create table if not exists searched "
            "(source text, words text, at real, works text, primary key (source, words)) without rowid"
        )
        db.execute(f"pragma user_version = {_VERSION}")
        db.commit()

    def close(self) -> None:
        """Keep nothing more; SQLite must not be closed while another thread, of an interrupted run, writes."""
        with self._lock:
            self._db.close()

    def heard(self) -> dict[tuple[str, Identifier], Heard]:
        """The last answers; a row that cannot be read is left out."""
        found = {}
        with self._lock:
            rows = self._rows("select source, id, at, kind, reply from heard")
        for source, name, at, kind, reply in rows:
            scheme, _, value = str(name).partition(":")
            if scheme in SCHEMES and isinstance(at, float) and 0 <= at < _LATEST:
                id = Identifier(SCHEMES[scheme].scheme, value)
                with suppress(BadFile):
                    found[str(source), id] = Heard(at, str(kind), _read(str(kind), str(reply), id))
        return found

    def searched(self) -> dict[Asked, Searched]:
        """What searches found last; a row that cannot be read is left out."""
        found = {}
        with self._lock:
            rows = self._rows("select source, words, at, works from searched")
        for source, words, at, works in rows:
            if isinstance(at, float) and 0 <= at < _LATEST:
                with suppress(BadFile):
                    claims = claimfile.parse(str(works), "state")
                    found[str(source), str(words)] = Searched(at, tuple(claim.says for claim in claims))
        return found

    def _rows(self, query: str) -> list[tuple[object, ...]]:
        try:
            return self._db.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []
        except sqlite3.Error:  # a page in the middle is damaged
            self._begin_anew()
            return []

    def _begin_anew(self) -> None:
        self._db.close()
        self._set_aside()
        self._db = self._opened()

    def _change(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Change rows in one go; a file that is locked or full stays as it is, a damaged one is begun anew."""
        with self._lock:
            for _ in range(2):
                try:
                    with self._db:
                        self._db.executemany(sql, rows)
                    return
                except sqlite3.Error as error:
                    if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
                        return
                    self._begin_anew()

    def note(self, source: str, answers: Mapping[Identifier, Reply], at: float) -> None:
        """Keep answers of a source until they have been used; may be called from any thread."""
        rows = [(source, str(id), at, *written) for id, reply in answers.items() if (written := _written(reply))]
        self._change("insert or replace into heard values (?, ?, ?, ?, ?)", rows)

    def note_search(self, source: str, words: str, works: Sequence[Work], at: float) -> None:
        """Keep what a search found; may be called from any thread."""
        # Hits have no identifier that was asked: their places keep them apart.
        claims = [Claim(source, work, place=str(number)) for number, work in enumerate(works)]
        with self._lock, suppress(sqlite3.Error), self._db:
            row = (source, words, at, claimfile.render(claims))
            self._db.execute("insert or replace into searched values (?, ?, ?, ?)", row)

    def used(self, answers: Iterable[tuple[str, Identifier]]) -> None:
        """The answers have reached the records: only that and when they were given is remembered."""
        rows = [(source, str(id)) for source, id in answers]
        self._change("update heard set reply = '' where source = ? and id = ?", rows)

    def forget(self, answers: Iterable[tuple[str, Identifier]]) -> None:
        """The answers led to nothing: they are asked for again."""
        rows = [(source, str(id)) for source, id in answers]
        self._change("delete from heard where source = ? and id = ?", rows)


def _written(reply: Reply) -> tuple[str, str] | None:
    """A reply as kind and text; None for one from which nothing may be concluded."""
    match reply:
        case Claim():
            return "claim", claimfile.render([reply])
        case NotFound():
            return "missing", "-"
        case Elsewhere():
            return "elsewhere", reply.agency or "-"
        case _:
            return None


def _read(kind: str, text: str, id: Identifier) -> Reply | None:
    if not text:
        return None
    match kind:
        case "claim":
            return next(iter(claimfile.parse(text, "state")), None)
        case "missing":
            return NotFound(id)
        case "elsewhere":
            return Elsewhere(id, text)
        case _:
            return None
