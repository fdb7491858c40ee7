from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from fedbib.intake.known import Known
from fedbib.intake.typed import Fate, add
from fedbib.model.claim import Claim, Hints
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Failure
from fedbib.sources.base import NotFound
from fedbib.sync.ask import Replies
from fedbib.sync.publications import Hits
from tests.rules import RULES

ARXIV = Identifier(Scheme.ARXIV, "2209.01188")
ACL = Identifier(Scheme.ACL, "2023.acl-demo.54")
DOI = Identifier(Scheme.DOI, "10.18653/v1/2023.acl-demo.54")
TITLE = "Petals: Collaborative Inference and Fine-tuning of Large Models"
AUTHOR = (Name(family="Borzunov", given="Alexander"), Name(family="Baranchuk", given="Dmitry"))
CLAIMS: dict[tuple[str, Identifier], Claim] = {
    ("arxiv", ARXIV): Claim(
        "arxiv",
        Work(type=ItemType.ARTICLE, title=TITLE, author=AUTHOR, issued=PartialDate(2022, 9, 2), arxiv=ARXIV.value),
        ARXIV,
    ),
    ("acl", ACL): Claim(
        "acl",
        Work(
            type=ItemType.PAPER_CONFERENCE,
            title=TITLE,
            author=AUTHOR,
            issued=PartialDate(2023),
            acl=ACL.value,
            DOI=DOI.value,
        ),
        ACL,
    ),
    ("crossref", DOI): Claim(
        "crossref",
        Work(type=ItemType.PAPER_CONFERENCE, title=TITLE, author=AUTHOR, issued=PartialDate(2023), DOI=DOI.value),
        DOI,
    ),
}


def ask(jobs: Mapping[str, Sequence[Identifier]]) -> Replies:
    return {(name, id): CLAIMS.get((name, id), NotFound(id)) for name, ids in jobs.items() for id in ids}


@pytest.fixture
def known() -> Known:
    return Known((), RULES)


def test_a_paper_by_its_address_gets_all_the_ids_its_sources_name(known: Known) -> None:
    (added,) = add(["https://aclanthology.org/2023.acl-demo.54.pdf"], known, RULES, ask)
    assert added.fate is Fate.ADDED
    assert added.record is not None
    assert (added.record.key, added.record.ids) == ("borzunov2023petals", (ACL, DOI))
    assert [claim.source for claim in added.record.claims] == ["acl", "crossref"]


@pytest.mark.parametrize("abstracts", [True, False])
def test_an_abstract_is_kept_where_it_is_asked_for(known: Known, abstracts: bool) -> None:
    def told(jobs: Mapping[str, Sequence[Identifier]]) -> Replies:
        return {
            slot: replace(reply, hints=Hints(abstract="We show.")) if isinstance(reply, Claim) else reply
            for slot, reply in ask(jobs).items()
        }

    (added,) = add(["arXiv:2209.01188"], known, RULES, told, abstracts=abstracts)
    assert added.record is not None
    assert {claim.hints.abstract for claim in added.record.claims} == {"We show." if abstracts else ""}


@pytest.mark.parametrize(
    "again",
    ["2023.acl-demo.54", "doi:10.18653/v1/2023.ACL-demo.54", "https://www.aclweb.org/anthology/2023.acl-demo.54/"],
)
def test_a_paper_is_recognised_under_any_of_its_ids(known: Known, again: str) -> None:
    (first,) = add(["2023.acl-demo.54"], known, RULES, ask)
    (second,) = add([again], known, RULES, ask)
    assert second.fate is Fate.HERE
    assert second.record == first.record


def test_several_spellings_in_one_go(known: Known) -> None:
    fates = [addition.fate for addition in add(["2023.acl-demo.54", "10.18653/v1/2023.acl-demo.54"], known, RULES, ask)]
    assert fates == [Fate.ADDED, Fate.HERE]


def test_the_preprint_of_a_paper_that_is_here_is_named_and_not_added(known: Known) -> None:
    add(["2023.acl-demo.54"], known, RULES, ask)
    (preprint,) = add(["arXiv:2209.01188v2"], known, RULES, ask)
    assert preprint.fate is Fate.HERE
    assert 'add `arxiv = "2209.01188"` to the ids of borzunov2023petals' in preprint.hint


def test_what_no_source_knows_is_not_added(known: Known) -> None:
    (refused,) = add(["2401.00001"], known, RULES, ask)
    assert (refused.fate, refused.reason) == (Fate.REFUSED, "arXiv does not know arxiv:2401.00001")
    assert known.records == {}


def test_a_source_that_does_not_answer_adds_nothing(known: Known) -> None:
    def silent(jobs: Mapping[str, Sequence[Identifier]]) -> Replies:
        return {(name, id): Failure("https://x", "HTTP 503") for name, ids in jobs.items() for id in ids}

    (refused,) = add(["2209.01188"], known, RULES, silent)
    assert refused.fate is Fate.REFUSED
    assert "arXiv did not answer: HTTP 503" in refused.reason


@pytest.mark.parametrize("junk", ["+49 89 1234567", "2023-10-15", "20.1234/x", "10.5555/3692070.3693756", "hello"])
def test_junk_is_refused_with_the_reason_and_stops_nothing(known: Known, junk: str) -> None:
    refused, added = add([junk, "2209.01188"], known, RULES, ask)
    assert (refused.fate, added.fate) == (Fate.REFUSED, Fate.ADDED)
    assert refused.reason


def test_a_title_is_looked_for_and_never_added_by_itself(known: Known) -> None:
    asked: list[Mapping[str, Work]] = []

    def search(works: Mapping[str, Work]) -> Hits:
        asked.append(works)
        return {key: {"crossref": (CLAIMS["crossref", DOI].says,), "dblp": Failure("x", "HTTP 503")} for key in works}

    (found,) = add([TITLE], known, RULES, ask, search)
    assert found.fate is Fate.OPEN
    assert [work.DOI for work in found.candidates] == [DOI.value]
    assert asked == [{"0": Work(title=TITLE)}]
    (nothing,) = add(
        ["Another title of some words"], known, RULES, ask, lambda works: {key: {"dblp": ()} for key in works}
    )
    assert (nothing.fate, nothing.reason) == (Fate.REFUSED, "none of the sources asked has a paper with this title")
    add(["2209.01188"], known, RULES, ask)
    (here,) = add([TITLE], known, RULES, ask, search)
    assert here.fate is Fate.HERE


def test_a_bibtex_entry_is_added_by_the_first_identifier_that_is_known(known: Known) -> None:
    entry = "@misc{x, title={Petals}, doi={10.1145/3637528.3671865}, eprint={2209.01188}}"
    (added,) = add([entry], known, RULES, ask)
    assert (added.fate, added.text) == (Fate.ADDED, "x")
    assert added.record
    assert added.record.ids == (ARXIV,)


@pytest.mark.parametrize("text", ["2209.01188", TITLE])
def test_without_a_network_nothing_is_refused_for_it(known: Known, text: str) -> None:
    failure = Failure("https://x", "no connection", offline=True)

    def offline(jobs: Mapping[str, Sequence[Identifier]]) -> Replies:
        return {(name, id): failure for name, ids in jobs.items() for id in ids}

    (unreached,) = add([text], known, RULES, offline, lambda works: {key: {"crossref": failure} for key in works})
    assert unreached.fate is Fate.UNREACHED
