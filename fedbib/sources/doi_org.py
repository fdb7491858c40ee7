"""doi.org: which agency keeps a DOI, and which DOI a short one stands for
(https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from fedbib.ids.schemes.doi import prefix
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from fedbib.net.messages import Body, Request
from fedbib.sources import answers
from fedbib.sources.answers import table, tables, text
from fedbib.sources.base import Answer, Elsewhere, NotFound, Role, Source, Unreadable

_JSON = "application/json"


def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """One DOI of each prefix, the first, as an agency keeps whole prefixes; and each short one."""
    asked = dict.fromkeys(ids)
    by_prefix: dict[str, list[Identifier]] = {}
    for id in asked:
        if not id.is_short:
            by_prefix.setdefault(prefix(id.value), []).append(id)
    runs = [("ra", tuple(same)) for same in by_prefix.values()]
    runs += [("handles", (id,)) for id in asked if id.is_short]
    return [
        Request(f"{bases[base]}/{quote(same[0].value, safe='/')}", same, accept=_JSON, expects=(_JSON,))
        for base, same in runs
    ]


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    """`Elsewhere` with the agency for all DOIs of the prefix; that a DOI does not exist is said of the one asked."""
    if body.status in (404, 410):
        return _missing(request)
    if body.status != 200:
        return answers.unreadable(request, f"HTTP status {body.status}")
    try:
        value = answers.json_value(body.content)
    except answers.Wrong as error:
        return answers.unreadable(request, str(error))
    if len(request.ids) == 1 and request.ids[0].is_short:
        return _long(table(value), request)
    rows = tables(value)
    found: dict[Identifier, Answer] = {}
    for row in rows:
        doi = text(row.get("DOI")).lower()
        agency = text(row.get("RA"))
        for id in request.ids:
            if agency and prefix(doi) == prefix(id.value):
                found.setdefault(id, Elsewhere(id, agency))
            elif doi == id.value and (
                "not exist" in text(row.get("status")).lower() or "invalid" in text(row.get("status")).lower()
            ):
                found.setdefault(id, NotFound(id))
    if found:
        return {id: found.get(id) or _unasked(id) for id in request.ids}
    return answers.unreadable(request, "names no agency")


def _long(handle: Mapping[str, object], request: Request) -> Mapping[Identifier, Answer]:
    """The DOI that a short one is an alias of."""
    (id,) = request.ids
    for said in tables(handle.get("values")):
        long = answers.identifier(Scheme.DOI, table(said.get("data")).get("value"))
        if said.get("type") == "HS_ALIAS" and long and not long.is_short:
            return {id: Claim(SOURCE.name, Work(DOI=long.value), id)}
    return answers.unreadable(request, "names no other DOI")


def _missing(request: Request) -> Mapping[Identifier, Answer]:
    return {id: NotFound(id) if number == 0 else _unasked(id) for number, id in enumerate(request.ids)}


def _unasked(id: Identifier) -> Unreadable:
    return Unreadable(id, "another DOI of the same prefix was asked for, which does not exist")


SOURCE = Source(
    name="doi_org",
    title="doi.org",
    role=Role.RESOLVER,
    schemes=(Scheme.DOI,),
    keeps={},
    rank=100,
    first=False,
    optional=False,
    saved=False,
    bases={"ra": "https://doi.org/ra", "handles": "https://doi.org/api/handles"},
    pace=0.2,
    requests=requests,
    parse=parse,
)
