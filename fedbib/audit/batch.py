"""Many entries at once: what each needs of an index in Parquet files is looked up by SQL for all of them together.

The judge is the one of a single bibliography, and so are the verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fedbib.audit import layout
from fedbib.audit.contents import Contents
from fedbib.audit.engines import Engine
from fedbib.audit.entries import Entry
from fedbib.audit.held import COLUMNS, DAMAGE, VOLUME, Held, read, team, volume
from fedbib.audit.index import FOUND, NAMESAKES, shared
from fedbib.audit.series import Series
from fedbib.audit.volumes import Volume
from fedbib.errors import BadFile
from fedbib.ids.same import same
from fedbib.match.titles import Title
from fedbib.model.identifier import Identifier
from fedbib.text.tables import read_text
from fedbib.words.venues import Register


class Library:
    """An index in Parquet files, and the engine that reads it."""

    def __init__(self, folder: Path, engine: Engine, register: Register) -> None:
        if not layout.is_folder_of(folder):
            hint = "`fedbib index export FOLDER` makes one"
            raise BadFile("is not an index of Parquet files", where=str(folder), hint=hint)
        self.name, self.engine = folder.name, engine
        for table in layout.TABLES:
            engine.parquet(table, folder.resolve() / f"{table}.parquet")
        self.names = Series(register, dict(map(_pair, engine.rows("SELECT name, series FROM spelling"))))
        self.sources = dict(map(_pair, engine.rows("SELECT id, name FROM source")))
        rows = engine.rows(f"SELECT {VOLUME} FROM volume")
        with self._sound():
            self.volumes = {(found.series, found.year): found for found in map(volume, rows)}

    def found(self, entries: Sequence[Entry]) -> Found:
        """What the index holds for some entries."""
        titles = dict.fromkeys(title for entry in entries if (title := Title.of(entry.work.title)).text)
        numbers = {title: number for number, title in enumerate(titles)}
        ids = sorted({str(id) for entry in entries for id in same(entry.work.ids)})
        teams = {team(entry.work.author) for entry in entries} - {""}
        words = ((number, word, place) for title, number in numbers.items() for word, place in _words(title))
        with TemporaryDirectory() as work:
            self._ask(work, "asked_id", ((id,) for id in ids))
            self._ask(
                work, "asked_title", ((number, title.text, len(set(title.words))) for title, number in numbers.items())
            )
            self._ask(work, "asked_word", words)
            self._ask(work, "asked_team", ((mark,) for mark in sorted(teams)))
            by_id = self._pairs("by_id")
            by_title, by_head, by_team = self._pairs("by_title"), self._pairs("by_head"), self._pairs("by_team")
            within = self._within(work, entries, {title for title in titles if numbers[title] not in by_title})
            found = (by_id, by_title, by_head, self._pairs("like"), by_team, within)
            wanted = {number for pairs in found for works in pairs.values() for number in works}
            self._ask(work, "asked_work", ((number,) for number in sorted(wanted)))
            rows = self.engine.rows(_statements()["works"])
        with self._sound():
            works = {row[0]: read(row[1:], self.sources) for row in rows}
        return Found(self, numbers, found, works)

    def _within(self, folder: str, entries: Sequence[Entry], open_: Set[Title]) -> dict[Any, list[int]]:
        """By title, series and year: the works like a title in the volume that its entry names, if it is whole."""
        asked = {}
        for entry in entries:
            title = Title.of(entry.work.title)
            if title in open_ and entry.work.year and (series := self.names.of_work(entry.work)):
                asked[title, series, entry.work.year] = (series, entry.work.year)
        whole = {volume for volume in asked.values() if volume in self.volumes and self.volumes[volume].is_whole}
        self._ask(folder, "asked_volume", sorted(whole))
        works: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for number, series, year, title in self.engine.rows(_statements()["contents"]) if whole else ():
            works.setdefault((series, year), []).append((number, title))
        contents = {volume: Contents(each) for volume, each in works.items()}
        return {key: contents[volume].like(key[0]) for key, volume in asked.items() if volume in contents}

    @contextmanager
    def _sound(self) -> Iterator[None]:
        try:
            yield
        except DAMAGE as error:
            raise BadFile("is damaged", where=self.name, hint="run `fedbib index export FOLDER` again") from error

    def _ask(self, folder: str, table: str, rows: Iterable[Sequence[object]]) -> None:
        path = Path(folder, f"{table}.csv")
        layout.write(path, rows)
        self.engine.csv(table, path, layout.ASKED[table])

    def _pairs(self, name: str) -> dict[Any, list[int]]:
        found: dict[Any, list[int]] = {}
        for key, work in self.engine.rows(_statements()[name]):
            found.setdefault(key, []).append(work)
        return found


class Found:
    """What was looked up for some entries, as the shelf that their judge looks in."""

    def __init__(
        self,
        library: Library,
        numbers: Mapping[Title, int],
        found: tuple[Mapping[Any, list[int]], ...],
        works: Mapping[int, Held],
    ) -> None:
        self.name, self.names, self._volumes = library.name, library.names, library.volumes
        self._numbers, self._works = numbers, works
        self._by_id, self._by_title, self._by_head, self._like, self._by_team, self._within = found

    def by_ids(self, ids: Iterable[Identifier]) -> list[Held]:
        found = {number for id in same(ids) for number in self._by_id.get(str(id), ())}
        return [self._works[number] for number in sorted(found)[:NAMESAKES]]

    def by_title(self, title: Title) -> list[Held]:
        return [self._works[number] for number in self._by_title.get(self._numbers.get(title, -1), ())]

    def by_head(self, title: Title) -> list[Held]:
        return [self._works[number] for number in self._by_head.get(self._numbers.get(title, -1), ())]

    def by_team(self, mark: str) -> list[Held]:
        return [self._works[number] for number in self._by_team.get(mark, ())]

    def like(self, title: Title) -> list[Held]:
        found = [self._works[number] for number in self._like.get(self._numbers.get(title, -1), ())]
        wanted = set(title.words)
        return sorted(found, key=lambda one: -shared(wanted, Title.of(one.work.title)))[:FOUND]

    def within(self, title: Title, series: str, year: int) -> list[Held]:
        return [self._works[number] for number in self._within.get((title, series, year), ())]

    def volume(self, series: str, year: int) -> Volume | None:
        return self._volumes.get((series, year))


def _words(title: Title) -> Iterator[tuple[str, int]]:
    words = sorted({word for word in title.words if word.isalnum()})
    return ((word, place) for place, word in enumerate(words, start=1))


def _pair(row: Sequence[Any]) -> tuple[Any, Any]:
    return row[0], row[1]


@cache
def _statements() -> Mapping[str, str]:
    """The statements of `data/audit-batch.sql` by name."""
    text = read_text("audit-batch.sql")
    parts = re.split(r"^-- (\w+): .*\n", text, flags=re.MULTILINE)
    found = {name: part.strip().removesuffix(";") for name, part in zip(parts[1::2], parts[2::2], strict=True)}
    return {name: part.replace("{columns}", COLUMNS) for name, part in found.items()}
