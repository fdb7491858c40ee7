"""A disk that counts what is done to it, and stops at any of these operations: killed, or refusing."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHANGING = (
    *("open", "write", "fsync", "rename", "replace", "link", "symlink", "unlink", "remove"),
    *("mkdir", "rmdir", "chmod", "fchmod", "truncate", "ftruncate"),
)
"""Functions of `os` through which files change; `open` when it may write."""


class Killed(BaseException):
    """The process is gone: nothing that it would have done happens, nothing of it cleans up."""


class Disk:
    """Counts operations; from the one numbered `last` (1-based) on, none happens.

    With an error number each is refused with it, else the process is killed there: every later one, of a handler that
    would clean up too, raises Killed. A write at the end takes half of its bytes.
    """

    def __init__(self, last: int = 0, refusal: int = 0) -> None:
        self.done: list[tuple[str, str]] = []
        """Operation and last argument that is a path, in order."""
        self._last, self._refusal = last, refusal

    @contextmanager
    def watched(self) -> Iterator[Disk]:
        with pytest.MonkeyPatch.context() as patch:
            for name in CHANGING:
                patch.setattr(os, name, self._counted(name, getattr(os, name)))
            yield self

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **options: Any) -> Any:
            if name == "open" and not args[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                return real(*args, **options)
            paths = [os.fspath(arg) for arg in args if isinstance(arg, str | os.PathLike)]
            self.done.append((name, paths[-1] if paths else ""))
            if not self._last or len(self.done) < self._last:
                return real(*args, **options)
            if name == "write" and len(self.done) == self._last:
                real(args[0], bytes(args[1])[: len(args[1]) // 2])
            if self._refusal:
                raise OSError(self._refusal, os.strerror(self._refusal), *paths[-1:])
            raise Killed

        return counted


REFUSALS = {name: getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EROFS", "EACCES", "EIO")}
