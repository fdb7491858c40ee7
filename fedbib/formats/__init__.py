"""The formats works are written in and read from, each a module with the functions of `fedbib.formats.base.Format`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from fedbib.errors import UnknownFormat
from fedbib.text.nearest import nearest

if TYPE_CHECKING:
    from fedbib.formats.base import Format

_MODULES = {
    "biblatex": "bib.biblatex",
    "bibtex": "bib.bibtex",
    "csl-json": "csl_json",
    "full-json": "full_json",
    "readme": "readme.document",
    "ris": "ris",
}


def unknown(name: str, known: Iterable[str]) -> UnknownFormat:
    """The error for a format that there is none of."""
    close = nearest(name, known)
    message = "no such format" + (f", did you mean {close}?" if close else "")
    return UnknownFormat(message, where=name, hint="known: " + ", ".join(known))


class _Formats(Mapping[str, "Format"]):
    """The modules by the name of the format, imported when first asked for."""

    def __getitem__(self, name: str) -> Format:
        if name not in _MODULES:
            raise unknown(name, _MODULES)
        return cast("Format", import_module(f"{__name__}.{_MODULES[name]}"))

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


FORMATS: Mapping[str, Format] = _Formats()
"""Every format by name; UnknownFormat for a name that is none."""
