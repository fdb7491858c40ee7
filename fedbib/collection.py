"""An open collection: its settings, its records, the rules they are settled by, and the works they become."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from fedbib import cores, settings
from fedbib.disk import cache as caches
from fedbib.disk import inside
from fedbib.disk.kept import Kept, place
from fedbib.disk.lock import locked
from fedbib.disk.program import fingerprint
from fedbib.errors import BadFile, RoundTripLost
from fedbib.made import settled, values
from fedbib.made.batches import Batches
from fedbib.made.each import MANY, Each
from fedbib.made.names import CHECKED, DRAW, MAKE, SETTLED, SHOWN, Asked
from fedbib.model.identifier import Identifier
from fedbib.model.problem import Problem, Severity
from fedbib.model.work import Work
from fedbib.records.filing import CLAIMS, Filed, Stray, again, find, sweep
from fedbib.settings import Settings

if TYPE_CHECKING:
    from fedbib.build.folder import Built
    from fedbib.build.inputs import Inputs
    from fedbib.made.gathered import Draw, Gathered
    from fedbib.made.one import Maker
    from fedbib.model.record import Record
    from fedbib.records.folder import Entries, Loaded
    from fedbib.references.document import Reference
    from fedbib.select import Index
    from fedbib.settle import Reason
    from fedbib.words.rules import Rules

Problems = tuple[Problem, ...]


@dataclass(frozen=True)
class Collection:
    """A collection in a folder.

    Its works are read once, at the first access; open the collection again to see later changes.
    """

    root: Path
    """The folder of the settings."""
    settings: Settings
    anew: bool = False
    """Whether to ignore cached results of earlier runs."""

    @classmethod
    def open(cls, folder: Path) -> Collection:
        """The collection whose settings are in `folder` or above it; raises BadSettings if there is none."""
        return cls(*settings.find(folder, _Bases()))

    # What it holds ----------------------------------------------------------------------------------------------------

    @property
    def works(self) -> tuple[Work, ...]:
        """The works, sorted by key, without records that wait for review or cannot be read."""
        return self._read[0]

    @property
    def faults(self) -> tuple[Problem, ...]:
        """Problems of the files that the works were read from; `problems` has all others, too."""
        return self._read[1]

    @property
    def waiting(self) -> tuple[tuple[Work, str], ...]:
        """The works that wait for review, sorted by key, each with the reason."""
        return self._read[2]

    @cached_property
    def _read(self) -> tuple[tuple[Work, ...], tuple[Problem, ...], tuple[tuple[Work, str], ...]]:
        batches, strays = self._files()
        told = batches.table(SETTLED).read({SETTLED: lambda some: list(settled.load_all(some))})
        read = list(chain.from_iterable(told[SETTLED]))
        faults = _in_order(strays, [one.problems for one in read])
        works = tuple(one.work for one in read if one.work and not one.waiting)
        held = tuple((one.work, one.waiting) for one in read if one.work and one.waiting)
        return works, faults, held

    def get(self, name: str | Identifier) -> Work | None:
        """The work with a citation key, an earlier key, an identifier or an address, or None.

        An identifier can be in any form that `fedbib add` accepts: "arxiv:2310.15080", a DOI, a link to the paper.
        """
        return self._index.get(name)

    @cached_property
    def _index(self) -> Index:
        from fedbib.select import Index

        return Index(self.works)

    def select(
        self,
        *,
        topic: str | Iterable[str] = (),
        dataset: str | Iterable[str] = (),
        model: str | Iterable[str] = (),
        venue: str | Iterable[str] = (),
        status: str | Iterable[str] = (),
        year: int | str | None = None,
        search: str = "",
        cited: str | Path | Iterable[str | Path] = (),
    ) -> tuple[Work, ...]:
        """The works that match the filters, which are those of `fedbib export`.

        A work needs one of several values of one filter, and must match all filters. A venue is a label without the
        year ("EMNLP"), a year 2023, "2022-2024", "2022-" or "-2024"; all words of `search` must be in key, title,
        authors, venue or facets; `cited` is the path of an .aux, .bcf or .tex file, and a work that it cites by an
        earlier key gets that key. Raises BadValue for a wrong year, BadFile for a document that cites nothing.
        """
        from fedbib.select import Selection, by_keys, cited_by, years

        wanted = Selection(
            _several(topic),
            _several(dataset),
            _several(model),
            _several(venue),
            _several(status),
            None if year is None else years(str(year)),
            search,
        )
        documents = (cited,) if isinstance(cited, str | Path) else tuple(cited)
        keys = [key for document in documents for key in cited_by(Path(document))[0]]
        works = by_keys(self.works, keys)[0] if documents else self.works
        return tuple(work for work in works if wanted.takes(work))

    def explain(self, name: str | Identifier) -> tuple[Reason, ...]:
        """For each field of a work, the chosen value with its source and other sources' values; `name` as for `get`.

        Raises WorkNotFound, or BadFile when the record cannot be read any more.
        """
        from fedbib.settle import explain

        return explain(self.entries.known(self._index.named(name).key), self.rules)

    def render(self, format: str, works: Iterable[Work] | None = None) -> str:
        """All or some works as text in a format of `fedbib export`, read back and compared.

        Raises UnknownFormat, or RoundTripLost for works that the format cannot express.
        """
        from fedbib.build.outputs import rendered

        return rendered(format, self.works if works is None else tuple(works), self.settings.about)

    def cite(self, keys: str | Iterable[str], style: str = "apa") -> tuple[Reference, ...]:
        """Formatted references, sorted as the style requires or in the order of the keys; each key is as for `get`.

        The style is the name of one of the CSL project's ("ieee") or the path of a .csl file. Works for which the style
        prints nothing are left out. Raises WorkNotFound, BadValue or BadFile for a wrong style, FedbibError if pandoc
        or the styles are not installed.
        """
        from fedbib.references.pandoc import references
        from fedbib.references.style import style_of

        works = dict.fromkeys(self._index.named(key) for key in _several(keys))
        return references(tuple(works), style_of(style, Path()))

    def problems(self, *, outputs: bool = True) -> tuple[Problem, ...]:
        """The findings of `fedbib check` in files, records, works and, with `outputs`, outputs."""
        second, kinds = self._second(), (SETTLED, CHECKED)
        batches, strays = self._files(second if outputs else None)
        self._tell(second, batches, kinds)
        if outputs and not strays and self._last_build(batches):
            return self._told(batches)
        gathered = cache(partial(self._gathered, batches, kinds, second))
        from fedbib.build import folder
        from fedbib.made import checked

        begun = None
        if outputs:
            with suppress(BadFile, RoundTripLost):  # which is told where the outputs are
                begun = gathered()
        each = begun.problems if begun else checked.faults(batches.table(CHECKED).column(checked.FAULTS))
        faults = _in_order(strays, list(each))
        told = self._told(batches)  # while another process draws
        if not outputs or any(problem.severity is Severity.ERROR for problem in faults):
            return (*faults, *told)  # and nothing is built
        return (*faults, *told, *folder.problems(lambda: self.build(gathered())))

    def _told(self, batches: Batches) -> Problems:
        """What is found in records and works, of what is kept of each."""
        name = batches.name("told", CHECKED)
        kept = self._each.find(name)
        if kept is not None:
            return tuple(map(values.to_problem, values.decoded(kept)))
        from fedbib.checks import together
        from fedbib.made import checked

        @cache
        def work(key: str) -> Work:
            return settled.load(batches.table(SETTLED).one(SETTLED, key)).work or Work()

        contents = batches.table(CHECKED).column(checked.FOUND)
        told = together(list(checked.load(contents)), work, lambda key: f"{self.settings.entries}/{key}.toml")
        self._each.keep(name, values.encoded(list(map(values.of_problem, told))))
        return told

    def gathered(self) -> tuple[Gathered | Built, Problems]:
        """The data for the outputs, and the problems of the files of the records.

        If nothing changed since a build that left nothing to do, that one.
        """
        second = self._second()
        batches, strays = self._files(second)
        # Who checks the collection is likely to do so after this build, too.
        also = (SETTLED, CHECKED) if batches.table(CHECKED).was_made else (SETTLED,)
        self._tell(second, batches, also)
        if not strays and (built := self._last_build(batches)):
            return built, ()
        found = self._gathered(batches, also, second)
        return found, _in_order(strays, found.problems)

    def _gathered(self, batches: Batches, also: Sequence[str], second: cores.Second[Asked] | None = None) -> Gathered:
        from fedbib.build import ondisk
        from fedbib.made.gathered import Gathered

        found = Gathered(batches, also)
        found.gather(partial(ondisk.checksums, self.root, self.settings, self._each), self._draw(), second)
        return found

    def _draw(self) -> Draw | None:
        """What draws the pages about several papers, if there are pages."""
        from fedbib.build import folder, ondisk

        if not self.settings.site:
            return None
        look, checksum = self._inputs.look, ondisk.checksum_of(self.root, self._each)
        return partial(folder.pages, settings=self.settings, own=look, memory=self._each, checksum=checksum)

    def _second(self) -> cores.Second[Asked]:
        """The process that makes and draws meanwhile; it begins as soon as it is known that few records changed."""
        return cores.Second((MAKE, DRAW) if self.settings.site else (MAKE,), self._there, self._ready)

    def _tell(self, second: cores.Second[Asked], batches: Batches, also: Sequence[str]) -> None:
        if second.is_begun:
            second.tell(({one.key: one.stamp for batch in batches.all for one in batch.filed}, also))

    def _ready(self) -> None:
        """Import and read what making and drawing take."""
        self._maker(0, ()).ready()
        self._draw()

    def _there(self, asked: Asked) -> Mapping[str, Callable[[], object]]:
        from fedbib.made.gathered import Gathered

        stamps, also = asked
        return Gathered(self._batches(again(self._folder(), self.settings.entries, stamps)), also).work(self._draw())

    def build(self, gathered: Gathered | Built) -> Built:
        """The outputs as they should be and as they are. Writes nothing; raises the errors of `fedbib.build.folder`."""
        from fedbib.build import folder
        from fedbib.build.folder import Built

        if isinstance(gathered, Built):
            return gathered
        look = self._inputs.look
        built = folder.build(gathered.whole(), self.root, self.settings, look, self._each, gathered.checksums())
        if gathered.is_faultless:
            built = replace(built, name=self._name(gathered.batches))
        self._keep(built)
        return built

    def write(self, built: Built, *, over_edits: bool = False) -> None:
        """Write the result of `build`, as `fedbib.build.folder.write` does."""
        from fedbib.build import folder

        folder.write(built, self.root, self.settings, self._each, over_edits=over_edits)
        self._keep(replace(built, stale=(), leftover=(), edits=()))

    def _keep(self, built: Built) -> None:
        from fedbib.build import asbefore

        if built.name and built.is_done:
            self._each.keep(built.name, asbefore.dump(built, self.settings))

    def _last_build(self, batches: Batches) -> Built | None:
        """The build that left nothing to do, if records, settings and outputs are as they were then."""
        with suppress(BadFile):  # which is told where the outputs are
            if kept := self._each.find(self._name(batches)):
                from fedbib.build import asbefore, ondisk

                checksums = ondisk.checksums(self.root, self.settings, self._each)
                return asbefore.load(kept, self.root, self.settings, checksums)
        return None

    def _name(self, batches: Batches) -> bytes:
        return batches.name(f"built {self.settings.output} {self.settings.readme} {self.settings.look}", SHOWN)

    # How it is kept ---------------------------------------------------------------------------------------------------

    @property
    def entries(self) -> Entries:
        """The folder of the records, to read and change them; raises BadFile if it or the claims are a link."""
        from fedbib.records.folder import Entries

        return Entries(self._folder(), self.settings.entries)

    def _folder(self) -> Path:
        inside.resolve(self.root, f"{self.settings.entries}/{CLAIMS}")
        return inside.resolve(self.root, self.settings.entries)

    @cached_property
    def rules(self) -> Rules:
        """The rules by which fields are chosen and papers compared."""
        from fedbib.sources.rules import rules

        return rules(self.settings.register, self.settings.capitals)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lock the collection for writing; raises BadFile if another run has locked it."""
        folder = self._folder()
        with locked(folder, caches.place(self.root) / "run.json", time.time()):
            sweep(folder)
            yield

    def load(self) -> Loaded:
        """Every record as it is on disk now, and the problems of the files."""
        return self.entries.load()

    def settled(self, record: Record) -> Work:
        """The work of a record, with the terms of the settings for its facets."""
        from fedbib.settle import settle
        from fedbib.words.vocabulary import named

        return named(settle(record, self.rules), self.settings.vocabularies)

    @cached_property
    def _each(self) -> Each:
        """What makes of each record what is told of them all."""
        kept = Kept(place())
        return Each(self.settings, self._put, fingerprint(), kept, self._maker, cores.count(), self.anew)

    def _maker(self, records: int, nav: Sequence[tuple[str, str]]) -> Maker:
        from fedbib.made.one import Maker

        return Maker(self.settings, self.rules, self._put, records, nav)

    def _put(self) -> Inputs:
        return self._inputs

    @cached_property
    def _inputs(self) -> Inputs:
        """What the outputs depend on beside the records and the settings."""
        from fedbib.build.inputs import inputs

        return inputs(self.root, self.settings)

    def _files(self, second: cores.Second[Asked] | None = None) -> tuple[Batches, list[tuple[int, Problems]]]:
        """The records by key, and what is wrong with other files, with the number of records before each."""

        def changed(count: int, records: int) -> None:
            if second and 0 < count < MANY and cores.is_worth(records) and not self.anew:
                second.begin()

        filed, strays = find(self._folder(), self.settings.entries, self._each, changed)
        return self._batches(filed), [(stray.before, self._problems(stray)) for stray in strays]

    def _batches(self, filed: Sequence[Filed]) -> Batches:
        return Batches(self._each, filed, str(self.root).encode("utf-8", "surrogateescape"))

    def _problems(self, stray: Stray) -> Problems:
        return (stray.problem,) if stray.problem else self.entries.of_stray(stray)[1]


class _Bases(Mapping[str, Sequence[str]]):
    """The sources by name with the bases that each has; they are imported when somebody asks."""

    def __getitem__(self, name: str) -> Sequence[str]:
        from fedbib.sources import SOURCES

        return tuple(SOURCES[name].bases)

    def __iter__(self) -> Iterator[str]:
        from fedbib.sources import SOURCES

        return iter(SOURCES)

    def __len__(self) -> int:
        return len(tuple(self))


def _in_order(strays: Sequence[tuple[int, Problems]], each: Sequence[Problems]) -> Problems:
    """What is wrong with files in the order of their names; `each` is that of the records."""
    told = [((before, 0), problems) for before, problems in strays]
    told += [((number, 1), problems) for number, problems in enumerate(each) if problems]
    return tuple(problem for _, problems in sorted(told, key=lambda pair: pair[0]) for problem in problems)


def _several(values: str | Iterable[str]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)
