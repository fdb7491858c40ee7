"""ISBN and ISSN in texts."""

from __future__ import annotations

import pytest

from fedbib.text.serials import all_in, isbn, issn


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("978-0-306-40615-7", "978-0-306-40615-7"),
        ("0306406152 9780306406157", "9780306406157"),
        ("0-306-40615-2; 978-0-306-40615-7 (ebook)", "978-0-306-40615-7"),
        ("0306406152", "0306406152"),
        ("080442957x", "080442957X"),
        ("978-0-306-40615-8", ""),
        ("2049-3630", ""),
        ("doi 10.1007/978-0-306-40615-7_3", ""),
        ("", ""),
    ],
)
def test_an_isbn_is_found_in_a_text(text: str, found: str) -> None:
    assert isbn(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2049-3630", "2049-3630"),
        ("20493630", "2049-3630"),
        ("2049-3630 (Online)", "2049-3630"),
        ("ISSN: 2434-561x", "2434-561X"),
        ("2049-3631", ""),
        ("978-0-306-40615-7", ""),
        ("1999-2003", ""),
    ],
)
def test_an_issn_is_found_in_a_text_and_has_its_hyphen(text: str, found: str) -> None:
    assert issn(text) == found


def test_every_number_of_a_text_is_found() -> None:
    assert all_in("0317-8471,2049-3630 and 0306406152") == ["0306406152", "0317-8471", "2049-3630"]
