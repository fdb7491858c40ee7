"""OpenAlex's works that cite several of ours: first our works' ids there, then who cites them.

The filters are those of https://developers.openalex.org.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import quote

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
"""So many of ours, the newest, are asked about: what is new cites what is new."""
_SEVERAL = 2
_PAGES = 20
_FIELDS = "doi,title,publication_date,authorships,referenced_works,abstract_inverted_index"
_LONGEST = 20_000
"""Words of an abstract."""


def request(wanted: Wanted, bases: Mapping[str, str], place: str) -> Request | None:
    """A batch of our ids, or a page of what cites a batch of our works in the span."""
    ours, step = _ours(wanted), _step(place)
    if wanted.since >= wanted.until:
        return None
    if step.begun < len(ours):
        dois = "%7C".join(quote(_doi(id), safe="/") for id in ours[step.begun : step.begun + _BATCH])
        return _asked(f"{bases['api']}/works?filter=doi:{dois}&per-page={_BATCH}&select=id,doi")
    works = sorted(step.names)[step.cited : step.cited + _BATCH]
    if not works:
        return None
    days = f"from_publication_date:{wanted.since},to_publication_date:{wanted.until - timedelta(1)}"
    return _asked(
        f"{bases['api']}/works?filter=cites:{'%7C'.join(works)},{days}&per-page={_BATCH}&page={step.page}&select={_FIELDS}"
    )


def _asked(url: str) -> Request:
    return Request(url, (), accept=_JSON, expects=(_JSON,))


class _Step:
    """Where a run stands: our works by OpenAlex's ids, how many of ours were asked for, what cites which is next."""

    def __init__(self, names: dict[str, str], begun: int = 0, cited: int = 0, page: int = 1) -> None:
        self.names, self.begun, self.cited, self.page = names, begun, cited, page

    def __str__(self) -> str:
        return json.dumps([self.names, self.begun, self.cited, self.page])


def _step(place: str) -> _Step:
    try:
        names, begun, cited, page = json.loads(place)
        return _Step({str(name): str(id) for name, id in names.items()}, int(begun), int(cited), int(page))
    except (ValueError, TypeError, AttributeError):
        return _Step({})


def _ours(wanted: Wanted) -> list[Identifier]:
    able = [id for id in wanted.ours if id.scheme in (Scheme.DOI, Scheme.ARXIV)]
    return [id for id in able if not any(char in id.value for char in ",|!")][:_OURS]


def _doi(id: Identifier) -> str:
    return id.value if id.scheme is Scheme.DOI else f"10.48550/arxiv.{id.value}"


def page(content: bytes, wanted: Wanted, place: str) -> Page:
    step, ours = _step(place), _ours(wanted)
    data = table(answers.json_value(content))
    if not isinstance(data.get("results"), list):
        raise answers.Wrong("contains no works of OpenAlex")
    results = tables(data["results"])
    if step.begun < len(ours):
        known = {str(id): id for id in ours}
        for item in results:
            id, name = answers.any_identifier(item.get("doi")), _name(item.get("id"))
            if id and name and str(id) in known:
                step.names[name] = str(id)
        step.begun += _BATCH
        return Page((), str(step) if step.begun < len(ours) or step.names else "")
    papers = tuple(paper for item in results if (paper := _paper(item, step.names)))
    if len(results) == _BATCH and step.page < _PAGES:
        step.page += 1
    else:
        step.cited, step.page = step.cited + _BATCH, 1
    return Page(papers, str(step) if step.cited < len(step.names) else "")


def _name(address: object) -> str:
    """The short form of a work's id: "W2741809807"."""
    name = text(address).rpartition("/")[2]
    return name if name[:1] == "W" and name[1:].isdecimal() else ""


def _paper(item: Mapping[str, object], names: Mapping[str, str]) -> Listed | None:
    id, title = answers.any_identifier(item.get("doi")), item.get("title")
    cited = {names[name] for work in answers.items(item.get("referenced_works")) if (name := _name(work)) in names}
    if id is None or not isinstance(title, str) or len(cited) < _SEVERAL:
        return None
    people = (text(table(one.get("author")).get("display_name")) for one in tables(item.get("authorships")))
    return Listed(
        id,
        answers.undotted(from_html(title)),
        tuple(filter(None, people)),
        _abstract(table(item.get("abstract_inverted_index"))),
        _day(text(item.get("publication_date"))),
        cites=frozenset(filter(None, map(answers.any_identifier, cited))),
    )


def _abstract(places: Mapping[str, object]) -> str:
    """The words in their order; OpenAlex gives each with the places where it stands."""
    told = ((place, word) for word, found in places.items() for place in map(text, answers.items(found)))
    words = sorted((int(place), word) for place, word in told if place.isdecimal() and len(place) < 9)
    return answers.text(" ".join(word for _, word in words[:_LONGEST]))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
