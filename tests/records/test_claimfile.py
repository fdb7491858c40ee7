from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from fedbib.errors import BadFile
from fedbib.model.claim import IMPORT, Claim, Effect, Hints, Notice, State, Submission
from fedbib.model.date import PartialDate
from fedbib.model.finding import FACTS, Code, Fact, Finding, Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.proposal import Proposal
from fedbib.model.work import ItemType, Status, Work
from fedbib.records.claimfile import parse, read, render
from fedbib.schema import claims_schema

CLAIMS = Path(__file__).parents[2] / "entries" / "claims"
VALIDATOR = jsonschema.Draft202012Validator(claims_schema())

ACL = Claim(
    "acl",
    Work(
        type=ItemType.PAPER_CONFERENCE,
        title='<span class="nocase">FedPETuning</span>: When',
        author=(Name(family="Zhang", given="Zhuo"), Name(literal="A Team"), Name(unsplit="Yu Yue")),
        issued=PartialDate(2023, 7),
        page=Pages("9963", "9977"),
        acl="2023.findings-acl.632",
        status=Status.PUBLISHED,
    ),
    Identifier(Scheme.ACL, "2023.findings-acl.632"),
    origin="acl-org/acl-anthology data/xml/2023.findings.xml",
)
SEED = Claim(IMPORT, Work(title="FedPETuning: When"), origin="README.md")


def test_claims_read_back() -> None:
    text = render([SEED, ACL])
    assert parse(text, "k.json") == (ACL, SEED)
    assert render(parse(text, "k.json")) == text


def test_the_order_of_claims_makes_no_difference() -> None:
    assert render([ACL, SEED]) == render([SEED, ACL])


def test_a_field_a_line_and_a_name_a_line_for_small_diffs() -> None:
    lines = render([ACL]).split("\n")
    assert '     {"family": "Zhang", "given": "Zhuo"},' in lines
    assert '    "page": "9963-9977",' in lines


def test_no_claims() -> None:
    assert parse(render([]), "k.json") == ()


PROPOSAL = Proposal(
    Identifier(Scheme.DOI, "10.1145/3637528.3671865"),
    (Finding.of(Code.SEARCHED, source="dblp"), Finding.of(Code.TITLE_ALIKE, Grade.WEAK, score=0.9)),
    Work(title="FedPETuning: Then", author=(Name(unsplit="Yu Yue"),), issued=PartialDate(2024), container_title="KDD"),
)


def test_proposals_read_back_beside_the_claims() -> None:
    text = render([SEED, ACL], [PROPOSAL])
    assert read(text, "k.json") == ((ACL, SEED), (PROPOSAL,))
    assert parse(text, "k.json") == (ACL, SEED)
    assert render(*read(text, "k.json")) == text


def test_without_proposals_the_file_is_as_it_always_was() -> None:
    text = render([ACL], ())
    assert "proposals" not in text
    assert read(text, "k.json") == ((ACL,), ())
    assert render([], [PROPOSAL]).startswith('{\n "claims": [],\n "proposals": [\n  {\n   "id": "doi:10.1145/')


@pytest.mark.parametrize(
    ("proposals", "words"),
    [
        pytest.param('[{"id": "doi:10.1145/1", "says": {}, "x": 1}]', "x: unknown member", id="unknown-member"),
        pytest.param('[{"id": 1, "says": {}}]', "id: must be a text", id="number"),
        pytest.param('[{"id": "nonsense", "says": {}}]', "does not begin with a scheme", id="no-scheme"),
        pytest.param('[{"id": "doi:10.1145/1"}]', "needs `says`", id="says-nothing"),
        pytest.param('[{"id": "doi:10.1145/1", "says": 3}]', "says", id="says"),
        pytest.param('[{"id": "doi:10.1145/1", "says": {"tilte": "x"}}]', "tilte: unknown field", id="field"),
        pytest.param("3", "is not a claims file", id="no-list"),
        pytest.param("[3]", "is not a claims file", id="no-object"),
    ],
)
def test_what_cannot_be_a_proposal(proposals: str, words: str) -> None:
    with pytest.raises(BadFile) as caught:
        read(f'{{"claims": [], "proposals": {proposals}}}', "k.json")
    assert words in str(caught.value)


def test_the_day_a_publication_was_found() -> None:
    claim = Claim("crossref", Work(title="T"), since=date(2026, 1, 31))
    assert parse(render([claim]), "k.json") == (claim,)
    with pytest.raises(BadFile, match="'soon' is not a date"):
        parse(render([claim]).replace("2026-01-31", "soon"), "k.json")


LINKED = Claim(
    "crossref",
    Work(title="T", DOI="10.1145/3637528.3671865"),
    PROPOSAL.id,
    link=(
        Finding.of(Code.NAMED, source="semantic_scholar"),
        Finding.of(Code.TITLE_ALIKE, Grade.WEAK, score=0.94),
        Finding.of(Code.AUTHORS, same=4, of=5, more=1, respelt=0),
        Finding.of(Code.YEAR, year=2024, preprint=2023),
    ),
    hints=Hints(
        names=(Identifier(Scheme.ARXIV, "2402.05926"), PROPOSAL.id),
        notices=(Notice(Effect.CORRECTED, Identifier(Scheme.DOI, "10.1000/n")),),
        submission=Submission(State.ACCEPTED, "KDD.org/2024/Conference"),
        journal_ref="KDD 2024; linked: doubted: doi 10.1/2",
        venue="KDD",
        note="words",
        accepted="KDD 2024",
        abstract="We show that <b>it</b> converges.",
    ),
)
DOUBTED = Claim(
    IMPORT,
    Work(title="Another"),
    origin="a.md",
    place="12",
    doubt=Finding.of(Code.ANOTHER_PAPER, Grade.FAIL, id="doi:10.1/x", key="k", known="T", title="Another"),
)


def test_links_doubts_and_hints_read_back() -> None:
    text = render([LINKED, DOUBTED])
    assert parse(text, "k.json") == (LINKED, DOUBTED)
    assert '    {"code": "title-alike", "grade": "weak", "score": 0.94},' in text.split("\n")


@pytest.mark.parametrize("code", Code)
@pytest.mark.parametrize("grade", Grade)
def test_a_finding_of_every_code_reads_back(code: Code, grade: Grade) -> None:
    examples: dict[type[Fact], Fact] = {str: "x", int: 3, float: 0.5}
    finding = Finding.of(code, grade, **{name: examples[kind] for name, kind in FACTS[code].items()})
    claim = Claim("crossref", Work(title="T"), PROPOSAL.id, link=(finding,))
    text = render([claim])
    assert parse(text, "k.json") == (claim,)
    VALIDATOR.validate(json.loads(text))


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ('"link": {}', "link: must be a list"),
        ('"link": [3]', "link: must be a list of objects"),
        ('"link": [{}]', "code: unknown word ''"),
        ('"link": [{"code": "nice"}]', "code: unknown word 'nice'"),
        ('"link": [{"code": "year"}]', "the facts of 'year' are: year, preprint"),
        ('"link": [{"code": "title-equal", "score": 1}]', "the facts of 'title-equal' are: none"),
        ('"link": [{"code": "year", "year": 2024.5, "preprint": 2023}]', "year: must be a whole number"),
        ('"link": [{"code": "year", "year": true, "preprint": 2023}]', "year: must be a whole number"),
        ('"link": [{"code": "title-alike", "score": 1e999}]', "score: must be a number from 0 to 1"),
        ('"link": [{"code": "title-alike", "score": 1.5}]', "score: must be a number from 0 to 1"),
        ('"link": [{"code": "title-alike", "score": "0.9"}]', "score: must be a number from 0 to 1"),
        ('"link": [{"code": "title-equal", "grade": "good"}]', "grade: unknown word 'good'"),
        ('"doubt": [], "origin": ""', "doubt: must be an object"),
        ('"hints": {"remarks": "x"}', "remarks: unknown member"),
        ('"hints": {"names": [1]}', "names: must be a text"),
        ('"hints": {"names": ["doi:nonsense"]}', "nonsense"),
        ('"hints": {"notices": [{"effect": "praised", "id": "doi:10.1/x"}]}', "effect: unknown word 'praised'"),
        ('"hints": {"submission": {"state": "accepted"}}', "at: a submission needs its venue"),
        ('"hints": {"submission": "accepted"}', "submission: must be an object"),
        ('"place": 12', "place: must be a text"),
    ],
)
def test_what_cannot_be_part_of_a_claim(members: str, words: str) -> None:
    with pytest.raises(BadFile) as caught:
        parse(f'{{"claims": [{{"source": "acl", {members}, "says": {{}}}}]}}', "k.json")
    assert words in str(caught.value)


# Files of earlier versions, which had one text beside what a claim says -----------------------------------------------


def earlier(evidence: str) -> Claim:
    written = json.dumps({"source": "crossref", "id": "doi:10.1145/1", "evidence": evidence, "says": {"title": "T"}})
    (claim,) = parse(f'{{"claims": [{written}]}}', "k.json")
    return claim


def test_an_earlier_version_s_link_is_one_still_in_its_own_words() -> None:
    claim = earlier("linked: by title at dblp, title equal; corrected by 10.1000/n")
    words = "by title at dblp, title equal; corrected by 10.1000/n"
    assert (claim.is_linked, claim.is_doubted) == (True, False)
    assert claim.link == (Finding.of(Code.EARLIER, text=words),)


def test_an_earlier_version_s_doubt_is_one_still_in_its_own_words() -> None:
    claim = earlier("doubted: another title")
    assert (claim.is_linked, claim.is_doubted) == (False, True)
    assert claim.doubt == Finding.of(Code.EARLIER, Grade.FAIL, text="another title")


def test_an_earlier_version_s_other_words_are_a_note_from_which_nothing_follows() -> None:
    assert earlier("doi 10.1000/x; journal ref: KDD 2024").hints == Hints(note="doi 10.1000/x; journal ref: KDD 2024")
    assert earlier("").hints == Hints()


def test_an_earlier_version_s_proposal_keeps_what_spoke_against_it() -> None:
    item = '{"id": "doi:10.1145/1", "reason": "a workshop (X)", "evidence": "by title, a workshop (X)", "says": {}}'
    (proposal,) = read(f'{{"claims": [], "proposals": [{item}]}}', "k.json")[1]
    assert proposal.findings == (Finding.of(Code.EARLIER, Grade.UNSURE, text="a workshop (X)"),)


def test_an_earlier_version_s_file_is_written_anew_without_losing_a_word() -> None:
    text = render([earlier("linked: by title at dblp")])
    assert "evidence" not in text
    assert parse(text, "k.json") == (earlier("linked: by title at dblp"),)


def test_shipped_claims_fit_the_schema_and_are_as_they_are_written() -> None:
    texts = {path.name: path.read_text("utf-8") for path in sorted(CLAIMS.glob("*.json"))}
    assert len(texts) > 400
    assert [name for name, text in texts.items() if not VALIDATOR.is_valid(json.loads(text))] == []
    assert [name for name, text in texts.items() if render(*read(text, name)) != text] == []


def test_the_schema_refuses_what_is_refused() -> None:
    VALIDATOR.check_schema(VALIDATOR.schema)
    claim = {"source": "acl", "says": {}}
    assert VALIDATOR.is_valid({"claims": [claim]})
    for bad in ({"evidence": "x"}, {"link": [{"code": "nice"}]}, {"link": [{"code": "year"}]}, {"id": "nonsense"}):
        assert not VALIDATOR.is_valid({"claims": [claim | bad]})
