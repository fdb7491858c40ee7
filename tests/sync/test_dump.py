from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from fedbib.errors import BadFile
from fedbib.model.claim import Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.sources import dblp
from fedbib.sources.answers import Wrong
from fedbib.sync.dump import dumped, is_dump, of_dump

HEAD = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE dblp SYSTEM "dblp-2019-11-22.dtd">\n<dblp>\n'
RECORDS = """<article key="journals/corr/abs-2402-05926" mdate="2024-02-13" publtype="informal">
<author>J&ouml;rg Ling 0001</author><author>Ann Lee</author><title>On the Convergence of <i>Zeroth</i>-Order Tuning.</title>
<year>2024</year><volume>abs/2402.05926</volume><journal>CoRR</journal><ee type="oa">https://doi.org/10.48550/arXiv.2402.05926</ee>
</article><inproceedings key="conf/kdd/Ling24" mdate="2024-08-30">
<author>J&ouml;rg Ling 0001</author><author>Ann Lee</author><title>On the Convergence of <i>Zeroth</i>-Order tuning.</title>
<pages>1827-1838</pages><year>2024</year><booktitle>KDD</booktitle><ee>https://doi.org/10.1145/3637528.3671865</ee>
<crossref>conf/kdd/2024</crossref><url>db/conf/kdd/kdd2024.html#Ling24</url>
</inproceedings><proceedings key="conf/kdd/2024" mdate="2024-08-30">
<title>Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining, KDD 2024, Barcelona, Spain, August 25-29, 2024</title>
<year>2024</year></proceedings><article key="journals/tmc/Other25" mdate="2025-01-01"><author>Another Person</author>
<title>On the Convergence of Zeroth-Order Tuning.</title><year>2025</year><month>September</month>
<journal>IEEE Trans. Mob. Comput.</journal><volume>24</volume><number>9</number></article>
<www key="homepages/l/L" mdate="2020-01-01"><author>A</author><title>Home Page</title></www>
"""
ARXIV = Identifier(Scheme.ARXIV, "2402.05926")
DOI = Identifier(Scheme.DOI, "10.1145/3637528.3671865")
KEY = Identifier(Scheme.DBLP, "conf/kdd/Ling24")
SAYS = Work(
    type=ItemType.PAPER_CONFERENCE,
    title="On the Convergence of <i>Zeroth</i>-Order tuning",
    author=(Name(unsplit="J\u00f6rg Ling"), Name(unsplit="Ann Lee")),
    issued=PartialDate(2024),
    container_title="Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining",
    container_title_short="KDD",
    event_place="Barcelona, Spain",
    page=Pages("1827", "1838"),
    DOI=DOI.value,
    dblp=KEY.value,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "dblp.xml.gz"
    path.write_bytes(gzip.compress(f"{HEAD}{RECORDS}</dblp>".encode("latin-1")))
    return path


def read(*ids: Identifier, titles: tuple[str, ...] = (), step: int = 7) -> dict[str, Claim]:
    """What the dump says, given in pieces of any size."""
    content = f"{HEAD}{RECORDS}</dblp>".encode("latin-1")
    pieces = (content[start : start + step] for start in range(0, len(content), step))
    return {str(claim.id): claim for claim in dblp.read_dump(pieces, ids, titles)}


@pytest.mark.parametrize("step", [1, 100, 10**6])
def test_a_record_by_its_key_with_the_proceedings_it_is_in(step: int) -> None:
    assert read(KEY, step=step)[str(KEY)].says == SAYS


def test_a_doi_and_a_preprint_lead_to_the_records_of_the_paper() -> None:
    """The preprint's title and first author tell: another person's paper of that title is none of it."""
    found = read(DOI, ARXIV, titles=("On the convergence of zeroth-order tuning",))
    assert found[str(DOI)].hints.names == found[str(ARXIV)].hints.names == (KEY,)
    assert found[str(ARXIV)].says == Work(arxiv=ARXIV.value)
    journal = found["dblp:journals/tmc/Other25"].says
    assert (journal.type, journal.issued, journal.issue) == (ItemType.ARTICLE_JOURNAL, PartialDate(2025, 9), "9")


def test_what_is_not_wanted_is_not_kept() -> None:
    assert read() == {}


def test_what_has_no_records_is_no_dump() -> None:
    with pytest.raises(Wrong, match="not a dump of DBLP"):
        list(dblp.read_dump((b"x" * 100_000 for _ in range(100)), [KEY], []))


def many(count: int) -> Iterator[bytes]:
    yield HEAD.encode()
    record = RECORDS[RECORDS.index("<inproceedings") : RECORDS.index("<proceedings")]
    for number in range(count):
        yield record.replace("Ling24", f"A{number}").replace("Zeroth", f"Number {number}").encode("latin-1")


def test_memory_does_not_grow_with_the_dump() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            assert len(list(dblp.read_dump(many(count), [Identifier(Scheme.DBLP, "conf/kdd/A5")], []))) == 1
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(100)  # what is imported when first needed
    assert sum(map(len, many(4_000))) > 1_500_000
    assert peak(4_000) < 300_000


def test_a_dump_is_known_by_how_it_begins(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xml.gz"
    other.write_bytes(gzip.compress(b"<xml/>"))
    assert (is_dump(file, "dblp"), is_dump(file, "acl"), is_dump(other, "dblp")) == (True, False, False)
    assert (dumped([file]), dumped([file, other]), dumped([])) == ("dblp", "", "")


def test_what_was_read_is_kept_as_long_as_dump_and_papers_are_the_same(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "dump.sqlite"
    first = of_dump(file, "dblp", index, [KEY], [])
    assert first["dblp", KEY].says == SAYS
    monkeypatch.setattr("fedbib.sync.dump.unpacked", lambda path: iter(()))
    assert of_dump(file, "dblp", index, [KEY], []) == first
    assert of_dump(file, "dblp", index, [KEY, DOI], []) == {}
    monkeypatch.undo()
    index.write_bytes(b"no database" * 100)
    assert of_dump(file, "dblp", index, [KEY], []) == first


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\x1f\x8bno gzip", "is not a valid compressed file"), (gzip.compress(HEAD.encode())[:-9], "ends too early")],
    ids=["damaged", "cut"],
)
def test_a_damaged_dump_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "dblp.xml.gz"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=message):
        of_dump(path, "dblp", tmp_path / "dump.sqlite", [KEY], [])
