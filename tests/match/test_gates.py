"""What each gate says by itself; what follows from all of them together is in `test_linking`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fedbib.match import gates
from fedbib.match.candidates import Candidate
from fedbib.model.claim import IMPORT, Claim, Hints, State, Submission
from fedbib.model.date import PartialDate
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Status, Work
from tests.rules import RULES

ARXIV, DOI = Identifier(Scheme.ARXIV, "2402.05926"), Identifier(Scheme.DOI, "10.1145/1")
NAMED = Finding.of(Code.NAMED, source="arxiv")
SEARCHED = Finding.of(Code.SEARCHED, source="dblp")
NONE = Hints()
LISTED = Finding.of(Code.LISTED, origin="README.md")
OURS = "FedTune: Tuning Large Language Models under 18 Kilobytes of Communication"


def record(title: str = OURS, source: str = "arxiv") -> Record:
    says = Work(type=ItemType.ARTICLE, title=title, issued=PartialDate(2024, 2), arxiv=ARXIV.value)
    return Record("k", ids=(ARXIV,), claims=(Claim(source, says, None if source == IMPORT else ARXIV),))


def candidate(found: Finding = NAMED, hints: Hints = NONE, **says: object) -> Candidate:
    return Candidate(DOI, Work(type=ItemType.PAPER_CONFERENCE, DOI=DOI.value, **says), "crossref", found, hints)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("theirs", "code", "by_id", "by_search"),
    [
        (OURS, Code.TITLE_EQUAL, Grade.PASS, Grade.PASS),
        (OURS.replace("under", "with"), Code.TITLE_ALIKE, Grade.WEAK, Grade.WEAK),
        (OURS.replace(" 18", ""), Code.TITLE_BUT_NUMBER, Grade.UNSURE, Grade.UNSURE),
        (OURS.replace("FedTune", "FedTuner"), Code.TITLE_BUT_NAME, Grade.UNSURE, Grade.UNSURE),
        ("FedTune: Sending 18 Kilobytes and Nothing Else", Code.TITLE_SAME_NAME, Grade.UNSURE, Grade.UNSURE),
        (f"Poster: {OURS.partition(': ')[2]}", Code.TITLE_BUT_NAME, Grade.UNSURE, Grade.UNSURE),
        ("Tuning Large Language Models with 18 Megabytes of Communication", Code.TITLE_ALIKE, Grade.UNSURE, Grade.FAIL),
        ("Tuning of 18 Pianos", Code.TITLE_OTHER, Grade.FAIL, Grade.FAIL),
        (OURS.replace("18", "28"), Code.TITLE_OTHER_NUMBER, Grade.FAIL, Grade.FAIL),
        (f"Correction to: {OURS}", Code.TITLE_NOTICE, Grade.FAIL, Grade.FAIL),
        ("", Code.TITLE_UNKNOWN, Grade.UNSURE, Grade.UNSURE),
    ],
)
def test_a_search_by_title_needs_a_better_one(theirs: str, code: Code, by_id: Grade, by_search: Grade) -> None:
    for found, grade in ((NAMED, by_id), (SEARCHED, by_search), (LISTED, by_search)):
        said = gates.title(record(), candidate(found, title=theirs), RULES)
        assert (said.code, said.grade) == (code, grade)


def test_a_poster_that_a_search_found_is_another_title() -> None:
    bare = OURS.partition(": ")[2]
    for found, grade in ((NAMED, Grade.UNSURE), (SEARCHED, Grade.FAIL)):
        said = gates.title(record(bare), candidate(found, title=f"Poster: {bare}"), RULES)
        assert (said.code, said.grade) == (Code.TITLE_BUT_KIND, grade)


def test_a_title_on_hearsay_counts_for_less() -> None:
    said = gates.title(record(source=IMPORT), candidate(title=OURS), RULES)
    assert said == Finding.of(Code.TITLE_EQUAL_LISTED, Grade.WEAK)


def test_a_title_on_hearsay_that_is_another_stays_another() -> None:
    said = gates.title(record(source=IMPORT), candidate(title="Tuning of 18 Pianos"), RULES)
    assert (said.code, said.grade) == (Code.TITLE_OTHER, Grade.FAIL)


def test_what_is_no_paper_is_named() -> None:
    thesis = replace(candidate(), says=Work(type=ItemType.THESIS, container_title="KDD"))
    assert gates.venue(thesis, RULES.register) == Finding.of(Code.NO_PAPER, Grade.FAIL, type="thesis")


def test_an_anthology_id_names_the_venue() -> None:
    one = replace(candidate(container_title="Nowhere"), id=Identifier(Scheme.ACL, "2023.acl-demo.54"))
    found = gates.venue_of(one, RULES.register)
    assert found is not None
    assert found.short.startswith("ACL")


@pytest.mark.parametrize(
    ("year", "grade"),
    [
        (2020, Grade.FAIL),
        (2021, Grade.UNSURE),
        (2022, Grade.UNSURE),
        (2023, Grade.PASS),
        (2028, Grade.PASS),
        (2029, Grade.UNSURE),
        (2030, Grade.UNSURE),
        (2031, Grade.FAIL),
    ],
)
def test_the_window_of_years(year: int, grade: Grade) -> None:
    said = gates.year(record(), candidate(issued=PartialDate(year)))
    assert said == Finding.of(Code.YEAR, grade, year=year, preprint=2024)


@pytest.mark.parametrize(
    ("arxiv", "year"),
    [("hep-th/9108001", 1991), ("math/9501234", 1995), ("0704.0001", 2007), ("2402.05926", 2024)],
)
def test_an_arxiv_id_tells_the_year_of_the_preprint(arxiv: str, year: int) -> None:
    known = Record("k", ids=(Identifier(Scheme.ARXIV, arxiv),))
    assert dict(gates.year(known, candidate(issued=PartialDate(year))).facts)["preprint"] == year


def submitted(state: State) -> Hints:
    return Hints(submission=Submission(state, "X.cc/2024/Conference"))


@pytest.mark.parametrize("state", State)
def test_only_an_accepted_submission_is_accepted(state: State) -> None:
    said = gates.acceptance(candidate(hints=submitted(state)))
    if state is State.ACCEPTED:
        assert said == Finding.of(Code.ACCEPTED)
    else:
        assert said == Finding.of(Code.NOT_DECIDED, Grade.FAIL, state=state.value, at="X.cc/2024/Conference")


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (candidate(container_title="Submitted to ICLR 2025"), Code.NOT_ACCEPTED),
        (candidate(event_title="ICLR 2025 Conference Submission"), Code.NOT_ACCEPTED),
        (candidate(hints=Hints(journal_ref="under review at TMLR")), Code.NOT_ACCEPTED),
        (candidate(hints=Hints(venue="Rejected at ICLR")), Code.NOT_ACCEPTED),
        (candidate(hints=Hints(note="rejected at ICLR")), Code.ACCEPTED),
        (candidate(status=Status.WITHDRAWN), Code.WITHDRAWN),
        (candidate(status=Status.RETRACTED), Code.RETRACTED),
        (candidate(status=Status.RETRACTED, container_title="Submitted to KDD"), Code.NOT_ACCEPTED),
        (candidate(container_title="Submissions of the Royal Society"), Code.ACCEPTED),
    ],
)
def test_what_speaks_against_acceptance(one: Candidate, code: Code) -> None:
    assert gates.acceptance(one).code is code


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (candidate(), Finding.of(Code.VENUE_UNKNOWN, Grade.FAIL)),
        (candidate(container_title="A Journal of Tests"), Finding.of(Code.VENUE, venue="A Journal of Tests")),
        (candidate(container_title="X" * 500), Finding.of(Code.VENUE, venue="X" * 80)),
        (candidate(container_title="CoRR abs/2402.05926"), Finding.of(Code.PREPRINT, Grade.FAIL, venue="CoRR abs/2402.05926")),
        (replace(candidate(container_title="J"), id=Identifier(Scheme.DOI, "10.2139/ssrn.1")), Finding.of(Code.PREPRINT, Grade.FAIL, venue="J")),
        (replace(candidate(container_title="J"), id=Identifier(Scheme.DBLP, "journals/corr/x")), Finding.of(Code.PREPRINT, Grade.FAIL, venue="CoRR")),
        (candidate(container_title_short="FL@FM-X"), Finding.of(Code.WORKSHOP, Grade.UNSURE, venue="FL@FM-X")),
    ],
)  # fmt: skip
def test_venues(one: Candidate, said: Finding) -> None:
    assert gates.venue(one, RULES.register) == said


# What imported files say of a publication -----------------------------------------------------------------------------


def listing(venue: str = "KDD", year: int | None = 2024, **more: object) -> Claim:
    says = Work(
        type=ItemType.PAPER_CONFERENCE,
        title=OURS,
        container_title_short=venue,
        issued=PartialDate(year) if year else None,
        **more,  # type: ignore[arg-type]
    )
    return Claim(IMPORT, says, origin="README.md")


@pytest.mark.parametrize(
    ("listed", "year", "found"),
    [
        ((2024,), 2024, Finding.of(Code.YEAR_LISTED, year=2024, listed=2024)),
        ((2024,), 2025, Finding.of(Code.YEAR_LISTED, Grade.UNSURE, year=2025, listed=2024)),
        ((2024,), 2023, Finding.of(Code.YEAR_LISTED, Grade.UNSURE, year=2023, listed=2024)),
        ((2024,), 2022, Finding.of(Code.YEAR_LISTED, Grade.FAIL, year=2022, listed=2024)),
        ((2020, 2023, 2025), 2024, Finding.of(Code.YEAR_LISTED, Grade.UNSURE, year=2024, listed=2023)),
        ((), 2024, Finding.of(Code.YEAR_UNKNOWN, Grade.UNSURE)),
        ((2024,), None, Finding.of(Code.YEAR_UNKNOWN, Grade.UNSURE)),
    ],
)
def test_without_a_preprint_s_year_a_list_s_counts(listed: tuple[int, ...], year: int | None, found: Finding) -> None:
    known = Record("k", claims=tuple(replace(listing(year=one), place=str(one)) for one in listed))
    assert gates.year(known, candidate(issued=PartialDate(year) if year else None)) == found


def test_a_doubted_listing_says_nothing() -> None:
    doubted = replace(listing(), doubt=Finding.of(Code.EARLIER, Grade.FAIL, text="x"))
    assert gates.year(Record("k", claims=(doubted,)), candidate(issued=PartialDate(2024))).code is Code.YEAR_UNKNOWN


@pytest.mark.parametrize(
    ("claims", "says", "venue"),
    [
        pytest.param((), {"container_title_short": "KDD"}, "", id="no list"),
        pytest.param((listing(),), {"container_title_short": "KDD", "issued": PartialDate(2024)}, "", id="there"),
        pytest.param((listing(),), {"container_title_short": "KDD", "issued": PartialDate(2025)}, "", id="next year"),
        pytest.param((listing(),), {"container_title_short": "KDD", "issued": PartialDate(2026)}, "KDD 2024", id="later"),
        pytest.param((listing(),), {"container_title_short": "KDD"}, "", id="no year there"),
        pytest.param(
            (listing(year=None),), {"container_title_short": "KDD", "issued": PartialDate(2026)}, "", id="no year here"
        ),
        pytest.param((listing(),), {"container_title_short": "ICML", "issued": PartialDate(2024)}, "KDD 2024", id="else"),
        pytest.param((listing("Nowhere"),), {"container_title_short": "ICML", "issued": PartialDate(2024)}, "", id="unknown"),
        pytest.param((listing(),), {"container_title": "Nowhere", "issued": PartialDate(2024)}, "", id="unknown there"),
        pytest.param(
            (listing(), replace(listing("ICML"), place="2")),
            {"container_title_short": "ICML", "issued": PartialDate(2024)}, "", id="one of two",
        ),
        pytest.param(
            (listing("", None, genre="x"),), {"container_title_short": "ICML", "issued": PartialDate(2024)}, "", id="nothing",
        ),
    ],
)  # fmt: skip
def test_a_place_that_no_list_names_is_for_a_person(
    claims: tuple[Claim, ...], says: dict[str, object], venue: str
) -> None:
    one = candidate(**says)  # type: ignore[arg-type]
    found = gates.hearsay(Record("k", claims=claims), one, RULES.register)
    assert found == ((Finding.of(Code.OTHER_VENUE, Grade.UNSURE, venue=venue),) if venue else ())


def test_people_of_a_registry_come_before_those_of_a_list_or_an_index() -> None:
    theirs = candidate(author=(Name("Ho", "Ann"), Name("Li", "Bo")))
    right, wrong = theirs.says.author, (Name("Xu", "Xi"),)
    assert RULES.indexes

    def record_of(*said: tuple[str, tuple[Name, ...]]) -> Record:
        return Record("k", claims=tuple(Claim(source, Work(author=people)) for source, people in said))

    for less in (IMPORT, min(RULES.indexes)):
        assert gates.people(record_of((less, right), ("arxiv", wrong)), theirs, RULES).grade is Grade.FAIL
        assert gates.people(record_of((less, wrong), ("arxiv", right)), theirs, RULES).grade is Grade.PASS
        assert gates.people(record_of((less, right)), theirs, RULES).grade is Grade.PASS
    both = record_of(("arxiv", wrong), ("crossref", right))
    assert gates.people(both, theirs, RULES).grade is Grade.PASS
    assert gates.people(replace(both, pin=Work(author=wrong)), theirs, RULES).grade is Grade.FAIL
    assert gates.people(Record("k"), theirs, RULES) == Finding.of(Code.AUTHORS_UNKNOWN, Grade.UNSURE)


# The registry ---------------------------------------------------------------------------------------------------------

OTHER = Identifier(Scheme.ARXIV, "2401.00001")


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (candidate(), Finding.of(Code.AT_REGISTRY, source="crossref")),
        (replace(candidate(), source="dblp"), Finding.of(Code.NOT_AT_REGISTRY, Grade.UNSURE, scheme="doi")),
        (
            replace(candidate(), says=Work(DOI="10.1145/2")),
            Finding.of(Code.OTHER_ID, Grade.FAIL, id="doi:10.1145/2"),
        ),
        (
            replace(candidate(), id=Identifier(Scheme.ACL, "P18-1001"), says=Work(acl="P18-1001"), source="acl"),
            Finding.of(Code.AT_REGISTRY, source="acl"),
        ),
        (candidate(arxiv=ARXIV.value), Finding.of(Code.AT_REGISTRY, source="crossref")),
        (candidate(arxiv=OTHER.value), Finding.of(Code.OTHER_PREPRINT, Grade.FAIL, id=str(OTHER))),
        (candidate(hints=Hints(names=(OTHER,))), Finding.of(Code.OTHER_PREPRINT, Grade.FAIL, id=str(OTHER))),
        (candidate(hints=Hints(names=(OTHER, ARXIV))), Finding.of(Code.AT_REGISTRY, source="crossref")),
    ],
)
def test_an_id_is_read_at_its_registry_and_names_no_other_paper(one: Candidate, found: Finding) -> None:
    assert gates.registry(record(), one, RULES) == found
    if found.code is Code.OTHER_PREPRINT:
        assert gates.registry(Record("k"), one, RULES).code is Code.AT_REGISTRY


def test_the_gates_stand_in_their_order() -> None:
    codes = [finding.code for finding in gates.through(record(), candidate(title=OURS), RULES)]
    assert codes == [
        Code.TITLE_EQUAL,
        Code.AUTHORS_UNKNOWN,
        Code.YEAR_UNKNOWN,
        Code.ACCEPTED,
        Code.VENUE_UNKNOWN,
        Code.AT_REGISTRY,
    ]


@pytest.mark.parametrize(
    ("says", "place"),
    [
        ({"container_title": "A", "container_title_short": "B", "event_title": "C"}, "A"),
        ({"container_title_short": "B", "event_title": "C"}, "B"),
        ({"event_title": "C"}, "C"),
        ({}, ""),
    ],
)
def test_where_a_work_appeared(says: dict[str, str], place: str) -> None:
    assert gates.place(Work(**says)) == place  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (candidate(container_title_short="KDDW"), Code.WORKSHOP),
        (candidate(container_title_short="KDDW'24"), Code.WORKSHOP),
        (candidate(event_title="A Workshop on Things"), Code.WORKSHOP),
        (candidate(container_title="ICLR 2024 Tiny Papers"), Code.WORKSHOP),
        (candidate(container_title="PrivateNLP"), Code.WORKSHOP),
        (candidate(container_title="TechRxiv"), Code.PREPRINT),
        (candidate(container_title="KDD"), Code.VENUE),
        (candidate(container_title="WWW"), Code.VENUE),
        (candidate(container_title="arXiv preprint"), Code.PREPRINT),
        (replace(candidate(), says=Work(type=ItemType.THESIS, container_title="KDD")), Code.NO_PAPER),
        (replace(candidate(), says=Work(type=ItemType.ARTICLE, container_title="KDD")), Code.PREPRINT),
    ],
)
def test_workshops_preprints_and_what_is_no_paper(one: Candidate, code: Code) -> None:
    assert gates.venue(one, RULES.register).code is code
