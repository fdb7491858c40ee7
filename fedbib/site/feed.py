"""The Atom feed (RFC 4287) of papers that came in and of preprints that were published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fedbib.ids.landing import landing
from fedbib.model.about import About
from fedbib.model.name import named
from fedbib.model.work import Work
from fedbib.site.entry import Entry
from fedbib.text.markup import plain
from fedbib.text.xml import escape, quoteattr

NEWEST = 100
"""How many news the feed holds."""

_EPOCH = date(1970, 1, 1)
_IDS = "4f0f5b6e-6f0c-5d0e-9d39-8b0a3f6f6a4d"


@dataclass(frozen=True, slots=True)
class News:
    """Something worth telling of a paper."""

    day: date
    kind: str
    """ "added" or "published"."""
    key: str


def of_entry(entry: Entry) -> tuple[News, ...]:
    """The news of one paper."""
    told = ((entry.added, "added"), (entry.published, "published"))
    return tuple(News(day, kind, entry.work.key) for day, kind in told if day)


def newest(news: Iterable[News]) -> list[News]:
    """The newest first, of one day by key."""
    return sorted(news, key=lambda item: (-item.day.toordinal(), item.key, item.kind))


def feed(news: Sequence[News], works: Iterable[Work], about: About) -> str:
    """The feed of the newest, each with its work: by dates in the records, so that they give the same bytes any day."""
    return "\n".join(_lines(news, works, about)) + "\n"


def _lines(news: Sequence[News], works: Iterable[Work], about: About) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield f"  <title>{escape(about.title)}</title>"
    if about.description:
        yield f"  <subtitle>{escape(about.description)}</subtitle>"
    yield f"  <id>{_id(about.name)}</id>"
    if address := about.published.address:
        yield f'  <link rel="self" type="application/atom+xml" href={quoteattr(address + "feed.xml")}/>'
        yield f'  <link rel="alternate" type="text/html" href={quoteattr(address)}/>'
    yield f"  <updated>{_time(news[0].day if news else _EPOCH)}</updated>"
    yield f"  <author><name>{escape(about.title)}</name></author>"
    yield "  <generator>fedbib</generator>"
    yield from (_told(work, one.day, one.kind, about) for one, work in zip(news, works, strict=True))
    yield "</feed>"


def _told(work: Work, day: date, kind: str, about: About) -> str:
    lines = [
        "  <entry>",
        f"    <title>{escape(_title(work, kind))}</title>",
        f"    <id>{_id(f'{about.name} {kind} {work.key}')}</id>",
        f"    <updated>{_time(day)}</updated>",
    ]
    if url := landing(work):
        lines.append(f'    <link rel="alternate" href={quoteattr(url)}/>')
    lines += [f"    <author><name>{escape(name.display)}</name></author>" for name in named(work.author)]
    lines += [f"    <category term={quoteattr(topic)}/>" for topic in work.topics]
    lines += [f"    <summary>{escape(_summary(work))}</summary>", "  </entry>"]
    return "\n".join(lines)


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
    import uuid

    return f"urn:uuid:{uuid.uuid5(uuid.UUID(_IDS), name)}"


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
