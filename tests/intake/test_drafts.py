from __future__ import annotations

from dataclasses import replace

import pytest

from fedbib.intake import foreign
from fedbib.intake.drafts import Decision, Outcome, decide, doubted
from fedbib.intake.known import Known
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


def test_a_known_title_with_other_people_is_for_a_person_to_decide() -> None:
    (first,) = decide([PAPER], known(), "a")
    namesake = Work(title=PAPER.title, author=(Name(unsplit="Ann Smith"),), issued=PartialDate(2024))
    (second,) = decide([namesake], known(first.record), "b")
    assert (second.outcome, second.record) == (Outcome.UNSURE, first.record)
    assert [conflict.code for conflict in second.conflicts] == ["I03"]
    (third,) = decide([replace(namesake, arxiv="2401.00001")], known(first.record), "b")
    assert (third.outcome, third.record.key) == (Outcome.NEW, "smith2024federated"), (
        "its own id says that it is another"
    )


def test_a_title_that_says_little_names_no_work() -> None:
    (first,) = decide([replace(PAPER, title="Editorial")], known(), "a")
    (second,) = decide([Work(title="Editorial", author=(Name(unsplit="Ann Smith"),))], known(first.record), "b")
    assert second.outcome is Outcome.NEW


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
    assert sorted(decision.outcome for decision in decisions) == [Outcome.MERGED, Outcome.NEW]
    assert decisions[0].record == decisions[1].record


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


def test_another_identifier_of_a_kind_is_for_a_person_to_decide() -> None:
    (first,) = decide([PAPER], known(), "a")
    other = Work(title=PAPER.title, arxiv="2401.00001")
    (second,) = decide([other], known(first.record), "b")
    assert (second.outcome, second.record) == (Outcome.UNSURE, first.record)
    assert first.record.key in second.reason


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
    (second,) = decide([wrong], known(first.record), "b")
    assert second.outcome is Outcome.UNSURE
    assert [conflict.code for conflict in second.conflicts] == ["I03"]
    assert [claim.is_doubted for claim in second.record.claims] == [False, True]
    assert settle(second.record, RULES) == settle(first.record, RULES)
    (third,) = decide([wrong], known(second.record), "b")
    assert third.record == second.record


def test_one_id_and_two_papers_of_a_file_are_a_question_that_a_person_settles() -> None:
    wrong = replace(
        PAPER,
        key="wrong",
        title="Something Entirely Else about Quantum Chemistry and Proteins",
        author=(Name("Quux", "Zed"),),
    )
    short = replace(wrong, key="short", title="Editorial", author=(Name("Roe", "Jane"),), issued=PartialDate(1999))
    works = [replace(PAPER, key="right", volume="7"), wrong, short]
    first, second, third = decide(works, known(), "a")
    assert [each.outcome for each in (first, second, third)] == [Outcome.NEW, Outcome.UNSURE, Outcome.UNSURE]
    assert second.record == third.record == first.record
    assert [claim.place for claim in first.record.claims] == ["right"]
    assert [conflict.code for each in (second, third) for conflict in each.conflicts] == ["I03", "I03"]
    taken = decide(works, known(first.record), "a", alone=True, take={1, 2})
    records = [each.record for each in taken]
    assert [each.outcome for each in taken] == [Outcome.KNOWN, Outcome.NEW, Outcome.NEW]
    assert [record.ids for record in records] == [PAPER.ids, (), ()]
    assert not any(record.is_waiting for record in records)
    again = decide(works, known(*records), "a", alone=True)
    assert [each.outcome for each in again] == [Outcome.KNOWN] * 3
    assert [each.record for each in again] == records


def test_two_unsure_entries_of_one_record_both_leave_their_claim() -> None:
    (first,) = decide([PAPER], known(), "a")
    others = [
        replace(PAPER, key=key, title=f"{key} about Proteins and Quite Other Things", author=(Name(key, "Zed"),))
        for key in ("Quux", "Arxo")
    ]
    decisions = decide(others, known(first.record), "b")
    assert [len(each.record.claims) for each in decisions] == [3, 3]


RICH = Work(
    key="rich",
    type=ItemType.ARTICLE_JOURNAL,
    title="A careful study of averaging under heterogeneity",
    author=(Name("Smith", "Jane"), Name("Roe", "Rick")),
    issued=PartialDate(2019),
    container_title="Journal of Tests",
    volume="12",
    DOI="10.1000/j.tests.12.3",
)
POOR = replace(
    RICH,
    key="poor",
    author=(Name("Smith", "J."), Name("Roe", "R.")),
    container_title="",
    volume="",
    DOI="",
    ISSN="2049-3630",
)


def test_the_order_of_a_file_decides_nothing() -> None:
    one, other = (decide(works, known(), "a") for works in ([RICH, POOR], [POOR, RICH]))
    assert one[0].record == other[1].record
    assert [decision.outcome for decision in one] == [Outcome.NEW, Outcome.MERGED]
    work = settle(one[0].record, RULES)
    assert (work.volume, work.ISSN, work.author) == ("12", "2049-3630", RICH.author), "the union of both"


def test_entries_without_a_key_take_nothing_from_each_other() -> None:
    decisions = decide([replace(RICH, key=""), replace(POOR, key="")], known(), "a.ris")
    assert settle(decisions[0].record, RULES).ISSN == "2049-3630"
    again = decide([replace(RICH, key=""), replace(POOR, key="")], known(decisions[0].record), "a.ris")
    assert again[0].record == decisions[0].record


def test_an_entry_is_found_by_its_own_keys() -> None:
    odd = replace(RICH, key="DBLP:journals/x/1", aliases=("smith19", "old:key/1"))
    (decision,) = decide([odd], known(), "a")
    assert decision.record.aliases == ("smith19",), "what can be a file's name"
    assert set(settle(decision.record, RULES).aliases) == {"smith19", "DBLP:journals/x/1", "old:key/1"}
    (again,) = decide([odd], known(decision.record), "a")
    assert again.record == decision.record


def test_a_key_that_leads_elsewhere_is_not_given_twice() -> None:
    (first,) = decide([replace(RICH, key="smith")], known(), "a")
    other = Work(key="Smith", title="Quite another matter of no relation", DOI="10.1000/2")
    (second,) = decide([other], known(first.record), "b")
    assert (second.record.aliases, second.record.claims[0].keys) == ((), ())


def test_what_only_its_own_entry_tells_of_waits_until_another_tells_of_it() -> None:
    unknown = replace(RICH, DOI="")
    (first,) = decide([unknown], known(), "a.bib", alone=True)
    assert first.record.is_waiting
    assert not decide([unknown], known(), "a.bib")[0].record.is_waiting, "somebody vouches for the file"
    assert not decide([RICH], known(), "a.bib", alone=True)[0].record.is_waiting, "it has an identifier"
    (same,) = decide([unknown], known(first.record), "a.bib", alone=True)
    assert same.record == first.record
    (second,) = decide([unknown], known(first.record), "b.bib", alone=True)
    assert not second.record.is_waiting
    (vouched,) = decide([unknown], known(first.record), "a.bib")
    assert not vouched.record.is_waiting
    (again,) = decide([unknown], known(vouched.record), "a.bib", alone=True)
    assert again.record == vouched.record, "a person's word stays"


def test_an_unsure_entry_can_be_taken_as_new() -> None:
    (first,) = decide([PAPER], known(), "a")
    twin = Work(title=PAPER.title, author=(Name("Smith", "Ann"),))
    assert decide([twin], known(first.record), "b")[0].outcome is Outcome.UNSURE
    assert decide([twin], known(first.record), "b", take={0})[0].outcome is Outcome.NEW


def test_no_record_takes_the_key_of_another_entry() -> None:
    plain_key = replace(RICH, key="smith2019careful", title="A careful thought of quite other things", DOI="")
    for works in ([RICH, plain_key], [plain_key, RICH]):
        decisions = {decision.work.key: decision.record for decision in decide(works, known(), "a")}
        assert decisions["smith2019careful"].key == "smith2019careful"
        assert (decisions["rich"].key, decisions["rich"].aliases) == ("smith2019carefulb", ("rich",))


KDD = Work(
    type=ItemType.PAPER_CONFERENCE,
    title="On the Convergence of Tests",
    issued=PartialDate(2024),
    container_title_short="KDD",
    DOI="10.1145/3637528.3671865",
)
SAID = {
    "bibtex": "@inproceedings{{x, title={{On the Convergence of Tests}}, doi={{10.1145/3637528.3671865}}, "
    "booktitle={{{venue}}}, year={{{year}}}}}",
    "csl-json": '[{{"id": "x", "type": "paper-conference", "title": "On the Convergence of Tests", '
    '"DOI": "10.1145/3637528.3671865", "container-title": "{venue}", "issued": {{"date-parts": [[{year}]]}}}}]',
    "ris": "TY  - CONF\nTI  - On the Convergence of Tests\nDO  - 10.1145/3637528.3671865\nT2  - {venue}\n"
    "PY  - {year}\nER  - \n",
}


@pytest.mark.parametrize("format", SAID)
@pytest.mark.parametrize(
    ("venue", "year", "told"),
    [
        pytest.param("NeurIPS", 2019, "NeurIPS 2019", id="venue"),
        pytest.param("KDD", 2019, "from 2019", id="year"),
        pytest.param("", 2019, "from 2019", id="year without a venue"),
        pytest.param("KDD", 2024, "", id="nothing"),
    ],
)
def test_a_wrong_venue_or_year_beside_a_right_identifier_is_told(format: str, venue: str, year: int, told: str) -> None:
    (first,) = decide([KDD], known(), "list.md")
    works = foreign.read(SAID[format].format(venue=venue, year=year), format).works
    (second,) = decide(works, known(first.record), "x")
    assert second.outcome is Outcome.KNOWN
    assert [conflict.code for conflict in second.conflicts] == (["N02"] if told else [])
    assert all(told in conflict.message for conflict in second.conflicts)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("keys", [("", ""), ("one", "other")], ids=["without keys", "with keys"])
def test_the_longer_list_of_people_stays_whoever_says_more_otherwise(keys: tuple[str, str], order: int) -> None:
    people = (Name("Che", "Tianshi"), Name("Liu", "Ji"))
    paper = Work(title=PAPER.title, DOI="10.1000/1", issued=PartialDate(2023), container_title="Names")
    fuller = replace(paper, key=keys[0], author=people)
    other = replace(paper, key=keys[1], author=(Name("Che", "T."),), issued=PartialDate(2023, 5), volume="4", issue="2")
    decisions = decide([fuller, other][::order], known(), "refs.ris")
    work = settle(decisions[-1].record, RULES)
    assert (work.author, work.issued, work.volume) == (people, PartialDate(2023, 5), "4")


def test_a_preprint_does_not_join_two_publications() -> None:
    """Its publication at a conference is known, and that in a journal of another year is another work."""
    preprint = replace(PAPER, key="a", type=ItemType.ARTICLE, container_title_short="", topics=(), links=())
    conference = Work(
        key="b", type=ItemType.PAPER_CONFERENCE, title=PAPER.title, author=PAPER.author, issued=PartialDate(2023),
        container_title="Proceedings of the Conference on Names",
    )  # fmt: skip
    journal = replace(
        conference, key="c", type=ItemType.ARTICLE_JOURNAL, issued=PartialDate(2025), container_title="Letters"
    )
    known_by = known()
    first, second, third = decide([preprint, conference, journal], known_by, "refs.bib")
    assert (first.record.key == second.record.key, third.outcome) in ((True, Outcome.NEW), (True, Outcome.UNSURE))
