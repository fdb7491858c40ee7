"""Works as OpenURL in a span (COinS), which Zotero and others look for in a page.

The shapes are those that Zotero's reader tells types by: the format alone makes a journal article, the genre divides
books, and what has no format of its own is Dublin Core with the name of a Zotero type.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import quote_plus

from fedbib.formats import eprint
from fedbib.formats.vocabulary import vocabulary
from fedbib.ids.landing import landing
from fedbib.model.name import Name, named
from fedbib.model.work import ItemType, Work
from fedbib.text.markup import plain

ZOTERO = vocabulary("zotero").written
"""What Zotero calls the item types."""

_BOOKS = {
    ItemType.PAPER_CONFERENCE: "proceeding",
    ItemType.CHAPTER: "bookitem",
    ItemType.BOOK: "book",
    ItemType.REPORT: "report",
}


def coins(work: Work) -> str:
    """The title of the span of a normalised work."""
    return "&".join([f"{name}={_quoted(value)}" for name, value in _values(work) if value])


_quoted = lru_cache(maxsize=1 << 12)(quote_plus)
"""Works have many values in common."""


def _values(work: Work) -> Iterator[tuple[str, str]]:
    yield "ctx_ver", "Z39.88-2004"
    yield from _titles(work)
    yield "rft.place", work.publisher_place or (work.event_place if work.type is ItemType.PAPER_CONFERENCE else "")
    if work.type is not ItemType.THESIS:
        yield "rft.pub", work.publisher or (eprint.SERVER if work.is_preprint and work.arxiv else "")
    yield from _people(list(named(work.author)))
    yield "rft.date", work.issued.iso if work.issued else ""
    yield "rft.volume", work.volume
    yield "rft.issue", work.issue
    yield "rft.pages", work.page.text if work.page else ""
    yield "rft.issn", work.ISSN
    yield "rft.isbn", work.ISBN
    yield from (("rft.subject", topic) for topic in work.topics)
    doi = eprint.doi(work, work.is_preprint)
    yield "rft_id", f"info:doi/{doi}" if doi else ""
    yield "rft_id", landing(work)


def _titles(work: Work) -> Iterator[tuple[str, str]]:
    title, container = plain(work.title), work.container_title
    if work.type in _BOOKS:
        whole = work.type in (ItemType.BOOK, ItemType.REPORT)
        yield from (("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"), ("rft.genre", _BOOKS[work.type]))
        yield "rft.atitle", "" if whole else title
        yield "rft.btitle", title if whole else container
        yield "rft.series", work.collection_title
    elif work.type is ItemType.ARTICLE_JOURNAL:
        yield from (("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"), ("rft.genre", "article"))
        yield from (("rft.atitle", title), ("rft.jtitle", container))
    elif work.type is ItemType.THESIS:
        yield from (("rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation"), ("rft.title", title))
        yield from (("rft.inst", work.publisher), ("rft.degree", work.genre))
    else:
        yield from (("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"), ("rft.type", ZOTERO[work.type]), ("rft.title", title))


def _people(names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """The first in parts, the others inverted; Zotero takes a namesake for the first, so then all are inverted."""
    alike = [name for name in names if names[0].family and name.family == names[0].family]
    in_parts = bool(names and names[0].given) and not any(name.given.startswith(names[0].given) for name in alike[1:])
    for number, name in enumerate(names):
        if number == 0 and in_parts:
            yield from (("rft.aulast", name.family), ("rft.aufirst", name.given))
        else:
            yield "rft.au", _inverted(name)


def _inverted(name: Name) -> str:
    # A comma at the end keeps a name of several words in one piece.
    return f"{name.family}, {name.given}" if name.given else f"{name.literal or name.family or name.unsplit},"
