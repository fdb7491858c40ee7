"""Lists in the wild: one paper as a list shows it, with what is unsure about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fedbib.formats.lists.lexicon import Lexicon
from fedbib.formats.lists.links import role_of_word, target_of
from fedbib.formats.lists.phrases import People, SaidVenue
from fedbib.formats.lists.pieces import TRACKING
from fedbib.ids.landing import safe
from fedbib.ids.wrapped import direct
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import Link, linked

_WEB = re.compile("https?:", re.IGNORECASE)
_SCHEME = re.compile("[a-z]+:", re.IGNORECASE)
_LINK_AS_TARGET = re.compile(r"\((https?://[^\s()]+)\)$")


@dataclass(slots=True)
class Draft:
    """What one item of a list says so far."""

    line: int
    lexicon: Lexicon
    title: str = ""
    author: tuple[Name, ...] = ()
    venue: str = ""
    issued: PartialDate | None = None
    ids: dict[Scheme, list[Identifier]] = field(default_factory=dict)
    url: str = ""
    """The publisher's page or file of the paper."""
    is_published: bool = False
    links: tuple[Link, ...] = ()
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_archived: bool = False
    """Nothing but a badge says that the paper is in the archive."""
    is_empty: bool = False
    """A label for the paper leads nowhere."""
    is_nickname: bool = False
    is_loose: bool = False
    is_kin: bool = False
    """Stands among rows that are papers without doubt."""
    is_listed: bool = False
    """Stands where only papers stand: in a column of titles."""
    is_local: bool = False
    """A link leads to a file beside the list."""
    unsafe: str = ""
    pages: list[str] = field(default_factory=list)
    """Addresses of which nothing is known."""
    more: list[str] = field(default_factory=list)
    """Further addresses of the paper."""
    comments: list[str] = field(default_factory=list)
    """Words that are none of the paper's own data, and may be what the list's keeper says of it."""
    tldr: str = ""
    others: list[str] = field(default_factory=list)
    """Words of which a label or a column says that they are something else."""

    @property
    def has_paper(self) -> bool:
        return bool(self.ids or self.url or self.is_empty)

    def link(self, url: str, label: str) -> None:
        url = url.strip()
        if match := _LINK_AS_TARGET.search(url):  # a whole link as the target of another
            url = match.group(1)
        url = TRACKING.sub("", direct(url))
        if "?" not in url and "&" in url:
            url = url.partition("&")[0]
        url = _without_title(url)
        if not url:
            self.is_empty |= role_of_word(label) == "paper"
            return
        if not _WEB.match(url):
            if not url.startswith("#") and not _SCHEME.match(url):
                self.is_local = True
            if _SCHEME.match(url):
                self.unsafe = url
                self.is_empty |= role_of_word(label) == "paper"
            return
        if not safe(url):
            self.unsafe = url
            self.is_empty |= role_of_word(label) == "paper"
            return
        target = target_of(url, label)
        if not target.id and (kind := self.lexicon.kind_of(url, label)):
            self.links = linked(self.links, [Link(kind, url)])
        elif target.id:
            known = self.ids.setdefault(target.id.scheme, [])
            if target.id not in known:
                known.append(target.id)
        elif target.role == "paper":
            other = url
            if not self.url or (target.is_published and not self.is_published):
                other, self.url, self.is_published = self.url, url, target.is_published
            if other and other != self.url:
                self.more.append(other)
        elif target.role in ("code", "slides", "video", "poster", "page", "dataset", "model", "supplement"):
            self.links = linked(self.links, [Link(target.role, url)])
        else:
            self.pages.append(url)

    def said(self, venue: SaidVenue) -> None:
        if venue.id:
            known = self.ids.setdefault(venue.id.scheme, [])
            if venue.id not in known:
                known.append(venue.id)
        if venue.label and (not self.venue or self.venue == "arXiv"):
            self.venue = venue.label
            self.issued = venue.issued or self.issued
        if venue.issued and not self.issued:
            self.issued = venue.issued

    def people(self, people: People) -> None:
        if not self.author:
            self.author = people.names


def _without_title(url: str) -> str:
    """The address without a link's title that stands in quotes behind it, with no blank between."""
    for quote in ('"', "%22"):
        body = url.removesuffix(quote)
        if body != url and quote in body:
            return body[: body.rindex(quote)]
    return url
