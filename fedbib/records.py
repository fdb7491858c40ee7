"""`entries/` on disk to records and back: finds the files, joins the two halves, reports what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fedbib import claimfile, files, recordfile
from fedbib.errors import BadFile
from fedbib.model.claim import Claim
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record

CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything under `entries/`: the records that could be read, by key, and what is wrong."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """The folder of records. Paths in problems are `name` and below, with `/`."""

    folder: Path
    name: str = "entries"

    def load(self) -> Loaded:
        """Every record; bad ones are named and never stop the others."""
        records: list[Record] = []
        problems: list[Problem] = []
        for record, found in self.scan():
            problems += found
            if record:
                records.append(record)
        return Loaded(tuple(records), tuple(problems))

    def scan(self) -> Iterator[tuple[Record | None, tuple[Problem, ...]]]:
        """The records one by one in the order of their keys, each with its problems; last, those of the folder."""
        try:
            found = [name for name in files.names(self.folder) if name.endswith(".toml")]
            claimed = {name for name in files.names(self.folder / CLAIMS) if name.endswith(".json")}
        except BadFile as error:
            yield None, (_unreadable(error, self.name, ""),)
            return
        folded: dict[str, str] = {}
        for name in sorted(found, key=lambda name: name.removesuffix(".toml")):
            key = name.removesuffix(".toml")
            path = f"{self.name}/{name}"
            if not recordfile.is_key(key):
                hint = "rename it: letters, digits, '-' and '_', at most 100, the first a letter or digit"
                yield None, (Problem("R04", Severity.ERROR, f"{key!r} cannot be a citation key", path, hint=hint),)
                continue
            if twin := folded.setdefault(key.casefold(), name) != name and folded[key.casefold()]:
                message = f"the key differs from {self.name}/{twin} only in the case of letters"
                yield None, (Problem("R04", Severity.ERROR, message, path, key=key, hint="rename one of them"),)
                continue
            yield self._record(key, path, f"{key}.json" in claimed)
        for name in sorted(claimed - {f"{name.removesuffix('.toml')}.json" for name in found}):
            path = f"{self.name}/{CLAIMS}/{name}"
            hint = f"restore {self.name}/{name.removesuffix('.json')}.toml or delete this file"
            yield None, (Problem("R08", Severity.WARNING, "claims without a record", path, hint=hint),)

    def _record(self, key: str, path: str, has_claims: bool) -> tuple[Record | None, tuple[Problem, ...]]:
        try:
            content = files.read(self.folder / f"{key}.toml", limit=recordfile.LIMIT)
            record, problems = recordfile.parse(files.text(content, path), key, path)
        except BadFile as error:
            return None, (_unreadable(error, path, key),)
        if record is None or not has_claims:
            return record, problems
        path = f"{self.name}/{CLAIMS}/{key}.json"
        try:
            content = files.read(self.folder / CLAIMS / f"{key}.json", limit=claimfile.LIMIT)
            claims = claimfile.parse(files.text(content, path), path)
        except BadFile as error:
            return None, (*problems, _unreadable(error, path, key))
        return replace(record, claims=claims), problems

    def write_claims(self, key: str, claims: Sequence[Claim]) -> bool:
        """Write the program's half of a record; whether that changed a byte."""
        return files.write(self.folder / CLAIMS / f"{key}.json", claimfile.render(claims).encode())

    def write_new(self, record: Record, title: str) -> None:
        """Write both halves of a record that is new; raises BadFile when its file exists."""
        path = self.folder / f"{record.key}.toml"
        if path.exists() or path.is_symlink():
            raise BadFile("exists already", where=str(path))
        if record.claims:
            self.write_claims(record.key, record.claims)
        files.write(path, recordfile.render(record, title).encode())

    def rename(self, old: str, new: str) -> None:
        """Give a record a new key and keep the old one as an alias; comments and layout of the file stay.

        Raises BadFile when there is no such record, when the new key is no key or taken, or when a file cannot be
        written. The new files stand before the old ones go.
        """
        import tomlkit

        source, target = self.folder / f"{old}.toml", self.folder / f"{new}.toml"
        record, problems = self.one(old)
        if not record:
            raise BadFile(problems[0].message, where=str(source), line=problems[0].line, hint=problems[0].hint)
        if not recordfile.is_key(new):
            raise BadFile(f"{new!r} cannot be a citation key", hint="letters, digits, '-' and '_', at most 100")
        if new.casefold() == old.casefold():
            raise BadFile(f"{new!r} differs from {old!r} only in the case of letters")
        for other in self.load().records:
            taken = {name.casefold() for name in (other.key, *other.aliases)}
            if new.casefold() in taken and not (other.key == old and new in other.aliases):
                raise BadFile(f"{new!r} is the key or an alias of {other.key}")
        document = tomlkit.parse(files.text(files.read(source, limit=recordfile.LIMIT), str(source)))
        document["aliases"] = [alias for alias in (*record.aliases, old) if alias != new]
        if record.claims:
            self.write_claims(new, record.claims)
        files.write(target, tomlkit.dumps(document).encode())
        files.remove(source)
        files.remove(self.folder / CLAIMS / f"{old}.json")

    def one(self, key: str) -> tuple[Record | None, tuple[Problem, ...]]:
        """The record of a key and what is wrong with its files."""
        path = f"{self.name}/{key}.toml"
        if not recordfile.is_key(key):
            return None, (Problem("R04", Severity.ERROR, f"{key!r} cannot be a citation key", path, key=key),)
        return self._record(key, path, f"{key}.json" in set(files.names(self.folder / CLAIMS)))

    def sweep(self) -> None:
        """Delete what a killed run left behind."""
        files.sweep((self.folder, self.folder / CLAIMS))


def _unreadable(error: BadFile, path: str, key: str) -> Problem:
    return Problem("R01", Severity.ERROR, error.message, path, error.line, key, hint=error.hint)
