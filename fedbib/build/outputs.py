"""What the outputs of a collection hold: works become texts, and every text is read back. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fedbib.errors import BadFile, RoundTripLost
from fedbib.formats import FORMATS
from fedbib.formats.base import Format
from fedbib.formats.readme import region
from fedbib.model.about import About
from fedbib.model.work import FIELDS, Work
from fedbib.site.entry import Entry

FILES: Mapping[str, str] = MappingProxyType(
    {"bibtex": ".bib", "biblatex": "-biblatex.bib", "csl-json": ".json", "ris": ".ris", "full-json": ".full.json"}
)
"""The formats that have a file of their own in the output folder, with its ending."""

SITE = "site"
"""The folder of the page in the output folder."""
SITE_OWN = {"works": ".html", "years": ".html", "pictures": ".svg"} | dict.fromkeys(
    ("topics", "venues", "datasets", "models", "authors"), ".html"
)
"""Folders in it, with the ending of files, where nothing stands but what `build` writes."""

LIST = "readme"
"""The format that goes between the markers of the README."""


@dataclass(frozen=True, slots=True)
class Output:
    path: str
    """Relative to the collection's folder, with `/`."""
    text: str


def files(works: Sequence[Work], about: About, folder: str) -> Iterable[Output]:
    """The output files of a collection; pure, so the same works give the same bytes everywhere.

    Raises RoundTripLost when a text does not read back to its works.
    """
    for name, ending in FILES.items():
        yield Output(f"{folder}/{about.name}{ending}", rendered(name, works, about))


def site(
    entries: Sequence[Entry], about: About, folder: str, made: Iterable[Output], look: Mapping[str, str]
) -> Iterable[Output]:
    """The files of the page; `made` are those of `files`, `look` the collection's own templates by name.

    Raises BadFile for a template that does not work.
    """
    from fedbib.site import pages

    wholes = {
        name: (output.path.removeprefix(f"{folder}/"), output.text) for name, output in zip(FILES, made, strict=True)
    }
    for path, text in pages(entries, about, wholes, look):
        yield Output(f"{folder}/{SITE}/{path}", text)
        if path == "feed.xml":
            yield Output(f"{folder}/{path}", text)


def readme(works: Sequence[Work], about: About, path: str, text: str) -> Output:
    """The README with the list in its place; a text without markers is refused, an empty one is begun.

    Raises BadFile for broken markers, RoundTripLost like `files`.
    """
    listed = rendered(LIST, works, about)
    try:
        return Output(path, region.replace_region(text or region.blank(about), listed))
    except BadFile as error:
        error.where = error.where or path
        raise


def listed(path: str, text: str) -> Sequence[Work]:
    """The works that an output on disk holds, whatever its path; none when it cannot be read."""
    names = [name for name, ending in FILES.items() if path.endswith(ending)]
    name = max(names, key=lambda name: len(FILES[name]), default=LIST)
    try:
        return FORMATS[name].parse(region.region(text) if name == LIST else text).works if text else ()
    except BadFile:
        return ()


def rendered(name: str, works: Sequence[Work], about: About) -> str:
    """The text of the works in one format, known to read back."""
    form = FORMATS[name]
    text = form.render(works, about)
    verify(name, form, works, about, text)
    return text


def verify(name: str, form: Format, works: Sequence[Work], about: About, text: str) -> None:
    """Hold the law of formats on real data: raises RoundTripLost that names the first work and field that were lost."""
    read = form.parse(text).works
    wanted = [form.carry(work) for work in form.arrange(works, about)]
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
            f"{name} holds {len(read)} works instead of {len(wanted)}", hint="nothing was written; please report this"
        )
