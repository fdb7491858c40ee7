"""What sources told of unasked, kept on this machine with the abstracts, and how far each was asked.

Safe to delete: then listings are asked for again, and what was answered is learnt from by its titles alone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from fedbib.disk.database import opened
from fedbib.errors import BadFile
from fedbib.ids.schemes import SCHEMES
from fedbib.model.identifier import Identifier
from fedbib.model.listed import Listed

_VERSION = 1
_MOST = 300_000
"""Papers that are kept, the newest."""
_LONGEST = 20_000
"""Characters of an abstract; no real one is longer."""
_COLUMNS = "id, source, day, title, authors, abstract, categories, comment, cites"


class Store:
    """A file of papers; one that cannot be used is as good as empty, and `trouble` says so. Used by one thread."""

    trouble: str = ""

    def __init__(self, path: Path | None) -> None:
        """The file at a path, or none: what is kept then goes with the store."""
        self._db = self._opened(path) if path else opened(None, _prepare)

    def _opened(self, path: Path) -> sqlite3.Connection:
        for _ in range(2):
            try:
                return opened(path, _prepare)
            except (BadFile, sqlite3.OperationalError):
                break
            except sqlite3.Error:  # truncated, or not ours: nothing in it is lost for good
                with suppress(OSError):
                    path.unlink()
        self.trouble = f"{path}: cannot be used, so the answers are kept for this run only"
        return opened(None, _prepare)

    def close(self) -> None:
        self._db.close()

    def keep(self, source: str, papers: Iterable[Listed]) -> int:
        """Keep papers; how many were not known. What is known of one stays where the new words have nothing."""
        new = 0
        with suppress(sqlite3.Error), self._db:
            for paper in papers:
                old = self._one(paper.id)
                new += old is None
                held = _merged(old, paper) if old else paper
                if held != old:
                    self._db.execute(
                        f"insert or replace into papers ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        _row(source, held),
                    )
            self._db.execute(
                "delete from papers where id in (select id from papers order by day desc limit -1 offset ?)", (_MOST,)
            )
        return new

    def papers(self) -> list[Listed]:
        """Every paper, the newest first."""
        try:
            rows = self._db.execute(f"select {_COLUMNS} from papers order by day desc, id").fetchall()
        except sqlite3.Error:
            return []
        return [paper for row in rows if (paper := _paper(row))]

    def source(self, id: Identifier) -> str:
        """Who told of a paper first; "" when nobody did."""
        with suppress(sqlite3.Error):
            row = self._db.execute("select source from papers where id = ?", (str(id),)).fetchone()
            return str(row[0]) if row else ""
        return ""

    def one(self, id: Identifier) -> Listed | None:
        with suppress(sqlite3.Error):
            return self._one(id)
        return None

    def _one(self, id: Identifier) -> Listed | None:
        row = self._db.execute(f"select {_COLUMNS} from papers where id = ?", (str(id),)).fetchone()
        return _paper(row) if row else None

    def mark(self, source: str) -> dict[str, str]:
        """How far a source was asked: up to the day `since`; of days that are in hand, `from`, `until` and `place`."""
        with suppress(sqlite3.Error, ValueError):
            row = self._db.execute("select value from marks where source = ?", (source,)).fetchone()
            value = json.loads(row[0]) if row else {}
            if isinstance(value, dict):
                return {str(name): str(text) for name, text in value.items()}
        return {}

    def set_mark(self, source: str, mark: dict[str, str]) -> None:
        with suppress(sqlite3.Error), self._db:
            self._db.execute("insert or replace into marks values (?, ?)", (source, json.dumps(mark)))


def _prepare(db: sqlite3.Connection) -> None:
    if db.execute("pragma user_version").fetchone()[0] != _VERSION:
        db.execute("drop table if exists papers")
        db.execute("drop table if exists marks")
    db.execute(f"create table if not exists papers ({_COLUMNS}, primary key (id)) without rowid")
    db.execute("create table if not exists marks (source text primary key, value text)")
    db.execute(f"pragma user_version = {_VERSION}")
    db.commit()


def _merged(old: Listed, new: Listed) -> Listed:
    """Both sources' words: the longer abstract, the earlier day, the citations of both."""
    days = [day for day in (old.day, new.day) if day]
    return Listed(
        old.id,
        new.title or old.title,
        new.authors or old.authors,
        max(new.abstract, old.abstract, key=len),
        min(days) if days else None,
        new.categories or old.categories,
        new.comment or old.comment,
        old.cites | new.cites,
    )


def _row(source: str, paper: Listed) -> Sequence[str]:
    return (
        str(paper.id),
        source,
        paper.day.isoformat() if paper.day else "",
        paper.title[:_LONGEST],
        json.dumps(paper.authors),
        paper.abstract[:_LONGEST],
        " ".join(paper.categories),
        paper.comment,
        json.dumps(sorted(map(str, paper.cites))),
    )


def _paper(row: Sequence[object]) -> Listed | None:
    """The paper of a row; None for one that is not as it was written."""
    name, _, day, title, authors, abstract, categories, comment, cites = map(str, row)
    try:
        id = _identifier(name)
        cited = frozenset(filter(None, map(_identifier, json.loads(cites))))
        people = tuple(map(str, json.loads(authors)))
        known = date.fromisoformat(day) if day else None
    except (ValueError, TypeError):
        return None
    return Listed(id, title, people, abstract, known, tuple(categories.split()), comment, cited) if id else None


def _identifier(text: str) -> Identifier | None:
    scheme, _, value = text.partition(":")
    return Identifier(SCHEMES[scheme].scheme, value) if scheme in SCHEMES and value else None
