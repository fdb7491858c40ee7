"""What is learnt from made-up answers: the truth is known for every paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from fedbib.discover.declined import Declined
from fedbib.discover.judge import Answers, Queue, judged
from fedbib.discover.words import Words
from fedbib.errors import FedbibError
from fedbib.intake.known import Known
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.listed import Listed
from fedbib.settings import Discover
from tests.discover.made_up import RULES, far, near, record, wanted

WORDS = Words.of(Discover(must=("kettle",), any=("spline", "repair")))
OTHERS = [far(number) for number in range(100)]


def answers(taken: Iterable[Listed], declined: Iterable[Listed] = (), topics: tuple[str, ...] = ()) -> Answers:
    known = Known((record(paper, topics) for paper in taken), RULES)
    return Answers(known, tuple(Declined(one.id, date(2025, 11, 3), title=one.title) for one in declined))


def ids(queue: Queue, *, above: bool = True) -> list[str]:
    return [one.paper.id.value for one in queue.candidates if one.above or not above]


def test_what_is_here_or_declined_is_not_shown() -> None:
    old, refused, new = wanted(1), wanted(2), wanted(3)
    queue = judged([old, refused, new, *OTHERS], answers([old, wanted(4)], [refused]), WORDS)
    assert ids(queue, above=False) == [new.id.value]
    assert queue.listed == 103


def test_what_is_here_under_another_identifier_is_known_by_title_and_people() -> None:
    old = wanted(1)
    twin = replace(old, id=Identifier(Scheme.ARXIV, "2512.00001"), title=old.title.upper())
    namesake = replace(wanted(2), id=Identifier(Scheme.ARXIV, "2512.00002"), authors=("Zoe Other",))
    queue = judged([twin, namesake, *OTHERS], answers([old, wanted(2)]), WORDS)
    assert ids(queue) == [namesake.id.value]


def test_a_declined_title_is_not_shown_under_another_identifier() -> None:
    again = replace(near(1), id=Identifier(Scheme.ARXIV, "2512.00001"))
    assert not judged([again, *OTHERS], answers([wanted(1)], [near(1)]), WORDS).candidates


def test_without_answers_everything_with_the_words_is_shown_the_likelier_first() -> None:
    queue = judged([near(1), wanted(50), *OTHERS], answers(map(wanted, range(20))), WORDS)
    assert queue.line is None
    assert ids(queue) == [wanted(50).id.value, near(1).id.value]


def test_the_line_comes_from_what_was_taken_and_declined() -> None:
    taken, declined = [wanted(number) for number in range(30)], [near(number) for number in range(30)]
    new = [wanted(number) for number in range(60, 80)] + [near(number) for number in range(60, 80)]
    queue = judged([*taken, *declined, *new, *OTHERS], answers(taken, declined), WORDS)
    assert queue.line is not None
    assert sorted(ids(queue)) == sorted(paper.id.value for paper in new[:20])
    assert len(queue.candidates) == 40


def test_without_words_it_is_learnt_what_is_on_the_subject() -> None:
    new = [wanted(number) for number in range(60, 70)]
    queue = judged([*new, *OTHERS], answers(map(wanted, range(30))), Words())
    assert set(ids(queue)[:10]) == {paper.id.value for paper in new}
    assert len(ids(queue)) < 20


def test_citations_count_and_many_of_them_stand_for_the_words() -> None:
    ours = [wanted(number) for number in range(10)]
    cited = frozenset(paper.id for paper in ours)
    citing, alike = replace(wanted(61), cites=cited), wanted(62)
    stranger = replace(OTHERS[0], cites=cited)
    queue = judged([alike, citing, stranger, *OTHERS[1:]], answers(ours), WORDS)
    assert ids(queue)[0] == citing.id.value
    assert stranger.id.value in ids(queue)
    assert OTHERS[1].id.value not in ids(queue, above=False)
    assert "cites 10 papers of the collection" in queue.candidates[0].why


def test_each_candidate_says_why() -> None:
    queue = judged([wanted(60), *OTHERS], answers(map(wanted, range(30))), WORDS)
    assert queue.candidates[0].why[:2] == ("splines", "kettle")


def test_topics_are_those_of_papers_with_the_same_words() -> None:
    known = [record(wanted(number), ("curves",)) for number in range(5)]
    known += [record(near(number), ("tools",)) for number in range(5)]
    queue = judged([wanted(60), near(61), *OTHERS], Answers(Known(known, RULES), ()), WORDS)
    assert {one.paper.id: one.topics for one in queue.candidates} == {
        wanted(60).id: ("curves",),
        near(61).id: ("tools",),
    }


def test_a_paper_that_may_be_a_record_says_so() -> None:
    old = wanted(1)
    other = replace(old, id=Identifier(Scheme.ARXIV, "2512.00001"), title=f"{old.title} again")
    queue = judged([other, wanted(2), *OTHERS], answers([old]), WORDS)
    assert {one.paper.id: one.like for one in queue.candidates} == {other.id: record(old).key, wanted(2).id: ""}


def test_the_same_papers_in_another_order_give_the_same_queue() -> None:
    papers = [wanted(60), wanted(61), near(62), *OTHERS]
    one, other = (judged(some, answers(map(wanted, range(20))), WORDS) for some in (papers, papers[::-1]))
    assert one.candidates == other.candidates


def test_where_only_papers_with_the_words_were_listed_they_are_compared_with_each_other() -> None:
    new = [wanted(60), near(61)]
    assert ids(judged(new, answers(map(wanted, range(20))), WORDS)) == [paper.id.value for paper in new]


def test_of_very_many_papers_the_likeliest_titles_are_judged_by_their_abstracts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("fedbib.discover.judge._WHOLE", 10)
    new = [wanted(number) for number in range(60, 68)]
    queue = judged([*OTHERS, *new], answers(map(wanted, range(30))), Words())
    assert len(queue.candidates) == 10
    assert {paper.id for paper in new} <= {one.paper.id for one in queue.candidates}


def test_an_empty_collection_has_nothing_to_learn_from() -> None:
    with pytest.raises(FedbibError, match="nothing to learn from"):
        judged([wanted(1), *OTHERS], answers([]), WORDS)


@pytest.mark.parametrize("title", ["电 路", "? !", "X"], ids=["single letters", "no letters", "one letter"])
def test_titles_without_words_are_nothing_to_learn_from_and_no_harm(title: str) -> None:
    silent = replace(wanted(1), title=title)
    with pytest.raises(FedbibError, match="nothing to learn from"):
        judged([wanted(2), *OTHERS], answers([silent]), WORDS)
    assert ids(judged([wanted(2), *OTHERS], answers([silent, wanted(3)]), WORDS)) == [wanted(2).id.value]


def test_few_examples_that_share_no_word_are_enough() -> None:
    assert ids(judged([wanted(2), far(1)], answers([wanted(1)]), WORDS)) == [wanted(2).id.value]


def test_scikit_learn_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [name for name in sys.modules if name.partition(".")[0] == "sklearn"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(FedbibError) as error:
        judged([wanted(1), *OTHERS], answers([wanted(2)]), WORDS)
    assert "fedbib[discover]" in error.value.hint
