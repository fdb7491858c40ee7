"""A list that keeps its own look: made a collection, kept up, and read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fedbib.cli import cli
from fedbib.errors import BadFile, BadSettings, RoundTripLost

BULLETS = """# Awesome Small Things [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

Papers on small things. <!-- keep this -->

- [2024](#2024)
- [2023](#2023)

## 2024

We love these:

- [A Study of Very Small Things](https://arxiv.org/abs/2405.00002), Ann Ho, Bo Li. [[code](https://github.com/a/b)] ⭐
- [**Learning** to Count the Small Things](https://arxiv.org/abs/2402.00001), Cy Wu, Ann Ho.

## 2023

- [Counting without Numbers at Night](https://arxiv.org/abs/2312.00007), Di Xu.
- [Numbers without Counting by Day](https://arxiv.org/abs/2301.00003), Ed Yu, Bo Li. [[code](https://github.com/c/d)]

## Thanks

To all of you.
"""
TABLE = """# Things

<details>
<summary>All of them</summary>

| # | Title | Venue | Links |
|---|:------|-------|-------|
| 1 | A Study of Very Small Things | ICML 2024 | [pdf](https://arxiv.org/abs/2305.00002) |
| 2 | Learning to Count the Small Things | ICLR 2023 | [pdf](https://arxiv.org/abs/2202.00001), [code](https://github.com/a/b) |

</details>
"""
BELOW = """# Things

### Optimisers

**A Study of Very Small Things**

* Ann Ho, Bo Li
* [Paper](https://arxiv.org/abs/2305.00002)

**Learning to Count the Small Things**

* Cy Wu
* [Paper](https://arxiv.org/abs/2202.00001)
"""
RECORD = 'ids = {{ arxiv = "{}" }}\n{}\n[pin]\ntitle = "{}"\nauthor = ["Ho, Ann", "Wu, Cy"]\nissued = "{}"\n'


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(folder), *words], standalone_mode=False)


def built(folder: Path, *words: str) -> str:
    """The list as a build leaves it."""
    done = run(folder, "build", *words)
    assert done.return_value == 0, done.exception or done.output
    return (folder / "README.md").read_bytes().decode("utf-8")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return collection(tmp_path, BULLETS)


def collection(folder: Path, text: str) -> Path:
    (folder / "README.md").write_bytes(text.encode("utf-8"))
    done = run(folder, "init", "--from", "README.md")
    assert done.return_value == 0, done.exception
    settings = folder / "fedbib.toml"
    settings.write_text("site = false\n" + settings.read_text("utf-8"), "utf-8")
    run(folder, "import", str(folder / "README.md"))
    return folder


def add(folder: Path, title: str, arxiv: str, year: str, more: str = "") -> None:
    key = title.split()[0].lower()
    (folder / f"entries/{key}.toml").write_text(RECORD.format(arxiv, more, title, year), "utf-8")


@pytest.mark.parametrize(
    "text", [BULLETS, TABLE, BELOW, BULLETS.replace("\n", "\r\n")], ids=["bullets", "table", "below", "crlf"]
)
def test_a_list_is_built_as_it_was(tmp_path: Path, text: str) -> None:
    folder = collection(tmp_path, text)
    assert built(folder) == text
    assert built(folder) == text
    assert run(folder, "build", "--check").return_value == 0
    assert len(list((folder / "entries").glob("*.toml"))) == text.count("arxiv.org/abs")


def test_init_writes_the_form_and_the_settings(made: Path) -> None:
    assert (made / "list/row.md").read_text("utf-8") == (
        "- [{{ title }}]({{ url }}), {{ authors|people }}.{% if links.code %} [[code]({{ links.code }})]{% endif %}\n"
    )
    settings = (made / "fedbib.toml").read_text("utf-8")
    assert 'title = "Awesome Small Things"' in settings
    assert '[list]\nforms = "list"' in settings


def test_a_paper_that_is_added_changes_no_other_line(made: Path) -> None:
    built(made)
    add(made, "Many Small Things Make One", "2404.00009", "2024", '[links]\ncode = "https://github.com/x/y"')
    row = (
        "- [Many Small Things Make One](https://arxiv.org/abs/2404.00009), Ann Ho, Cy Wu."
        " [[code](https://github.com/x/y)]\n"
    )
    after = built(made)
    at = BULLETS.index("- [**Learning**")
    assert after == BULLETS[:at] + row + BULLETS[at:]
    assert built(made) == after
    (made / "entries/many.toml").unlink()
    assert built(made) == BULLETS


def test_a_new_year_gets_a_section_in_the_form_of_the_others(made: Path) -> None:
    built(made)
    add(made, "Many Small Things Make One", "2604.00009", "2026")
    row = "- [Many Small Things Make One](https://arxiv.org/abs/2604.00009), Ann Ho, Cy Wu.\n"
    after = built(made)
    at = BULLETS.index("## 2024")
    assert after == f"{BULLETS[:at]}## 2026\n\n{row}\n{BULLETS[at:]}"
    assert built(made) == after


@pytest.mark.parametrize(
    ("order", "before"),
    [
        pytest.param("newest-first", "- [**Learning**", id="newest first"),
        pytest.param("newest-last", "\n## 2023", id="newest last"),
        pytest.param("title", "\n## 2023", id="by title"),
    ],
)
def test_the_order_can_be_set(made: Path, order: str, before: str) -> None:
    settings = (made / "fedbib.toml").read_text("utf-8").replace('# order = "newest-first"', f'order = "{order}"')
    (made / "fedbib.toml").write_text(settings, "utf-8")
    built(made)
    month = {"newest-first": "04", "newest-last": "09", "title": "01"}[order]
    add(made, "Many Small Things Make One", f"24{month}.00009", "2024")
    row = f"- [Many Small Things Make One](https://arxiv.org/abs/24{month}.00009), Ann Ho, Cy Wu.\n"
    at = BULLETS.index(before)
    assert built(made) == BULLETS[:at] + row + BULLETS[at:]


def test_a_topic_leads_to_its_section(tmp_path: Path) -> None:
    text = """# L

## Optimisers

- [A Study of Very Small Things](https://arxiv.org/abs/2405.00002)
- [Learning to Count the Small Things](https://arxiv.org/abs/2402.00001)

## Attacks

- [Counting without Numbers at Night](https://arxiv.org/abs/2312.00007)

"""
    folder = collection(tmp_path, text)
    built(folder)
    add(folder, "Many Small Things Make One", "2201.00009", "2022", 'topics = ["attacks"]')
    assert built(folder) == text.rstrip("\n") + "\n- [Many Small Things Make One](https://arxiv.org/abs/2201.00009)\n\n"


BY_VENUE = """# L

## ICML 2024

- [A Study of Very Small Things](https://arxiv.org/abs/2405.00002)

## ICLR 2024

- [Counting without Numbers at Night](https://arxiv.org/abs/2312.00007)

## Others

- [Numbers without Counting by Day](https://arxiv.org/abs/2301.00003)
"""


@pytest.mark.parametrize(
    ("venue", "rest", "before"),
    [
        ("ICML", "", "## ICLR 2024"),
        ("International Conference on Learning Representations", "", "- [Counting"),
        ("KDD", "", "- [Numbers"),
        ("KDD", "others", "- [Numbers"),
    ],
)
def test_a_venue_leads_to_its_section_and_what_fits_nowhere_to_the_rest(
    tmp_path: Path, venue: str, rest: str, before: str
) -> None:
    folder = collection(tmp_path, BY_VENUE)
    settings = (folder / "fedbib.toml").read_text("utf-8").replace('# rest = "Others"', f'rest = "{rest}"')
    (folder / "fedbib.toml").write_text(settings, "utf-8")
    built(folder)
    pin = f'[pin]\ntype = "paper-conference"\ncontainer-title = "{venue}"\n'
    add(folder, "Many Small Things Make One", "2401.00009", "2024", "")
    record = folder / "entries/many.toml"
    record.write_text(record.read_text("utf-8").replace("[pin]\n", pin), "utf-8")
    row = "- [Many Small Things Make One](https://arxiv.org/abs/2401.00009)\n"
    gap = "" if before.startswith("-") else "\n"
    assert built(folder) == BY_VENUE.replace(f"{gap}{before}", f"{row}{gap}{before}")


def test_a_year_between_others_stands_between_them(tmp_path: Path) -> None:
    text = BULLETS.replace("2023", "2021").replace("2301", "2101").replace("2312", "2112")
    folder = collection(tmp_path, text)
    assert built(folder) == text
    add(folder, "Many Small Things Make One", "2204.00009", "2022")
    row = "- [Many Small Things Make One](https://arxiv.org/abs/2204.00009), Ann Ho, Cy Wu.\n"
    assert built(folder) == text.replace("\n## 2021", f"\n## 2022\n\n{row}\n## 2021")


def test_rows_of_a_table_go_on_with_its_numbers(tmp_path: Path) -> None:
    folder = collection(tmp_path, TABLE)
    built(folder)
    add(folder, "Many Small Things Make One", "2201.00009", "2022")
    row = "| 3 | Many Small Things Make One | arXiv 2022 | [pdf](https://arxiv.org/abs/2201.00009) |\n"
    assert built(folder) == TABLE.replace("\n\n</details>", f"\n{row}\n</details>")


def test_what_is_no_longer_true_of_a_paper_is_written_anew(tmp_path: Path) -> None:
    folder = collection(tmp_path, TABLE)
    assert built(folder) == TABLE
    path = next((folder / "entries").glob("*learning.toml"))
    path.write_text(path.read_text("utf-8") + '\n[pin]\ncontainer-title-short = "ICML"\nissued = "2024"\n', "utf-8")
    assert built(folder) == TABLE.replace("ICLR 2023", "ICML 2024")


def test_a_row_that_follows_no_form_keeps_what_is_its_own(made: Path) -> None:
    assert built(made) == BULLETS
    path = next((made / "entries").glob("*study.toml"))
    path.write_text(path.read_text("utf-8").replace("github.com/a/b", "github.com/new/place"), "utf-8")
    assert built(made) == BULLETS.replace("github.com/a/b", "github.com/new/place")


def test_rows_about_one_paper_keep_their_own_links(tmp_path: Path) -> None:
    again = "- [Numbers without Counting by Day](https://arxiv.org/abs/2301.00003), Ed Yu, Bo Li. [[code](https://github.com/{})]\n"
    text = BULLETS.replace("## Thanks", f"## Also\n\n{again.format('e/f')}\n## Thanks")
    folder = collection(tmp_path, text)
    path = next((folder / "entries").glob("*numbers.toml"))
    assert 'code = "https://github.com/c/d"\n"code 2" = "https://github.com/e/f"\n' in path.read_text("utf-8")
    assert built(folder) == text
    assert built(folder) == text
    path.write_text(path.read_text("utf-8").replace("github.com/c/d", "github.com/new/place"), "utf-8")
    assert built(folder) == text.replace("github.com/c/d", "github.com/new/place")


def test_a_link_that_somebody_changed_stays_and_is_told_by_import(made: Path) -> None:
    built(made)
    changed = BULLETS.replace("github.com/c/d", "github.com/c/moved")
    (made / "README.md").write_text(changed, "utf-8")
    assert built(made) == changed
    done = run(made, "import", str(made / "README.md"))
    assert "README.md:18: L04 warning: has values that the record lacks: code https://github.com/c/moved" in done.stderr


def test_a_badge_of_the_repository_moves_with_the_code(tmp_path: Path) -> None:
    badge = " ![Stars](https://img.shields.io/github/stars/{0}) [[code](https://github.com/{0})]\n"
    rows = (
        f"- [{words} of Very Small Things](https://arxiv.org/abs/2405.0000{at}), Ann Ho.{badge.format(f'a/b{at}')}"
        for at, words in enumerate(("A Study", "The Counts", "Some Numbers"))
    )
    text = f"# Things\n\n{''.join(rows)}"
    folder = collection(tmp_path, text)
    assert built(folder) == text
    path = next((folder / "entries").glob("*study.toml"))
    path.write_text(path.read_text("utf-8").replace("github.com/a/b0", "github.com/new/place"), "utf-8")
    assert built(folder) == text.replace("a/b0", "new/place")


def test_a_row_that_somebody_changed_stops_the_build(made: Path) -> None:
    built(made)
    path = made / "README.md"
    path.write_text(BULLETS.replace("Ed Yu, Bo Li", "Ed Yu, Zoe Null"), "utf-8")
    done = run(made, "build")
    assert isinstance(done.exception, BadFile)
    assert (done.exception.where, done.exception.line) == ("README.md", 18)
    assert "fedbib import README.md" in done.exception.hint
    assert built(made, "--over-edits") == BULLETS


def test_a_row_that_somebody_took_out_stops_the_build(made: Path) -> None:
    built(made)
    path = made / "README.md"
    path.write_text("".join(line for line in BULLETS.splitlines(True) if "at Night" not in line), "utf-8")
    done = run(made, "build")
    assert isinstance(done.exception, BadFile)
    assert "Counting without Numbers at Night" in done.exception.message
    assert built(made, "--over-edits") == BULLETS


def test_a_row_that_somebody_added_stays_and_is_taken_in_by_import(made: Path) -> None:
    built(made)
    row = "- 🆕 [Things that Somebody Wrote by Hand](https://arxiv.org/abs/2401.00005) by the way"
    text = BULLETS.replace("\n\n## 2023", f"\n{row}\n\n## 2023")
    (made / "README.md").write_text(text, "utf-8")
    assert built(made) == text
    run(made, "import", str(made / "README.md"))
    assert "Things that Somebody Wrote by Hand" in run(made, "list").stdout
    assert built(made) == text


def test_headings_and_texts_are_the_keepers(made: Path) -> None:
    built(made)
    text = BULLETS.replace("We love these:", "We *like* these.\n\n> really").replace(
        "## 2023", "## Of 2023 <a id='x'></a>"
    )
    (made / "README.md").write_text(text, "utf-8")
    assert built(made) == text


def test_what_people_say_of_a_paper_stands_in_its_row(tmp_path: Path) -> None:
    rows = [
        f"- **A Study of Small Things {n}** [[pdf]](https://arxiv.org/abs/2405.0000{n}) [[blog post]](https://b.example/{n})"
        f"\n  - TL;DR: We count {n} things at once.\n"
        for n in range(4)
    ]
    text = "# L\n\n## Papers\n\n" + "".join(rows)
    folder = collection(tmp_path, text)
    assert built(folder) == text
    first = next((folder / "entries").glob("*.toml"))
    assert 'tldr = "We count' in first.read_text("utf-8")
    number = first.read_text("utf-8").partition("We count ")[2][0]
    first.write_text(first.read_text("utf-8").replace("things at once", "things & more"), "utf-8")
    assert built(folder) == text.replace(f"count {number} things at once", f"count {number} things & more")
    more = 'tldr = "It adds up."\n[links]\n"blog post" = "https://b.example/9"\n'
    add(folder, "Many Small Things Make One", "2404.00009", "2024", more)
    assert "\n  - TL;DR: It adds up.\n" in built(folder)


def test_kinds_of_links_of_ones_own_are_read_and_written(tmp_path: Path) -> None:
    rows = [
        f"- A Study of Small Things {n} [[pdf]](https://arxiv.org/abs/2405.0000{n}) [[Review]](https://b.example/{n})"
        f" [[x]](https://talks.example/{n})\n"
        for n in range(4)
    ]
    (tmp_path / "fedbib.toml").write_text(
        'site = false\n[list]\nforms = "list"\n[links]\nreview = ["review"]\ntalk = ["talks.example"]\n', "utf-8"
    )
    (tmp_path / "list").mkdir()
    form = "- {{ title }} [[pdf]]({{ url }}) [[Review]]({{ links.review }}) [[x]]({{ links.talk }})\n"
    (tmp_path / "list/row.md").write_text(form, "utf-8")
    text = "# L\n\n## Papers\n\n" + "".join(rows)
    (tmp_path / "README.md").write_text(text, "utf-8")
    run(tmp_path, "import", str(tmp_path / "README.md"))
    assert built(tmp_path) == text
    works = json.loads(run(tmp_path, "list", "--format", "json").stdout)
    number = works[0]["title"][-1]
    assert works[0]["links"] == {"review": f"https://b.example/{number}", "talk": f"https://talks.example/{number}"}
    record = tmp_path / f"entries/{works[0]['key']}.toml"
    record.write_text(
        record.read_text("utf-8").replace(f"https://b.example/{number}", "https://b.example/new"), "utf-8"
    )
    assert built(tmp_path) == text.replace(f"https://b.example/{number}", "https://b.example/new")


def test_a_topic_under_another_leads_to_its_section(tmp_path: Path) -> None:
    text = "# L\n\n## Attacks\n\n- [Counting without Numbers at Night](https://arxiv.org/abs/2312.00007)\n\n## PEFT\n\n- [A Study of Very Small Things](https://arxiv.org/abs/2405.00002)\n"
    folder = collection(tmp_path, text)
    settings = folder / "fedbib.toml"
    settings.write_text(settings.read_text("utf-8") + '[topics]\nPEFT = []\nLoRA = { under = "PEFT" }\n', "utf-8")
    built(folder)
    add(folder, "Many Small Things Make One", "2201.00009", "2022", 'topics = ["lora"]')
    assert built(folder) == f"{text}- [Many Small Things Make One](https://arxiv.org/abs/2201.00009)\n"


def test_a_second_import_changes_nothing(made: Path) -> None:
    built(made)
    add(made, "Many Small Things Make One", "2404.00009", "2024")
    built(made)
    run(made, "import", str(made / "README.md"))
    before = {path: path.read_bytes() for path in made.rglob("entries/**/*") if path.is_file()}
    run(made, "import", str(made / "README.md"))
    assert {path: path.read_bytes() for path in made.rglob("entries/**/*") if path.is_file()} == before


def test_a_link_of_another_paper_is_named_and_the_row_stays(made: Path) -> None:
    path = made / "README.md"
    text = BULLETS.replace("Counting without Numbers at Night", "Quite Another Story about Bees")
    path.write_text(text, "utf-8")
    done = run(made, "build")
    assert path.read_text("utf-8") == text
    assert "README.md:17: was not changed: its link is that of 'Counting without Numbers at Night'" in done.stderr


def test_the_form_is_the_keepers(made: Path) -> None:
    built(made)
    (made / "list/row.md").write_text(
        '{% if links.code %}* {{ families|people(most=1) }}: {% else %}* {% endif %}"{{ title }}", {{ venue }} {{ year }}'
        " <{{ url }}>\n",
        "utf-8",
    )
    add(made, "Many Small Things Make One", "2403.00009", "2024")
    assert '\n* "Many Small Things Make One", arXiv 2024 <https://arxiv.org/abs/2403.00009>\n' in built(made)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("{{ titel }}", "'titel' is undefined"),
        ("{{ title.__class__ }}", "cannot be filled in"),
        ("{% include 'fedbib.toml' %}", "fedbib.toml"),
        ("{% for x in range(99999) %}{% for y in range(99999) %}x{% endfor %}{% endfor %}", "too much computation"),
    ],
)
def test_a_form_draws_and_does_nothing_else(made: Path, form: str, words: str) -> None:
    (made / "list/row.md").write_text(form, "utf-8")
    add(made, "Many Small Things Make One", "2404.00009", "2024")
    done = run(made, "build")
    assert isinstance(done.exception, BadFile)
    assert words in str(done.exception)
    assert (made / "README.md").read_text("utf-8") == BULLETS


def test_a_form_whose_rows_do_not_read_back_is_refused(made: Path) -> None:
    (made / "list/row.md").write_text("- see elsewhere, {{ year }}\n", "utf-8")
    add(made, "Many Small Things Make One", "2404.00009", "2024")
    done = run(made, "build")
    assert isinstance(done.exception, RoundTripLost)
    assert "list/row.md" in done.exception.hint
    assert (made / "README.md").read_text("utf-8") == BULLETS


def test_values_are_text_in_the_list(made: Path) -> None:
    add(made, "Many *Small* [Things](x) <b>Make</b> One", "2404.00009", "2024")
    assert "Many \\*Small\\* \\[Things\\](x)" in built(made)


def test_what_is_missing_is_said(made: Path) -> None:
    (made / "list/row.md").rename(made / "list/row.txt")
    done = run(made, "build")
    assert isinstance(done.exception, BadSettings)
    assert "contains other files: row.txt" in done.exception.message
    (made / "list/row.txt").rename(made / "list/row.md")
    (made / "README.md").unlink()
    done = run(made, "build")
    assert isinstance(done.exception, BadFile)
    assert "take it from the last commit" in done.exception.hint


def test_init_from_what_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Nothing\n\nNo papers here.\n", "utf-8")
    done = run(tmp_path, "init", "--from", "README.md")
    assert isinstance(done.exception, BadFile)
    assert "has no two rows written in the same way" in done.exception.message
    assert isinstance(run(tmp_path, "init", "--from", "LIST.md").exception, BadFile)
    assert isinstance(run(tmp_path, "init", "--from", "../README.md").exception, BadFile)
    assert not (tmp_path / "fedbib.toml").exists()


def test_only_what_stands_between_markers_is_the_list(tmp_path: Path) -> None:
    outside = "# Outer\n\n- [A Study of Very Small Things](https://arxiv.org/abs/2405.00002) outside\n\n"
    text = f"{outside}<!-- fedbib:begin -->\n{BULLETS}<!-- fedbib:end -->\n"
    folder = collection(tmp_path, text)
    assert built(folder) == text
    add(folder, "Many Small Things Make One", "2404.00009", "2024")
    after = built(folder)
    assert after.startswith(outside)
    assert (
        after.replace("- [Many Small Things Make One](https://arxiv.org/abs/2404.00009), Ann Ho, Cy Wu.\n", "") == text
    )
