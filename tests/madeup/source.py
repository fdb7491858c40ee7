"""A source that fedbib does not know, as a contributor would write it: the archive that gives the made-up identifiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fedbib.model.identifier import Identifier
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Work, id_fields
from fedbib.net.messages import Body, Request
from fedbib.sources import answers
from fedbib.sources.answers import first, items, table, tables, text
from fedbib.sources.base import Answer, Role, Source
from tests.madeup.scheme import HAL

_JSON = "application/json"


def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """Up to 30 ids at a time."""
    return [
        Request(f"{bases['api']}/search?id={'+'.join(id.value for id in run)}", run, accept=_JSON, expects=(_JSON,))
        for run in answers.batches(ids, 30)
    ]


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    return answers.read(SOURCE.name, body, request, _found)


def _found(content: bytes) -> Iterator[answers.Found]:
    response = table(answers.json_value(content)).get("response")
    if not isinstance(response, dict):
        raise answers.Wrong("holds no documents")
    for paper in tables(response.get("docs")):
        if id := answers.identifier(HAL, paper.get("halId_s")):
            arxiv = answers.any_identifier(paper.get("arxivId_s"))
            work = Work(
                type=ItemType.ARTICLE,
                title=first(paper.get("title_s")),
                author=tuple(Name(unsplit=text(name)) for name in items(paper.get("authFullName_s"))),
                issued=answers.date(paper.get("producedDate_s")),
                **id_fields(filter(None, (id, arxiv))),
            )
            yield (id,), work


SOURCE = Source(
    name="hal",
    title="HAL",
    role=Role.REGISTRY,
    schemes=(HAL,),
    keeps={HAL: ""},
    rank=72,
    first=True,
    optional=True,
    saved=True,
    bases={"api": "https://api.archives-ouvertes.fr"},
    pace=1.0,
    requests=requests,
    parse=parse,
)
