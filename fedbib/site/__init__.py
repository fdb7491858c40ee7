"""The page: one folder of plain files for readers, made of the works and what their records know beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from fedbib.formats import full_json
from fedbib.ids.schemes import SCHEMES
from fedbib.model.about import About
from fedbib.model.claim import IMPORT
from fedbib.model.work import Work
from fedbib.records import fields
from fedbib.records.recordfile import is_key
from fedbib.settle import Reason, Voice
from fedbib.site.entry import Entry
from fedbib.site.facets import AUTHORS, KINDS, LINKED, Group, authors, groups
from fedbib.site.feed import feed, news
from fedbib.site.pictures import pictures
from fedbib.site.pieces import ENDINGS, FRAMES, pieces
from fedbib.site.scholar import tags
from fedbib.text.markup import plain

TEMPLATES = (
    *("base.html", "item.html", "index.html", "year.html", "work.html", "alias.html"),
    *("kind.html", "group.html", "authors.html", "charts.html", "news.html", "404.html"),
)
STATIC = ("site.css", "site.js", "take.js", "paper.js", "icon.svg")
LOOK = (*TEMPLATES, *STATIC)
"""The files a collection may have its own of."""

LISTED = 1000
"""Up to how many papers stand on the front page for a reader without JavaScript; of more each year has a page."""

_PRINTED = ("bibtex", "ris")
"""What a paper's page shows of it: what a person reads, and what all other programs take."""

_OTHERS = ((AUTHORS, "Authors"), ("charts", "Charts"), ("news", "News"))
_ASIDE = ("alias.html", "404.html")
_NEWS = 200
_FREQUENT = 60

FILES = {
    "bibtex": ("BibTeX", "for LaTeX"),
    "biblatex": ("biblatex", "for LaTeX with biber"),
    "csl-json": ("Zotero", "CSL-JSON, also for pandoc"),
    "ris": ("Word/EndNote", "RIS, also for Mendeley and Zotero"),
    "full-json": ("JSON", "everything, for programs"),
}
"""What people call the files of the formats, and what they are for."""


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
    from fedbib.site import publishing

    entries = [replace(entry, work=full_json.carry(entry.work)) for entry in entries]
    works = [entry.work for entry in entries]
    newest = sorted(works, key=lambda work: (-(work.year or 0), work.key))
    kinds = {kind: found for kind in KINDS if (found := groups(kind, newest))}
    draw = _Drawing(look, about, kinds, len(works))
    cut = {name: pieces(name, works, about, wholes[name][1]) for name in FRAMES}
    yield from ((name, look.get(name) or default(name)) for name in STATIC)
    yield from wholes.values()
    yield "feed.xml", feed(entries, about)
    yield "data.js", _data(entries, about)
    yield "details.js", _script("details", list(map(_details, entries)))
    for name, parts in cut.items():
        yield f"{name}.js", _script(f"pieces[{json.dumps(name)}]", parts)
    whole = [(name, path, *FILES[name]) for name, (path, _) in wholes.items()]
    yield from _lists(newest, news(entries), draw, whole)
    yield from _groups(kinds, authors(newest), draw)
    yield from _charts(works, draw)
    yield from _papers(entries, draw, cut)
    yield from publishing.files(about, draw.found)
    if about.published.address:
        yield draw("404.html", up=about.published.address)


class _Drawing:
    """Fills in a template for a page at some path."""

    def __init__(self, look: Mapping[str, str], about: About, kinds: Iterable[str], works: int) -> None:
        from fedbib.site.templates import Templates

        self.about = about
        self.found: list[str] = []
        """The pages that a reader should find."""
        self._fill = Templates({name: look.get(name) or default(name) for name in TEMPLATES}, works)
        self._nav = [("index", "Papers"), *((kind, KINDS[kind][0]) for kind in kinds), *_OTHERS]

    def __call__(self, path: str, template: str = "", **shown: Any) -> tuple[str, str]:
        """The path and the text; `template` has the name of the page where none is given."""
        found = (template or path) not in _ASIDE
        if found:
            self.found.append(path)
        values = {"about": self.about, "nav": self._nav, "path": path, "found": found, "up": "../" * path.count("/")}
        return path, self._fill(template or path, **values | shown)


def _lists(
    newest: Sequence[Work],
    told: Sequence[tuple[date, str, Entry]],
    draw: _Drawing,
    files: Sequence[tuple[str, ...]],
) -> Iterator[tuple[str, str]]:
    """The front page, the news, and where there are many papers a page of each year."""
    from fedbib.site.publishing import reference

    by_year: dict[str, list[Work]] = {}
    for work in newest:
        by_year.setdefault(str(work.year or "undated"), []).append(work)
    many = len(newest) > LISTED
    years = [(year, f"years/{year}.html", len(found)) for year, found in by_year.items()] if many else []
    listed = newest[: LISTED // 20] if many else newest
    updated = told[0][0] if told else None
    own = reference(draw.about, updated.year if updated else None)
    shown: dict[str, Any] = {
        "works": newest,
        "listed": listed,
        "years": years,
        "updated": updated,
        "files": files,
        "own": own,
    }
    yield draw("index.html", **shown)
    yield draw("news.html", news=told[:_NEWS])
    for year, path, _ in years:
        yield draw(path, "year.html", year=year, listed=by_year[year])


def _groups(
    found: Mapping[str, Sequence[Group]], letters: Mapping[str, Sequence[Group]], draw: _Drawing
) -> Iterator[tuple[str, str]]:
    """For each kind of value a page with all of them and one of each; authors stand together by their initial."""
    for kind, members in found.items():
        title, facet, _ = KINDS[kind]
        yield draw(f"{kind}.html", "kind.html", title=title, groups=members)
        for group in members:
            yield draw(group.page, "group.html", kind=kind, title=title, facet=facet, group=group)
    everybody = (group for members in letters.values() for group in members if len(group.works) > 1)
    often = sorted(everybody, key=lambda group: -len(group.works))[:_FREQUENT]
    yield draw(f"{AUTHORS}.html", letter="", letters=list(letters), frequent=often, groups=())
    for letter, members in letters.items():
        shown = {"letter": letter, "letters": list(letters), "frequent": (), "groups": members}
        yield draw(f"{AUTHORS}/{letter}.html", "authors.html", **shown)


def _charts(works: Sequence[Work], draw: _Drawing) -> Iterator[tuple[str, str]]:
    drawn = list(pictures(works))
    yield from ((f"pictures/{picture.name}.svg", picture.svg) for picture in drawn)
    yield draw("charts.html", pictures=drawn)


def _papers(entries: Sequence[Entry], draw: _Drawing, cut: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """A page of each paper, and of each of its earlier keys one that leads there."""
    from fedbib.site.publishing import linked_data

    for place, entry in enumerate(entries):
        key, path = entry.work.key, f"works/{entry.work.key}.html"
        shown = {
            "entry": entry,
            "tags": list(tags(entry.work)),
            "files": [(*FILES[name], ENDINGS[name], FRAMES[name].text([cut[name][place]])) for name in _PRINTED],
            "fields": _fields(entry.reasons),
            "linked": LINKED,
            "data": linked_data(entry.work, draw.about, path),
        }
        yield draw(path, "work.html", **shown)
        for alias in filter(is_key, entry.work.aliases):
            yield draw(f"works/{alias}.html", "alias.html", alias=alias, key=key)


# Data -----------------------------------------------------------------------------------------------------------------


def _data(entries: Sequence[Entry], about: About) -> str:
    """What the front page's script works on: the works as in the complete JSON."""
    days = [[day.isoformat() if day else "" for day in (entry.added, entry.published)] for entry in entries]
    members = {
        "name": about.name,
        "urls": {name: notation.scheme.address for name, notation in SCHEMES.items()},
        "frames": {name: [frame.head, frame.joint, frame.tail] for name, frame in FRAMES.items()},
        "files": {name: [FILES[name][0], ENDINGS[name]] for name in FRAMES},
        "pieces": {},
    }
    works = ",\n".join(_json(fields.everything(entry.work)) for entry in entries)
    head = f"...{_json(members)},\n"
    return f'"use strict";\nglobalThis.fedbib = {{{head}"dates": {_json(days)},\n"works": [\n{works}\n]}};\n'


def _script(member: str, items: Sequence[object]) -> str:
    return f'"use strict";\nfedbib.{member} = [\n' + ",\n".join(map(_json, items)) + "\n];\n"


def _details(entry: Entry) -> dict[str, object]:
    found: dict[str, object] = {
        "reference": entry.reference,
        "titles": entry.titles,
        "versions": [(str(id), id.url) for id in entry.versions],
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
