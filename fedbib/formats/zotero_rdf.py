"""Zotero RDF: all that Zotero can hold of a work, for its import: type, key, tags, and links beside it. Written only.

The shapes are those of Zotero's own export (https://github.com/zotero/translators, Zotero RDF.js). A title has no
marks of what keeps its capitals, since a person would see them there; the citation key stands in Extra, as Zotero and
Better BibTeX read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from fedbib.formats import eprint
from fedbib.formats.base import DOI, EPRINT, URL, Shape
from fedbib.formats.vocabulary import vocabulary
from fedbib.ids.landing import landing, normalised
from fedbib.model.about import About
from fedbib.model.name import Name, named
from fedbib.model.work import ItemType, Link, Work
from fedbib.text.markup import to_html
from fedbib.text.names import split

_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "link": "http://purl.org/rss/1.0/modules/link/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "vcard": "http://nwalsh.com/rdf/vCard#",
}
_TYPES = vocabulary("zotero").written
_RESOURCES = {
    ItemType.ARTICLE_JOURNAL: "bib:Article",
    ItemType.CHAPTER: "bib:BookSection",
    ItemType.BOOK: "bib:Book",
    ItemType.THESIS: "bib:Thesis",
    ItemType.REPORT: "bib:Report",
    ItemType.PATENT: "bib:Patent",
    ItemType.WEBPAGE: "bib:Document",
    ItemType.SOFTWARE: "bib:Data",
}
_CONTAINERS = {
    ItemType.PAPER_CONFERENCE: "bib:Journal",
    ItemType.ARTICLE_JOURNAL: "bib:Journal",
    ItemType.CHAPTER: "bib:Book",
    ItemType.WEBPAGE: "z:Website",
}
_LINKED_URL = "3"
_CARRIERS = {URL: ("url",), DOI: ("doi",), EPRINT: ("arxiv",)}


def shaped(works: Sequence[Work], about: About, shape: Shape) -> str:  # noqa: ARG001 - the protocol's
    for prefix, space in _SPACES.items():
        register_namespace(prefix, space)
    root = Element(_name("rdf:RDF"))
    for work in works:
        _add(root, normalised(work), shape)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'


def _name(short: str) -> str:
    prefix, _, name = short.partition(":")
    return f"{{{_SPACES[prefix]}}}{name}"


def _put(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    element = SubElement(parent, _name(name), {_name(f"rdf:{key}"): value for key, value in attributes.items()})
    element.text = text or None
    return element


def _say(parent: Element, name: str, text: str) -> None:
    if text:
        _put(parent, name, text)


def _add(root: Element, work: Work, shape: Shape) -> None:
    item = _put(root, _RESOURCES.get(work.type, "rdf:Description"), about=f"#{work.key}")
    _put(item, "z:itemType", _TYPES[work.type])
    _within(item, work)
    _publisher(item, work)
    _people(item, "bib:authors", work.author)
    _people(item, "bib:editors", work.editor)
    _people(item, "z:translators", work.translator)
    _people(item, "z:bookAuthors", work.container_author if work.type is ItemType.CHAPTER else ())
    _say(item, "dc:title", unescape(to_html(work.title)))
    _say(item, "dc:date", work.issued.iso if work.issued else "")
    _say(item, "bib:pages", work.page.text if work.page else "")
    _say(item, "dc:type", work.genre if work.type in (ItemType.THESIS, ItemType.REPORT) else "")
    _say(item, "z:reportNumber", work.number if work.type is ItemType.REPORT else "")
    _say(item, "prism:edition", work.edition)
    _say(item, "z:language", work.language)
    if work.event_title:
        _put(_put(_put(item, "bib:presentedAt"), "bib:Conference"), "dc:title", work.event_title)
    _ids(item, work, shape)
    for tag in (*work.topics, *work.datasets, *work.models):
        _put(item, "dc:subject", tag)
    attached = list(_links(work))
    for number, _ in enumerate(attached):
        _put(item, "link:link", resource=f"#{work.key}-{number}")
    for number, link in enumerate(attached):
        _attach(root, f"#{work.key}-{number}", link)


def _within(item: Element, work: Work) -> None:
    """The proceedings, journal or book, and the series."""
    holder = item
    if work.type in _CONTAINERS and work.container_title:
        holder = _put(_put(item, "dcterms:isPartOf"), _CONTAINERS[work.type])
        _say(holder, "dc:title", work.container_title)
    _say(holder, "prism:volume", work.volume)
    _say(holder, "prism:number", work.issue)
    _say(holder, "dc:identifier", f"ISBN {work.ISBN}" if work.ISBN else "")
    _say(holder, "dc:identifier", f"ISSN {work.ISSN}" if work.ISSN else "")
    if work.collection_title:
        _put(_put(_put(holder, "dcterms:isPartOf"), "bib:Series"), "dc:title", work.collection_title)


def _publisher(item: Element, work: Work) -> None:
    place = work.publisher_place or (work.event_place if work.type is ItemType.PAPER_CONFERENCE else "")
    if work.is_preprint:
        _say(item, "z:repository", work.publisher or (eprint.SERVER if work.arxiv else ""))
    elif (work.publisher or place) and work.type is not ItemType.ARTICLE_JOURNAL:
        organisation = _put(_put(item, "dc:publisher"), "foaf:Organization")
        if place:
            _put(_put(_put(organisation, "vcard:adr"), "vcard:Address"), "vcard:locality", place)
        _say(organisation, "foaf:name", work.publisher)


def _people(item: Element, name: str, people: Sequence[Name]) -> None:
    if not (found := list(named(people))):
        return
    listed = _put(_put(item, name), "rdf:Seq")
    for person in found:
        parts = split(person.unsplit) if person.unsplit else person
        who = _put(_put(listed, "rdf:li"), "foaf:Person")
        given = ", ".join(filter(None, (parts.given, parts.suffix)))
        _say(who, "foaf:surname", parts.literal or parts.family or parts.given)
        _say(who, "foaf:givenName", given if parts.family else "")


def _ids(item: Element, work: Work, shape: Shape) -> None:
    arxiv = f"{eprint.SERVER}:{work.arxiv}" if work.arxiv else ""
    said = {"doi": eprint.doi(work, work.is_preprint), "arxiv": arxiv, "url": landing(work)}
    kept = shape.kept({name: value for name, value in said.items() if value}, _CARRIERS)
    if "doi" in kept:
        _put(item, "dc:identifier", f"DOI {kept['doi']}")
    if "url" in kept:
        _address(item, kept["url"])
    if "arxiv" in kept and work.is_preprint:
        _put(item, "z:archiveID", arxiv)
    elif "arxiv" in kept:
        _put(_put(_put(item, "dc:subject"), "dcterms:LCC"), "rdf:value", arxiv)
    _put(item, "dc:description", "\n".join(filter(None, (f"Citation Key: {work.key}", work.note))))


def _address(item: Element, url: str) -> None:
    _put(_put(_put(item, "dc:identifier"), "dcterms:URI"), "rdf:value", url)


def _links(work: Work) -> Iterator[Link]:
    """The links of a work, and the file where its identifier tells the address."""
    if pdf := eprint.pdf(work):
        yield Link("PDF", pdf)
    yield from work.links


def _attach(root: Element, id: str, link: Link) -> None:
    attachment = _put(root, "z:Attachment", about=id)
    _put(attachment, "z:itemType", "attachment")
    _put(attachment, "dc:title", link.label)
    _address(attachment, link.url)
    _put(attachment, "z:linkMode", _LINKED_URL)
    _put(attachment, "link:type", "application/pdf" if link.label == "PDF" else "text/html")
