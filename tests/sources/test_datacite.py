from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fedbib.model.claim import Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import datacite
from fedbib.sources.base import NotFound, Unreadable

RESPONSES = Path(__file__).parents[1] / "responses" / "datacite"
LIPICS = Identifier(Scheme.DOI, "10.4230/lipics.tqc.2013.93")
X = Identifier(Scheme.DOI, "10.5281/zenodo.1")


def says(**attributes: Any) -> Work:
    body = {"data": {"id": X.value, "attributes": {"doi": "10.5281/ZENODO.1", **attributes}}}
    answer = datacite.parse(Body(200, json.dumps(body).encode()), Request("", (X,)))[X]
    assert isinstance(answer, Claim), answer
    return answer.says


def test_dois_are_asked_fifty_at_a_time() -> None:
    ids = [Identifier(Scheme.DOI, f"10.5281/zenodo.{number}") for number in range(51)]
    made = datacite.requests(ids, datacite.SOURCE.bases)
    assert made[0].url.startswith("https://api.datacite.org/dois?ids=10.5281%2Fzenodo.0,10.5281%2Fzenodo.1,")
    assert made[0].url.endswith("&page%5Bsize%5D=50")
    assert made[1].url == "https://api.datacite.org/dois/10.5281%2Fzenodo.50"


def test_a_list_is_matched_by_doi() -> None:
    arxiv = Identifier(Scheme.ARXIV, "2311.16162")
    body = Body(200, (RESPONSES / "list.json").read_bytes())
    answers = datacite.parse(body, Request("", (X, LIPICS, arxiv)))
    assert answers[X] == NotFound(X)
    claim, preprint = answers[LIPICS], answers[arxiv]
    assert isinstance(claim, Claim)
    assert claim.says == Work(
        type=ItemType.PAPER_CONFERENCE,
        title="The Minimum Size of Qubit Unextendible Product Bases",
        author=(Name("Johnston", "Nathaniel"),),
        editor=(Name("Severini", "Simone"),),
        issued=PartialDate(2013),
        container_title="LIPIcs, Volume 22, TQC 2013",
        publisher="Schloss Dagstuhl – Leibniz-Zentrum für Informatik",
        volume="22",
        page=Pages("93", "105"),
        DOI="10.4230/lipics.tqc.2013.93",
    )
    assert isinstance(preprint, Claim)
    assert preprint.says.is_preprint
    assert (preprint.says.DOI, preprint.says.arxiv) == ("", "2311.16162")
    assert preprint.says.issued == PartialDate(2023, 11, 9)
    assert preprint.says.publisher == "arXiv"


def test_errors() -> None:
    missing = b'{"errors":[{"status":"404","title":"The resource you are looking for doesn\'t exist."}]}'
    assert datacite.parse(Body(404, missing), Request("", (X,))) == {X: NotFound(X)}
    assert isinstance(datacite.parse(Body(200, missing), Request("", (X,)))[X], Unreadable)


@pytest.mark.parametrize(
    ("types", "type"),
    [
        ({"resourceTypeGeneral": "Preprint"}, ItemType.ARTICLE),
        ({"resourceTypeGeneral": "Software"}, ItemType.SOFTWARE),
        ({"resourceTypeGeneral": "JournalArticle"}, ItemType.ARTICLE_JOURNAL),
        ({"resourceTypeGeneral": "Text", "resourceType": "Dissertation"}, ItemType.THESIS),
        ({"resourceTypeGeneral": "Text", "resourceType": "ConferencePaper"}, ItemType.PAPER_CONFERENCE),
        ({"resourceTypeGeneral": "Text", "citeproc": "article-journal"}, ItemType.ARTICLE_JOURNAL),
        ({"resourceTypeGeneral": "Text"}, ItemType.DOCUMENT),
        ({"resourceTypeGeneral": "Image"}, ItemType.DOCUMENT),
        (None, ItemType.DOCUMENT),
    ],
)
def test_types(types: object, type: ItemType) -> None:
    assert says(types=types).type is type


@pytest.mark.parametrize(
    ("creator", "name"),
    [
        ({"name": "Yin, Hui", "givenName": "Hui", "familyName": "Yin"}, Name("Yin", "Hui")),
        ({"name": "Petit-Jean-Genaz, Christine (Ed.)"}, Name("Petit-Jean-Genaz", "Christine")),
        ({"name": "กัญจนา แซ่เตียว"}, Name(unsplit="กัญจนา แซ่เตียว")),
        ({"name": "Doe and Sons, Inc.", "nameType": "Organizational"}, Name(literal="Doe and Sons, Inc.")),
        ({"name": "ATLAS Collaboration", "nameType": "Personal"}, Name(literal="ATLAS Collaboration")),
    ],
)
def test_names_are_people_or_organisations(creator: dict[str, str], name: Name) -> None:
    assert says(creators=[creator]).author == (name,)


@pytest.mark.parametrize(
    ("attributes", "issued"),
    [
        ({"publicationYear": 2016}, PartialDate(2016)),
        ({"publicationYear": 2549, "dates": [{"date": "2549", "dateType": "Issued"}]}, None),
        (
            {"dates": [{"date": "2009-10-01/2014-01-23", "dateType": "Issued"}], "publicationYear": "2014"},
            PartialDate(2014),
        ),
        ({"dates": [{"date": "2016-03-27", "dateType": "Issued"}], "publicationYear": 2015}, PartialDate(2016, 3, 27)),
        ({"dates": [{"date": None, "dateType": "Issued"}]}, None),
    ],
)
def test_dates_keep_their_certain_part(attributes: dict[str, Any], issued: PartialDate | None) -> None:
    assert says(**attributes).issued == issued


def test_what_is_filed_as_pages_but_is_none() -> None:
    types = {"resourceTypeGeneral": "ConferencePaper"}
    assert says(types=types, container={"firstPage": "Korea"}).page is None
    assert says(types=types, container={"firstPage": "12", "lastPage": "20"}).page == Pages("12", "20")


def test_subtitles_are_joined() -> None:
    titles = [
        {"title": "Main."},
        {"title": "Below", "titleType": "Subtitle"},
        {"title": "X", "titleType": "TranslatedTitle"},
    ]
    assert says(titles=titles[:1]).title == "Main"
    assert says(titles=[{"title": "Main"}, *titles[1:]]).title == "Main: Below"
