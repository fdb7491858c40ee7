from __future__ import annotations

import json
from pathlib import Path

import pytest

from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from fedbib.net.messages import Body, Request
from fedbib.sources import doi_org
from fedbib.sources.base import Elsewhere, NotFound, Unreadable

RESPONSES = Path(__file__).parents[1] / "responses" / "doi_org"
FIRST, SECOND, MISSING, OTHER = (
    Identifier(Scheme.DOI, value)
    for value in ("10.4202/app.2007.0001", "10.4202/app.2007.0002", "10.4202/nothing", "10.5281/zenodo.1")
)


def test_one_doi_of_each_prefix_is_asked() -> None:
    made = doi_org.requests([FIRST, OTHER, SECOND, FIRST], doi_org.SOURCE.bases)
    assert [(request.url, request.ids) for request in made] == [
        ("https://doi.org/ra/10.4202/app.2007.0001", (FIRST, SECOND)),
        ("https://doi.org/ra/10.5281/zenodo.1", (OTHER,)),
    ]


def test_the_agency_answers_for_the_whole_prefix() -> None:
    body = Body(200, (RESPONSES / "crossref.json").read_bytes())
    assert doi_org.parse(body, Request("", (FIRST, SECOND))) == {
        FIRST: Elsewhere(FIRST, "Crossref"),
        SECOND: Elsewhere(SECOND, "Crossref"),
    }


def test_a_prefix_alone_is_an_answer() -> None:
    body = Body(200, b'[{"DOI": "10.4202", "RA": "Crossref"}]')
    assert doi_org.parse(body, Request("", (FIRST,))) == {FIRST: Elsewhere(FIRST, "Crossref")}


def test_that_a_doi_does_not_exist_is_said_of_it_alone() -> None:
    body = Body(200, (RESPONSES / "missing.json").read_bytes())
    answers = doi_org.parse(body, Request("", (MISSING, SECOND)))
    assert answers[MISSING] == NotFound(MISSING)
    assert isinstance(answers[SECOND], Unreadable)
    gone = doi_org.parse(Body(404, b"<html>"), Request("", (MISSING, SECOND)))
    assert gone[MISSING] == NotFound(MISSING)
    assert isinstance(gone[SECOND], Unreadable)


def test_an_agency_of_another_prefix_is_no_answer() -> None:
    body = Body(200, (RESPONSES / "crossref.json").read_bytes())
    assert isinstance(doi_org.parse(body, Request("", (OTHER,)))[OTHER], Unreadable)


SHORT = Identifier(Scheme.DOI, "10/dvzd5z")
LONG = "10.1145/3637528.3671865"


def test_a_short_doi_is_asked_by_itself_and_answered_with_the_one_it_stands_for() -> None:
    made = doi_org.requests([SHORT, FIRST], doi_org.SOURCE.bases)
    assert [(request.url, request.ids) for request in made][1] == ("https://doi.org/api/handles/10/dvzd5z", (SHORT,))
    alias = {"index": 1, "type": "HS_ALIAS", "data": {"format": "string", "value": LONG.upper()}}
    body = Body(200, json.dumps({"responseCode": 1, "handle": SHORT.value, "values": [alias]}).encode())
    answer = doi_org.parse(body, made[1])[SHORT]
    assert isinstance(answer, Claim)
    assert answer.says == Work(DOI=LONG)
    assert doi_org.parse(Body(404, b'{"responseCode": 100}'), made[1]) == {SHORT: NotFound(SHORT)}


@pytest.mark.parametrize("values", ["", '{"type": "URL", "data": {"value": "https://example.org"}}'])
def test_a_short_doi_that_is_no_alias_is_not_understood(values: str) -> None:
    body = Body(200, f'{{"values": [{values}]}}'.encode())
    assert isinstance(doi_org.parse(body, Request("", (SHORT,)))[SHORT], Unreadable)
