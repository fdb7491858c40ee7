"""CITATION.cff, Citation File Format 1.2.0: the works as what a repository refers to. Written only.

The file must name authors and a title of what it describes: for one work these are the work's own, which is then also
the preferred citation; for several the collection's title stands for both, as in the feed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fedbib.formats import eprint, yaml
from fedbib.formats.base import DOI, EPRINT, URL, Shape
from fedbib.formats.vocabulary import vocabulary
from fedbib.ids.landing import landing, normalised
from fedbib.model.about import About
from fedbib.model.name import Name, named
from fedbib.model.work import ItemType, Work
from fedbib.text.markup import plain
from fedbib.text.names import split
from fedbib.text.regex import regex

_TYPES = vocabulary("cff").written
_NOBODY = {"name": "anonymous"}
_CARRIERS = {URL: ("url",), DOI: ("doi",), EPRINT: ("identifiers",)}
# The patterns of the format's schema.
_DOI = regex(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
_ISBN = regex(r"[0-9\- ]{10,17}X?")
_ISSN = regex(r"\d{4}-\d{3}[\dxX]")


def shaped(works: Sequence[Work], about: About, shape: Shape) -> str:
    references = [_reference(normalised(work), shape) for work in works]
    one = references[0] if len(references) == 1 else None
    return yaml.dump(
        {
            "cff-version": "1.2.0",
            "message": "Please cite this work." if one else "Please cite the works below.",
            "title": one["title"] if one else about.title or about.name,
            **({} if one else {"type": "dataset"}),
            "authors": one["authors"] if one else [{"name": about.title or about.name}],
            **({"preferred-citation": one} if one else {"references": references} if references else {}),
        }
    )


def _reference(work: Work, shape: Shape) -> dict[str, Any]:
    container = work.container_title
    is_paper = work.type in (ItemType.PAPER_CONFERENCE, ItemType.CHAPTER)
    said = {
        "type": _TYPES[work.type],
        "title": plain(work.title) or work.key,
        "authors": people(work.author) or [_NOBODY],
        "editors": people(work.editor),
        "journal": container if work.type is ItemType.ARTICLE_JOURNAL else "",
        "collection-title": container if is_paper else work.collection_title,
        "collection-type": "proceedings" if work.type is ItemType.PAPER_CONFERENCE and container else "",
        "conference": _entity(work.event_title, work.event_place),
        "volume": work.volume,
        "issue": work.issue,
        "number": work.number,
        "edition": work.edition,
        "version": work.version,
        "start": work.page.first if work.page else "",
        "end": work.page.last if work.page else "",
        "year": work.year or 0,
        "month": (work.issued and work.issued.month) or 0,
        "date-published": work.issued.iso if work.issued and work.issued.day else "",
        "publisher": _entity(work.publisher, work.publisher_place),
        "thesis-type": work.genre if work.type is ItemType.THESIS else "",
        "isbn": work.ISBN if _ISBN.fullmatch(work.ISBN) else "",
        "issn": work.ISSN if _ISSN.fullmatch(work.ISSN) else "",
        "status": "preprint" if work.is_preprint else "",
        **_ids(work, shape),
        "keywords": list(dict.fromkeys(work.topics)),
    }
    return {name: value for name, value in said.items() if value}


def _ids(work: Work, shape: Shape) -> Mapping[str, Any]:
    doi = eprint.doi(work, work.is_preprint)
    arxiv = f"{eprint.SERVER}:{work.arxiv}" if work.is_preprint and work.arxiv else ""
    ids = {
        "doi": doi if _DOI.fullmatch(doi) else "",
        "identifiers": [{"type": "other", "value": arxiv, "description": eprint.SERVER}] if arxiv else [],
        "url": landing(work),
    }
    return shape.kept({name: value for name, value in ids.items() if value}, _CARRIERS)


def _entity(name: str, place: str) -> dict[str, str]:
    return {"name": name} | ({"location": place} if place else {}) if name else {}


def people(names: Sequence[Name]) -> list[dict[str, str]]:
    """Persons and organisations in the format's words."""
    # The schema wants each once.
    people = dict.fromkeys(split(name.unsplit) if name.unsplit else name for name in named(names))
    return [_person(name) for name in people]


def _person(name: Name) -> dict[str, str]:
    if name.literal:
        return {"name": name.literal}
    parts = {"family-names": name.family, "given-names": name.given, "name-suffix": name.suffix}
    return {part: text for part, text in parts.items() if text}
