"""Patterns that are compiled late are those that would have been compiled at once."""

from __future__ import annotations

import re

import pytest

from fedbib.text.regex import Regex, regex


def test_it_does_what_the_compiled_pattern_does() -> None:
    late, at_once = regex(r"(a+)(?P<rest>b?)", re.IGNORECASE), re.compile(r"(a+)(?P<rest>b?)", re.IGNORECASE)
    text = "xAab aB"
    assert late.findall(text) == at_once.findall(text)
    assert late.sub(r"<\1>", text) == at_once.sub(r"<\1>", text)
    assert (late.pattern, late.flags, late.groups) == (at_once.pattern, at_once.flags, at_once.groups)
    assert late.groupindex == at_once.groupindex


def test_nothing_is_compiled_before_it_is_used() -> None:
    wrong = regex("(")
    assert isinstance(wrong, Regex)
    with pytest.raises(re.error):
        wrong.search("")
