from __future__ import annotations

from dataclasses import replace
from datetime import date

from fedbib.model.claim import IMPORT, Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.record import Record
from fedbib.model.work import Link, Work
from fedbib.records.merge import contradictions, united

ARXIV = Identifier(Scheme.ARXIV, "2310.15080")
ACL = Identifier(Scheme.ACL, "2023.emnlp-main.488")
ONE = Record(
    "one",
    ids=(ARXIV,),
    topics=("prompt",),
    links=(Link("code", "https://a.example/1"),),
    pin=Work(title="A"),
    claims=(Claim(IMPORT, Work(title="A"), origin="x.md"), Claim("arxiv", Work(title="A", volume="1"), ARXIV)),
)
TWO = Record(
    "two",
    ids=(ACL,),
    topics=("Prompt", "split"),
    links=(Link("code", "https://a.example/2"), Link("video", "https://a.example/3")),
    aliases=("older",),
    note="remember",
    pin=Work(title="B", publisher="P"),
    claims=(Claim(IMPORT, Work(title="B"), origin="x.md"), Claim("arxiv", Work(title="A", issue="2"), ARXIV)),
)


def test_nothing_of_either_is_lost() -> None:
    record = united(ONE, TWO)
    assert (record.key, record.ids, record.topics, record.note) == (
        "one",
        (ACL, ARXIV),
        ("prompt", "split"),
        "remember",
    )
    assert record.aliases == ("two", "older")
    assert record.links == (
        Link("code", "https://a.example/1"),
        Link("code 2", "https://a.example/2"),
        Link("video", "https://a.example/3"),
    )
    assert record.pin == Work(title="A", publisher="P")
    assert [(claim.source, claim.origin, claim.says) for claim in record.claims] == [
        ("arxiv", "", Work(title="A", volume="1", issue="2")),
        (IMPORT, "x.md", Work(title="A")),
        (IMPORT, "x.md (two)", Work(title="B")),
    ]


def test_the_earlier_record_says_when_the_paper_came_in() -> None:
    day = date(2026, 1, 31)
    assert united(ONE, replace(TWO, added=day)).added == day
    assert united(replace(ONE, added=day), replace(TWO, added=date(2025, 1, 1))).added == day


def test_addresses_of_one_label_are_numbered_without_a_gap() -> None:
    codes = tuple(Link(f"code{number}", f"https://a.example/{number}") for number in ("", " 2", " 3"))
    more = replace(TWO, links=(Link("code", "https://a.example/9"),))
    assert [link.label for link in united(replace(ONE, links=codes), more).links][-1] == "code 4"


def test_what_either_rejected_stays_rejected_unless_the_record_has_it() -> None:
    other, third = Identifier(Scheme.DOI, "10.1145/2"), Identifier(Scheme.DOI, "10.1145/3")
    one, two = replace(ONE, rejected=(other, ACL)), replace(TWO, rejected=(third, other))
    assert united(one, two).rejected == (other, third)


def test_a_link_that_both_have_stands_once_and_those_behind_it_stay() -> None:
    both = replace(TWO, links=(Link("repository", "https://a.example/1"), Link("video", "https://a.example/3")))
    assert united(ONE, both).links == (Link("code", "https://a.example/1"), Link("video", "https://a.example/3"))


def test_what_cannot_be_united_is_said() -> None:
    other = Record("three", ids=(Identifier(Scheme.ARXIV, "2401.00001"),))
    assert contradictions(ONE, other) == ("ids.arxiv: 2310.15080, and 2401.00001 in three",)
    assert contradictions(ONE, TWO) == ("pin.title: A, and B in two",)
    assert contradictions(TWO, TWO) == ()
