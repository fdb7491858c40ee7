from __future__ import annotations

import pytest

from fedbib.model.venue import ordinal


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
