from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from fedbib.model.claim import Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Severity
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Failure
from fedbib.sources.base import Elsewhere, NotFound, Unreadable
from fedbib.sync.ask import Replies, questions, resolve, silence
from fedbib.sync.changes import changes
from fedbib.sync.events import Foreign, Homeless, Lost, Missing, Offline, Silent, Stranger
from fedbib.sync.refresh import Refreshed, refresh
from tests.rules import RULES

ARXIV = Identifier(Scheme.ARXIV, "2310.15080")
DOI = Identifier(Scheme.DOI, "10.18653/v1/2023.emnlp-main.488")
ACL = Identifier(Scheme.ACL, "2023.emnlp-main.488")
ZENODO = Identifier(Scheme.DOI, "10.5281/zenodo.1234")

SAYS = Work(
    type=ItemType.PAPER_CONFERENCE,
    title="Federated Learning of Large Language Models with Parameter-Efficient Prompt Tuning",
    author=tuple(Name(family=family) for family in ("Che", "Liu", "Zhou", "Ren")),
    issued=PartialDate(2023, 12),
    page=Pages("7871", "7888"),
    acl=ACL.value,
)
CLAIM = Claim("acl", SAYS, ACL)
RECORD = Record("che2023federated", ids=(ACL,), claims=(CLAIM,))


def refreshed(replies: Replies, record: Record = RECORD) -> Refreshed:
    return refresh(record, replies, RULES)


def test_whom_to_ask_for_what() -> None:
    registries = {"acl": [ACL], "arxiv": [ARXIV], "crossref": [DOI]}
    indexes = {"semantic_scholar": [ARXIV, DOI, ACL], "openalex": [ARXIV, DOI]}
    assert questions([ARXIV, DOI]) == registries | indexes
    assert questions([ARXIV, DOI], off=["acl", "crossref", *indexes]) == {"arxiv": [ARXIV]}


def test_a_doi_that_crossref_does_not_have_is_asked_where_it_is_kept() -> None:
    rounds: list[Mapping[str, Sequence[Identifier]]] = []

    def ask(jobs: Mapping[str, Sequence[Identifier]]) -> Replies:
        rounds.append(jobs)
        answers = {
            "crossref": NotFound(ZENODO),
            "doi_org": Elsewhere(ZENODO, "DataCite"),
            "datacite": Claim("datacite", SAYS, ZENODO),
        }
        return {(name, id): answers[name] for name, ids in jobs.items() for id in ids}  # type: ignore[misc]

    replies = resolve([ZENODO], ask, off=["semantic_scholar", "openalex"])
    assert rounds == [{"crossref": [ZENODO]}, {"doi_org": [ZENODO]}, {"datacite": [ZENODO]}]
    assert isinstance(replies["datacite", ZENODO], Claim)
    result = refreshed(replies, Record("k", ids=(ZENODO,)))
    assert [claim.source for claim in result.record.claims] == ["datacite"]
    assert result.events == ()


def test_a_doi_that_its_own_agency_does_not_know() -> None:
    replies: Replies = {("crossref", DOI): NotFound(DOI), ("doi_org", DOI): Elsewhere(DOI, "Crossref")}
    assert refreshed(replies, Record("k", ids=(DOI,))).events == (Homeless("k", DOI, "Crossref"),)


def test_a_doi_of_an_agency_that_is_not_asked() -> None:
    replies: Replies = {("crossref", DOI): NotFound(DOI), ("doi_org", DOI): Elsewhere(DOI, "JaLC")}
    assert refreshed(replies, Record("k", ids=(DOI,))).events == (Foreign("k", DOI, "JaLC"),)


def test_the_same_answer_changes_nothing() -> None:
    result = refreshed({("acl", ACL): CLAIM})
    assert result == Refreshed(RECORD)


def test_a_changed_answer_is_kept_and_shown() -> None:
    corrected = replace(CLAIM, says=replace(SAYS, page=Pages("7871", "7889")))
    result = refreshed({("acl", ACL): corrected})
    assert result.record.claims == (corrected,)
    (change,) = changes(RECORD.key, RECORD.claims, result.record.claims)
    assert (change.source, change.field, change.old, change.new) == ("acl", "page", "7871-7888", "7871-7889")


def test_a_poorer_answer_takes_nothing_away() -> None:
    poorer = replace(CLAIM, says=replace(SAYS, page=None, author=SAYS.author[:1]))
    result = refreshed({("acl", ACL): poorer})
    assert result.record == RECORD
    assert set(result.events) == {Lost(RECORD.key, "acl", "page"), Lost(RECORD.key, "acl", "author")}


def test_an_answer_about_another_paper_is_refused() -> None:
    other = Work(type=ItemType.PAPER_CONFERENCE, title="Attention Is All You Need", author=(Name(family="Vaswani"),))
    result = refreshed({("acl", ACL): Claim("acl", other, ACL)})
    assert result.record == RECORD
    (event,) = result.events
    assert isinstance(event, Stranger)
    assert (event.severity, event.claim.says, event.known.title) == (Severity.ERROR, other, SAYS.title)


def test_a_source_that_does_not_know_the_id() -> None:
    new = replace(RECORD, claims=())
    result = refreshed({("acl", ACL): NotFound(ACL)}, new)
    assert result.record == new
    assert result.events == (Missing(RECORD.key, ACL, "acl"),)


def test_an_id_that_a_source_told_of_before_is_not_gone() -> None:
    assert refreshed({("acl", ACL): NotFound(ACL)}) == Refreshed(RECORD)


@pytest.mark.parametrize("source", ["semantic_scholar", "openalex"])
def test_what_an_index_does_not_have_says_nothing(source: str) -> None:
    assert refreshed({(source, DOI): NotFound(DOI)}, replace(RECORD, ids=(ACL, DOI))).events == ()


def test_an_answer_that_cannot_be_read_takes_nothing_away() -> None:
    result = refreshed({("acl", ACL): Unreadable(ACL, "not XML")})
    assert result.record == RECORD
    assert result.events == ()
    assert silence({("acl", ACL): Unreadable(ACL, "not XML")}) == (Silent("acl", "not XML", 1, partly=True),)


def test_a_failing_source_takes_nothing_away_and_is_named_once() -> None:
    down = Failure("https://aclanthology.org/x", "HTTP 503")
    replies: Replies = {
        ("acl", ACL): down,
        ("acl", replace(ACL, value="P18-1001")): down,
        ("crossref", DOI): NotFound(DOI),
    }
    assert refreshed(replies) == Refreshed(RECORD)
    assert silence(replies) == (Silent("acl", "HTTP 503", 2),)


def test_without_a_network_it_is_said_once() -> None:
    down = Failure("https://x", "no connection", offline=True)
    assert silence({("acl", ACL): down, ("arxiv", ARXIV): down, ("crossref", DOI): down}) == (Offline(3),)


def test_a_claim_about_an_id_people_took_out_goes() -> None:
    result = refreshed({}, replace(RECORD, ids=(ARXIV,)))
    assert result.record.claims == ()


def test_the_order_of_answers_makes_no_difference() -> None:
    arxiv = Claim("arxiv", replace(SAYS, type=ItemType.ARTICLE, acl="", page=None), ARXIV)
    record = replace(RECORD, ids=(ACL, ARXIV), claims=())
    one = refreshed({("acl", ACL): CLAIM, ("arxiv", ARXIV): arxiv}, record)
    other = refreshed({("arxiv", ARXIV): arxiv, ("acl", ACL): CLAIM}, record)
    assert one == other


def test_a_value_that_a_registry_changed_is_replaced() -> None:
    """The pages of 2025.emnlp-main.422 as the Anthology had them in two states."""
    id = Identifier(Scheme.ACL, "2025.emnlp-main.422")
    older = Work(
        type=ItemType.PAPER_CONFERENCE,
        title="X-FLoRA: Cross-modal Federated Learning with Modality-expert LoRA for Medical VQA",
        author=(Name("Kim", "Min Hyuk"), Name("Kim", "Changheon"), Name("Yoo", "Seok Bong")),
        issued=PartialDate(2025),
        page=Pages("8391", "8409"),
        acl=id.value,
    )
    newer = replace(older, page=Pages("8379", "8397"), issued=PartialDate(2025, 11), event_place="Suzhou, China")
    record = Record("kim2025xflora", ids=(id,), claims=(Claim("acl", older, id, origin="2025.emnlp.xml @76c248e"),))
    fresh = Claim("acl", newer, id, origin="2025.emnlp.xml @00ed480")
    assert refreshed({("acl", id): fresh}, record) == Refreshed(replace(record, claims=(fresh,)))
