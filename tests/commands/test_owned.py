"""`build` replaces and deletes what it made itself, inside of the collection, and nothing else."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from tests.commands.conftest import Runner

RECORD = '[pin]\ntype = "article"\ntitle = "{}"\nauthor = ["Doe, Jane"]\nissued = "2024"\n'
SETTINGS = 'name = "fedllm"\nstyle = ""\n'
LIST = "output/built.sha256"


@pytest.fixture
def built(run: Runner) -> Runner:
    """A collection of two papers, built."""
    run.put("fedbib.toml", SETTINGS)
    run.put("entries/one.toml", RECORD.format("The first paper"))
    run.put("entries/two.toml", RECORD.format("The second paper"))
    assert run("build").code == 0
    return run


def refused(run: Runner, *named: str) -> None:
    """The build stops with the names of what is in the way, and changes nothing; `check` says so too."""
    before = run.files()
    for words in (("build",), ("build", "--check")):
        result = run(*words)
        assert result.code == 1
        for name in named:
            assert name in result.err, result.err
        assert run.files() == before
    assert run("check").code == 1


def test_the_list_is_what_sha256sum_checks(built: Runner) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "built.sha256"],
        cwd=built.root / "output",
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    lines = (built.root / LIST).read_text().splitlines()[1:]
    there = {
        path.relative_to(built.root / "output").as_posix()
        for path in (built.root / "output").rglob("*")
        if path.is_file()
    }
    assert {line[66:] for line in lines} == there - {"built.sha256"}


def test_a_list_that_is_stale_is_found(built: Runner) -> None:
    with (built.root / LIST).open("a") as file:
        file.write("0" * 64 + "  nothing\n")
    assert f"{LIST}: is out of date" in built("build", "--check").err
    assert built("build").code == 0
    assert built("build", "--check").code == 0


OTHERS = {
    "output/fedllm.bib": "@misc{mine, title={Mine}}\n",
    "output/fedllm-biblatex.bib": "@misc{mine, title={Mine}}\n",
    "output/fedllm.json": '{"name": "my-package"}\n',
    "output/fedllm.ris": "TY  - JOUR\nER  - \n",
    "output/fedllm.full.json": "[]\n",
    "output/feed.xml": "<feed/>\n",
    "output/site/index.html": "<p>mine\n",
    "output/site/site.css": "p {}\n",
    "output/site/site.js": "mine()\n",
    "output/site/data.js": "mine()\n",
    "output/site/icon.svg": "<svg/>\n",
    "output/site/fedllm.bib": "@misc{mine, title={Mine}}\n",
    "output/site/works/one.html": "<p>mine\n",
    "output/built.sha256": f"{'0' * 64}  fedllm.bib\n",
}


@pytest.mark.parametrize("path", OTHERS)
def test_a_first_build_replaces_nothing_that_was_there(run: Runner, path: str) -> None:
    run.put("fedbib.toml", SETTINGS)
    run.put("entries/one.toml", RECORD.format("The first paper"))
    run.put(path, OTHERS[path])
    refused(run, f"{path}: was not made by `fedbib build`", "move it, or choose another `output` in the settings")
    (run.root / path).unlink()
    assert run("build").code == 0
    assert (run.root / path).exists()


def test_of_several_the_first_is_named_and_the_others_are_counted(run: Runner) -> None:
    run.put("fedbib.toml", SETTINGS)
    run.put("entries/one.toml", RECORD.format("The first paper"))
    for path, text in OTHERS.items():
        run.put(path, text)
    refused(run, f"the same is true of {len(OTHERS) - 1} other files")


def test_an_output_beside_people_s_files_leaves_them_alone(run: Runner) -> None:
    run.put("fedbib.toml", 'name = "package"\noutput = "."\nstyle = ""\n')
    run.put("entries/one.toml", RECORD.format("The first paper"))
    run.put("package.json", '{"name": "my-package"}\n')
    run.put("site/works/mine.html", "<p>mine")
    refused(run, "package.json: was not made by `fedbib build`")
    (run.root / "package.json").unlink()
    assert run("build").code == 0
    assert run("build", "--check").code == 0
    assert (run.root / "site/works/mine.html").read_text() == "<p>mine"
    assert (run.root / "package.bib").exists()


def test_pages_by_hand_among_the_built_ones_stay(built: Runner) -> None:
    page = (built.root / "output/site/works/one.html").read_text()
    mine = {
        "output/site/works/mine.html": "<p>mine",
        "output/site/works/copy.html": page,
        "output/site/pictures/x.svg": "<svg/>",
    }
    for path, text in mine.items():
        built.put(path, text)
    (built.root / "entries/two.toml").unlink()
    assert built("build").code == 0
    assert not (built.root / "output/site/works/two.html").exists()
    for path, text in mine.items():
        assert (built.root / path).read_text() == text
    assert built("build", "--check").code == 0


def test_a_page_by_hand_where_a_new_paper_s_page_goes_is_not_replaced(built: Runner) -> None:
    built.put("output/site/works/three.html", "<p>mine")
    built.put("entries/three.toml", RECORD.format("The third paper"))
    refused(built, "output/site/works/three.html: was not made by `fedbib build`")


@pytest.mark.parametrize("path", [path for path in OTHERS if path != LIST])
def test_what_a_person_changed_in_a_built_file_is_stale_and_replaced(built: Runner, path: str) -> None:
    before = built.files()
    built.put(path, "changed")
    assert "is out of date" in built("build", "--check").err
    assert built("build").code == 0
    assert built.files() == before


def test_a_page_that_was_changed_is_not_deleted(built: Runner) -> None:
    built.put("output/site/works/two.html", "<p>mine")
    (built.root / "entries/two.toml").unlink()
    refused(built, "output/site/works/two.html: was not made by `fedbib build`")


def test_a_page_of_ours_that_a_merge_changed_is_deleted_with_its_paper(built: Runner) -> None:
    page = built.root / "output/site/works/two.html"
    page.write_text(page.read_text().replace("second", "2nd"))
    (built.root / "entries/two.toml").unlink()
    assert built("build").code == 0
    assert not page.exists()


def test_a_list_can_make_build_delete_no_file_of_another_kind(built: Runner) -> None:
    mine = {
        "README.md": "",
        "setup.cfg": "",
        "output/notes.txt": "",
        "output/old.bib": "",
        "output/site/a.css": "",
        "output/site/works/sub/x.html": "",
    }
    lines = [
        f"{hashlib.sha256(b'mine').hexdigest()}  {name}"
        for name in (
            "../setup.cfg",
            "/etc/x",
            "notes.txt",
            "old.bib",
            "site/a.css",
            "site/works/sub/x.html",
            "site/works/../../../setup.cfg",
        )
    ]
    for path in set(mine) - {"README.md"}:
        built.put(path, "mine")
    with (built.root / LIST).open("a") as file:
        file.write("\n".join(lines) + "\n")
    assert built("build").code == 0
    for path in set(mine) - {"README.md"}:
        assert (built.root / path).read_text() == "mine"


def test_a_list_with_a_merge_conflict_is_read_from_both_sides(built: Runner) -> None:
    head, *lines = (built.root / LIST).read_text().splitlines()
    half = len(lines) // 2
    conflict = [head, "<<<<<<< ours", *lines[:half], "=======", *lines[half:], ">>>>>>> theirs"]
    (built.root / LIST).write_text("\n".join(conflict) + "\n")
    built.put("entries/one.toml", RECORD.format("Another title"))
    assert built("build").code == 0
    assert built("build", "--check").code == 0
    assert "<<<" not in (built.root / LIST).read_text()


def test_a_collection_that_an_earlier_version_built_goes_on(built: Runner) -> None:
    """Without a list, what the files say of themselves tells; pages of papers that are gone go too."""
    wanted = built.files()
    built.put("entries/old.toml", RECORD.format("An old paper"))
    assert built("build").code == 0
    (built.root / LIST).unlink()
    for path in ("output/site/site.css", "output/site/site.js", "output/fedllm.ris"):
        built.put(path, "of an earlier version")
    built.put("output/site/works/mine.html", "<p>mine")
    (built.root / "entries/old.toml").unlink()
    assert built("build").code == 0
    assert built.files() == {**wanted, "output/site/works/mine.html": b"<p>mine"}


@pytest.mark.parametrize("where", ["output", "output/site", "output/site/works", "entries", "entries/claims", "look"])
@pytest.mark.parametrize("target", ["outside", "inside"])
def test_a_link_on_the_way_is_refused_by_name(built: Runner, tmp_path: Path, where: str, target: str) -> None:
    built.put("fedbib.toml", SETTINGS + 'templates = "look"\n')
    built.put("look/site.css", "p {}\n")
    (built.root / "entries/claims").mkdir(exist_ok=True)
    elsewhere = tmp_path / "elsewhere" if target == "outside" else built.root / "elsewhere"
    (built.root / where).rename(elsewhere)
    (built.root / where).symlink_to(elsewhere)
    (built.root / "entries/two.toml").unlink()
    before = {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()}
    result = built("build")
    assert result.code == 1
    assert f"{where}: is a symbolic link" in result.err
    assert {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()} == before
    assert built("build", "--check").code == 1


@pytest.mark.parametrize(
    "path", ["output/fedllm.bib", "README.md", "output/built.sha256", "entries/one.toml", "look/site.css"]
)
def test_a_file_that_is_a_link_is_refused_by_name(built: Runner, tmp_path: Path, path: str) -> None:
    built.put("fedbib.toml", SETTINGS + 'templates = "look"\n')
    built.put("look/site.css", "p {}\n")
    target = tmp_path / "target"
    (built.root / path).rename(target)
    (built.root / path).symlink_to(target)
    before = target.read_bytes()
    result = built("build")
    assert result.code == 1
    assert f"{path}: " in result.err
    assert "is a symbolic link" in result.err
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param('output = ""', "is empty", id="empty"),
        pytest.param('output = "/"', "leads out", id="root"),
        pytest.param('output = "../x"', "leads out", id="parent"),
        pytest.param('output = ".git"', "begins with '.'", id="git"),
        pytest.param('output = "x/.github"', "begins with '.'", id="github"),
        pytest.param('output = "a\\u0000b"', "output contains U+0000", id="nul"),
        pytest.param('output = "a\\\\b"', "separate folders with '/'", id="backslash"),
        pytest.param('output = "CON"', "name of a device", id="device"),
        pytest.param('output = "entries"', "overlaps with entries", id="entries"),
        pytest.param('output = "Entries/x"', "overlaps with entries", id="below-entries"),
        pytest.param('entries = "output/site/works"', "overlaps with entries", id="entries-in-the-page"),
        pytest.param('entries = "."', "is the collection's own folder", id="entries-everywhere"),
        pytest.param('entries = ""', "is empty", id="no-entries"),
        pytest.param('templates = "output"', "overlaps with templates", id="templates"),
        pytest.param('readme = "Makefile"', "must be a .md file", id="readme"),
        pytest.param('readme = "../README.md"', "leads out", id="readme-outside"),
        pytest.param('style = "../x.csl"', "leads out", id="style-outside"),
        pytest.param('templates = "/etc"', "leads out", id="templates-outside"),
    ],
)
def test_settings_that_lead_elsewhere_are_refused(built: Runner, line: str, words: str) -> None:
    built.put("fedbib.toml", f'name = "fedllm"\n{line}\n')
    before = built.files()
    for command in ("build", "check", "list"):
        result = built(command)
        assert result.code == 1
        assert f"fedbib.toml: {line.partition(' =')[0]}" in result.err or "fedbib.toml: output" in result.err
        assert words in result.err, result.err
        assert "\0" not in result.err
    assert built.files() == before


@pytest.mark.parametrize("name", ["CON", "-rf", "nul"])
def test_a_name_that_no_file_should_have_is_refused(run: Runner, name: str) -> None:
    run.put("fedbib.toml", f'name = "{name}"\n')
    assert "fedbib.toml: name = " in run("build").err


def test_a_stylesheet_that_is_a_link_is_refused(built: Runner, tmp_path: Path) -> None:
    (tmp_path / "x.csl").write_text("<style/>")
    (built.root / "x.csl").symlink_to(tmp_path / "x.csl")
    built.put("fedbib.toml", 'name = "fedllm"\nstyle = "x.csl"\n')
    assert "x.csl: is a symbolic link" in built("build").err


def test_strays_of_a_killed_build_are_swept(built: Runner) -> None:
    strays = [
        built.put(f"{folder}/.fedbib-999999999-0123456789ab", "")
        for folder in ("output", "output/site", "output/site/works", "entries", ".")
    ]
    assert built("build").code == 0
    assert not any(stray.exists() for stray in strays)


def test_the_pages_of_values_that_no_paper_has_any_more_go(run: Runner) -> None:
    book = '[pin]\ntype = "book"\ntitle = "T"\nauthor = ["{}"]\nissued = "2024"\n'
    run.put("entries/one.toml", f'topics = ["early"]\n\n{book.format("Ho, Ann")}')
    assert run("build").code == 0
    assert {"output/site/topics/early.html", "output/site/authors/h.html"} <= run.files().keys()
    run.put("entries/one.toml", f'topics = ["late"]\n\n{book.format("Li, Bo")}')
    assert run("build").code == 0
    left = {path for path in run.files() if path.startswith(("output/site/topics/", "output/site/authors/"))}
    assert left == {"output/site/topics/late.html", "output/site/authors/l.html"}
    assert run("build", "--check").code == 0
