"""Files that somebody wrote to do harm, all the way through an audit: the rows of the other hostile tests."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from fedbib.report.audit import FORMATS
from fedbib.text.latex import encode
from tests.audit.made import entry, index, title, volume
from tests.commands.conftest import Runner
from tests.commands.test_hostile import TITLES

TEXTS = [
    *TITLES,
    "\u202eesrever \u2066x\u2069",
    "a\u200bb\ufeffc",
    "\x1b[31mred",
    "</style><script>alert(1)</script>",
    "a | b\n::error::injected",
]


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    folder = tmp_path_factory.mktemp("index")
    index(folder, volume()).close()
    return "--offline", "--index", str(folder / "index.sqlite")


def csl(text: str, number: int) -> dict[str, object]:
    """An entry that has a text everywhere, and a fault to report."""
    return {
        "id": f"key{number}", "type": "paper-conference", "title": title(5), "author": [{"family": text or "x", "given": "Zoe"}],
        "container-title": "ICML", "issued": {"date-parts": [[2021]]}, "note": text, "publisher": text, "page": text,
    }  # fmt: skip


def bib(text: str, number: int) -> str:
    plain = encode(text, rich=False)
    return entry(5, author=f"{{{plain}}} and Zoe Zimmer", note=plain).replace("key5", f"key{number}")


def files() -> dict[str, str]:
    lines = "\n\n".join(f"[{n}] Zoe Zimmer. {text}. In ICML, 2021." for n, text in enumerate(TEXTS, start=1))
    return {
        "a.json": json.dumps([csl(text, number) for number, text in enumerate(TEXTS)]),
        "a.bib": "\n".join(bib(text, number) for number, text in enumerate(TEXTS)),
        "raw.bib": "\n".join(entry(5, author=text).replace("key5", f"key{n}") for n, text in enumerate(TEXTS)),
        "a.ris": "".join(
            f"TY  - CONF\nTI  - {title(5)}\nAU  - {text}\nT2  - ICML\nPY  - 2021\nN1  - {text}\nER  - \n"
            for text in TEXTS
        ),
        "a.md": f"# References\n\n{lines}\n",
        "a.tex": "\\bibliography{a}\n" + "".join(f"\\cite{{{text}}}\n" for text in TEXTS),
    }


@pytest.mark.parametrize("name", files())
def test_every_report_only_prints_it(run: Runner, tmp_path: Path, look: tuple[str, ...], name: str) -> None:
    for each, text in files().items():
        (tmp_path / each).write_text(text, "utf-8")
    for form in FORMATS if name in ("a.json", "raw.bib") else ("text",):
        result = run("audit", str(tmp_path / name), *look, "--format", form)
        assert result.code in (0, 1), (form, result.err[-300:])
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u200b\u202e\u2066\ufeff]", result.out + result.err), form
        injected = [line for line in (result.out + result.err).splitlines() if line.startswith("::error::")]
        assert not injected, form
        if form == "html":
            assert "<script" not in result.out
            assert "<img" not in result.out
        if form in ("json", "sarif"):
            json.loads(result.out)


@pytest.mark.parametrize("fix", ["safe", "all"])
def test_a_diff_of_it_is_a_diff(run: Runner, tmp_path: Path, look: tuple[str, ...], fix: str) -> None:
    (tmp_path / "raw.bib").write_text(files()["raw.bib"], "utf-8")
    result = run("audit", str(tmp_path / "raw.bib"), *look, "--fix", fix)
    assert result.code in (0, 1)
    assert all(line[:1] in "-+ @\\" for line in result.out.splitlines())


def damaged(folder: Path, change: str) -> str:
    index(folder, volume()).close()
    with sqlite3.connect(folder / "index.sqlite") as base:
        base.execute(change)
    base.close()
    return str(folder / "index.sqlite")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE work SET people = '{'",
        "UPDATE work SET people = '[[1]]', title = 5, year = 'x'",
        "UPDATE work SET ids = '[[\"none\", 1]]'",
        "UPDATE work SET type = 'x'",
        "UPDATE work SET year = 99999",
        "UPDATE volume SET why = 'because'",
        "DROP TABLE word",
        "DROP TABLE identifier",
        "UPDATE work SET title = char(27) || '[31m', key = char(8238)",
    ],
)
def test_an_index_that_somebody_put_together_ends_in_words(run: Runner, tmp_path: Path, change: str) -> None:
    path = damaged(tmp_path, change)
    (tmp_path / "a.bib").write_text(entry(1, doi="10.1234/icml.2021.2") + entry(5, title="Learning to Knit 5 Sheep"))
    result = run("audit", str(tmp_path / "a.bib"), "--offline", "--index", path)
    assert result.code in (0, 1), result.err[-500:]
    assert "Traceback" not in result.err
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
