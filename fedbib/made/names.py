"""Under which name what is made of a record is kept: a hash of all that it depends on but the program. Pure."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fedbib.build.inputs import Inputs
    from fedbib.records.folder import Halves
    from fedbib.settings import Settings
    from fedbib.site.part import Nav

SETTLED, CHECKED, SHOWN, SHEETS = "settled", "checked", "shown", "sheets"
DECIDING = ("entries", "vocabularies", "venues", "names", "ordinary")
"""The settings by which records are read, settled and checked."""
OF_OUTPUTS = frozenset({SHOWN, SHEETS})


def context(kind: str, settings: Settings, inputs: Callable[[], Inputs], nav: Nav = ()) -> bytes:
    """A hash of what the results of a kind depend on beside the program and the files of the record."""
    said: tuple[object, ...] = (kind, *(getattr(settings, name) for name in DECIDING))
    if kind in OF_OUTPUTS:
        said += (settings.about, settings.site, inputs(), nav)
    return blake2b(repr(said).encode(), digest_size=16).digest()


def stamp(halves: Halves) -> bytes:
    """A hash of the files of a record and their name."""
    said = blake2b(f"{halves.key} {len(halves.own)} {halves.claims is None} ".encode(), digest_size=16)
    said.update(halves.own)
    said.update(halves.claims or b"")
    return said.digest()
