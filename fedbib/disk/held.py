"""What one run holds by name: in memory, and what is too much for that in a file without a name."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Iterator, MutableMapping
from itertools import chain
from typing import Any

from fedbib.disk.cache import cache_folder

_MOST = 200_000_000
"""Bytes that are held in memory."""


class Held(MutableMapping[bytes, bytes]):
    """Contents by name. A copy of the process reads them all, and holds its own in memory."""

    def __init__(self, most: int = _MOST) -> None:
        self._left, self._process = most, os.getpid()
        self._here: dict[bytes, bytes] = {}
        self._there: dict[bytes, tuple[int, int]] = {}
        """Where each begins in the file, and how long it is."""
        self._file, self._end = -1, 0

    def __setitem__(self, name: bytes, content: bytes) -> None:
        self.pop(name, None)
        if self._left < len(content) and self._wrote(content):
            self._there[name] = self._end, len(content)
            self._end += len(content)
        else:
            self._here[name] = content
            self._left -= len(content)

    def _wrote(self, content: bytes) -> bool:
        """Whether a content stands at the end of the file: not where there is no room, nor in a copy of the process."""
        if os.getpid() != self._process or not hasattr(os, "pwrite"):
            return False
        try:
            if self._file < 0:
                from tempfile import TemporaryFile

                with TemporaryFile(dir=cache_folder()) as file:
                    self._file = os.dup(file.fileno())
                weakref.finalize(self, os.close, self._file)
            rest, at = memoryview(content), self._end
            while rest:
                written = os.pwrite(self._file, rest, at)
                rest, at = rest[written:], at + written
        except OSError:
            return False
        return True

    def __getitem__(self, name: bytes) -> bytes:
        if name in self._here:
            return self._here[name]
        start, size = self._there[name]
        content = os.pread(self._file, size, start)
        if len(content) != size:
            raise KeyError(name)
        return content

    def __delitem__(self, name: bytes) -> None:
        if name in self._here:
            self._left += len(self._here.pop(name))
        else:
            del self._there[name]

    def __iter__(self) -> Iterator[bytes]:
        return chain(self._here, self._there)

    def __len__(self) -> int:
        return len(self._here) + len(self._there)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Another process is told the contents."""
        return dict, (dict(self),)
