from __future__ import annotations

from typing import get_args

import pytest

from fedbib.match.candidates import Candidate
from fedbib.match.linking import Decision, Judged
from fedbib.model.claim import Claim
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.problem import Problem, Severity
from fedbib.model.work import Work
from fedbib.report.events import problem
from fedbib.sync.events import (
    Event,
    Foreign,
    Homeless,
    Linked,
    Lost,
    Missing,
    Offline,
    Proposed,
    Silent,
    Stranger,
)

DOI = Identifier(Scheme.DOI, "10.1/x")
FOUND = Candidate(DOI, Work(title="T"), "crossref", Finding.of(Code.SEARCHED, source="crossref"))
JUDGED = Judged(FOUND, Decision.PROPOSE, (Finding.of(Code.TITLE_EQUAL), Finding.of(Code.YEAR_UNKNOWN, Grade.UNSURE)))
CHE, VASWANI = Work(title="Ours", author=(Name(family="Che"),) * 2), Work(title="Theirs", author=(Name(family="V"),))

PLACE, CHECK = "entries/k.toml", "check the id in the record"
KEPT = "and its data are kept"
LEFT = f"not refreshed, {KEPT}"
TOLD: dict[Event, Problem] = {
    Lost("k", "acl", "container_title"): Problem(
        "S02", Severity.NOTE, "ACL Anthology no longer gives container-title; the earlier value is kept", PLACE,
        key="k", field="container_title",
    ),
    Stranger("k", Claim("crossref", VASWANI, DOI), CHE): Problem(
        "I03", Severity.ERROR,
        'doi:10.1/x is a different paper at Crossref: "Theirs" (V), but the record is about "Ours" (Che et al.)', PLACE,
        key="k", field="ids", hint="nothing was overwritten; check the id in the record",
    ),
    Missing("k", DOI, "crossref"): Problem(
        "S01", Severity.ERROR, "doi:10.1/x is not known at Crossref", PLACE, key="k", field="ids", hint=CHECK
    ),
    Homeless("k", DOI, "DataCite"): Problem(
        "S01", Severity.ERROR, "doi:10.1/x is not known at DataCite, where it is registered according to doi.org", PLACE,
        key="k", field="ids", hint=CHECK,
    ),
    Foreign("k", DOI, "JaLC"): Problem(
        "S01", Severity.NOTE, "doi:10.1/x is registered at JaLC, which fedbib does not ask", PLACE,
        key="k", hint="write the data under [pin]",
    ),
    Missing("k", DOI, "dblp", optional=True): Problem(
        "S01", Severity.WARNING, "doi:10.1/x is not known at DBLP", PLACE, key="k", field="ids", hint=CHECK
    ),
    Silent("crossref", "is not JSON", 1, partly=True): Problem(
        "S03", Severity.WARNING, f"Crossref did not answer in full: is not JSON; 1 lookup left, {KEPT}", "crossref"
    ),
    Linked("k", JUDGED): Problem(
        "P01", Severity.NOTE, "published as doi:10.1/x: by title at Crossref, same title, year not known", PLACE,
        key="k", field="ids", hint="if it is not: `fedbib reject k doi:10.1/x`",
    ),
    Proposed("k", JUDGED): Problem(
        "P02", Severity.WARNING, "may be published as doi:10.1/x (year not known)", PLACE,
        key="k", field="ids", hint="`fedbib accept k doi:10.1/x` or `fedbib reject k doi:10.1/x`",
    ),
    Silent("acl", "HTTP 503", 2): Problem(
        "S03", Severity.WARNING, f"ACL Anthology did not answer: HTTP 503; 2 lookups left, {KEPT}", "acl"
    ),
    Offline(3): Problem(
        "S03", Severity.WARNING, f"no source can be reached; 3 identifiers {LEFT}", "network",
        hint="`build`, `check` and `list` need no network",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("event", "expected"), TOLD.items(), ids=[f"{type(event).__name__}-{number}" for number, event in enumerate(TOLD)]
)
def test_what_a_run_came_upon_is_told_with_what_to_do(event: Event, expected: Problem) -> None:
    assert problem(event) == expected


def test_every_event_is_told() -> None:
    assert {type(event) for event in TOLD} == set(get_args(Event))
