"""The page: one folder of plain files for readers, made of the works and what their records know beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fedbib.formats import full_json
from fedbib.ids.schemes import SCHEMES
from fedbib.model.about import About
from fedbib.model.claim import IMPORT
from fedbib.model.work import Work
from fedbib.records import fields
from fedbib.records.recordfile import is_key
from fedbib.settle import Reason, Voice
from fedbib.site.entry import Entry
from fedbib.site.feed import feed, news
from fedbib.site.pictures import pictures
from fedbib.site.pieces import FRAMES, pieces
from fedbib.site.scholar import tags
from fedbib.text.markup import plain

if TYPE_CHECKING:
    from fedbib.site.templates import Templates

TEMPLATES = ("base.html", "item.html", "index.html", "year.html", "work.html", "alias.html")
STATIC = ("site.css", "site.js", "icon.svg")
LOOK = (*TEMPLATES, *STATIC)
"""The files a collection may have its own of."""

LISTED = 1000
"""Up to how many papers stand on the front page for a reader without JavaScript; of more each year has a page."""

_NEW = 10


def pages(
    entries: Sequence[Entry],
    about: About,
    wholes: Mapping[str, tuple[str, str]],
    look: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Path in the folder and text of each file.

    `wholes` are name of the file and text of the whole collection by format, `look` the collection's own templates.
    Raises BadFile for a template that does not work, RoundTripLost like `fedbib.site.pieces.pieces`.
    """
    from fedbib.site.templates import Templates

    entries = [replace(entry, work=full_json.carry(entry.work)) for entry in entries]
    works = [entry.work for entry in entries]
    draw = Templates({name: look.get(name) or default(name) for name in TEMPLATES}, len(works))
    cut = {name: pieces(name, works, about, wholes[name][1]) for name in FRAMES}
    yield from ((name, look.get(name) or default(name)) for name in STATIC)
    yield from wholes.values()
    yield "feed.xml", feed(entries, about)
    drawn = list(pictures(works))
    yield from ((f"pictures/{picture.name}.svg", picture.svg) for picture in drawn)
    yield "data.js", _data(entries, about)
    sources = [_fields(entry.reasons) for entry in entries]
    yield "details.js", _script("details", list(map(_details, entries, sources)))
    for name, parts in cut.items():
        yield f"{name}.js", _script(f"pieces[{json.dumps(name)}]", parts)
    names = [(name, path) for name, (path, _) in wholes.items()]
    yield from _lists(entries, about, draw, files=names, pictures=drawn)
    yield from _papers(entries, about, draw, cut["bibtex"], sources)


def _lists(entries: Sequence[Entry], about: About, draw: Templates, **shown: Any) -> Iterator[tuple[str, str]]:
    """The front page, and where there are many papers a page of each year."""
    works = [entry.work for entry in entries]
    newest = sorted(works, key=lambda work: (-(work.year or 0), work.key))
    by_year: dict[str, list[Work]] = {}
    for work in newest:
        by_year.setdefault(str(work.year or "undated"), []).append(work)
    many = len(works) > LISTED
    years = [(year, f"years/{year}.html", len(found)) for year, found in by_year.items()] if many else []
    listed = newest[: LISTED // 20] if many else newest
    values = {"works": works, "listed": listed, "years": years, "news": news(entries)[:_NEW]}
    yield "index.html", draw("index.html", about=about, up="", **values, **shown)
    for year, path, _ in years:
        yield path, draw("year.html", about=about, up="../", year=year, listed=by_year[year])


def _papers(
    entries: Sequence[Entry], about: About, draw: Templates, bibtex: Sequence[str], sources: Sequence[Any]
) -> Iterator[tuple[str, str]]:
    """A page of each paper, and of each of its earlier keys one that leads there."""
    for entry, bib, source in zip(entries, bibtex, sources, strict=True):
        key, said = entry.work.key, list(tags(entry.work))
        page = draw("work.html", about=about, up="../", entry=entry, tags=said, bibtex=bib, fields=source)
        yield f"works/{key}.html", page
        for alias in filter(is_key, entry.work.aliases):
            yield f"works/{alias}.html", draw("alias.html", about=about, up="../", alias=alias, key=key)


# Data -----------------------------------------------------------------------------------------------------------------


def _data(entries: Sequence[Entry], about: About) -> str:
    """What the front page's script works on: the works as in the complete JSON."""
    days = [[day.isoformat() if day else "" for day in (entry.added, entry.published)] for entry in entries]
    members = {
        "name": about.name,
        "urls": {name: notation.scheme.address for name, notation in SCHEMES.items()},
        "frames": {name: [frame.head, frame.joint, frame.tail] for name, frame in FRAMES.items()},
        "pieces": {},
    }
    works = ",\n".join(_json(fields.everything(entry.work)) for entry in entries)
    head = f"...{_json(members)},\n"
    return f'"use strict";\nglobalThis.fedbib = {{{head}"dates": {_json(days)},\n"works": [\n{works}\n]}};\n'


def _script(member: str, items: Sequence[object]) -> str:
    return f'"use strict";\nfedbib.{member} = [\n' + ",\n".join(map(_json, items)) + "\n];\n"


def _details(entry: Entry, sources: Sequence[tuple[object, ...]]) -> dict[str, object]:
    found: dict[str, object] = {
        "reference": entry.reference,
        "titles": entry.titles,
        "versions": [(str(id), id.url) for id in entry.versions],
        "fields": sources,
    }
    return {name: value for name, value in found.items() if value}


def _fields(reasons: Sequence[Reason]) -> list[tuple[object, ...]]:
    """Name, value and source of each field, and value and source of whoever says something else."""
    return [
        (
            reason.field.replace("_", "-"),
            _value(reason.chosen),
            _source(reason.chosen),
            [(_value(voice), _source(voice)) for voice in reason.others],
        )
        for reason in reasons
    ]


def _value(voice: Voice) -> str:
    return plain(fields.shown(fields.plain_value(voice.value)))


def _source(voice: Voice) -> str:
    if voice.source == IMPORT:
        return voice.origin
    return f"{voice.source}, {voice.origin}" if voice.origin else voice.source


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


# The look ------------------------------------------------------------------------------------------------------------


@cache
def default(name: str) -> str:
    """A file of the look that comes with fedbib."""
    return files("fedbib").joinpath("data", "site", name).read_text("utf-8")
