"""Under which name what is made of records is kept: a hash of all that it depends on but the program. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fedbib.build.inputs import Inputs
    from fedbib.settings import Settings
    from fedbib.site.part import Nav

SETTLED, CHECKED, SHOWN = "settled", "checked", "shown"
MAKE, DRAW = "make", "draw"
"""What another process does: make what few records lack, and draw the pages about several."""
Asked = tuple[Mapping[str, bytes], Sequence[str]]
"""What it is told: the stamps of all records, by key, and the kinds that are likely to be asked for."""
DECIDING = ("entries", "vocabularies", "venues", "names", "ordinary")
"""The settings by which records are read, settled and checked."""


def context(kind: str, settings: Settings, inputs: Callable[[], Inputs], nav: Nav = ()) -> bytes:
    """A hash of what the results of a kind depend on beside the program and the files of the records."""
    said: tuple[object, ...] = (kind, *(getattr(settings, name) for name in DECIDING))
    if kind == SHOWN:
        said += (settings.about, settings.site, inputs(), nav)
    return blake2b(repr(said).encode(), digest_size=16).digest()
