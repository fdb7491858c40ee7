from __future__ import annotations

import pytest

from fedbib.text.ascii import folded


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Müller-Straße", "mullerstrasse"),
        ("Łukasz Ødegård", "lukaszodegard"),
        ("O’Neil 2nd", "oneil2nd"),
        ("Nguyễn", "nguyen"),
        ("王", ""),
    ],
)
def test_letters_and_digits_stay_in_ascii(text: str, wanted: str) -> None:
    assert folded(text) == wanted
