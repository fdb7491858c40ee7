"""arXiv's records as listings have them, with abstract and day: Atom, OAI-PMH (arXiv, arXivRaw, oai_dc), lines of JSON.

What becomes a claim is read by `fedbib.sources.arxiv`; here is what a person needs to judge a paper that is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from fedbib.model.identifier import Scheme
from fedbib.model.listed import Listed
from fedbib.net.messages import Request
from fedbib.sources import answers
from fedbib.sources.base import Page, Wanted
from fedbib.text.plain import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

_PAGE = 100
_MEDIA = ("application/atom+xml", "application/xml", "text/xml")
_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_ERROR = "/api/errors"
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_FORMS = ("{http://arxiv.org/OAI/arXiv/}arXiv", "{http://arxiv.org/OAI/arXivRaw/}arXivRaw")
_DC = "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
_MOST = 30_000
"""Records that one question gives, however many pages (https://info.arxiv.org/help/api/user-manual.html)."""


def request(wanted: Wanted, bases: Mapping[str, str], place: str) -> Request | None:
    """A page of what was submitted in whole days of a span, newest first; `place` is how many came before."""
    start = int(place) if place.isdecimal() else 0
    if start >= _MOST or wanted.since >= wanted.until:
        return None
    either = [
        "+OR+".join(f"cat:{quote(name)}" for name in wanted.categories),
        "+OR+".join(f"all:%22{quote(phrase)}%22" for phrase in wanted.phrases),
    ]
    days = f"submittedDate:%5B{wanted.since:%Y%m%d}0000+TO+{wanted.until:%Y%m%d}0000%5D"
    query = "+AND+".join([*(f"%28{part}%29" for part in either if part), days])
    url = (
        f"{bases['api']}/query?search_query={query}&sortBy=submittedDate&sortOrder=descending"
        f"&start={start}&max_results={_PAGE}"
    )
    return Request(url, (), accept=_MEDIA[0], expects=_MEDIA)


def page(content: bytes, wanted: Wanted, place: str) -> Page:  # noqa: ARG001 - as all sources are asked
    """The papers of an Atom page, and the place of the next; raises Wrong, also for a page that ends too early."""
    feed = answers.xml_root(content)
    entries = list(feed.iter(f"{_ATOM}entry"))
    total = answers.text(feed.findtext(_TOTAL))
    if feed.tag != f"{_ATOM}feed" or not total.isdecimal():
        raise answers.Wrong("is not an Atom feed of arXiv")
    if any(_ERROR in (entry.findtext(f"{_ATOM}id") or "") for entry in entries):
        raise answers.Wrong("is an error instead of papers")
    start = int(place) if place.isdecimal() else 0
    after = start + len(entries)
    if not entries and start < int(total[:9]):
        raise answers.Wrong("the list of papers is incomplete")
    return Page(tuple(_atom(entries)), str(after) if after < int(total[:9]) else "")


def listed(content: bytes) -> Iterator[Listed]:
    """The papers of a saved file in any of the forms; raises Wrong."""
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        yield from _lines(content)
        return
    root = answers.xml_root(content)
    if root.tag == f"{_ATOM}feed":
        yield from _atom(root.iter(f"{_ATOM}entry"))
    elif root.tag == f"{_OAI}OAI-PMH":
        yield from _oai(root)
    else:
        raise answers.Wrong("is neither an Atom feed nor an OAI-PMH answer nor lines of JSON")


def _paper(
    id: str,
    title: str,
    authors: Iterable[str],
    abstract: str,
    day: str,
    categories: Iterable[object],
    comment: str = "",
) -> Iterator[Listed]:
    found = answers.identifier(Scheme.ARXIV, id.removeprefix("oai:arXiv.org:"))
    title = answers.undotted(answers.from_tex(clean(title)))
    if found and title:
        names = tuple(name for author in authors if (name := answers.from_tex(clean(author))))
        own = tuple(name for one in categories if (name := answers.text(one)))
        yield Listed(found, title, names, clean(abstract), _day(day), own, clean(comment))


def _day(text: str) -> date | None:
    """A date in ISO form or in that of mail (arXivRaw)."""
    from email.utils import parsedate_to_datetime

    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, IndexError, TypeError):
        return None


def _lines(content: bytes) -> Iterator[Listed]:
    for line in content.splitlines():
        if not line.strip():
            continue
        record = answers.table(answers.json_value(line))
        yield from _paper(
            answers.text(record.get("id")),
            answers.text(record.get("title")),
            (answers.text(who) for who in answers.items(record.get("authors"))),
            answers.text(record.get("abstract") or record.get("summary")),
            answers.text(record.get("day") or record.get("published")),
            answers.items(record.get("categories")),
            answers.text(record.get("comment")),
        )


def _atom(entries: Iterable[Element]) -> Iterator[Listed]:
    for entry in entries:
        yield from _paper(
            clean(entry.findtext(f"{_ATOM}id") or ""),
            entry.findtext(f"{_ATOM}title") or "",
            (author.findtext(f"{_ATOM}name") or "" for author in entry.iterfind(f"{_ATOM}author")),
            entry.findtext(f"{_ATOM}summary") or "",
            entry.findtext(f"{_ATOM}published") or "",
            dict.fromkeys(
                found.get("term", "")
                for name in ("{http://arxiv.org/schemas/atom}primary_category", f"{_ATOM}category")
                for found in entry.iterfind(name)
            ),
            entry.findtext("{http://arxiv.org/schemas/atom}comment") or "",
        )


def _oai(root: Element) -> Iterator[Listed]:
    for record in root.iter(f"{_OAI}metadata"):
        for form in record:
            if form.tag in _FORMS:
                yield from _arxiv(form, form.tag.partition("}")[0] + "}")
            elif form.tag == _DC:
                yield from _dublin(form)


def _arxiv(form: Element, space: str) -> Iterator[Listed]:
    """`arXiv` has the authors in parts, `arXivRaw` in one text and the versions with their dates."""
    people = [
        f"{person.findtext(f'{space}forenames') or ''} {person.findtext(f'{space}keyname') or ''}"
        for person in form.iter(f"{space}author")
    ] or (form.findtext(f"{space}authors") or "").replace(" and ", ", ").split(", ")
    yield from _paper(
        clean(form.findtext(f"{space}id") or ""),
        form.findtext(f"{space}title") or "",
        people,
        form.findtext(f"{space}abstract") or "",
        form.findtext(f"{space}created") or form.findtext(f"{space}version/{space}date") or "",
        (form.findtext(f"{space}categories") or "").split(),
        form.findtext(f"{space}comments") or "",
    )


def _dublin(form: Element) -> Iterator[Listed]:
    def texts(name: str) -> list[str]:
        return [clean(found.text or "") for found in form.iterfind(f"{{http://purl.org/dc/elements/1.1/}}{name}")]

    id = next((text for text in texts("identifier") if "arxiv.org/abs/" in text), "")
    yield from _paper(
        id,
        next(iter(texts("title")), ""),
        texts("creator"),
        next(iter(texts("description")), ""),
        next(iter(texts("date")), ""),
        (),
    )
