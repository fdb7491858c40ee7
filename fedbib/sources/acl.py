"""ACL Anthology: per-paper `.bib` files of its site, or the data XML of whole collections where many papers are asked.

The XML is documented in https://github.com/acl-org/acl-anthology (`data/xml/schema.rnc`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fedbib.ids.schemes.acl import DOI_START, from_doi
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Status, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import acl_news, answers, bibtex
from fedbib.sources.base import Answer, Bulk, News, Role, Source
from fedbib.text.markup import Segment, plain
from fedbib.text.plain import clean
from fedbib.text.regex import regex

_LARGEST = 100_000_000
"""Bytes of a collection's file."""
if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MANY = 5
"""From so many papers of one collection on, its XML (up to some MB) costs less than its `.bib` files."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = regex(rf"\b({'|'.join(_MONTHS)})[a-z]*\b", re.IGNORECASE)
_JOURNALS = {"cl": "Computational Linguistics", "tacl": "Transactions of the Association for Computational Linguistics"}
_STYLES = {"fixed-case": "nocase", "i": "i", "b": "b", "sub": "sub", "sup": "sup"}


def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """The `.bib` of each paper; for five and more papers of one collection, the XML of the collection."""
    by_collection: dict[str, list[Identifier]] = {}
    for id in dict.fromkeys(ids):
        by_collection.setdefault(id.value.partition("-")[0], []).append(id)
    made: list[Request] = []
    for collection, papers in by_collection.items():
        if len(papers) >= _MANY:
            made.append(_collection(collection, papers, bases))
        else:
            made += [
                Request(f"{bases['site']}/{id.value}.bib", (id,), accept="application/x-bibtex, text/plain")
                for id in papers
            ]
    return made


def collections(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """The XML of the papers' collections: a paper that was retracted or removed has no `.bib` any more."""
    by_collection: dict[str, list[Identifier]] = {}
    for id in ids:
        by_collection.setdefault(id.value.partition("-")[0], []).append(id)
    return [_collection(name, papers, bases) for name, papers in by_collection.items()]


def _collection(name: str, papers: Sequence[Identifier], bases: Mapping[str, str]) -> Request:
    return Request(
        f"{bases['data']}/{name}.xml",
        tuple(papers),
        accept="application/xml, text/plain",
        expects=("text/plain", "application/xml", "text/xml"),
    )


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    """Reads a `.bib` or XML, whichever the body is: a collection, a volume or paper elements alone."""

    def found(content: bytes) -> Iterator[answers.Found]:
        if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
            return _xml(content, frozenset(id.value for id in request.ids))
        return _bib(content)

    return answers.read(SOURCE.name, body, request, found)


# Data XML ------------------------------------------------------------------------------------------------------------


def _xml(content: bytes, wanted: frozenset[str]) -> Iterator[answers.Found]:
    root = answers.xml_root(content)
    papers: list[tuple[str, str, Element]] = []
    metas: dict[str, tuple[str, Element]] = {}
    pending = [(root, "", "", "")]
    while pending:
        element, collection, volume, kind = pending.pop()
        match element.tag:
            case "collection":
                collection = element.get("id", "")
            case "volume":
                kind = element.get("type", "")
                volume = _volume_id(collection, element)
                if (meta := element.find("meta")) is not None:
                    metas[volume] = (kind, meta)
            case "paper" | "frontmatter":
                papers.append((_paper_id(element, volume), volume, element))
                continue
        pending += [(child, collection, volume, kind) for child in element]
    if not papers and root.tag not in ("collection", "volume"):
        raise answers.Wrong("is XML, but not of the ACL Anthology")
    for value, volume, element in papers:
        if value and (value in wanted or not wanted):
            kind, meta = metas.get(volume) or metas.get(_volume_of(value)) or ("", None)
            yield (Identifier(Scheme.ACL, value),), _work(element, value, kind, meta)


def _own_id(element: Element) -> str:
    """The id in the `url` child, which may also be an outside URL."""
    url = clean(element.findtext("url") or "")
    found = None if "/" in url else answers.identifier(Scheme.ACL, url)
    return found.value if found else ""


def _volume_id(collection: str, volume: Element) -> str:
    """`2023.acl-demo`, `P18-1`, `W18-64`."""
    name = volume.get("id", "")
    if collection:
        return f"{collection}-{name}"
    meta = volume.find("meta")
    return clean(meta.findtext("url") or "") if meta is not None else ""


def _paper_id(paper: Element, volume: str) -> str:
    if own := _own_id(paper):
        return own
    number = paper.get("id", "0")
    collection, _, name = volume.partition("-")
    if not number.isdecimal() or not name:
        return ""
    if "." in collection:
        return f"{volume}.{int(number)}"
    digits = 2 if _has_long_volumes(collection, name) else 3
    return f"{collection}-{name.zfill(4 - digits)}{number.zfill(digits)}"


def _volume_of(value: str) -> str:
    if "." in value:
        return value.rpartition(".")[0]
    collection, _, number = value.partition("-")
    head = number[:2] if _has_long_volumes(collection, number) else number[:1]
    return f"{collection}-{int(head)}"


def _has_long_volumes(collection: str, number: str) -> bool:
    """Old ids have one digit for the volume and three for the paper; workshops (W, some others) two and two."""
    return collection.startswith("W") or collection == "C69" or (collection == "D19" and number[:1] >= "5")


def _work(paper: Element, value: str, kind: str, meta: Element | None) -> Work:
    def of_volume(name: str) -> str:
        return _text(meta.find(name)) if meta is not None else ""

    front = paper.tag == "frontmatter"
    venue = of_volume("venue")
    is_journal = kind == "journal" or bool(of_volume("journal-title"))
    booktitle = of_volume("booktitle")
    journal = of_volume("journal-title") or _JOURNALS.get(venue) or booktitle.partition(", Volume")[0]
    doi = answers.doi_fields(_text(paper.find("doi")))
    values: dict[str, Any] = {
        "type": ItemType.BOOK if front else ItemType.ARTICLE_JOURNAL if is_journal else ItemType.PAPER_CONFERENCE,
        "title": answers.whole_words(_runs(paper.find("title"))) if not front else booktitle,
        "author": _people(paper, "author"),
        "editor": _people(paper, "editor") or _people(meta, "editor"),
        "issued": _issued(of_volume("year"), of_volume("month")) or _year_of(value),
        "container_title": "" if front else journal if is_journal else booktitle,
        "event_place": of_volume("address"),
        "publisher": of_volume("publisher"),
        "volume": of_volume("journal-volume"),
        "issue": of_volume("journal-issue"),
        "page": Pages.parse(_text(paper.find("pages"))),
        "ISBN": of_volume("isbn"),
        "acl": value,
        "status": Status.RETRACTED if _is_gone(paper) else Status.UNRESOLVED,
        **doi,
    }
    return Work(**values)


def _is_gone(paper: Element) -> bool:
    return any(paper.find(name) is not None for name in ("retracted", "removed", "retraction", "removal"))


def _issued(year: str, month: str) -> PartialDate | None:
    """Year and month of the volume; of several months ("October-November") none is certain."""
    months = {found.lower() for found in _MONTH.findall(month)}
    known = [_MONTHS.index(months.pop()) + 1] if len(months) == 1 else []
    return answers.known(PartialDate.from_parts([year, *known])) if year else None


def _year_of(value: str) -> PartialDate | None:
    """The year that an id states; a paper element alone has no other."""
    if "." in value:
        return PartialDate(int(value[:4]))
    year = int(value[1:3])
    return PartialDate(1900 + year if year >= 50 else 2000 + year)


def _people(parent: Element | None, role: str) -> tuple[Name, ...]:
    """Names from `first` and `last` alone: `variant` and `affiliation` are no part of them."""
    names = []
    for who in parent.findall(role) if parent is not None else ():
        names.append(answers.person(_text(who.find("last")), _text(who.find("first"))))
    return tuple(name for name in names if name)


def _text(element: Element | None) -> str:
    return plain(clean("".join(run.text for run in _runs(element)))) if element is not None else ""


def _runs(element: Element | None, styles: tuple[str, ...] = ()) -> list[Segment]:
    """The text of an element in pieces; formulas become `$...$`. Depth is limited by `answers.xml_root`."""
    if element is None:
        return []
    if element.tag == "tex-math":
        return [Segment(f"${clean(''.join(element.itertext()))}$", styles)]
    own = (*styles, _STYLES[element.tag]) if element.tag in _STYLES else styles
    runs = [Segment(element.text or "", own)]
    for child in element:
        runs += _runs(child, own)
        runs.append(Segment(child.tail or "", own))
    return runs


# .bib ----------------------------------------------------------------------------------------------------------------


def _bib(content: bytes) -> Iterator[answers.Found]:
    for entry in bibtex.entries(content):
        url = answers.any_identifier(entry.literal("url"))
        doi = answers.doi_fields(entry.literal("doi"))
        wrapped = from_doi(doi.get("DOI", ""))
        id = url if url and url.scheme is Scheme.ACL else wrapped
        type = bibtex.TYPES.get(entry.type, ItemType.DOCUMENT)
        journal = entry.text("journal")
        values: dict[str, Any] = {
            "type": type,
            "title": entry.title(),
            "author": entry.names("author", family_only=True),
            "editor": entry.names("editor", family_only=True),
            "issued": entry.issued,
            "container_title": journal or entry.text("booktitle"),
            "event_place": entry.text("address"),
            "publisher": entry.text("publisher"),
            "volume": entry.text("volume"),
            "issue": entry.text("number"),
            "page": entry.page,
            "ISBN": entry.text("isbn"),
            "acl": id.value if id else "",
            **doi,
        }
        yield (id,), Work(**values)


def _of_collection(opened: Callable[[], Iterable[bytes]]) -> Iterator[Work]:
    """The papers of a file of the Anthology's data (https://github.com/acl-org/acl-anthology, data/xml)."""
    content = b""
    for piece in opened():
        content += piece
        if len(content) > _LARGEST:
            raise answers.Wrong(f"has more than {_LARGEST:,} bytes, more than any collection of the Anthology")
    for _, work, *_ in _xml(content, frozenset()):
        yield replace(work, key=f"acl:{work.acl}")


SOURCE = Source(
    name="acl",
    title="ACL Anthology",
    role=Role.REGISTRY,
    schemes=(Scheme.ACL,),
    keeps={Scheme.ACL: "", Scheme.DOI: DOI_START},
    rank=10,
    first=True,
    optional=False,
    saved=True,
    bases={
        "site": "https://aclanthology.org",
        "data": "https://raw.githubusercontent.com/acl-org/acl-anthology/master/data/xml",
    },
    news=News(acl_news.request, acl_news.page, late=14),
    pace=0.1,  # static files
    bulk=Bulk(b"<collection ", _of_collection),
    requests=requests,
    otherwise=collections,
    parse=parse,
)
