"""What one paper gives to the outputs, each part of it known to read back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from fedbib.errors import RoundTripLost
from fedbib.formats import ENTERED, FORMATS
from fedbib.model.about import About
from fedbib.model.identifier import Identifier
from fedbib.model.work import FIELDS, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fedbib.formats.base import Format
    from fedbib.formats.readme import document
    from fedbib.site.entry import Entry
    from fedbib.site.part import Nav, Part
    from fedbib.site.templates import Templates

FILES: Mapping[str, str] = MappingProxyType(
    {"bibtex": ".bib", "biblatex": "-biblatex.bib", "csl-json": ".json", "ris": ".ris", "full-json": ".full.json"}
)
"""The formats that have a file of their own in the output folder, with its ending."""

LIST = "readme"
"""The format that goes between the markers of the README."""


@dataclass(frozen=True, slots=True)
class Piece:
    bullet: document.Part
    """In the README."""
    titles: tuple[str, ...] = ()
    """Other titles that the paper is or was known by."""
    versions: tuple[Identifier, ...] = ()
    """Identifiers of other versions."""
    page: Part | None = None
    """None where no page is built."""
    texts: Mapping[str, bytes] = field(default_factory=dict)
    """What stands in the files of all papers: of each of `FILES`, and what `site.part` names; none where they lie
    elsewhere.
    """

    @property
    def key(self) -> str:
        return self.bullet.key


def piece(entry: Entry, about: About, nav: Nav = (), draw: Templates | None = None) -> Piece:
    """What a paper gives, its page drawn by the templates; raises RoundTripLost for what does not read back.

    `nav` is what every page leads to.

    Raises BadFile for a template that does not work.
    """
    from fedbib.formats.frames import frame
    from fedbib.formats.readme import document

    work = entry.work
    texts = {}
    for name in FILES:
        form = FORMATS[name]
        text = form.render([work], about)
        verify(name, form, [work], about, text)
        texts[name] = frame(name, about).piece(text).encode()
    bullet = document.part(work, about)
    verify(LIST, FORMATS[LIST], [work], about, bullet.lines)
    if draw is None:
        return Piece(bullet, entry.titles, entry.versions, None, texts)
    from fedbib.site.part import part

    page, more = part(entry, about, nav, draw, texts)
    return Piece(bullet, entry.titles, entry.versions, page, texts | more)


def verify(name: str, form: Format, works: Sequence[Work], about: About, text: str) -> None:
    """Hold the law of formats on real data: raises RoundTripLost that names the first work and field that were lost.

    Where the entries that are read are those that were to be written, so are the works that are made of them.
    """
    works = form.arrange(works, about)
    if name in ENTERED and ENTERED[name].entries(text) == [ENTERED[name].entry(work) for work in works]:
        return
    read = form.parse(text).works
    wanted = [form.carry(work) for work in works]
    for want, got in zip(wanted, read, strict=False):
        if want != got:
            field = next(field for field in FIELDS if getattr(want, field) != getattr(got, field))
            raise RoundTripLost(
                f"{field} of {want.key or want.title!r} does not read back from {name}: "
                f"{getattr(want, field)!r} became {getattr(got, field)!r}",
                hint="nothing was written; please report this with the record",
            )
    if len(read) != len(wanted):
        raise RoundTripLost(
            f"{name} has {len(read)} works instead of {len(wanted)}", hint="nothing was written; please report this"
        )
