from __future__ import annotations

import pytest

from fedbib.model.pages import Pages


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("1-12", Pages("1", "12"), id="row29-hyphen"),
        pytest.param("1–12", Pages("1", "12"), id="row29-en-dash"),
        pytest.param("1--12", Pages("1", "12"), id="row29-two-hyphens"),
        pytest.param(" 1 — 12 ", Pages("1", "12"), id="row29-spaces"),
        pytest.param("e123", Pages("e123"), id="row29-article-number"),
        pytest.param("12345:1--12345:20", Pages("12345:1", "12345:20"), id="row29-acm"),
        pytest.param("12345:1", Pages("12345:1"), id="row29-acm-one"),
        pytest.param("7-7", Pages("7"), id="row29-one-page"),
        pytest.param("1-3, 5-7", Pages("1-3, 5-7"), id="row29-two-ranges"),
        pytest.param("-", None, id="row29-nothing"),
    ],
)
def test_one_normal_form(text: str, wanted: Pages | None) -> None:
    pages = Pages.parse(text)
    assert pages == wanted
    if pages:
        assert Pages.parse(pages.text) == pages
