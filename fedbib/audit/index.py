"""An index on this machine: many works, found by identifier or title, and the volumes that it holds whole.

SQLite with its full-text search; `docs/decisions` has why. The works of a collection make one in memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple
from itertools import combinations
from pathlib import Path
from typing import Any, Self

from fedbib.audit.contents import Contents
from fedbib.audit.held import COLUMNS, DAMAGE, VOLUME, Held, head, read, team, volume
from fedbib.audit.series import Series
from fedbib.audit.volumes import Tally, Volume
from fedbib.disk.cache import cache_folder
from fedbib.errors import BadFile
from fedbib.ids.same import same
from fedbib.match.titles import Title
from fedbib.model.identifier import Identifier
from fedbib.model.work import ItemType, Work
from fedbib.text.markup import plain
from fedbib.words.venues import Register

VERSION = 6
"""Goes up when an index of before cannot be read any more."""

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT, works INTEGER);
CREATE TABLE work (
  id INTEGER PRIMARY KEY, source INTEGER, key TEXT, type TEXT, status TEXT, title TEXT, folded TEXT, people TEXT,
  year INTEGER, venue TEXT, series TEXT, volume TEXT, issue TEXT, page TEXT, ids TEXT, team TEXT, head TEXT
);
CREATE TABLE identifier (id TEXT, work INTEGER);
CREATE TABLE volume (series TEXT, year INTEGER, works INTEGER, why TEXT, title TEXT, source TEXT, number TEXT);
CREATE TABLE spelling (name TEXT PRIMARY KEY, series TEXT) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(text, content='', detail='none', tokenize='unicode61');
CREATE VIRTUAL TABLE word USING fts5vocab(words, 'row');
"""
_INDEXES = """
CREATE INDEX work_folded ON work (folded);
CREATE INDEX work_head ON work (head) WHERE head <> '';
CREATE INDEX work_series ON work (series, year) WHERE series <> '';
CREATE INDEX work_team ON work (team) WHERE team <> '';
CREATE INDEX identifier_id ON identifier (id);
CREATE UNIQUE INDEX volume_series ON volume (series, year);
"""
_ROWS = {
    "work": "SELECT id, source, key, type, status, title, folded, people, COALESCE(year, 0), venue, series, volume,"
    " issue, page, ids, team, head FROM work",
    "identifier": "SELECT id, work FROM identifier",
    "posting": "SELECT term, doc FROM temp.posting",
    "word": "SELECT term, doc FROM word",
    "volume": f"SELECT {VOLUME} FROM volume",
    "spelling": "SELECT name, series FROM spelling",
    "source": "SELECT id, name, works FROM source",
}
_BATCH = 5000
_RAREST = 5
"""Words of a title that a search for one like it goes by."""
_COMMON = 50_000
_FEW = 500
"""Works that have a word, one of which at least a like title has: the time of a search does not grow with an index."""
FOUND = 25
_LOOKED_AT = 2000
"""Works that share some of the rarest words, of which the likest are taken."""
NAMESAKES = 40


def default_path() -> Path:
    """Where the user's own index lies."""
    return cache_folder() / "index.sqlite"


class Index:
    """An index that is open; `close` it, or use it as a context manager."""

    def __init__(self, base: sqlite3.Connection, register: Register, name: str = "") -> None:
        self._base, self.name = base, name
        self.names = Series(register, dict(base.execute("SELECT name, series FROM spelling")))
        self._sources: dict[int, str] = dict(base.execute("SELECT id, name FROM source"))
        self._volumes: dict[tuple[str, int], Volume | None] = {}
        self._contents: dict[tuple[str, int], Contents] = {}

    @classmethod
    def open(cls, path: Path, register: Register) -> Self:
        """The index of a file; BadFile for one that is none, or of another version."""
        if not path.is_file():
            raise BadFile("there is no index", where=str(path), hint="`fedbib index build FILE...` makes one")
        base: sqlite3.Connection | None = None
        try:
            base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            version = base.execute("SELECT value FROM about WHERE name = 'version'").fetchone()
            if version != (str(VERSION),):
                base.close()
                raise BadFile(
                    "was built by another version of fedbib",
                    where=str(path),
                    hint="build it again with `fedbib index build`",
                )
            return cls(base, register, path.name)
        except (sqlite3.Error, UnicodeError) as error:
            if base:
                base.close()
            raise BadFile(
                "is not an index of fedbib", where=str(path), hint="`fedbib index build FILE...` makes one"
            ) from error

    @classmethod
    def of(cls, works: Iterable[Work], register: Register, name: str) -> Self:
        """An index in memory of some works."""
        base = sqlite3.connect(":memory:")
        _fill(base, [(name, works)], register)
        return cls(base, register, name)

    def close(self) -> None:
        self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Look-ups ---------------------------------------------------------------------------------------------------------

    def by_ids(self, ids: Iterable[Identifier]) -> list[Held]:
        """The works that have one of the identifiers."""
        wanted = sorted({str(id) for id in same(ids)})
        marks = ",".join("?" * len(wanted))
        where = f"id IN (SELECT work FROM identifier WHERE id IN ({marks})) LIMIT {NAMESAKES}"
        return self._held(where, wanted) if wanted else []

    def by_title(self, title: Title) -> list[Held]:
        """The works of the very same title but for case, blanks and punctuation."""
        return self._held(f"folded = ? LIMIT {NAMESAKES}", [title.text]) if title.text else []

    def by_head(self, title: Title) -> list[Held]:
        """The works that have the title, and a subtitle after it."""
        return self._held(f"head = ? AND head <> '' LIMIT {NAMESAKES}", [title.text]) if title.text else []

    def by_team(self, mark: str) -> list[Held]:
        """The works of exactly the people of a mark (`fedbib.audit.held.team`)."""
        return self._held(f"team = ? AND team <> '' LIMIT {NAMESAKES}", [mark]) if mark else []

    def like(self, title: Title) -> list[Held]:
        """The works that share most of the rarest words of a title, those that share most first."""
        rare, anchors = self._rare(title)
        found: list[int] = []
        for size in (3, 2):  # more words in common first: the limit must not cut the likest off
            some = [words for words in combinations(rare, size) if anchors.intersection(words)]
            query = " OR ".join("(" + " AND ".join(f'"{word}"' for word in words) + ")" for words in some)
            if query and not found:
                rows = self._rows("SELECT rowid FROM words WHERE words MATCH ? LIMIT ?", [query, _LOOKED_AT])
                found = [row[0] for row in rows]
        held = self._held(f"id IN ({','.join('?' * len(found))})", found) if found else []
        wanted = set(title.words)
        return sorted(held, key=lambda one: -shared(wanted, Title.of(one.work.title)))[:FOUND]

    def _rare(self, title: Title) -> tuple[list[str], set[str]]:
        """The rarest words of a title that the index has, and those of them that few works have."""
        words = sorted({word for word in title.words if word.isalnum()})[:40]
        marks = ",".join("?" * len(words))
        rows = self._rows(f"SELECT term, doc FROM word WHERE term IN ({marks})", words)
        counts = sorted((count, term) for term, count in rows if count <= _COMMON)[:_RAREST]
        return [term for _, term in counts], {term for count, term in counts if count <= _FEW}

    def within(self, title: Title, series: str, year: int) -> list[Held]:
        """The works of a volume that share most words with a title, the likest first."""
        if (series, year) not in self._contents:
            query = "SELECT id, title FROM work WHERE series = ? AND series <> '' AND year = ?"
            rows = ((int(row[0]), str(row[1])) for row in self._rows(query, [series, year]))
            self._contents[series, year] = Contents(rows)
        found = self._contents[series, year].like(title)
        return [held for number in found for held in self._held("id = ?", [number])]

    def volume(self, series: str, year: int) -> Volume | None:
        """What is held of a volume; None for nothing."""
        if (series, year) not in self._volumes:
            query = f"SELECT {VOLUME} FROM volume WHERE series = ? AND year = ?"
            self._volumes[series, year] = next(map(self._volume, self._rows(query, [series, year])), None)
        return self._volumes[series, year]

    def volumes(self) -> list[Volume]:
        """Every volume of which something is held, by series and year."""
        rows = self._rows(f"SELECT {VOLUME} FROM volume ORDER BY series, year")
        return list(map(self._volume, rows))

    def sources(self) -> list[tuple[str, int]]:
        """The files that it was made of, and how many works of each it holds."""
        return [(name, works) for name, works in self._rows("SELECT name, works FROM source ORDER BY id")]

    def _held(self, where: str, values: Sequence[object]) -> list[Held]:
        rows = self._rows(f"SELECT {COLUMNS} FROM work WHERE {where}", values)
        with self._sound():
            return [read(row, self._sources) for row in rows]

    def _volume(self, row: Sequence[Any]) -> Volume:
        with self._sound():
            return volume(row)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Sequence[Any]]:
        with self._sound():
            return self._base.execute(query, values).fetchall()

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """What a file that somebody has put together may hold, as words."""
        try:
            yield
        except (sqlite3.Error, *DAMAGE) as error:
            raise BadFile("is damaged", where=self.name, hint="build it again with `fedbib index build`") from error

    def rows(self, table: str) -> Iterator[Sequence[object]]:
        """The rows of a table as `fedbib.audit.layout` names them; without the count of words, which it makes."""
        if table == "posting":
            self._base.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.posting USING fts5vocab(main, words, instance)")
        return iter(self._base.execute(_ROWS[table]))


def shared(wanted: set[str], title: Title) -> float:
    """How much of the words of two titles is in both, from 0 to 1."""
    return 2 * len(wanted & set(title.words)) / (len(wanted) + len(set(title.words)) or 1)


# Making one -----------------------------------------------------------------------------------------------------------


def build(
    path: Path,
    sources: Iterable[tuple[str, Iterable[Work]]],
    register: Register,
    progress: Callable[[str, int], None] | None = None,
) -> int:
    """Make the index at `path` anew of the works of some sources, each with its name; how many works it has.

    The old one stays until the new one is whole. Raises BadFile where nothing can be written.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        base = sqlite3.connect(fresh)
        try:
            base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
            number = _fill(base, sources, register, progress)
        finally:
            base.close()
        fresh.replace(path)
    except (sqlite3.Error, OSError) as error:
        raise BadFile(f"cannot be written: {error}", where=str(path)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return number


def _fill(
    base: sqlite3.Connection,
    sources: Iterable[tuple[str, Iterable[Work]]],
    register: Register,
    progress: Callable[[str, int], None] | None = None,
) -> int:
    base.executescript(_TABLES)
    names, tallies, number = Series(register), dict[tuple[str, int], Tally](), 0
    titles: dict[str, str] = {}
    collections: set[str] = set()
    with _written(base) as write:
        for place, (name, works) in enumerate(sources, start=1):
            before = number
            for work in works:
                if not work.title:
                    continue
                number += 1
                if work.collection_title:
                    collections.add(work.collection_title)
                write(number, place, work, _tallied(work, name, names, tallies, titles))
            base.execute("INSERT INTO source VALUES (?, ?, ?)", [place, name, number - before])
            if progress:
                progress(name, number)
    names.learn(titles, sorted(collections))
    base.executemany("INSERT INTO spelling VALUES (?, ?)", names.learnt.items())
    found = [tally.volume(*key) for key, tally in tallies.items()]
    base.executemany(
        "INSERT INTO volume VALUES (?, ?, ?, ?, ?, ?, ?)",
        [astuple(each) for each in found if each.works],
    )
    base.executescript(_INDEXES)
    base.execute("INSERT INTO about VALUES ('version', ?)", [str(VERSION)])
    base.commit()
    return number


def _tallied(
    work: Work, source: str, names: Series, tallies: dict[tuple[str, int], Tally], titles: dict[str, str]
) -> str:
    """The series of a work, which counts for its volume."""
    where = plain(work.title) if work.type is ItemType.BOOK else work.container_title
    if work.is_preprint or not where:
        return ""
    if where not in titles:
        titles[where] = names.of_volume(where, work.key)
    series = titles[where]
    if series and work.year:
        tallies.setdefault((series, work.year), Tally()).add(work, source)
    return series


@contextmanager
def _written(base: sqlite3.Connection) -> Iterator[Callable[[int, int, Work, str], None]]:
    """Takes works in, many at once."""
    works: list[tuple[object, ...]] = []
    ids: list[tuple[str, int]] = []
    words: list[tuple[int, str]] = []

    def flush() -> None:
        base.executemany(f"INSERT INTO work VALUES ({','.join('?' * 17)})", works)
        base.executemany("INSERT INTO identifier VALUES (?, ?)", ids)
        base.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", words)
        for rows in (works, ids, words):
            rows.clear()

    def write(number: int, source: int, work: Work, series: str) -> None:
        title = Title.of(work.title)
        people = [[name.family, name.given, name.suffix, name.literal, name.unsplit] for name in work.author]
        kept = [[id.scheme, id.value] for id in work.ids]
        works.append(
            (
                *(number, source, work.key, work.type, work.status, work.title, title.text),
                *(json.dumps(people, ensure_ascii=False), work.year, work.container_title, series, work.volume),
                *(
                    work.issue,
                    work.page.text if work.page else "",
                    json.dumps(kept),
                    team(work.author),
                    head(work.title),
                ),
            )
        )
        ids.extend((str(id), number) for id in same(work.ids))
        words.append((number, " ".join(title.words)))
        if len(works) >= _BATCH:
            flush()

    yield write
    flush()
