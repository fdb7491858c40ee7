"""`review`, `accept`, `reject`: what a person decides of possible publications."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fedbib.model.claim import Claim, Hints
from fedbib.model.date import PartialDate
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.proposal import Proposal
from fedbib.model.work import ItemType, Work
from fedbib.records.claimfile import render
from fedbib.records.folder import Entries
from tests.commands.conftest import Runner

TITLE = "On the Convergence of Zeroth-Order Federated Tuning in Large Language Models"
ARXIV = Identifier(Scheme.ARXIV, "2402.05926")
DOI = Identifier(Scheme.DOI, "10.1145/3637528.3671865")
FORUM = Identifier(Scheme.OPENREVIEW, "cit0hg4sEz")
FILE = f"""\
# {TITLE}
ids = {{ arxiv = "2402.05926" }}  # the preprint
topics = ["zeroth-order"]

[links]
code = "https://github.com/alibaba/FederatedScope/tree/FedMeZO"
"""
CLAIM = Claim("arxiv", Work(type=ItemType.ARTICLE, title=TITLE, arxiv=ARXIV.value), ARXIV)
SEARCHED = Finding.of(Code.SEARCHED, source="dblp")
PROPOSALS = (
    Proposal(
        DOI,
        (SEARCHED, Finding.of(Code.TITLE_ALIKE, Grade.WEAK, score=1.0)),
        Work(
            title=TITLE.replace(" in ", " for "),
            author=(Name(family="Ling", given="Zhenqing"),),
            issued=PartialDate(2024),
            container_title_short="KDD",
        ),
    ),
    Proposal(FORUM, (SEARCHED, Finding.of(Code.WORKSHOP, Grade.UNSURE, venue="FL Workshop")), Work(title=TITLE)),
)
CLAIMS = "entries/claims/ling2024convergence.json"
RECORD = "entries/ling2024convergence.toml"


@pytest.fixture
def waiting(run: Runner) -> Runner:
    """A collection with one preprint and two possible publications of it."""
    run.put(RECORD, FILE)
    run.put(CLAIMS, render([CLAIM], PROPOSALS))
    return run


def proposed(run: Runner) -> list[str]:
    data: list[dict[str, str]] = json.loads(run("review", "--format", "json").out)
    return [item["id"] for item in data]


def test_review_tells_why(waiting: Runner) -> None:
    result = waiting("review")
    assert result.code == 0
    assert result.out.splitlines() == [
        f"ling2024convergence\t{DOI}\t{TITLE.replace(' in ', ' for ')}\tKDD 2024\tsimilar title (1.00)",
        f"ling2024convergence\t{FORUM}\t{TITLE}\t\ta workshop (FL Workshop)",
    ]
    assert "2 possible publications" in result.err


def test_review_as_json(waiting: Runner) -> None:
    first, _ = json.loads(waiting("review", "--format", "json").out)
    assert first == {
        "key": "ling2024convergence",
        "id": str(DOI),
        "url": DOI.url,
        "reason": "similar title (1.00)",
        "evidence": "by title at DBLP, similar title (1.00)",
        "says": {
            "title": TITLE.replace(" in ", " for "),
            "author": [{"family": "Ling", "given": "Zhenqing"}],
            "issued": "2024",
            "container-title-short": "KDD",
        },
    }


def test_nothing_waits(run: Runner) -> None:
    result = run("review")
    assert (result.code, result.out) == (0, "")
    assert "nothing needs a decision" in result.err


def test_proposals_are_in_no_output(waiting: Runner) -> None:
    assert waiting("build").code == 0
    assert DOI.value not in (waiting.root / "output/fedllm.bib").read_text()
    assert DOI.value not in (waiting.root / "README.md").read_text()


def test_accept_adds_the_id_and_keeps_the_rest_of_the_file(waiting: Runner) -> None:
    result = waiting("accept", "ling2024convergence", f"https://doi.org/{DOI.value}")
    assert result.code == 0, result.err
    written = '{ arxiv = "2402.05926", doi = "10.1145/3637528.3671865" }'
    assert (waiting.root / RECORD).read_text() == FILE.replace('{ arxiv = "2402.05926" }', written)
    assert proposed(waiting) == [str(FORUM)]
    assert json.loads((waiting.root / CLAIMS).read_text())["claims"]


def test_reject_is_remembered(waiting: Runner) -> None:
    assert waiting("reject", "ling2024convergence", str(FORUM)).code == 0
    assert waiting("reject", "ling2024convergence", str(DOI)).code == 0
    lines = FILE.splitlines(keepends=True)
    lines.insert(3, f'rejected = ["{FORUM}", "{DOI}"]\n')
    assert (waiting.root / RECORD).read_text() == "".join(lines)
    assert proposed(waiting) == []
    assert (waiting.root / CLAIMS).read_text() == render([CLAIM])


def test_a_link_can_be_rejected(waiting: Runner) -> None:
    wrong = Claim("crossref", Work(title=TITLE, container_title="KDD"), DOI, link=(SEARCHED,))
    waiting.put(CLAIMS, render([CLAIM, wrong]))
    assert waiting("reject", "ling2024convergence", str(DOI)).code == 0
    assert (waiting.root / CLAIMS).read_text() == render([CLAIM])


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        pytest.param(
            ("accept", "ling2024convergence", "doi:10.1145/3637528.3671866"),
            "is not proposed",
            f"did you mean {DOI}?",
            id="another-doi",
        ),
        pytest.param(
            ("accept", "ling2024convergence", "pmlr:v235/qin24a"), "is not proposed", "known: ", id="another-scheme"
        ),
        pytest.param(
            ("accept", "ling2024convergenc", str(DOI)), "did you mean ling2024convergence?", "", id="mistyped-key"
        ),
        pytest.param(("accept", "nobody", str(DOI)), "no record", "", id="no-key"),
        pytest.param(("accept", "../x", str(DOI)), "cannot be a citation key", "", id="path-as-key"),
        pytest.param(
            ("accept", "ling2024convergence", "nonsense"),
            "nonsense",
            "give an id or a link of ACL Anthology",
            id="junk",
        ),
        pytest.param(
            ("reject", "ling2024convergence", "doi:10.1145/3637528.3671866"),
            "neither proposed nor linked",
            f"did you mean {DOI}?",
            id="reject-another",
        ),
        pytest.param(
            ("reject", "ling2024convergence", str(ARXIV)), "neither proposed nor linked", "", id="reject-a-person-s-id"
        ),
    ],
)
def test_what_cannot_be_decided_changes_nothing(
    waiting: Runner, words: tuple[str, ...], message: str, hint: str
) -> None:
    before = waiting.files()
    result = waiting(*words)
    assert result.code == 1
    assert message in result.err
    assert hint in result.err
    assert waiting.files() == before


def test_a_scheme_that_is_taken(waiting: Runner) -> None:
    waiting.put(RECORD, FILE.replace('"2402.05926" }', '"2402.05926", doi = "10.1000/other" }'))
    before = waiting.files()
    result = waiting("accept", "ling2024convergence", str(DOI))
    assert result.code == 1
    assert "already has doi:10.1000/other" in result.err
    assert waiting.files() == before


def test_what_a_person_decided_by_hand_waits_no_more(waiting: Runner) -> None:
    waiting.put(RECORD, FILE.replace('"2402.05926" }', f'"2402.05926", doi = "{DOI.value}" }}'))
    assert proposed(waiting) == [str(FORUM)]
    waiting.put(RECORD, FILE.replace("topics", f'rejected = ["{FORUM}"]\ntopics'))
    assert proposed(waiting) == [str(DOI)]


def test_claims_are_written_without_losing_proposals(waiting: Runner) -> None:
    entries = Entries(waiting.root / "entries")
    entries.write_claims("ling2024convergence", [CLAIM, Claim("import", Work(title="x"), origin="a.md")])
    record, problems = entries.one("ling2024convergence")
    assert problems == ()
    assert record is not None
    assert record.proposals == PROPOSALS
    entries.rename("ling2024convergence", "ling2024mezo")
    renamed, _ = entries.one("ling2024mezo")
    assert renamed is not None
    assert renamed.proposals == PROPOSALS


def test_line_ends_of_a_person_stay(waiting: Runner) -> None:
    (waiting.root / RECORD).write_bytes(FILE.replace("\n", "\r\n").encode())
    assert waiting("accept", "ling2024convergence", str(DOI)).code == 0
    content = (waiting.root / RECORD).read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == FILE.count("\n")


def test_a_preprint_that_its_authors_call_accepted_is_in_the_queue(run: Runner) -> None:
    run.put(RECORD, FILE)
    run.put(CLAIMS, render([replace(CLAIM, hints=Hints(accepted="KDD 2024"))]))
    result = run("review")
    assert result.out.split("\t")[:4] == ["ling2024convergence", "", TITLE, "KDD 2024"]
    assert "1 preprint accepted according to the authors" in result.err
    (item,) = json.loads(run("review", "--format", "json").out)
    assert (item["key"], item["id"], item["evidence"]) == ("ling2024convergence", "", "KDD 2024")


def test_what_is_known_as_published_is_not_in_the_queue(run: Runner) -> None:
    printed = Claim("crossref", replace(CLAIM.says, type=ItemType.PAPER_CONFERENCE, arxiv="", DOI=DOI.value), DOI)
    run.put(RECORD, FILE)
    run.put(CLAIMS, render([replace(CLAIM, hints=Hints(accepted="KDD 2024")), printed]))
    assert run("review").out == ""
