from __future__ import annotations

import pytest

from fedbib.errors import BadFile
from fedbib.formats.readme.region import BEGIN, END, blank, region, replace_region
from fedbib.model.about import About

README = f"# Mine\n\nintro\n{BEGIN}\nold\n{END}\nafter, without a last newline"


def test_only_what_stands_between_the_markers_changes() -> None:
    assert replace_region(README, "new\n") == README.replace("old\n", "new\n")
    assert region(README) == "old\n"


@pytest.mark.parametrize(
    ("readme", "what"),
    [
        pytest.param("# Mine\n", "no line", id="no-markers"),
        pytest.param(f"{BEGIN}\nold\n", "no line", id="no-end"),
        pytest.param(f"{BEGIN}\n{BEGIN}\n{END}\n", "2 times (lines 1, 2)", id="begin-doubled"),
        pytest.param(f"{BEGIN}\n{END}\n{END}\n", "2 times (lines 2, 3)", id="end-doubled"),
        pytest.param(f"{END}\n{BEGIN}\n", "before", id="wrong-order"),
        pytest.param(f"text {BEGIN}\n{END}\n", "no line", id="marker-inside-a-line"),
    ],
)
def test_broken_markers_are_refused(readme: str, what: str) -> None:
    with pytest.raises(BadFile) as caught:
        replace_region(readme, "new\n")
    assert what in caught.value.message
    with pytest.raises(BadFile):
        region(readme)


@pytest.mark.parametrize("marker", [BEGIN, END, f"  {END}  "], ids=["begin", "end", "indented"])
def test_a_text_with_a_marker_is_refused(marker: str) -> None:
    with pytest.raises(BadFile):
        replace_region(README, f"new\n{marker}\n")


def test_line_ends_of_the_readme_are_kept() -> None:
    crlf = README.replace("\n", "\r\n")
    written = replace_region(crlf, "one\ntwo\n")
    assert written == crlf.replace("old\r\n", "one\r\ntwo\r\n")
    assert region(written) == "one\ntwo\n"


def test_a_byte_order_mark_is_kept() -> None:
    marked = f"\ufeff{BEGIN}\nold\n{END}"
    assert replace_region(marked, "new") == f"\ufeff{BEGIN}\nnew\n{END}"


@pytest.mark.parametrize(
    "about",
    [
        pytest.param(About(title="My list", description="Papers on x."), id="plain"),
        pytest.param(About(title=BEGIN, description=f"a\n{END}\nb"), id="markers-in-the-settings"),
        pytest.param(About(title="", description=""), id="nothing-said"),
    ],
)
def test_a_new_readme_takes_a_list(about: About) -> None:
    readme = blank(about)
    assert readme.startswith("# ")
    assert readme.endswith("\n")
    assert region(readme) == ""
    assert region(replace_region(readme, "list\n")) == "list\n"


def test_a_new_readme_says_what_the_collection_is() -> None:
    expected = f"# FedLLM\n\nPapers on \\[it\\](y).\n\n{BEGIN}\n{END}\n"
    assert blank(About(title="FedLLM", description="Papers on [it](y).")) == expected
