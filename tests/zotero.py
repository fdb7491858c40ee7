"""What Zotero makes of a page and of its own RDF, after the rules of its own readers.

https://github.com/zotero/utilities (openurl.js, utilities.js) and https://github.com/zotero/translators (Embedded
Metadata.js, RDF.js), as of 2024.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from defusedxml.ElementTree import fromstring

TYPES = {
    "conferencePaper", "journalArticle", "preprint", "bookSection", "book", "thesis", "report", "webpage", "patent",
    "dataset", "computerProgram", "document",
}  # fmt: skip


@dataclass
class Item:
    type: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    authors: list[tuple[str, str]] = field(default_factory=list)
    """Family and given name."""
    tags: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    """Title and address of what is attached."""


_FORMATS = {"journal": "journalArticle", "dissertation": "thesis", "patent": "patent", "dc": "webpage"}
_GENRES = {
    "bookitem": "bookSection",
    "conference": "conferencePaper",
    "proceeding": "conferencePaper",
    "report": "report",
}
_SAME = {
    "rft.date": "date", "rft.volume": "volume", "rft.issue": "issue", "rft.pages": "pages", "rft.issn": "ISSN",
    "rft.isbn": "ISBN", "rft.pub": "publisher", "rft.publisher": "publisher", "rft.place": "place",
    "rft.series": "series",
}  # fmt: skip
_IN_PART = ("journalArticle", "bookSection", "conferencePaper")


def from_coins(title: str) -> Item:
    """The item of a span's title."""
    pairs = [part.split("=", 1) for part in title.split("&")]
    read = [(name, unquote(re.sub(r"\+|%2[bB]", " ", value))) for name, value in pairs]
    formats = [value.rpartition(":")[2] for name, value in read if name == "rft_val_fmt"]
    genre = dict(read).get("rft.genre", "")
    item = Item(_GENRES.get(genre, "book") if formats[0] == "book" else _FORMATS[formats[0]])
    first: dict[str, str] = {}
    for name, value in read:
        if name == "rft_id":
            target = "DOI" if value.startswith("info:doi") else "url"
            item.fields[target] = value.removeprefix("info:doi/")
        elif name in _SAME:
            item.fields[_SAME[name]] = value
        elif name in ("rft.aulast", "rft.aufirst"):
            first[name] = value
        elif name in ("rft.au", "rft.creator"):
            item.authors.append(cleaned(value))
        elif name == "rft.subject" and item.type != "thesis":
            item.tags.append(value)
        elif name == "rft.type" and value in TYPES:
            item.type = value
        elif name == "rft.inst" and item.type == "thesis":
            item.fields["publisher"] = value
        else:
            _title(item, name, value)
    if first and not any(
        last == first["rft.aulast"] and given.startswith(first["rft.aufirst"]) for last, given in item.authors
    ):
        item.authors.insert(0, (first["rft.aulast"], first["rft.aufirst"]))
    return item


def _title(item: Item, name: str, value: str) -> None:
    whole = item.type in ("book", "report")
    target = {
        "rft.btitle": "title" if whole else "publicationTitle" if item.type in _IN_PART[1:] else "",
        "rft.atitle": "title" if item.type in _IN_PART else "",
        "rft.jtitle": "publicationTitle" if item.type == "journalArticle" else "",
        "rft.title": "publicationTitle" if item.type in _IN_PART else "title",
    }.get(name)
    if target:
        item.fields[target] = value


def cleaned(author: str) -> tuple[str, str]:
    """Family and given name of a creator, inverted where there is a comma."""
    inverted = "," in author
    author = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", author)
    if not inverted:
        given, _, family = author.rpartition(" ")
        return family, given
    parts = re.split(r", ?", re.sub(r"\.([^ ])", r". \1", author, count=1))
    return parts[0], parts[1] if len(parts) > 1 else ""


_HIGHWIRE = {
    "citation_journal_title": "journalArticle", "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper", "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}  # fmt: skip
_MAPPED = {
    "citation_title": "title", "citation_publication_date": "date", "citation_journal_title": "publicationTitle",
    "citation_inbook_title": "publicationTitle", "citation_volume": "volume", "citation_issue": "issue",
    "citation_dissertation_institution": "publisher", "citation_technical_report_institution": "publisher",
    "citation_publisher": "publisher", "citation_isbn": "ISBN", "citation_issn": "ISSN", "citation_doi": "DOI",
    "citation_public_url": "url", "citation_abstract": "abstractNote",
}  # fmt: skip


def from_tags(tags: Iterable[tuple[str, str]]) -> Item:
    """The item of the <meta> tags of a page."""
    tags = list(tags)
    item = Item()
    told: Sequence[str] = [_HIGHWIRE[name] for name, _ in tags if name in _HIGHWIRE]
    own = [value for name, value in tags if name == "z:itemType" and value in TYPES]
    item.type = told[-1] if told else own[0] if own else "journalArticle"
    for name, value in tags:
        if name in _MAPPED:
            item.fields.setdefault(_MAPPED[name], value)
        elif name == "citation_author":
            item.authors.append(cleaned(value))
        elif name == "description":
            item.fields.setdefault("abstractNote", value)
    pages = [value for name, value in tags if name in ("citation_firstpage", "citation_lastpage")]
    if pages:
        item.fields["pages"] = "-".join(pages)
    return item


_NS = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "z": "http://www.zotero.org/namespaces/export#",
    "bib": "http://purl.org/net/biblio#", "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "link": "http://purl.org/rss/1.0/modules/link/", "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "vcard": "http://nwalsh.com/rdf/vCard#",
}  # fmt: skip
_IN_RDF = {
    "title": "dc:title", "date": "dc:date", "pages": "bib:pages", "publicationTitle": "dcterms:isPartOf/*/dc:title",
    "series": ".//bib:Series/dc:title", "volume": ".//prism:volume", "issue": ".//prism:number",
    "publisher": "dc:publisher/foaf:Organization/foaf:name", "repository": "z:repository",
    "place": ".//vcard:locality", "url": "dc:identifier/dcterms:URI/rdf:value", "extra": "dc:description",
    "archiveID": "z:archiveID", "callNumber": "dc:subject/dcterms:LCC/rdf:value",
    "conferenceName": "bib:presentedAt/bib:Conference/dc:title",
}  # fmt: skip


def from_rdf(text: str) -> dict[str, Item]:
    """The items of a file in Zotero RDF by what they are about."""
    root = fromstring(text)
    about = f"{{{_NS['rdf']}}}about"
    links = {
        node.get(about, ""): (node.findtext("dc:title", "", _NS), node.findtext(".//rdf:value", "", _NS))
        for node in root.findall("z:Attachment", _NS)
    }
    found: dict[str, Item] = {}
    for node in root:
        if node.tag.endswith("}Attachment"):
            continue
        item = Item(node.findtext("z:itemType", "", _NS))
        item.fields = {name: said for name, path in _IN_RDF.items() if (said := node.findtext(path, "", _NS))}
        for said in (each.text or "" for each in node.findall(".//dc:identifier", _NS)):
            kind, _, value = said.partition(" ")
            if kind in ("DOI", "ISBN", "ISSN"):
                item.fields[kind] = value
        item.authors = [
            (who.findtext("foaf:surname", "", _NS), who.findtext("foaf:givenName", "", _NS))
            for who in node.findall("bib:authors/rdf:Seq/rdf:li/foaf:Person", _NS)
        ]
        item.tags = [each.text for each in node.findall("dc:subject", _NS) if each.text and each.text.strip()]
        places = [each.get(f"{{{_NS['rdf']}}}resource", "") for each in node.findall("link:link", _NS)]
        item.links = [links[place] for place in places]
        found[node.get(about, "")] = item
    return found
