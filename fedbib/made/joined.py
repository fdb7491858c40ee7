"""Pieces of neighbouring records put together once: an edit leaves most batches as they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from fedbib import cores
from fedbib.build.piece import FILES, Piece
from fedbib.formats.frames import frame
from fedbib.made import shown, values
from fedbib.made.batches import named, part
from fedbib.made.each import Each
from fedbib.made.names import SETTLED, SHEETS, SHOWN
from fedbib.model.about import About
from fedbib.records.folder import Halves
from fedbib.site.part import ITEMS, TEXTS, Nav

_HEADS = "heads"


class Joined:
    """What is made of all records for the outputs: what is told of each, and their texts when they are asked for."""

    def __init__(self, each: Each, halves: Sequence[Halves], nav: Nav) -> None:
        """Makes what is not kept."""
        self._each, self.nav = each, nav
        batches = named(each.names(SHOWN, halves, nav), halves)
        self._halves = [some for _, some in batches]
        self._names = [name for name, _ in batches]
        self._made: dict[int, Mapping[str, bytes]] = {}
        """By its number, what a batch consists of that was put together in this run."""
        heads = list(each.find_all([part(name, _HEADS) for name in self._names]))
        missing = [number for number, head in enumerate(heads) if head is None]
        make = self._making(missing, aside=cores.is_worth(len(halves)))
        known = [[] if head is None else list(shown.read(head)) for head in heads]
        make()
        made = {number: list(shown.read(self._made[number][_HEADS])) for number in missing}
        self._told = [made.get(number, some) for number, some in enumerate(known)]
        has_piece = [any(isinstance(one, Piece) for one, _ in some) for some in self._told]
        self._shown = [number for number, has in enumerate(has_piece) if has]

    @property
    def told(self) -> list[shown.Shown]:
        """Of each record its piece without the texts, or why there is none, and what is wrong with its files."""
        return [one for some in self._told for one in some]

    def texts(self, name: str) -> Iterator[bytes]:
        """The texts of a name, of those records that have a piece; as `site.part.Texts`."""
        there = [number for number in self._shown if number not in self._made]
        found = self._each.find_all([part(self._names[number], name) for number in there])
        for number in self._shown:
            content = self._made[number][name] if number in self._made else next(found)
            if content is None:  # it was damaged, or had to go
                self._making([number])()
                content = self._made[number][name]
            if name in ITEMS:
                yield from values.unpacked(content)
            else:
                yield content

    def _making(self, numbers: Sequence[int], *, aside: bool = False) -> Callable[[], None]:
        """Begins to make the pieces of batches; what is given puts them together, and keeps them."""
        halves = [one for number in numbers for one in self._halves[number]]
        begun = self._each.begun((SHOWN,), halves, (SETTLED, SHEETS), self.nav, aside=aside)

        def end() -> None:
            (contents,) = begun()
            contents.reverse()
            for number in numbers:
                some = [contents.pop() for _ in self._halves[number]]  # what is put together is let go
                made = self._made[number] = together(some, self._each.settings.about)
                self._each.keep_all((part(self._names[number], name), content) for name, content in made.items())

        return end


def together(contents: Sequence[bytes], about: About) -> dict[str, bytes]:
    """A batch of what `shown.dump` or `shown.refused` made: heads and texts by name."""
    heads: list[bytes] = []
    texts = defaultdict[str, list[bytes]](list)
    for content in contents:
        head, *some = values.unpacked(content)
        heads.append(head)
        for name, text in zip(shown.NAMES, some, strict=False):
            texts[name].append(text)
    joints = {**{name: frame(name, about).joint.encode() for name in FILES}, **TEXTS}
    made = {name: joints[name].join(some) if name in joints else values.packed(some) for name, some in texts.items()}
    return {_HEADS: b",".join(heads), **made}
