from __future__ import annotations

from pathlib import Path

from fedbib.model.identifier import Identifier, Scheme
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
