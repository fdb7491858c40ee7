"""Regular expressions that are compiled when they are first used.

There are hundreds. A run uses few of them, and compiling all takes longer than much of what is asked for.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any


class Regex:
    """Stands for a compiled pattern: what is asked of it is asked of that one, the first time."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.compiled, name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    regex = re.compile
else:

    def regex(pattern, flags=0):
        """As `re.compile`, but a mistake in the pattern is found when it is used."""
        return Regex(pattern, flags)
