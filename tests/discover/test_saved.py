from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from fedbib.discover.saved import read
from fedbib.errors import BadFile

LINE = b'{"id": "2511.00001", "title": "A Title", "abstract": "What it says."}\n'


def test_a_packed_file_is_the_same_listing(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    plain.write_bytes(LINE)
    packed.write_bytes(gzip.compress(LINE))
    assert read(plain) == read(packed)
    assert read(plain)[0] == "arxiv"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(gzip.compress(LINE)[:-9], "is incomplete", id="cut"),
        pytest.param(b"\x1f\x8b" + LINE, "is damaged", id="damaged"),
        pytest.param(gzip.compress(b" " * 5000), "when it is unpacked", id="a bomb"),
        pytest.param(b"<html></html>", "is not a listing", id="a page"),
        pytest.param(b" " * 5000, "is larger than", id="too large"),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, said: str
) -> None:
    monkeypatch.setattr("fedbib.discover.saved._LIMIT", 4000)
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=said):
        read(path)
