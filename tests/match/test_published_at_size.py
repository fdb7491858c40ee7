"""Every preprint of the shipped collection, served by the stand-in with its publication and everybody else's: who is linked to what?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.net.messages import Body, Failure, Request
from fedbib.sources import SOURCES, asking, by_title
from fedbib.sync.ask import Replies
from fedbib.sync.publications import gather, publish
from fedbib.sync.refresh import refresh
from tests.rules import RULES
from tests.standin.server import SOURCES as PATHS
from tests.standin.wire import POSTED, SERVICES

PAPERS = Path(__file__).parents[1] / "cases/papers.jsonl"


def paper(fact: Mapping[str, Any], number: int) -> dict[str, Any]:
    """A fact as the stand-in serves it: half of the publications are known to Semantic Scholar, the rest only by title."""
    year = fact.get("year") or 2024
    arxiv = fact["arxiv"]
    made: dict[str, Any] = {
        "title": fact["title"],
        "authors": [[" ".join(name.split()[:-1]), name.split()[-1]] for name in fact["authors"]],
        "arxiv": {"id": arxiv, "version": 1, "published": f"20{arxiv[:2]}-{arxiv[2:4]}-01T00:00:00Z", "class": "cs.LG"},
        "year": year,
    }
    venue = fact.get("venue") or ""
    if (fact.get("doi") or fact.get("acl")) and venue and "arxiv" not in venue.lower():
        made |= {
            "booktitle": venue,
            "publisher": fact.get("publisher") or "P",
            "month": 7,
            "place": "X",
            "pages": fact.get("pages") or "1-9",
        }
        if doi := fact.get("doi"):
            made |= {"doi": doi, "agency": "Crossref"}
        if (acl := fact.get("acl")) and doi:
            made["acl"] = acl
        elif acl:
            made |= {"acl": acl, "doi": f"10.18653/v1/{acl.lower()}", "agency": "Crossref"}
        if number % 2:
            made["s2"] = None
    return made


Outcomes = tuple[dict[str, set[Identifier]], dict[str, set[Identifier]], dict[str, set[Identifier]]]


@pytest.fixture(scope="module")
def outcome() -> Outcomes:
    """Per arXiv id what was linked and what is right, and what was proposed."""
    facts = [json.loads(line) for line in PAPERS.read_text("utf-8").splitlines()]
    facts = [
        fact
        for fact in facts
        if fact.get("arxiv") and fact.get("authors") and all(" " in name for name in fact["authors"])
    ]
    papers = [paper(fact, number) for number, fact in enumerate(facts)]
    bases = {
        name: {**SOURCES[name].bases, **{base: f"http://x{path}" for base, path in paths.items()}}
        for name, paths in PATHS.items()
    }

    def get(request: Request) -> Body | Failure:
        path, query = urlsplit(request.url).path, urlsplit(request.url).query
        services = POSTED if request.body else SERVICES
        prefix = max((start for start in services if path.startswith(start)), key=len, default="")
        if not prefix:
            return Failure(request.url, "not served")
        answer = services[prefix](papers, path.removeprefix(prefix), request.body or query)
        return Body(answer.status, answer.content, answer.media_type)

    def ask(jobs: Mapping[str, Sequence[Identifier]]) -> Replies:
        return asking.ask(jobs, SOURCES, bases, get)

    def find(works: Mapping[str, Work], _: Mapping[str, Work]) -> Any:
        names = by_title.searchers(bases)
        questions = {name: by_title.requests(name, works, bases[name]) for name in names}
        return asking.search(
            questions,
            lambda name, body, keys: by_title.parse(name, body, {key: works[key] for key in keys}),
            lambda name, body, keys: by_title.onward(name, body, {key: works[key] for key in keys}, bases[name]),
            get,
        )

    records = [Record(f"k{n}", ids=(Identifier(Scheme.ARXIV, one["arxiv"]["id"]),)) for n, one in enumerate(papers)]
    replies, hits = gather(records, ask, find, RULES)
    linked, right, proposed = {}, {}, {}
    for record, one in zip(records, papers, strict=True):
        result = publish(refresh(record, replies, RULES).record, replies, hits, RULES)
        proposed[record.key] = {each.id for each in result.proposed}
        linked[record.key] = {each.id for each in result.linked}
        right[record.key] = {
            Identifier(scheme, one[name].lower() if scheme is Scheme.DOI else one[name])
            for scheme, name in ((Scheme.DOI, "doi"), (Scheme.ACL, "acl"), (Scheme.DBLP, "dblp"))
            if name in one
        }
    return linked, right, proposed


def test_no_paper_is_linked_to_another_ones_publication(
    outcome: Outcomes,
) -> None:
    linked, right, _ = outcome
    assert {key: ids - right[key] for key, ids in linked.items() if ids - right[key]} == {}


def test_every_publication_is_found_or_proposed(outcome: Outcomes) -> None:
    """What is only proposed is in the proceedings of a workshop and was found by its title alone."""
    linked, right, proposed = outcome
    published = [key for key, ids in right.items() if ids]
    found = [key for key in published if linked[key]]
    assert len(published) >= 100
    assert len(found) >= 107 / 111 * len(published)
    assert [key for key in published if key not in found and not proposed[key] & right[key]] == []
