"""What people hand to `import`: files in the encodings and kinds that there are, what is piped in, addresses."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from fedbib.errors import BadFile
from fedbib.intake.encoding import text_of
from fedbib.intake.foreign import read_file, read_source

LIST = "# Otters\n\n- [Otters on Ice in Winter](https://arxiv.org/abs/2401.00001), Zoë Müller, Bo Li. ICML 2024.\n"
CHINESE = "# 水獭\n\n- [冰上的水獭学习方法研究](https://arxiv.org/abs/2401.00001)，张三，李四。ICML 2024\n"


def _title(path: Path) -> str:
    (work,) = read_file(path).works
    return work.title


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"], ids=lambda name: name
)
@pytest.mark.parametrize("text", [LIST, CHINESE], ids=["latin", "chinese"])
def test_unicode_is_read_with_and_without_its_mark(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(text.encode(encoding))
    assert _title(path) in text


def test_a_page_says_its_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = f'<html><head><meta charset="gb18030"></head><body><ul><li><a href="https://arxiv.org/abs/2401.00001">{CHINESE[12:23]}</a></li></ul></body></html>'
    path.write_bytes(page.encode("gb18030"))
    assert _title(path) in CHINESE


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        ("# 水獺\n\n- [冰上的水獺學習方法研究](https://arxiv.org/abs/2401.00001)\n", "big5"),
        ("# 論文\n\n- [カワウソの学習について](https://arxiv.org/abs/2401.00001)\n", "shift_jis"),
        ("# 논문\n\n- [수달의 학습에 대하여 쓴 글](https://arxiv.org/abs/2401.00001)\n", "euc_kr"),
        ("# Список\n\n- [Выдры на льду зимой](https://arxiv.org/abs/2401.00001)\n", "windows-1251"),
        ("# Список\n\n- [Выдры на льду зимой](https://arxiv.org/abs/2401.00001)\n", "koi8-r"),
        ("# Λίστα\n\n- [Οι βίδρες στον πάγο](https://arxiv.org/abs/2401.00001)\n", "iso8859-7"),
    ],
    ids=["chinese", "taiwan", "japanese", "korean", "windows", "koi8", "greek"],
)
def test_what_is_in_another_encoding_is_not_guessed(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(BadFile, match="is not UTF-8") as caught:
        read_file(path)
    assert "--encoding" in caught.value.hint
    (work,) = read_source(str(path), encoding=encoding).works
    assert work.title in text


def test_western_letters_alone_are_read_with_a_warning() -> None:
    text, problems = text_of(LIST.encode("cp1252"), "a.md")
    assert (text, [problem.code for problem in problems]) == (LIST, ["W06"])


def test_a_file_put_together_from_two_is_read_in_both_encodings() -> None:
    text, problems = text_of(LIST.encode() + LIST.encode("cp1252"), "a.md")
    assert (text, [(problem.code, problem.line) for problem in problems]) == (LIST + LIST, [("W06", 6)])


@pytest.mark.parametrize("encoding", ["klingon", "base64", "utf-32"])
def test_an_encoding_that_it_is_not_in_is_told(encoding: str) -> None:
    with pytest.raises(BadFile) as caught:
        text_of(LIST.encode() + b"x", "a.md", encoding)
    assert caught.value.hint


def test_what_is_piped_in_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    (work,) = read_source("-").works
    assert work.title == "Otters on Ice in Winter"


def test_a_file_is_a_file_whatever_its_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text(LIST)
    assert _title(Path("-")) == "Otters on Ice in Winter"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://github.com/ann/otters", "https://raw.githubusercontent.com/ann/otters/HEAD/README.md"),
        ("https://github.com/ann/otters/", "https://raw.githubusercontent.com/ann/otters/HEAD/README.md"),
        ("http://www.github.com/ann/otters#papers", "https://raw.githubusercontent.com/ann/otters/HEAD/README.md"),
        (
            "https://github.com/ann/otters/blob/main/docs/list.md",
            "https://raw.githubusercontent.com/ann/otters/main/docs/list.md",
        ),
        ("https://example.org/list", "download the file itself"),
    ],
)
def test_an_address_is_refused_with_the_file_to_download(address: str, says: str) -> None:
    with pytest.raises(BadFile, match="is an address") as caught:
        read_source(address)
    assert says in caught.value.hint


_PAGES = {
    "list.html": "<!DOCTYPE html>\n<html><head><title>Otters</title></head><body>\n<h2>2024</h2>\n<ul>\n"
    '    <li><a href="https://arxiv.org/abs/2401.00001">Otters on Ice in Winter</a>, Ann Lee, Bo Li. ICML 2024.</li>\n\n\n'
    '    <li><b>Slow Otters in Fast Rivers</b>. Zoë Müller, Bo Li. <a href="https://arxiv.org/abs/2401.00002">pdf</a></li>\n</ul>\n</body></html>\n',
    "table": "<html><body><table><tr><th>Title</th><th>Venue</th><th>Link</th></tr>\n"
    '<tr><td>Otters on Ice in Winter</td><td>ICML 2024</td><td><a href="https://arxiv.org/abs/2401.00001">pdf</a></td></tr>\n\n'
    '<tr><td>Slow Otters in Fast Rivers</td><td>KDD 2023</td><td><a href="https://arxiv.org/abs/2401.00002">pdf</a></td></tr></table></body></html>',
    "list.mediawiki": "== 2024 ==\n* [https://arxiv.org/abs/2401.00001 Otters on Ice in Winter], Ann Lee, Bo Li. ICML 2024.\n"
    "* [https://arxiv.org/abs/2401.00002 Slow Otters in Fast Rivers], Zoë Müller, Bo Li\n",
}  # fmt: skip


@pytest.mark.parametrize("name", _PAGES)
def test_lists_in_html_and_other_markup_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(_PAGES[name])
    assert [(work.title, work.arxiv) for work in read_file(path).works] == [
        ("Otters on Ice in Winter", "2401.00001"),
        ("Slow Otters in Fast Rivers", "2401.00002"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.docx", b"PK\x03\x04\x14\0\x06\0", "ZIP"),
        ("a.pdf", b"%PDF-1.7\n", "PDF"),
        ("a.csv", b"title,year\nOtters,2024\n", "CSV"),
        ("a.yaml", b"otters:\n  title: Otters\n", "YAML"),
        ("a.toml", b"[otters]\ntitle = 'Otters'\n", "TOML"),
        ("a.tex", b"\\documentclass{article}\n", "LaTeX"),
        ("a.ipynb", b'{"cells": []}', "notebook"),
        ("a.adoc", b"= Otters\n", "AsciiDoc"),
        ("CITATION.cff", b"cff-version: 1.2.0\n", "CITATION.cff"),
        ("a.rtf", b"{\\rtf1 Otters}", "RTF"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text"),
    ],
)
def test_other_kinds_are_refused_by_name_with_what_to_do(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadFile, match=says) as caught:
        read_file(path)
    assert caught.value.hint


def test_json_of_anything_is_no_paper(tmp_path: Path) -> None:
    path = tmp_path / "package.json"
    path.write_text('{"name": "otters", "version": "1.0.0"}')
    reading = read_file(path)
    assert reading.works == ()
    assert any(problem.code == "L02" for problem in reading.problems)
