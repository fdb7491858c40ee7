"""Semantic Scholar's papers that cite ours, and what it recommends to who likes ours.

See https://api.semanticscholar.org/api-docs/.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.listed import Listed
from fedbib.net.messages import Request
from fedbib.sources import answers
from fedbib.sources.answers import table, tables, text
from fedbib.sources.base import Page, Wanted
from fedbib.text.markup import from_html

_JSON = "application/json"
_BATCH = 50
_OURS = 200
"""So many of ours, the newest, are asked about."""
_LIKED = 20
"""So many of ours are named when recommendations are asked for."""
_MOST = 200
"""Recommendations; the service gives at most 500."""
_FIELDS = ("title", "abstract", "externalIds", "publicationDate", "authors")
_MEMBERS = {"ArXiv": Scheme.ARXIV, "ACL": Scheme.ACL, "DOI": Scheme.DOI}


def request(wanted: Wanted, bases: Mapping[str, str], place: str, secret: tuple[str, str] | None) -> Request | None:
    """Who cites a batch of ours; after the last batch, what is recommended."""
    ours, (begun, liked) = _ours(wanted), _step(place)
    if not ours or wanted.since >= wanted.until:
        return None
    if begun < len(ours):
        fields = ",".join(["externalIds", *(f"citations.{name}" for name in _FIELDS)])
        asked = {"ids": [f"{id.scheme.upper()}:{id.value}" for id in ours[begun : begun + _BATCH]]}
        return _posted(f"{bases['api']}/paper/batch?fields={fields}", asked, secret)
    url = f"{bases['recommendations']}/papers/?fields={','.join(_FIELDS)}&limit={_MOST}"
    return _posted(url, {"positivePaperIds": liked}, secret) if liked else None


def _posted(url: str, data: object, secret: tuple[str, str] | None) -> Request:
    return Request(url, (), accept=_JSON, expects=(_JSON,), body=json.dumps(data), secret=secret)


def _ours(wanted: Wanted) -> list[Identifier]:
    return [id for id in wanted.ours if id.scheme in _MEMBERS.values()][:_OURS]


def _step(place: str) -> tuple[int, list[str]]:
    """How many of ours were asked about, and Semantic Scholar's own ids of some of them."""
    try:
        begun, liked = json.loads(place)
        return int(begun), [str(name) for name in liked]
    except (ValueError, TypeError):
        return 0, []


def page(content: bytes, wanted: Wanted, place: str) -> Page:
    ours, (begun, liked) = _ours(wanted), _step(place)
    data = answers.json_value(content)
    if begun >= len(ours):
        found = table(data).get("recommendedPapers")
        if not isinstance(found, list):
            raise answers.Wrong("contains no recommendations")
        return Page(_papers(tables(found), wanted))
    batch = ours[begun : begun + _BATCH]
    if not isinstance(data, list) or len(data) != len(batch):
        raise answers.Wrong("is not a list of the papers asked for")
    papers: list[Listed] = []
    for id, paper in zip(batch, map(table, data), strict=True):
        if text(paper.get("paperId")) and len(liked) < _LIKED:
            liked.append(text(paper.get("paperId")))
        papers += _papers(tables(paper.get("citations")), wanted, id)
    return Page(tuple(papers), json.dumps([begun + _BATCH, liked]))


def _papers(
    items: Sequence[Mapping[str, object]], wanted: Wanted, cited: Identifier | None = None
) -> tuple[Listed, ...]:
    """Those of the span; `cited` is which of ours they cite."""
    found = filter(None, (_paper(item, cited) for item in items))
    return tuple(paper for paper in found if paper.day and wanted.since <= paper.day < wanted.until)


def _paper(item: Mapping[str, object], cited: Identifier | None) -> Listed | None:
    named, title = table(item.get("externalIds")), item.get("title")
    found = (_identified(scheme, named.get(member)) for member, scheme in _MEMBERS.items())
    id = next(filter(None, found), None)
    if id is None or not isinstance(title, str) or not title.strip():
        return None
    return Listed(
        id,
        answers.undotted(from_html(title)),
        tuple(filter(None, (text(one.get("name")) for one in tables(item.get("authors"))))),
        text(item.get("abstract")),
        _day(text(item.get("publicationDate"))),
        cites=frozenset({cited} if cited else ()),
    )


def _identified(scheme: Scheme, value: object) -> Identifier | None:
    return answers.any_identifier(value) if scheme is Scheme.DOI else answers.identifier(scheme, value)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
