"""Papers in the lists of a page: known by their keys, each had when a template asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from fedbib.formats import full_json
from fedbib.model.work import Work
from fedbib.site.entry import Entry
from fedbib.site.feed import News
from fedbib.site.part import carried


class Papers(Sequence[Work]):
    """Works, as the complete JSON has them."""

    def __init__(self, keys: Sequence[str], work: Callable[[str], Work]) -> None:
        self.keys, self._work = keys, work

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Papers(self.keys[place], self._work)
        return full_json.carry(self._work(self.keys[place]))


class Told(Sequence[tuple[date, str, Entry]]):
    """News: day, kind and entry of each."""

    def __init__(self, news: Sequence[News], entries: Callable[[Sequence[str]], Sequence[Entry]]) -> None:
        self.news, self._entries = news, entries

    def __len__(self) -> int:
        return len(self.news)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Told(self.news[place], self._entries)
        return next(iter(Told([self.news[place]], self._entries)))

    def __iter__(self) -> Iterator[tuple[date, str, Entry]]:
        """All of them, had together."""
        entries = self._entries([one.key for one in self.news])
        return ((one.day, one.kind, carried(entry)) for one, entry in zip(self.news, entries, strict=True))
