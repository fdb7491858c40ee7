from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fedbib.model.claim import Claim, Hints, Version
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.net.messages import Body, Request
from fedbib.settle import settle
from fedbib.sources import semantic_scholar
from fedbib.sources.base import Answer, NotFound, Unreadable
from fedbib.words.publication import version_of
from tests.rules import RULES

BATCH = Path(__file__).parents[1] / "responses/semantic_scholar/batch.json"
FEDPEPTAO = Identifier(Scheme.ARXIV, "2310.15080")
FEDPEPTAO_DOI = Identifier(Scheme.DOI, "10.18653/v1/2023.emnlp-main.488")
FEDPEPTAO_ACL = Identifier(Scheme.ACL, "2023.emnlp-main.488")
PETALS = Identifier(Scheme.ACL, "2023.acl-demo.54")
FEDMEZO = Identifier(Scheme.ARXIV, "2402.05926")
FEDKSEED = Identifier(Scheme.ARXIV, "2312.06353")


def read(content: object, *ids: Identifier, status: int = 200) -> dict[Identifier, Answer]:
    body = Body(status, content if isinstance(content, bytes) else json.dumps(content).encode())
    return dict(semantic_scholar.parse(body, Request("", ids)))


def says(id: Identifier, **paper: Any) -> Work:
    answer = read([paper], id)[id]
    assert isinstance(answer, Claim), answer
    return answer.says


def test_five_hundred_ids_of_any_scheme_are_asked_in_one_post() -> None:
    ids = [Identifier(Scheme.ARXIV, f"2310.{number:05}") for number in range(1, 501)]
    made = semantic_scholar.requests([*ids, PETALS, FEDPEPTAO_DOI], semantic_scholar.SOURCE.bases)
    assert [len(request.ids) for request in made] == [500, 2]
    assert made[0].url == made[1].url
    assert made[0].url.startswith(
        "https://api.semanticscholar.org/graph/v1/paper/batch?fields=title,authors,year,externalIds,"
    )
    assert json.loads(made[1].body) == {"ids": ["ACL:2023.acl-demo.54", "DOI:10.18653/v1/2023.emnlp-main.488"]}
    assert json.loads(made[0].body)["ids"][0] == "ARXIV:2310.00001"


def test_the_key_is_for_the_service_itself() -> None:
    (own,) = semantic_scholar.requests([FEDPEPTAO], semantic_scholar.SOURCE.bases)
    assert own.secret == ("x-api-key", "S2_API_KEY")
    (other,) = semantic_scholar.requests([FEDPEPTAO], {"api": "https://mirror.example/graph/v1"})
    assert other.secret is None


def test_a_batch() -> None:
    answers = read(BATCH.read_bytes(), FEDPEPTAO, PETALS, FEDMEZO, FEDKSEED)
    claim = answers[FEDPEPTAO]
    assert isinstance(claim, Claim)
    assert claim.says == Work(
        title="Federated Learning of Large Language Models with Parameter-Efficient Prompt Tuning and Adaptive Optimization",
        arxiv="2310.15080",
    )
    assert set(claim.hints.names) == {FEDPEPTAO_DOI, FEDPEPTAO_ACL}
    assert claim.hints.venue == "Conference on Empirical Methods in Natural Language Processing"
    assert version_of(claim) is Version.UNKNOWN
    assert answers[PETALS] == NotFound(PETALS)
    other = answers[FEDMEZO]
    assert isinstance(other, Claim)
    assert [str(id) for id in other.hints.names] == ["doi:10.1145/3637528.3671865", "dblp:conf/kdd/LingCYL024"]
    assert (other.says.DOI, other.says.dblp) == ("", "")
    preprint = answers[FEDKSEED]
    assert isinstance(preprint, Claim)
    assert (preprint.says.arxiv, preprint.hints) == ("2312.06353", Hints())


def test_what_it_joins_is_never_settled() -> None:
    """A DOI that Semantic Scholar has merged with another paper's preprint brings no arXiv id into an output."""
    claim = read(json.loads(BATCH.read_bytes())[:1], FEDPEPTAO_DOI)[FEDPEPTAO_DOI]
    assert isinstance(claim, Claim)
    assert settle(Record("k", ids=(FEDPEPTAO_DOI,), claims=(claim,)), RULES).arxiv == ""
    claim = read(json.loads(BATCH.read_bytes())[:1], FEDPEPTAO)[FEDPEPTAO]
    assert isinstance(claim, Claim)
    assert settle(Record("k", ids=(FEDPEPTAO,), claims=(claim,)), RULES).DOI == ""


def test_a_paper_answers_whichever_of_its_ids_was_asked() -> None:
    papers = json.loads(BATCH.read_bytes())[:1]
    for id in (FEDPEPTAO, FEDPEPTAO_DOI, FEDPEPTAO_ACL):
        assert isinstance(read(papers, id)[id], Claim)


def test_papers_are_matched_by_their_ids_and_not_by_position() -> None:
    papers = json.loads(BATCH.read_bytes())
    ids = (FEDPEPTAO, PETALS, FEDMEZO, FEDKSEED)
    turned = read(papers[::-1], *ids)
    for id in (FEDPEPTAO, FEDMEZO, FEDKSEED):
        claim = turned[id]
        assert isinstance(claim, Claim)
        assert id in claim.says.ids


@pytest.mark.parametrize(
    "papers",
    [
        pytest.param([{"externalIds": {"ArXiv": "2209.01188"}, "title": "Petals"}], id="another-paper"),
        pytest.param([{"title": "Petals"}], id="no-ids"),
        pytest.param([{"externalIds": None}], id="null-ids"),
        pytest.param([None, None], id="more-than-asked"),
        pytest.param(["x"], id="no-object"),
    ],
)
def test_what_does_not_name_the_id_is_no_answer(papers: list[object]) -> None:
    assert isinstance(read(papers, FEDPEPTAO)[FEDPEPTAO], Unreadable)


def test_a_stranger_in_one_place_casts_no_doubt_on_the_others() -> None:
    answers = read([{"externalIds": {"ArXiv": "2209.01188"}}, None], FEDPEPTAO, FEDMEZO)
    assert isinstance(answers[FEDPEPTAO], Unreadable)
    assert answers[FEDMEZO] == NotFound(FEDMEZO)


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (400, b'{"error":"Unrecognized or unsupported fields: [unknown]"}', Unreadable),
        (400, b'{"error":"No valid paper ids given"}', NotFound),
        (403, b'{"message":"Forbidden"}', Unreadable),
        (404, b'{"error":"Paper with id 0 not found"}', NotFound),
        (200, b'{"message":"Forbidden"}', Unreadable),
        (200, b"[]", Unreadable),
        (200, b"[null]", NotFound),
        (504, b"<html>", Unreadable),
    ],
)
def test_errors(status: int, content: bytes, kind: type) -> None:
    assert isinstance(read(content, FEDPEPTAO, status=status)[FEDPEPTAO], kind)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Petals.", "Petals", id="dot"),
        pytest.param("A &amp; B", "A & B", id="entity"),
        pytest.param("CO<sub>2</sub>", "CO<sub>2</sub>", id="markup"),
        pytest.param(None, "", id="none"),
        pytest.param("null", "null", id="null"),
        pytest.param(["x"], "", id="list"),
    ],
)
def test_titles(title: object, expected: str) -> None:
    assert says(FEDPEPTAO, externalIds={"ArXiv": "2310.15080"}, title=title).title == expected


@pytest.mark.parametrize("member", ["year", "venue", "publicationDate", "publicationVenue"])
def test_nothing_else_is_said(member: str) -> None:
    paper = {
        "externalIds": {"ArXiv": "2310.15080"},
        "title": "T",
        "year": 2023,
        "venue": "ACL",
        "authors": [{"name": "E. Duflo"}],
    }
    told = Work(title="T", author=(Name(unsplit="E. Duflo"),), arxiv="2310.15080")
    assert says(FEDPEPTAO, **paper) == told
    assert says(FEDPEPTAO, **(paper | {member: {"name": ["x"]}})) == told


def test_a_record_of_corr_is_no_publication() -> None:
    ids = {"ArXiv": "1908.10084", "DBLP": "journals/corr/abs-1908-10084", "MAG": "2970641574", "ACL": "D19-1410"}
    id = Identifier(Scheme.ARXIV, "1908.10084")
    claim = read([{"externalIds": ids}], id)[id]
    assert isinstance(claim, Claim)
    assert claim.says == Work(arxiv="1908.10084")
    assert claim.hints.names == (Identifier(Scheme.ACL, "D19-1410"),)
