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
