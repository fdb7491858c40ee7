from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from fedbib.audit.index import Index
from fedbib.audit.judge import Judge
from fedbib.audit.patch import Extent, corrected, diff, edits, fields
from fedbib.formats.bib import bibtex
from tests.audit.made import index, title, volume

TEXT = """% my references
@string{icml = "ICML"}

@InProceedings{Mine:5,
    Title   = "TITLE",   % as I like it
    author  = {Fisher, Flo and Glover, Gus and Hunter, Hal},
    pages={7--9},   year = 2020,
    booktitle = icml,
    doi = {https://doi.org/10.1234/ICML.2021.6},
    note    = {keep {this} "as" it is},
}

Some words between entries.
@comment{and a comment}
@inproceedings{other, title={Learning to Knit}, author={Zoe Zimmer}, year={2020}}
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with index(tmp_path_factory.mktemp("index"), volume(), volume(range(30, 60), 2020)) as found:
        yield found


def fixed(base: Index, text: str, extent: Extent = Extent.ALL) -> str:
    reading = bibtex.parse(text)
    judge = Judge((base,), 2026)
    rows = zip(reading.works, reading.values, reading.lines, strict=True)
    audited = [judge.judged(work, values, "a.bib", line) for work, values, line in rows]
    return corrected(text, edits(text, audited, extent))


def changed(before: str, after: str) -> list[str]:
    """The lines that are other than before."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return [new for old, new in pairs if old != new]


def test_only_the_wrong_values_change(base: Index) -> None:
    text = TEXT.replace("TITLE", title(5))
    assert changed(text, fixed(base, text, Extent.SAFE)) == ["    pages={7--9},   year = 2021,"]
    here = text.replace("year = 2020", "year = 2021", 1)
    assert changed(here, fixed(base, here, Extent.SAFE)) == [
        "    pages={51--60},   year = 2021,",
        "    doi = {https://doi.org/10.1234/icml.2021.5},",
    ]


def test_line_ends_of_the_file_stay(base: Index) -> None:
    text = TEXT.replace("TITLE", title(5)).replace("\n", "\r\n")
    assert fixed(base, text) == fixed(base, text.replace("\r\n", "\n")).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Fisher, Flo and Glover, Gus", "Fisher, Flo and Glover, Gus and Hunter, Hal"),
        ("Flo Fisher and Gus Glover", "Flo Fisher and Gus Glover and Hal Hunter"),
    ],
)
def test_names_are_written_as_the_file_writes_names(base: Index, wrong: str, right: str) -> None:
    text = f"@inproceedings{{a,\n title={{{title(5)}}},\n author={{{wrong}}},\n booktitle={{ICML}},\n year=2021\n}}\n"
    assert changed(text, fixed(base, text)) == [f" author={{{right}}},"]
    assert fixed(base, text, Extent.SAFE) == text


def test_of_a_title_only_the_word_changes_that_differs(base: Index) -> None:
    words = title(5).replace("Budget", "Money").replace("Kernels", "{K}ernels")
    text = f"@inproceedings{{a,\n title={{{words}}},\n author={{Flo Fisher and Gus Glover and Hal Hunter}},\n booktitle={{ICML}},\n year=2021\n}}\n"
    assert changed(text, fixed(base, text)) == [f" title={{{words.replace('Money', 'Budget')}}},"]


def test_what_was_put_right_is_found_no_more(base: Index) -> None:
    text = TEXT.replace("TITLE", title(5))
    once = fixed(base, text)
    assert fixed(base, fixed(base, once)) == fixed(base, once)


def test_git_takes_the_diff(base: Index, tmp_path: Path) -> None:
    before = TEXT.replace("TITLE", title(5)).rstrip("\n")
    after = fixed(base, before)
    (tmp_path / "a.bib").write_text(before)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=diff("a.bib", before, after), text=True, check=True)
    assert (tmp_path / "a.bib").read_text() == after
    assert diff("a.bib", before, before) == ""


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ('@a{k, x = {1}, Y="2 {"} 3", z=4}', {"x": "1", "y": '2 {"} 3', "z": "4"}),
        ('@a{k, x = {1} # "2", y={3}}', {}),
        ("@a{k, x = {un{closed}, y={3}", {}),
        ("@a{k, x = {1}, % {a comment}\n y={3}}", {"x": "1", "y": "3"}),
        ("@a{k, x = {1}, , y={3}, x={9}}", {"x": "1", "y": "3"}),
        (r"@a{k, x = {a \} b}, y = 2}", {"x": r"a \} b", "y": "2"}),
        ("no entry", {}),
        ("@a{", {}),
    ],
)
def test_values_are_found_where_they_stand(entry: str, found: dict[str, str]) -> None:
    assert {name: entry[span.start : span.end] for name, span in fields(entry, 0).items()} == found


@pytest.mark.parametrize("sign", ["\r", "\x0c", "\u2028", "\x85"])
def test_a_diff_has_the_lines_that_patch_and_git_count(base: Index, tmp_path: Path, sign: str) -> None:
    text = TEXT.replace("TITLE", title(5)).replace("% my references", f"% my{sign}references{sign}")
    text = text.replace("\n", "\r") if sign == "\r" else text
    right = fixed(base, text, Extent.SAFE)
    assert right != text
    (tmp_path / "a.bib").write_bytes(text.encode())
    made = diff("a.bib", text, right).encode()
    subprocess.run(["git", "apply", "-"], input=made, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "a.bib").read_bytes() == right.encode()


def test_a_file_that_begins_with_a_mark_of_its_encoding_is_corrected(base: Index) -> None:
    text = "\ufeff@inproceedings{a, title={" + title(5) + "}, author={Fisher, Flo}, booktitle={ICML}, year={2020}}\n"
    assert fixed(base, text, Extent.SAFE) == text.replace("2020", "2021")
