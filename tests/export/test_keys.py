from __future__ import annotations

import pytest

from fedbib.errors import BadValue
from fedbib.export.keys import lasting, renamed
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.work import Work

WORK = Work(
    key="old",
    title="A FedPETuning of Models",
    author=(Name("Müller", "Ann"),),
    issued=PartialDate(2024, 3),
    container_title_short="Findings of ACL",
    aliases=("older",),
)


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("authorYearTitle", "muller2024Fedpetuning"),
        ("AuthorYear", "Muller2024"),
        ("author:year:venue", "muller:2024:findingsofacl"),
        ("AUTHOR_title", "MULLER_fedpetuning"),
    ],
)
def test_a_key_follows_its_pattern(pattern: str, key: str) -> None:
    (work,) = renamed([WORK], pattern)
    assert (work.key, work.aliases) == (key, ("old", "older"))


def test_keys_differ_whatever_their_case() -> None:
    works = [Work(key=str(number), author=(Name("Lee"),), issued=PartialDate(2024)) for number in range(30)]
    keys = [work.key for work in renamed(works, "authoryear")]
    assert keys[:3] == ["lee2024", "lee2024b", "lee2024c"]
    assert len({key.lower() for key in keys}) == 30


def test_a_key_that_stays_brings_no_alias_and_one_of_nothing_is_one() -> None:
    (work,) = renamed([Work(key="lee", author=(Name("Lee"),))], "author")
    assert work == Work(key="lee", author=(Name("Lee"),))
    (work,) = renamed([Work(key="a")], "year")
    assert work.key == "anonymous"


@pytest.mark.parametrize("pattern", ["", "a%b", "-", "author,year", "{author}", "author year"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(BadValue, match="not a pattern"):
        renamed([WORK], pattern)


def lee(key: str, *aliases: str, title: str = "") -> Work:
    return Work(key=key, author=(Name("Lee"),), issued=PartialDate(2024), title=title, aliases=aliases)


def test_lasting_keys_are_nobody_elses_and_do_not_wander() -> None:
    works = [lee("a"), lee("b"), lee("c", "lee2024", "lee2024d")]
    found = lasting(works, "authoryear", [name for work in works for name in (work.key, *work.aliases)])
    assert found == {"a": "lee2024b", "b": "lee2024c", "c": "lee2024"}
    after = [lee(found[work.key], work.key, *work.aliases) for work in works]
    after.append(lee("new"))
    taken = [name for work in after for name in (work.key, *work.aliases)]
    assert lasting(after, "authoryear", taken) == {"new": "lee2024e"}


def test_a_key_that_differs_in_case_alone_stays() -> None:
    assert lasting([lee("Lee2024"), lee("LEE2024b")], "authoryear", ["Lee2024", "LEE2024b"]) == {}
