from __future__ import annotations

import pytest

from fedbib.errors import BadFile
from fedbib.formats.sniff import READERS, kind, reader


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("@article{a, title={b}}", "refs.bib", "bibtex"),
        ("% made by hand\n@string{a = {b}}\n@article(a, title={b})", "refs.txt", "bibtex"),
        ("@article{a, title={b}}", "README.md", "bibtex"),
        ("# List\n\n```bibtex\n@article{a,\n}\n```\n- [a](https://a.example)", "README.md", "readme"),
        ("# List\n\n```bibtex\n@article{a,\n}\n```\n- [a](https://a.example)", "README", "readme"),
        ("<table><tr><td>a</td></tr></table>", "list", "readme"),
        ('[{"id": "a"}]', "x", "csl-json"),
        ("[broken", "x.json", "csl-json"),
        ('[{"id": "a"}]', "x.full.json", "csl-json"),
        ('{"works": []}', "x.full.json", "full-json"),
        ('{"fedbib": 1, "works": []}', "x.json", "full-json"),
        ('{"items": [{"id": "a"}]}', "x.json", "csl-json"),
        ("[A paper](https://a.example)", "x.md", "readme"),
        ("\nTY  - JOUR\nTI  - a\nER  - \n", "x", "ris"),
        ("TY  - JOUR\r\nTI  - a\r\nER  - \r\n", "x.ris", "ris"),
    ],
)
def test_the_kind_is_found_from_the_content(text: str, name: str, expected: str) -> None:
    assert kind(text, name) == expected


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("<!DOCTYPE html>\n<html></html>", "x.html", "web page"),
        ("<?xml version='1.0'?><xml/>", "endnote.xml", "XML"),
        ('"Key","Item Type","Publication Year"', "zotero.csv", "CSV"),
        ("PMID- 123\nTI  - a", "x.nbib", "PubMed"),
        ("%0 Journal Article\n%T a", "x.enw", "EndNote"),
        ("%PDF-1.7", "x.pdf", "PDF"),
        ("a\0b", "x.bib", "no text"),
        ("just words", "x", "neither its name nor its content"),
    ],
)
def test_exports_that_are_not_read_are_refused_with_what_to_do(text: str, name: str, says: str) -> None:
    with pytest.raises(BadFile, match=says) as caught:
        kind(text, name)
    assert caught.value.hint


def test_every_kind_has_its_reader() -> None:
    for name in READERS:
        assert reader(name)("").works == ()
