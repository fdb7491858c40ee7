from __future__ import annotations

from fedbib.checks import venues
from fedbib.model.problem import Problem, Severity
from fedbib.model.work import ItemType, Status, Work
from tests.rules import RULES


def found(*works: Work) -> list[Problem]:
    return list(venues.check(works, lambda key: f"entries/{key}.toml", RULES.register))


def at(key: str, venue: str, status: Status = Status.PUBLISHED, acl: str = "") -> Work:
    return Work(key=key, type=ItemType.PAPER_CONFERENCE, container_title=venue, status=status, acl=acl)


def test_unknown_venues_are_listed_once_each() -> None:
    one, other = found(at("a", "Nowhere"), at("b", "Elsewhere"), at("c", "Nowhere"), at("d", "ICML"))
    assert (one.code, one.severity, one.path, one.key) == ("W07", Severity.NOTE, "entries/a.toml", "a")
    assert one.message == '"Nowhere" is not a known venue, nor for 1 more'
    assert other.message == '"Elsewhere" is not a known venue'


def test_what_is_known_by_its_anthology_id_or_label_is_not_listed() -> None:
    labelled = Work(key="b", container_title="Some title", container_title_short="ICLR", status=Status.PUBLISHED)
    assert found(at("a", "Volume 7", acl="2023.emnlp-main.1"), labelled) == []


def test_only_publications_have_venues() -> None:
    assert found(at("a", "Nowhere", Status.PREPRINT), Work(key="b", status=Status.PUBLISHED)) == []
