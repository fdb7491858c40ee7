from __future__ import annotations

import pytest

from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.sources import answers
from fedbib.text.markup import Segment, segments


@pytest.mark.parametrize(
    ("title", "undotted"),
    [
        pytest.param("A title.", "A title", id="dot"),
        pytest.param("A title", "A title", id="no-dot"),
        pytest.param("And so on...", "And so on...", id="dots"),
        pytest.param("Apple Inc.", "Apple Inc.", id="inc"),
        pytest.param("Life in the U.S.", "Life in the U.S.", id="us"),
        pytest.param("On Henry J.", "On Henry J.", id="initial"),
        pytest.param(".", "", id="dot-alone"),
    ],
)
def test_titles_lose_one_full_stop(title: str, undotted: str) -> None:
    assert answers.undotted(title) == undotted


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("van der Maaten", "Laurens"), Name("van der Maaten", "Laurens")),
        (("Agostinelli Iii", "Victor"), Name("Agostinelli", "Victor", "III")),
        (("Logan IV", "Robert L."), Name("Logan", "Robert L.", "IV")),
        (("Laverghetta, jr", "A."), Name("Laverghetta", "A.", "Jr")),
        (("Hora", "Donald", "Jr."), Name("Hora", "Donald", "Jr.")),
        (("Workshop III",), Name("Workshop III")),
        (("", "Madonna"), Name("Madonna")),
        (("", ""), None),
    ],
)
def test_people_are_split_into_family_and_given(parts: tuple[str, ...], name: Name | None) -> None:
    assert answers.person(*parts) == name


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2023-11-09T11:44:22Z", PartialDate(2023, 11, 9)),
        ("2023-11", PartialDate(2023, 11)),
        ("2023", PartialDate(2023)),
        ("2023-13", PartialDate(2023)),
        ("2009-10-01/2014-01-23", None),
        ("2549", None),
        ("soon", None),
        ("20231109", None),
        (None, None),
        ([], None),
    ],
)
def test_dates_keep_their_certain_part(value: object, date: PartialDate | None) -> None:
    assert answers.date(value) == date


def test_whole_words_are_protected() -> None:
    def show(rich: str) -> str:
        return answers.whole_words(segments(rich.replace("[", '<span class="nocase">').replace("]", "</span>")))

    def shown(rich: str) -> str:
        return rich.replace("[", '<span class="nocase">').replace("]", "</span>")

    assert show("[F]ed[PET]uning: [B]") == shown("[FedPETuning]: [B]")
    assert show("[New York] times") == shown("[New York] times")
    assert show("Baeza[-]Yates") == "Baeza-Yates"
    assert show("[U]KP-x") == shown("[UKP]-x")
    assert answers.whole_words([Segment(" a\n "), Segment(" b ", ("i",)), Segment(" ")]) == "a <i>b</i>"


def test_batches_are_bounded_by_number_and_length() -> None:
    ids = [Identifier(Scheme.DOI, f"10.1000/{number:0100d}") for number in range(60)]
    runs = answers.batches([*ids, *ids], 50)
    assert [id for run in runs for id in run] == ids
    assert max(map(len, runs)) < 50
    assert all(sum(len(id.value) for id in run) <= 3000 for run in runs)
    assert answers.batches([], 50) == []


def test_numbers_stay_as_they_were_written() -> None:
    value = answers.table(answers.json_value(b'{"a": 1e5, "b": 12345678901234567890123, "c": NaN, "d": true, "e": 0}'))
    assert [answers.text(value[name]) for name in "abcde"] == ["1e5", "12345678901234567890123", "NaN", "true", "0"]


def test_giant_numbers_are_no_crash() -> None:
    assert answers.json_value(b"9" * 10_000) == "9" * 10_000


def test_a_title_in_tex_has_no_blanks_around_it() -> None:
    assert answers.from_tex(r"\ A submission\ ") == "A submission"
