"""Quantities of siunitx as text."""

from __future__ import annotations

import pytest

from fedbib.text.latex import decode


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"Links at \SI{60}{\giga\hertz}", "Links at 60 GHz"),
        (r"{\SI{60}{\giga\hertz}} links", "60 GHz links"),
        (r"\qty{25}{\micro\metre} grains", "25 µm grains"),
        (r"\SI{2.5}{m.s^{-1}}", "2.5 m s<sup>-1</sup>"),
        (r"\SI{7}{\kilo\metre\squared\per\hour}", "7 km²/h"),
        (r"\SI{7}{\square\kilo\metre}", "7 km²"),
        (r"\SI{40}{\percent} less", "40% less"),
        (r"\ang{30} in \si{\degreeCelsius}", "30° in °C"),
        (r"\num{6.0e-3}", "6.0 × 10<sup>-3</sup>"),
    ],
)
def test_a_quantity_is_read_as_it_is_printed(tex: str, shown: str) -> None:
    assert decode(tex) == shown


def test_a_unit_of_somebodys_own_stays_tex() -> None:
    assert decode(r"\SI{7}{\furlong}").startswith(r"\SI{7}")
    assert decode(r"\unit{\furlong}") == r"\unit{\furlong}"


@pytest.mark.parametrize("tex", [r"\SI", r"\SI{", r"\SI{5}", r"\SI{5}{", r"\num{}", r"\si{\per}", r"\SI{}{\metre}"])
def test_half_a_quantity_is_no_fault(tex: str) -> None:
    assert decode(decode(tex)) is not None


def test_a_power_stays_one_where_there_is_no_markup() -> None:
    assert decode(r"\num{3e8} and \si{\second\tothe{-4}}", rich=False).startswith("3 × 10^8")
