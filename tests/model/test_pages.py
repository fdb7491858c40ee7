from __future__ import annotations

import pytest

from fedbib.model.pages import Pages


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("1-12", Pages("1", "12"), id="hyphen"),
        pytest.param("1–12", Pages("1", "12"), id="en-dash"),
        pytest.param("1--12", Pages("1", "12"), id="two-hyphens"),
        pytest.param(" 1 — 12 ", Pages("1", "12"), id="spaces"),
        pytest.param("e123", Pages("e123"), id="article-number"),
        pytest.param("12345:1--12345:20", Pages("12345:1", "12345:20"), id="acm"),
        pytest.param("12345:1", Pages("12345:1"), id="acm-one"),
        pytest.param("7-7", Pages("7"), id="one-page"),
        pytest.param("1-3, 5-7", Pages("1-3, 5-7"), id="two-ranges"),
        pytest.param("-", None, id="nothing"),
    ],
)
def test_one_normal_form(text: str, wanted: Pages | None) -> None:
    pages = Pages.parse(text)
    assert pages == wanted
    if pages:
        assert Pages.parse(pages.text) == pages
