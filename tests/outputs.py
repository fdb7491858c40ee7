"""The outputs of made-up entries, without a collection on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fedbib.build import outputs
from fedbib.build.outputs import Output, Whole
from fedbib.build.piece import piece
from fedbib.model.about import About
from fedbib.site import Source, nav_of, templates_of
from fedbib.site.entry import Entry
from fedbib.site.facets import venue
from fedbib.site.part import carried


class Forgetful:
    """A memory that keeps nothing."""

    def find(self, name: bytes) -> bytes | None:
        return None

    def keep(self, name: bytes, content: bytes) -> None:
        pass


def whole(entries: Sequence[Entry], about: About, look: Mapping[str, str] | None = None) -> Whole:
    """What the outputs of some entries are made of."""
    by_key = {entry.work.key: entry for entry in entries}
    works = [carried(entry).work for entry in entries]
    said = {kind: any(getattr(work, kind) for work in works) for kind in ("topics", "datasets", "models")}
    said["venues"] = any(map(venue, works))
    nav, draw = nav_of([kind for kind, is_said in said.items() if is_said]), templates_of(look or {}, len(entries))
    pieces = [piece(entry, about, nav, draw) for entry in entries]
    return Whole.of(
        pieces, Source(lambda key: by_key[key].work, lambda keys: [by_key[key] for key in keys]), lambda _: ()
    )


def site(
    entries: Sequence[Entry], about: About, folder: str = "o", look: Mapping[str, str] | None = None
) -> list[Output]:
    """The files of the page."""
    found = whole(entries, about, look)
    drawn = outputs.drawn(found, about, look or {}, Forgetful())
    made = tuple(outputs.files(found, about, folder))
    return list(outputs.site(found, about, folder, made, look or {}, Forgetful(), lambda: drawn))
