"""What the files of a folder hold, without reading again those that nobody can have changed since they were read.

As in git's index, a file is known by its size, its inode and the times of its last changes. One that changed just
before it was read is read again the next time: within a tick of the clock it may have changed once more.
"""

from __future__ import annotations

import os
import stat
import struct
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from fedbib.disk import files

_TICK = 3_000_000_000
"""Nanoseconds after which a change gives a file another time on every file system; on FAT it is two seconds."""

_State = tuple[int, int, int, int]
"""Size, inode, and when the content and what the system tells of the file changed last, in nanoseconds."""
_STATE = struct.Struct("<QQqq")
_NEVER: tuple[_State | None, bytes] = None, b""
_LARGEST = (1 << 64) - 1
"""Of an inode what is kept; Windows has longer ones."""


class Memory(Protocol):
    """What past runs kept, by name."""

    def find(self, name: bytes, /) -> bytes | None: ...
    def keep(self, name: bytes, content: bytes, /) -> None: ...


class _Nothing:
    def find(self, _: bytes, /) -> None:
        return None

    def keep(self, _: bytes, __: bytes, /) -> None:
        pass


NOTHING: Memory = _Nothing()
"""Knows nothing, and keeps nothing."""


Digest = Callable[[bytes], bytes]
"""A hash of some bytes; its results are all of one length."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Files of a folder."""

    digests: Mapping[str, bytes]
    """A hash of what each holds, by name; what cannot be read has none."""
    contents: Mapping[str, bytes]
    """What those hold that were read."""


def look(folder: Path, names: Sequence[str], limit: int, digest: Digest, memory: Memory) -> Seen:
    """What files of at most `limit` bytes hold; `memory` keeps by what they were known."""
    return Glance(folder, names, digest, memory).read(limit)


class Glance:
    """Files of a folder, of which some have to be read."""

    def __init__(self, folder: Path, names: Sequence[str], digest: Digest, memory: Memory) -> None:
        self._folder, self._digest, self._memory, self._now = folder, digest, memory, time.time_ns()
        self._place = b"seen %b %b" % (digest(b""), str(folder).encode("utf-8", "surrogateescape"))
        kept = memory.find(self._place)
        self._known = _load(kept) if kept else {}
        self._states = _states(folder, names)
        self.digests: dict[str, bytes] = {}
        """A hash of what each of those holds that are as they were, by name."""
        self.unknown: list[str] = []
        """The regular files that have to be read."""
        for name, state in self._states.items():
            before, said = self._known.get(name, _NEVER)
            if before == state:
                self.digests[name] = said
            else:
                self.unknown.append(name)
        self.changes = max(len(self.unknown), len(self._known) - len(self.digests))
        """How many came or changed, or changed or went, whichever are more."""
        self.size = sum(self._states[name][0] for name in self.unknown)
        """How many bytes those have."""

    def read(self, limit: int) -> Seen:
        """What all of at most `limit` bytes hold."""
        read = files.read_all(self._folder, self.unknown, limit=limit)
        contents = {name: content for name, content in zip(self.unknown, read, strict=True) if content is not None}
        return Seen(self.learn({name: self._digest(content) for name, content in contents.items()}), contents)

    def learn(self, digests: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """Keep those of files that were read since; all that are known now."""
        found = {**self.digests, **digests}
        if len(self.digests) == len(self._states) == len(self._known):
            return found  # and nothing is new
        sure = {name: self._known[name] for name in self.digests}
        for name, said in digests.items():
            if max(self._states[name][2:]) < self._now - _TICK:
                sure[name] = self._states[name], said
        if sure != self._known:
            self._memory.keep(self._place, _dump(sure))
        return found


def _states(folder: Path, names: Sequence[str]) -> dict[str, _State]:
    """The states of the regular files among those names."""
    found: dict[str, _State] = {}
    try:
        inside = os.open(folder, os.O_RDONLY) if os.stat in os.supports_dir_fd else None
    except OSError:
        return found
    try:
        for name in names:
            try:
                one = os.stat(name if inside is not None else folder / name, dir_fd=inside, follow_symlinks=False)
            except (OSError, ValueError):
                continue
            if stat.S_ISREG(one.st_mode):
                found[name] = one.st_size, one.st_ino & _LARGEST, one.st_mtime_ns, one.st_ctime_ns
    finally:
        if inside is not None:
            os.close(inside)
    return found


def _dump(known: Mapping[str, tuple[_State, bytes]]) -> bytes:
    names = "\0".join(known).encode("utf-8", "surrogateescape")
    states = b"".join([_STATE.pack(*state) for state, _ in known.values()])
    return b"%d %d\n%b%b%b" % (len(known), len(names), names, states, b"".join([said for _, said in known.values()]))


def _load(content: bytes) -> dict[str, tuple[_State, bytes]]:
    """What `_dump` was given; it was written by this very program."""
    head, _, rest = content.partition(b"\n")
    count, length = map(int, head.split())
    if not count:
        return {}
    names = rest[:length].decode("utf-8", "surrogateescape").split("\0")
    end = length + count * _STATE.size
    size = (len(rest) - end) // count
    states: Iterator[Any] = _STATE.iter_unpack(rest[length:end])
    digests = [rest[at : at + size] for at in range(end, len(rest), size)]
    return dict(zip(names, zip(states, digests, strict=True), strict=True))
