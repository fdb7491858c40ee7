from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fedbib.model.claim import Claim, Effect, Hints, Notice, Version
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Status, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import crossref
from fedbib.sources.base import NotFound, Unreadable
from fedbib.words.publication import version_of

RESPONSES = Path(__file__).parents[1] / "responses" / "crossref"
FEDMEZO = Identifier(Scheme.DOI, "10.1145/3637528.3671865")
X = Identifier(Scheme.DOI, "10.1000/x")


def doi(value: str) -> Identifier:
    return Identifier(Scheme.DOI, value)


def says(**message: Any) -> Work:
    body = {"message-type": "work", "message": {"DOI": X.value, "title": ["T"], **message}}
    answer = crossref.parse(Body(200, json.dumps(body).encode()), Request("", (X,)))[X]
    assert isinstance(answer, Claim), answer
    return answer.says


def test_dois_are_asked_in_filters_of_fifty() -> None:
    ids = [doi(f"10.1000/{number}") for number in range(101)]
    made = crossref.requests([*ids, doi("10.1000/a,b")], crossref.SOURCE.bases)
    assert [len(request.ids) for request in made] == [50, 50, 1, 1]
    assert made[0].url.startswith("https://api.crossref.org/works?filter=doi:10.1000%2F0,doi:10.1000%2F1,")
    assert made[0].url.endswith("&rows=50")
    assert made[2].url == "https://api.crossref.org/works/10.1000%2F100"
    assert made[3].url == "https://api.crossref.org/works/10.1000%2Fa%2Cb"


def test_sici_dois_are_encoded() -> None:
    (request,) = crossref.requests([doi("10.1002/(sici)1097<693::aid>3.0.co;2-o")], crossref.SOURCE.bases)
    assert request.url.endswith("/works/10.1002%2F%28sici%291097%3C693%3A%3Aaid%3E3.0.co%3B2-o")


def test_a_single_work() -> None:
    answer = crossref.parse(Body(200, (RESPONSES / "fedmezo.json").read_bytes()), Request("", (FEDMEZO,)))[FEDMEZO]
    assert isinstance(answer, Claim)
    assert version_of(answer) is Version.PUBLISHED
    title = "Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining"
    assert answer.says == Work(
        type=ItemType.PAPER_CONFERENCE,
        title="On the Convergence of Zeroth-Order Federated Tuning for Large Language Models",
        author=(
            Name("Ling", "Zhenqing"),
            Name("Chen", "Daoyuan"),
            Name("Yao", "Liuyi"),
            Name("Li", "Yaliang"),
            Name("Shen", "Ying"),
        ),
        issued=PartialDate(2024, 8, 25),
        container_title=title,
        container_title_short="KDD",
        event_title="KDD '24: The 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining",
        event_place="Barcelona Spain",
        publisher="ACM",
        publisher_place="New York, NY, USA",
        page=Pages("1827", "1838"),
        ISBN="9798400704901",
        DOI="10.1145/3637528.3671865",
        arxiv="2402.05926",
    )


def test_a_list_is_matched_by_doi() -> None:
    ids = (doi("10.1145/3448016.3452841"), FEDMEZO, doi("10.18653/v1/2023.acl-demo.54"))
    answers = crossref.parse(Body(200, (RESPONSES / "list.json").read_bytes()), Request("", ids))
    assert answers[FEDMEZO] == NotFound(FEDMEZO)
    filters, petals = answers[ids[0]], answers[ids[2]]
    assert isinstance(filters, Claim)
    assert filters.says.title == "Vector Quotient Filters: Overcoming the Time/Space Trade-Off in Filter Design"
    assert isinstance(petals, Claim)
    assert petals.says.container_title.endswith(
        "Association for Computational Linguistics (Volume 3: System Demonstrations)"
    )
    assert petals.says.event_title == ""
    assert petals.says.issued == PartialDate(2023, 7)


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (404, b"Resource not found.", NotFound),
        (200, b"Resource not found.", Unreadable),
        (400, b'{"status":"failed","message-type":"validation-failure","message":[]}', Unreadable),
        (200, b'{"status":"failed","message-type":"validation-failure","message":[]}', Unreadable),
        (200, b'{"message-type":"work-agency","message":{"DOI":"10.1000/x","agency":{"id":"crossref"}}}', Unreadable),
        (504, b"<html>gateway</html>", Unreadable),
    ],
)
def test_errors(status: int, content: bytes, kind: type) -> None:
    assert isinstance(crossref.parse(Body(status, content), Request("", (X,)))[X], kind)


@pytest.mark.parametrize(
    ("message", "title"),
    [
        pytest.param({"title": []}, "", id="no-title"),
        pytest.param({"title": [""]}, "", id="empty-title"),
        pytest.param({"title": [0]}, "0", id="number"),
        pytest.param({"title": ["1e5"]}, "1e5", id="text"),
        pytest.param(
            {"title": ["Penisverletzung", "Injury"], "subtitle": ["Folge", "Result"]},
            "Penisverletzung: Folge",
            id="two",
        ),
        pytest.param({"title": ["Why?"], "subtitle": ["Because"]}, "Why? Because", id="question"),
        pytest.param(
            {
                "title": ["Evidence of Brucella Prevalence in Punjab"],
                "subtitle": ["Evidence of B. Prevalence in Punjab"],
            },
            "Evidence of Brucella Prevalence in Punjab",
            id="running-head",
        ),
        pytest.param({"title": ["CO\n      <sub>2</sub>\n      now."]}, "CO<sub>2</sub> now", id="layout"),
        pytest.param({"title": ["δ&amp;lt;sup&amp;gt;13&amp;lt;/sup&amp;gt;C"]}, "δ<sup>13</sup>C", id="escaped-twice"),
        pytest.param({"title": ["THE IMPACT OF"]}, "THE IMPACT OF", id="caps"),
    ],
)
def test_titles(message: dict[str, Any], title: str) -> None:
    assert says(**message).title == title


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"family": "M. Bran", "given": "Andres"}, Name("M. Bran", "Andres")),
        ({"family": "Hora", "given": "Donald", "suffix": "Jr."}, Name("Hora", "Donald", "Jr.")),
        ({"family": "Stravopodis"}, Name("Stravopodis")),
        ({"name": "GTEx Consortium"}, Name(literal="GTEx Consortium")),
        ({"given": "Madonna"}, Name("Madonna")),
    ],
)
def test_names_are_people_or_organisations(person: dict[str, str], name: Name) -> None:
    assert says(author=[person]).author == (name,)


@pytest.mark.parametrize(
    ("dates", "issued"),
    [
        ({"issued": {"date-parts": [[None]]}}, None),
        ({"issued": {"date-parts": [[]]}}, None),
        ({"issued": {"date-parts": []}}, None),
        ({"issued": {"date-parts": [[2024, 0, 0]]}}, PartialDate(2024)),
        ({"issued": {"date-parts": [["2024", "5"]]}}, PartialDate(2024, 5)),
        ({"issued": {"date-parts": [[2549]]}}, None),
        (
            {"issued": {"date-parts": [[2017, 4, 3]]}, "published-print": {"date-parts": [[2017, 5]]}},
            PartialDate(2017, 5),
        ),
        (
            {"issued": {"date-parts": [[2024, 8, 1]]}, "published-print": {"date-parts": [[None]]}},
            PartialDate(2024, 8, 1),
        ),
        ({"issued": {"date-parts": [[2007]]}, "event": {"start": {"date-parts": [[2007, 10, 14]]}}}, PartialDate(2007)),
    ],
)
def test_dates_keep_their_certain_part(dates: dict[str, Any], issued: PartialDate | None) -> None:
    assert says(type="proceedings-article", **dates).issued == issued


@pytest.mark.parametrize(
    ("message", "page"),
    [
        ({"page": "145-145"}, Pages("145")),
        ({"article-number": "117701"}, Pages("117701")),
        ({"page": "1-8", "article-number": "9"}, Pages("1", "8")),
        ({"page": 20170132}, Pages("20170132")),
        ({}, None),
    ],
)
def test_article_numbers_are_no_ranges_of_pages(message: dict[str, Any], page: Pages | None) -> None:
    assert says(**message).page == page


def test_a_chapter_has_a_book_and_a_series() -> None:
    titles = ["Advances in Visual Computing", "Lecture Notes in Computer Science"]
    for order in (titles, titles[::-1]):
        found = says(type="book-chapter", **{"container-title": order})
        assert (found.container_title, found.collection_title) == (titles[0], titles[1])
    assert says(type="book", **{"container-title": ["A Series"]}).collection_title == "A Series"


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ({"updated-by": [{"type": "correction"}, {"type": "new_version"}]}, Status.UNRESOLVED),
        ({"update-to": [{"type": "retraction", "DOI": "10.1000/other"}]}, Status.UNRESOLVED),
        ({"updated-by": [{"type": "retraction"}]}, Status.RETRACTED),
        ({"updated-by": [{"type": "removal"}]}, Status.RETRACTED),
        ({"updated-by": [{"type": "withdrawal"}], "type": "posted-content"}, Status.WITHDRAWN),
        ({"title": ["RETRACTED: A study"]}, Status.RETRACTED),
    ],
)
def test_a_retracted_work_says_so(message: dict[str, Any], status: Status) -> None:
    assert says(**message).status is status


def test_a_preprint_of_another_server_is_a_preprint() -> None:
    found = says(type="posted-content", posted={"date-parts": [[2020, 12, 1]]})
    assert found.is_preprint
    assert found.issued == PartialDate(2020, 12, 1)


@pytest.mark.parametrize("value", [1, "x", None, True, {"a": [1]}, [[1]], [None]])
def test_wrong_types_are_left_out(value: object) -> None:
    names = (
        "subtitle",
        "author",
        "editor",
        "container-title",
        "event",
        "issued",
        "relation",
        "updated-by",
        "page",
        "ISBN",
    )
    found = says(**dict.fromkeys(names, value))
    assert found.DOI == "10.1000/x"
    assert found.author == found.editor == ()


def claim(**message: Any) -> Claim:
    body = {"message-type": "work", "message": {"DOI": X.value, "title": ["T"], **message}}
    answer = crossref.parse(Body(200, json.dumps(body).encode()), Request("", (X,)))[X]
    assert isinstance(answer, Claim), answer
    return answer


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ({"update-to": [{"type": "new_version", "DOI": X.value}]}, Status.UNRESOLVED),
        ({"update-to": [{"type": "correction", "DOI": X.value}]}, Status.UNRESOLVED),
        ({"update-to": [{"type": "retraction", "DOI": "10.1000/other"}]}, Status.UNRESOLVED),
        ({"update-to": [{"type": "retraction"}]}, Status.UNRESOLVED),
        ({"update-to": [{"type": "withdrawal", "DOI": X.value.upper()}]}, Status.RETRACTED),
        ({"updated-by": [{"type": "Retraction", "DOI": "10.1000/notice"}]}, Status.RETRACTED),
        ({"updated-by": [{"type": "new_version", "DOI": X.value}]}, Status.UNRESOLVED),
    ],
)
def test_notices_without_a_doi_of_their_own_name_the_work_itself(message: dict[str, Any], status: Status) -> None:
    assert says(**message).status is status


Y = Identifier(Scheme.DOI, "10.1000/y")


@pytest.mark.parametrize(
    ("message", "hints"),
    [
        ({}, Hints()),
        ({"updated-by": [{"type": "correction", "DOI": "10.1000/Y"}]}, Hints(notices=(Notice(Effect.CORRECTED, Y),))),
        (
            {"updated-by": [{"type": "erratum", "DOI": "10.1000/y"}, {"type": "retraction", "DOI": "10.1000/z"}]},
            Hints(notices=(Notice(Effect.CORRECTED, Y), Notice(Effect.RETRACTED, Identifier(Scheme.DOI, "10.1000/z")))),
        ),
        (
            {"updated-by": [{"type": "expression_of_concern", "DOI": "10.1000/y"}]},
            Hints(notices=(Notice(Effect.CONCERN, Y),)),
        ),
        ({"updated-by": [{"type": "new_version", "DOI": "10.1000/y"}]}, Hints()),
        ({"updated-by": [{"type": "correction", "DOI": X.value}, {"type": "correction"}]}, Hints()),
        ({"relation": {"is-preprint-of": [{"id": "10.1000/y", "id-type": "doi"}]}}, Hints(names=(Y,))),
        ({"relation": {"is-preprint-of": [{"id": X.value}, {"id": None}, 1]}}, Hints()),
    ],
)
def test_notices_and_published_forms_are_noted(message: dict[str, Any], hints: Hints) -> None:
    assert claim(**message).hints == hints
