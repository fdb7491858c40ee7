from __future__ import annotations

from fedbib.claimfile import parse, render
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Status, Work

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
