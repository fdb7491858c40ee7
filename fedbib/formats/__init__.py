"""The formats that works are written in and read from, by name; each a module as `fedbib.formats.base` has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar, cast

from fedbib.errors import UnknownFormat
from fedbib.text.nearest import nearest

if TYPE_CHECKING:
    from fedbib.formats.base import Entered, Format, ListReader, Reader, Shaping

_WRITTEN = {
    "biblatex": "bib.biblatex",
    "bibtex": "bib.bibtex",
    "csl-json": "csl_json",
    "full-json": "full_json",
    "readme": "readme.document",
    "ris": "ris",
}
_READ = {**_WRITTEN, "list": "lists.markdown", "readme": "lists.ours"}
_SHAPED = {
    **{name: _WRITTEN[name] for name in ("biblatex", "bibtex", "csl-json", "ris")},
    "cff": "cff",
    "csl-yaml": "csl_yaml",
    "hayagriva": "hayagriva",
    "zotero-rdf": "zotero_rdf",
}

Module = TypeVar("Module")


class _Modules(Mapping[str, Module]):
    """Modules by the name of their format, imported when first asked for; UnknownFormat for a name that is none."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places
        self._known: dict[str, Module] = {}

    def __getitem__(self, name: str) -> Module:
        if name in self._known:
            return self._known[name]
        if name not in self._places:
            close = nearest(name, self._places)
            message = "no such format" + (f", did you mean {close}?" if close else "")
            raise UnknownFormat(message, where=name, hint="known: " + ", ".join(self))
        module = cast("Module", import_module(f"{__name__}.{self._places[name]}"))
        return self._known.setdefault(name, module)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._places))

    def __len__(self) -> int:
        return len(self._places)


FORMATS: Mapping[str, Format] = _Modules(_WRITTEN)
"""Every format that is written, and read back."""

ENTERED: Mapping[str, Entered] = _Modules({name: _WRITTEN[name] for name in ("biblatex", "bibtex", "ris")})
"""Those of them whose works are made of entries."""

READERS: Mapping[str, Reader] = _Modules(_READ)
"""Every format that is read: those, and `list`, which is anybody's list where `readme` is ours."""

LISTS: Mapping[str, ListReader] = _Modules({name: _READ[name] for name in ("list", "readme")})
"""Those of them that read lists."""

SHAPING: Mapping[str, Shaping] = _Modules(_SHAPED)
"""Every format that `fedbib export` may leave something out of; some are for other programs alone and not read back."""
