"""OpenAlex: retractions, and which preprint belongs to a DOI, from its API (https://developers.openalex.org).

Its titles, dates and merged locations are too often those of another version or paper: a claim has no more than
title, people and the id asked, and speaks of a version only when that is retracted. A key would stand in the URL: none
is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from fedbib.model.claim import Hints
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Status, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import answers, openalex_news
from fedbib.sources.answers import table, tables, text
from fedbib.sources.base import Answer, Bulk, News, Role, Source
from fedbib.text.markup import from_html

_BATCH = 50
_JSON = "application/json"
_FIELDS = "id,doi,title,type,is_retracted,locations,authorships"
_ARXIV_DOI = "10.48550/arxiv."


def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """Up to 50 DOIs in a filter, arXiv ids as arXiv's DOIs. One that a filter does not take goes by itself."""
    single = [id for id in dict.fromkeys(ids) if not _is_filterable(id)]
    runs = answers.batches([id for id in ids if _is_filterable(id)], _BATCH)
    return [_request(run, bases["api"]) for run in (*runs, *((id,) for id in single))]


def _is_filterable(id: Identifier) -> bool:
    return not any(char in id.value for char in ",|!")


def _request(ids: tuple[Identifier, ...], api: str) -> Request:
    if len(ids) == 1:
        url = f"{api}/works/https://doi.org/{_doi(ids[0])}?select={_FIELDS}"
    else:
        url = f"{api}/works?filter=doi:{'%7C'.join(map(_doi, ids))}&per-page={_BATCH}&select={_FIELDS}"
    return Request(url, ids, accept=_JSON, expects=(_JSON,))


def _doi(id: Identifier) -> str:
    return quote(id.value if id.scheme is Scheme.DOI else _ARXIV_DOI + id.value, safe="/")


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    return answers.read(SOURCE.name, body, request, _found)


def _found(content: bytes) -> Iterator[answers.Found]:
    data = table(answers.json_value(content))
    if "results" not in data and "doi" not in data:
        raise answers.Wrong("contains no works of OpenAlex")
    listed = tables(data["results"]) if "results" in data else [data]
    for item in listed:
        if id := answers.addressed(item.get("doi")):
            others = (answers.any_identifier(place.get("landing_page_url")) for place in tables(item.get("locations")))
            preprints = dict.fromkeys(other for other in others if other and other.is_preprint and other != id)
            yield (id,), _work(item, id), Hints(names=tuple(preprints))
    answers.whole(table(data.get("meta")).get("count"), len(listed))


def _people(item: Mapping[str, object]) -> Iterator[str]:
    """The names as the paper prints them, else as OpenAlex shows the people."""
    for one in tables(item.get("authorships")):
        yield text(one.get("raw_author_name")) or text(table(one.get("author")).get("display_name"))


def _work(item: Mapping[str, object], id: Identifier) -> Work:
    title = item.get("title")
    is_preprint = id.is_preprint or text(item.get("type")) == "preprint"
    type, status = ItemType.DOCUMENT, Status.UNRESOLVED
    if text(item.get("is_retracted")) == "true":
        type, status = (ItemType.ARTICLE, Status.WITHDRAWN) if is_preprint else (ItemType.DOCUMENT, Status.RETRACTED)
    return Work(
        type=type,
        title=answers.undotted(from_html(title)) if isinstance(title, str) else "",
        author=tuple(Name(unsplit=name) for name in _people(item) if name),
        DOI=id.value if id.scheme is Scheme.DOI else "",
        arxiv=id.value if id.is_preprint else "",
        status=status,
    )


def _of_bulk(item: Mapping[str, object]) -> Work | None:
    """The work of a line of the snapshot (https://developers.openalex.org/download-all-data); venue and year, which
    are too often another version's, are left out as in an answer.
    """
    number = text(item.get("id")).rpartition("/")[2]
    id = answers.addressed(item.get("doi"))
    if not number.startswith("W"):
        return None
    return replace(_work(item, id or Identifier(Scheme.DOI, "")), key=number)


SOURCE = Source(
    name="openalex",
    title="OpenAlex",
    role=Role.INDEX,
    schemes=(Scheme.DOI, Scheme.ARXIV),
    keeps={},
    rank=90,
    first=True,
    optional=True,
    saved=True,
    bases={"api": "https://api.openalex.org"},
    news=News(openalex_news.request, openalex_news.page, late=60),
    pace=0.1,  # https://developers.openalex.org: at most ten a second
    bulk=Bulk(keys=frozenset({"id", "doi", "title", "authorships"}), work=_of_bulk),
    requests=requests,
    parse=parse,
)
