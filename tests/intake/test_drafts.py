from __future__ import annotations

from fedbib.intake.drafts import Decision, Known, Outcome, decide, doubted
from fedbib.model.claim import IMPORT
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.reading import Doubt
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Link, Work
from fedbib.settle import settle
from tests.effort import LINEAR, growth
from tests.rules import RULES

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
    return Known(records, RULES)


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


def test_the_second_import_changes_nothing() -> None:
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


def test_two_spellings_of_a_title_are_one_paper() -> None:
    first = Work(
        title="On Zeroth-Order Federated Tuning in Large Language Models", author=PAPER.author, arxiv="2402.05926"
    )
    other = Work(title="On Zeroth-Order Federated Tuning for Large Language Models", author=PAPER.author)
    (one,) = decide([first], known(), "a")
    (two,) = decide([other], known(one.record), "b")
    assert (two.outcome, two.record.key) == (Outcome.KNOWN, one.record.key)
    unsigned = Work(title=other.title, container_title_short="KDD")
    (three,) = decide([unsigned], known(one.record), "c")
    assert (three.outcome, three.record.key) == (Outcome.UNSURE, one.record.key)


def test_papers_of_one_name_stay_apart() -> None:
    titles = [
        "FLoRA: Federated Fine-Tuning Large Language Models with Heterogeneous Low-Rank Adaptations",
        "FLoRA: Enhancing Vision-Language Models with Parameter-Efficient Federated Learning",
        "FLoRA: Low-Rank Adapters Are Secretly Gradient Compressors",
    ]
    works = [Work(title=title, arxiv=f"2401.0000{number}") for number, title in enumerate(titles, start=1)]
    assert [decision.outcome for decision in decide(works, known(), "a")] == [Outcome.NEW] * 3


def test_two_identifiers_for_one_title_are_kept_and_reported() -> None:
    (first,) = decide([PAPER], known(), "a")
    other = Work(title=PAPER.title, arxiv="2401.00001")
    (second,) = decide([other], known(first.record), "b")
    assert second.outcome is Outcome.KNOWN
    assert [conflict.code for conflict in second.conflicts] == ["I03"]
    assert "arxiv:2401.00001" in second.conflicts[0].message
    assert {claim.says.arxiv for claim in second.record.claims} == {"2310.15080", "2401.00001"}
    assert second.record.ids == PAPER.ids


def test_an_identifier_that_contradicts_the_record_is_not_taken_for_its_own() -> None:
    (first,) = decide([PAPER], known(), "a")
    (second,) = decide([Work(title=PAPER.title, arxiv="2401.00001")], known(first.record), "b")
    right = Work(title="Quite Another Paper on Other Things", arxiv="2401.00001")
    (third,) = decide([right], known(second.record), "c")
    assert third.outcome is Outcome.NEW


def test_one_identifier_for_two_titles_is_for_a_person_to_decide() -> None:
    (first,) = decide([PAPER], known(), "a")
    other = Work(title="Proxy Tuning of Foundation Model Recommenders", arxiv="2310.15080")
    (second,) = decide([other], known(first.record), "b")
    assert second.outcome is Outcome.UNSURE
    assert [conflict.code for conflict in second.conflicts] == ["I03"]
    assert [claim.is_doubted for claim in second.record.claims] == [False, True]


def test_another_venue_is_kept_and_reported() -> None:
    (first,) = decide([PAPER], known(), "a")
    (second,) = decide(
        [Work(title=PAPER.title, arxiv=PAPER.arxiv, container_title_short="KDD")], known(first.record), "b"
    )
    assert [(conflict.code, second.outcome) for conflict in second.conflicts] == [("N02", Outcome.KNOWN)]


def test_a_doubt_about_a_known_paper_is_known() -> None:
    (first,) = decide([PAPER], known(), "a")
    doubt = Doubt(Work(title="FedPepTAO", arxiv="2310.15080"), 7, "is only a nickname")
    assert doubted(doubt, known(first.record)) == Decision(
        Outcome.KNOWN, first.record, doubt.work, "is only a nickname"
    )
    assert doubted(doubt, known()).outcome is Outcome.UNSURE


def test_many_works_of_one_title_take_linear_time() -> None:
    works = [
        Work(title="A Title That Many Share", author=(Name(unsplit=f"Ann Author{number}"),), DOI=f"10.1000/{number}")
        for number in range(1_250)
    ]

    def draft(count: int) -> None:
        assert len(decide(works[:count], known(), "a")) == count

    assert growth(draft, 150) < LINEAR


def test_one_id_and_two_titles_is_kept_and_settles_nothing() -> None:
    (first,) = decide([PAPER], known(), "a")
    wrong = Work(
        title="Something Entirely Else about Quantum Chemistry and Proteins",
        author=(Name(unsplit="Zed Quux"),),
        arxiv="2310.15080",
    )
    (second,) = decide([wrong], known(first.record), "a")
    assert second.outcome is Outcome.UNSURE
    assert [conflict.code for conflict in second.conflicts] == ["I03"]
    assert [claim.is_doubted for claim in second.record.claims] == [False, True]
    assert settle(second.record, RULES) == settle(first.record, RULES)
    (third,) = decide([wrong], known(second.record), "a")
    assert third.record == second.record
