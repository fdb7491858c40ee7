from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedbib.text.plain import clean, damaged, hidden, visible


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Mu\u0308ller", "Müller", id="nfd"),
        pytest.param("Nguye\u0302\u0303n", "Nguyễn", id="stacked"),
        pytest.param("a\u00a0b\u2009c\u3000d", "a b c d", id="spaces"),
        pytest.param("fe\u00adde\u00adrated", "federated", id="soft-hyphen"),
        pytest.param("\ufb01ne-tuning, e\ufb03cient", "fine-tuning, efficient", id="ligatures"),
        pytest.param("  two\r\n\t lines  ", "two lines", id="newline"),
        pytest.param("a\u202eb\u202c", "ab", id="bidi"),
        pytest.param("a\u200bb\ufeffc\u2060d", "abcd", id="zero-width"),
        pytest.param("a\U000e0061\U000e0062", "a", id="tags"),
        pytest.param("a" + "\u0301\u0302" * 50, "\u00e1\u0302\u0301", id="stacked-marks"),
        pytest.param("שלום עולם", "שלום עולם", id="right-to-left"),
        pytest.param("a\x00b\x1b[31m", "ab[31m", id="controls"),
        pytest.param("plain text", "plain text", id="plain"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_one_normal_form(text: str, wanted: str) -> None:
    assert clean(text) == wanted
    assert clean(wanted) == wanted


@given(st.text())
def test_what_comes_out_is_clean(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert hidden(once) == ()
    assert unicodedata.is_normalized("NFC", once)
    assert once == " ".join(once.split())


@given(st.text())
def test_equal_texts_compare_equal(text: str) -> None:
    assert clean(unicodedata.normalize("NFD", text)) == clean(unicodedata.normalize("NFC", text))


def test_what_is_hidden_is_named_by_its_code_point() -> None:
    assert hidden("a\u202eb\u200bc\u202e") == ("U+202E RIGHT-TO-LEFT OVERRIDE", "U+200B ZERO WIDTH SPACE")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("na\ufffdve", "\ufffd", id="replacement"),
        pytest.param("model\u00e2\u20ac\u2122s", "\u00e2\u20ac\u2122", id="apostrophe"),
        pytest.param("W\u00c3\u00bcbben", "\u00c3\u00bc", id="umlaut"),
        pytest.param("Wübben, naïve, 10 €", "", id="fine"),
        pytest.param("plain", "", id="plain"),
    ],
)
def test_text_that_was_decoded_wrongly(text: str, wanted: str) -> None:
    assert damaged(text) == wanted


def test_long_runs_take_linear_time() -> None:
    assert clean(" " * 1_000_000 + "a" + " " * 1_000_000) == "a"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\x00b\x1b[31m\r\n\t", "a\\x00b\\x1b[31m\\x0d\\x0a\\x09"),
        ("a\u202eb\u200bc\u2028\ufeff", "a\\u202eb\\u200bc\\u2028\\ufeff"),
        ("é 联邦 \u2764\ufe0f", "é 联邦 \u2764\ufe0f"),
        ("at https://ann:secret@x.example/a@b", "at https://***@x.example/a@b"),
        ("https://s@cret@x.example and ftp://u@h", "https://***@x.example and ftp://***@h"),
    ],
)
def test_what_is_printed_shows_what_is_hidden_and_hides_who_is_named(text: str, shown: str) -> None:
    assert visible(text) == shown
