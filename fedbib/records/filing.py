"""Which records a folder has, and what their files hold, known by hashes: what is known so need not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path

from fedbib.disk import files, inside
from fedbib.disk.seen import NOTHING, Glance, Memory, Seen, look
from fedbib.errors import BadFile
from fedbib.model.problem import Problem, Severity
from fedbib.text.regex import regex

CLAIMS = "claims"
"""The folder of the program's files."""
OWN_LIMIT = 1_000_000
"""Bytes of a person's file, which has a few lines."""
CLAIMS_LIMIT = 20_000_000
"""Bytes of a file of the program's: some 100,000 authors."""

_KEY = regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


def is_key(text: str) -> bool:
    """Whether a text can be a citation key and, on every file system, a file name.

    Letters, digits, `-` and `_`, at most 100, the first a letter or digit; not a device name of Windows.
    """
    return bool(_KEY.fullmatch(text)) and not inside.is_device(text)


@dataclass(frozen=True, slots=True)
class Halves:
    """The two files of a record, byte for byte: all that is known of it."""

    key: str
    own: bytes
    claims: bytes | None
    """None where the record has no such file."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A record by what its files hold."""

    key: str
    stamp: bytes
    """A hash of the files and their name."""
    halves: Callable[[], Halves]
    """Gives the files; BadFile where they are not what they were."""

    @classmethod
    def of(cls, halves: Halves) -> Filed:
        """Of files that were read."""
        claims = None if halves.claims is None else digest(halves.claims)
        return cls(halves.key, _stamp(halves.key, digest(halves.own), claims), lambda: halves)


@dataclass(frozen=True, slots=True)
class Stray:
    """A file that is no record's, or that cannot be had."""

    before: int
    """How many records stand before it."""
    problem: Problem | None
    """What is wrong with it; None where reading it tells."""
    key: str = ""
    has_claims: bool = False


def digest(content: bytes) -> bytes:
    """A hash of a file."""
    return blake2b(content, digest_size=16).digest()


def _stamp(key: str, own: bytes, claims: bytes | None) -> bytes:
    return digest(b"%b\n%b%b" % (key.encode(), own, claims or b""))


def find(
    folder: Path, name: str, memory: Memory = NOTHING, changed: Callable[[int, int], object] = lambda _, __: None
) -> tuple[list[Filed], list[Stray]]:
    """The records in the order of their keys, and what else lies there; last, what is wrong with the folder.

    `name` is the folder's, for the paths in problems. Files that are as the memory knows them are not read. As soon as
    it is known `changed` is told how many of people's files are not so, and how many there are.
    """
    filed: list[Filed] = []
    strays: list[Stray] = []
    path = name
    try:
        keys = sorted(one.removesuffix(".toml") for one in files.names(folder) if one.endswith(".toml"))
        glance = Glance(folder, [f"{key}.toml" for key in keys], digest, memory)
        changed(glance.changes, len(keys))
        own = glance.read(OWN_LIMIT)
        path = f"{name}/{CLAIMS}"
        claimed = {one for one in files.names(folder / CLAIMS) if one.endswith(".json")}
    except BadFile as error:
        return filed, [Stray(0, unreadable(error, path, ""))]
    names = [one for key in keys if (one := f"{key}.json") in claimed]
    claims = look(folder / CLAIMS, names, CLAIMS_LIMIT, digest, memory)
    folded: dict[str, str] = {}
    for key in keys:
        content, said = own.digests.get(f"{key}.toml"), claims.digests.get(f"{key}.json")
        has_claims = said is not None or f"{key}.json" in claimed
        if not is_key(key) or folded.setdefault(key.casefold(), key) != key:
            strays.append(Stray(len(filed), _misnamed(key, name, folded)))
        elif content is None or (said is None and has_claims):
            strays.append(Stray(len(filed), None, key, has_claims))
        else:
            stamp = _stamp(key, content, said)
            filed.append(Filed(key, stamp, partial(_halves, key, stamp, folder, name, own, claims)))
    for one in sorted(claimed.difference(names)):
        key, path = one.removesuffix(".json"), f"{name}/{CLAIMS}/{one}"
        hint = f"restore {name}/{key}.toml or delete this file"
        strays.append(Stray(len(filed), Problem("R08", Severity.WARNING, "has no record", path, key=key, hint=hint)))
    return filed, strays


def _halves(key: str, stamp: bytes, folder: Path, name: str, own: Seen, claims: Seen) -> Halves:
    """The files of a record, which are read if they were not; BadFile where they are not those of the stamp."""
    has_claims = f"{key}.json" in claims.digests
    first = own.contents.get(f"{key}.toml")
    if first is None:
        first = files.read(folder / f"{key}.toml", limit=OWN_LIMIT)
    second = claims.contents.get(f"{key}.json")
    if second is None and has_claims:
        second = files.read(folder / CLAIMS / f"{key}.json", limit=CLAIMS_LIMIT)
    return _as_stamped(Halves(key, first, second), stamp, name)


def _as_stamped(halves: Halves, stamp: bytes, name: str) -> Halves:
    if Filed.of(halves).stamp != stamp:
        raise BadFile("was changed meanwhile", where=f"{name}/{halves.key}.toml", hint="run the command again")
    return halves


def again(folder: Path, name: str, stamps: Mapping[str, bytes]) -> list[Filed]:
    """The records that another process found, by their stamps."""
    return [Filed(key, stamp, partial(_read, key, stamp, folder, name)) for key, stamp in stamps.items()]


def _read(key: str, stamp: bytes, folder: Path, name: str) -> Halves:
    path = folder / CLAIMS / f"{key}.json"
    claims = files.read(path, limit=CLAIMS_LIMIT) if files.exists(path) else None
    return _as_stamped(Halves(key, files.read(folder / f"{key}.toml", limit=OWN_LIMIT), claims), stamp, name)


def _misnamed(key: str, name: str, folded: dict[str, str]) -> Problem:
    """What is wrong with a key; `folded` are those before it by their small letters."""
    path = f"{name}/{key}.toml"
    if not is_key(key):
        hint = "rename it: use up to 100 letters, digits, '-' and '_', beginning with a letter or digit"
        return Problem("R04", Severity.ERROR, f"{key!r} cannot be a citation key", path, hint=hint)
    message = f"the key differs from {name}/{folded[key.casefold()]}.toml only in the case of letters"
    return Problem("R04", Severity.ERROR, message, path, key=key, hint="rename one of them")


def sweep(folder: Path) -> None:
    """Delete what a killed run left behind."""
    files.sweep((folder, folder / CLAIMS))


def unreadable(error: BadFile, path: str, key: str) -> Problem:
    """That a file or a folder cannot be read, and why."""
    return Problem("R01", Severity.ERROR, error.message, path, error.line, key, hint=error.hint)
