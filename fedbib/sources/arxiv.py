"""arXiv: preprints, from the query API (Atom, https://info.arxiv.org/help/api/user-manual.html).

Saved records may also be lines of JSON, as daily listings are kept: `id`, `title`, `authors`, `categories`, `comment`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from fedbib.model.claim import Hints
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Status, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import answers, arxiv_listing
from fedbib.sources.base import Answer, News, NotFound, Role, Source, Unreadable
from fedbib.text.plain import clean
from fedbib.text.regex import regex

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BATCH = 100
_MEDIA = ("application/atom+xml", "application/xml", "text/xml")
_ATOM = "{http://www.w3.org/2005/Atom}"
_EXTRA = "{http://arxiv.org/schemas/atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_ERROR = "/api/errors"

_WITHDRAWN = regex(r"\bwithdrawn\b(?!\s+(?:from|and\s+resubmitted)\b)", re.IGNORECASE)
_OTHER_WITHDRAWN = regex(
    r"\b(?:earlier|previous|prior|old|older|first|other)\s+(?:version|submission|paper)\b|\breplac\w*\b|\bsupersed\w*\b",
    re.IGNORECASE,
)
_WITHDRAWN_SUMMARY = regex(
    r"\W*(?:this|the)\s+(?:arxiv\s+)?(?:paper|article|submission|manuscript|work|preprint|note|draft)\b[^.]{0,80}\bwithdrawn\b",
    re.IGNORECASE,
)
_ACCEPTED = regex(
    r"\b(?:accepted\s+(?:for\s+publication\s+|as\s+an?\s+[\w ]{1,30}\s+)?(?:by|at|to|in)|to\s+appear\s+(?:in|at))\s+"
    r"(?:the\s+)?(?P<venue>\w[^;.]{1,150})",
    re.IGNORECASE,
)
_GROUP = regex(r"\b(?:collaborations?|consortium)\b", re.IGNORECASE)


def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """Up to 100 ids at a time; without versions, so that the newest answers."""
    return _requests(ids, bases, "")


def first_versions(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """Like `requests`, about the first version of each: many papers are published under another title."""
    return _requests(ids, bases, "v1")


def _requests(ids: Sequence[Identifier], bases: Mapping[str, str], version: str) -> Sequence[Request]:
    made = []
    for run in answers.batches(ids, _BATCH):
        listed = ",".join(quote(id.value, safe="") + version for id in run)
        url = f"{bases['api']}/query?id_list={listed}&start=0&max_results={len(run)}"
        made.append(Request(url, run, accept=_MEDIA[0], expects=_MEDIA))
    return made


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    if body.status == 400:
        return _refused(body.content, request)

    def found(content: bytes) -> Iterable[answers.Found]:
        if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
            return list(_lines(content))
        feed = answers.xml_root(content)
        if feed.tag != f"{_ATOM}feed":
            raise answers.Wrong("is not an Atom feed")
        return _fed(feed, len(request.ids))

    return answers.read(SOURCE.name, body, request, found)


def _fed(feed: Element, asked: int) -> Iterator[answers.Found]:
    entries = list(feed.iter(f"{_ATOM}entry"))
    yield from _papers(entries)
    if any(_ERROR in _field(entry, "id") for entry in entries):
        raise answers.Short("it is an error: " + _field(entries[0], "summary")[:200])
    answers.whole(feed.findtext(_TOTAL), len(entries), asked)


def _refused(content: bytes, request: Request) -> Mapping[Identifier, Answer]:
    """A question refused as a whole; the id that is to blame is named in the error entry."""
    try:
        entries = list(answers.xml_root(content).iter(f"{_ATOM}entry"))
    except answers.Wrong:
        return answers.unreadable(request, "HTTP status 400")
    named = {_field(entry, "id").rpartition("_for_")[2] for entry in entries if _ERROR in _field(entry, "id")}
    return {
        id: NotFound(id) if id.value in named else Unreadable(id, "the request was refused (HTTP status 400)")
        for id in request.ids
    }


def _papers(entries: Iterable[Element]) -> Iterator[answers.Found]:
    for entry in entries:
        id = answers.identifier(Scheme.ARXIV, _field(entry, "id"))
        title = _field(entry, "title")
        if id and title:
            yield (id,), _work(entry, id, title), _hints(entry)


def _lines(content: bytes) -> Iterator[answers.Found]:
    """Records of a daily listing, one on a line. A version in the id tells which was listed, and is left out."""
    for line in content.splitlines():
        if not line.strip():
            continue
        record = answers.table(answers.json_value(line))
        id = answers.identifier(Scheme.ARXIV, record.get("id"))
        title = answers.undotted(answers.from_tex(answers.text(record.get("title"))))
        if not id or not title:
            continue
        comment = answers.text(record.get("comment"))
        people = (Name(unsplit=name) for who in answers.items(record.get("authors")) if (name := _person(who)))
        work = Work(
            type=ItemType.ARTICLE,
            title=title,
            author=tuple(Name(literal=name.unsplit) if _GROUP.search(name.unsplit) else name for name in people),
            arxiv=id.value,
            arxiv_class=answers.first(record.get("categories")),  # the primary one stands first
            status=Status.WITHDRAWN if _is_withdrawn(comment, "") else Status.UNRESOLVED,
        )
        yield (id,), work, Hints(accepted=_accepted(comment), abstract=clean(answers.text(record.get("abstract"))))


def _person(who: object) -> str:
    name = answers.from_tex(answers.text(who))
    return name if any(char.isalpha() for char in name) else ""


def _accepted(comment: str) -> str:
    """The venue after "Accepted by", "accepted to" or "to appear in" in a comment."""
    match = _ACCEPTED.search(comment)
    return match["venue"].strip(" .,;*") if match else ""


def _work(entry: Element, id: Identifier, title: str) -> Work:
    category = entry.find(f"{_EXTRA}primary_category")
    return Work(
        type=ItemType.ARTICLE,
        title=answers.undotted(answers.from_tex(title)),
        author=_authors(entry),
        issued=answers.date(_field(entry, "published")),
        arxiv=id.value,
        arxiv_class=clean(category.get("term", "")) if category is not None else "",
        status=Status.WITHDRAWN if _is_withdrawn(*_told(entry)) else Status.UNRESOLVED,
    )


def _field(entry: Element, name: str, namespace: str = _ATOM) -> str:
    return clean(entry.findtext(f"{namespace}{name}") or "")


def _hints(entry: Element) -> Hints:
    """What the author says of the publication; both can be wrong, and neither is the preprint's own."""
    dois = (answers.any_identifier(word) for word in _field(entry, "doi", _EXTRA).split())
    published = dict.fromkeys(id for id in dois if id and id.scheme is Scheme.DOI)
    journal = _field(entry, "journal_ref", _EXTRA)
    return Hints(
        names=tuple(published), journal_ref=journal, accepted=_accepted(_told(entry)[0]), abstract=_told(entry)[1]
    )


def _told(entry: Element) -> tuple[str, str]:
    """Comment and summary."""
    return _field(entry, "comment", _EXTRA), _field(entry, "summary")


def _authors(entry: Element) -> tuple[Name, ...]:
    """The names, unsplit. Collaborations are told by their name or by the author ":" that arXiv puts behind them."""
    names: list[Name] = []
    for author in entry.iterfind(f"{_ATOM}author"):
        name = answers.from_tex(_field(author, "name"))
        if name == ":" and names:
            names[-1] = Name(literal=names[-1].display)
        elif any(char.isalpha() for char in name):
            names.append(Name(literal=name) if _GROUP.search(name) else Name(unsplit=name))
    return tuple(names)


def _is_withdrawn(comment: str, summary: str) -> bool:
    """Whether the newest version says so: there is no flag, the reason stands in the comment."""
    if _WITHDRAWN.search(comment) and not _OTHER_WITHDRAWN.search(comment):
        return True
    return bool(_WITHDRAWN_SUMMARY.match(summary))


SOURCE = Source(
    name="arxiv",
    title="arXiv",
    role=Role.REGISTRY,
    schemes=(Scheme.ARXIV,),
    keeps={Scheme.ARXIV: ""},
    rank=70,
    first=True,
    optional=False,
    saved=True,
    bases={"api": "https://export.arxiv.org/api"},
    news=News(
        arxiv_listing.request,
        arxiv_listing.page,
        arxiv_listing.listed,
        late=7,  # https://info.arxiv.org/help/availability.html: what is submitted before a weekend or holiday waits
        newest_first=True,
    ),
    pace=3.0,  # https://info.arxiv.org/help/api/tou.html: one request every three seconds
    requests=requests,
    parse=parse,
)
