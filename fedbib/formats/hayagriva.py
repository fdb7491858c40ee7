"""Hayagriva: the YAML that Typst reads beside BibLaTeX. Written only.

After https://github.com/typst/hayagriva/blob/main/docs/file-format.md. What a work is in is its `parent`; a title in
braces keeps its letters, and mathematics in dollars is Typst's, so both signs are escaped where they mean themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fedbib.formats import eprint, yaml
from fedbib.formats.base import DOI, EPRINT, URL, Shape
from fedbib.formats.vocabulary import vocabulary
from fedbib.ids.landing import landing, normalised
from fedbib.model.about import About
from fedbib.model.name import Name, named
from fedbib.model.work import ItemType, Work
from fedbib.text.capitals import protect
from fedbib.text.markup import lettered, segments
from fedbib.text.names import split

_TYPES = vocabulary("hayagriva").written
_PARENTS = {
    ItemType.PAPER_CONFERENCE: "proceedings",
    ItemType.ARTICLE_JOURNAL: "periodical",
    ItemType.CHAPTER: "anthology",
}
_ACTIVE = re.compile(r"[\\{}$]")
_FIRST_GROUP = re.compile(r"\{(?:[^{}\\]|\\.)*+\} ")
_BRACES = re.compile(r"(\\.)|[{}]")
_CARRIERS = {URL: ("url",), DOI: ("doi",), EPRINT: ("arxiv",)}


def shaped(works: Sequence[Work], about: About, shape: Shape) -> str:  # noqa: ARG001 - the protocol's
    return yaml.dump({work.key: _said(_entry(normalised(work), shape)) for work in works})


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _entry(work: Work, shape: Shape) -> dict[str, Any]:
    ids = {
        "doi": eprint.doi(work, work.is_preprint),
        "arxiv": work.arxiv if work.is_preprint else "",
        "url": landing(work),
    }
    kept = shape.kept(_said(ids), _CARRIERS)
    own: dict[str, Any] = {
        "type": _TYPES[work.type],
        "title": _title(work.title),
        "author": _people(work.author),
        "date": work.issued.iso if work.issued else "",
        "edition": work.edition or work.version,
        "page-range": work.page.text if work.page else "",
        "genre": _inert(work.genre),
    }
    inside = _inside(work)
    if work.type is ItemType.WEBPAGE and work.container_title:
        own["parent"] = _said({"type": "web", **inside})
        numbers = {}
    elif work.type in _PARENTS:
        own["parent"] = _said({"type": _PARENTS[work.type], **inside})
        numbers = {"isbn": work.ISBN, "issn": work.ISSN}
    elif work.is_preprint:
        server = work.container_title or work.publisher or (eprint.SERVER if work.arxiv else "")
        own["parent"] = _said({"type": "repository", "title": _inert(server)})
        numbers = {}
    else:
        own |= {name: said for name, said in inside.items() if name != "title"}
        numbers = {"isbn": work.ISBN, "issn": work.ISSN, "serial": work.number}
    serial = _said({name: value for name, value in {**kept, **numbers}.items() if name != "url"})
    return {**own, "serial-number": serial, "url": kept.get("url", "")}


def _inside(work: Work) -> dict[str, Any]:
    """What is said of the book or journal that a work is in, or of the work where it is a book itself."""
    series = {"type": "anthology", "title": _inert(work.collection_title)} if work.collection_title else {}
    return {
        "title": _title(protect(work.container_title)),
        "editor": _people(work.editor),
        "volume": work.volume,
        "issue": work.issue,
        "publisher": _said({"name": _inert(work.publisher), "location": _inert(_place(work))}),
        "parent": series,
    }


def _place(work: Work) -> str:
    return work.publisher_place or (work.event_place if work.type is ItemType.PAPER_CONFERENCE else "")


def _people(names: Sequence[Name]) -> list[Any]:
    return [_person(split(name.unsplit) if name.unsplit else name) for name in named(names)]


def _person(name: Name) -> Any:
    if name.literal or name.suffix or "," in name.family + name.given:
        return _said({"name": name.literal or name.family, "given-name": name.given, "suffix": name.suffix})
    return f"{name.family}, {name.given}" if name.given else name.family


def _title(title: str) -> str:
    """The title with braces around what keeps its capitals; small raised letters where Unicode has them.

    Where a title begins with such words, it is in braces as a whole: Typst 0.15 sets the capitals of a title without
    the blank behind a first group ("IEEETransactions").
    """
    marked = "".join(_marked(run.text, run.styles) for run in segments(lettered(title)))
    if not _FIRST_GROUP.match(marked):
        return marked
    inner = _BRACES.sub(r"\1", marked)
    return f"{{{inner}}}"


def _marked(text: str, styles: Sequence[str]) -> str:
    return f"{{{_inert(text)}}}" if "nocase" in styles else _inert(text)


def _inert(text: str) -> str:
    return _ACTIVE.sub(lambda found: f"\\{found.group()}", text)
