"""A collection on disk: its settings, its records, its outputs. The edge between the pure middle and the commands."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from fedbib import build, settings
from fedbib.build import Output
from fedbib.disk import files
from fedbib.disk.files import cache_folder
from fedbib.disk.lock import locked
from fedbib.errors import BadFile, BadSettings, BadValue, RoundTripLost
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.records.folder import CLAIMS, Entries, Loaded
from fedbib.settings import Settings
from fedbib.settle import settle
from fedbib.site.entry import Entry, entry
from fedbib.sources import SOURCES
from fedbib.sources.rules import rules
from fedbib.sync.memory import place
from fedbib.words.rules import Rules
from fedbib.words.venues import register
from fedbib.words.vocabulary import named

if TYPE_CHECKING:
    from fedbib.references.style import Style

T = TypeVar("T")

_SETTINGS_LIMIT = 1_000_000
_OUTPUT_LIMIT = 2_000_000_000
_STYLE_LIMIT = 10_000_000


@dataclass(frozen=True)
class Collection:
    root: Path
    settings: Settings

    @classmethod
    def open(cls, folder: Path) -> Collection:
        """The collection whose settings lie in `folder` or above it; BadSettings when there is none."""
        folder = folder.absolute()
        if not folder.is_dir():
            raise BadSettings("no such folder", where=str(folder))
        for root in (folder, *folder.parents):
            for name in settings.FILES:
                found = _settings(root / name)
                if found is not None:
                    return cls(root, found)
        raise BadSettings(
            "no collection here or above: no fedbib.toml and no [tool.fedbib] in a pyproject.toml",
            where=str(folder),
            hint="make one with `fedbib init`, or name its folder with `fedbib -C FOLDER ...`",
        )

    @property
    def entries(self) -> Entries:
        return Entries(self.root / self.settings.entries, self.settings.entries)

    @cached_property
    def rules(self) -> Rules:
        """What the records are settled and matched by."""
        return rules(register())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the collection while it is written to; BadFile when another run does."""
        with locked(self.root / self.settings.entries, self.place / "run.json", time.time()):
            self.entries.sweep()
            yield

    @property
    def place(self) -> Path:
        """Where this machine keeps what it knows of the collection's past runs; safe to delete."""
        return place(cache_folder(), self.root)

    def load(self) -> Loaded:
        """Every record, and what is wrong with the files."""
        return self.entries.load()

    def works(self) -> tuple[tuple[Work, ...], tuple[Problem, ...]]:
        """The settled works by key, and what is wrong with the records. No more than one record is held at a time.

        Records that wait for review are not among them.
        """
        return self._each(self.settled)

    def waiting(self) -> tuple[tuple[tuple[Work, str], ...], tuple[Problem, ...]]:
        """The works that wait for review, each with the reason, and what is wrong with the records."""
        loaded = self.load()
        found = ((self.settled(record), record.waiting) for record in loaded.records if record.waiting)
        return tuple(found), loaded.problems

    def settled(self, record: Record) -> Work:
        """The work of a record, its facets in the words of the collection."""
        return named(settle(record, self.rules), self.settings.vocabularies)

    def shown(self) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
        """As `works`, each with what only its record knows."""
        return self._each(lambda record: entry(record, self.settled(record), self.rules))

    def _each(self, made: Callable[[Record], T]) -> tuple[tuple[T, ...], tuple[Problem, ...]]:
        """What is made of each record that does not wait, and what is wrong with the records."""
        results: list[T] = []
        problems: list[Problem] = []
        for record, found in self.entries.scan():
            problems += found
            if record and not record.waiting:
                results.append(made(record))
        return tuple(results), tuple(problems)

    def outputs(self, entries: Sequence[Entry]) -> list[Output]:
        """What the output files, the README and the page should hold."""
        about, folder = self.settings.about, self.settings.output
        works = [entry.work for entry in entries]
        made = list(build.outputs(works, about, folder))
        if self.settings.site:
            made += build.site(self._with_references(entries), about, folder, tuple(made), self.look())
        if self.settings.readme:
            made.append(build.readme(works, about, self.settings.readme, self.read(self.settings.readme)))
        return made

    def _with_references(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        if not self.settings.style:
            return entries
        from fedbib.references.pandoc import references

        try:
            style = style_of(self.settings.style, self.root)
        except BadValue as error:
            raise BadSettings(error.message, where="style in the settings", hint=error.hint) from None
        made = references([entry.work for entry in entries], style, numbered=False)
        said = {each.key: each.rich for each in made}
        return [replace(entry, reference=said.get(entry.work.key, "")) for entry in entries]

    def look(self) -> dict[str, str]:
        """The collection's own templates by name; BadSettings when their folder holds something else."""
        if not self.settings.templates:
            return {}
        from fedbib.site import LOOK

        folder = self.root / self.settings.templates
        found = list(files.names(folder))
        if not found or (strange := [name for name in found if name not in LOOK]):
            raise BadSettings(
                f"holds {', '.join(strange)}" if found else "holds no template",
                where=str(folder),
                hint="known: " + ", ".join(LOOK),
            )
        return {
            name: files.text(files.read(folder / name, limit=_SETTINGS_LIMIT), str(folder / name)) for name in found
        }

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Path, time of change and size of every record, template and file of settings."""
        entries = self.root / self.settings.entries
        folders = [entries, entries / CLAIMS]
        if self.settings.templates:
            folders.append(self.root / self.settings.templates)
        paths = [folder / name for folder in folders for name in files.names(folder)]
        paths += [self.root / name for name in settings.FILES]
        if self.settings.style.lower().endswith(".csl"):
            paths.append(self.root / self.settings.style)
        return tuple((str(path), *files.stamp(path)) for path in paths)

    def leftover(self, outputs: Sequence[Output]) -> list[str]:
        """Pages on disk of papers that are gone or have another key now."""
        if not self.settings.site:
            return []
        wanted = {output.path for output in outputs}
        site = f"{self.settings.output}/{build.SITE}"
        paths = (
            f"{site}/{folder}/{name}"
            for folder, ending in build.SITE_OWN.items()
            for name in files.names(self.root / site / folder)
            if name.endswith(ending)
        )
        return [path for path in paths if path not in wanted]

    def read(self, path: str) -> str:
        """A file of the collection with its line ends as they are; "" when there is none."""
        full = self.root / path
        if not full.exists() and not full.is_symlink():
            return ""
        content = files.read(full, limit=_OUTPUT_LIMIT)
        files.text(content, path)
        return content.decode("utf-8")

    def stale(self, outputs: Sequence[Output]) -> list[Output]:
        """The outputs that differ from what is on disk."""
        return [output for output in outputs if self.read(output.path) != output.text]

    def problems(self) -> tuple[Problem, ...]:
        """Everything that `fedbib check` finds: in the files, in the records and works, in the outputs."""
        from fedbib.checks import check

        loaded = self.load()
        works = [self.settled(record) for record in loaded.records]
        paths, words = (lambda key: f"{self.settings.entries}/{key}.toml"), self.settings.vocabularies
        found = [*loaded.problems, *check(loaded.records, works, paths, self.rules, words)]
        try:
            pairs = zip(loaded.records, works, strict=True)
            outputs = self.outputs([entry(record, work, self.rules) for record, work in pairs if not record.waiting])
            for path in (*(output.path for output in self.stale(outputs)), *self.leftover(outputs)):
                hint = "run `fedbib build` and commit what it writes"
                found.append(Problem("O01", Severity.ERROR, "is not what build would write", path, hint=hint))
        except (BadFile, RoundTripLost) as error:
            found.append(Problem("O01", Severity.ERROR, error.message, error.where, error.line, hint=error.hint))
        return tuple(found)

    def write(self, outputs: Sequence[Output], works: Sequence[Work], leftover: Sequence[str] = ()) -> list[str]:
        """Write the outputs and delete what is left over; the paths of those that changed.

        Raises BadFile when there are no works but the outputs on disk hold some: the records are missing, not gone.
        """
        if not works and (full := self._full(outputs)):
            raise BadFile(
                f"holds {len(build.listed(full, self.read(full)))} works, and there are no records to build from",
                where=full,
                hint=f"look what became of {self.settings.entries}/; to begin anew, delete the outputs by hand",
            )
        written = [output.path for output in outputs if files.write(self.root / output.path, output.text.encode())]
        for path in leftover:
            files.remove(self.root / path)
        return written

    def _full(self, outputs: Sequence[Output]) -> str:
        """The first output that holds works on disk, or ""."""
        paths = (output.path for output in outputs)
        return next((path for path in paths if build.listed(path, self.read(path))), "")


def _settings(path: Path) -> Settings | None:
    import tomli

    if not path.is_file():
        return None
    text = files.text(files.read(path, limit=_SETTINGS_LIMIT), str(path))
    try:
        data = tomli.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadSettings(f"is not TOML: {error}", where=str(path)) from error
    if path.name == "pyproject.toml":
        tool = data.get("tool", {})
        if not isinstance(tool, dict) or "fedbib" not in tool:
            return None
        data = tool["fedbib"] if isinstance(tool["fedbib"], dict) else {"": tool["fedbib"]}
    return settings.parse(data, str(path), {name: tuple(source.bases) for name, source in SOURCES.items()})


def style_of(name: str, folder: Path) -> Style:
    """The CSL style of a name, or of a .csl file by its path from a folder; raises BadValue or BadFile."""
    from fedbib.references.style import named, parse

    if not name.lower().endswith(".csl"):
        return named(name)
    return parse(files.read(folder / name, limit=_STYLE_LIMIT), name)
