from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fedbib.model.claim import Claim, Hints, Version
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import ItemType, Status, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import openalex
from fedbib.sources.base import Answer, NotFound, Unreadable
from fedbib.words.publication import version_of

LIST = Path(__file__).parents[1] / "responses/openalex/list.json"
FEDPEPTAO = Identifier(Scheme.ARXIV, "2310.15080")
FEDMEZO = Identifier(Scheme.DOI, "10.1145/3637528.3671865")
X = Identifier(Scheme.DOI, "10.1000/x")


def read(content: bytes, *ids: Identifier, status: int = 200) -> dict[Identifier, Answer]:
    return dict(openalex.parse(Body(status, content), Request("", ids)))


def claim(id: Identifier = X, **work: Any) -> Claim:
    answer = read(json.dumps({"doi": "https://doi.org/10.1000/x", "title": "T", **work}).encode(), id)[id]
    assert isinstance(answer, Claim), answer
    return answer


def test_fifty_dois_are_asked_in_a_filter() -> None:
    ids = [Identifier(Scheme.DOI, f"10.1000/{number}") for number in range(51)]
    made = openalex.requests([FEDPEPTAO, *ids, Identifier(Scheme.DOI, "10.1000/a|b")], openalex.SOURCE.bases)
    assert [len(request.ids) for request in made] == [50, 2, 1]
    assert made[0].url.startswith(
        "https://api.openalex.org/works?filter=doi:10.48550/arxiv.2310.15080%7C10.1000/0%7C10.1000/1%7C"
    )
    assert "&per-page=50&select=" in made[0].url
    assert made[2].url.startswith("https://api.openalex.org/works/https://doi.org/10.1000/a%7Cb?select=")


def test_no_key_goes_into_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENALEX_API_KEY", "secret")
    (request,) = openalex.requests([FEDMEZO], openalex.SOURCE.bases)
    assert request.secret is None
    assert "secret" not in request.url


def test_a_list() -> None:
    missing = Identifier(Scheme.DOI, "10.18653/v1/2023.acl-demo.54")
    untitled = Identifier(Scheme.DOI, "10.4202/app.2007.0001")
    answers = read(LIST.read_bytes(), missing, FEDMEZO, untitled, FEDPEPTAO)
    assert answers[missing] == NotFound(missing)
    published, preprint, bare = answers[FEDMEZO], answers[FEDPEPTAO], answers[untitled]
    assert isinstance(published, Claim)
    assert published.says == Work(
        title="On the Convergence of Zeroth-Order Federated Tuning for Large Language Models",
        DOI="10.1145/3637528.3671865",
    )
    assert published.hints.names == (Identifier(Scheme.ARXIV, "2402.05926"),)
    assert version_of(published) is Version.UNKNOWN
    assert isinstance(preprint, Claim)
    assert (preprint.says.arxiv, preprint.says.DOI, preprint.hints) == ("2310.15080", "", Hints())
    assert isinstance(bare, Claim)
    assert bare.says == Work(DOI="10.4202/app.2007.0001")


def test_a_retraction_speaks_of_the_version_that_is_retracted() -> None:
    published = claim(is_retracted=True, type="article")
    assert (published.says.status, version_of(published)) == (Status.RETRACTED, Version.PUBLISHED)
    preprint = claim(is_retracted=True, type="preprint")
    assert (preprint.says.status, preprint.says.type) == (Status.WITHDRAWN, ItemType.ARTICLE)
    assert version_of(preprint) is Version.PREPRINT


@pytest.mark.parametrize("flag", [False, None, 0, "x", [], {}])
def test_nothing_else_is_a_retraction(flag: object) -> None:
    found = claim(is_retracted=flag)
    assert (found.says.status, version_of(found)) == (Status.UNRESOLVED, Version.UNKNOWN)


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (404, b"<!doctype html><title>404 Not Found</title>", NotFound),
        (200, b"<!doctype html><title>404 Not Found</title>", Unreadable),
        (200, b'{"error": "Invalid query parameters error."}', Unreadable),
        (200, b'{"meta": {"count": 0}, "results": []}', NotFound),
        (200, b'{"meta": {"count": 0}, "results": null}', NotFound),
        (429, b"{}", Unreadable),
    ],
)
def test_errors(status: int, content: bytes, kind: type) -> None:
    assert isinstance(read(content, X, status=status)[X], kind)


def test_a_work_with_another_doi_is_no_answer() -> None:
    assert read(b'{"doi": "https://doi.org/10.1000/y", "title": "T"}', X) == {X: NotFound(X)}


@pytest.mark.parametrize("value", [1, "x", None, True, {"a": [1]}, [[1]], [None]])
def test_wrong_types_are_left_out(value: object) -> None:
    found = claim(title=None, type=value, locations=value, is_retracted=None)
    assert found.says == Work(DOI="10.1000/x")


def test_a_doi_of_the_anthology_is_a_doi() -> None:
    doi = Identifier(Scheme.DOI, "10.18653/v1/2023.acl-demo.54")
    content = json.dumps({"doi": f"https://doi.org/{doi.value}", "title": "T"}).encode()
    answer = openalex.parse(Body(200, content), Request("", (doi,)))[doi]
    assert isinstance(answer, Claim)
    assert doi.value == answer.says.DOI
