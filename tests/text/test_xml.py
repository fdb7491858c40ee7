from __future__ import annotations

from xml.sax import saxutils

from hypothesis import given
from hypothesis import strategies as st

from fedbib.text.xml import escape, quoteattr


@given(st.text(st.sampled_from("&<>\"'\n\r\t aé")))
def test_text_is_escaped_as_the_standard_library_does(text: str) -> None:
    assert escape(text) == saxutils.escape(text)
    assert quoteattr(text) == saxutils.quoteattr(text)
