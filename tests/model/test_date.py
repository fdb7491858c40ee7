from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedbib.errors import BadValue
from fedbib.model.date import PartialDate


@given(st.dates())
def test_iso_reads_back(day: object) -> None:
    date = PartialDate.from_parts(str(day).split("-"))
    if date is not None:
        assert PartialDate.parse(date.iso) == date


@pytest.mark.parametrize("text", ["23", "2023-7", "2023-13", "2023-02-30", "2023-00", "to appear", "2023a", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        pytest.param([None], None, id="null"),
        pytest.param([], None, id="empty"),
        pytest.param([2024, 0, 0], "2024", id="zeros"),
        pytest.param(["2024", "2"], "2024-02", id="text"),
        pytest.param([2024, 2, 30], "2024-02", id="no-such-day"),
        pytest.param([2024, 13, 1], "2024", id="no-such-month"),
        pytest.param([True, 1], None, id="true"),
        pytest.param([99999], None, id="far-future"),
    ],
)
def test_the_surest_part_is_kept(parts: list[object], wanted: str | None) -> None:
    date = PartialDate.from_parts(parts)
    assert (date.iso if date else None) == wanted
