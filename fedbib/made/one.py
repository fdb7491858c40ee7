"""What is made of the files of some records, each for itself, as bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from fedbib.build.inputs import Inputs
from fedbib.build.piece import FILES, LIST, Piece, piece
from fedbib.checks import alone
from fedbib.errors import BadFile, RoundTripLost
from fedbib.formats import FORMATS, frames
from fedbib.made import checked, settled, shown
from fedbib.made.names import CHECKED, SETTLED, SHOWN
from fedbib.made.settled import Settled
from fedbib.model.problem import Problem
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.records.filing import Halves
from fedbib.records.folder import parse
from fedbib.settings import Settings
from fedbib.settle import Reason, settle_and_explain
from fedbib.site.entry import Entry, entry
from fedbib.words.rules import Rules
from fedbib.words.vocabulary import named

if TYPE_CHECKING:
    from fedbib.site.part import Nav
    from fedbib.site.templates import Templates


@dataclass(frozen=True, slots=True)
class _Read:
    """A record, read and settled, if it can be."""

    problems: tuple[Problem, ...]
    record: Record | None = None
    work: Work | None = None
    reasons: Callable[[], tuple[Reason, ...]] = tuple
    """Gives those for its fields."""

    @property
    def entry(self) -> Entry | None:
        """What the page is told of it, without its reference."""
        return entry(self.record, self.work, self.reasons()) if self.record and self.work else None


class Maker:
    """Makes what is asked for, for a collection with some settings, of so many records."""

    def __init__(
        self,
        settings: Settings,
        rules: Rules,
        inputs: Callable[[], Inputs] = Inputs,
        records: int = 0,
        nav: Nav = (),
    ) -> None:
        """`nav` is what stands above every page."""
        self._settings, self._rules, self._inputs, self._records, self._nav = settings, rules, inputs, records, nav

    def __call__(
        self, kinds: Sequence[str], several: Sequence[Halves], references: Mapping[bytes, str] = MappingProxyType({})
    ) -> list[list[bytes]]:
        """What is made of each record, in the order of the kinds; the same whichever records come together.

        `references` are those of works that are known, by their pieces of CSL-JSON, which are all that a style is told.

        Raises BadFile for a style or templates that cannot be used or take too long, FedbibError without pandoc.
        """
        read = [self._read(halves) for halves in several]
        made = self._shown(read, references) if SHOWN in kinds else None
        return [self._contents(kinds, one, next(made) if made else b"") for one in read]

    def ready(self) -> None:
        """Import and read what making takes, before there is something to make."""
        for name in (*FILES, LIST):
            FORMATS[name]
        if self._draw:
            self._draw.ready()

    def _read(self, halves: Halves) -> _Read:
        record, problems = parse(halves, self._settings.entries)
        if record is None:
            return _Read(problems)
        work, reasons = settle_and_explain(record, self._rules)
        return _Read(problems, record, named(work, self._settings.vocabularies), reasons)

    def _contents(self, kinds: Sequence[str], read: _Read, shown: bytes) -> list[bytes]:
        own = {SETTLED: self._settled, CHECKED: self._checked}
        return [own[kind](read) if kind in own else shown for kind in kinds]

    def _settled(self, read: _Read) -> bytes:
        waiting = read.record.waiting if read.record and read.record.is_waiting else ""
        return settled.dump(Settled(read.work, waiting, read.problems))

    def _checked(self, read: _Read) -> bytes:
        folder, words = self._settings.entries, self._settings.vocabularies
        found = None
        if read.record and read.work:
            found = alone(read.record, read.work, lambda key: f"{folder}/{key}.toml", self._rules, words)
        return checked.dump(found, read.problems)

    def _shown(self, several: Sequence[_Read], references: Mapping[bytes, str]) -> Iterator[bytes]:
        entries = [read.entry for read in several if read.record and not read.record.is_waiting]
        found = {one.work.key: one for one in self._with_references(list(filter(None, entries)), references)}
        for read in several:
            one = found.get(read.record.key) if read.record else None
            try:
                made = self.piece(one) if one else None
            except (BadFile, RoundTripLost) as error:
                from fedbib.site.templates import TooMuch

                if isinstance(error, TooMuch):  # which is not the fault of this record
                    raise
                yield shown.refused(error, read.problems)
            else:
                yield shown.dump(made, read.problems)

    def piece(self, one: Entry) -> Piece:
        """The piece of an entry that has its reference."""
        return piece(one, self._settings.about, self._nav, self._draw)

    def with_references(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """The entries with what is said of each in the style of the settings."""
        return self._inputs().with_references(entries)

    def _with_references(self, entries: Sequence[Entry], known: Mapping[bytes, str]) -> Sequence[Entry]:
        """As `with_references`, where some are known."""
        if not known:
            return self.with_references(entries)
        pieces = [frames.piece("csl-json", entry.work, self._settings.about).encode() for entry in entries]
        told = [replace(one, reference=known[text]) for one, text in zip(entries, pieces, strict=True) if text in known]
        rest = [one for one, text in zip(entries, pieces, strict=True) if text not in known]
        return [*told, *self.with_references(rest)]

    def entry(self, halves: Halves) -> Entry | None:
        """What the page is told of a record, without its reference; None where it cannot be read."""
        return self._read(halves).entry

    @cached_property
    def _draw(self) -> Templates | None:
        if not self._settings.site:
            return None
        from fedbib.site import templates_of

        return templates_of(self._inputs().look, self._records)
