from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.errors import BadFile
from fedbib.formats import READERS
from fedbib.formats.sniff import kind


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("@article{a, title={b}}", "refs.bib", "bibtex"),
        ("% made by hand\n@string{a = {b}}\n@article(a, title={b})", "refs.txt", "bibtex"),
        ("@article{a, title={b}}", "README.md", "bibtex"),
        ("# List\n\n```bibtex\n@article{a,\n}\n```\n- [a](https://a.example)", "README.md", "list"),
        ("# List\n\n```bibtex\n@article{a,\n}\n```\n- [a](https://a.example)", "README", "list"),
        ("<table><tr><td>a</td></tr></table>", "list", "list"),
        ('[{"id": "a"}]', "x", "csl-json"),
        ("[broken", "x.json", "csl-json"),
        ('[{"id": "a"}]', "x.full.json", "csl-json"),
        ('{"works": []}', "x.full.json", "full-json"),
        ('{"fedbib": 1, "works": []}', "x.json", "full-json"),
        ('{"items": [{"id": "a"}]}', "x.json", "csl-json"),
        ("[A paper](https://a.example)", "x.md", "list"),
        ('- [A paper](https://a.example) [arXiv 2023] <a id="a2023paper"></a>\n', "x.md", "readme"),
        ('# List\r\n\r\n- [A paper](https://a.example) <a id="a2023paper"></a>\r\n', "README", "readme"),
        ("\nTY  - JOUR\nTI  - a\nER  - \n", "x", "ris"),
        ("TY  - JOUR\r\nTI  - a\r\nER  - \r\n", "x.ris", "ris"),
    ],
)
def test_the_kind_is_found_from_the_content(text: str, name: str, expected: str) -> None:
    assert kind(text, name) == expected


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("<?xml version='1.0'?><xml/>", "endnote.xml", "XML"),
        ('"Key","Item Type","Publication Year"', "zotero.csv", "CSV"),
        ("PMID- 123\nTI  - a", "x.nbib", "PubMed"),
        ("%0 Journal Article\n%T a", "x.enw", "EndNote"),
        ("%PDF-1.7", "x.pdf", "PDF"),
        ("a\0b", "x.bib", "not text"),
        ("just words", "x", "neither its name nor its content"),
    ],
)
def test_exports_that_are_not_read_are_refused_with_what_to_do(text: str, name: str, says: str) -> None:
    with pytest.raises(BadFile, match=says) as caught:
        kind(text, name)
    assert caught.value.hint


@pytest.mark.parametrize("name", READERS)
def test_every_format_reads_nothing_of_nothing(name: str) -> None:
    assert READERS[name].parse("").works == ()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_our_own_list_is_read_the_same_by_both_readers_of_lists(ends: str) -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text("utf-8").replace("\n", ends)
    assert kind(text, "README.md") == "readme"
    ours, anybodys = READERS["readme"].parse(text), READERS["list"].parse(text)
    assert len(ours.works) > 400
    assert ours == anybodys


def test_a_list_of_anybody_is_read_by_its_own_name_only() -> None:
    text = "# Papers\n\n| Title | Venue |\n| - | - |\n| [A Paper of Some Length](https://arxiv.org/abs/2312.06353) | ICML 2024 |\n"
    assert kind(text, "README.md") == "list"
    (work,) = READERS["list"].parse(text).works
    assert work.arxiv == "2312.06353"
    assert READERS["readme"].parse(text).works == (work,)
