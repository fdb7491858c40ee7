from __future__ import annotations

from datetime import date

import pytest

from fedbib.errors import BadFile
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.proposal import Proposal
from fedbib.model.work import ItemType, Status, Work
from fedbib.records.claimfile import parse, read, render

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
    "title like (0.90)",
    "by title at dblp, title like (0.90)",
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
        pytest.param('[{"id": 1, "says": {}}]', "id: must be a text", id="row52-number"),
        pytest.param('[{"id": "nonsense", "says": {}}]', "names no scheme", id="no-scheme"),
        pytest.param('[{"id": "doi:10.1145/1"}]', "does not have the form", id="says-nothing"),
        pytest.param('[{"id": "doi:10.1145/1", "says": 3}]', "says", id="row52-says"),
        pytest.param('[{"id": "doi:10.1145/1", "says": {"tilte": "x"}}]', "tilte: unknown field", id="row64-field"),
        pytest.param("3", "does not have the form", id="row52-no-list"),
        pytest.param("[3]", "does not have the form", id="row52-no-object"),
    ],
)
def test_what_cannot_be_a_proposal(proposals: str, words: str) -> None:
    with pytest.raises(BadFile) as caught:
        read(f'{{"claims": [], "proposals": {proposals}}}', "k.json")
    assert words in str(caught.value)


def test_the_day_a_publication_was_found() -> None:
    claim = Claim("crossref", Work(title="T"), since=date(2026, 1, 31))
    assert parse(render([claim]), "k.json") == (claim,)
    with pytest.raises(BadFile, match="'soon' is no date"):
        parse(render([claim]).replace("2026-01-31", "soon"), "k.json")
