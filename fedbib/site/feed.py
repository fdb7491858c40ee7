"""The Atom feed (RFC 4287) of papers that came in and of preprints that were published."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from fedbib.ids.landing import landing
from fedbib.model.about import About
from fedbib.model.name import named
from fedbib.model.work import Work
from fedbib.site.entry import Entry
from fedbib.text.markup import plain

NEWEST = 100
"""How many news the feed holds."""

_EPOCH = date(1970, 1, 1)
_IDS = uuid.UUID("4f0f5b6e-6f0c-5d0e-9d39-8b0a3f6f6a4d")


def news(entries: Sequence[Entry]) -> list[tuple[date, str, Entry]]:
    """Day, "added" or "published", and entry of each piece of news, the newest first, of one day by key."""
    told = [(entry.added, "added", entry) for entry in entries] + [
        (entry.published, "published", entry) for entry in entries
    ]
    found = [(day, kind, entry) for day, kind, entry in told if day]
    return sorted(found, key=lambda item: (-item[0].toordinal(), item[2].work.key, item[1]))


def feed(entries: Sequence[Entry], about: About) -> str:
    """The feed, of the dates in the records: the same records give the same bytes on any day."""
    newest = news(entries)[:NEWEST]
    return "\n".join(_lines(newest, about)) + "\n"


def _lines(newest: Sequence[tuple[date, str, Entry]], about: About) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield f"  <title>{escape(about.title)}</title>"
    if about.description:
        yield f"  <subtitle>{escape(about.description)}</subtitle>"
    yield f"  <id>{_id(about.name)}</id>"
    if address := about.published.address:
        yield f'  <link rel="self" type="application/atom+xml" href={quoteattr(address + "feed.xml")}/>'
        yield f'  <link rel="alternate" type="text/html" href={quoteattr(address)}/>'
    yield f"  <updated>{_time(newest[0][0] if newest else _EPOCH)}</updated>"
    yield f"  <author><name>{escape(about.title)}</name></author>"
    yield "  <generator>fedbib</generator>"
    for day, kind, entry in newest:
        work = entry.work
        yield "  <entry>"
        yield f"    <title>{escape(_title(work, kind))}</title>"
        yield f"    <id>{_id(f'{about.name} {kind} {work.key}')}</id>"
        yield f"    <updated>{_time(day)}</updated>"
        if url := landing(work):
            yield f'    <link rel="alternate" href={quoteattr(url)}/>'
        for name in named(work.author):
            yield f"    <author><name>{escape(name.display)}</name></author>"
        for topic in work.topics:
            yield f"    <category term={quoteattr(topic)}/>"
        yield f"    <summary>{escape(_summary(work))}</summary>"
        yield "  </entry>"
    yield "</feed>"


def _title(work: Work, kind: str) -> str:
    title = plain(work.title) or work.key
    return f"Published: {title}" if kind == "published" else title


def _summary(work: Work) -> str:
    people = ", ".join(name.display for name in work.author)
    return ". ".join(filter(None, (people, label(work)))) or work.key


def label(work: Work) -> str:
    """The venue with its year."""
    return f"{work.container_title_short or work.container_title} {work.year or ''}".strip()


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_IDS, name)}"


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
