"""PMLR's volumes: its first page lists them, "Volume 235 Proceedings of ICML 2024", and the page of each its papers.

The shapes are those of https://github.com/mlresearch/mlresearch.github.io (`index.html`, `_includes/listpaper.html`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fedbib.model.identifier import Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Request
from fedbib.sources import answers
from fedbib.sources.base import Search, Volumes
from fedbib.text.markup import from_html, plain
from fedbib.text.plain import clean
from fedbib.text.regex import regex

_HTML = "text/html"
_MOST = 100_000
_VOLUME = regex(
    r"<a\s[^<>]{0,200}?href=[\"']?(?:https?://proceedings\.mlr\.press)?/?(v\d{1,4})/?[\"']?[^<>]{0,200}+>\s*+"
    r"(?:<b>)?\s*+Volume \d{1,4}\s*+(?:</b>)?\s*+</a>([^<]{1,300})",
    re.IGNORECASE,
)
_PAPER = regex(r"<div\s[^<>]{0,100}?class=[\"']?paper[\"'\s>]", re.IGNORECASE)
_PAGE = regex(r"href=[\"']?[^\"'<>\s]{0,200}?/(v\d{1,4}/[\w-]{1,80})\.html[\"'\s>]", re.IGNORECASE)
_PAGES = regex(r"PMLR\s++\d{1,4}:(\d{1,6})(?:\s?[-–]\s?(\d{1,6}))?")
_SERIES = "Proceedings of Machine Learning Research"
_WORD = regex(r"\w+")
_YEAR = regex(r"(?<= )(?:19|20)\d\d(?= )")
_LONGEST = 10_000
"""Characters of what is listed of one paper."""


def _part(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(p|span)\s[^<>]{{0,100}}?class=[\"']?{name}[\"'\s>][^<>]*+>?(.*?)</\1>", re.DOTALL)


_TITLE, _AUTHORS, _INFO = _part("title"), _part("authors"), _part("info")


def _takes(work: Work) -> bool:
    return bool(work.container_title_short and work.year and not work.pmlr and not work.is_preprint)


def _index(bases: Mapping[str, str], works: Sequence[Work]) -> Request | None:
    return Request(f"{bases['site']}/", (), accept=_HTML, expects=(_HTML,)) if works else None


def _request(bases: Mapping[str, str], volume: str) -> Request:
    return Request(f"{bases['site']}/{volume}/", (), accept=_HTML, expects=(_HTML,))


def _holding(content: bytes, works: Mapping[str, Work]) -> Mapping[str, str]:
    """Where works should be: in the volume whose name has the label or title of their venue, and their year; of several
    in that with the shortest name, as those of workshops are longer than that of their conference.
    """
    volumes = [(volume, _words(name)) for volume, name in _volumes(answers.decoded(content))]
    volumes.sort(key=lambda pair: len(pair[1]))
    by_year: dict[str, list[tuple[str, str]]] = {}
    for volume, name in volumes:
        for year in dict.fromkeys(_YEAR.findall(name)):
            by_year.setdefault(year, []).append((volume, name))
    found: dict[str, str] = {}
    for key, work in works.items():
        venues = [venue for venue in map(_words, (work.container_title_short, work.container_title)) if venue.strip()]
        named = by_year.get(str(work.year), ())
        if volume := next((volume for volume, name in named if any(venue in name for venue in venues)), ""):
            found[key] = volume
    return found


def _words(text: str) -> str:
    """The words of a name, each with a blank on both sides."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _volumes(html: str) -> list[tuple[str, str]]:
    found = [(match[1].lower(), clean(plain(from_html(match[2])))) for match in _VOLUME.finditer(html)]
    if not found:
        raise answers.Wrong("lists no volumes")
    return found


def _papers(content: bytes) -> Iterator[Work]:
    """The papers on a volume's page, none on the page that lists the volumes. Raises Wrong for another page."""
    html = answers.decoded(content)
    starts = [match.start() for match in _PAPER.finditer(html)]
    if not starts:
        _volumes(html)
        return
    for start, end in zip(starts, [*starts[1:], len(html)], strict=True):
        if work := _paper(html[start : min(end, start + _LONGEST)]):
            yield work


def _paper(html: str) -> Work | None:
    page, title, people = _PAGE.search(html), _TITLE.search(html), _AUTHORS.search(html)
    id = answers.identifier(Scheme.PMLR, page[1]) if page else None
    if not id or not title:
        return None
    names = plain(from_html(people[2])).split(",") if people else ()
    info = _INFO.search(html)
    where = plain(from_html(info[2])) if info else ""
    pages = _PAGES.search(where)
    return Work(
        type=ItemType.PAPER_CONFERENCE,
        title=from_html(title[2]),
        author=tuple(Name(unsplit=name) for name in map(clean, names) if name),
        container_title=clean(where[: pages.start()]).strip(" ,") or _SERIES if pages else _SERIES,
        volume=id.value.partition("/")[0].removeprefix("v"),
        page=Pages.parse(f"{pages[1]}-{pages[2]}" if pages[2] else pages[1]) if pages else None,
        pmlr=id.value,
    )


SEARCH = Search("site", "", _papers, most=_MOST, batch=_index, volumes=Volumes(_takes, _request, _holding))
