from __future__ import annotations

from fedbib.importing import Known, Outcome, decide
from fedbib.model.claim import IMPORT
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Link, Work
from fedbib.venues import register

PAPER = Work(
    title="Federated Learning of Large Language Models",
    author=(Name(unsplit="Tianshi Che"), Name(unsplit="Ji Liu")),
    issued=PartialDate(2023),
    container_title_short="EMNLP",
    arxiv="2310.15080",
    topics=("prompt",),
    datasets=("QNLI",),
    links=(Link("code", "https://github.com/llm-eff/FedPepTAO"),),
)


def known(*records: Record) -> Known:
    return Known(records, register())


def test_a_new_paper() -> None:
    (decision,) = decide([PAPER], known(), "README.md")
    record = decision.record
    assert (decision.outcome, record.key) == (Outcome.NEW, "che2023federated")
    assert (record.ids, record.topics, record.datasets, record.links) == (
        PAPER.ids,
        ("prompt",),
        ("QNLI",),
        PAPER.links,
    )
    (claim,) = record.claims
    assert (claim.source, claim.origin, claim.id) == (IMPORT, "README.md", None)
    assert claim.says.topics == ()
    assert claim.says.title == PAPER.title


def test_row62_the_second_import_changes_nothing() -> None:
    (first,) = decide([PAPER], known(), "README.md")
    (second,) = decide([PAPER], known(first.record), "README.md")
    assert (second.outcome, second.record) == (Outcome.KNOWN, first.record)


def test_a_paper_known_by_an_identifier_keeps_what_people_wrote() -> None:
    (first,) = decide([PAPER], known(), "README.md")
    other = Work(title="Another spelling", arxiv="2310.15080", datasets=("SST-2",))
    (second,) = decide([other], known(first.record), "refs.bib")
    assert second.outcome is Outcome.KNOWN
    assert second.record.datasets == ("QNLI",)
    assert {claim.origin for claim in second.record.claims} == {"README.md", "refs.bib"}


def test_an_anthology_doi_is_the_anthology_id() -> None:
    (first,) = decide([Work(title="A", acl="2023.emnlp-main.488")], known(), "a")
    (second,) = decide([Work(title="B", DOI="10.18653/v1/2023.emnlp-main.488")], known(first.record), "b")
    assert second.outcome is Outcome.KNOWN


def test_a_paper_known_by_title_and_authors() -> None:
    (first,) = decide([PAPER], known(), "a")
    twin = Work(
        title=PAPER.title.upper(), author=PAPER.author, type=ItemType.PAPER_CONFERENCE, acl="2023.emnlp-main.488"
    )
    (second,) = decide([twin], known(first.record), "b")
    assert (second.outcome, second.record.key) == (Outcome.KNOWN, "che2023federated")


def test_a_namesake_is_another_paper() -> None:
    (first,) = decide([PAPER], known(), "a")
    namesake = Work(title=PAPER.title, author=(Name(unsplit="Ann Smith"),), issued=PartialDate(2024))
    (second,) = decide([namesake], known(first.record), "b")
    assert (second.outcome, second.record.key) == (Outcome.NEW, "smith2024federated")


def test_identifiers_of_two_records_are_for_a_person_to_decide() -> None:
    records = [
        decision.record
        for decision in decide([Work(title="A", arxiv="2310.15080"), Work(title="B", acl="P18-1001")], known(), "a")
    ]
    (decision,) = decide([Work(title="A", arxiv="2310.15080", acl="P18-1001")], known(*records), "b")
    assert decision.outcome is Outcome.UNSURE
    assert records[0].key in decision.reason
    assert records[1].key in decision.reason


def test_twice_in_one_file() -> None:
    decisions = decide([PAPER, PAPER], known(), "a")
    assert [decision.outcome for decision in decisions] == [Outcome.NEW, Outcome.KNOWN]
