"""The functions of `import fedbib`: open a collection, read a bibliography, render works."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath

from fedbib.collection import Collection
from fedbib.errors import BadValue
from fedbib.formats import FORMATS
from fedbib.formats.sniff import ENDINGS
from fedbib.intake import foreign
from fedbib.model.about import About
from fedbib.model.reading import Reading
from fedbib.model.work import Work


def open(folder: str | Path = ".") -> Collection:
    """The collection whose settings are in `folder` or above it; raises BadSettings if there is none."""
    return Collection.open(Path(folder))


def read(source: str | Path, format: str | None = None) -> Reading:
    """The content of a bibliography, given as a text or as the `pathlib.Path` of a file.

    `format` is one that `fedbib import --kind` accepts; by default it is recognised by the content and the file name.
    Parts that cannot be read are in the problems of the reading. Raises UnknownFormat; BadFile for a file that cannot
    be read or is not a bibliography; BadValue for a text that is the name of a file.
    """
    if isinstance(source, Path):
        return foreign.read_file(source, format)
    # A text is never opened, whatever it names: it may come from anybody.
    if "\n" not in source and PurePath(source).suffix.lower() in ENDINGS:
        raise BadValue(
            "is the name of a file, not a bibliography", where=source, hint="wrap the path in pathlib.Path(...)"
        )
    return foreign.read(source, format)


def render(format: str, works: Iterable[Work], about: About | None = None) -> str:
    """Works as text in a format of `fedbib export`; `about` describes the collection in formats that need it.

    Raises UnknownFormat.
    """
    return FORMATS[format].render(tuple(works), about or About())
