from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fedbib.checks import Checked
from fedbib.checks.duplicates import Marks
from fedbib.checks.spellings import Person
from fedbib.made import checked, settled, values
from fedbib.made.settled import Settled
from fedbib.model.problem import Problem, Severity
from fedbib.model.work import FIELDS, Work
from tests.madeup.registered import registered
from tests.property.strategies import works

SLOW = settings(suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.text(max_size=8)
PROBLEMS = st.lists(
    st.builds(
        Problem, TEXTS, st.sampled_from(Severity), TEXTS, TEXTS, st.none() | st.integers(1, 9), TEXTS, TEXTS, TEXTS
    ),
    max_size=3,
).map(tuple)
SEVERAL = st.lists(TEXTS, max_size=3).map(tuple)


@SLOW
@given(st.none() | works(), TEXTS, PROBLEMS)
def test_what_was_settled_comes_back(work: Work | None, waiting: str, problems: tuple[Problem, ...]) -> None:
    one = Settled(work, waiting, problems)
    with registered():
        again = settled.load(settled.dump(one)).work
        assert settled.load(settled.dump(one)) == one
    if work:
        assert [type(getattr(again, name)) for name in FIELDS] == [type(getattr(work, name)) for name in FIELDS]


@SLOW
@given(
    st.builds(Marks, TEXTS, SEVERAL, TEXTS, SEVERAL, SEVERAL),
    st.lists(st.tuples(st.integers(0, 20), PROBLEMS), max_size=3),
    st.booleans(),
    st.lists(st.builds(Person, TEXTS, TEXTS, TEXTS), max_size=3).map(tuple),
    TEXTS,
    PROBLEMS,
)
def test_what_was_found_comes_back(
    marks: Marks,
    findings: list[tuple[int, tuple[Problem, ...]]],
    is_waiting: bool,
    people: tuple[Person, ...],
    venue: str,
    problems: tuple[Problem, ...],
) -> None:
    told = tuple((place, problem) for place, several in findings for problem in several)
    one = Checked(marks, told, is_waiting, people, venue)
    faults, found = zip(*(values.unpacked(checked.dump(said, problems)) for said in (one, None, one)), strict=True)
    assert list(checked.load(found)) == [one, one]
    assert list(checked.faults(faults)) == [problems] * 3


@given(st.lists(st.binary(max_size=3)), st.binary(max_size=2))
def test_texts_come_back_and_stand_joined(texts: list[bytes], joint: bytes) -> None:
    content = values.packed(texts, joint)
    assert values.unpacked(content, joint) == texts
    assert values.joined(content) == joint.join(filter(None, texts))
