"""Pages about many papers: drawn by the templates, or told by their checksums where they are on disk already."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Any

from fedbib.disk.seen import Memory
from fedbib.model.about import About
from fedbib.site.facets import Group
from fedbib.site.feed import News, feed
from fedbib.site.papers import Papers, Told
from fedbib.site.part import ITEMS, LISTED, MACROS, Part
from fedbib.site.pictures import drawn

if TYPE_CHECKING:
    from fedbib.site.templates import Templates


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the page about several papers."""

    path: str
    checksum: str
    """SHA-256 of the content, in hexadecimal digits."""
    content: bytes | None
    """None where it is on disk as it should be."""

    @classmethod
    def of(cls, path: str, content: bytes) -> Page:
        return cls(path, sha256(content).hexdigest(), content)


class Drawing:
    """Draws the pages about many papers of one site, and counts what they and all others cost."""

    def __init__(
        self,
        parts: Sequence[Part],
        beside: Callable[[str, str], Mapping[str, bytes]],
        look: Mapping[str, str],
        templates: Callable[[], Templates],
        memory: Memory,
        there: Callable[[str], str] = lambda _: "",
    ) -> None:
        """`beside` gives those of `ITEMS` of a key and some others, `look` are the collection's own templates,
        `templates` all of them, made when something has to be drawn, `there` gives the checksum of what is on disk at a
        path.
        """
        from fedbib.site.templates import limit  # only now, as Jinja takes long to import

        self._look = repr(sorted(look.items())).encode()
        self._is_ours = not any(name.endswith(".html") for name in look)
        self._parts, self._beside, self._make, self._memory = parts, beside, templates, memory
        self._marks = cache(lambda place: {part.key: part.marks[place] for part in parts})
        self._there = there
        self._left = limit(len(parts))
        self._templates: Templates | None = None
        self._pay(sum(part.cost for part in parts))

    def _pay(self, cost: int) -> None:
        self._left -= cost
        if self._left < 0:
            from fedbib.site.templates import too_much

            raise too_much("work.html")

    def __call__(self, template: str, **values: Any) -> Page:
        """What a template makes of some values, its `path` among them; raises BadFile as `Templates` does."""
        shows = _SHOWS.get(template) if self._is_ours else None
        marks = self._marks(1 + MACROS.index(shows) if shows else 0)
        shown = {name: len(value) if shows and name in _COUNTED else value for name, value in values.items()}
        said = self._said([template, *sorted(shown.items())], marks)
        return self._page(values["path"], said, lambda: self._drawn()(template, **values))

    def feed(self, news: Sequence[News], works: Papers, about: About) -> Page:
        """The feed of some news, each with its work."""
        marks = self._marks(0)
        told = [(one.day, one.kind, marks[one.key]) for one in news]
        return self._page("feed.xml", self._said(["feed", about, told], marks), lambda: feed(news, works, about))

    def _page(self, path: str, said: Iterable[bytes], make: Callable[[], str]) -> Page:
        """What is made for a path of all that is said."""
        name = blake2b(b"".join((self._look, *said)), digest_size=16).digest()
        told = self._memory.find(name)
        if told is not None:
            cost, checksum = _TOLD.unpack(told)
            if self._there(path) == checksum.hex():
                self._pay(cost)
                return Page(path, checksum.hex(), None)
        before = self._spent
        page = Page.of(path, make().encode())
        cost = self._spent - before
        self._pay(cost)
        self._memory.keep(name, _TOLD.pack(cost, bytes.fromhex(page.checksum)))
        return page

    @property
    def _spent(self) -> int:
        return self._templates.spent if self._templates else 0

    def svg(self, *said: Any) -> str:
        """The picture that `pictures.drawn` makes."""
        name = blake2b(b"picture" + repr(said).encode(), digest_size=16).digest()
        kept = self._memory.find(name)
        if kept is None:
            kept = drawn(*said).encode()
            self._memory.keep(name, kept)
        return kept.decode()

    def _drawn(self) -> Templates:
        if self._templates is None:
            self._templates = self._make()
            for number, way in enumerate(LISTED):
                if all(part.costs for part in self._parts):
                    self._templates.learn(way, partial(self._known, number))
        return self._templates

    def _known(self, number: int) -> Mapping[str, tuple[bytes, int]]:
        """How papers stand in lists in one of the ways, and what that cost, by key."""
        costs = {part.key: part.costs[number] for part in self._parts}

        def beside(key: str) -> Mapping[str, tuple[bytes, int]]:
            found = self._beside(ITEMS[number], key)
            return {one: (text, costs[one]) for one, text in found.items() if one in costs}

        return _Items(beside)

    def _said(self, value: Any, marks: Mapping[str, str]) -> Iterator[bytes]:
        """Everything that a template may read of a value, whose papers are known by their marks."""
        if isinstance(value, Papers):
            yield b"papers"
            yield "".join(map(marks.__getitem__, value.keys)).encode()
        elif isinstance(value, Told):
            yield repr([(one.day, one.kind, marks[one.key]) for one in value.news]).encode()
        elif isinstance(value, Group):
            yield repr((value.slug, value.page, value.names)).encode()
            yield from self._said(value.works, marks)
        elif isinstance(value, list | tuple):
            yield f"{len(value)} of".encode()
            for one in value:
                yield from self._said(one, marks)
        else:
            yield repr(value).encode()


class _Items(dict[str, tuple[bytes, int]]):
    """What is known by key, had with that of neighbours when it is asked for."""

    def __init__(self, beside: Callable[[str], Mapping[str, tuple[bytes, int]]]) -> None:
        super().__init__()
        self._beside = beside

    def __missing__(self, key: str) -> tuple[bytes, int]:
        self.update(self._beside(key))
        return self[key]


_SHOWS = {
    **dict.fromkeys(("authors.html", "group.html", "kind.html"), "line"),
    **dict.fromkeys(("index.html", "year.html"), "item"),
}
"""The macro by which some of our own templates show papers, of which they tell nothing else."""
_COUNTED = ("works",)
"""The papers of which those templates tell how many they are."""
_TOLD = struct.Struct("<Q32s")
"""What a page cost, and its checksum."""
