"""A work: one paper as in the outputs, with CSL 1.0.2 fields and the collection's own facets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import compress
from operator import attrgetter
from typing import Any

from fedbib.model.date import PartialDate
from fedbib.model.identifier import KNOWN, Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.quick import quick


class ItemType(StrEnum):
    """CSL item types. Other types of CSL are read as the nearest of these."""

    PAPER_CONFERENCE = "paper-conference"
    ARTICLE_JOURNAL = "article-journal"
    ARTICLE = "article"
    """A preprint (CSL 1.0.2: "a preprint, working paper, or other manuscript posted online")."""
    CHAPTER = "chapter"
    BOOK = "book"
    THESIS = "thesis"
    REPORT = "report"
    PATENT = "patent"
    WEBPAGE = "webpage"
    DATASET = "dataset"
    SOFTWARE = "software"
    DOCUMENT = "document"
    """The type is not known."""


class Status(StrEnum):
    """Whether a work is a preprint, published, withdrawn or retracted; `UNRESOLVED` means not known yet."""

    UNRESOLVED = "unresolved"
    PREPRINT = "preprint"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"


@quick
@dataclass(frozen=True, slots=True)
class Link:
    """The address of something that belongs to a paper."""

    label: str
    """Lower case: `code`, `slides`, `video`, `page`, `poster`, `dataset`, ..."""
    url: str
    """http or https only."""


def linked(links: Iterable[Link], more: Iterable[Link]) -> tuple[Link, ...]:
    """The links and more of them; a second address under one label gets a number: `code 2`."""
    found = list(links)
    for link in more:
        if any(known.url == link.url for known in found):
            continue
        labels, label, number = {known.label for known in found}, link.label, 2
        while label in labels:
            label, number = f"{link.label} {number}", number + 1
        found.append(Link(label, link.url))
    return tuple(found)


@quick
@dataclass(frozen=True, slots=True)
class Work:
    """One paper. An empty text, an empty tuple or None means that the value is not known.

    Texts are Unicode in the normal form of `fedbib.text.plain.clean`: NFC, single ordinary spaces, none at the
    ends, no control or invisible characters. `title` alone may hold markup, CSL's rich text: `<i>`, `<b>`,
    `<sub>`, `<sup>` and `<span class="nocase">`, balanced; any other `<` or `>` is just a character
    (`fedbib.text.markup`).
    """

    key: str = ""
    """Citation key, as in the record's file name."""
    type: ItemType = ItemType.DOCUMENT
    title: str = ""
    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    translator: tuple[Name, ...] = ()
    container_author: tuple[Name, ...] = ()
    """The authors of the book that a chapter is in, if they are not those of the chapter."""
    issued: PartialDate | None = None
    container_title: str = ""
    """The full title of the proceedings, journal or book that the work appeared in."""
    container_title_short: str = ""
    """The venue's label without the year: "EMNLP", "Findings of ACL", "arXiv"."""
    collection_title: str = ""
    """Series: "Proceedings of Machine Learning Research"."""
    collection_number: str = ""
    """Number of a book within its series."""
    event_title: str = ""
    event_place: str = ""
    event_date: PartialDate | None = None
    """When the conference began."""
    publisher: str = ""
    """For a thesis or report, the school or institution; for a patent, its holder; for a preprint, the server."""
    publisher_place: str = ""
    volume: str = ""
    number_of_volumes: str = ""
    issue: str = ""
    page: Pages | None = None
    number_of_pages: str = ""
    """Of a whole book, thesis or report."""
    chapter_number: str = ""
    number: str = ""
    """Number of a report, a patent or, in a journal without pages, an article."""
    edition: str = ""
    version: str = ""
    """Of software or data: "2.1"."""
    genre: str = ""
    """Kind of thesis or report: "PhD thesis"."""
    medium: str = ""
    """How it was published, if not by a publisher or journal: "Blog post"."""
    archive: str = ""
    """Where it is kept, if not at a server that has identifiers here: "JSTOR", "PubMed"."""
    archive_location: str = ""
    """What it is called there."""
    ISBN: str = ""
    ISSN: str = ""
    DOI: str = ""
    """Lower case, no prefix; the publication's own, never arXiv's (10.48550)."""
    URL: str = ""
    accessed: PartialDate | None = None
    """When somebody last saw what is at `URL`."""
    note: str = ""
    """What else a reader of the reference is told: "Best paper award"."""
    language: str = ""
    """In which it is written, in the words of whoever says so: "en", "German"."""
    arxiv: str = ""
    arxiv_class: str = ""
    """Primary category: "cs.LG"."""
    acl: str = ""
    openreview: str = ""
    pmlr: str = ""
    dblp: str = ""
    other_ids: tuple[Identifier, ...] = ()
    """Identifiers of the schemes that have no field here, at most one of each, by `Scheme.place`."""
    status: Status = Status.UNRESOLVED
    topics: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    comment: str = ""
    """What the keeper of the list says of it, in a few words: for readers."""
    tldr: str = ""
    """What the paper does, in a sentence: for readers."""
    links: tuple[Link, ...] = ()
    aliases: tuple[str, ...] = ()
    """Earlier citation keys."""

    def __hash__(self) -> int:
        """Of the fields that tell works apart, which is quicker than of all."""
        return hash(_TELLING(self))

    def only(self, carries: Iterable[str]) -> Work:
        """The same work with nothing but the named fields."""
        return Work(**{name: getattr(self, name) for name in carries})

    @property
    def is_preprint(self) -> bool:
        return self.type is ItemType.ARTICLE

    @property
    def year(self) -> int | None:
        return self.issued.year if self.issued else None

    @property
    def ids(self) -> tuple[Identifier, ...]:
        """Every identifier, by `Scheme.place`."""
        values = _ID_VALUES(self)
        ids = tuple(map(Identifier, compress(ID_FIELDS, values), filter(None, values)))
        return tuple(sorted((*ids, *self.other_ids), key=lambda id: id.scheme.place)) if self.other_ids else ids

    @property
    def first_id(self) -> Identifier | None:
        """The first of `ids`, quickly."""
        if self.other_ids:
            return next(iter(self.ids), None)
        for scheme, value in zip(ID_FIELDS, _ID_VALUES(self), strict=True):
            if value:
                return Identifier(scheme, value)
        return None


ID_FIELDS = {scheme: "DOI" if scheme is Scheme.DOI else str(scheme) for scheme in KNOWN}
"""The field of `Work` that holds the identifier of a scheme; `other_ids` holds all others."""
_ID_VALUES = attrgetter(*ID_FIELDS.values())


_TELLING = attrgetter(
    "key", "title", "container_title", "volume", "issue", "number", "note", "URL", *ID_FIELDS.values()
)


def id_fields(ids: Iterable[Identifier]) -> dict[str, Any]:
    """The fields of `Work` that hold identifiers, with the first of each scheme; those without one are empty."""
    first: dict[Scheme, Identifier] = {}
    for id in ids:
        first.setdefault(id.scheme, id)
    known = {field: first.pop(scheme).value if scheme in first else "" for scheme, field in ID_FIELDS.items()}
    return {**known, "other_ids": tuple(sorted(first.values(), key=lambda id: id.scheme.place))}


def told_of(fields: Sequence[str]) -> Callable[[Work], dict[str, Any]]:
    """What gives, of a work, those of some fields that are known, with their values, in the order of the fields."""
    values, unknown = attrgetter(*fields), tuple(FIELDS[field] for field in fields)

    def told(work: Work) -> dict[str, Any]:
        said = zip(fields, values(work), unknown, strict=True)
        return {field: value for field, value, nothing in said if value != nothing}

    return told


def with_ids(work: Work, ids: Sequence[Identifier]) -> Work:
    """The work with no other identifiers than some of its own."""
    return replace(work, **id_fields(ids)) if len(ids) < len(work.ids) else work


FIELDS: dict[str, Any] = {field.name: field.default for field in fields(Work)}
"""Every field of `Work` with the value that means "not known", in order."""

NAME_FIELDS = ("author", "editor", "translator", "container_author")
"""The fields that are names of people."""
DATE_FIELDS = ("issued", "event_date", "accessed")
"""The fields that are dates."""

FACETS = frozenset({"topics", "datasets", "models", "comment", "tldr", "links", "aliases"})
"""What only people say; never part of a claim."""
