from __future__ import annotations

import pytest

from fedbib.model.venue import ordinal, ordinal_word


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (21, "21st"),
        (61, "61st"),
        (112, "112th"),
    ],
)
def test_ordinal(number: int, wanted: str) -> None:
    assert ordinal(number) == wanted


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (1, "First"),
        (9, "Ninth"),
        (12, "Twelfth"),
        (19, "Nineteenth"),
        (20, "Twentieth"),
        (21, "Twenty-First"),
        (33, "Thirty-Third"),
        (40, "Fortieth"),
        (98, "Ninety-Eighth"),
        (101, "101st"),
    ],
)
def test_ordinal_word(number: int, wanted: str) -> None:
    assert ordinal_word(number) == wanted
