"""What people write into the list of the README is read by `import` and not overwritten without a word."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

import pytest

from fedbib.formats.readme import document
from tests.commands.conftest import Runner

RECORD = 'ids = {{ arxiv = "{id}" }}\ntopics = ["Kites"]\n\n[pin]\ntype = "{type}"\ntitle = "{title}"\nauthor = ["Doe, Jane"]\nissued = "2024"\n'
VENUE = 'container-title-short = "ICML"\n'
ADDED = "- [Slow Kites in a Fast Wind](https://arxiv.org/abs/2402.00009) [arXiv 2024]"


@pytest.fixture
def built(run: Runner) -> Runner:
    """A collection of two papers with a topic, built."""
    run.put("fedbib.toml", 'name = "fedllm"\nstyle = ""\n')
    run.put("entries/one.toml", RECORD.format(id="2402.00001", type="article", title="The First Paper on Kites"))
    record = RECORD.format(id="2402.00002", type="paper-conference", title="The Second Paper on Kites")
    run.put("entries/two.toml", record + VENUE)
    assert run("build").code == 0
    return run


def edited(run: Runner, change: Callable[[str], str]) -> int:
    """Change the README; the number of the first line that differs."""
    before = (run.root / "README.md").read_text()
    after = change(before)
    assert after != before
    run.put("README.md", after)
    pairs = zip(before.split("\n"), after.split("\n"), strict=False)
    return next(number for number, (old, new) in enumerate(pairs, 1) if old != new)


def refused(run: Runner, *said: str) -> None:
    """The build stops, says what it found and what to do, and changes nothing."""
    before = run.files()
    for words in (("build",), ("build", "--check")):
        result = run(*words)
        assert result.code == 1
        for text in (*said, "fedbib import README.md", "--over-edits"):
            assert text in result.err
        assert run.files() == before
    assert "README.md" in run("check").out + run("check").err


def _under_topic(text: str) -> str:
    line = next(line for line in text.split("\n") if line.startswith("**Kites** (2)"))
    return text.replace(line, f"{line}\n{ADDED}")


def _under_year(text: str) -> str:
    return text.replace("### 2024\n\n", f"### 2024\n\n{ADDED}\n", 1)


def _in_a_table(text: str) -> str:
    row = ADDED.removeprefix("- ").replace(" [arXiv", " | [arXiv")
    return text.replace(
        "<!-- fedbib:end -->", f"\n## More\n\n| Paper | Venue |\n|---|---|\n| {row} |\n<!-- fedbib:end -->"
    )


@pytest.mark.parametrize("add", [_under_topic, _under_year, _in_a_table], ids=["topic", "year", "table"])
def test_a_paper_that_somebody_added_is_taken_in(built: Runner, add: Callable[[str], str]) -> None:
    line = edited(built, add)
    refused(built, "Slow Kites" if add is not _in_a_table else "Paper")
    result = built("import", str(built.root / "README.md"))
    assert (result.code, result.err.strip().split(";")[0]) == (0, "1 new, 2 known, 0 unsure")
    record = next((built.root / "entries").glob("*slow.toml")).read_text()
    assert ("Kites" in record.partition("\n")[2]) == (add is _under_topic)
    if add is not _in_a_table:
        assert built("build").code == 0
        assert (built.root / "README.md").read_text().count("Slow Kites in a Fast Wind") == 1
    assert line


def test_a_bullet_that_somebody_changed_is_read_and_kept_until_it_is_told(built: Runner) -> None:
    line = edited(built, lambda text: text.replace("[ICML 2024]", "[ICLR 2024]"))
    refused(built, f"README.md:{line}")
    result = built("import", str(built.root / "README.md"))
    assert "2 known" in result.err
    assert "N02" in result.err
    assert "ICLR" in (built.root / "entries/claims/two.json").read_text()
    refused(built, f"README.md:{line}")
    assert built("build", "--over-edits").code == 0
    assert "[ICML 2024]" in (built.root / "README.md").read_text()
    assert built("build", "--check").code == 0


def test_a_change_that_the_record_has_by_now_is_no_edit(built: Runner) -> None:
    edited(built, lambda text: text.replace("[ICML 2024]", "[ICLR 2024]"))
    path = built.root / "entries/two.toml"
    path.write_text(path.read_text().replace("ICML", "ICLR"))
    assert built("build").code == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[ICML 2024] <a id", "[ICML 2024] (a best paper) <a id", "The Second Paper"),
        ("  - *authors*: Jane Doe.\n", "  - *authors*: Jane Doe.\n  - worth reading twice\n", "worth reading twice"),
        ("## By Topic\n", "## By Topic\n\nMail me when you find more.\n", "Mail me"),
        ("  - *authors*: Jane Doe.\n", "  - *authors*: Jane Doe, Ann Lee.\n", "The Second Paper"),
    ],
    ids=["words behind a venue", "a detail", "a sentence", "an author"],
)
def test_no_words_of_people_go_without_a_word(built: Runner, old: str, new: str, said: str) -> None:
    edited(built, lambda text: text.replace(old, new, 1))
    refused(built, "README.md:", said)
    assert built("build", "--over-edits").code == 0


def test_a_bullet_that_somebody_took_out_is_told(built: Runner) -> None:
    def without(text: str) -> str:
        start = text.index("- [The Second Paper")
        return text[:start] + text[text.index("\n\n", start) + 1 :]

    edited(built, without)
    refused(built, "The Second Paper on Kites")


def test_a_list_that_is_only_stale_is_written_anew(built: Runner) -> None:
    path = built.root / "entries/two.toml"
    path.write_text(path.read_text().replace("Second", "Third"))
    (built.root / "entries/one.toml").unlink()
    assert built("build").code == 0


def test_bullets_of_two_branches_are_no_edits(built: Runner) -> None:
    ours = (built.root / "README.md").read_text()
    built.put("entries/three.toml", RECORD.format(id="2402.00003", type="article", title="The Third Paper on Kites"))
    assert built("build").code == 0
    theirs = (built.root / "README.md").read_text().split("\n")
    start = next(at for at, line in enumerate(theirs) if line.startswith("- [The Third"))
    merged = ours.replace("- [The First", "\n".join([*theirs[start : start + 3], "- [The First"]), 1)
    built.put("README.md", merged)
    (built.root / "entries/one.toml").touch()
    assert built("build").code == 0


def test_what_stands_around_the_markers_is_peoples_own(built: Runner) -> None:
    edited(built, lambda text: "# Related\n\nSee [another list](https://example.org/list).\n\n" + text)
    assert built("build").code == 0
    assert "2 known" in built("import", str(built.root / "README.md")).err


def test_a_link_or_topic_that_somebody_wrote_below_a_paper_is_told(built: Runner) -> None:
    new = "  - *topics*: Kites, Wind\n  - [code](https://github.com/a/kites)\n"
    edited(built, lambda text: text.replace("  - *topics*: Kites\n", new, 1))
    refused(built, "The Second Paper")
    said = built("import", str(built.root / "README.md")).err
    assert "has values that the record lacks: topics Wind" in said
    assert "has values that the record lacks: code https://github.com/a/kites" in said


COMMENT = 'read *this* <b>first</b>; then "the" [rest](x), 100%'


def test_a_comment_is_shown_in_the_list_and_on_the_page_and_comes_back(built: Runner) -> None:
    record = built.root / "entries/one.toml"
    record.write_text("comment = " + json.dumps(COMMENT) + "\n" + record.read_text())
    assert built("build").code == 0
    readme = (built.root / "README.md").read_text()
    assert "  - *comment*: " in readme
    assert [work.comment for work in document.parse(readme).works if work.key == "one"] == [COMMENT]
    page = (built.root / "output/site/works/one.html").read_text()
    assert escape(COMMENT, quote=False) in page.replace("&#34;", '"')
    assert "<b>first" not in page
    assert "read *this*" not in (built.root / "output/fedllm.bib").read_text()
    assert built("build", "--check").code == 0


def test_the_comment_of_a_list_is_kept_with_a_new_paper_and_told_of_a_known_one(built: Runner) -> None:
    path = built.put(
        "../a.md", "# L\n\n- [Slow Kites in a Fast Wind](https://arxiv.org/abs/2402.00009) - worth the time\n"
    )
    assert built("import", str(path)).code == 0
    record = next((built.root / "entries").glob("*slow.toml"))
    assert 'comment = "worth the time"' in record.read_text()
    assert "comment" not in built("import", str(path)).err
    path.write_text(path.read_text().replace("worth the time", "a bit long"))
    assert "has values that the record lacks: comment a bit long" in built("import", str(path)).err
    assert "worth the time" in record.read_text()


def test_a_comment_that_somebody_changed_in_the_list_is_told(built: Runner) -> None:
    edited(
        built,
        lambda text: text.replace("  - *authors*: Jane Doe.\n", "  - *authors*: Jane Doe.\n  - *comment*: a gem\n", 1),
    )
    refused(built, "The Second Paper")
    assert "has values that the record lacks: comment a gem" in built("import", str(built.root / "README.md")).err
