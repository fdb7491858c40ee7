from __future__ import annotations

import contextlib
import gzip
import json
import sqlite3
from pathlib import Path

import pytest

from fedbib.audit import bulk
from fedbib.audit.index import Index, build
from fedbib.errors import BadFile
from fedbib.intake.foreign import read_file
from fedbib.match.titles import Title
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import ItemType, Work
from fedbib.words.venues import register
from tests.audit.made import head, index, people, title, volume


def test_a_work_is_found_by_identifier_by_title_and_by_one_like_it(tmp_path: Path) -> None:
    with index(tmp_path, volume()) as base:
        by_id = base.by_ids([Identifier(Scheme.DOI, "10.1234/icml.2021.5")])
        equal = base.by_title(Title.of(title(5).upper()))
        like = base.like(Title.of(title(5).replace("Budget", "Money")))
        assert [one[0].work.title for one in (by_id, equal, like)] == [title(5)] * 3
        assert [name.display for name in by_id[0].work.author] == people(5)
        assert (by_id[0].series, by_id[0].work.year, by_id[0].source) == ("icml", 2021, "volume0.bib")


def test_it_tells_which_proceedings_are_whole(tmp_path: Path) -> None:
    with index(tmp_path, volume(), volume(range(20), 2022, whole=False).replace("pages", "pagination")) as base:
        assert [(volume.series, volume.year, volume.works, volume.is_whole) for volume in base.volumes()] == [
            ("icml", 2021, 30, True),
            ("icml", 2022, 20, False),
        ]
        assert base.sources() == [("volume0.bib", 31), ("volume1.bib", 20)]


def test_titles_and_lines_in_json_are_read_as_the_bibtex_that_they_are(tmp_path: Path) -> None:
    entries = {str(place): ["\n", *text.splitlines(keepends=True)] for place, text in enumerate(volume().split("\n\n"))}
    (tmp_path / "v.json").write_text(json.dumps(entries))
    (tmp_path / "v.bib.gz").write_bytes(gzip.compress(volume().encode()))
    (tmp_path / "v.bib").write_text(volume())
    plain = list(bulk.works(tmp_path / "v.bib", read_file))
    assert len(plain) == 31
    assert list(bulk.works(tmp_path / "v.json", read_file)) == plain
    assert list(bulk.works(tmp_path / "v.bib.gz", read_file)) == plain


def test_the_quick_reader_says_what_the_reader_of_any_bib_says(tmp_path: Path) -> None:
    (tmp_path / "v.bib").write_text(volume([3]))
    (quick, _), (slow, _) = bulk.works(tmp_path / "v.bib", read_file), read_file(tmp_path / "v.bib").works
    assert (quick.title, quick.year, quick.page, quick.DOI) == (slow.title, slow.year, slow.page, slow.DOI)
    assert quick.container_title == slow.container_title
    assert [name.display for name in quick.author] == [name.display for name in slow.author]


def test_lines_of_arxivs_snapshot_are_preprints(tmp_path: Path) -> None:
    lines = [
        {"id": "2101.00001", "title": "On\n Sheep", "authors_parsed": [["Zimmer", "Zoe", ""]], "doi": "10.1/X"},
        {"id": "2101.00002", "title": "On Goats", "authors": ["Yan Young"]},
        {"id": 5, "title": "no text for an id"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    first, second = bulk.works(tmp_path / "a.jsonl", read_file)
    assert (first.arxiv, first.title, first.year, first.is_preprint) == ("2101.00001", "On Sheep", 2021, True)
    assert [name.display for work in (first, second) for name in work.author] == ["Zoe Zimmer", "Yan Young"]


def test_an_index_is_made_anew_at_once_or_stays(tmp_path: Path) -> None:
    index(tmp_path, volume()).close()
    before = (tmp_path / "index.sqlite").read_bytes()
    (tmp_path / "bad.jsonl").write_text("{")
    with pytest.raises(BadFile, match="not JSON"):
        build(tmp_path / "index.sqlite", [("bad", bulk.works(tmp_path / "bad.jsonl", read_file))], register())
    assert (tmp_path / "index.sqlite").read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 5000], ids=["empty", "text", "zeros"])
def test_what_is_no_index_ends_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "i").write_bytes(content)
    with pytest.raises(BadFile, match="is not an index"):
        Index.open(tmp_path / "i", register())


def test_an_index_of_another_version_ends_in_words(tmp_path: Path) -> None:
    index(tmp_path, head()).close()
    with sqlite3.connect(tmp_path / "index.sqlite") as base:
        base.execute("UPDATE about SET value = '0'")
    base.close()
    with pytest.raises(BadFile, match="another version"):
        Index.open(tmp_path / "index.sqlite", register())


@pytest.mark.parametrize("title", ['a" OR "b', "NEAR(a b)", "*", "a AND b OR", "-- ; DROP TABLE work", "\u0000"])
def test_a_title_is_never_a_query(tmp_path: Path, title: str) -> None:
    with index(tmp_path, volume()) as base:
        assert base.by_title(Title.of(title)) == []
        base.like(Title.of(f"{title} kernels budget constraint"))


@pytest.mark.parametrize(
    "content",
    [b"\x1f\x8b\x08broken", b"\xff\xfe\xfa", b"{", b'{"a": ["x"]}', b"\0\0"],
    ids=["gzip", "bytes", "brace", "json", "nul"],
)
def test_a_file_that_is_none_ends_in_words(tmp_path: Path, content: bytes) -> None:
    for name in ("a.bib", "a.jsonl"):
        (tmp_path / name).write_bytes(content)
        with contextlib.suppress(BadFile):
            assert list(bulk.works(tmp_path / name, read_file)) == []


def test_the_likest_title_is_found_however_many_share_two_words() -> None:
    many = [Work(title=f"Estimation of Kernels by Method {number}", type=ItemType.DOCUMENT) for number in range(3000)]
    works = [*many, Work(title="Estimation of Kernels under Budget Constraint")]
    with Index.of(works, register(), "made") as base:
        found = base.like(Title.of("Estimation of Kernels under Money Constraint"))
    assert found[0].work.title == "Estimation of Kernels under Budget Constraint"
