"""Semantic Scholar: which identifiers belong to one paper, from its Graph API (https://api.semanticscholar.org).

What it says serves to find publications, and two papers may be merged in it. Its names are abbreviated and its years
may be the preprint's. So a claim has a title, the people and the id asked, and speaks of no version of a paper; the
other ids are among its hints, from which nothing is settled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from fedbib.ids.schemes.acl import from_doi
from fedbib.model.claim import Hints
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import Work, id_fields
from fedbib.net.messages import Body, Request
from fedbib.sources import answers, semantic_scholar_news
from fedbib.sources.answers import table, text
from fedbib.sources.base import Answer, News, NotFound, Role, Source, Unreadable, Wanted
from fedbib.text.markup import from_html

_BATCH = 500
_JSON = "application/json"
_FIELDS = "title,authors,year,externalIds,publicationVenue,venue,publicationDate"
_MEMBERS = {"DOI": Scheme.DOI, "ArXiv": Scheme.ARXIV, "ACL": Scheme.ACL, "DBLP": Scheme.DBLP}
_CORR = "journals/corr/"


def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """Up to 500 ids of any scheme in a POST. The key goes to the service itself only, never to another address."""
    secret = _secret(bases)
    url = f"{bases['api']}/paper/batch?fields={_FIELDS}"
    return [
        Request(url, run, accept=_JSON, expects=(_JSON,), body=_question(run), secret=secret)
        for run in answers.batches(ids, _BATCH, longest=1_000_000)
    ]


def _secret(bases: Mapping[str, str]) -> tuple[str, str] | None:
    return ("x-api-key", SOURCE.key) if bases == SOURCE.bases else None


def _news(wanted: Wanted, bases: Mapping[str, str], place: str) -> Request | None:
    return semantic_scholar_news.request(wanted, bases, place, _secret(bases))


def _question(ids: Sequence[Identifier]) -> str:
    return json.dumps({"ids": [f"{id.scheme.upper()}:{id.value}" for id in ids]})


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    """A paper answers an id that it names itself; one that answers in the place of another id is refused."""
    strange: list[bool] = []
    asked = frozenset(request.ids)

    def found(content: bytes) -> Iterator[answers.Found]:
        papers = answers.json_value(content)
        if not isinstance(papers, list):
            raise answers.Wrong("is not a list of papers")
        for paper in papers:
            ids = _ids(table(table(paper).get("externalIds")))
            strange.append(paper is not None and asked.isdisjoint(ids))
            for id in ids:
                others = tuple(other for other in ids if other != id)
                yield (id,), _work(table(paper), id), Hints(names=others, venue=_venue(table(paper)))
        if len(papers) < len(request.ids):
            raise answers.Short(f"it is incomplete: {len(papers)} of {len(request.ids)}")

    if body.status == 400 and b"No valid paper ids" in body.content:
        return {id: NotFound(id) for id in request.ids}
    read = answers.read(SOURCE.name, body, request, found)
    if len(strange) == len(request.ids):
        doubtful = {id for id, other in zip(request.ids, strange, strict=True) if other}
    else:
        doubtful = set(asked) if strange else set()
    return {
        id: Unreadable(id, "another paper, or none, is in its place")
        if isinstance(answer, NotFound) and id in doubtful
        else answer
        for id, answer in read.items()
    }


def _ids(named: Mapping[str, object]) -> tuple[Identifier, ...]:
    """The identifiers of one paper; DOIs that are arXiv's and records of CoRR are the arXiv id."""
    found: dict[Identifier, None] = {}
    for member, scheme in _MEMBERS.items():
        value = text(named.get(member))
        id = answers.any_identifier(value) if scheme is Scheme.DOI else answers.identifier(scheme, value)
        if id and not (id.scheme is Scheme.DBLP and id.value.startswith(_CORR)):
            found[id] = None
            if id.scheme is Scheme.DOI and (held := from_doi(id.value)):
                found[held] = None
    return tuple(found)


def _work(paper: Mapping[str, object], id: Identifier) -> Work:
    title = paper.get("title")
    said = answers.undotted(from_html(title)) if isinstance(title, str) else ""
    people = (text(table(who).get("name")) for who in answers.items(paper.get("authors")))
    return Work(title=said, author=tuple(Name(unsplit=name) for name in people if name), **id_fields([id]))


def _venue(paper: Mapping[str, object]) -> str:
    return text(table(paper.get("publicationVenue")).get("name"))


SOURCE = Source(
    name="semantic_scholar",
    title="Semantic Scholar",
    role=Role.INDEX,
    schemes=(Scheme.ARXIV, Scheme.DOI, Scheme.ACL),
    keeps={},
    rank=80,
    first=True,
    optional=True,
    saved=True,
    bases={
        "api": "https://api.semanticscholar.org/graph/v1",
        "recommendations": "https://api.semanticscholar.org/recommendations/v1",
    },
    news=News(_news, semantic_scholar_news.page, late=60),
    pace=1.0,  # one a second with a key; without one, a pool that all share
    key="S2_API_KEY",
    way="it refuses less often with an API key in S2_API_KEY (https://www.semanticscholar.org/product/api)",
    requests=requests,
    parse=parse,
)
