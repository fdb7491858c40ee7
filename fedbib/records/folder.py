"""`entries/` on disk to records and back: finds the files, joins the two halves, reports what cannot be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from fedbib.cores import ahead
from fedbib.disk import files
from fedbib.errors import BadFile
from fedbib.ids.same import same_publication
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.problem import Problem, Severity
from fedbib.model.proposal import Proposal
from fedbib.model.record import Record
from fedbib.records import claimfile, merge, recordfile
from fedbib.records.filing import CLAIMS, CLAIMS_LIMIT, OWN_LIMIT, Halves, Stray, find, is_key, unreadable
from fedbib.text.nearest import nearest


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything under `entries/`: the records that could be read, by key, and what is wrong."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]

    def named(self, keys: Sequence[str]) -> list[Record]:
        """The records of some keys or aliases, each once; BadFile with the nearest key for one that nothing has."""
        by_key = {name: record for record in self.records for name in (record.key, *record.aliases)}
        for key in keys:
            if key not in by_key:
                close = nearest(key, by_key)
                message = "no record has this key" + (f", did you mean {close}?" if close else "")
                raise BadFile(message, where=key, hint="`fedbib list` prints the keys")
        return [by_key[key] for key in dict.fromkeys(keys)]


Parsed = tuple[Record | None, tuple[Problem, ...]]
"""A record, if it can be read, and what is wrong with its files."""


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

    def pick(self, keys: Iterable[str]) -> Loaded:
        """The records of some keys, and no other file is read; every record when one of them is no record's key."""
        names, wanted = set(files.names(self.folder)), tuple(dict.fromkeys(keys))
        if not all(f"{key}.toml" in names for key in wanted):
            return self.load()
        found = [self.one(key) for key in wanted]
        records = tuple(record for record, _ in found if record)
        return Loaded(records, tuple(problem for _, problems in found for problem in problems))

    def scan(self) -> Iterator[Parsed]:
        """The records one by one in the order of their keys, each with its problems; last, those of the folder."""
        filed, strays = find(self.folder, self.name)
        done = 0
        for stray in strays:
            yield from (parse(one.halves(), self.name) for one in filed[done : stray.before])
            yield self.of_stray(stray)
            done = stray.before
        yield from (parse(one.halves(), self.name) for one in filed[done:])

    def of_stray(self, stray: Stray) -> Parsed:
        """What can be had of a file that is no record's, or cannot be had whole."""
        if stray.problem:
            return None, (stray.problem,)
        return self._record(stray.key, has_claims=stray.has_claims)

    def _record(self, key: str, *, has_claims: bool) -> Parsed:
        path = f"{self.name}/{key}.toml"
        try:
            own = files.read(self.folder / f"{key}.toml", limit=OWN_LIMIT)
        except BadFile as error:
            return None, (unreadable(error, path, key),)
        path = f"{self.name}/{CLAIMS}/{key}.json"
        try:
            claims = files.read(self.folder / CLAIMS / f"{key}.json", limit=CLAIMS_LIMIT) if has_claims else None
        except BadFile as error:
            record, problems = parse(Halves(key, own, None), self.name)
            return None, (*problems, unreadable(error, path, key)) if record else problems
        return parse(Halves(key, own, claims), self.name)

    def write_claims(self, key: str, claims: Sequence[Claim], proposals: Sequence[Proposal] | None = None) -> bool:
        """Write the program's half of a record; whether that changed a byte. Without proposals, those it has stay."""
        return files.write(*self._claims(key, claims, proposals))

    def _claims(
        self, key: str, claims: Sequence[Claim], proposals: Sequence[Proposal] | None = None
    ) -> tuple[Path, bytes]:
        path = self.folder / CLAIMS / f"{key}.json"
        if proposals is None and files.exists(path):
            proposals = claimfile.read(files.text(files.read(path, limit=CLAIMS_LIMIT), str(path)), str(path))[1]
        return path, claimfile.render(claims, proposals or ()).encode()

    def write_new(self, record: Record, title: str) -> None:
        """Write both halves of a record that is new; raises BadFile when its file exists."""
        self.take([(record, title)])

    def take(self, new: Iterable[tuple[Record, str]], known: Iterable[Record] = ()) -> None:
        """Write new records with their titles, and the claims of known ones.

        Raises BadFile at the first that cannot be written, or is new and has a file; those before it are whole.
        """
        files.write_all(chain(self._halves(new), (self._claims(record.key, record.claims) for record in known)))

    def _halves(self, new: Iterable[tuple[Record, str]]) -> Iterator[tuple[Path, bytes]]:
        records = list(new)
        for (record, _), (claims, written) in zip(records, ahead(_rendered, records), strict=True):
            path = self.folder / f"{record.key}.toml"
            if files.exists(path):
                raise BadFile("exists already", where=str(path))
            if claims:
                yield self.folder / CLAIMS / f"{record.key}.json", claims
            else:
                self._forget_claims(record.key)
            yield path, written

    def _begin(self, key: str, record: Record) -> None:
        """Write the program's half of a record whose file comes next, or take away what a killed run left of it."""
        if record.claims or record.proposals:
            self.write_claims(key, record.claims, record.proposals)
        else:
            self._forget_claims(key)

    def _forget_claims(self, key: str) -> None:
        files.remove(self.folder / CLAIMS / f"{key}.json")

    def rename(self, old: str, new: str) -> None:
        """Give a record a new key, as `rename_all` does."""
        self.rename_all({old: new})

    def rename_all(self, keys: Mapping[str, str]) -> None:
        """Give records new keys and keep the old ones as aliases; comments and layout of the files stay.

        Nothing is written before all is looked at. The new files stand before the old ones go, and what a killed run
        left is finished. Raises BadFile when there is no such record, when a new key is no key or taken, or when a
        file cannot be written.
        """
        left = [old for old, new in keys.items() if self._is_part(old, new)]
        holders = defaultdict[str, list[Record]](list)
        for record in self.load().records if len(left) < len(keys) else ():
            for name in {name.casefold() for name in (record.key, *record.aliases)}:
                holders[name].append(record)
        for new, (record, written) in [
            (new, self._renamed(old, new, holders)) for old, new in keys.items() if old not in left
        ]:
            self._begin(new, record)
            files.write(self.folder / f"{new}.toml", written)
            self._drop(record.key)
        for old in left:
            self._drop(old)

    def _renamed(self, old: str, new: str, holders: Mapping[str, Sequence[Record]]) -> tuple[Record, bytes]:
        """A record as it is, and the file that it is to have under a new key."""
        import tomlkit

        source = self.folder / f"{old}.toml"
        record, problems = self.one(old)
        if not record:
            raise BadFile(problems[0].message, where=str(source), line=problems[0].line, hint=problems[0].hint)
        content = files.read(source, limit=OWN_LIMIT)
        document = tomlkit.parse(files.text(content, str(source)))
        document["aliases"] = [alias for alias in (*record.aliases, old) if alias != new]
        written = _like(content, tomlkit.dumps(document))
        self._check_key(old, new, written, holders.get(new.casefold(), ()))
        return record, written

    def _check_key(self, old: str, new: str, written: bytes, holders: Sequence[Record]) -> None:
        """Raise BadFile when a record cannot be renamed so, unless it is what a killed run has written already."""
        if not is_key(new):
            raise BadFile(f"{new!r} cannot be a citation key", hint="use up to 100 letters, digits, '-' and '_'")
        if new.casefold() == old.casefold():
            raise BadFile(f"{new!r} differs from {old!r} only in the case of letters")
        for other in holders:
            if other.key == old and new in other.aliases:
                continue
            path = self.folder / f"{new}.toml"
            if other.key != new or files.read(path, limit=OWN_LIMIT) != written:
                raise BadFile(f"{new!r} is the key or an alias of {other.key}")

    def _is_part(self, gone: str, key: str) -> bool:
        """Whether a record without a file of its own lives on in another one, whose aliases tell."""
        if not is_key(gone) or not is_key(key) or files.exists(self.folder / f"{gone}.toml"):
            return False
        record, _ = self.one(key)
        return record is not None and gone in record.aliases

    def _drop(self, key: str) -> None:
        """Delete a record; its own file goes first, so that claims without a record are all that can be left."""
        files.remove(self.folder / f"{key}.toml")
        files.remove(self.folder / CLAIMS / f"{key}.json")

    def accept(self, key: str, id: Identifier) -> Proposal | None:
        """Take a proposed identifier into a record's file, its comments and layout kept; the proposal it was.

        None for one that the record has already; what a killed run left is finished. Raises BadFile when there is no
        such record or proposal, when the record has another id of the scheme, or when a file cannot be written.
        """
        record = self.known(key)
        if id in record.ids:
            self._settle_proposals(record, id)
            return None
        proposal = next((item for item in record.proposals if item.id == id), None)
        if proposal is None:
            raise BadFile(f"{id} is not proposed", where=key, hint=_hint(id, [item.id for item in record.proposals]))
        if taken := next((known for known in record.ids if known.scheme is id.scheme), None):
            hint = f"if {id} is right, write it in the file instead of the other; if not: `fedbib reject {key} {id}`"
            raise BadFile(f"already has {taken}", where=f"{self.name}/{key}.toml", hint=hint)
        self.add_id(key, id)
        self._settle_proposals(record, id)
        return proposal

    def confirm(self, key: str) -> str:
        """Take a record that waits into the outputs, on a person's word; what it waited for.

        Raises BadFile when there is no such record, when it waits for nothing, or when its file cannot be written.
        """
        record = self.known(key)
        if not record.waiting:
            raise BadFile(
                "does not wait for review", where=key, hint="`fedbib list --waiting` prints the records that wait"
            )
        self._edit(key, recordfile.without_waiting)
        return record.waiting

    def reject(self, key: str, id: Identifier) -> None:
        """Note in a record's file that an id proposed or linked is not its paper's; what the program has of it goes.

        What a killed run left is finished. Raises BadFile as `accept` does.
        """
        record = self.known(key)
        linked = [claim.id for claim in record.claims if claim.id and claim.is_linked and claim.id not in record.ids]
        known = [*(item.id for item in record.proposals), *linked]
        if id not in known and id not in record.rejected:
            raise BadFile(f"{id} is neither proposed nor linked", where=key, hint=_hint(id, known))
        if id not in record.rejected:
            self._edit(key, lambda text: recordfile.with_rejected(text, id))
        kept = [
            claim for claim in record.claims if not (claim.id and claim.is_linked and same_publication(claim.id, id))
        ]
        self._settle_proposals(replace(record, claims=tuple(kept)), id)

    def add_id(self, key: str, id: Identifier) -> None:
        """Write an identifier into a record's file, its comments and layout kept."""
        self._edit(key, lambda text: recordfile.with_id(text, id))

    def _edit(self, key: str, edit: Callable[[str], str]) -> None:
        path, name = self.folder / f"{key}.toml", f"{self.name}/{key}.toml"
        content = files.read(path, limit=OWN_LIMIT)
        text = edit(files.text(content, name))
        if problems := recordfile.parse(text, key, name)[1]:
            first = problems[0]
            raise BadFile(
                first.message, where=name, line=first.line, hint="nothing was written; correct the file first"
            )
        files.write(path, _like(content, text))

    def _settle_proposals(self, record: Record, id: Identifier) -> None:
        """Write the program's half without the proposals of one publication."""
        left = [item for item in record.proposals if not same_publication(item.id, id)]
        if files.exists(self.folder / CLAIMS / f"{record.key}.json"):
            self.write_claims(record.key, record.claims, left)

    def merge(self, key: str, other: str, *, anyway: bool = False) -> tuple[str, ...]:
        """Unite two records under the first key; what the second said otherwise and was not taken, as texts.

        Every identifier, facet, link, pinned value and claim of both stays, the comments and the layout of the first
        file too; the second key and its aliases become aliases. Of two values for one place the first record's stays.
        The united files stand before the second record's go, and what a killed run left is finished.
        Raises BadFile when a record is missing or when both have different ids of one scheme, unless `anyway`.
        """
        import tomlkit

        if self._is_part(other, key):
            self._drop(other)
            return ()
        first, second = self.known(key), self.known(other)
        if key == other:
            raise BadFile("is one record; give two", where=key)
        lost = merge.contradictions(first, second)
        ids = [text for text in lost if text.startswith("ids.")]
        if ids and not anyway:
            hint = "these look like two papers; if they are one, --anyway keeps the first record's and prints the other"
            raise BadFile("; ".join(ids), where=f"{key} and {other}", hint=hint)
        united = merge.united(first, second)
        path = self.folder / f"{key}.toml"
        content = files.read(path, limit=OWN_LIMIT)
        document = tomlkit.parse(files.text(content, f"{self.name}/{key}.toml"))
        merge.fill(document, tomlkit.parse(recordfile.render(united)))
        text = tomlkit.dumps(document)
        found, problems = recordfile.parse(text, key, f"{self.name}/{key}.toml")
        if problems or found != replace(united, claims=(), proposals=()):
            message = "cannot be merged with another record automatically"
            raise BadFile(message, where=str(path), hint="edit it by hand")
        self.write_claims(key, united.claims, united.proposals)
        files.write(path, _like(content, text))
        self._drop(other)
        return lost

    def one(self, key: str) -> tuple[Record | None, tuple[Problem, ...]]:
        """The record of a key and what is wrong with its files."""
        if not is_key(key):
            path = f"{self.name}/{key}.toml"
            return None, (Problem("R04", Severity.ERROR, f"{key!r} cannot be a citation key", path, key=key),)
        return self._record(key, has_claims=files.exists(self.folder / CLAIMS / f"{key}.json"))

    def known(self, key: str) -> Record:
        """The record of a key; BadFile, with the nearest key, when there is none or it cannot be read."""
        record, problems = self.one(key)
        if not record:
            names = (name.removesuffix(".toml") for name in files.names(self.folder) if name.endswith(".toml"))
            close = nearest(key, names)
            if is_key(key) and not files.exists(self.folder / f"{key}.toml"):
                raise BadFile("no record has this key" + (f", did you mean {close}?" if close else ""), where=key)
            raise BadFile(problems[0].message, where=problems[0].path, line=problems[0].line, hint=problems[0].hint)
        return record


def parse(halves: Halves, name: str) -> Parsed:
    """The record of two files, and what is wrong with them; `name` is the folder's, for the paths in problems. Pure."""
    key, path = halves.key, f"{name}/{halves.key}.toml"
    try:
        record, problems = recordfile.parse(files.text(halves.own, path), key, path)
    except BadFile as error:
        return None, (unreadable(error, path, key),)
    if record is None or halves.claims is None:
        return record, problems
    path = f"{name}/{CLAIMS}/{key}.json"
    try:
        claims, proposals = claimfile.read(files.text(halves.claims, path), path)
    except BadFile as error:
        return None, (*problems, unreadable(error, path, key))
    # A person, or a run that was killed, may have decided without the program's file being written.
    open_ = tuple(
        item for item in proposals if not any(same_publication(item.id, id) for id in (*record.ids, *record.rejected))
    )
    return replace(record, claims=claims, proposals=open_), problems


def _rendered(new: tuple[Record, str]) -> tuple[bytes, bytes]:
    """The two files of a new record with its title: the program's, "" where it says nothing, and people's."""
    record, title = new
    has = record.claims or record.proposals
    claims = claimfile.render(record.claims, record.proposals).encode() if has else b""
    return claims, recordfile.render(record, title).encode()


def _like(content: bytes, text: str) -> bytes:
    """A text with the line ends that a file has now."""
    return text.replace("\n", "\r\n" if b"\r\n" in content else "\n").encode()


def _hint(id: Identifier, known: Iterable[Identifier]) -> str:
    ids = [str(one) for one in known]
    close = nearest(str(id), ids)
    return f"did you mean {close}?" if close else "known: " + ", ".join(ids) if ids else "`fedbib review` lists what is"
