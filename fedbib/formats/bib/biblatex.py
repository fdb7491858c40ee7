"""BibLaTeX for biber, in its own terms: UTF-8, whole dates, journaltitle, pubstate.

What `fedbib.formats.bib.bibtex` must say in BibTeX's words has a field of its own here, and raised digits are
Unicode's where LaTeX has them. Read like any .bib.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from fedbib.formats import eprint
from fedbib.formats.base import RECENT, Shape
from fedbib.formats.bib import bibtex
from fedbib.formats.bib.bibtex import Said
from fedbib.formats.bib.entries import BibEntry
from fedbib.formats.vocabulary import vocabulary
from fedbib.ids.landing import normalised
from fedbib.model.about import About
from fedbib.model.reading import Reading
from fedbib.model.work import ItemType, Work
from fedbib.text.markup import lettered

CARRIES = bibtex.CARRIES | {"event_title", "event_place", "event_date", "translator", "container_author", "language"}

_WORDS = vocabulary("biblatex")
_EDITED = frozenset(
    {"inproceedings", "incollection", "inbook", "book", "article", "dataset", "software", "misc", "online"}
)
_TRANSLATED = frozenset({"article", "book", "inbook", "incollection"})
_NAMES = {"journal": "journaltitle", "address": "location"}
_ORDER = (
    "author", "editor", "translator", "title", "bookauthor", "booktitle", "journal", "eventtitle", "eventdate",
    "venue", "series", "volume", "volumes", "number",
    "eid", "edition", "chapter", "pages", "pagetotal",
    "date", "pubstate", "type", "version", "howpublished", "publisher", "organization", "institution", "holder",
    "address", "isbn", "issn", "doi", "eprint", "eprinttype", "verba", "url", "urldate", "note", "keywords",
    "language", "ids", "crossref",
)  # fmt: skip
_TYPE_WORDS = {said: word for word, said in bibtex.GENRES.items()}
_POSTED = frozenset({ItemType.DOCUMENT, ItemType.WEBPAGE})
"""What is read as a preprint where it has an arXiv id."""
_SMALL = "¹²³"
"""The small digits that LaTeX's fonts have."""
_PREPRINT = {"institution": "publisher", "version": "version", "note": "note", "language": "language"}
_NEEDS_TYPE = {"thesis": "phdthesis", "report": "techreport"}

arrange = bibtex.arrange


def carry(work: Work) -> Work:
    """What the format keeps: as `fedbib.formats.bib.bibtex`, with whole dates."""
    return bibtex.work_of(_item(work))


def render(works: Sequence[Work], about: About) -> str:
    """A .bib in UTF-8, where only TeX's own signs and mathematics are macros."""
    return shaped(works, about, Shape())


def shaped(works: Sequence[Work], about: About, shape: Shape) -> str:  # noqa: ARG001 - the protocol's
    return bibtex.written_in(shape, works, map(_written, map(_item, works)))


def parse(text: str) -> Reading:
    return bibtex.parse(text)


def entry(work: Work) -> Said:
    return bibtex.said(_item(work))


def entries(text: str) -> Sequence[Said]:
    return bibtex.entries(text)


@lru_cache(maxsize=RECENT)
def _item(work: Work) -> BibEntry:
    work = normalised(work)
    if (title := lettered(work.title, _SMALL)) != work.title:
        work = replace(work, title=title)
    preprint = work.type is ItemType.ARTICLE or (work.type in _POSTED and bool(work.arxiv))
    entry_type = _WORDS.written[work.type]
    if entry_type == "incollection" and work.container_author:
        entry_type = "inbook"
    values = bibtex.stated(work, _PREPRINT if preprint else _WORDS.fields[entry_type], preprint)
    if work.issued:
        values["date"] = work.issued.iso
    if entry_type == "inproceedings" and work.event_date:
        values["eventdate"] = work.event_date.iso
    if entry_type == "inproceedings" and work.event_place:
        values["venue" if "address" in values else "address"] = work.event_place  # biblatex-apa knows no `venue`
    if preprint:
        entry_type = _preprint(values)
    elif entry_type in _NEEDS_TYPE or "type" in values:
        genre = values.get("type", "")
        values["type"] = _TYPE_WORDS.get(genre, genre) or _NEEDS_TYPE[entry_type]
    said = {
        "author": work.author,
        "editor": work.editor if entry_type in _EDITED else (),
        "translator": work.translator if entry_type in _TRANSLATED else (),
        "bookauthor": work.container_author if entry_type == "inbook" else (),
    }
    people = {field: bibtex.people(names) for field, names in said.items()}
    return BibEntry(bibtex.key_of(work), entry_type, fields=values, **people)


def _preprint(values: dict[str, str]) -> str:
    """The entry type of a preprint, and its values as that has them.

    A report with the id for its number: so every style of biblatex and Typst's print year and number, and the number
    once. A report must have an institution; where none is known it is unpublished.
    """
    number = values.pop("verba", "")
    institution = values.get("institution") or (eprint.SERVER if number else "")
    if not institution:
        values["pubstate"] = "prepublished"
        values.pop("version", None)
        return "unpublished"
    values |= {"type": bibtex.PREPRINT, "institution": institution} | ({"number": number} if number else {})
    return "report"


def _written(item: BibEntry) -> tuple[str, str, dict[str, str]]:
    values = bibtex.written(item, raw=True)
    if item.type == "inproceedings" and not item.editor:
        # biblatex-apa makes an @article, which has no publisher, of proceedings that have neither an editor nor this.
        values["crossref"] = "{}"
    return item.type, item.key, {_NAMES.get(name, name): values[name] for name in _ORDER if name in values}
