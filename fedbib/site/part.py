"""What one paper gives to the page, apart from all others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Any

from fedbib.formats import full_json
from fedbib.formats.frames import FRAMES
from fedbib.model.about import About
from fedbib.model.claim import IMPORT
from fedbib.model.name import named
from fedbib.records import fields
from fedbib.records.filing import is_key
from fedbib.settle import Reason, Voice
from fedbib.site.entry import Entry
from fedbib.site.facets import AUTHORS, LINKED, page, venue
from fedbib.site.feed import News, of_entry
from fedbib.site.scholar import tags
from fedbib.text.markup import plain

if TYPE_CHECKING:
    from fedbib.site.templates import Templates

SCRIPTED = ("bibtex", "csl-json", "ris")
"""The formats in which a selection can be taken from the page."""
ENDINGS: Mapping[str, str] = {"bibtex": ".bib", "csl-json": ".json", "ris": ".ris"}
"""Of the files of a selection."""
NAMES = {
    "bibtex": ("BibTeX", "for LaTeX"),
    "biblatex": ("biblatex", "for LaTeX with biber"),
    "csl-json": ("Zotero", "CSL-JSON, also for pandoc"),
    "ris": ("Word/EndNote", "RIS, also for Mendeley and Zotero"),
    "full-json": ("JSON", "all fields, for programs"),
}
"""What people call the files of the formats, and what they are for."""
LISTED = (("line", "../", True), ("line", "../", False), ("item", "../", True))
"""How a paper stands in lists: the macro, the way to the page's folder, and for a line whether it names people."""
MACROS = tuple(dict.fromkeys(macro for macro, _, _ in LISTED))

TEXTS: Mapping[str, bytes] = dict.fromkeys(("data.js", "details.js", *(f"{name}.js" for name in SCRIPTED)), b",\n") | {
    "dates": b","
}
"""What scripts hold of every paper, with what stands between two: the work as in the complete JSON, what else the page
tells of it, its pieces of the formats of `SCRIPTED`, and when it came in and when it was found published.
"""
ITEMS = tuple(f"item {number}" for number in range(len(LISTED)))
"""The texts of a paper in lists, in each of the ways of `LISTED`; none where templates of the collection forbid."""

REFERENCE = "reference"
"""The member of `details.js` with what a paper's page has of a style; without it the style prints nothing."""
_ASIDE = ("alias.html", "404.html")
"""Pages that a reader is not to find."""
_PRINTED = ("bibtex", "ris")
"""What a paper's page shows of it: what a person reads, and what all other programs take."""

Nav = Sequence[tuple[str, str]]
"""Name and title of the pages that every page leads to."""

Texts = Callable[[str], Iterable[bytes | memoryview]]
"""Gives what papers have for files or for lists, by name, in the order of their keys. For files that of neighbours may
come in one, with what stands between.
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that is about one paper."""

    path: str
    checksum: str
    """SHA-256 of its text, in hexadecimal digits."""
    text: str | None = None
    """None where it has to be made again."""


@dataclass(frozen=True, slots=True)
class Part:
    key: str
    year: int | None = None
    topics: Sequence[str] = ()
    datasets: Sequence[str] = ()
    models: Sequence[str] = ()
    venue: str = ""
    people: Sequence[Sequence[str]] = ()
    """Where the authors stand who have a place on a page, and what they are called there."""
    container_title_short: str = ""
    is_preprint: bool = False
    arxiv: str = ""
    news: tuple[News, ...] = ()
    costs: Sequence[int] = ()
    """What filling in each of `ITEMS` cost."""
    sheets: tuple[Sheet, ...] = ()
    """Its page, and one for each of its earlier keys."""
    cost: int = 0
    """What filling in their templates cost."""
    marks: Sequence[str] = ("",)
    """Hashes in hexadecimal digits: of all that a page may tell of it; and of how it stands in lists, in all of the
    ways that have one macro of `MACROS`.
    """


def part(
    entry: Entry, about: About, nav: Nav, draw: Templates, pieces: Mapping[str, bytes]
) -> tuple[Part, dict[str, bytes]]:
    """What a paper gives, and its texts for the files of `TEXTS` and for lists (`ITEMS`).

    `pieces` are its pieces by format, `nav` what stands above every page. Raises BadFile for a template that does not
    work.
    """
    entry = carried(entry)
    work, before = entry.work, draw.spent
    drawn = tuple(_drawn(entry, about, nav, draw, pieces))
    cost = draw.spent - before
    items = [] if draw.own_items else [draw.item(way, work) for way in LISTED]
    sheets = tuple(Sheet(path, sha256(text.encode()).hexdigest(), text) for path, text in drawn)
    days = (entry.added.isoformat() if entry.added else "", entry.published.isoformat() if entry.published else "")
    texts = {
        "data.js": compact(fields.everything(work)).encode(),
        "details.js": compact(_details(entry)).encode(),
        **{f"{name}.js": compact(pieces[name].decode()).encode() for name in SCRIPTED},
        "dates": compact(days).encode(),
        **{name: text.encode() for name, (text, _) in zip(ITEMS, items, strict=False)},
    }
    shown = Part(
        work.key,
        work.year,
        work.topics,
        work.datasets,
        work.models,
        venue(work),
        tuple((page(AUTHORS, name), name.display) for name in named(work.author)[:LINKED]),
        work.container_title_short,
        work.is_preprint,
        work.arxiv,
        of_entry(entry),
        tuple(cost for _, cost in items),
        sheets,
        cost,
        tuple(_marks(texts, sheets)),
    )
    return shown, texts


def _marks(texts: Mapping[str, bytes], sheets: Sequence[Sheet]) -> Iterator[str]:
    checksums = [sheet.checksum.encode() for sheet in sheets]
    yield _hash([texts["data.js"], texts["details.js"], *checksums])
    for macro in MACROS if ITEMS[0] in texts else ():
        yield _hash(texts[name] for name, way in zip(ITEMS, LISTED, strict=True) if way[0] == macro)


def _hash(pieces: Iterable[bytes]) -> str:
    said = blake2b(digest_size=16)
    for piece in pieces:
        said.update(piece)
    return said.hexdigest()


def carried(entry: Entry) -> Entry:
    """The entry with its work as in the complete JSON."""
    work = full_json.carry(entry.work)
    return entry if work is entry.work else replace(entry, work=work)


def _drawn(
    entry: Entry, about: About, nav: Nav, draw: Templates, pieces: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    from fedbib.site.publishing import linked_data

    key, path = entry.work.key, own_page(entry.work.key)
    files = [(*NAMES[name], ENDINGS[name], FRAMES[name].around(pieces[name].decode())) for name in _PRINTED]
    shown = {
        "entry": entry,
        "tags": list(tags(entry.work)),
        "files": files,
        "fields": _fields(entry.reasons),
        "linked": LINKED,
        "data": linked_data(entry.work, about, path),
    }
    yield path, draw("work.html", **usual(path, "work.html", about, nav) | shown)
    for alias in filter(is_key, entry.work.aliases):
        at = own_page(alias)
        yield at, draw("alias.html", **usual(at, "alias.html", about, nav), alias=alias, key=key)


def own_page(key: str) -> str:
    """The path of a paper's page in the folder of the site."""
    return f"works/{key}.html"


def usual(path: str, template: str, about: About, nav: Nav) -> dict[str, Any]:
    """What every template is given for a page at some path."""
    found = template not in _ASIDE
    return {"about": about, "nav": nav, "path": path, "found": found, "up": "../" * path.count("/")}


def _details(entry: Entry) -> dict[str, object]:
    found: dict[str, object] = {
        REFERENCE: entry.reference,
        "titles": entry.titles,
        "versions": [(str(id), id.url) for id in entry.versions],
    }
    return {name: value for name, value in found.items() if value}


def _fields(reasons: Sequence[Reason]) -> list[tuple[object, ...]]:
    """Name, value and source of each field, and value and source of whoever says something else."""
    return [
        (reason.field.replace("_", "-"), *_said(reason.chosen), [_said(voice) for voice in reason.others])
        for reason in reasons
    ]


def _said(voice: Voice) -> tuple[str, str]:
    """The value and its source."""
    value = plain(fields.display(voice.value))
    if voice.source == IMPORT:
        return value, voice.origin
    return value, f"{voice.source}, {voice.origin}" if voice.origin else voice.source


compact: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON on one line."""
