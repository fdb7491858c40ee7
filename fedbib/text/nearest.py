"""The nearest right name for a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, or "" when none is near."""
    from difflib import get_close_matches  # only ever needed for an error

    return next(iter(get_close_matches(name[:100], list(known), n=1, cutoff=0.6)), "")
