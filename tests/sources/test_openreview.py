from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fedbib.model.claim import Claim, State, Submission, Version
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Status, Work
from fedbib.net.messages import Body, Failure, Request
from fedbib.sources import asking, openreview
from fedbib.sources.base import Answer, NotFound, Unreadable
from fedbib.words.publication import version_of

RESPONSES = Path(__file__).parents[1] / "responses/openreview"
FEDKSEED = Identifier(Scheme.OPENREVIEW, "cit0hg4sEz")
REJECTED = Identifier(Scheme.OPENREVIEW, "rejected_01")
X = Identifier(Scheme.OPENREVIEW, "aaaaaaaaaa")
PAPER, JOURNAL = ItemType.PAPER_CONFERENCE, ItemType.ARTICLE_JOURNAL


def read(content: bytes, *ids: Identifier, status: int = 200) -> dict[Identifier, Answer]:
    return dict(openreview.parse(Body(status, content), Request("", ids)))


def claim(content: dict[str, Any], **note: Any) -> Claim:
    body = {"notes": [{"id": X.value, "forum": X.value, "content": {"title": "T", **content}, **note}]}
    answer = read(json.dumps(body).encode(), X)[X]
    assert isinstance(answer, Claim), answer
    return answer


def decided(venueid: str, venue: str, **note: Any) -> Claim:
    return claim({"venueid": {"value": venueid}, "venue": {"value": venue}}, **note)


def test_ids_are_asked_together_at_both_apis() -> None:
    made = openreview.requests([FEDKSEED, X], openreview.SOURCE.bases)
    assert [request.url for request in made] == [
        "https://api2.openreview.net/notes?ids=cit0hg4sEz,aaaaaaaaaa",
        "https://api.openreview.net/notes?ids=cit0hg4sEz,aaaaaaaaaa",
    ]
    assert all(request.ids == (FEDKSEED, X) for request in made)


def test_an_accepted_and_a_rejected_submission() -> None:
    answers = read((RESPONSES / "v2.json").read_bytes(), REJECTED, FEDKSEED)
    accepted, rejected = answers[FEDKSEED], answers[REJECTED]
    assert isinstance(accepted, Claim)
    people = ("Zhen Qin", "Daoyuan Chen", "Bingchen Qian", "Bolin Ding", "Yaliang Li", "Shuiguang Deng")
    assert accepted.says == Work(
        type=PAPER,
        title="Federated Full-Parameter Tuning of Billion-Sized Language Models with Communication Cost under 18 Kilobytes",
        author=tuple(Name(unsplit=name) for name in people),
        issued=PartialDate(2024),
        container_title_short="ICML",
        openreview="cit0hg4sEz",
    )
    assert accepted.hints.submission == Submission(State.ACCEPTED, "ICML.cc/2024/Conference")
    assert isinstance(rejected, Claim)
    assert version_of(rejected) is Version.UNKNOWN
    assert rejected.hints.submission == Submission(State.REJECTED, "ICLR.cc/2024/Conference")


def test_ids_of_authors_are_not_kept() -> None:
    for name in ("v1.json", "v2.json"):
        answers = read((RESPONSES / name).read_bytes(), FEDKSEED, Identifier(Scheme.OPENREVIEW, "HkghWScuoQ"))
        assert "example.org" not in str(answers)
        assert "~Daoyuan" not in str(answers)
    assert claim({"authors": ["someone@example.org", "Some Body"]}).says.author == (Name(unsplit="Some Body"),)


def test_values_of_the_first_api_are_bare() -> None:
    found = claim({"venueid": "ICLR.cc/2022/Conference", "venue": "ICLR 2022 Poster", "authors": ["Some Body"]})
    assert (found.says.container_title_short, found.says.year) == ("ICLR", 2022)
    assert found.says.author == (Name(unsplit="Some Body"),)


@pytest.mark.parametrize(
    ("venueid", "venue", "type", "label", "year"),
    [
        ("ICLR.cc/2025/Conference", "ICLR 2025 Poster", PAPER, "ICLR", 2025),
        ("ICLR.cc/2023/Conference", "ICLR 2023 notable top 5%", PAPER, "ICLR", 2023),
        ("NeurIPS.cc/2023/Conference", "NeurIPS 2023 spotlight", PAPER, "NeurIPS", 2023),
        (
            "NeurIPS.cc/2023/Track/Datasets_and_Benchmarks",
            "NeurIPS 2023 Datasets and Benchmarks Poster",
            PAPER,
            "NeurIPS Datasets and Benchmarks",
            2023,
        ),
        ("colmweb.org/COLM/2024/Conference", "COLM 2024", PAPER, "COLM", 2024),
        ("ICLR.cc/2025/Conference", "", PAPER, "ICLR", 2025),
        (
            "NeurIPS.cc/2025/Datasets_and_Benchmarks_Track",
            "NeurIPS 2025 Datasets and Benchmarks Track poster",
            PAPER,
            "NeurIPS Datasets and Benchmarks Track",
            2025,
        ),
        (
            "ICML.cc/2025/Position_Paper_Track",
            "ICML 2025 Position Paper Track poster",
            PAPER,
            "ICML Position Paper Track",
            2025,
        ),
        (
            "KDD.org/2025/Research_Track_February",
            "KDD 2025 Research Track February",
            PAPER,
            "KDD Research Track February",
            2025,
        ),
        ("KDD.org/2023/Workshop/FL4Data-Mining", "FL4Data-Mining Poster", PAPER, "FL4Data-Mining Workshop", 2023),
        ("EMNLP/2023/Conference", "EMNLP 2023 Main", PAPER, "EMNLP", 2023),
        ("EMNLP/2023/Conference", "EMNLP 2023 Findings", PAPER, "Findings of EMNLP", 2023),
        ("ACM.org/TheWebConf/2024/Conference", "TheWebConf 2024 Oral", PAPER, "TheWebConf", 2024),
        (
            "NeurIPS.cc/2024/Workshop/Federated_Learning",
            "FL@FM-NeurIPS 2024 Poster",
            PAPER,
            "FL@FM-NeurIPS Workshop",
            2024,
        ),
        (
            "NeurIPS.cc/2023/Workshop/DistShift",
            "NeurIPS 2023 Workshop DistShift Poster",
            PAPER,
            "NeurIPS Workshop DistShift",
            2023,
        ),
    ],
)
def test_accepted(venueid: str, venue: str, type: ItemType, label: str, year: int) -> None:
    found = decided(venueid, venue)
    assert (found.says.type, found.says.container_title_short, found.says.year) == (type, label, year)
    assert version_of(found) is Version.PUBLISHED
    assert found.hints.submission == Submission(State.ACCEPTED, venueid)


def test_a_journal() -> None:
    found = decided("TMLR", "Accepted by TMLR", pdate=1714610113344)
    assert (found.says.type, found.says.container_title) == (JOURNAL, "Transactions on Machine Learning Research")
    assert found.says.issued == PartialDate(2024, 5, 2)


@pytest.mark.parametrize(
    ("venueid", "venue", "submission"),
    [
        (
            "ICLR.cc/2025/Conference/Rejected_Submission",
            "Submitted to ICLR 2025",
            Submission(State.REJECTED, "ICLR.cc/2025/Conference"),
        ),
        (
            "ICLR.cc/2025/Conference/Desk_Rejected_Submission",
            "ICLR 2025 Conference Desk Rejected Submission",
            Submission(State.REJECTED, "ICLR.cc/2025/Conference"),
        ),
        (
            "ICLR.cc/2025/Conference/Withdrawn_Submission",
            "ICLR 2025 Conference Withdrawn Submission",
            Submission(State.WITHDRAWN, "ICLR.cc/2025/Conference"),
        ),
        (
            "ICLR.cc/2025/Conference/Submission",
            "ICLR 2025 Conference Submission",
            Submission(State.SUBMITTED, "ICLR.cc/2025/Conference"),
        ),
        ("ICLR.cc/2025/Conference", "Submitted to ICLR 2025", Submission(State.SUBMITTED, "ICLR.cc/2025/Conference")),
        (
            "NeurIPS.cc/2024/Workshop/X/Rejected_Submission",
            "Submitted to X 2024",
            Submission(State.REJECTED, "NeurIPS.cc/2024/Workshop/X"),
        ),
        (
            "NeurIPS.cc/2024/Workshop/X",
            "Submitted to X 2024",
            Submission(State.SUBMITTED, "NeurIPS.cc/2024/Workshop/X"),
        ),
        ("TMLR/Under_Review", "Under review for TMLR", Submission(State.SUBMITTED, "TMLR")),
        ("TMLR/Rejected", "Rejected by TMLR", Submission(State.REJECTED, "TMLR")),
        ("TMLR/Withdrawn_by_Authors", "Withdrawn by Authors", Submission(State.WITHDRAWN, "TMLR")),
        ("TMLR/Retracted_Acceptance", "", Submission(State.TAKEN_BACK, "TMLR")),
        (
            "aclweb.org/ACL/ARR/2024/June",
            "ACL ARR 2024 June",
            Submission(State.SUBMITTED, "aclweb.org/ACL/ARR/2024/June"),
        ),
        ("dblp.org/journals/CORR/2023", "CoRR 2023", Submission(State.UNDECIDED, "dblp.org/journals/CORR/2023")),
        ("dblp.org/conf/ICML/2024", "ICML 2024", Submission(State.UNDECIDED, "dblp.org/conf/ICML/2024")),
        ("ICLR.cc/2025/Conference", "ICLR 2024 Poster", Submission(State.UNDECIDED, "ICLR.cc/2025/Conference")),
        ("ICLR.cc/2024/BlogPosts", "ICLR 2024 BlogPosts", Submission(State.UNDECIDED, "ICLR.cc/2024/BlogPosts")),
        ("", "ICLR 2025 Poster", None),
    ],
)
def test_what_is_no_publication(venueid: str, venue: str, submission: Submission | None) -> None:
    """None of it can be read as published, and none says that it is fine."""
    found = decided(venueid, venue)
    assert found.hints.submission == submission
    assert version_of(found) is Version.UNKNOWN
    assert (found.says.type, found.says.status) == (ItemType.DOCUMENT, Status.UNRESOLVED)
    assert found.says.container_title == found.says.container_title_short == ""
    assert found.says.issued is None


def test_reviews_and_deleted_submissions_are_no_papers() -> None:
    for note in ({"id": "aReview001", "forum": X.value}, {"id": X.value, "forum": X.value, "ddate": 1714610113344}):
        body = json.dumps({"notes": [{**note, "content": {"title": "T"}}]}).encode()
        assert isinstance(read(body, X)[X], NotFound)


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        pytest.param(200, b'{"notes": [], "count": 0}', NotFound, id="in-the-other-api"),
        pytest.param(404, b'{"name": "NotFoundError", "status": 404}', NotFound, id="not-found"),
        pytest.param(200, b'{"notes": [], "count": 1}', Unreadable, id="short"),
        pytest.param(200, b'{"name": "ForbiddenError", "status": 403}', Unreadable, id="error"),
        pytest.param(200, b"[]", Unreadable, id="list"),
        pytest.param(403, b"", Unreadable, id="forbidden"),
    ],
)
def test_what_one_api_says_of_what_it_lacks(status: int, content: bytes, kind: type) -> None:
    assert isinstance(read(content, X, status=status)[X], kind)


def _popping(answers: list[Body | Failure]) -> asking.Get:
    return lambda _: answers.pop()


def test_not_found_is_what_neither_api_has() -> None:
    """One that failed, or that was cut short, may have it."""
    nothing = Body(200, b'{"notes": [], "count": 0}')
    for other, kind in (
        (nothing, NotFound),
        (Body(200, b'{"notes": [], "count": 1}'), Unreadable),
        (Failure("https://api.openreview.net", "HTTP 503"), Failure),
    ):
        asked: list[Body | Failure] = [other, nothing]
        replies = asking.ask({"openreview": [X]}, {"openreview": openreview.SOURCE}, {}, _popping(asked))
        assert isinstance(replies["openreview", X], kind)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (r"Schr\"odinger and $\ell_2$", "Schrödinger and $\\ell_2$"),
        ("50% of A & B", "50% of A & B"),
        ("A title.", "A title"),
        (0, "0"),
        (None, ""),
    ],
)
def test_titles(title: object, expected: str) -> None:
    assert claim({"title": {"value": title}}).says.title == expected


@pytest.mark.parametrize("people", [["Anonymous"], ["Anonymous Authors"], [], None, 1.5, [None], [[]]])
def test_nobody_is_named(people: object) -> None:
    found = claim({"authors": {"value": people}}).says.author
    assert found == (() if people != 1.5 else (Name(unsplit="1.5"),))


def test_people_as_objects() -> None:
    people = [{"fullname": "Some Body", "username": "~Some_Body1"}, {"username": "~Else1"}]
    assert claim({"authors": {"value": people}}).says.author == (Name(unsplit="Some Body"),)


@pytest.mark.parametrize("pdate", [None, "soon", -1, 10**30, True, [1], {"a": 1}])
def test_what_is_no_date_is_left_out(pdate: object) -> None:
    assert decided("TMLR", "Accepted by TMLR", pdate=pdate).says.issued is None


@pytest.mark.parametrize("value", [1, "x", None, True, {"a": [1]}, [[1]], [None]])
def test_wrong_types_are_left_out(value: object) -> None:
    found = claim({"venueid": value, "venue": value, "authors": None})
    assert version_of(found) is Version.UNKNOWN
    answer = read(json.dumps({"notes": value}).encode(), X)[X]
    assert isinstance(answer, NotFound if isinstance(value, list) else Unreadable)
