"""What is made of the files of one record, as bytes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from fedbib.checks import alone
from fedbib.made import checked, settled
from fedbib.made.settled import Settled
from fedbib.model.problem import Problem
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.records.folder import Halves, parse
from fedbib.settings import Settings
from fedbib.settle import settle
from fedbib.words.rules import Rules
from fedbib.words.vocabulary import named

SETTLED, CHECKED = "settled", "checked"
DECIDING = ("entries", "vocabularies", "venues", "names", "ordinary")
"""The settings by which records are read, settled and checked."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes what is asked for, for a collection with some settings."""

    settings: Settings
    rules: Rules

    def __call__(self, kinds: Sequence[str], halves: Halves) -> list[bytes]:
        """What is made of the files of a record, in the order of the kinds."""
        record, problems = parse(halves, self.settings.entries)
        if record is None:
            return [_OF_NOTHING[kind](problems) for kind in kinds]
        work = named(settle(record, self.rules), self.settings.vocabularies)
        return [_MADE[kind](self, record, work, problems) for kind in kinds]


def context(kind: str, settings: Settings) -> bytes:
    """A hash of what the results of a kind depend on beside the program and the files of the record."""
    said = (kind, *(getattr(settings, name) for name in DECIDING))
    return blake2b(repr(said).encode(), digest_size=16).digest()


def stamp(halves: Halves) -> bytes:
    """A hash of the files of a record and their name."""
    said = blake2b(f"{halves.key} {len(halves.own)} {halves.claims is None} ".encode(), digest_size=16)
    said.update(halves.own)
    said.update(halves.claims or b"")
    return said.digest()


Problems = tuple[Problem, ...]


def _settled(maker: Maker, record: Record, work: Work, problems: Problems) -> bytes:  # noqa: ARG001 - as all of them
    return settled.dump(Settled(work, record.waiting if record.is_waiting else "", problems))


def _checked(maker: Maker, record: Record, work: Work, problems: Problems) -> bytes:
    folder = maker.settings.entries
    found = alone(record, work, lambda key: f"{folder}/{key}.toml", maker.rules, maker.settings.vocabularies)
    return checked.dump((found, problems))


_MADE: Mapping[str, Callable[[Maker, Record, Work, Problems], bytes]] = {SETTLED: _settled, CHECKED: _checked}
_OF_NOTHING: Mapping[str, Callable[[Problems], bytes]] = {
    SETTLED: lambda problems: settled.dump(Settled(problems=problems)),
    CHECKED: lambda problems: checked.dump((None, problems)),
}
