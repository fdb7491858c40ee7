from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fedbib.model.date import PartialDate
from fedbib.text.dates import Dated, joined, read
from fedbib.text.plain import clean


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2019", "2019"),
        ("2019-12", "2019-12"),
        ("2019-12-05", "2019-12-05"),
        ("2014/05/06", "2014-05-06"),
        ("2014.5.6", "2014-05-06"),
        ("2014/3", "2014-03"),
        ("20140506", "2014-05-06"),
        ("May 2006", "2006-05"),
        ("12 May 2006", "2006-05-12"),
        ("12th of May, 2006", "2006-05-12"),
        ("Friday, 12 May 2006", "2006-05-12"),
        ("May 12, 2006", "2006-05-12"),
        ("Sept. 3, 2006", "2006-09-03"),
        ("2006 Dec 1", "2006-12-01"),
        ("2006, June", "2006-06"),
        ("2020年5月6日", "2020-05-06"),
        ("2020年5月", "2020-05"),
        ("2020년", "2020"),
    ],
)
def test_a_date_is_read_whole(text: str, iso: str) -> None:
    found = read(text)
    assert (found.date and found.date.iso, found.left) == (iso, "")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        pytest.param("c2001", "2001", id="copyright or circa"),
        pytest.param("©2001", "2001", id="copyright sign"),
        pytest.param("ca. 2001", "2001", id="circa"),
        pytest.param("[1995]", "1995", id="supplied by a cataloguer"),
        pytest.param("[ca. 1995?]", "1995", id="supplied and in doubt"),
        pytest.param("1999/2000", "1999", id="range of years"),
        pytest.param("1999--2000", "1999", id="range with dashes"),
        pytest.param("1999-2000", "1999", id="range with a hyphen"),
        pytest.param("1999–2000", "1999", id="range with an en dash"),
        pytest.param("2004-04-25/2004-05-01", "2004-04-25", id="range of days"),
        pytest.param("2004-04/..", "2004-04", id="open range"),
        pytest.param("2004/", "2004", id="range without an end"),
        pytest.param("2021 (forthcoming)", "2021", id="forthcoming"),
        pytest.param("forthcoming 2021", "2021", id="forthcoming, year last"),
        pytest.param("1723?", "1723", id="uncertain"),
        pytest.param("1723~", "1723", id="approximate"),
        pytest.param("2004-06%", "2004-06", id="uncertain and approximate"),
        pytest.param("2004-06-XX", "2004-06", id="day unspecified"),
        pytest.param("2004-XX-XX", "2004", id="month unspecified"),
        pytest.param("2004-21", "2004", id="season by number"),
        pytest.param("Spring 2004", "2004", id="season by name"),
        pytest.param("2004-04-25T14:34:00Z", "2004-04-25", id="time in UTC"),
        pytest.param("2004-04-25T14:34:00+05:00", "2004-04-25", id="time with an offset"),
        pytest.param("2005a", "2005", id="letter of a bibliography"),
        pytest.param("12.05.2006", "2006", id="which is the month cannot be told"),
        pytest.param("5/2006", "2006", id="month before the year"),
        pytest.param("2006/07", "2006", id="a month or two years"),
        pytest.param("2011-09/10", "2011-09", id="range of months"),
        pytest.param("1723~/1726?", "1723", id="range in doubt"),
    ],
)
def test_the_certain_part_is_kept_and_the_rest_told(text: str, iso: str | None) -> None:
    found = read(text)
    assert (found.date and found.date.iso, found.left) == (iso, text)


@pytest.mark.parametrize(
    "text", ["1950s", "199X", "19XX", "n.d.", "forthcoming", "in press", "-0876", "Y170000002", "2001 or 2003"]
)
def test_no_year_is_made_up(text: str) -> None:
    assert read(text) == Dated(None, text)


@pytest.mark.parametrize(
    ("year", "month", "day", "iso", "left"),
    [
        ("2006", "", "", "2006", ""),
        ("2006", "may", "", "2006-05", ""),
        ("2006", "May", "12", "2006-05-12", ""),
        ("2006", "5", "", "2006-05", ""),
        ("2006", "05", "7", "2006-05-07", ""),
        ("2006", "5~may", "", "2006-05-05", ""),
        ("2006", "may 5", "", "2006-05-05", ""),
        ("2006", "May 5th", "", "2006-05-05", ""),
        ("2006", "Sept.", "", "2006-09", ""),
        ("2006", "jan--feb", "", "2006-01", "jan--feb"),
        ("2006", "May/June", "", "2006-05", "May/June"),
        ("2006", "13", "", "2006", "13"),
        ("2006", "Michaelmas", "", "2006", "Michaelmas"),
        ("2006-07", "may", "", "2006-07", ""),
        ("2006?", "may", "", "2006-05", "2006?"),
        ("2006?", "Michaelmas", "", "2006", "2006?; Michaelmas"),
        ("", "may", "", None, "may"),
    ],
)
def test_year_and_month_fields_are_read_together(year: str, month: str, day: str, iso: str | None, left: str) -> None:
    found = joined(year, month, day)
    assert (found.date and found.date.iso, found.left) == (iso, left)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_iso_date_is_read(day: date) -> None:
    for length in (4, 7, 10):
        assert read(day.isoformat()[:length]).date == PartialDate.parse(day.isoformat()[:length])


@given(st.text(alphabet="0123456789-/.XuYTZ?~%[]() acirMy年月", max_size=24))
@example("100c0")
def test_no_year_comes_from_nowhere_and_nothing_goes(text: str) -> None:
    found = read(text)
    if found.date:
        assert str(found.date.year) in text
    else:
        assert found.left == clean(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1999-00", "1999"),
        ("2004/13", "2004"),
        ("2004.13.1", "2004"),
        ("20041301", "2004"),
        ("2004-02-31", "2004-02"),
    ],
)
def test_a_month_or_day_that_there_is_not_is_left(text: str, iso: str) -> None:
    found = read(text)
    assert (found.date and found.date.iso, found.left) == (iso, text)
