"""The page: one folder of plain files for readers, put together from what each paper gives (`fedbib.site.part`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from fedbib.formats.frames import FRAMES, joined
from fedbib.ids.schemes import SCHEMES
from fedbib.model.about import About
from fedbib.model.work import Work
from fedbib.site import publishing
from fedbib.site.drawing import Page
from fedbib.site.entry import Entry
from fedbib.site.facets import AUTHORS, KINDS, Group, authors, groups
from fedbib.site.feed import NEWEST, News, newest
from fedbib.site.papers import Papers, Told
from fedbib.site.part import ENDINGS, NAMES, SCRIPTED, TEXTS, Nav, Part, Texts, compact, own_page, usual
from fedbib.site.pictures import pictures
from fedbib.text.tables import read_text

if TYPE_CHECKING:
    from fedbib.site.templates import Templates

TEMPLATES = (
    *("base.html", "item.html", "index.html", "year.html", "work.html", "alias.html"),
    *("kind.html", "group.html", "authors.html", "charts.html", "news.html", "404.html"),
)
STATIC = ("site.css", "site.js", "take.js", "paper.js", "icon.svg")
LOOK = (*TEMPLATES, *STATIC)
"""The files a collection may have its own of."""

LISTED = 1000
"""Up to how many papers stand on the front page for a reader without JavaScript; of more each year has a page."""

_OTHERS = ((AUTHORS, "Authors"), ("charts", "Charts"), ("news", "News"))
_NEWS = 200
_FREQUENT = 60


class Draw(Protocol):
    """Fills a template in, and draws pictures; what it once made of the same values it may know."""

    def __call__(self, template: str, **values: Any) -> Page: ...
    def svg(self, *said: Any) -> str: ...
    def feed(self, news: Sequence[News], works: Papers, about: About) -> Page: ...


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page has more of a paper from than its part; few are asked for."""

    work: Callable[[str], Work]
    """Gives the work of a key."""
    entries: Callable[[Sequence[str]], Sequence[Entry]]
    """Gives all that is known of some keys, whose references are set together."""


def nav_of(kinds: Sequence[str]) -> Nav:
    """What every page leads to, where papers have values of some kinds."""
    return (("index", "Papers"), *((kind, KINDS[kind][0]) for kind in KINDS if kind in kinds), *_OTHERS)


def kinds_of(parts: Sequence[Part]) -> tuple[str, ...]:
    """The kinds of values that papers have."""
    return tuple(kind for kind, (_, _, values) in KINDS.items() if any(map(values, parts)))


def templates_of(look: Mapping[str, str], papers: int) -> Templates:
    """The templates, of which `look` are the collection's own, for a page of so many papers."""
    from fedbib.site.shipped import Shipped, default
    from fedbib.site.templates import Templates

    if look.keys().isdisjoint(TEMPLATES):
        return Shipped()
    return Templates(
        {name: look.get(name) or default(name) for name in TEMPLATES}, papers, own_items="item.html" in look
    )


def data(texts: Texts, about: About, look: Mapping[str, str]) -> Mapping[str, Callable[[], bytes]]:
    """What makes each file with what papers give for scripts, and those for all collections, by its path in the folder.

    `texts` gives those of `TEXTS` of all parts, `look` are the collection's own templates.
    """
    members = {"details": "details", **{name: f"pieces[{compact(name)}]" for name in SCRIPTED}}
    return {
        **{name: (look.get(name) or read_text(f"site/{name}")).encode for name in STATIC},
        "data.js": partial(_data, texts, about),
        **{f"{name}.js": partial(_script, member, texts, f"{name}.js") for name, member in members.items()},
    }


def pages(parts: Sequence[Part], source: Source, about: About, wholes: Mapping[str, str], draw: Draw) -> Iterator[Page]:
    """Each page about several papers, and the feed; `wholes` are the names of the files of all.

    Raises BadFile for a template that does not work.
    """
    news = newest([one for part in parts for one in part.news])

    def gathered(keys: Sequence[str]) -> Papers:
        return Papers(keys, source.work)

    yield draw.feed(news[:NEWEST], gathered([one.key for one in news[:NEWEST]]), about)
    ordered = sorted(parts, key=lambda part: (-(part.year or 0), part.key))
    kinds = {kind: found for kind in KINDS if (found := groups(kind, ordered, gathered))}
    drawing = _Drawing(draw, about, nav_of(tuple(kinds)))
    whole = [(name, path, *NAMES[name]) for name, path in wholes.items()]
    yield from _lists(ordered, news, source, drawing, whole)
    yield from _groups(kinds, authors(ordered, gathered), drawing)
    yield from _charts(parts, drawing)
    addresses = [*drawing.found, *(own_page(part.key) for part in parts)]
    yield from (Page.of(path, text.encode()) for path, text in publishing.files(about, addresses))
    if about.published.address:
        yield drawing("404.html", up=about.published.address)


class _Drawing:
    """Fills in a template for a page at some path."""

    def __init__(self, draw: Draw, about: About, nav: Nav) -> None:
        self.about, self.svg = about, draw.svg
        self.found: list[str] = []
        """The pages that a reader should find."""
        self._draw, self._nav = draw, nav

    def __call__(self, path: str, template: str = "", **shown: Any) -> Page:
        """The page; `template` has its name where none is given."""
        values = usual(path, template or path, self.about, self._nav)
        if values["found"]:
            self.found.append(path)
        return self._draw(template or path, **values | shown)


def _lists(
    ordered: Sequence[Part],
    told: Sequence[News],
    source: Source,
    draw: _Drawing,
    files: Sequence[tuple[str, ...]],
) -> Iterator[Page]:
    """The front page, the news, and where there are many papers a page of each year."""
    by_year: dict[str, list[str]] = {}
    for part in ordered:
        by_year.setdefault(str(part.year or "undated"), []).append(part.key)
    works = Papers([part.key for part in ordered], source.work)
    many = len(ordered) > LISTED
    years = [(year, f"years/{year}.html", len(found)) for year, found in by_year.items()] if many else []
    listed = works[: LISTED // 20] if many else works
    updated = told[0].day if told else None
    own = publishing.reference(draw.about, updated.year if updated else None)
    shown: dict[str, Any] = {
        "works": works,
        "listed": listed,
        "years": years,
        "updated": updated,
        "files": files,
        "own": own,
    }
    yield draw("index.html", **shown)
    yield draw("news.html", news=Told(told[:_NEWS], source.entries))
    for year, path, _ in years:
        yield draw(path, "year.html", year=year, listed=Papers(by_year[year], source.work))


def _groups(
    found: Mapping[str, Sequence[Group]], letters: Mapping[str, Sequence[Group]], draw: _Drawing
) -> Iterator[Page]:
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


def _charts(parts: Sequence[Part], draw: _Drawing) -> Iterator[Page]:
    drawn = list(pictures(parts, draw.svg))
    yield from (Page.of(f"pictures/{picture.name}.svg", picture.svg.encode()) for picture in drawn)
    yield draw("charts.html", pictures=drawn)


# Data -----------------------------------------------------------------------------------------------------------------


def _data(texts: Texts, about: About) -> bytes:
    """What the front page's script works on: the works as in the complete JSON."""
    members = {
        "name": about.name,
        "urls": {name: notation.scheme.address for name, notation in SCHEMES.items()},
        "frames": {name: [FRAMES[name].head, FRAMES[name].joint, FRAMES[name].tail] for name in SCRIPTED},
        "files": {name: [NAMES[name][0], ENDINGS[name]] for name in SCRIPTED},
        "pieces": {},
    }
    head = f'"use strict";\nglobalThis.fedbib = {{...{compact(members)},\n"dates": ['.encode()
    works = b'],\n"works": [\n'
    dates, data = (joined(b"", TEXTS[name], texts(name), b"") for name in ("dates", "data.js"))
    return b"".join((head, dates, works, data, b"\n]};\n"))


def _script(member: str, texts: Texts, name: str) -> bytes:
    return joined(f'"use strict";\nfedbib.{member} = [\n'.encode(), b",\n", texts(name), b"\n];\n")
