"""Which candidates are one publication, and what a record keeps of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fedbib.ids.identify import identify
from fedbib.match.candidates import Candidate, search_candidates
from fedbib.match.following import followed
from fedbib.match.linking import Decision, Judged, carried, dated, is_one, linked, linked_ids, proposed
from fedbib.model.claim import Claim, Hints
from fedbib.model.date import PartialDate
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.proposal import Proposal
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work
from tests.rules import RULES

NAMED = Finding.of(Code.NAMED, source="arxiv")
DOI, ACL = Identifier(Scheme.DOI, "10.18653/v1/p18-1001"), Identifier(Scheme.ACL, "P18-1001")
OTHER = Identifier(Scheme.DOI, "10.1145/1")
PEOPLE = (Name("Ho", "Ann"), Name("Li", "Bo"))
TITLE = "A Careful Study of Averaging under Heterogeneity"


def at(id: str, year: int | None = 2024, kind: ItemType = ItemType.PAPER_CONFERENCE, **says: str) -> Candidate:
    found = identify(id)
    work = Work(type=kind, issued=PartialDate(year) if year else None, **says)  # type: ignore[arg-type]
    return Candidate(found, work, "x", NAMED)


JOURNAL = ItemType.ARTICLE_JOURNAL


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        pytest.param(at("10.1145/1"), at("10.1145/1", 2020), True, id="the same id"),
        pytest.param(at(DOI.value), at(ACL.value, 2020), True, id="an Anthology id and its DOI"),
        pytest.param(at("10.1145/1"), at("dblp:conf/x/Y", 2020, DOI="10.1145/1"), True, id="an id that one names"),
        pytest.param(
            at("10.1145/1", arxiv="2401.00001"), at("10.1145/2", 2020, arxiv="2401.00001"), False, id="one preprint"
        ),
        pytest.param(
            at("10.1145/1", container_title="KDD"), at("10.1145/2", container_title_short="KDD"), True, id="one venue"
        ),
        pytest.param(
            at("10.1145/1", container_title="KDD"), at("10.1145/2", 2025, container_title="KDD"), True, id="next year"
        ),
        pytest.param(
            at("10.1145/1", container_title="KDD"), at("10.1145/2", 2026, container_title="KDD"), False, id="later"
        ),
        pytest.param(
            at("10.1145/1", container_title="KDD"), at("10.1145/2", container_title="ICML"), False, id="two venues"
        ),
        pytest.param(
            at("10.1145/1", container_title="KDD"), at("10.1145/2", kind=JOURNAL, container_title="KDD"), False,
            id="a conference and a journal",
        ),
        pytest.param(
            at("10.1145/1", container_title="Acta X"), at("10.1145/2", 2025, container_title="acta x"), True,
            id="one place that nobody knows",
        ),
        pytest.param(
            at("10.1145/1", container_title="Acta X"), at("10.1145/2", 2026, container_title="acta x"), False,
            id="that place later",
        ),
        pytest.param(
            at("10.1145/1", container_title="Acta X"), at("dblp:conf/x/Y", container_title="Y"), True,
            id="a database's word for another place",
        ),
        pytest.param(
            at("10.1145/1", container_title="Acta X"), at("dblp:conf/x/Y", 2025, container_title="Y"), False,
            id="a database's word of another year",
        ),
        pytest.param(
            at("10.1145/1", container_title="KDD"), at("dblp:conf/x/Y", container_title="Y"), True,
            id="a database's word for a place that is known",
        ),
        pytest.param(
            at("10.1145/1", container_title="Acta X"), at("10.1145/2", container_title="Y"), False,
            id="two publishers' words",
        ),
        pytest.param(
            at("openreview:cit0hg4sEz", container_title="X"), at("dblp:conf/x/Y", container_title="Y"), False,
            id="two databases' words",
        ),
        pytest.param(
            at("10.1145/1", None, container_title="Acta X"), at("10.1145/2", None, container_title="acta x"), True,
            id="no years",
        ),
    ],
)  # fmt: skip
def test_two_candidates_are_one_publication(one: Candidate, other: Candidate, are_one: bool) -> None:
    assert is_one(one, other, RULES.register) == is_one(other, one, RULES.register) == are_one


def judged(id: Identifier = DOI, decision: Decision = Decision.LINK) -> Judged:
    says = Work(type=ItemType.PAPER_CONFERENCE, title=TITLE, author=PEOPLE, volume="3", DOI=DOI.value)
    found = Candidate(id, says, "crossref", NAMED, Hints(note="n"))
    return Judged(found, decision, (Finding.of(Code.TITLE_EQUAL),))


def test_what_is_linked_is_a_claim_that_says_why_and_is_proposed_no_more() -> None:
    known = Claim("arxiv", Work(title=TITLE), Identifier(Scheme.ARXIV, "2401.00001"))
    older = Claim("crossref", Work(title="Old"), DOI)
    record = Record("k", claims=(older, known), proposals=(Proposal(ACL, (), Work()), Proposal(OTHER, (), Work())))
    found = linked(record, judged())
    claim = Claim(
        "crossref", judged().candidate.says, DOI, link=(NAMED, Finding.of(Code.TITLE_EQUAL)), hints=Hints(note="n")
    )
    assert found.claims == (known, claim)
    assert found.proposals == (Proposal(OTHER, (), Work()),)
    assert linked_ids(found) == (DOI,)
    assert linked_ids(replace(found, rejected=(ACL,))) == ()
    assert linked_ids(record) == ()


def test_what_is_proposed_is_shown_by_what_a_person_judges() -> None:
    record = proposed(Record("k", proposals=(Proposal(OTHER, (), Work()),)), judged())
    shown = Work(title=TITLE, author=PEOPLE)
    assert record.proposals == (
        Proposal(OTHER, (), Work()),
        Proposal(DOI, (NAMED, Finding.of(Code.TITLE_EQUAL)), shown),
    )
    again = proposed(record, replace(judged(), findings=()))
    assert again.proposals[1] == Proposal(DOI, (NAMED,), shown)
    assert proposed(Record("k", rejected=(ACL,)), judged()).proposals == ()
    assert proposed(Record("k", ids=(ACL,)), judged()).proposals == ()


def test_a_newer_claim_keeps_how_the_record_came_to_it() -> None:
    day, later = date(2026, 1, 1), date(2026, 2, 2)
    old = Claim("crossref", Work(title="Old"), DOI, link=(NAMED,), since=day)
    new = Claim("crossref", Work(title="New"), DOI)
    assert carried(None, new) is new
    assert carried(old, new) == replace(new, link=(NAMED,), since=day)
    other = Finding.of(Code.HELD, source="x")
    assert carried(old, replace(new, link=(other,), since=later)) == replace(new, link=(other,), since=day)
    assert carried(replace(old, since=None), replace(new, since=later)).since == later


PREPRINT = Claim(
    "arxiv", Work(type=ItemType.ARTICLE, title=TITLE, author=PEOPLE, arxiv="2401.00001"), identify("arxiv:2401.00001")
)
PUBLISHED = Claim(
    "crossref",
    Work(
        type=ItemType.PAPER_CONFERENCE,
        title=TITLE,
        author=PEOPLE,
        issued=PartialDate(2024),
        container_title="KDD",
        DOI=OTHER.value,
    ),
    OTHER,
)


def test_the_day_of_the_news_stands_on_the_first_claim_that_tells_it() -> None:
    today, before = date(2026, 3, 3), date(2026, 1, 1)
    preprint, both = Record("k", claims=(PREPRINT,)), Record("k", claims=(PREPRINT, PUBLISHED))
    assert dated(preprint, both, today).claims == (PREPRINT, replace(PUBLISHED, since=today))
    assert dated(both, both, today) == both
    assert dated(preprint, preprint, today) == preprint
    known = replace(both, claims=(replace(PREPRINT, since=today), replace(PUBLISHED, since=before)))
    assert dated(known, both, today).claims == (PREPRINT, replace(PUBLISHED, since=before))
    doubted = replace(PUBLISHED, doubt=Finding.of(Code.EARLIER, Grade.FAIL, text="x"), source="dblp")
    mixed = Record("k", claims=(PREPRINT, doubted, PUBLISHED))
    assert dated(preprint, mixed, today).claims == (PREPRINT, doubted, replace(PUBLISHED, since=today))


def test_of_two_hits_about_one_id_the_one_that_says_more_counts() -> None:
    bare, year = Work(DOI=OTHER.value, title="a"), Work(DOI=OTHER.value, title="b", issued=PartialDate(2024))
    people = Work(DOI=OTHER.value, title="c", author=PEOPLE)
    for order in ((bare, year, people), (people, year, bare), (year, people, bare)):
        (found,) = search_candidates(Record("k"), {"dblp": order}, {}, RULES)
        assert (found.says, found.source, found.found) == (people, "dblp", Finding.of(Code.SEARCHED, source="dblp"))
    (first,) = search_candidates(Record("k"), {"a": (bare,), "b": (replace(bare, title="z"),)}, {}, RULES)
    assert (first.source, first.says.title) == ("a", "a")
    assert search_candidates(Record("k", ids=(OTHER,)), {"dblp": (people,)}, {}, RULES) == ()
    assert search_candidates(Record("k", rejected=(OTHER,)), {"dblp": (people,)}, {}, RULES) == ()


# Further registries of a publication that is cited --------------------------------------------------------------------


def test_a_registry_that_a_claim_names_is_heard_about_the_same_publication() -> None:
    dblp = Identifier(Scheme.DBLP, "conf/kdd/HoL24")
    naming = replace(PUBLISHED, says=replace(PUBLISHED.says, dblp=dblp.value))
    record = Record("k", ids=(OTHER,), claims=(naming,))
    told = Claim("dblp", replace(PUBLISHED.says, dblp=dblp.value, page=None), dblp)
    answers = {("dblp", dblp): told}
    found = followed(record, answers, RULES)
    assert [(claim.source, claim.id) for claim in found.claims] == [("crossref", OTHER), ("dblp", dblp)]
    assert found.claims[1].link[0] == Finding.of(Code.NAMED, source="crossref")
    assert followed(found, answers, RULES) == found
    for other in (
        replace(told, says=replace(told.says, title="Nothing of the Kind at All")),
        replace(told, says=replace(told.says, author=(Name("Xu", "Xi"),))),
    ):
        assert followed(record, {("dblp", dblp): other}, RULES) == record
    assert followed(record, {}, RULES) == record
    hinted = replace(record, claims=(replace(PUBLISHED, hints=Hints(names=(dblp,))),))
    bare = replace(told, says=replace(told.says, DOI=""))
    assert len(followed(hinted, {("dblp", dblp): bare}, RULES).claims) == 2
    elsewhere = replace(bare, says=replace(bare.says, container_title="ICML"))
    assert followed(hinted, {("dblp", dblp): elsewhere}, RULES) == hinted
    preprint = Record("k", claims=(replace(PREPRINT, says=replace(PREPRINT.says, dblp=dblp.value)),))
    assert followed(preprint, answers, RULES) == preprint


def test_decisions_are_ranked_from_link_to_refusal() -> None:
    assert sorted(Decision, key=lambda one: one.rank) == [Decision.LINK, Decision.PROPOSE, Decision.REFUSE]
    assert Decision.LINK.rank == 0
