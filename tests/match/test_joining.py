from __future__ import annotations

from dataclasses import replace

import pytest

from fedbib.match.joining import by_title, joined
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work
from tests.rules import RULES

ID = Identifier(Scheme.DBLP, "conf/www/WangZW0GG22")
TITLE = "FedKC: Federated Knowledge Composition for Multilingual Natural Language Understanding"
AUTHORS = (Name("Wang", "Haoyu"), Name("Zhao", "Handong"), Name("Gao", "Jing"))
SAYS = Work(
    type=ItemType.PAPER_CONFERENCE,
    title=TITLE,
    author=AUTHORS,
    issued=PartialDate(2022),
    container_title="Proceedings of the ACM Web Conference 2022",
    dblp=ID.value,
)
LISTED = Claim(IMPORT, replace(SAYS, container_title="WWW", dblp=""), origin="README.md")
RECORD = Record("wang2022fedkc", claims=(LISTED,))


def after(says: Work, record: Record = RECORD, source: str = "dblp") -> Record:
    return joined(record, by_title([Claim(source, says, ID)]), RULES)


def test_a_registrys_claim_joins_the_record_that_cites_its_publication() -> None:
    claims = after(SAYS).claims
    assert [claim.source for claim in claims] == ["dblp", IMPORT]
    assert claims[0].is_linked
    assert claims[0].says == SAYS


def test_claims_without_a_title_join_nothing() -> None:
    untitled = replace(RECORD, claims=(*RECORD.claims, Claim(IMPORT, Work(volume="3"), origin="b.md")))
    assert after(replace(SAYS, title=""), untitled) == untitled


def test_a_title_with_other_blanks_is_the_same() -> None:
    assert len(after(replace(SAYS, title=TITLE.replace("Multilingual", "Multi-Lingual"))).claims) == 2


def test_a_doi_says_that_the_place_is_one_whatever_it_is_called() -> None:
    record = replace(RECORD, ids=(Identifier(Scheme.DOI, "10.1145/3485447.3511988"),))
    says = replace(SAYS, container_title="An event of 2022", DOI="10.1145/3485447.3511988")
    assert len(after(says, record).claims) == 2
    assert after(replace(says, DOI="10.1145/1"), record) == record


@pytest.mark.parametrize(
    "says",
    [
        pytest.param(replace(SAYS, title="FedKD: Federated Knowledge Distillation"), id="another title"),
        pytest.param(
            replace(SAYS, author=(Name("Wang", "Haoyu"), Name("Li", "A"), Name("Ho", "B"))), id="other people"
        ),
        pytest.param(replace(SAYS, issued=PartialDate(2023)), id="another year"),
        pytest.param(
            replace(SAYS, container_title="Advances in Neural Information Processing Systems"), id="elsewhere"
        ),
        pytest.param(replace(SAYS, type=ItemType.ARTICLE, container_title=""), id="a preprint"),
        pytest.param(replace(SAYS, author=()), id="nobody"),
    ],
)
def test_another_publication_does_not_join(says: Work) -> None:
    assert after(says) == RECORD


def test_only_the_registry_of_an_identifier_is_heard() -> None:
    assert after(SAYS, source="openalex") == RECORD


def test_what_people_rejected_does_not_join() -> None:
    record = replace(RECORD, rejected=(ID,))
    assert after(SAYS, record) == record


def test_a_preprint_is_left_to_the_search_for_its_publication() -> None:
    preprint = Record(
        "k", claims=(Claim(IMPORT, Work(type=ItemType.ARTICLE, title=TITLE, author=AUTHORS), origin="x"),)
    )
    assert after(SAYS, preprint) == preprint
