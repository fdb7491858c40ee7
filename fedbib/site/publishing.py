"""What a page needs to be found, once its settings name the address it is served at: nothing of it is there before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from fedbib.formats import FORMATS, eprint
from fedbib.ids.landing import landing
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import Name, named
from fedbib.model.work import ItemType, Work
from fedbib.text.markup import plain
from fedbib.text.xml import escape

MOST = 50_000
"""Addresses that a sitemap may have (https://www.sitemaps.org/protocol.html)."""

_TYPES = {
    ItemType.BOOK: "Book",
    ItemType.DATASET: "Dataset",
    ItemType.REPORT: "Report",
    ItemType.SOFTWARE: "SoftwareSourceCode",
    ItemType.THESIS: "Thesis",
    ItemType.WEBPAGE: "WebPage",
}
# What could end a script, or begin a comment in it.
_ESCAPED = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}

_encoded = json.JSONEncoder(ensure_ascii=False).encode


def files(about: About, pages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Path and text of the sitemap of some pages and of the file that leads robots to it."""
    address = about.published.address
    if not address:
        return
    urls = "".join(
        f"<url><loc>{escape(address + page.removesuffix('index.html'))}</loc></url>\n" for page in pages[:MOST]
    )
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    yield "sitemap.xml", f"{head}{urls}</urlset>\n"
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n"


def linked_data(work: Work, about: About, path: str) -> Markup:
    """A paper in schema.org's words (JSON-LD), the text of a script that no browser runs; "" without an address."""
    if not about.published.address:
        return Markup()
    doi = eprint.doi(work, work.is_preprint)
    said = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(work.type, "ScholarlyArticle"),
        "headline": plain(work.title) or work.key,
        "author": [_person(name) for name in named(work.author)],
        "datePublished": work.issued.iso if work.issued else "",
        "isPartOf": {"@type": "PublicationIssue", "name": work.container_title} if work.container_title else {},
        "keywords": list(work.topics),
        "url": about.published.address + path,
        "sameAs": [url for url in dict.fromkeys((f"https://doi.org/{doi}" if doi else "", landing(work))) if url],
    }
    text = _encoded({name: value for name, value in said.items() if value})
    for char, escaped in _ESCAPED.items():  # `translate` takes thirty times as long
        text = text.replace(char, escaped)
    return Markup(text)


def _person(name: Name) -> dict[str, str]:
    return {"@type": "Organization" if name.literal else "Person", "name": name.display}


def reference(about: About, year: int | None) -> tuple[str, str]:
    """How to cite the collection, in a sentence and in BibTeX; empty where the settings do not name whom to cite."""
    known = about.published
    if not known.authors:
        return "", ""
    url = f"https://doi.org/{known.doi}" if known.doi else known.address or known.repository
    parts = (
        ", ".join(name.display for name in known.authors),
        about.title,
        known.version and f"Version {known.version}",
    )
    said = "".join(f"{part}. " for part in (*parts, str(year or "")) if part) + url
    work = Work(
        key=about.name,
        type=ItemType.DATASET,
        title=about.title,
        author=known.authors,
        issued=PartialDate(year) if year else None,
        version=known.version,
        DOI=known.doi,
        URL="" if known.doi else url,
    )
    return said.strip(), FORMATS["bibtex"].render([work], about)
