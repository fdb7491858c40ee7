"""Documents that list or cite what is audited: the string that was read, and where it stands, are shown."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import wrap

import pytest

from fedbib.references import pandoc
from tests.audit import papers
from tests.audit.made import TITLE, entry, index, people, title, volume
from tests.commands.conftest import Runner

RIGHT = (
    f"[1] {', '.join(people(1)[:2])}, and {people(1)[2]}. {title(1)}. In {TITLE.format(2021).partition(',')[0]}, 2021."
)
RIGHT = RIGHT.replace("ICML 2021: ", "")
WRONG = "[2] Zoe Zimmer and Yan Young. Learning to Knit with Quantum Sheep. In International Conference on Machine Learning, 2021."


@pytest.fixture
def look(tmp_path: Path) -> tuple[str, ...]:
    index(tmp_path, volume()).close()
    return "--offline", "--index", str(tmp_path / "index.sqlite")


def rows(*texts: str) -> list[tuple[float, float, str]]:
    """Lines of a page, broken where they are too long."""
    parts = [part for text in texts for part in wrap(text, 90)]
    return [(50, 780 - 12 * place, part) for place, part in enumerate(parts)]


def files() -> dict[str, bytes]:
    return {
        "paper.md": f"# Sheep\n\n# References\n\n{RIGHT}\n\n{WRONG}\n".encode(),
        "paper.typ": f"= Sheep\n\n= References\n\n{RIGHT}\n\n{WRONG}\n".encode(),
        "paper.docx": papers.docx(["Sheep", "References", RIGHT, WRONG]),
        "paper.pdf": papers.pdf([rows("Sheep are counted."), rows("References", RIGHT, WRONG)]),
    }


@pytest.mark.parametrize("name", files())
def test_a_list_of_references_is_audited(run: Runner, tmp_path: Path, look: tuple[str, ...], name: str) -> None:
    (tmp_path / name).write_bytes(files()[name])
    result = run("audit", str(tmp_path / name), *look)
    lines = result.out.splitlines()
    assert (result.code, lines[0]) == (1, "2 entries: 1 contradicted, 1 confirmed; 1 to fix"), result.err
    where = "reference 2, page 2" if name.endswith("pdf") else "reference 2"
    assert lines[1] == f"{tmp_path / name}: {where}: contradicted"
    assert lines[2].strip() == WRONG


def test_the_string_stands_in_every_report(run: Runner, tmp_path: Path, look: tuple[str, ...]) -> None:
    (tmp_path / "paper.md").write_bytes(files()["paper.md"])
    path = str(tmp_path / "paper.md")
    for form in ("text", "json", "github", "sarif", "markdown"):
        assert "Yan Young. Learning to Knit" in run("audit", path, *look, "--format", form).out, form
    found = json.loads(run("audit", path, *look, "--format", "json").out)["entries"]
    assert [each.get("text", "")[:3] for each in found] == ["[1]", "[2]"]


def test_what_was_read_in_part_is_only_to_look_at(run: Runner, tmp_path: Path, look: tuple[str, ...]) -> None:
    text = f"# References\n\n{WRONG} With three maps by Bo Becker.\n"
    (tmp_path / "paper.md").write_text(text)
    result = run("audit", str(tmp_path / "paper.md"), *look)
    assert result.code == 0
    assert "look  " in result.out


@pytest.mark.parametrize("name", ["paper.md", "paper.typ"])
def test_what_a_document_cites_is_audited(run: Runner, tmp_path: Path, look: tuple[str, ...], name: str) -> None:
    (tmp_path / "refs.bib").write_text(entry(1) + entry(5, author="Zoe Zimmer and Yan Young"))
    text = {
        "paper.md": "---\nbibliography: refs.bib\n---\nAs [@key1; @gone] say.\n",
        "paper.typ": 'As @key1 and @gone say.\n#bibliography("refs.bib")\n',
    }[name]
    (tmp_path / name).write_text(text)
    result = run("audit", str(tmp_path / name), *look)
    assert (result.code, result.out) == (0, "1 entry: 1 confirmed; 0 to fix\n")
    assert "gone: is cited" in result.err


HOSTILE = {
    "a.pdf": [b"", b"%PDF-1.5", b"%PDF-1.4\nxref\n0 99999999\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF", b"\0" * 999],
    "a.docx": [b"", b"PK\3\4", b"\xff" * 99, papers.docx(["References", "<w:p>" * 400])],
    "a.md": [b"\0", b"[" * 5000, b"\xff\xfe", b"# References\n\n" + b"> " * 800 + b"x", b"---\nbibliography: ../../../etc/passwd\n---\n@a"],
    "a.typ": [b"\xff", b"#" * 4000, b"$" * 999, b'#bibliography("/etc/passwd")\n@a', b"#let f(x) = f(x)\n#f(1)"],
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_end_in_words(
    run: Runner, tmp_path: Path, look: tuple[str, ...], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pandoc, "_SECONDS", 2)
    for content in HOSTILE[name]:
        (tmp_path / name).write_bytes(content)
        result = run("audit", str(tmp_path / name), *look)
        assert result.code in (0, 1), content[:40]
        assert "Traceback" not in result.err
        assert "root:" not in result.out
