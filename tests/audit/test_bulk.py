"""Files of public bulk data, with bodies of ours in the forms that are given away."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from fedbib.audit import bulk
from fedbib.audit.index import Index, build
from fedbib.disk import packed
from fedbib.errors import BadFile
from fedbib.formats import full_json
from fedbib.intake.foreign import read_file
from fedbib.model.about import About
from fedbib.model.work import ItemType, Status, Work
from fedbib.words.venues import register

HEAD = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE dblp SYSTEM "file:///etc/passwd">\n<dblp>\n'
PAPER = """<inproceedings mdate="2024-01-01" key="conf/icml/ZimmerM17"{more}>
<author>Zo&euml; Zimmer</author><author>Yan M&uuml;ller 0002</author>
<title>Counting <i>Sheep</i> &amp; Goats.</title><pages>1-9</pages><year>2017</year><booktitle>ICML</booktitle>
<ee>https://doi.org/10.1234/Sheep.1</ee><crossref>conf/icml/2017</crossref>
</inproceedings>
"""
VOLUME = """<proceedings mdate="2024-01-01" key="conf/icml/2017"><editor>Ann Archer</editor>
<title>Proceedings of the 34th International Conference on Machine Learning, ICML 2017, Sydney, NSW, Australia.</title>
<booktitle>ICML</booktitle><year>2017</year></proceedings>
"""
PREPRINT = """<article publtype="informal" key="journals/corr/abs-1701-00001"><author>Bo Becker</author><title>On Wool.</title>
<volume>abs/1701.00001</volume><year>2017</year><journal>CoRR</journal><ee>https://doi.org/10.48550/arXiv.1701.00001</ee></article>
<article publtype="withdrawn" key="journals/wool/B18"><author>Bo Becker</author><title>More Wool.</title><journal>Wool</journal><year>2018</year></article>
<www key="homepages/b"><author>Bo Becker</author><title>Home Page</title></www>
"""
CROSSREF = {
    "DOI": "10.1234/SHEEP.1", "type": "journal-article", "title": ["Counting Sheep"], "member": "9",
    "author": [{"given": "Zoe", "family": "Zimmer"}], "container-title": ["Journal of Wool"], "volume": "3",
    "issued": {"date-parts": [[2017, 5]]}, "page": "1-9", "prefix": "10.1234",
}  # fmt: skip
OPENALEX = {
    "id": "https://openalex.org/W1", "doi": "https://doi.org/10.1234/sheep.1", "title": "Counting Sheep", "type": "article",
    "authorships": [{"raw_author_name": "Zoe Zimmer", "author": {"display_name": "Z. Zimmer"}}], "publication_year": 2016,
    "is_retracted": True,
}  # fmt: skip
ANTHOLOGY = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2023.acl">
  <volume id="long"><meta><booktitle>Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)</booktitle>
    <year>2023</year><month>July</month></meta>
    <frontmatter><url>2023.acl-long.0</url></frontmatter>
    <paper id="1"><title>Counting <fixed-case>S</fixed-case>heep</title><author><first>Zoe</first><last>Zimmer</last></author>
      <pages>1-9</pages><url>2023.acl-long.1</url><doi>10.18653/v1/2023.acl-long.1</doi></paper>
  </volume>
</collection>
"""


def works(folder: Path, name: str, content: bytes) -> list[Work]:
    (folder / name).write_bytes(content)
    return list(bulk.works(folder / name, read_file))


def lines(items: Iterable[object]) -> bytes:
    return "\n".join(map(json.dumps, items)).encode()


@pytest.mark.parametrize("is_packed", [False, True])
def test_dblps_dump_is_read_with_its_volumes_wherever_they_stand(tmp_path: Path, is_packed: bool) -> None:
    content = (HEAD + PAPER.format(more="") + VOLUME + PREPRINT + "</dblp>\n").encode("latin-1")
    paper, volume, preprint, gone = works(tmp_path, "all.data", gzip.compress(content) if is_packed else content)
    assert (paper.title, paper.DOI, paper.year) == ("Counting <i>Sheep</i> & Goats", "10.1234/sheep.1", 2017)
    assert [name.display for name in paper.author] == ["Zoë Zimmer", "Yan Müller"]
    assert paper.container_title == volume.title
    assert volume.title.startswith("Proceedings of the 34th International Conference on Machine Learning, ICML 2017")
    assert (volume.type, paper.key, paper.dblp) == (ItemType.BOOK, "DBLP:conf/icml/ZimmerM17", "conf/icml/ZimmerM17")
    assert (preprint.is_preprint, preprint.arxiv, gone.status) == (True, "1701.00001", Status.WITHDRAWN)


def test_a_series_is_known_by_dblps_volumes(tmp_path: Path) -> None:
    paper = PAPER.format(more="")
    papers = [
        paper.replace("ZimmerM17", f"Z{n}").replace("Goats", f"Goats {n}").replace("1-9", f"{9 * n + 1}-{9 * n + 9}")
        for n in range(20)
    ]
    (tmp_path / "d.xml").write_text(HEAD + "".join(papers) + VOLUME + "</dblp>", "latin-1")
    build(tmp_path / "i.sqlite", [("d.xml", bulk.works(tmp_path / "d.xml", read_file))], register())
    with Index.open(tmp_path / "i.sqlite", register()) as index:
        assert [(volume.series, volume.year, volume.works, volume.is_whole) for volume in index.volumes()] == [
            ("icml", 2017, 20, True)
        ]


def test_the_dump_takes_memory_that_does_not_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_PIECE", 1 << 13)

    def peak(count: int) -> int:
        with gzip.open(tmp_path / "d.xml.gz", "wt", encoding="latin-1") as file:
            file.write(HEAD)
            for number in range(count):
                file.write(PAPER.format(more="").replace("ZimmerM17", f"Z{number}"))
            file.write("</dblp>")
        tracemalloc.start()
        assert sum(1 for _ in bulk.works(tmp_path / "d.xml.gz", read_file)) == count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)  # what is imported and cached once
    assert peak(1_000) < 1.5 * peak(250)


@pytest.mark.parametrize(
    "content",
    [
        HEAD.encode() + b"<article key='a'" + b"x" * 3_000_000,
        HEAD.encode() + b'<article key="a"><title>&xxe;</title><author>&#0;</author></article></dblp>',
        gzip.compress(HEAD.encode() + b"<article>" * 100)[:-9],
        b'<!DOCTYPE dblp [<!ENTITY x SYSTEM "/etc/passwd">]><dblp><article key="a"><title>&x;</title></article></dblp>',
        b"<collection id='a'><volume>" + b"<x>" * 5000,
        b'<!DOCTYPE a [<!ENTITY x "y">]><collection id="a">&x;</collection>',
    ],
    ids=["no end", "entities", "cut", "external", "deep", "dtd"],
)
def test_hostile_dumps_end_in_words_and_load_nothing(tmp_path: Path, content: bytes) -> None:
    try:
        found = works(tmp_path, "a.xml", content)
    except BadFile as error:
        assert error.where == str(tmp_path / "a.xml")  # noqa: PT017
    else:
        assert "root:" not in repr(found)


@pytest.mark.parametrize("form", ["lines", "packed lines", "items"])
def test_crossrefs_public_data_is_read(tmp_path: Path, form: str) -> None:
    second = CROSSREF | {"DOI": "10.1234/2", "title": []}
    content = {
        "lines": lines([CROSSREF, second]),
        "packed lines": gzip.compress(lines([CROSSREF, second])),
        "items": json.dumps({"items": [CROSSREF, second, 3]}).encode(),
    }[form]
    first, _ = works(tmp_path, "0.json.gz" if "packed" in form else "0.json", content)
    assert (first.key, first.DOI, first.title, first.year) == (
        "doi:10.1234/sheep.1",
        "10.1234/sheep.1",
        "Counting Sheep",
        2017,
    )
    assert (first.container_title, first.volume, first.author[0].display) == ("Journal of Wool", "3", "Zoe Zimmer")


def test_openalexs_snapshot_gives_title_people_and_identifiers_alone(tmp_path: Path) -> None:
    without = OPENALEX | {"id": "https://openalex.org/W2", "doi": None, "is_retracted": False}
    one, two = works(tmp_path, "part_000.gz", gzip.compress(lines([OPENALEX, without, OPENALEX | {"id": 5}])))
    assert (one.key, one.DOI, one.title, one.author[0].display) == (
        "W1",
        "10.1234/sheep.1",
        "Counting Sheep",
        "Zoe Zimmer",
    )
    assert (one.year, one.container_title, one.status) == (None, "", Status.RETRACTED)
    assert (two.key, two.DOI, two.ids) == ("W2", "", ())


def test_the_anthologys_folder_is_read(tmp_path: Path) -> None:
    paper, volume = sorted(
        works(tmp_path, "2023.acl.xml", ANTHOLOGY.encode()), key=lambda work: work.type is ItemType.BOOK
    )
    assert (volume.type, paper.acl, paper.DOI) == (ItemType.BOOK, "2023.acl-long.1", "10.18653/v1/2023.acl-long.1")
    assert paper.container_title.startswith("Proceedings of the 61st Annual Meeting")
    assert [name.display for name in paper.author] == ["Zoe Zimmer"]
    assert bulk.found([tmp_path]) == [tmp_path / "2023.acl.xml"]


def test_our_own_full_json_is_read(tmp_path: Path) -> None:
    mine = Work(key="zimmer2017sheep", type=ItemType.ARTICLE_JOURNAL, title="Counting Sheep", DOI="10.1234/sheep.1")
    text = full_json.render([mine], About("wool", "Wool", ""))
    (found,) = works(tmp_path, "wool.full.json", text.encode())
    assert (found.title, found.DOI) == (mine.title, mine.DOI)


def test_all_forms_make_one_index(tmp_path: Path) -> None:
    files = {
        "dblp.xml": (HEAD + PAPER.format(more="") + "</dblp>").encode("latin-1"),
        "crossref.jsonl": lines([CROSSREF]),
        "openalex.gz": gzip.compress(lines([OPENALEX])),
        "arxiv.json": lines(
            [{"id": "2101.00001", "title": "On Sheep", "authors": "Zoe Zimmer"}, {"id": "2101.00002", "title": "B"}]
        ),
        "acl.xml": ANTHOLOGY.encode(),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    found = bulk.found([tmp_path])
    build(tmp_path / "i.sqlite", ((file.name, bulk.works(file, read_file)) for file in found), register())
    with Index.open(tmp_path / "i.sqlite", register()) as index:
        assert dict(index.sources()) == {
            "acl.xml": 2,
            "arxiv.json": 2,
            "crossref.jsonl": 1,
            "dblp.xml": 1,
            "openalex.gz": 1,
        }


@pytest.mark.parametrize(
    "content",
    [b"\x1f\x8b", gzip.compress(b"\0" * 9, mtime=0), gzip.compress(b"@article{", mtime=0), b'{"items": [', b"{}\n{"],
    ids=repr,
)
def test_what_is_in_no_form_ends_in_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadFile):
        works(tmp_path, "a.gz", content)


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_LONGEST_LINE", 2_000_000)
    with pytest.raises(BadFile, match="a line has more than"):
        works(tmp_path, "a.jsonl", b"{" + b" " * 4_000_000)


@pytest.mark.parametrize("nested", [True, False], ids=["structs", "json in texts"])
@pytest.mark.parametrize("item", [CROSSREF, OPENALEX], ids=["crossref", "openalex"])
def test_a_parquet_file_says_what_the_same_data_say_as_json(tmp_path: Path, item: dict[str, Any], nested: bool) -> None:
    lines, packed_ = tmp_path / "a.jsonl", tmp_path / "a.parquet"
    lines.write_text(json.dumps(item) + "\n", "utf-8")
    flat = {name: value if nested or isinstance(value, str) else json.dumps(value) for name, value in item.items()}
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps(flat), "utf-8")
    with closing(duckdb.connect()) as base:
        base.execute(f"COPY (SELECT * FROM read_json_auto('{rows}')) TO '{packed_}' (FORMAT parquet)")
    assert list(bulk.works(packed_, read_file)) == list(bulk.works(lines, read_file)) != []


def test_a_damaged_parquet_file_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + bytes(40) + b"PAR1")
    with pytest.raises(BadFile, match="cannot be read"):
        list(bulk.works(path, read_file))
