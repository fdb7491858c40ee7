"""Records that somebody wrote to do harm, all the way to the outputs and the terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import rispy
from markdown_it import MarkdownIt
from pybtex.database import parse_string

from fedbib.text.plain import clean
from tests.commands.conftest import Runner
from tests.engines import need
from tests.engines import run as ran

TITLES = [
    r"\input{/etc/passwd} \write18{rm -rf /}",
    r"\openout0=x \csname x\endcsname \catcode`\%=12 ^^5cinput",
    r"\begin{verbatim} \end{document}",
    "}}}{{ @article{evil, title={x}}",
    "}",
    "{",
    "ends in a backslash \\",
    "% comment # & _ ~ ^ $",
    "<script>alert(1)</script> </title> <img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) ![i](http://evil.example/x.png) <b>raw</b>",
    "| a | `b` | <!-- fedbib:end --> @name #1 - x",
    "# heading",
    "0",
    "null",
    "1e5",
    "TY  - JOUR",
    "{" * 10_000,
    "\\" * 10_000,
    "::error::x",
]


HOSTILE = {f"hostile{number:02}": title for number, title in enumerate(TITLES)}
"""By citation key."""
_TABLE = ("table", "thead", "tbody", "tr", "th", "td")


@pytest.fixture
def hostile(run: Runner) -> Runner:
    """A collection of one good paper, and one for each title that has it wherever it may stand."""
    run.put(
        "entries/good.toml",
        '[pin]\ntype = "paper-conference"\ntitle = "A good paper"\nauthor = ["Good, Ann"]\nissued = "2024"\n',
    )
    for key, title in HOSTILE.items():
        quoted = json.dumps(title)
        run.put(
            f"entries/{key}.toml",
            f'topics = [{quoted}]\ndatasets = [{quoted}]\n[pin]\ntype = "paper-conference"\ntitle = {quoted}\n'
            f'author = ["Doe, Jane"]\nissued = "2024"\ncontainer-title = {quoted}\npublisher = {quoted}\n',
        )
    return run


def test_outputs_hold_it_as_text(hostile: Runner) -> None:
    result = hostile("build")
    assert result.code == 0, result.err
    bib = (hostile.root / "output/fedllm.bib").read_text("utf-8")
    assert list(parse_string(bib, "bibtex").entries) == ["good", *HOSTILE]
    assert not re.search(r"\\(?:input|write|openout|csname|catcode|begin|end)\b", bib)
    titles = {"good": "A good paper", **{key: clean(title) for key, title in HOSTILE.items()}}
    items = json.loads((hostile.root / "output/fedllm.json").read_text("utf-8"))
    assert {item["id"]: item["title"] for item in items} == titles
    records = rispy.loads((hostile.root / "output/fedllm.ris").read_text("utf-8"))
    assert [record["id"] for record in records] == [*titles]
    full = json.loads((hostile.root / "output/fedllm.full.json").read_text("utf-8"))
    assert [work["title"] for work in full["works"]] == [*titles.values()]
    readme = (hostile.root / "README.md").read_text("utf-8")
    assert readme.count("<!-- fedbib:end -->") == 1
    page = MarkdownIt("commonmark").enable("table").render(readme)
    assert set(re.findall(r"<(\w+)", page)) <= {"h1", "h2", "h3", "ul", "li", "p", "a", "em", "strong", "b", *_TABLE}
    assert set(re.findall(r'(?:href|src)="([^"]*)"', page)) <= {
        *("#item-1", "#item-1-2024", "#item-2", "#by-topic"),
        *(f"#topic-{number}" for number in range(1, len(titles))),
        *(f"#{key}" for key in titles),
    }
    assert "@name" not in readme
    assert hostile("build", "--check").code == 0


def test_the_terminal_only_prints_it(hostile: Runner) -> None:
    shown = [("show", key) for key in HOSTILE]
    for words in (("list",), *shown, ("check",), ("check", "--format", "github")):
        out = hostile(*words).out
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", out)
        assert not any(line.startswith("::error::x") for line in out.splitlines())


def test_control_characters_are_refused_with_their_code_point(run: Runner) -> None:
    run.put("entries/x.toml", '[pin]\ntitle = "red \\u001b[31m"\n')
    result = run("build")
    assert result.code == 1
    assert "U+001B" in result.err
    assert "\x1b" not in result.err


def test_nothing_is_written_outside_the_output_folder(run: Runner) -> None:
    run.put("entries/..toml", "topics = []\n")
    run.put("fedbib.toml", 'name = "x"\noutput = "../out"\n')
    result = run("build")
    assert result.code == 1
    assert "leads out of the collection's folder" in result.err
    assert not (run.root.parent / "out").exists()


def test_thousands_of_authors_are_no_crash(run: Runner) -> None:
    names = ", ".join(f'"Family{number}, Given"' for number in range(5_000))
    run.put("entries/big.toml", f'[pin]\ntype = "article-journal"\ntitle = "x"\nissued = "2024"\nauthor = [{names}]\n')
    assert run("build").code == 0
    (item,) = json.loads((run.root / "output/fedllm.json").read_text())
    assert len(item["author"]) == 5_000


@pytest.mark.engine
@pytest.mark.parametrize("program", ["bibtex", "biber"])
def test_latex_prints_all_of_it_and_does_none_of_it(run: Runner, program: str) -> None:
    for key, title in HOSTILE.items():
        if len(title) > 1000:
            continue
        quoted = json.dumps(title)
        run.put(
            f"entries/{key}.toml",
            f'topics = [{quoted}]\n[pin]\ntype = "paper-conference"\ntitle = {quoted}\nauthor = [{quoted}]\n'
            f'issued = "2024"\ncontainer-title = {quoted}\npublisher = {quoted}\npublisher-place = {quoted}\n',
        )
    assert run("build").code == 0
    folder = run.root / "output"
    natbib = "\\bibliographystyle{plain}\\bibliography{fedllm}"
    head = "" if program == "bibtex" else "\\usepackage{biblatex}\\addbibresource{fedllm-biblatex.bib}"
    (folder / "paper.tex").write_text(
        f"\\documentclass{{article}}\\usepackage[T1]{{fontenc}}{head}\\begin{{document}}\\nocite{{*}}"
        f"{natbib if program == 'bibtex' else chr(92) + 'printbibliography'}\\end{{document}}",
        "utf-8",
    )
    before = {path.name for path in folder.iterdir()}
    latex = (need("pdflatex"), "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "paper.tex")
    ran(latex, folder=folder)
    ran([need(program), "paper"], folder=folder)
    for _ in range(2):
        ran(latex, folder=folder)
    made = {path.name for path in folder.iterdir()} - before
    assert {name.partition(".")[0] for name in made} == {"paper"}
    shown = "".join(ran([need("pdftotext"), "paper.pdf", "-"], folder=folder)[0].split())
    for wanted in (
        "\\input{/etc/passwd}",
        "\\openout0=x",
        "^^5cinput",
        "\\end{document}",
        "@article{evil,",
        "%comment#&",
    ):
        assert wanted in shown.replace("-", ""), wanted


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{}"),
        ("a.json", '[{"id": "k", "type": "book"}]'),
        ("a.bib", "@misc{k, note = {nothing}}"),
        ("a.ris", "TY  - JOUR\nPY  - 2020\nVL  - 3\nER  - \n"),
    ],
)
def test_what_says_nothing_of_a_paper_is_no_record(run: Runner, name: str, text: str) -> None:
    run.put(name, text)
    result = run("import", str(run.root / name))
    assert result.code == 1
    assert "1 refused" in result.err
    assert not list((run.root / "entries").glob("*.toml"))


def test_no_message_repeats_a_password(run: Runner) -> None:
    run.put(
        "entries/a.toml",
        '[pin]\ntitle = "T"\n[links]\ncode = "https://ann:secret@x.example/"\n"https://b:secret@y" = 1\n',
    )
    run.put("a.bib", "@misc{k, title={A b c}, url={https://ann:secret@x.example/}, author={B, C}, year=2020}")
    for words in (
        ("check",),
        ("check", "--format", "json"),
        ("check", "--format", "github"),
        ("import", str(run.root / "a.bib")),
    ):
        result = run(*words)
        assert "secret" not in result.out + result.err, words
    assert not [path for path in (run.root / "entries").rglob("*b*.*") if "secret" in path.read_text("utf-8")]


def test_a_template_of_the_collection_runs_nothing(run: Runner, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    run.put(
        "entries/good.toml", '[pin]\ntype = "paper-conference"\ntitle = "T"\nauthor = ["Ho, A."]\nissued = "2024"\n'
    )
    run.put("fedbib.toml", 'name = "fedllm"\ntemplates = "own"\n')
    run.put("own/alias.html", "")
    run.put("own/year.html", "")
    run.put("own/work.html", f"{{{{ joiner.__init__.__globals__.__builtins__.open('{mark}', 'w') }}}}")
    for words in (("build",), ("build", "--check"), ("check",)):
        result = run(*words)
        assert result.code == 1, words
        assert "work.html" in result.out + result.err
        assert not mark.exists()
