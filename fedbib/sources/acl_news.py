"""The Anthology's new volumes, with abstracts, from the XML of the collections that they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from fedbib.model.identifier import Scheme
from fedbib.model.listed import Listed
from fedbib.net.messages import Request
from fedbib.sources import answers
from fedbib.sources.base import Page, Wanted
from fedbib.text.plain import clean

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MEDIA = ("text/plain", "application/xml", "text/xml")


def request(wanted: Wanted, bases: Mapping[str, str], place: str) -> Request | None:
    """The collection of a year at a place: `2026.acl` for the volume "acl-long"; it may not be there yet."""
    collections = _collections(wanted)
    number = int(place) if place.isdecimal() else 0
    if number >= len(collections) or wanted.since >= wanted.until:
        return None
    url = f"{bases['data']}/{collections[number]}.xml"
    return Request(url, (), accept="application/xml, text/plain", expects=_MEDIA)


def _collections(wanted: Wanted) -> list[str]:
    """`findings-acl` stands in `2026.findings`, `acl-long` in `2026.acl`."""
    names = dict.fromkeys(volume.partition("-")[0] for volume in wanted.volumes)
    return [f"{year}.{name}" for year in range(wanted.since.year, wanted.until.year + 1) for name in names]


def page(content: bytes, wanted: Wanted, place: str) -> Page:
    """The papers of the wanted volumes that came in since; a collection that is not there has none."""
    number = int(place) if place.isdecimal() else 0
    following = str(number + 1) if number + 1 < len(_collections(wanted)) else ""
    if not content:
        return Page((), following)
    root = answers.xml_root(content)
    if root.tag != "collection":
        raise answers.Wrong("is not a collection of the Anthology")
    return Page(tuple(_papers(root, wanted)), following)


def _papers(root: Element, wanted: Wanted) -> Iterator[Listed]:
    collection = root.get("id", "")
    for volume in root.iterfind("volume"):
        name = f"{collection}-{volume.get('id', '')}"
        came = _day(volume.get("ingest-date", ""))
        if name.partition(".")[2] not in wanted.volumes or came is None or not wanted.since <= came < wanted.until:
            continue
        for paper in volume.iterfind("paper"):
            id = answers.identifier(Scheme.ACL, f"{name}.{paper.get('id', '')}")
            title = _text(paper.find("title"))
            if id and title:
                people = tuple(_person(author) for author in paper.iterfind("author"))
                yield Listed(id, title, people, _text(paper.find("abstract")), came)


def _text(element: Element | None) -> str:
    return clean("".join(element.itertext())) if element is not None else ""


def _person(author: Element) -> str:
    return clean(f"{author.findtext('first') or ''} {author.findtext('last') or ''}")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
