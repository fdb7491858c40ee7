"""What `import fedbib` gives beside the types: a collection to open, a bibliography to read, works to write."""

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
    """The collection whose settings lie in `folder` or above it; raises BadSettings when there is none."""
    return Collection.open(Path(folder))


def read(source: str | Path, format: str | None = None) -> Reading:
    """What a bibliography says: the text itself, or the file of a `pathlib.Path`.

    `format` is a kind of `fedbib import`; without one the content is looked at, and the ending of the file's name. What
    cannot be read is in the problems of the reading. Raises UnknownFormat; BadFile for a file that cannot be read or
    looks like no bibliography; BadValue for the name of a file that is given as a text.
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
    """Works as text in a format of `fedbib export`; `about` is what the text says of the collection.

    Raises UnknownFormat.
    """
    return FORMATS[format].render(tuple(works), about or About())
