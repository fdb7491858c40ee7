"""Zotero's items as JSON (https://www.zotero.org/support/dev/web_api/v3/write_requests): what a work is, what changes.

Which fields a type of item has the server says itself, so none is kept here. A value is put into the first of its
fields that the type has; a DOI that has none stands in Extra, as Zotero writes it there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from fedbib.formats import eprint
from fedbib.formats.vocabulary import vocabulary
from fedbib.ids.landing import landing, normalised
from fedbib.model.name import Name, named
from fedbib.model.work import ItemType, Work
from fedbib.text.markup import to_html
from fedbib.text.names import split

TYPES = vocabulary("zotero").written
_KEY = "Citation Key"
_ALPHABET = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"
_LINE = re.compile(r"^([A-Za-z][A-Za-z ]*): *(.*)$")
_CONTAINER = ("proceedingsTitle", "publicationTitle", "bookTitle", "websiteTitle")
_PUBLISHER = ("publisher", "repository", "institution", "university", "company")


def item(work: Work, fields: Container[str]) -> dict[str, Any]:
    """The item of a work, of the fields that its type has; nothing that is empty."""
    work = normalised(work)
    found: dict[str, Any] = {"itemType": TYPES[work.type], "title": unescape(to_html(work.title))}
    extra = {} if "citationKey" in fields else {_KEY: work.key}
    if "citationKey" in fields:
        found["citationKey"] = work.key
    for names, value in _values(work):
        name = next((name for name in names if name in fields), "")
        if value and name:
            found[name] = value
        elif value and names == ("DOI",):
            extra["DOI"] = value
    if work.arxiv and "archiveID" not in found:
        extra["arXiv"] = work.arxiv
    if extra:
        found["extra"] = "\n".join(f"{name}: {value}" for name, value in extra.items())
    found["creators"] = [*_people("author", work.author), *_people("editor", work.editor)]
    found["tags"] = [{"tag": tag} for tag in dict.fromkeys((*work.topics, *work.datasets, *work.models))]
    return found


def _values(work: Work) -> Iterator[tuple[tuple[str, ...], str]]:
    """The fields that may hold a value, the best first, and the value."""
    is_preprint = work.is_preprint
    place = work.publisher_place or (work.event_place if work.type is ItemType.PAPER_CONFERENCE else "")
    yield ("date",), work.issued.iso if work.issued else ""
    yield _CONTAINER, "" if is_preprint else work.container_title
    yield ("conferenceName",), work.event_title
    yield ("volume",), work.volume
    yield ("issue",), work.issue
    yield ("pages",), work.page.text if work.page else ""
    yield ("series",), work.collection_title
    yield _PUBLISHER, work.publisher or (eprint.SERVER if is_preprint and work.arxiv else "")
    yield ("place",), place
    yield ("edition",), work.edition
    yield ("ISBN",), work.ISBN
    yield ("ISSN",), work.ISSN
    yield ("DOI",), eprint.doi(work, is_preprint)
    yield ("archiveID",), f"{eprint.SERVER}:{work.arxiv}" if is_preprint and work.arxiv else ""
    yield ("url",), landing(work)


def _people(kind: str, people: Sequence[Name]) -> Iterator[dict[str, str]]:
    for person in named(people):
        parts = split(person.unsplit) if person.unsplit else person
        if parts.family:
            given = ", ".join(filter(None, (parts.given, parts.suffix)))
            yield {"creatorType": kind, "firstName": given, "lastName": parts.family}
        else:
            yield {"creatorType": kind, "name": parts.literal or parts.given}


def citation_key(data: Mapping[str, Any]) -> str:
    """The citation key that an item has in its field or in Extra; "" for none."""
    field = data.get("citationKey")
    lines = _lines(data.get("extra"))
    return field if isinstance(field, str) and field else next((said for name, said in lines if name == _KEY), "")


def changes(wanted: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, Any]:
    """What of an item in the library is to change: the fields that we have and in which it says something else.

    What a person added to it, in other fields, tags or lines of Extra, stays.
    """
    found = {
        name: value for name, value in wanted.items() if name not in ("tags", "extra") and there.get(name) != value
    }
    tags = [tag for tag in there.get("tags", ()) if isinstance(tag, dict)]
    has = {tag.get("tag") for tag in tags}
    if missing := [tag for tag in wanted["tags"] if tag["tag"] not in has]:
        found["tags"] = [*tags, *missing]
    extra = _with_lines(there.get("extra"), wanted.get("extra", ""))
    if extra != (there.get("extra") or ""):
        found["extra"] = extra
    return found


def _with_lines(there: object, ours: str) -> str:
    """Extra with our lines, in place of those of the same names."""
    wanted = dict(_lines(ours))
    kept = [f"{name}: {wanted.pop(name, said)}" if name else said for name, said in _lines(there)]
    return "\n".join((*kept, *(f"{name}: {said}" for name, said in wanted.items())))


def _lines(extra: object) -> list[tuple[str, str]]:
    """The lines of Extra, each with its name, "" for one that has none."""
    text = extra if isinstance(extra, str) else ""
    return [(match[1], match[2]) if (match := _LINE.match(line)) else ("", line) for line in text.split("\n") if text]


def item_key(citation_key: str) -> str:
    """The key by which an item is made, always the same for a citation key: an item that is sent twice is made once."""
    number = int.from_bytes(hashlib.sha256(citation_key.encode()).digest()[:8])
    letters = []
    for _ in range(8):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)
